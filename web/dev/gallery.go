package dev

import (
	"net/http"
	"slices"
	"strings"

	"waypost/internal/problem"
	"waypost/web/gallery"
	"waypost/web/kit"
)

// GalleryView lists every scene.
type GalleryView struct {
	N         int
	Language  string // in which the scenes are shown
	Languages []Choice
	Groups    []Group
}

// Choice is a language to choose.
type Choice struct {
	Language, Name string
	Current        bool
}

// Group is the pages of one folder.
type Group struct {
	Name  string
	Pages []Page
}

// Page is a page with its scenes.
type Page struct {
	Name   string
	Scenes []gallery.Scene
}

// scenes answers /_dev/gallery.
func (d *Dev) scenes(w http.ResponseWriter, r *http.Request) error {
	all := gallery.Scenes()
	view := GalleryView{N: len(all), Language: d.language(r)}
	for _, l := range d.Gallery.Languages() {
		name := d.Gallery.Renderer.Catalogs[l].Name
		if l == gallery.Mirrored {
			name = "Right to left"
		}
		view.Languages = append(view.Languages, Choice{l, name, l == view.Language})
	}
	for _, s := range all {
		folder, name, _ := strings.Cut(s.Page, "/")
		group := slices.IndexFunc(view.Groups, func(g Group) bool { return g.Name == folder })
		if group < 0 {
			group, view.Groups = len(view.Groups), append(view.Groups, Group{Name: folder})
		}
		g := &view.Groups[group]
		if n := len(g.Pages); n == 0 || g.Pages[n-1].Name != name {
			g.Pages = append(g.Pages, Page{Name: name})
		}
		p := &g.Pages[len(g.Pages)-1]
		p.Scenes = append(p.Scenes, s)
	}
	return d.show(w, r, http.StatusOK, "dev/gallery", Layout{"Gallery", view})
}

// language is the one asked for; "rtl" is short for the one that runs from right to left.
func (d *Dev) language(r *http.Request) string {
	asked := r.URL.Query().Get("lang")
	switch {
	case asked == "rtl":
		return gallery.Mirrored
	case slices.Contains(d.Gallery.Languages(), asked):
		return asked
	}
	return "en"
}

// scene answers /_dev/gallery/{folder}/{page}/{state}.
func (d *Dev) scene(w http.ResponseWriter, r *http.Request) error {
	s, ok := gallery.Find(r.PathValue("folder") + "/" + r.PathValue("page") + "/" + r.PathValue("state"))
	if !ok {
		return problem.New(problem.NotFound, "problem.not_found")
	}
	body, err := d.Gallery.Show(s, d.language(r))
	if err != nil {
		return err
	}
	kit.Policy(w, "frame-src 'self'") // as the editor has it
	if strings.HasPrefix(s.Page, "mail/") {
		kit.Policy(w, LetterPolicy)
	}
	return write(w, r, http.StatusOK, "text/html; charset=utf-8", body)
}

// LetterPolicy lets a letter have the one sheet that it carries in itself, as mail
// programs do, and nothing else.
const LetterPolicy = "style-src 'unsafe-inline'"

// picture answers the addresses of the scenes' pictures.
func (d *Dev) picture(w http.ResponseWriter, r *http.Request) error {
	body, err := gallery.Picture(r.URL.Path)
	if err != nil {
		return err
	}
	return write(w, r, http.StatusOK, "image/png", body)
}
