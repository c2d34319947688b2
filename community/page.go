package community

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/internal/slug"
)

// Page is a free-standing page, such as /about.
type Page struct {
	ID      string
	Slug    string // its address below /
	State   string // PageDraft or PagePublished
	Title   string
	Format  string // "markdown", or "html" as imported
	Body    string
	InMenu  bool // named in the foot of every page
	Version int64
	Created time.Time
	Updated time.Time
}

// The states of a page.
const (
	PageDraft     = "draft"
	PagePublished = "published"
)

// Reserved are the words that no page may take as its slug: they are, or will be,
// addresses of the program.
var Reserved = []string{"stories", "authors", "topics", "resources", "events", "opportunities", "news", "join", "sign-in", "sign-out", "letters", "subscribe",
	"desk", "path", "people", "me", "api", "1.1", "1.2", "media", "static", "feed", "search", "set-up", "owner", "healthz", "readyz", "metrics", "your-data", "replies"}

const (
	maxTitle = 160
	maxBody  = 1 << 20
)

func (p Page) check() error {
	var f problem.Fields
	switch n := utf8.RuneCountInString(p.Title); {
	case n == 0:
		f.Add("title", "page.title_missing")
	case n > maxTitle:
		f.Add("title", "field.too_long", "max", maxTitle)
	}
	if p.State != PageDraft && p.State != PagePublished {
		f.Add("state", "field.unknown")
	}
	if p.Format != "markdown" && p.Format != "html" {
		f.Add("format", "field.unknown")
	}
	if len(p.Body) > maxBody {
		f.Add("body", "field.too_long", "max", maxBody)
	}
	switch {
	case !slug.Valid(p.Slug):
		f.Add("slug", "slug.form")
	case slices.Contains(Reserved, p.Slug):
		f.Add("slug", "slug.reserved", "slug", p.Slug)
	}
	return f.Err()
}

// TagPage is carried by the kept page of a free-standing page.
func TagPage(id string) string { return "page:" + id }

// PageBySlug finds a page by its address; NotFound if there is none.
func (s *Service) PageBySlug(tx *db.Tx, slug string) (Page, error) {
	return s.onePage(tx, `SELECT `+pageColumns+` FROM pages WHERE slug = $1`, slug)
}

// PageByID finds a page; NotFound if there is none.
func (s *Service) PageByID(tx *db.Tx, id string) (Page, error) {
	return s.onePage(tx, `SELECT `+pageColumns+` FROM pages WHERE id = $1`, id)
}

func (s *Service) onePage(tx *db.Tx, query, key string) (Page, error) {
	p, err := scanPage(tx.QueryRow(query, key))
	if db.Missing(err) {
		return p, problem.New(problem.NotFound, "problem.not_found")
	}
	if err != nil {
		return p, fmt.Errorf("read page %s: %w", key, err)
	}
	return p, nil
}

// Pages lists all pages by title.
func (s *Service) Pages(tx *db.Tx) ([]Page, error) {
	return db.List(tx, scanPage, `SELECT `+pageColumns+` FROM pages ORDER BY title, id`)
}

// MenuItem is a page that the foot of every page names.
type MenuItem struct{ Slug, Title string }

// Menu lists the published pages that want to be named everywhere.
func (s *Service) Menu(tx *db.Tx) ([]MenuItem, error) {
	return db.List(tx, func(r db.Row) (MenuItem, error) {
		var m MenuItem
		return m, r.Scan(&m.Slug, &m.Title)
	}, `SELECT slug, title FROM pages WHERE state = 'published' AND in_menu ORDER BY title, id`)
}

// SavePage writes a page: a new one if it has no ID, otherwise over the version it
// was read at. A changed slug leaves a redirect.
func (s *Service) SavePage(ctx context.Context, by string, p Page) (Page, error) {
	var saved Page
	err := s.DB.Update(ctx, func(tx *db.Tx) (err error) {
		saved, err = s.SavePageIn(tx, by, p)
		return err
	})
	return saved, err
}

// SavePageIn is SavePage within a transaction.
func (s *Service) SavePageIn(tx *db.Tx, by string, p Page) (Page, error) {
	p.Title, p.Slug = strings.TrimSpace(p.Title), strings.TrimSpace(p.Slug)
	if p.Slug == "" {
		p.Slug = slug.Make(p.Title)
	}
	if err := p.check(); err != nil {
		return p, err
	}
	p.Updated = s.Clock()
	p.Version++
	var before Page
	var err error
	if p.ID == "" {
		p.ID, p.Created = s.IDs.New(), p.Updated
		err = insertPage(tx, p)
	} else {
		before, err = s.replacePage(tx, &p)
	}
	if db.Duplicate(err) {
		var f problem.Fields
		f.Add("slug", "slug.taken", "slug", p.Slug)
		return p, f.Err()
	}
	if err != nil {
		return p, fmt.Errorf("save page %s: %w", p.Slug, err)
	}
	document, err := json.Marshal(p)
	if err != nil {
		return p, err
	}
	if err := insertPageRevision(tx, p, db.OrNull(by), string(document)); err != nil {
		return p, err
	}
	if err := s.moved(tx, before, p); err != nil {
		return p, err
	}
	return p, s.Record(tx, by, "page.saved", TagPage(p.ID), p.Slug)
}

// replacePage writes over the version a page was read at and returns what was there.
func (s *Service) replacePage(tx *db.Tx, p *Page) (Page, error) {
	before, err := s.PageByID(tx, p.ID)
	if err != nil {
		return before, err
	}
	p.Created = before.Created
	ok, err := updatePage(tx, *p)
	if err == nil && !ok {
		err = problem.New(problem.Conflict, "page.changed")
	}
	return before, err
}

// moved follows a save: addresses and kept pages. A draft takes no address from what
// it leads to, and readers see nothing of it.
func (s *Service) moved(tx *db.Tx, before, after Page) error {
	if before.Slug != "" && before.Slug != after.Slug {
		_, leads, err := s.Find(tx, "/"+before.Slug)
		if err == nil && (before.State == PagePublished || !leads) {
			err = s.Redirect(tx, "/"+before.Slug, Target{"page", after.ID})
		}
		if err != nil {
			return err
		}
	}
	switch {
	case after.State == PagePublished:
		s.Keeper.Touch(tx, TagPage(after.ID), TagSite)
		return s.Release(tx, "/"+after.Slug)
	case before.State == PagePublished:
		s.Keeper.Forget(tx, TagPage(after.ID))
		if before.InMenu {
			s.Keeper.Forget(tx, TagSite) // every page names it, and none may do so for want of a newer one
		}
	}
	return nil
}

// DeletePage removes a draft that readers never had, with its versions, if it is still
// at the version that somebody looked at.
func (s *Service) DeletePage(ctx context.Context, by, id string, version int64) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		before, err := s.PageByID(tx, id)
		if err != nil {
			return err
		}
		if before.Version != version {
			return problem.New(problem.Conflict, "page.moved_on")
		}
		may, err := s.PageDeletable(tx, before)
		if err != nil {
			return err
		}
		if !may {
			return problem.New(problem.Conflict, "page.not_deleted")
		}
		n, err := tx.Exec(`DELETE FROM pages WHERE id = $1 AND version = $2`, id, version)
		if err != nil {
			return fmt.Errorf("delete page %s: %w", before.Slug, err)
		}
		if n == 0 {
			return problem.New(problem.Conflict, "page.moved_on")
		}
		s.Keeper.Forget(tx, TagPage(id))
		return s.Record(tx, by, "page.deleted", TagPage(id), before.Slug)
	})
}

// PageDeletable reports that readers never had a page.
func (s *Service) PageDeletable(tx *db.Tx, p Page) (bool, error) {
	if p.State != PageDraft {
		return false, nil
	}
	var n int
	err := tx.QueryRow(`SELECT count(*) FROM page_revisions WHERE page_id = $1 AND document LIKE '%"State":"published"%'`, p.ID).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("look whether a page was published: %w", err)
	}
	return n == 0, nil
}
