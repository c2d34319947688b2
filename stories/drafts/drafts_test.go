package drafts_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/internal/testkit/ground"
	"waypost/members"
	"waypost/stories/drafts"
)

// kit is drafts over stories that the test makes up.
type kit struct {
	*ground.Ground
	*drafts.Service
	stories map[string]int64 // the version that each is at
	saved   bool             // the account has saved a version since
}

func each(t *testing.T, test func(t *testing.T, k *kit)) {
	t.Helper()
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) {
		k := &kit{Ground: g, stories: map[string]int64{"story": 3}}
		k.Service = &drafts.Service{DB: g.DB, Clock: g.Clock.Now,
			Story: func(_ *db.Tx, _ members.Actor, id string) (int64, error) {
				if v, ok := k.stories[id]; ok {
					return v, nil
				}
				return 0, problem.New(problem.NotFound, "problem.not_found")
			},
			SavedSince: func(*db.Tx, string, string, int64) (bool, error) { return k.saved, nil },
		}
		g.Update(t, func(tx *db.Tx) error {
			for _, a := range []string{"ada", "bo"} {
				if _, err := tx.Exec(`INSERT INTO accounts (id, name, created_at) VALUES ($1, $1, 1)`, a); err != nil {
					return err
				}
			}
			return nil
		})
		test(t, k)
	})
}

func ada() members.Actor { return members.Actor{AccountID: "ada"} }

// keep saves a text as a writer's n-th and wants an outcome.
func (k *kit) keep(t *testing.T, writer string, n, after int64, text string, want drafts.Outcome) drafts.Draft {
	t.Helper()
	stored, got, err := k.Keep(t.Context(), ada(), drafts.Draft{StoryID: "story", Base: 3, Writer: writer, Sequence: n, Document: text, Title: " A  title "}, after, false)
	if err != nil || got != want {
		t.Errorf("save %d of %s: %q, error %v, want %q", n, writer, got, err, want)
	}
	return stored
}

func (k *kit) of(t *testing.T, account, story string) (d *drafts.Draft) {
	t.Helper()
	k.View(t, func(tx *db.Tx) (err error) {
		d, err = k.Of(tx, account, story)
		return err
	})
	return d
}

func TestSavesEndWithTheLastTyped(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.keep(t, "tab", 1, 0, "one", drafts.Kept)
		k.Ground.Clock.Advance(time.Minute)
		k.keep(t, "tab", 3, 0, "three", drafts.Kept)
		saved := k.Ground.Clock.Now()
		k.Ground.Clock.Advance(time.Minute)
		for _, n := range []int64{2, 3, 1} {
			if stored := k.keep(t, "tab", n, 0, "overtaken", drafts.Late); stored.Sequence != 3 || !stored.Saved.Equal(saved) {
				t.Errorf("the answer to save %d tells of %d at %s", n, stored.Sequence, stored.Saved)
			}
		}
		d := k.of(t, "ada", "story")
		if d == nil || d.Document != "three" || d.Title != "A title" || d.Base != 3 || !d.Saved.Equal(saved) {
			t.Errorf("stored %+v", d)
		}
	})
}

// TestAnotherWriterIsNotWrittenOver types on two devices.
func TestAnotherWriterIsNotWrittenOver(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.keep(t, "laptop", 5, 0, "of an hour", drafts.Kept)
		if stored := k.keep(t, "phone", 9, 4, "a word", drafts.Elsewhere); stored.Writer != "laptop" || stored.Sequence != 5 {
			t.Errorf("the answer tells of %+v", stored)
		}
		if d := k.of(t, "ada", "story"); d.Document != "of an hour" {
			t.Errorf("stored %q", d.Document)
		}
		k.keep(t, "phone", 10, 5, "of an hour and a word", drafts.Kept)
		k.keep(t, "laptop", 6, 5, "too late", drafts.Elsewhere)
		if d := k.of(t, "ada", "story"); d.Document != "of an hour and a word" {
			t.Errorf("stored %q", d.Document)
		}
	})
}

// TestFiftySavesAtOnce come in any order, from two devices that hand over.
func TestFiftySavesAtOnce(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		const many = 50
		errs := make([]error, many)
		var wg sync.WaitGroup
		for _, i := range rand.Perm(many) {
			wg.Go(func() {
				n := int64(i + 1)
				_, _, errs[i] = k.Keep(t.Context(), ada(), drafts.Draft{StoryID: "story", Base: 3, Writer: "tab", Sequence: n, Document: fmt.Sprint("text ", n)}, 0, false)
			})
		}
		wg.Wait()
		for _, err := range errs {
			if err != nil {
				t.Error(err)
			}
		}
		if d := k.of(t, "ada", "story"); d == nil || d.Sequence != many || d.Document != "text 50" {
			t.Errorf("stored %+v", d)
		}
	})
}

func TestDraftsAreOnesOwn(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.keep(t, "tab", 1, 0, "mine", drafts.Kept)
		if d := k.of(t, "bo", "story"); d != nil {
			t.Errorf("somebody else reads %q", d.Document)
		}
		if err := k.Drop(t.Context(), members.Actor{AccountID: "bo"}, "story", true); !problem.Is(err, problem.NotFound) {
			t.Errorf("somebody else drops it: %v", err)
		}
		k.Update(t, func(tx *db.Tx) error { return k.Settle(tx, "bo", "story") })
		if k.of(t, "ada", "story") == nil {
			t.Error("somebody else's save took it away")
		}
		_, _, err := k.Keep(t.Context(), ada(), drafts.Draft{StoryID: "nowhere", Writer: "tab", Sequence: 1}, 0, false)
		if !problem.Is(err, problem.NotFound) {
			t.Errorf("a story that is not there: %v", err)
		}
	})
}

func TestNewStories(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		fresh := func(id string, n int64) error {
			_, _, err := k.Keep(t.Context(), ada(), drafts.Draft{StoryID: id, Writer: "tab", Sequence: n, Title: strings.Repeat("é", 200), Document: "{}"}, 0, true)
			return err
		}
		for n := range int64(3) { // the same one, sent again
			if err := fresh("new", n%2+1); err != nil {
				t.Fatal(err)
			}
		}
		list := func() (list []drafts.Draft) {
			k.View(t, func(tx *db.Tx) (err error) {
				list, err = k.Unsaved(tx, "ada")
				return err
			})
			return list
		}
		if l := list(); len(l) != 1 || l[0].StoryID != "new" || len([]rune(l[0].Title)) != 160 {
			t.Errorf("unsaved are %+v", l)
		}
		var err error
		for i := 0; err == nil && i < 100; i++ {
			k.Ground.Clock.Advance(time.Second)
			err = fresh(fmt.Sprint("another-", i), 1)
		}
		if !problem.Is(err, problem.TooMany) || len(list()) != 50 || list()[0].StoryID != "another-48" {
			t.Errorf("%d unsaved, error %v", len(list()), err)
		}
		if err := k.Drop(t.Context(), ada(), "new", true); err != nil || len(list()) != 49 {
			t.Errorf("%d after one was dropped, error %v", len(list()), err)
		}
	})
}

func TestDroppedIsKeptForAWhile(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.keep(t, "tab", 1, 0, "typed", drafts.Kept)
		for _, dropped := range []bool{true, false, true} {
			if err := k.Drop(t.Context(), ada(), "story", dropped); err != nil {
				t.Fatal(err)
			}
			if d := k.of(t, "ada", "story"); d.Dropped != dropped || d.Document != "typed" {
				t.Errorf("stored %+v", d)
			}
		}
		k.keep(t, "tab", 2, 0, "typed again", drafts.Kept)
		if d := k.of(t, "ada", "story"); d.Dropped {
			t.Error("what is typed after a drop counts as dropped")
		}
		if err := k.Drop(t.Context(), ada(), "story", true); err != nil {
			t.Fatal(err)
		}
		k.stories["other"] = 1
		k.Ground.Clock.Advance(31 * 24 * time.Hour)
		if _, _, err := k.Keep(t.Context(), ada(), drafts.Draft{StoryID: "other", Base: 1, Writer: "tab", Sequence: 1}, 0, false); err != nil {
			t.Fatal(err)
		}
		if d := k.of(t, "ada", "story"); d != nil {
			t.Errorf("after a month it is still there: %+v", d)
		}
	})
}

func TestDraftsGo(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.keep(t, "tab", 1, 0, "typed", drafts.Kept)
		k.Update(t, func(tx *db.Tx) error { return k.Settle(tx, "ada", "story") })
		if k.of(t, "ada", "story") != nil {
			t.Error("it is there beside the version that was made of it")
		}
		k.saved = true
		k.keep(t, "tab", 2, 1, "on its way while the version was saved", drafts.Outdated)
		if k.of(t, "ada", "story") != nil {
			t.Error("what came late is there beside the version")
		}
		k.saved = false
		k.keep(t, "tab", 3, 1, "typed", drafts.Kept)
		k.Update(t, func(tx *db.Tx) error { return drafts.Forget(tx, "story") })
		if k.of(t, "ada", "story") != nil {
			t.Error("it is there without its story")
		}
		k.keep(t, "tab", 4, 1, "typed", drafts.Kept)
		k.Update(t, func(tx *db.Tx) error {
			_, err := tx.Exec(`DELETE FROM accounts WHERE id = 'ada'`)
			return err
		})
		if k.of(t, "ada", "story") != nil {
			t.Error("it is there without its account")
		}
	})
}

func TestWhatIsNotKept(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		for name, d := range map[string]drafts.Draft{
			"no writer":     {Sequence: 1},
			"a long writer": {Writer: strings.Repeat("w", 65), Sequence: 1},
			"no sequence":   {Writer: "tab"},
			"endless":       {Writer: "tab", Sequence: 1<<53 + 1},
			"before all":    {Writer: "tab", Sequence: 1, Base: -1},
		} {
			d.StoryID = "story"
			if _, _, err := k.Keep(t.Context(), ada(), d, 0, false); !problem.Is(err, problem.Malformed) {
				t.Errorf("%s: %v", name, err)
			}
		}
		large := drafts.Draft{StoryID: "story", Writer: "tab", Sequence: 1, Document: strings.Repeat("x", drafts.MostDocument+1)}
		if _, _, err := k.Keep(t.Context(), ada(), large, 0, false); !problem.Is(err, problem.TooLarge) {
			t.Errorf("too much: %v", err)
		}
		if k.of(t, "ada", "story") != nil {
			t.Error("something was kept")
		}
	})
}
