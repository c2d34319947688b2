package app_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
	"time"

	"waypost/community"
	"waypost/internal/partdate"
	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
	"waypost/members"
	"waypost/stories"
	"waypost/stories/trails"
)

// written creates a story by an author of its own.
func written(t *testing.T, s *site.Site, c stories.Content) stories.Story {
	t.Helper()
	author, err := s.Members.SaveProfile(t.Context(), "", members.Profile{Name: "By " + c.Title})
	if err != nil {
		t.Fatal(err)
	}
	c.Language, c.Authors = "en", []string{author.ID}
	st, err := s.Stories.Create(t.Context(), members.Console(), c)
	if err != nil {
		t.Fatal(err)
	}
	return st
}

func does(t *testing.T, s *site.Site, v stories.Verb, st stories.Story) stories.Story {
	t.Helper()
	after, err := s.Stories.Do(t.Context(), members.Console(), v, st.ID, st.Version, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return after
}

func saveSettings(t *testing.T, s *site.Site, change func(*community.Settings)) {
	t.Helper()
	settings, err := s.Community.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	change(&settings)
	if err := s.Community.Save(t.Context(), "", settings); err != nil {
		t.Fatal(err)
	}
}

func TestPicturesInATextGetTheirSizes(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e))
		data := picture(t, 900, 600)
		p, err := s.Pictures.Add(t.Context(), bytes.NewReader(data), "A stage")
		if err != nil {
			t.Fatal(err)
		}
		st := does(t, s, stories.Publish, written(t, s, stories.Content{Title: "Pictured", Body: "Look:\n\n![](" + p.Address() + ")"}))
		reader := s.Reader()
		want := func(step, alt string, sizes int) {
			t.Helper()
			page := reader.Get(stories.Address(st.Slug)).OK()
			sets, alts := page.Attrs(`img[src="`+p.Address()+`"]`, "srcset"), page.Attrs(`img[src="`+p.Address()+`"]`, "alt")
			if len(sets) != 1 || strings.Count(sets[0], "w, ")+1 != sizes || alts[0] != alt {
				t.Errorf("%s: srcset %q, alt %q", step, sets, alts)
			}
		}
		want("before its sizes", "A stage", 1)
		s.Work()
		want("with its sizes", "A stage", 3)
		if _, err := s.Pictures.Add(t.Context(), bytes.NewReader(data), "The stage"); err != nil {
			t.Fatal(err)
		}
		want("another alt", "The stage", 3)
		s.Work()
		if stored := site.Rows[string](s, `SELECT rendered FROM story_texts WHERE renderer > 0`); len(stored) != 1 || !strings.Contains(stored[0], `alt="The stage"`) {
			t.Errorf("stored: %q", stored)
		}
	})
}

func TestADatedDraftIsNowhere(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e))
		reader, dated := s.Reader(), time.Date(2016, 3, 1, 12, 0, 0, 0, time.UTC)
		draft := written(t, s, stories.Content{Title: "Unseen", Body: "Not yet.", Published: dated})
		reader.Get("/stories/unseen").Want(http.StatusNotFound)
		does(t, s, stories.Unpublish, does(t, s, stories.Publish, draft))
		reader.Get("/stories/unseen").Want(http.StatusGone)

		moved := does(t, s, stories.Publish, written(t, s, stories.Content{Title: "Old", Body: "Here."}))
		if _, err := s.Stories.Save(t.Context(), members.Console(), moved.ID, moved.Version,
			stories.Content{Title: "Old", Slug: "new", Language: "en", Body: "Here.", Authors: moved.Authors}); err != nil {
			t.Fatal(err)
		}
		written(t, s, stories.Content{Title: "Squatter", Slug: "old", Body: "Not yet.", Published: dated})
		if p := reader.Get("/stories/old"); p.Header.Get("Location") != "/stories/new" {
			t.Errorf("an old address that a draft took: %d to %q", p.Status, p.Header.Get("Location"))
		}
	})
}

func TestSettingsMakeTextAndFigureAnew(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e))
		start, err := partdate.Parse("2024-05")
		if err != nil {
			t.Fatal(err)
		}
		does(t, s, stories.Publish, written(t, s, stories.Content{Title: "Path", Body: "Text.", Published: time.Date(2026, 1, 31, 23, 30, 0, 0, time.UTC),
			Trail: trails.Trail{Version: 1, Steps: []trails.Step{{ID: "s1", Kind: trails.Gig, Title: "Sound", Start: start}}}}))
		s.Work()
		made := func() (text, figure int64) {
			return site.Rows[int64](s, `SELECT renderer FROM story_texts`)[0], site.Rows[int64](s, `SELECT renderer FROM story_figures`)[0]
		}
		for name, change := range map[string]func(*community.Settings){
			"zone":     func(c *community.Settings) { c.TimeZone = "Asia/Tokyo" },
			"language": func(c *community.Settings) { c.Language = "de" },
		} {
			before, _ := made()
			saveSettings(t, s, change)
			s.Work()
			if text, figure := made(); text == before || text != figure {
				t.Errorf("another %s: the text is by %x, the figure by %x, before both were by %x", name, text, figure, before)
			}
		}
	})
}
