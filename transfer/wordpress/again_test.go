package wordpress_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/jobs"
	"waypost/stories"
	"waypost/stories/beside"
	"waypost/transfer/wordpress"
)

// old and new are the same site at two times: of three posts and a page, the first
// post and the page changed.
func oldExport() string {
	return export(site, author("ines", "Ines Falk"), categoryDef(2, "work", "", "Work"),
		post(1, "one", "One", "Text.", term("category", "work", "Work")),
		post(2, "two", "Two", "Text.", "wp:status=draft"),
		post(3, "three", "Three", "Text."),
		post(4, "about", "About", "Text.", "wp:post_type=page"))
}

func newExport() string {
	return strings.NewReplacer("Ines Falk", "Ines Falk-Ahrens", "<![CDATA[One]]>", "<![CDATA[One, anew]]>",
		"<![CDATA[About]]>", "<![CDATA[About us]]>", ">Work<", ">Working<").Replace(oldExport())
}

func TestChangesAreTakenOver(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.bring(t, oldExport())
		one, about := k.story(t, "one"), k.page(t, "about")
		dry, r := k.dry(t, newExport()), k.bring(t, newExport())
		if want := (wordpress.Counts{Stories: 1, Pages: 1, Authors: 1}); r.Updated != want || dry.Updated != want || r.Made != (wordpress.Counts{}) {
			t.Errorf("updated %s (dry %s), made %s", r.Updated, dry.Updated, r.Made)
		}
		if st := k.story(t, "one"); st.ID != one.ID || st.Title != "One, anew" || !st.Published.Equal(one.Published) {
			t.Errorf("%+v", st)
		}
		if p := k.page(t, "about"); p.ID != about.ID || p.Title != "About us" {
			t.Errorf("%+v", p)
		}
		again := k.bring(t, newExport())
		if again.Updated != (wordpress.Counts{}) || again.Kept.Stories != 3 {
			t.Errorf("a third run updated %s, kept %s", again.Updated, again.Kept)
		}
	})
}

func TestWhatWasEditedHereStays(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.bring(t, oldExport())
		st, p := k.story(t, "one"), k.page(t, "about")
		c := k.content(t, st)
		c.Title = "Mine"
		if _, err := k.Stories.Save(t.Context(), owner(), st.ID, st.Version, c); err != nil {
			t.Fatal(err)
		}
		p.Title = "Mine"
		if _, err := k.Community.SavePage(t.Context(), "", p); err != nil {
			t.Fatal(err)
		}
		if r := k.bring(t, oldExport()); len(r.Notes) > 0 || r.Kept.Stories != 3 {
			t.Errorf("with nothing new: kept %s with notes %+v", r.Kept, r.Notes)
		}
		r := k.bring(t, newExport())
		if r.Updated != (wordpress.Counts{Authors: 1}) || whys(r.Notes, "post 1") != "import.kept_edited" || whys(r.Notes, "page 4") != "import.kept_edited" {
			t.Errorf("updated %s, notes %+v", r.Updated, r.Notes)
		}
		if title := k.story(t, "one").Title + " " + k.page(t, "about").Title; title != "Mine Mine" {
			t.Errorf("now %s", title)
		}
	})
}

func TestStatesFollow(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		text := func(status, date string) string {
			return export(site, post(1, "one", "One", "Text.", "wp:status="+status, "wp:post_date_gmt="+date))
		}
		now := k.Clock.Now()
		soon, later := now.Add(48*time.Hour), now.Add(96*time.Hour)
		for _, step := range []struct {
			status string
			date   time.Time
			want   stories.State
		}{
			{"draft", now, stories.Draft}, {"pending", now, stories.InReview}, {"publish", now, stories.Published},
			{"private", now, stories.Draft}, {"future", soon, stories.Scheduled}, {"future", later, stories.Scheduled},
			{"publish", now, stories.Published}, {"draft", now, stories.Draft},
		} {
			r := k.bring(t, text(step.status, step.date.Format(time.DateTime)))
			if st := k.story(t, "one"); st.State != step.want || st.State == stories.Scheduled && !st.Scheduled.Equal(step.date) {
				t.Errorf("%s made it %s at %s (made %s, updated %s)", step.status, st.State, st.Scheduled, r.Made, r.Updated)
			}
		}
	})
}

// A story that went out at its time is the same in an export made afterwards.
func TestScheduledWentOut(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.Jobs.Handle(stories.JobDue, k.Stories.Due)
		k.Jobs.Handle(stories.JobPublished, func(_ context.Context, j *jobs.Job) error {
			var a stories.Appeared
			if err := j.Payload(&a); err != nil {
				return err
			}
			k.View(t, func(tx *db.Tx) error {
				brought, err := k.Import.Brought(tx, a.ID)
				if !brought {
					t.Error("nobody knows that it was imported")
				}
				return err
			})
			return nil
		})
		k.Jobs.Handle(stories.JobChanged, (&beside.Service{Service: k.Stories, Resources: func(*db.Tx, []string) ([]beside.Candidate, error) { return nil, nil }}).ChangedJob)
		text := export(site, post(1, "one", "One", "Text.", "wp:status=future", "wp:post_date_gmt=2026-06-01 08:00:00"))
		k.bring(t, text)
		k.Clock.Advance(60 * 24 * time.Hour)
		k.Work(t)
		if st := k.story(t, "one"); st.State != stories.Published {
			t.Fatalf("it is %s", st.State)
		}
		r := k.bring(t, strings.Replace(text, "future", "publish", 1))
		if r.Kept.Stories != 1 || len(r.Notes) > 0 {
			t.Errorf("kept %s with %+v", r.Kept, r.Notes)
		}
	})
}
