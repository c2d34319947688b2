package news_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/news"
)

func TestWhoGetsANewStory(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.choose(t, k.member(t, "now"), news.AtOnce, news.Never)
		k.choose(t, k.member(t, "weekly"), news.Weekly, news.AtOnce)
		k.choose(t, k.member(t, "never"), news.Never, news.Never)
		k.member(t, "silent")
		k.subscribe(t, "reader", news.AtOnce)
		fan := k.member(t, "fan")
		k.follow(t, fan, news.Author, "ann")
		k.follow(t, fan, news.Topic, "pay")
		k.follow(t, fan, news.Author, "ben")
		both := k.member(t, "both")
		k.choose(t, both, news.AtOnce, news.AtOnce)
		k.follow(t, both, news.Author, "ann")
		ended := k.member(t, "ended")
		k.follow(t, ended, news.Author, "ann")
		k.choose(t, ended, news.Never, news.Never)
		elsewhere := k.member(t, "elsewhere")
		k.follow(t, elsewhere, news.Topic, "leaving")
		away := k.member(t, "away")
		k.choose(t, away, news.AtOnce, news.AtOnce)
		k.follow(t, away, news.Author, "ann")
		k.exec(t, `UPDATE accounts SET disabled_at = 1 WHERE id = $1`, away)
		gone := k.member(t, "gone")
		k.choose(t, gone, news.AtOnce, news.AtOnce)
		k.exec(t, `DELETE FROM accounts WHERE id = $1`, gone)

		k.publish(t, news.Story{ID: "s1", Authors: []string{"ann"}, Topics: []string{"pay"}})
		k.Clock.Advance(time.Second)
		k.choose(t, k.member(t, "late"), news.AtOnce, news.AtOnce)
		late := k.member(t, "latefan")
		k.follow(t, late, news.Author, "ann")
		k.Work(t)
		want := []string{"now stories [s1 ] stories at-once", "both stories [s1 ] stories at-once", "reader stories [s1 de] stories at-once",
			"fan followed [s1 ] followed at-once ann pay"}
		k.want(t, want...)

		// Again, and once more when it was changed: nobody gets it twice.
		k.publish(t, news.Story{ID: "s1", Authors: []string{"ann", "ben"}})
		k.Work(t)
		k.want(t, want...)
	})
}

func TestAStoryFromElsewhereIsNotTold(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.choose(t, k.member(t, "now"), news.AtOnce, news.AtOnce)
		k.imported["s1"] = true
		k.publish(t, news.Story{ID: "s1"})
		k.stories["s2"] = news.Story{ID: "s2"} // not fresh: it bears an older date
		k.Update(t, func(tx *db.Tx) error { return k.News.StoryPublished(tx, "s2", k.Clock.Now(), false) })
		k.Work(t)
		k.want(t)
	})
}

// names of n people, in no order.
func names(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("r%02d", (i*7)%n)
	}
	return list
}

// TestAMailingGoesOnWhereItStopped breaks every step in turn: nobody is missed, nobody
// is written to twice.
func TestAMailingGoesOnWhereItStopped(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		var want []string
		for i, name := range names(11) {
			switch i % 3 {
			case 0:
				k.choose(t, k.member(t, name), news.AtOnce, news.AtOnce)
			case 1:
				k.subscribe(t, name, news.AtOnce)
			case 2:
				k.follow(t, k.member(t, name), news.Author, "ann")
			}
			want = append(want, name)
		}
		slices.Sort(want)
		for _, fails := range []int64{1, 2, 3, 4, 5} {
			k.fails = fails
			k.asked.Store(0)
			k.publish(t, news.Story{ID: fmt.Sprint("s", fails), Authors: []string{"ann"}})
			for range 20 {
				if _, err := k.Jobs.Work(t.Context()); err != nil {
					t.Fatal(err)
				}
				k.Clock.Advance(time.Hour) // a failed try waits
			}
			var got []string
			for _, line := range k.letters(t) {
				if strings.Contains(line, fmt.Sprintf("[s%d ", fails)) {
					got = append(got, strings.Fields(line)[0])
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("broken at %d: letters to %v, want %v", fails, got, want)
			}
		}
	})
}

// TestTwoWorkersSendOneMailing lets a worker take over what another is still at.
func TestTwoWorkersSendOneMailing(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		for _, name := range names(20) {
			k.subscribe(t, name, news.AtOnce)
		}
		k.publish(t, news.Story{ID: "s1"})
		var payload string
		k.View(t, func(tx *db.Tx) error {
			return tx.QueryRow(`SELECT payload FROM jobs WHERE kind = $1`, news.JobSend).Scan(&payload)
		})
		k.exec(t, `INSERT INTO jobs (id, kind, payload, state, attempt, due_at, error, created_at) VALUES ('again', $1, $2, 'ready', 0, 0, '', 0)`, news.JobSend, payload)
		var both sync.WaitGroup
		for range 2 {
			both.Go(func() {
				if _, err := k.Jobs.Work(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		k.Clock.Advance(time.Hour)
		if _, err := k.Jobs.Work(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := k.letters(t); len(got) != 20 || len(slices.Compact(got)) != 20 {
			t.Errorf("%d letters: %v", len(got), got)
		}
	})
}

func TestAStoryTakenBack(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		for _, name := range []string{"a", "b", "c", "d"} {
			k.subscribe(t, name, news.AtOnce)
		}
		st := news.Story{ID: "s1"}
		k.publish(t, st)
		delete(k.stories, "s1") // before anything was sent
		k.Work(t)
		k.want(t)
		k.publish(t, st)
		k.Work(t)
		all := []string{"a stories [s1 de] stories at-once", "b stories [s1 de] stories at-once", "c stories [s1 de] stories at-once", "d stories [s1 de] stories at-once"}
		k.want(t, all...)

		k.exec(t, `UPDATE letters SET state = 'accepted' WHERE recipient = 'b@readers.example'`)
		k.takeBack(t, "s1")
		k.want(t, all[1]) // the others had not left
		k.publish(t, st)  // mended
		k.Work(t)
		k.want(t, all...)

		k.takeBack(t, "s1")
		k.Clock.Advance(40 * 24 * time.Hour)
		k.publish(t, st)
		k.Work(t)
		k.want(t, all[1]) // what is old is no news
	})
}

func TestTheWeek(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		week := func() {
			t.Helper()
			var due int64
			k.View(t, func(tx *db.Tx) error {
				return tx.QueryRow(`SELECT due_at FROM jobs WHERE kind = $1 AND state = 'ready'`, news.JobWeek).Scan(&due)
			})
			k.Clock.Advance(time.UnixMilli(due).Sub(k.Clock.Now()))
			berlin := time.UnixMilli(due).In(zone(t))
			if berlin.Weekday() != time.Friday || berlin.Format("15:04") != "08:00" {
				t.Errorf("a week's letter leaves at %s", berlin)
			}
			k.Work(t)
		}
		k.Update(t, k.News.ScheduleWeek)
		k.choose(t, k.member(t, "now"), news.AtOnce, news.AtOnce)
		weekly := k.member(t, "weekly")
		k.choose(t, weekly, news.Weekly, news.AtOnce)
		fan := k.member(t, "fan")
		k.choose(t, fan, news.Weekly, news.Never)
		k.follow(t, fan, news.Author, "ann")
		k.choose(t, fan, news.Weekly, news.Never)
		k.subscribe(t, "reader", news.Weekly)
		week()
		k.want(t) // nothing is new
		k.Clock.Advance(time.Minute)

		k.publish(t, news.Story{ID: "s1", Authors: []string{"ann"}})
		k.publish(t, news.Story{ID: "s2"})
		k.publish(t, news.Story{ID: "s3"})
		delete(k.stories, "s3")
		k.Clock.Advance(time.Hour)
		k.subscribe(t, "late", news.Weekly)
		k.publish(t, news.Story{ID: "s4"})
		k.Clock.Advance(time.Hour)
		k.subscribe(t, "later", news.Weekly)
		k.Work(t)
		k.exec(t, `DELETE FROM letters`)
		week()
		k.want(t, "weekly stories [s4 s1 s2] stories weekly", "fan stories [s4 s1*ann s2]", "reader stories [s4 s1 s2] stories weekly", "late stories [s4]")

		// A story that is taken back is taken out of what has not left.
		k.exec(t, `UPDATE letters SET state = 'accepted' WHERE recipient = 'weekly@readers.example'`)
		k.takeBack(t, "s1")
		k.Work(t)
		k.want(t, "weekly stories [s4 s1 s2] stories weekly", "fan stories [s4 s2] stories weekly", "reader stories [s4 s2] stories weekly", "late stories [s4]")

		k.exec(t, `DELETE FROM letters`)
		week()
		k.want(t)
		k.publish(t, news.Story{ID: "s5"})
		k.Clock.Advance(3 * 7 * 24 * time.Hour) // the program was not running
		k.Update(t, k.News.ScheduleWeek)
		k.Work(t)
		k.exec(t, `DELETE FROM letters WHERE recipient = 'now@readers.example'`)
		k.want(t, "weekly stories [s5] stories weekly", "fan stories [s5] stories weekly", "reader stories [s5] stories weekly", "late stories [s5] stories weekly",
			"later stories [s5] stories weekly")
	})
}

// TestTheWeekLeavesOutWhatWasToldAtOnce: one story is told once to one person, whether
// they follow who wrote it or changed their pace in the week.
func TestTheWeekLeavesOutWhatWasToldAtOnce(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.Update(t, k.News.ScheduleWeek)
		fan := k.member(t, "fan")
		k.follow(t, fan, news.Author, "ann")
		k.follow(t, fan, news.Topic, "pay")
		k.choose(t, fan, news.Weekly, news.AtOnce)
		keen := k.member(t, "keen")
		for _, author := range []string{"ann", "ben", "cy"} {
			k.follow(t, keen, news.Author, author)
		}
		k.choose(t, keen, news.Weekly, news.AtOnce)
		k.choose(t, k.member(t, "weekly"), news.Weekly, news.AtOnce)
		slower := k.subscribe(t, "slower", news.AtOnce)
		k.Clock.Advance(time.Minute)
		k.publish(t, news.Story{ID: "s1", Authors: []string{"ann"}})
		k.Clock.Advance(time.Minute)
		k.publish(t, news.Story{ID: "s2", Authors: []string{"ben"}})
		k.Work(t)
		if _, err := k.News.Slow(t.Context(), slower); err != nil {
			t.Fatal(err)
		}
		k.Clock.Advance(time.Minute)
		k.publish(t, news.Story{ID: "s3", Authors: []string{"cy"}})
		k.Work(t)
		told := []string{"fan followed [s1 ] followed at-once ann", "keen followed [s1 ] followed at-once ann", "keen followed [s2 ] followed at-once ben",
			"keen followed [s3 ] followed at-once cy", "slower stories [s1 de] stories at-once", "slower stories [s2 de] stories at-once"}
		k.want(t, told...)

		k.Clock.Advance(news.NextWeek(k.Clock.Now(), zone(t)).Sub(k.Clock.Now()))
		k.Work(t)
		k.want(t, append(told, "weekly stories [s3 s2 s1] stories weekly", "fan stories [s3 s2]", "slower stories [s3]")...)
	})
}

func zone(t *testing.T) *time.Location {
	t.Helper()
	z, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestNextWeek(t *testing.T) {
	t.Parallel()
	z := zone(t)
	for now, want := range map[string]string{
		"2026-05-04 09:30": "2026-05-08 08:00", "2026-05-08 07:59": "2026-05-08 08:00", "2026-05-08 08:00": "2026-05-15 08:00",
		"2026-10-23 09:00": "2026-10-30 08:00", "2027-03-26 08:00": "2027-04-02 08:00", // over both changes of the clock
	} {
		at, err := time.ParseInLocation("2006-01-02 15:04", now, z)
		if err != nil {
			t.Fatal(err)
		}
		if got := news.NextWeek(at, z).Format("2006-01-02 15:04"); got != want {
			t.Errorf("after %s: %s, want %s", now, got, want)
		}
	}
}

func TestOneClickEndsOneList(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann := k.member(t, "ann")
		k.choose(t, ann, news.AtOnce, news.AtOnce)
		k.follow(t, ann, news.Author, "ben")
		token := k.subscribe(t, "ann", news.AtOnce) // the account's own
		k.publish(t, news.Story{ID: "s1"})
		k.Work(t)
		k.want(t, "ann stories [s1 ] stories at-once")
		end := func(all bool) news.Subscription {
			t.Helper()
			sub, err := k.News.End(t.Context(), token, all)
			if err != nil {
				t.Fatal(err)
			}
			return sub
		}
		chosen := func() (c news.Choice) {
			t.Helper()
			k.View(t, func(tx *db.Tx) (err error) { c, err = k.News.Chosen(tx, ann); return err })
			return c
		}
		for range 2 {
			if sub := end(false); sub.Going() || sub.Ended != news.AtOnce {
				t.Errorf("ended: %+v", sub)
			}
		}
		k.want(t) // what waited does not leave
		if c := chosen(); c != (news.Choice{Stories: news.Never, Followed: news.AtOnce}) {
			t.Errorf("one list ended: %+v", c)
		}
		if sub, err := k.News.Undo(t.Context(), token); err != nil || sub.Pace != news.AtOnce || sub.Ended != "" {
			t.Errorf("taken back: %+v, %v", sub, err)
		}
		if sub, err := k.News.Slow(t.Context(), token); err != nil || sub.Pace != news.Weekly {
			t.Errorf("slower: %+v, %v", sub, err)
		}
		end(true)
		if c := chosen(); c != (news.Choice{Stories: news.Never, Followed: news.Never}) {
			t.Errorf("all ended: %+v", c)
		}
		k.follow(t, ann, news.Author, "cleo") // which asks for letters again
		if c := chosen(); c.Followed != news.AtOnce {
			t.Errorf("followed again: %+v", c)
		}
		for _, forged := range []string{"", ".", token + "x", token[1:], strings.Split(token, ".")[0], "x" + token} {
			if _, err := k.News.End(t.Context(), forged, true); !problem.Is(err, problem.NotFound) {
				t.Errorf("%q: %v", forged, err)
			}
		}
		k.exec(t, `DELETE FROM accounts WHERE id = $1`, ann)
		if sub := end(false); sub.Going() {
			t.Errorf("after the account has left: %+v", sub)
		}
	})
}

func TestEndedAddressesAreForgotten(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ended, going := k.subscribe(t, "ended", news.AtOnce), k.subscribe(t, "going", news.AtOnce)
		if _, err := k.News.End(t.Context(), ended, false); err != nil {
			t.Fatal(err)
		}
		k.Clock.Advance(29 * 24 * time.Hour)
		k.Update(t, k.News.Sweep)
		if sub, err := k.News.Undo(t.Context(), ended); err != nil || !sub.Going() {
			t.Errorf("within a month: %+v, %v", sub, err)
		}
		if _, err := k.News.End(t.Context(), ended, false); err != nil {
			t.Fatal(err)
		}
		k.Clock.Advance(31 * 24 * time.Hour)
		k.Update(t, k.News.Sweep)
		if sub, err := k.News.Undo(t.Context(), ended); err != nil || sub.Going() || sub.ID != "" {
			t.Errorf("after a month: %+v, %v", sub, err)
		}
		if sub, err := k.News.Slow(t.Context(), going); err != nil || !sub.Going() {
			t.Errorf("the other: %+v, %v", sub, err)
		}
	})
}

func TestOnlyWhatIsSentCanBeChosen(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann := k.member(t, "ann")
		for _, c := range []news.Choice{{Stories: "daily", Followed: news.Never}, {Stories: news.AtOnce, Followed: news.Weekly}, {}} {
			err := k.DB.Update(t.Context(), func(tx *db.Tx) error { return k.News.Choose(tx, ann, c) })
			if !problem.Is(err, problem.Invalid) {
				t.Errorf("%+v: %v", c, err)
			}
		}
		err := k.DB.Update(t.Context(), func(tx *db.Tx) error { _, err := k.News.Subscribe(tx, k.address(t, "x"), "en", news.Never); return err })
		if !problem.Is(err, problem.Invalid) {
			t.Errorf("subscribe to nothing: %v", err)
		}
	})
}
