package wordpress_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"waypost/community"
	"waypost/internal/db"
	"waypost/internal/markdown"
	"waypost/internal/testkit"
	"waypost/internal/testkit/ground"
	"waypost/members"
	"waypost/replies"
	"waypost/replies/marks"
	"waypost/stories"
	"waypost/topics"
	"waypost/transfer/wordpress"
	"waypost/transfer/wxr"
)

// kit is a community with an importer, wired as app does.
type kit struct {
	*ground.Ground
	Stories   *stories.Service
	Topics    *topics.Service
	Members   *members.Service
	Community *community.Service
	Replies   *replies.Service
	Import    *wordpress.Service
}

func each(t *testing.T, test func(t *testing.T, k *kit)) {
	t.Helper()
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) { test(t, newKit(g)) })
}

func newKit(g *ground.Ground) *kit {
	c := &community.Service{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Keeper: g.Keeper, Languages: []string{"en", "de"}}
	redirect := func(kind string) func(*db.Tx, string, string) error {
		return func(tx *db.Tx, path, id string) error {
			return c.Redirect(tx, path, community.Target{Kind: kind, ID: id})
		}
	}
	k := &kit{Ground: g, Community: c}
	k.Topics = &topics.Service{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Keeper: g.Keeper, Redirect: redirect("topic"), Record: c.Record}
	k.Members = &members.Service{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Keeper: g.Keeper, Redirect: redirect("author"), Record: c.Record}
	k.Stories = &stories.Service{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Keeper: g.Keeper, Jobs: g.Jobs,
		Render:   render,
		Renderer: func(*db.Tx) (int64, error) { return 1, nil },
		Zone:     func(*db.Tx) (*time.Location, error) { return time.UTC, nil },
		Redirect: redirect("story"),
		Release:  c.Release,
		Record:   c.Record,
	}
	k.Replies = &replies.Service{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Keeper: g.Keeper, Jobs: g.Jobs, Marks: marks.New([]byte("a key of the test")), Record: c.Record,
		Render: func(_ *db.Tx, body, language string) (replies.Rendered, error) {
			return replies.Rendered{HTML: markdown.Note(body, markdown.Options{Language: language, UGC: true}).HTML, By: 1}, nil
		}}
	k.Import = &wordpress.Service{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Stories: k.Stories, Members: k.Members, Topics: k.Topics,
		Community: c, Words: words, Replies: k.Replies}
	return k
}

// words shows keys and arguments, so that a test sees which message was chosen.
func words(language, key string, args ...any) string {
	return strings.TrimSpace(key + " " + fmt.Sprintln(args...))
}

func render(_ *db.Tx, f stories.Format, body, language, prefix string) (stories.Rendered, error) {
	o := markdown.Options{IDPrefix: prefix, Language: language}
	d := markdown.Imported(body, o)
	if f == stories.Markdown {
		d = markdown.Story(body, o)
	}
	return stories.Rendered{HTML: d.HTML, Plain: d.Text, Words: d.Words, By: 1}, nil
}

func owner() members.Actor { return members.Actor{Roles: []members.Role{members.Owner}} }

// bring imports a text and fails the test with an error, or numbers that do not add up.
func (k *kit) bring(t testing.TB, export string) wordpress.Report {
	t.Helper()
	r, err := k.try(t, export, wordpress.Options{By: owner()})
	if err != nil {
		t.Fatal(err)
	}
	balanced(t, r)
	return r
}

// dry is bring without writing.
func (k *kit) dry(t testing.TB, export string) wordpress.Report {
	t.Helper()
	r, err := k.try(t, export, wordpress.Options{By: owner(), DryRun: true})
	if err != nil {
		t.Fatal(err)
	}
	balanced(t, r)
	return r
}

func (k *kit) try(t testing.TB, export string, o wordpress.Options) (wordpress.Report, error) {
	t.Helper()
	source, err := wxr.NewSource(strings.NewReader(export), int64(len(export)), wxr.Limits{})
	if err != nil {
		return wordpress.Report{}, err
	}
	return k.Import.Import(t.Context(), source, o)
}

func balanced(t testing.TB, r wordpress.Report) {
	t.Helper()
	for _, wrong := range r.Unbalanced() {
		t.Errorf("does not add up: %s", wrong)
	}
}

// file reads an export as text.
func file(t testing.TB, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// rows lists what a query finds, a line each.
func (k *kit) rows(t testing.TB, columns int, query string) []string {
	t.Helper()
	var all []string
	k.View(t, func(tx *db.Tx) (err error) {
		all, err = db.List(tx, func(r db.Row) (string, error) {
			cells, into := make([]any, columns), make([]any, columns)
			for i := range cells {
				into[i] = &cells[i]
			}
			err := r.Scan(into...)
			for i, c := range cells {
				if b, ok := c.([]byte); ok {
					cells[i] = string(b)
				}
			}
			return strings.TrimSuffix(fmt.Sprintln(cells...), "\n"), err
		}, query)
		return err
	})
	return all
}

func (k *kit) story(t testing.TB, slug string) (st stories.Story) {
	t.Helper()
	k.View(t, func(tx *db.Tx) (err error) {
		st, err = k.Stories.BySlug(tx, slug)
		return err
	})
	return st
}

func (k *kit) content(t testing.TB, st stories.Story) (c stories.Content) {
	t.Helper()
	k.View(t, func(tx *db.Tx) (err error) {
		c, err = k.Stories.Content(tx, st)
		return err
	})
	return c
}

func (k *kit) page(t testing.TB, slug string) (p community.Page) {
	t.Helper()
	k.View(t, func(tx *db.Tx) (err error) {
		p, err = k.Community.PageBySlug(tx, slug)
		return err
	})
	return p
}

// whys are the reasons of entries about something.
func whys(list []wordpress.Entry, what string) string {
	var all []string
	for _, e := range list {
		if strings.HasPrefix(e.What, what) {
			all = append(all, e.Why)
		}
	}
	return strings.Join(all, "; ")
}

func asJSON(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func topic(name string) topics.Topic { return topics.Topic{Name: name} }

// leads checks where an old path leads: to a thing of that kind and slug, or nowhere.
func (k *kit) leads(t testing.TB, path, kind, slug string) {
	t.Helper()
	var to community.Target
	var got string
	k.View(t, func(tx *db.Tx) (err error) {
		if to, _, err = k.Community.Find(tx, path); err != nil {
			return err
		}
		got, err = k.slugOf(tx, to)
		return err
	})
	if to.Kind != kind || got != slug {
		t.Errorf("%s leads to %s %q, want %s %q", path, to.Kind, got, kind, slug)
	}
}

func (k *kit) slugOf(tx *db.Tx, to community.Target) (string, error) {
	switch to.Kind {
	case "story":
		st, err := k.Stories.ByID(tx, to.ID)
		return st.Slug, err
	case "page":
		p, err := k.Community.PageByID(tx, to.ID)
		return p.Slug, err
	case "author":
		p, err := k.Members.ProfileByID(tx, to.ID)
		return p.Handle, err
	case "topic":
		x, err := k.Topics.ByID(tx, to.ID)
		return x.Slug, err
	}
	return "", nil
}

// sameEngine opens a fresh database of the engine that another is on.
func sameEngine(t *testing.T, other *db.DB) *db.DB {
	t.Helper()
	for _, e := range testkit.Engines() {
		if e.Name == string(other.Engine()) {
			d := testkit.Open(t, e.Fresh(t))
			if err := d.Migrate(t.Context(), 0); err != nil {
				t.Fatal(err)
			}
			return d
		}
	}
	t.Fatalf("no engine %s", other.Engine())
	return nil
}
