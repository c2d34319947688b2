package dev

import (
	"context"
	"net/http"
	"strconv"

	"waypost/internal/clock"
	"waypost/internal/mail"
	"waypost/web/gallery"
	"waypost/web/kit"
)

// Dev serves the pages of development.
type Dev struct {
	Gallery *gallery.Gallery
	Clock   *clock.Shifted // the program's
	// Work does the jobs that are due, and says how many there were.
	Work func(ctx context.Context) (int, error)
	// Letters are the latest, and Letter is one of them with what it says, unless that
	// was wiped.
	Letters func(ctx context.Context) ([]mail.Row, error)
	Letter  func(ctx context.Context, id string) (row mail.Row, says mail.Content, ok bool, err error)
}

// bodyButton caps the form of the clock.
const bodyButton = 4 << 10

// Routes are the lines of the site map that are there in development alone.
func (d *Dev) Routes() []kit.Route {
	anyone := []string{kit.Anyone}
	get := func(path string, h kit.Handler) kit.Route {
		return kit.Route{Path: path, Methods: []string{http.MethodGet}, Roles: anyone, Cache: kit.Unstored, Handler: h}
	}
	list := []kit.Route{
		get("/_dev/gallery", d.scenes),
		get("/_dev/gallery/{folder}/{page}/{state}", d.scene),
		get("/_dev/clock", d.clock),
		get("/_dev/mail", d.letters),
		get("/_dev/mail/{id}", d.letters),
		get("/_dev/mail/{id}/page", d.letterPage),
		{Path: "/_dev/clock", Methods: []string{http.MethodPost}, Roles: anyone, Body: bodyButton, Cache: kit.Private, Handler: d.moveClock},
	}
	for _, address := range gallery.Pictures() {
		list = append(list, get(address, d.picture))
	}
	return list
}

// Layout is what the pages of development have around their content.
type Layout struct {
	Title   string
	Content any
}

func (d *Dev) show(w http.ResponseWriter, r *http.Request, status int, page string, l Layout) error {
	body, err := d.Gallery.Renderer.Page("en", page, l)
	if err != nil {
		return err
	}
	return write(w, r, status, "text/html; charset=utf-8", body)
}

func write(w http.ResponseWriter, r *http.Request, status int, kind string, body []byte) error {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // whoever went away needs no answer
	}
	return nil
}
