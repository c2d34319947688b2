package stories_test

import (
	"maps"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/stories"
)

func TestScheduledStoryComesOut(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		st := k.create(t, content("Later", k.author(t, "Ann")))
		at := k.Clock.Now().Add(2 * time.Hour)
		st, err := k.Stories.Do(t.Context(), owner(), stories.Schedule, st.ID, st.Version, at)
		if err != nil || !st.Scheduled.Equal(at) {
			t.Fatalf("scheduled for %v, %v", st.Scheduled, err)
		}
		k.Clock.Advance(2*time.Hour - time.Millisecond)
		k.Work(t)
		if now := k.byID(t, st.ID); now.State != stories.Scheduled {
			t.Fatalf("before its time: %s", now.State)
		}
		k.Clock.Advance(time.Minute)
		k.Work(t)
		now := k.byID(t, st.ID)
		if now.State != stories.Published || !now.Published.Equal(at) || !now.Scheduled.IsZero() || now.Version != 3 {
			t.Errorf("after its time: %+v", now)
		}
		if got := k.monthCounts(t); !maps.Equal(got, map[string]int{"2026-05": 1}) {
			t.Errorf("months: %v", got)
		}
	})
}

func TestDueAgainChangesNothing(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		st := k.create(t, content("Later", k.author(t, "Ann")))
		st, err := k.Stories.Do(t.Context(), owner(), stories.Schedule, st.ID, st.Version, k.Clock.Now().Add(time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		k.Clock.Advance(time.Hour)
		for range 3 { // delivered more than once
			k.Update(t, func(tx *db.Tx) error { return k.Jobs.Enqueue(tx, stories.JobDue, stories.Changed{ID: st.ID}) })
		}
		k.Update(t, func(tx *db.Tx) error { return k.Jobs.Enqueue(tx, stories.JobDue, stories.Changed{ID: "gone"}) })
		k.Work(t)
		if now := k.byID(t, st.ID); now.State != stories.Published || now.Version != st.Version+1 {
			t.Errorf("published %d times", now.Version-st.Version)
		}
		if got := k.monthCounts(t); got["2026-05"] != 1 {
			t.Errorf("counted %v", got)
		}
	})
}

func TestScheduledAnew(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann := k.author(t, "Ann")
		schedule := func(st stories.Story, after time.Duration) stories.Story {
			st, err := k.Stories.Do(t.Context(), owner(), stories.Schedule, st.ID, st.Version, k.Clock.Now().Add(after))
			if err != nil {
				t.Fatal(err)
			}
			return st
		}
		later := schedule(schedule(k.create(t, content("Later", ann)), time.Hour), 3*time.Hour)
		sooner := schedule(schedule(k.create(t, content("Sooner", ann)), 3*time.Hour), time.Hour)
		never := k.do(t, stories.Unschedule, schedule(k.create(t, content("Never", ann)), time.Hour))
		k.Clock.Advance(2 * time.Hour)
		k.Work(t)
		for want, st := range map[stories.State]stories.Story{stories.Scheduled: later, stories.Published: sooner, stories.Draft: never} {
			if now := k.byID(t, st.ID); now.State != want {
				t.Errorf("%s is %s, want %s", st.Title, now.State, want)
			}
		}
		k.Clock.Advance(2 * time.Hour)
		k.Work(t)
		if now := k.byID(t, later.ID); now.State != stories.Published || !now.Published.Equal(later.Scheduled) {
			t.Errorf("later: %s at %v", now.State, now.Published)
		}
	})
}

func TestDateOfPublication(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann := k.author(t, "Ann")
		long := time.Date(2016, time.March, 1, 12, 0, 0, 0, time.UTC)
		dated := content("Brought over", ann)
		dated.Published = long
		if st := k.publish(t, dated); !st.Published.Equal(long) {
			t.Errorf("a date given: %v", st.Published)
		}
		st := k.publish(t, content("Today", ann))
		first := st.Published
		if !first.Equal(k.Clock.Now()) {
			t.Errorf("published at %v", first)
		}
		st = k.do(t, stories.Unpublish, st)
		k.Clock.Advance(48 * time.Hour)
		if st = k.do(t, stories.Publish, st); !st.Published.Equal(first) {
			t.Errorf("published again: %v, want the first date %v", st.Published, first)
		}
		st = k.do(t, stories.Unpublish, st)
		at := k.Clock.Now().Add(time.Hour)
		if _, err := k.Stories.Do(t.Context(), owner(), stories.Schedule, st.ID, st.Version, at); err != nil {
			t.Fatal(err)
		}
		k.Clock.Advance(time.Hour)
		k.Work(t)
		if now := k.byID(t, st.ID); now.State != stories.Published || !now.Published.Equal(first) {
			t.Errorf("scheduled again: %s, %v", now.State, now.Published)
		}
	})
}

func (k *kit) monthCounts(t testing.TB) map[string]int {
	t.Helper()
	counts := map[string]int{}
	k.View(t, func(tx *db.Tx) error {
		list, err := k.Stories.MonthCounts(tx)
		for _, c := range list {
			counts[c.Name] = c.N
		}
		return err
	})
	return counts
}

func (k *kit) linkCounts(t testing.TB) (topics, authors map[string]int) {
	t.Helper()
	k.View(t, func(tx *db.Tx) (err error) {
		if topics, err = k.Stories.TopicCounts(tx); err != nil {
			return err
		}
		authors, err = k.Stories.AuthorCounts(tx)
		return err
	})
	return topics, authors
}

func TestCountsFollowEveryChange(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann, ben := k.author(t, "Ann"), k.author(t, "Ben")
		gigs, trials := k.topic(t, "Gigs"), k.topic(t, "Trials")
		want := func(step string, topics, authors, months map[string]int) {
			t.Helper()
			gotTopics, gotAuthors := k.linkCounts(t)
			if !maps.Equal(gotTopics, topics) || !maps.Equal(gotAuthors, authors) || !maps.Equal(k.monthCounts(t), months) {
				t.Errorf("%s: topics %v, authors %v, months %v; want %v, %v, %v", step, gotTopics, gotAuthors, k.monthCounts(t), topics, authors, months)
			}
		}
		type n = map[string]int
		k.publish(t, content("One", ann, gigs))
		st := k.create(t, content("Two", ann, gigs, trials))
		want("a draft", n{gigs: 1}, n{ann: 1}, n{"2026-05": 1})
		st = k.do(t, stories.Publish, st)
		want("published", n{gigs: 2, trials: 1}, n{ann: 2}, n{"2026-05": 2})
		st = k.edit(t, st, func(c *stories.Content) {
			c.Authors, c.Topics, c.Published = []string{ben}, []string{trials}, time.Date(2025, time.December, 31, 12, 0, 0, 0, time.UTC)
		})
		want("moved", n{gigs: 1, trials: 1}, n{ann: 1, ben: 1}, n{"2026-05": 1, "2025-12": 1})
		st = k.do(t, stories.Archive, st)
		want("archived", n{gigs: 1}, n{ann: 1}, n{"2026-05": 1})
		st = k.do(t, stories.Publish, st)
		want("published again", n{gigs: 1, trials: 1}, n{ann: 1, ben: 1}, n{"2026-05": 1, "2025-12": 1})
		k.do(t, stories.Unpublish, st)
		want("unpublished", n{gigs: 1}, n{ann: 1}, n{"2026-05": 1})
	})
}

func TestMonthsAreThoseOfTheZone(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann := k.author(t, "Ann")
		for title, at := range map[string]time.Time{
			"last minute of April in Berlin": time.Date(2026, time.April, 30, 21, 59, 59, 0, time.UTC),
			"first second of May in Berlin":  time.Date(2026, time.April, 30, 22, 0, 0, 0, time.UTC),
			"the hour that is twice":         time.Date(2025, time.October, 26, 0, 30, 0, 0, time.UTC),
			"new year in Berlin":             time.Date(2025, time.December, 31, 23, 0, 0, 0, time.UTC),
			"before the epoch":               time.Date(1969, time.December, 31, 23, 30, 0, 0, time.UTC),
		} {
			c := content(title, ann)
			c.Published = at
			k.publish(t, c)
		}
		type n = map[string]int
		if got := k.monthCounts(t); !maps.Equal(got, n{"2026-04": 2, "2025-10": 1, "2025-12": 1, "1969-12": 1}) {
			t.Errorf("in UTC: %v", got)
		}
		berlin, err := time.LoadLocation("Europe/Berlin")
		if err != nil {
			t.Fatal(err)
		}
		k.zone = berlin
		want := n{"2026-04": 1, "2026-05": 1, "2025-10": 1, "2026-01": 1, "1970-01": 1}
		for range 2 { // once more changes nothing
			k.Update(t, func(tx *db.Tx) error { return k.Stories.Recount(tx, berlin) })
			if got := k.monthCounts(t); !maps.Equal(got, want) {
				t.Errorf("in Berlin: %v, want %v", got, want)
			}
		}
		list := k.list(t, func(tx *db.Tx) ([]stories.Story, error) {
			return k.Stories.Between(tx, time.Date(2026, time.May, 1, 0, 0, 0, 0, berlin), time.Date(2026, time.June, 1, 0, 0, 0, 0, berlin), stories.Key{}, 10)
		})
		if titles(list) != "first second of May in Berlin" {
			t.Errorf("May in Berlin: %s", titles(list))
		}
		k.do(t, stories.Unpublish, list[0])
		if got := k.monthCounts(t); got["2026-05"] != 0 {
			t.Errorf("unpublished: %v", got)
		}
	})
}
