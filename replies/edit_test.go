package replies_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/limits"
	"waypost/internal/problem"
	"waypost/replies"
	"waypost/replies/reported"
)

func (k *kit) edit(t *testing.T, id, body string) replies.Posted {
	t.Helper()
	p, err := k.Edit(t.Context(), sent, id, body)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (k *kit) one(t *testing.T, id string) (w replies.Waiting) {
	t.Helper()
	k.View(t, func(tx *db.Tx) (err error) {
		w, err = k.One(tx, moderator, id)
		return err
	})
	return w
}

// TestAChangeIsNoWayAroundACampaign: what is changed into the same text under many stories
// goes where it would go as a new reply, and its own text is no other.
func TestAChangeIsNoWayAroundACampaign(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.publish(t, draft("one", "The first that somebody looked at."))
		const text = "Read all about it at my wonderful new place of business."
		want := []replies.State{replies.Published, replies.Pending, replies.Pending, replies.Spam}
		var ids []string
		for _, story := range []string{"one", "two", "three", "four"} {
			p := k.post(t, draft(story, "How nice it is to read of "+strings.Repeat(story+" ", 5)))
			if p.State != replies.Published {
				t.Fatalf("under %s it is %s, held by %q", story, p.State, p.Held)
			}
			ids = append(ids, p.ID)
		}
		for i, id := range ids {
			if p := k.edit(t, id, text); p.State != want[i] {
				t.Errorf("the text of number %d put in, it is %s, held by %q, want %s", i+1, p.State, p.Held, want[i])
			}
		}
		if w := k.one(t, ids[3]); w.Held != replies.ByRepeat {
			t.Errorf("it is spam because of %q", w.Held)
		}
		d := draft("two", "Nobody knows who writes this.")
		d.Email = "nobody@example.org"
		waits := k.post(t, d)
		k.edit(t, ids[3], "Something else.")
		k.edit(t, ids[2], "Something else again.")
		if k.edit(t, waits.ID, text); k.one(t, waits.ID).Held != replies.ByRepeat {
			t.Errorf("what waited is held by %q", k.one(t, waits.ID).Held)
		}
	})
}

// TestAChangeInAWave waits as a new reply does.
func TestAChangeInAWave(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.settle(t, func(s *replies.Settings) { s.Mode = replies.HoldNone })
		p := k.post(t, draft("two", "An honest word before it."))
		for i := range 20 {
			d := draft("one", "casino "+strings.Repeat("x", i))
			d.Email = strings.Repeat("y", i+1) + "@example.org"
			k.post(t, d)
		}
		if e := k.edit(t, p.ID, "Another word in the middle of it."); e.State != replies.Pending || e.Held != replies.ByWave {
			t.Errorf("changed in a wave it is %s, held by %q", e.State, e.Held)
		}
	})
}

// TestChangesAreRated by the reply, and with new replies by the network and in all; a
// moderator mends their own as often as they like.
func TestChangesAreRated(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.settle(t, func(s *replies.Settings) { s.Mode = replies.HoldNone })
		p, q := k.post(t, draft("one", "A word.")), k.post(t, draft("two", "Another one."))
		d := draft("three", "A moderator's.")
		d.By = moderator
		own := k.post(t, d)
		number := 0
		change := func(id, network string) error {
			number++
			_, err := k.Edit(t.Context(), replies.Sender{Sent: true, Network: network}, id, fmt.Sprint("Changed for the time ", number))
			return err
		}
		k.Rates = replies.Rates{Edit: limits.Rate{Burst: 2, Every: time.Minute}}
		for i := range 3 {
			if err := change(p.ID, "192.0.2.1"); problem.Is(err, problem.TooMany) != (i == 2) || i < 2 && err != nil {
				t.Errorf("change %d of a reply: %v", i+1, err)
			}
		}
		if r := k.any(t, p.ID); r.Body != "Changed for the time 2" {
			t.Errorf("what was refused stands: %q", r.Body)
		}
		if _, err := k.Correct(t.Context(), replies.Whose{Email: "priya@example.org"}, p.ID, "Corrected."); !problem.Is(err, problem.TooMany) {
			t.Errorf("corrected in the place of changed: %v", err)
		}
		if err := change(q.ID, "192.0.2.1"); err != nil {
			t.Errorf("another one: %v", err)
		}
		for range 5 {
			if _, err := k.Edit(t.Context(), replies.Sender{By: moderator}, own.ID, "A moderator's own."); err != nil {
				t.Errorf("a moderator: %v", err)
			}
		}
		k.Ground.Clock.Advance(time.Minute)
		if err := change(p.ID, "192.0.2.1"); err != nil {
			t.Errorf("a minute later: %v", err)
		}
		k.Rates = replies.Rates{Network: limits.Rate{Burst: 1, Every: time.Hour}}
		if err := change(p.ID, "192.0.2.9"); err != nil {
			t.Errorf("the first of a network: %v", err)
		}
		if err := change(q.ID, "192.0.2.9"); !problem.Is(err, problem.TooMany) {
			t.Errorf("too much for the network: %v", err)
		}
	})
}

// TestAnApprovalIsOfTheTextThatWasRead: what is changed after it stands as changed, can be
// kept anew, and its writer remains one whom somebody approved.
func TestAnApprovalIsOfTheTextThatWasRead(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		r := k.publish(t, draft("one", "Kind words."))
		for i := range 3 {
			e := k.edit(t, r.ID, fmt.Sprint("Kind words, changed for the time ", i+1))
			w := k.one(t, r.ID)
			if e.State != replies.Published || w.Held != replies.ByEdit || !w.Decided.IsZero() || w.DecidedBy != "" || w.Approved != 0 {
				t.Errorf("changed, it is %s, held by %q, decided %v by %q, and of its writer %d others are approved", e.State, w.Held, w.Decided, w.DecidedBy, w.Approved)
			}
		}
		other := k.post(t, draft("two", "More kind words."))
		if w := k.one(t, other.ID); other.State != replies.Published || w.Approved != 1 {
			t.Errorf("the next of the same writer is %s, held by %q, others approved: %d", other.State, other.Held, w.Approved)
		}
		k.edit(t, other.ID, "More kind words, which nobody looked at.")
		if w := k.one(t, other.ID); w.Held != "" {
			t.Errorf("what nobody looked at is held by %q", w.Held)
		}
		if d := k.decide(t, replies.Approve, r.ID); len(d.Changed) != 1 || k.one(t, r.ID).Held != replies.ByDecision {
			t.Errorf("kept: %v, and it is held by %q", d.Changed, k.one(t, r.ID).Held)
		}
	})
}

// TestReportsOfAChangedText: who reported the old one reports the new one, and what nobody
// has looked at goes on counting, once for each reader.
func TestReportsOfAChangedText(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		r := k.publish(t, draft("one", "Unkind words."))
		minute := func() { k.Ground.Clock.Advance(time.Minute) }
		report := func(network, reason string, want int) {
			t.Helper()
			minute()
			if _, err := k.Report(t.Context(), r.ID, network, reason); err != nil {
				t.Fatal(err)
			}
			if w := k.one(t, r.ID); w.Reports != want {
				t.Errorf("reported by %d since somebody looked, want %d", w.Reports, want)
			}
		}
		reasons := func() (list []string) {
			k.View(t, func(tx *db.Tx) error {
				found, err := reported.Of(tx, []string{r.ID})
				list = found[r.ID]
				return err
			})
			return list
		}
		report("192.0.2.1", "unkind", 1)
		report("192.0.2.1", "unkind", 1)
		minute()
		k.decide(t, replies.Approve, r.ID)
		report("192.0.2.1", "unkind", 0) // of the text that was looked at
		report("192.0.2.2", "spam", 1)
		minute()
		k.edit(t, r.ID, "Other unkind words.")
		if w := k.one(t, r.ID); w.Reports != 1 {
			t.Errorf("after the change %d reports count", w.Reports)
		}
		if got := fmt.Sprint(reasons()); got != "[spam]" {
			t.Errorf("the reasons are %s", got)
		}
		report("192.0.2.1", "private", 2)
		report("192.0.2.2", "other", 2)
		if got := fmt.Sprint(reasons()); got != "[other private]" {
			t.Errorf("the reasons are %s", got)
		}
	})
}

// TestALabelDoesNotFollowAnotherText: what was changed since is no text of it.
func TestALabelDoesNotFollowAnotherText(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		r := k.publish(t, draft("one", "Kind words."))
		label := func(seq int) {
			k.Update(t, func(tx *db.Tx) error {
				_, err := tx.Exec(`INSERT INTO spam_labels (seq, subject, batch, source, spam, verdict, features, extractor, at) VALUES ($1, $2, 'b', 'moderator', FALSE, 'ham', $3, 0, $4)`,
					seq, r.ID, []byte{0}, k.Ground.Clock.Now().UnixMilli())
				return err
			})
		}
		there := func() (there bool) {
			k.View(t, func(tx *db.Tx) error {
				_, err := k.Judged(tx, r.ID)
				if there = err == nil; problem.Is(err, problem.NotFound) {
					return nil
				}
				return err
			})
			return there
		}
		label(1)
		if !there() {
			t.Error("its text is gone")
		}
		k.Ground.Clock.Advance(time.Minute)
		k.edit(t, r.ID, "Other words.")
		if there() {
			t.Error("after a change the other text is taken for it")
		}
		k.Ground.Clock.Advance(time.Minute)
		label(2)
		if !there() {
			t.Error("the text that was looked at last is gone")
		}
	})
}

// TestWhatWasRefusedIsNotCorrected in the place of a change.
func TestWhatWasRefusedIsNotCorrected(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		p := k.post(t, draft("one", "Buy my course."))
		k.decide(t, replies.MarkSpam, p.ID)
		if _, err := k.Correct(t.Context(), replies.Whose{Email: "priya@example.org"}, p.ID, "Kind words."); !problem.Is(err, problem.Forbidden) {
			t.Errorf("a refused reply was rewritten: %v", err)
		}
		if r := k.any(t, p.ID); r.Body != "Buy my course." {
			t.Errorf("it says %q", r.Body)
		}
	})
}

// TestOneChangeDoesNotUndoABulk: while its writer changes one of many, the others are
// decided.
func TestOneChangeDoesNotUndoABulk(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		seen := k.Ground.Clock.Now()
		var ids []string
		for i := range 60 {
			d := draft("one", fmt.Sprintf("Perhaps number %d of %d.", i, i*i))
			d.Email = fmt.Sprintf("writer%d@example.org", i)
			ids = append(ids, k.post(t, d).ID)
		}
		k.Ground.Clock.Advance(time.Minute)
		var changing sync.WaitGroup
		over := make(chan struct{})
		for i := range 4 {
			changing.Go(func() {
				for n := 0; ; n++ {
					select {
					case <-over:
						return
					default:
					}
					id := ids[(i*15+n)%len(ids)]
					_, err := k.Edit(t.Context(), sent, id, fmt.Sprintf("Perhaps changed by %d for the time %d.", i, n))
					if err != nil && !problem.Is(err, problem.Conflict) && !problem.Is(err, problem.Forbidden) {
						t.Error(err)
						return
					}
				}
			})
		}
		d, err := k.Decide(t.Context(), moderator, replies.MarkSpam, ids, seen)
		close(over)
		changing.Wait()
		if err != nil || len(d.Changed)+len(d.Newer) != len(ids) {
			t.Errorf("decided %d, %d are newer, %v", len(d.Changed), len(d.Newer), err)
		}
		for _, id := range d.Changed {
			if r := k.any(t, id); r.State != replies.Spam {
				t.Errorf("decided, it is %s", r.State)
			}
		}
	})
}

// TestReportsAtOnce are all noted: none hears that somebody else changed something.
func TestReportsAtOnce(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		for round := range 5 {
			r := k.publish(t, draft("one", fmt.Sprint("Unkind words, number ", round)))
			faults := make([]error, 8)
			var reporting sync.WaitGroup
			for i := range faults {
				reporting.Go(func() { _, faults[i] = k.Report(t.Context(), r.ID, fmt.Sprint("192.0.2.", i), "unkind") })
			}
			reporting.Wait()
			noted := 0
			for _, err := range faults {
				if err == nil {
					noted++
				} else if !problem.Is(err, problem.NotFound) { // out of sight before it was asked for
					t.Error(err)
				}
			}
			if w := k.one(t, r.ID); w.State != replies.Pending || w.Held != replies.ByReports || w.Reports != noted {
				t.Errorf("%d were noted; it is %s, held by %q, with %d reports", noted, w.State, w.Held, w.Reports)
			}
		}
	})
}

// TestWhatIsToAppealAgainst: what merely waits, is shown or was decided is nothing.
func TestWhatIsToAppealAgainst(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		waits, shown := k.post(t, draft("one", "Perhaps.")), k.publish(t, draft("two", "Kind words."))
		refused := k.post(t, draft("three", "casino"))
		k.decide(t, replies.MarkSpam, refused.ID)
		for _, id := range []string{waits.ID, shown.ID, refused.ID} {
			var p *problem.Problem
			if err := k.Appeal(t.Context(), id); !errors.As(err, &p) || p.Message.Key != "reply.appeal_over" {
				t.Errorf("%q was appealed against: %v", k.any(t, id).Body, err)
			}
			if w := k.one(t, id); !w.Appealed.IsZero() {
				t.Errorf("of %q an appeal is noted", w.Body)
			}
		}
		taken := k.post(t, draft("four", "casino"))
		for range 2 { // pressed twice
			if err := k.Appeal(t.Context(), taken.ID); err != nil {
				t.Error(err)
			}
		}
	})
}

// TestAPromisedLookOutlivesAChange: whoever asked for a person's judgement and mends a
// word still gets it.
func TestAPromisedLookOutlivesAChange(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		p := k.post(t, draft("one", "Our casino pays my rent."))
		if err := k.Appeal(t.Context(), p.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := k.Edit(t.Context(), replies.Sender{Sent: true}, p.ID, "Our casino pays my rent, I am its cook."); err != nil {
			t.Fatal(err)
		}
		if w := k.one(t, p.ID); w.State != replies.Pending || w.Held != replies.ByAppeal {
			t.Errorf("it is %s, held by %q", w.State, w.Held)
		}
	})
}

// TestModeratorsHearOfWhatIsTakenOutOfSight by a change or by taking an approval back.
func TestModeratorsHearOfWhatIsTakenOutOfSight(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.settle(t, func(c *replies.Settings) { c.Mode = replies.HoldNone })
		p := k.post(t, draft("one", "It was like that with us."))
		heard := k.waited
		if _, err := k.Edit(t.Context(), replies.Sender{Sent: true}, p.ID, "It was perhaps like that with us."); err != nil || k.waited != heard+1 {
			t.Errorf("changed to what waits: %v, moderators heard %d times", err, k.waited-heard)
		}
		d := k.decide(t, replies.Approve, p.ID)
		heard = k.waited
		if _, err := k.Undo(t.Context(), moderator, d.Batch); err != nil || k.waited != heard+1 {
			t.Errorf("taken back: %v, moderators heard %d times", err, k.waited-heard)
		}
		if w := k.one(t, p.ID); !w.Decided.IsZero() {
			t.Errorf("what was decided by nobody was decided at %s", w.Decided)
		}
	})
}

// TestTheSameTextIsNoChange: an approval stands, and nothing is looked at again.
func TestTheSameTextIsNoChange(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		p := k.post(t, draft("one", "It was like that with us."))
		k.decide(t, replies.Approve, p.ID)
		before := k.one(t, p.ID)
		if _, err := k.Edit(t.Context(), replies.Sender{Sent: true}, p.ID, " It was like that with us.\r\n"); err != nil {
			t.Fatal(err)
		}
		if w := k.one(t, p.ID); w.Version != before.Version || w.Decided.IsZero() || !w.Edited.IsZero() {
			t.Errorf("it is of version %d and was %d, decided %s, edited %s", w.Version, before.Version, w.Decided, w.Edited)
		}
	})
}
