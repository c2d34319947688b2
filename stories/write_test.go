package stories_test

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"waypost/community"
	"waypost/internal/db"
	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/stories"
	"waypost/stories/trails"
)

func TestCreateReadsBack(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann, ben := k.author(t, "Ann"), k.author(t, "Ben")
		gigs, trials := k.topic(t, "Gigs"), k.topic(t, "Trials")
		want := stories.Content{
			Title: "A  year of   gigs", Standfirst: " It ended well. ", Language: "en", Body: "One.\r\n\r\nTwo & three.",
			Authors: []string{ben, ann, ben}, Topics: []string{trials, gigs, "", trials},
			Trail: trails.Trail{Version: 1, Goal: "My own studio", Steps: []trails.Step{
				{ID: "s1", Kind: trails.Gig, Title: "Sound", Start: date("2024-05"), End: partdate.Date{}}}},
			Note: "ask about the date",
		}
		st := k.create(t, want)
		want.Title, want.Standfirst, want.Slug, want.Format = "A year of gigs", "It ended well.", "a-year-of-gigs", stories.Markdown
		want.Body, want.Authors, want.Topics = "One.\n\nTwo & three.", []string{ben, ann}, []string{trials, gigs}
		read := k.byID(t, st.ID)
		if read.State != stories.Draft || read.Version != 1 || read.Words != 3 || !read.HasTrail || !read.Published.IsZero() {
			t.Errorf("read back: %+v", read)
		}
		got := k.content(t, read)
		if !sameContent(got, want) {
			t.Errorf("content\n%+v, want\n%+v", got, want)
		}
		text := k.text(t, st.ID)
		if !strings.Contains(text.Rendered.HTML, "Two &amp; three.") {
			t.Errorf("rendered: %q", text.Rendered.HTML)
		}
	})
}

// sameContent compares what somebody wrote by what a revision stores of it.
func sameContent(a, b stories.Content) bool { return document(a) == document(b) }

func TestCreateRefuses(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann := k.author(t, "Ann")
		for name, c := range map[string]struct {
			change func(*stories.Content)
			want   string
		}{
			"long title":      {func(c *stories.Content) { c.Title = strings.Repeat("é", 161) }, "title: field.too_long"},
			"turned title":    {func(c *stories.Content) { c.Title = "Well \u202ednuos" }, "title: field.misleads"},
			"bell in alt":     {func(c *stories.Content) { c.Cover.Alt = "A\a bell" }, "cover_alt: field.misleads"},
			"long standfirst": {func(c *stories.Content) { c.Standfirst = strings.Repeat("é", 401) }, "standfirst: field.too_long"},
			"long body":       {func(c *stories.Content) { c.Body = strings.Repeat("x", 1<<20+1) }, "body: field.too_long"},
			"no language":     {func(c *stories.Content) { c.Language = "de'><script>" }, "language: field.unknown"},
			"unknown cover":   {func(c *stories.Content) { c.Cover.PictureID = "forged" }, "cover: field.unknown"},
			"unknown author":  {func(c *stories.Content) { c.Authors = append(c.Authors, "forged") }, "authors: field.unknown"},
			"unknown topic":   {func(c *stories.Content) { c.Topics = append(c.Topics, "forged") }, "topics: field.unknown"},
			"long alt":        {func(c *stories.Content) { c.Cover.Alt = strings.Repeat("x", 401) }, "cover_alt: field.too_long"},
			"long caption":    {func(c *stories.Content) { c.Cover.Caption = strings.Repeat("x", 401) }, "cover_caption: field.too_long"},
			"slug":            {func(c *stories.Content) { c.Slug = "No Slug" }, "slug: slug.form"},
			"slug of a year":  {func(c *stories.Content) { c.Slug = "2016" }, "slug: slug.form"},
			"format":          {func(c *stories.Content) { c.Format = "pdf" }, "format: field.unknown"},
			"topics":          {func(c *stories.Content) { c.Topics = strings.Split("abcdefghi", "") }, "topics: field.too_many"},
			"authors":         {func(c *stories.Content) { c.Authors = strings.Split("abcdefghi", "") }, "authors: field.too_many"},
			"a goal alone":    {func(c *stories.Content) { c.Trail.Goal = "far" }, "trail.steps: trail.no_steps"},
			"two at once": {func(c *stories.Content) { c.Title, c.Slug = strings.Repeat("x", 161), "/" },
				"title: field.too_long, slug: slug.form"},
		} {
			draft := content("A title", ann)
			c.change(&draft)
			_, err := k.Stories.Create(t.Context(), owner(), draft)
			if got := faults(err); got != c.want || !problem.Is(err, problem.Invalid) {
				t.Errorf("%s: %s, want %s", name, got, c.want)
			}
		}
	})
}

func TestCreateBelongsToItsAuthor(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ben := k.author(t, "Ben")
		ann := k.account(t, "Ann")
		for name, authors := range map[string][]string{"another's": {ben}, "nobody's": nil} {
			c := content("Mine", "")
			c.Authors, c.Published, c.Note = authors, k.Clock.Now().Add(-24*time.Hour), "for editors"
			st, err := k.Stories.Create(t.Context(), ann, c)
			if err != nil || len(st.Authors) != 1 || st.AccountID != ann.AccountID || !st.Private() || !st.Published.IsZero() || st.Note != "" {
				t.Fatalf("%s story: %+v, %v", name, st, err)
			}
			ann.ProfileID = k.written(t, ann).ProfileID
			if st.Authors[0] != ann.ProfileID || ann.ProfileID == ben {
				t.Errorf("%s story is by %v", name, st.Authors)
			}
			c.Authors = []string{ben}
			if st, err = k.Stories.Save(t.Context(), ann, st.ID, st.Version, c); err != nil || st.Authors[0] != ann.ProfileID {
				t.Errorf("%s story, saved: by %v, %v", name, st.Authors, err)
			}
			c.Format = stories.HTML
			if _, err = k.Stories.Save(t.Context(), ann, st.ID, st.Version, c); faults(err) != "format: field.unknown" {
				t.Errorf("markup: %v", err)
			}
		}
		k.View(t, func(tx *db.Tx) error {
			p, err := k.Members.ProfileByID(tx, ann.ProfileID)
			if p.Name != "Ann" || p.AccountID != ann.AccountID {
				t.Errorf("the profile: %+v", p)
			}
			return err
		})
		reader := members.Actor{}
		if _, err := k.Stories.Create(t.Context(), reader, content("Nobody's", ben)); !problem.Is(err, problem.Forbidden) {
			t.Errorf("without an account: %v, want forbidden", err)
		}
	})
}

func TestSaveOverAnotherVersionLosesNothing(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann := k.author(t, "Ann")
		st := k.create(t, content("First", ann))
		mine, theirs := k.content(t, st), k.content(t, st)
		theirs.Body, mine.Body = "Theirs came first.", "Mine came second."
		if _, err := k.Stories.Save(t.Context(), owner(), st.ID, st.Version, theirs); err != nil {
			t.Fatal(err)
		}
		_, err := k.Stories.Save(t.Context(), owner(), st.ID, st.Version, mine)
		conflict := wantConflict(t, err)
		if !problem.Is(err, problem.Conflict) || conflict.Theirs.Body != theirs.Body || conflict.Mine.Body != mine.Body || conflict.Version != 2 {
			t.Fatalf("%v: %+v", err, conflict)
		}
		if got := k.content(t, k.byID(t, st.ID)); got.Body != theirs.Body {
			t.Errorf("after the conflict: %q", got.Body)
		}
		settled, err := k.Stories.Save(t.Context(), owner(), st.ID, conflict.Version, conflict.Mine)
		if err != nil || settled.Version != 3 {
			t.Fatalf("settled: version %d, %v", settled.Version, err)
		}
		var revisions []stories.Revision
		k.View(t, func(tx *db.Tx) (err error) {
			revisions, err = k.Stories.Revisions(tx, owner(), st)
			return err
		})
		if len(revisions) != 3 || revisions[0].Version != 3 || revisions[2].Version != 1 {
			t.Errorf("revisions: %+v", revisions)
		}
		for version, want := range map[int64]string{1: "What happened next.", 2: theirs.Body, 3: mine.Body} {
			if got := k.revision(t, st.ID, version); got.Body != want {
				t.Errorf("revision %d: %q, want %q", version, got.Body, want)
			}
		}
	})
}

func TestManySavesOfOneVersion(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		st := k.create(t, content("First", k.author(t, "Ann")))
		c := k.content(t, st)
		var saved, refused atomic.Int32
		var all sync.WaitGroup
		for range 16 {
			all.Go(func() {
				switch _, err := k.Stories.Save(t.Context(), owner(), st.ID, 1, c); {
				case err == nil:
					saved.Add(1)
				case problem.Is(err, problem.Conflict):
					refused.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		all.Wait()
		if saved.Load() != 1 || refused.Load() != 15 {
			t.Errorf("%d saved, %d refused", saved.Load(), refused.Load())
		}
	})
}

func TestSaveOfWhatReadersSeeStaysWhole(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		st := k.publish(t, content("First", k.author(t, "Ann")))
		c := k.content(t, st)
		c.Title, c.Body, c.Authors = "", " \n", nil
		_, err := k.Stories.Save(t.Context(), owner(), st.ID, st.Version, c)
		want := "title: story.title_missing, body: story.body_missing, authors: story.author_missing"
		if got := faults(err); got != want {
			t.Errorf("%s, want %s", got, want)
		}
		if now := k.byID(t, st.ID); now.Version != st.Version || now.Title != "First" {
			t.Errorf("after: %+v", now)
		}
	})
}

func TestSlugs(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann := k.author(t, "Ann")
		for _, c := range []struct{ title, slug, want string }{
			{"Why I left", "", "why-i-left"},
			{"Why I left", "", "why-i-left-2"},
			{"Why I left!", "", "why-i-left-3"},
			{"2016", "", "story-2016"},
			{"?!", "", "story"},
			{"", "", "story-2"},
			{"Anything", "my-words", "my-words"},
		} {
			draft := content(c.title, ann)
			draft.Slug = c.slug
			if st := k.create(t, draft); st.Slug != c.want {
				t.Errorf("%q: %s, want %s", c.title, st.Slug, c.want)
			}
		}
		taken := content("Anything", ann)
		taken.Slug = "my-words"
		if _, err := k.Stories.Create(t.Context(), owner(), taken); faults(err) != "slug: slug.taken" {
			t.Errorf("a taken slug: %v", err)
		}
	})
}

func TestChangedSlugLeadsOnForever(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann := k.author(t, "Ann")
		slug := func(s string) func(*stories.Content) { return func(c *stories.Content) { c.Slug = s } }
		draft := k.edit(t, k.create(t, content("Never seen", ann)), slug("seen-by-nobody"))
		if to := k.leads(t, "/stories/never-seen"); to != "" {
			t.Errorf("an address that no reader had leads to %s", to)
		}
		st := k.publish(t, content("One", ann))
		st = k.edit(t, st, slug("two"))
		st = k.edit(t, st, slug("three"))
		for _, old := range []string{"one", "two"} {
			if to := k.leads(t, "/stories/"+old); to != st.ID {
				t.Errorf("/stories/%s leads to %q, want %q", old, to, st.ID)
			}
		}
		if other := k.publish(t, content("One", ann)); other.Slug != "one-2" || k.leads(t, "/stories/one") != st.ID {
			t.Errorf("another story of the old title is at %s, and /stories/one leads to %q", other.Slug, k.leads(t, "/stories/one"))
		}
		st = k.edit(t, st, slug("one"))
		if to := k.leads(t, "/stories/one"); to != "" {
			t.Errorf("a story's own address leads to %q", to)
		}
		if to := k.leads(t, "/stories/three"); to != st.ID {
			t.Errorf("/stories/three leads to %q", to)
		}
		k.edit(t, k.do(t, stories.Unpublish, st), slug("four"))
		if to := k.leads(t, "/stories/one"); to != st.ID {
			t.Errorf("after unpublishing, /stories/one leads to %q", to)
		}
		// Another story takes the old address: from its publication on it is its own.
		draft = k.edit(t, draft, slug("two"))
		if to := k.leads(t, "/stories/two"); to != st.ID {
			t.Errorf("a draft took /stories/two, which leads to %q", to)
		}
		k.do(t, stories.Publish, draft)
		if to := k.leads(t, "/stories/two"); to != "" {
			t.Errorf("the address of a published story leads to %q", to)
		}
	})
}

func TestANewRendererMakesTextAndFigureAnew(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		c := content("First", k.author(t, "Ann"))
		c.Trail = twoSteps()
		st := k.create(t, c)
		version := int64(1)
		k.Stories.Renderer = func(*db.Tx) (int64, error) { return version, nil }
		k.Stories.Render = func(*db.Tx, stories.Format, string, string, string) (stories.Rendered, error) {
			return stories.Rendered{HTML: "<p>new</p>", By: version}, nil
		}
		k.Stories.Draw = func(*db.Tx, trails.Trail, time.Time) (stories.Drawing, error) {
			return stories.Drawing{Wide: "new", By: version}, nil
		}
		if got := k.text(t, st.ID); strings.Contains(got.Rendered.HTML, "new") || got.Drawing.Wide != "2 steps up to 2026-05-04" {
			t.Errorf("by the same renderer: %+v", got)
		}
		version = 2
		if got := k.text(t, st.ID); got.Rendered.HTML != "<p>new</p>" || got.Drawing.Wide != "new" {
			t.Errorf("by a new renderer: %+v", got)
		}
	})
}

// TestNothingIsRenderedWhileAStoryMoves: whoever renders in a transaction keeps all
// other writers waiting.
func TestNothingIsRenderedWhileAStoryMoves(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		st := k.create(t, content("First", k.author(t, "Ann")))
		k.Stories.Renderer = func(*db.Tx) (int64, error) { return 2, nil } // what is stored is of an earlier one
		k.Stories.Render = func(*db.Tx, stories.Format, string, string, string) (stories.Rendered, error) {
			t.Error("rendered")
			return stories.Rendered{By: 2}, nil
		}
		st = k.do(t, stories.Publish, st)
		k.do(t, stories.Archive, st)
	})
}

func twoSteps() trails.Trail {
	return trails.Trail{Version: 1, Steps: []trails.Step{
		{ID: "s1", Kind: trails.Gig, Title: "Sound", Start: date("2024-05"), End: date("2025")},
		{ID: "s2", Kind: trails.Trial, Title: "Studio", Start: date("2025")},
	}}
}

func TestFigureEndsAtPublication(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		c := content("First", k.author(t, "Ann"))
		c.Trail = twoSteps()
		st := k.create(t, c)
		want := func(step, figure string) {
			t.Helper()
			if got := k.text(t, st.ID).Drawing.Wide; got != figure {
				t.Errorf("%s: %q, want %q", step, got, figure)
			}
		}
		want("a draft", "2 steps up to 2026-05-04")
		k.Clock.Advance(10 * 24 * time.Hour)
		st = k.do(t, stories.Publish, st)
		want("published", "2 steps up to 2026-05-14")
		k.Clock.Advance(10 * 24 * time.Hour)
		st = k.edit(t, st, func(c *stories.Content) { c.Trail.Steps = c.Trail.Steps[:1] })
		want("edited later", "1 steps up to 2026-05-14")
		k.edit(t, st, func(c *stories.Content) { c.Trail = trails.Trail{} })
		want("without a path", "")

		c.Slug = "second"
		st = k.create(t, c)
		at := k.Clock.Now().Add(24 * time.Hour)
		if _, err := k.Stories.Do(t.Context(), owner(), stories.Schedule, st.ID, st.Version, at); err != nil {
			t.Fatal(err)
		}
		k.Clock.Advance(24 * time.Hour)
		k.Work(t)
		want("on time", "2 steps up to 2026-05-25")
	})
}

func TestEverySaveIsRecorded(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		st := k.create(t, content("First", k.author(t, "Ann")))
		k.Clock.Advance(time.Minute)
		k.do(t, stories.Publish, st)
		k.View(t, func(tx *db.Tx) error {
			acts, err := k.Community.Acts(tx, community.ActSearch{}, community.ActKey{}, 2)
			if err != nil || len(acts) != 2 || acts[0].Act != "story.published" || acts[1].Act != "story.created" || acts[0].Subject != "story:"+st.ID {
				t.Errorf("acts %+v, %v", acts, err)
			}
			return nil
		})
	})
}

func date(text string) partdate.Date {
	d, err := partdate.Parse(text)
	if err != nil {
		panic(err)
	}
	return d
}
