package public

import (
	"fmt"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"

	"waypost/community"
	"waypost/internal/keeper"
	"waypost/internal/problem"
	"waypost/web/kit"
)

func errMissing() error { return problem.New(problem.NotFound, "problem.not_found") }

// Media answers /media/{name}: a picture, which cannot do anything but be looked at.
func (p *Public) Media(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("name")
	f, info, err := p.Pictures.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	kit.Sandbox(w)
	w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
	w.Header().Set("Etag", `"`+strings.TrimSuffix(name, path.Ext(name))+`"`)
	http.ServeContent(w, r, "", info.ModTime(), f)
	return nil
}

// Static answers /static/{name}: a file of the program, or the stylesheet of an
// owner's colour.
func (p *Public) Static(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("name")
	if light, dark, ok := accentColours(name); ok {
		css := fmt.Sprintf(":root{--accent-light:#%s;--accent-dark:#%s}\n", light, dark)
		return writeAsset(w, r, "text/css; charset=utf-8", []byte(css), nil, nil)
	}
	asset, ok := p.Renderer.Assets.Find(name)
	if !ok {
		return errMissing()
	}
	gz, br := asset.Encodings()
	return writeAsset(w, r, asset.ContentType, asset.Body, gz, br)
}

// accentColours reads "accent-2b6349-84cba8.css": two colours and nothing else.
func accentColours(name string) (light, dark string, ok bool) {
	both, found := strings.CutPrefix(strings.TrimSuffix(name, ".css"), "accent-")
	light, dark, cut := strings.Cut(both, "-")
	if !found || !cut || !strings.HasSuffix(name, ".css") {
		return "", "", false
	}
	return light, dark, community.Hexadecimal("#"+light) && community.Hexadecimal("#"+dark)
}

func writeAsset(w http.ResponseWriter, r *http.Request, contentType string, body, gz, br []byte) error {
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Vary", "Accept-Encoding")
	accept := r.Header.Values("Accept-Encoding")
	switch {
	case br != nil && keeper.Accepts(accept, "br"):
		body = br
		h.Set("Content-Encoding", "br")
	case gz != nil && keeper.Accepts(accept, "gzip"):
		body = gz
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // a reader who went away needs no answer
	}
	return nil
}
