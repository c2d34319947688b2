package replies_test

import (
	"strings"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/replies"
	"waypost/replies/reported"
)

func (k *kit) undo(t *testing.T, batch string) {
	t.Helper()
	if _, err := k.Undo(t.Context(), moderator, batch); err != nil {
		t.Fatal(err)
	}
}

// What waits again after an undo waits since it came; what is spam again is kept for its
// days from then on.
func TestUndoBringsBackSinceWhen(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		p := k.post(t, draft("one", "Nobody looked at it yet."))
		came := k.any(t, p.ID).Written
		spam := k.post(t, draft("two", "A casino."))
		k.Ground.Clock.Advance(20 * 24 * time.Hour)
		d := k.decide(t, replies.Discard, p.ID)
		approved := k.decide(t, replies.Approve, spam.ID)
		k.Ground.Clock.Advance(20 * 24 * time.Hour)
		k.undo(t, d.Batch)
		k.undo(t, approved.Batch)
		k.View(t, func(tx *db.Tx) error {
			b, err := k.BacklogIn(tx)
			if b.Held != 1 || !b.Oldest.Equal(came) {
				t.Errorf("%d wait, the oldest since %v; it came at %v", b.Held, b.Oldest, came)
			}
			return err
		})
		k.Update(t, k.Sweep)
		if s := k.any(t, spam.ID); s.State != replies.Spam {
			t.Errorf("what was taken back into spam is %s", s.State)
		}
	})
}

// again lists what of a state a moderator is to look at again, and checks that all is counted.
func (k *kit) again(t *testing.T, state replies.State) string {
	t.Helper()
	var bodies []string
	k.View(t, func(tx *db.Tx) error {
		before := ""
		for { // a page holds one
			list, err := k.Queue(tx, moderator, replies.Filter{State: state, Again: true, Before: before}, 1)
			if err != nil || len(list) == 0 {
				return err
			}
			bodies, before = append(bodies, list[0].Body), list[0].ID
		}
	})
	k.View(t, func(tx *db.Tx) error {
		all, err := k.Queue(tx, moderator, replies.Filter{Again: true}, 10)
		if err != nil {
			return err
		}
		n, err := reported.Count(tx, 100)
		if n != len(all) {
			t.Errorf("%d are counted, %d listed", n, len(all))
		}
		return err
	})
	return strings.Join(bodies, " ")
}

func (k *kit) report(t *testing.T, id string, networks ...string) {
	t.Helper()
	for _, n := range networks {
		if _, err := k.Report(t.Context(), id, n, "unkind"); err != nil {
			t.Fatal(err)
		}
	}
}

func TestLookAgain(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		first := k.publish(t, draft("one", "first"))
		second := k.publish(t, draft("two", "second"))
		third := k.publish(t, draft("three", "third"))
		k.post(t, draft("four", "perhaps"))
		refused := k.post(t, draft("one", "casino"))
		if got := k.again(t, replies.Published) + k.again(t, replies.Pending); got != "" {
			t.Errorf("nobody reported or asked, but listed are %q", got)
		}
		k.report(t, first.ID, "192.0.2.1")
		k.report(t, second.ID, "192.0.2.1", "192.0.2.2")
		k.report(t, third.ID, "192.0.2.1", "192.0.2.2", "192.0.2.3")
		if err := k.Appeal(t.Context(), refused.ID); err != nil {
			t.Fatal(err)
		}
		if got := k.again(t, replies.Published); got != "second first" {
			t.Errorf("reported and published are %q", got)
		}
		if got := k.again(t, replies.Pending); got != "casino third" {
			t.Errorf("reported or asked about, and waiting are %q", got)
		}
		kept := k.decide(t, replies.Approve, second.ID)
		if got := k.again(t, replies.Published); len(kept.Changed) != 1 || got != "first" {
			t.Errorf("after one was kept for the second time %q are left", got)
		}
		k.undo(t, kept.Batch)
		k.undo(t, k.decide(t, replies.Approve, third.ID).Batch)
		if got := k.again(t, replies.Published) + ", " + k.again(t, replies.Pending); got != "second first, casino third" {
			t.Errorf("after both were taken back: %q", got)
		}
		k.decide(t, replies.Approve, first.ID, second.ID, third.ID, refused.ID)
		if got := k.again(t, replies.Published) + k.again(t, replies.Pending); got != "" {
			t.Errorf("all were looked at, but listed are %q", got)
		}
	})
}
