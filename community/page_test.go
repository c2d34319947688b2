package community_test

import (
	"strings"
	"testing"

	"waypost/community"
	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/internal/testkit/ground"
)

func about() community.Page {
	return community.Page{Title: "About us", State: community.PagePublished, Format: "markdown", Body: "Hello.", InMenu: true}
}

func (k *kit) page(t testing.TB, p community.Page) community.Page {
	t.Helper()
	saved, err := k.Community.SavePage(t.Context(), "", p)
	if err != nil {
		t.Fatal(err)
	}
	return saved
}

func (k *kit) menu(t testing.TB) string {
	t.Helper()
	var slugs []string
	k.View(t, func(tx *db.Tx) error {
		items, err := k.Community.Menu(tx)
		for _, m := range items {
			slugs = append(slugs, m.Slug)
		}
		return err
	})
	return strings.Join(slugs, " ")
}

func (k *kit) leads(t testing.TB, path string) (to community.Target) {
	t.Helper()
	k.View(t, func(tx *db.Tx) (err error) {
		to, _, err = k.Community.Find(tx, path)
		return err
	})
	return to
}

func TestPages(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		p := k.page(t, about())
		if p.Slug != "about-us" || p.Version != 1 || k.menu(t) != "about-us" {
			t.Errorf("%+v, menu %q", p, k.menu(t))
		}
		hidden := about()
		hidden.Title, hidden.State = "Not yet", community.PageDraft
		k.page(t, hidden)
		if k.menu(t) != "about-us" {
			t.Errorf("menu %q", k.menu(t))
		}
		old := p
		p.Title, p.Created = "Who we are", p.Created.AddDate(-1, 0, 0)
		p = k.page(t, p)
		if _, err := k.Community.SavePage(t.Context(), "", old); !problem.Is(err, problem.Conflict) {
			t.Errorf("saved over another version: %v", err)
		}
		k.View(t, func(tx *db.Tx) error {
			bySlug, err := k.Community.PageBySlug(tx, "about-us")
			if err != nil || bySlug.Title != "Who we are" || !bySlug.Created.Equal(old.Created) {
				t.Errorf("%+v, %v", bySlug, err)
			}
			byID, err := k.Community.PageByID(tx, p.ID)
			if err != nil || byID != bySlug {
				t.Errorf("%+v, %v", byID, err)
			}
			if _, err := k.Community.PageBySlug(tx, "nowhere"); !problem.Is(err, problem.NotFound) {
				t.Errorf("no page: %v", err)
			}
			all, err := k.Community.Pages(tx)
			if len(all) != 2 || all[0].Title != "Not yet" {
				t.Errorf("all: %+v", all)
			}
			var revisions int
			if err := tx.QueryRow(`SELECT count(*) FROM page_revisions WHERE page_id = $1`, p.ID).Scan(&revisions); err != nil || revisions != 2 {
				t.Errorf("%d revisions, %v", revisions, err)
			}
			return err
		})
	})
}

func TestPageRefused(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.page(t, about())
		for want, change := range map[string]func(*community.Page){
			"title: page.title_missing, slug: slug.form": func(p *community.Page) { p.Title = " " },
			"title: field.too_long":                      func(p *community.Page) { p.Title, p.Slug = strings.Repeat("x", 161), "long" },
			"body: field.too_long":                       func(p *community.Page) { p.Slug, p.Body = "long", strings.Repeat("x", 1<<20+1) },
			"state: field.unknown":                       func(p *community.Page) { p.Slug, p.State = "odd", "hidden" },
			"format: field.unknown":                      func(p *community.Page) { p.Slug, p.Format = "odd", "" },
			"slug: slug.form":                            func(p *community.Page) { p.Slug = "a/b" },
			"slug: slug.taken":                           func(p *community.Page) { p.Slug = "about-us" },
		} {
			p := about()
			change(&p)
			if _, err := k.Community.SavePage(t.Context(), "", p); faults(err) != want {
				t.Errorf("%s, want %s", faults(err), want)
			}
		}
		for _, word := range community.Reserved {
			p := about()
			p.Slug = word
			if _, err := k.Community.SavePage(t.Context(), "", p); !problem.Is(err, problem.Invalid) {
				t.Errorf("a page took %q: %v", word, err)
			}
		}
	})
}

func TestPageRedirects(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		p := k.page(t, about())
		target := community.Target{Kind: "page", ID: p.ID}
		p.Slug = "we"
		p = k.page(t, p)
		if got := k.leads(t, "/about-us"); got != target {
			t.Errorf("/about-us leads to %+v", got)
		}
		p.Slug = "about-us"
		p = k.page(t, p)
		if back, we := k.leads(t, "/about-us"), k.leads(t, "/we"); back.ID != "" || we != target {
			t.Errorf("/about-us leads to %+v, /we to %+v", back, we)
		}
		other := about()
		other.Slug = "we"
		k.page(t, other)
		if got := k.leads(t, "/we"); got.ID != "" {
			t.Errorf("a new page's own address leads to %+v", got)
		}
	})
}

// TestADraftTakesNoAddress drafts a page at an address that leads to a story.
func TestADraftTakesNoAddress(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		story := community.Target{Kind: "story", ID: "one"}
		k.Update(t, func(tx *db.Tx) error { return k.Community.Redirect(tx, "/first-year", story) })
		p := about()
		p.Slug, p.State = "first-year", community.PageDraft
		p = k.page(t, p)
		if got := k.leads(t, "/first-year"); got != story {
			t.Errorf("with a draft there, /first-year leads to %+v", got)
		}
		p.Slug = "second-year"
		p = k.page(t, p)
		if got := k.leads(t, "/first-year"); got != story {
			t.Errorf("with the draft elsewhere, /first-year leads to %+v", got)
		}
		p.Slug, p.State = "first-year", community.PagePublished
		k.page(t, p)
		if got := k.leads(t, "/first-year"); got.ID != "" {
			t.Errorf("with a page there, /first-year leads to %+v", got)
		}
	})
}

func TestRedirectIsLedAnew(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		for _, id := range []string{"one", "two"} {
			k.Update(t, func(tx *db.Tx) error {
				return k.Community.Redirect(tx, "/?p=17", community.Target{Kind: "story", ID: id})
			})
		}
		if got := k.leads(t, "/?p=17"); got != (community.Target{Kind: "story", ID: "two"}) {
			t.Errorf("leads to %+v", got)
		}
		k.Update(t, func(tx *db.Tx) error { return k.Community.Release(tx, "/?p=17") })
		if got := k.leads(t, "/?p=17"); got.ID != "" {
			t.Errorf("released, leads to %+v", got)
		}
	})
}

func TestWhichPagesAPageMakesStale(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		p := k.page(t, about())
		tags := []string{community.TagSite, community.TagPage(p.ID)}
		effect := k.Effects(t, tags, func() { p = k.page(t, p) })
		if effect[tags[0]] != ground.Stale || effect[tags[1]] != ground.Stale {
			t.Errorf("saved: %v", effect)
		}
		effect = k.Effects(t, tags, func() {
			p.State = community.PageDraft
			k.page(t, p)
		})
		if effect[tags[0]] != ground.Forgotten || effect[tags[1]] != ground.Forgotten {
			t.Errorf("withdrawn: %v", effect)
		}
		effect = k.Effects(t, tags, func() {
			draft := about()
			draft.Slug, draft.State = "not-yet", community.PageDraft
			draft = k.page(t, draft)
			draft.Title = "Still not"
			k.page(t, draft)
		})
		if len(effect) > 0 {
			t.Errorf("a draft: %v", effect)
		}
	})
}
