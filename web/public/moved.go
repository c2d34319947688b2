package public

import (
	"context"
	"html/template"
	"net/http"
	"strings"

	"waypost/community"
	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/stories"
	"waypost/web/kit"
	"waypost/web/render"
)

// PageView is a free-standing page.
type PageView struct {
	community.Page
	Body template.HTML
}

// Standing answers /{slug}: a free-standing page, or an old address.
func (p *Public) Standing(w http.ResponseWriter, r *http.Request) error {
	slug := r.PathValue("slug")
	if part, ok := sitemapName(slug); ok {
		return p.sitemapPart(w, r, part)
	}
	err := p.page(w, r, "/"+slug, "public/page", func(b *build) (Layout, error) {
		page, err := b.Community.PageBySlug(b.tx, slug)
		if err != nil {
			return Layout{}, err
		}
		b.tag(community.TagPage(page.ID))
		if page.State != community.PagePublished {
			return Layout{}, problem.New(problem.NotFound, "problem.not_found")
		}
		return b.pageLayout(page), nil
	})
	return p.orMoved(w, r, err)
}

func (b *build) pageLayout(page community.Page) Layout {
	doc := b.texts().Render(render.Written{HTML: page.Format == string(stories.HTML), Body: page.Body, Language: b.settings.Language, Prefix: "page-"})
	layout := b.layout("/"+page.Slug, page.Title, doc.Text)
	layout.Content = PageView{page, render.Body(doc.HTML)}
	return layout
}

// PreviewPage is a free-standing page as readers will get it, for the desk.
func (p *Public) PreviewPage(ctx context.Context, page community.Page) ([]byte, error) {
	var body []byte
	err := p.DB.View(ctx, func(tx *db.Tx) error {
		b, err := p.newBuild(tx)
		if err != nil {
			return err
		}
		layout := b.pageLayout(page)
		if b.failed != nil {
			return b.failed
		}
		layout.NoIndex, layout.Preview = true, true
		body, err = p.Renderer.Page(b.settings.Language, "public/page", layout)
		return err
	})
	return body, err
}

// Elsewhere answers every address that no route has: an old one leads on, an
// address with a slash too many to the one without, any other is not found.
func (p *Public) Elsewhere(w http.ResponseWriter, r *http.Request) error {
	return p.orMoved(w, r, problem.New(problem.NotFound, "problem.not_found"))
}

// orMoved looks a missing page up among the old addresses.
func (p *Public) orMoved(w http.ResponseWriter, r *http.Request, err error) error {
	if !problem.Is(err, problem.NotFound) {
		return err
	}
	to := ""
	lookup := p.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		to, err = p.target(tx, r)
		return err
	})
	if lookup != nil {
		return lookup
	}
	if to == "" && len(r.URL.Path) > 1 && strings.HasSuffix(r.URL.Path, "/") {
		to = strings.TrimRight(r.URL.EscapedPath(), "/")
	}
	if to == "" || to != "/" && kit.Local(to) == "/" {
		return err
	}
	return kit.Moved(w, r, to)
}

// target is today's address of what an old one named, or "".
func (p *Public) target(tx *db.Tx, r *http.Request) (string, error) {
	whole := strings.TrimRight(r.URL.Path, "/")
	path, below := cutBelow(whole)
	t, found, err := p.Community.Find(tx, path)
	if err != nil {
		return "", err
	}
	if found {
		now, err := p.reachable(tx, t)
		if after := r.URL.Query().Get("after"); below == repliesBelow && listID(after) {
			below += "?after=" + after
		}
		if err != nil || now != "" && now != path {
			return now + below, err
		}
	}
	for _, of := range []string{whole, path} {
		gone, err := p.Community.Gone(tx, of)
		if err != nil {
			return "", err
		}
		if gone {
			return "", problem.New(problem.Gone, "problem.gone")
		}
	}
	return p.bygone(tx, whole, r.URL.Query())
}

// reachable is where a thing is if readers may see it, or ""; the error is Gone if
// they might once.
func (p *Public) reachable(tx *db.Tx, t community.Target) (string, error) {
	now, err := p.address(tx, t)
	if problem.Is(err, problem.NotFound) {
		return "", nil
	}
	return now, err
}

// cutBelow takes off what lies below a thing's address and moves with it.
func cutBelow(path string) (of, below string) {
	if slug, talk, found := strings.Cut(strings.TrimPrefix(path, "/stories/"), "/replies"); found && slug != "" && strings.HasPrefix(path, "/stories/") && (talk == "" || talk[0] == '/') {
		return "/stories/" + slug, "/replies" + talk
	}
	for _, below := range []string{"/feed.atom", "/feed.json", "/card.png"} {
		if of, found := strings.CutSuffix(path, below); found && of != "" {
			return of, below
		}
	}
	return path, ""
}

// address is where a thing is, if readers may see it; NotFound or Gone otherwise.
func (p *Public) address(tx *db.Tx, t community.Target) (string, error) {
	switch t.Kind {
	case "story":
		s, err := p.Stories.ByID(tx, t.ID)
		if err == nil {
			err = hidden(s)
		}
		return stories.Address(s.Slug), err
	case "author":
		a, err := p.Members.ProfileByID(tx, t.ID)
		if err == nil && !a.FoundBy(members.Actor{}) {
			var list []stories.Story
			if list, err = p.Stories.ByAuthor(tx, a.ID, stories.Key{}, 1); err == nil && len(list) == 0 {
				err = errMissing() // where somebody has moved to is not told of who is not seen
			}
		}
		return "/authors/" + a.Handle, err
	case "topic":
		x, err := p.Topics.ByID(tx, t.ID)
		return "/topics/" + x.Slug, err
	case "page":
		x, err := p.Community.PageByID(tx, t.ID)
		if err == nil && x.State != community.PagePublished {
			err = errMissing()
		}
		return "/" + x.Slug, err
	}
	return "", errMissing()
}
