package replies_test

import (
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/personal"
	"waypost/internal/problem"
	"waypost/replies"
)

var sent = replies.Sender{Sent: true}

// TestWhatItsWriterTookBackStaysAway: no moderator brings it back by approving all of a
// writer, the filter forgets it, and the same text may be sent again.
func TestWhatItsWriterTookBackStaysAway(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		r := k.publish(t, draft("one", "I take this back in a minute."))
		if err := k.Withdraw(t.Context(), sent, r.ID); err != nil {
			t.Fatal(err)
		}
		if d := k.decide(t, replies.Approve, r.ID); len(d.Changed) != 0 || k.any(t, r.ID).State != replies.Trash {
			t.Errorf("approved %v, and it is in %s", d.Changed, k.any(t, r.ID).State)
		}
		if len(k.gone) != 1 || k.gone[0] != r.ID {
			t.Errorf("the filter was told to forget %v", k.gone)
		}
		if p := k.post(t, draft("one", "I take this back in a minute.")); p.Again || p.ID == r.ID {
			t.Errorf("sent again it is %+v", p)
		}
	})
}

// TestWhatWasRefusedIsNotTakenBack: whoever was refused does not get rid of that by
// deleting it.
func TestWhatWasRefusedIsNotTakenBack(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		p := k.post(t, draft("one", "Buy my course."))
		k.decide(t, replies.MarkSpam, p.ID)
		if err := k.Withdraw(t.Context(), sent, p.ID); !problem.Is(err, problem.Forbidden) {
			t.Errorf("a refused reply was taken back: %v", err)
		}
	})
}

// TestAModeratorMendsTheirOwn: it stays in readers' sight.
func TestAModeratorMendsTheirOwn(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		d := draft("one", "A typpo.")
		d.By = moderator
		p := k.post(t, d)
		e, err := k.Edit(t.Context(), replies.Sender{By: moderator}, p.ID, "A typo.")
		if err != nil || e.State != replies.Published {
			t.Errorf("it is in %s, %v", e.State, err)
		}
	})
}

// TestNobodyReportsWhatTheyCannotRead: a story that is taken down takes its replies along.
func TestNobodyReportsWhatTheyCannotRead(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		r := k.publish(t, draft("one", "Kind words."))
		delete(k.stories, "one")
		if _, err := k.Report(t.Context(), r.ID, "198.51.100.1", "spam"); !problem.Is(err, problem.NotFound) {
			t.Errorf("reported: %v", err)
		}
	})
}

// TestAnAnswerThatCannotBePublishedApprovesNothing closes the story first.
func TestAnAnswerThatCannotBePublishedApprovesNothing(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		p := k.post(t, draft("one", "What do you think?"))
		if err := k.Close(t.Context(), moderator, "one", true); err != nil {
			t.Fatal(err)
		}
		if _, _, err := k.Answer(t.Context(), moderator, p.ID, "Much.", time.Time{}); !problem.Is(err, problem.Conflict) {
			t.Fatalf("answered: %v", err)
		}
		if got := k.any(t, p.ID).State; got != replies.Pending {
			t.Errorf("what was to be answered is in %s", got)
		}
	})
}

// TestAddressesGoWithTheirDays, wherever they stand, and the browser of members too.
func TestAddressesGoWithTheirDays(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.settle(t, func(c *replies.Settings) { c.EmailDays = 30 })
		d := draft("one", "Tell me what you think.")
		d.Watch = true
		k.publish(t, d)
		m := draft("one", "As a member.")
		m.By = ann
		k.post(t, m)
		k.Ground.Clock.Advance(31 * 24 * time.Hour)
		k.Ground.Update(t, k.Sweep)
		k.View(t, func(tx *db.Tx) error {
			n, err := db.Value[int](tx.QueryRow(`SELECT (SELECT count(*) FROM reply_watches) + (SELECT count(*) FROM reply_checks WHERE email <> '' OR agent <> '')`))
			if n != 0 {
				t.Errorf("%d addresses or browsers are still there", n)
			}
			return err
		})
	})
}

// TestNamelessIsWithoutTheName in the reasons too, and what was learned is unlearned.
func TestNamelessIsWithoutTheName(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		r := k.publish(t, draft("one", "Now with a casino."))
		k.Update(t, func(tx *db.Tx) error {
			return k.Forget(tx, personal.Person{Address: "priya@example.org"}, personal.Wish{Replies: personal.Nameless})
		})
		k.View(t, func(tx *db.Tx) error {
			reasons, err := db.Value[string](tx.QueryRow(`SELECT reasons FROM reply_checks WHERE reply_id = $1`, r.ID))
			if reasons != "[]" {
				t.Errorf("reasons are %s", reasons)
			}
			return err
		})
		if len(k.gone) != 1 || k.any(t, r.ID).Name != "" {
			t.Errorf("the filter was told to forget %v, and the name is %q", k.gone, k.any(t, r.ID).Name)
		}
	})
}

// TestNobodyDecidesOnWordsThatTheyDidNotSee: what was changed since the list was made stays
// where it is.
func TestNobodyDecidesOnWordsThatTheyDidNotSee(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		p := k.post(t, draft("one", "Kind words."))
		seen := k.Ground.Clock.Now()
		k.Ground.Clock.Advance(time.Second)
		if _, err := k.Edit(t.Context(), sent, p.ID, "Other words altogether."); err != nil {
			t.Fatal(err)
		}
		d, err := k.Decide(t.Context(), moderator, replies.Approve, []string{p.ID}, seen)
		if err != nil || len(d.Changed) != 0 || k.any(t, p.ID).State != replies.Pending {
			t.Errorf("approved %v, %v", d.Changed, err)
		}
	})
}
