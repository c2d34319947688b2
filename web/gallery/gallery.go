package gallery

import (
	"io/fs"
	"maps"
	"slices"

	"waypost/web/messages"
	"waypost/web/render"
)

// Scene is one page, or one part of pages, in one state.
type Scene struct {
	Page  string // the template: "public/story"; a part: "parts/face"
	State string // "usual", "empty", "long" …
	show  func(c cast) any
	in    string // whose layout a part is shown in
}

// Path names the scene below the gallery.
func (s Scene) Path() string { return s.Page + "/" + s.State }

// Gallery shows scenes.
type Gallery struct {
	Renderer *render.Renderer
	base     string
}

// Mirrored is the language that stands for all that run from right to left.
const Mirrored = "en-Arab"

// New shows scenes with a folder's templates; base is scheme://host of the site.
func New(files fs.FS, words map[string]*messages.Catalog, live bool, base string) *Gallery {
	all := maps.Clone(words)
	all[Mirrored] = words["en"].Mirrored()
	return &Gallery{Renderer: render.New(files, all, live), base: base}
}

// Languages are those in which scenes can be shown.
func (g *Gallery) Languages() []string { return messages.Languages(g.Renderer.Catalogs) }

// Scenes is every scene, by page.
func Scenes() []Scene {
	return slices.Concat(
		front(),
		lists(),
		story(),
		others(),
		deskLists(),
		deskForms(),
		editor(),
		review(),
		replyQueue(), besideReplies(),
		deskOthers(),
		deskPeople(),
		deskMail(),
		guide(), backups(),
		door(),
		joiningScenes(),
		ways(),
		memberPages(), leavingPages(),
		letters(),
		replyPages(),
		ending(),
		own(), walked(),
		parts(),
	)
}

// Find is the scene of a path; ok is false if there is none.
func Find(path string) (Scene, bool) {
	all := Scenes()
	at := slices.IndexFunc(all, func(s Scene) bool { return s.Path() == path })
	if at < 0 {
		return Scene{}, false
	}
	return all[at], true
}

// Show is a scene as a page, in a language.
func (g *Gallery) Show(s Scene, language string) ([]byte, error) {
	content := s.show(newCast(g.Renderer.Catalog(language), g.base))
	if s.in != "" {
		return g.Renderer.PageIn(language, s.in, "dev/"+s.in+"-parts", content)
	}
	return g.Renderer.Page(language, s.Page, content)
}
