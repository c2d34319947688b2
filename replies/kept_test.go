package replies_test

import (
	"strings"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/replies"
)

const day = 24 * time.Hour

// after lets time pass, and sweeps.
func (k *kit) after(t *testing.T, passed time.Duration) {
	t.Helper()
	k.Ground.Clock.Advance(passed)
	k.Update(t, k.Sweep)
}

// TestAnAddressGoesWithTheLastReplyThatHasIt, whatever was answered, and for as long as the
// owner wants addresses kept. The mark stays: nobody is asked again.
func TestAnAddressGoesWithTheLastReplyThatHasIt(t *testing.T) {
	yes := func(k *kit, tx *db.Tx, token string) error {
		_, err := k.Listen(tx, token)
		return err
	}
	no := func(k *kit, tx *db.Tx, token string) error { return k.EndListening(tx, token) }
	for answer, given := range map[string][]func(*kit, *db.Tx, string) error{"yes": {yes}, "no": {no}, "yes, then no": {yes, no}} {
		t.Run(answer, func(t *testing.T) {
			each(t, func(t *testing.T, k *kit) {
				begin := func(days int) (first, second string) {
					k.settle(t, func(c *replies.Settings) { c.Mode, c.EmailDays, c.SpamDays = replies.HoldNone, days, 7 })
					first = k.post(t, watching("first")).ID
					token, asked := k.ask(t)
					if !asked {
						t.Fatal("it was not asked")
					}
					for _, give := range given {
						k.Update(t, func(tx *db.Tx) error { return give(k, tx, token) })
					}
					k.after(t, 10*day)
					return first, k.post(t, draft("two", "second, without letters")).ID
				}
				known := func(when string, want bool) {
					t.Helper()
					if kept := k.kept(t); strings.Contains(kept, "priya") != want || kept == "" {
						t.Errorf("%s is kept %q", when, kept)
					}
				}
				unconfirmed := answer == "no" // without a yes it is kept for a month and no longer
				first, second := begin(0)
				k.after(t, 19*day)
				known("as long as replies have it", true)
				k.after(t, 900*day)
				known("after years", !unconfirmed)
				k.decide(t, replies.Discard, first)
				k.after(t, 8*day)
				known("with a reply that has it", !unconfirmed)
				k.decide(t, replies.Discard, second)
				k.after(t, 8*day)
				known("with none", false)
				if _, again := k.ask(t); again {
					t.Error("it is asked again")
				}
				k.Update(t, func(tx *db.Tx) error {
					_, err := tx.Exec(`DELETE FROM reply_addresses`)
					return err
				})
				begin(30)
				k.after(t, 19*day)
				known("for 29 days", true)
				k.after(t, 2*day)
				known("with the second reply alone", !unconfirmed)
				k.after(t, 10*day)
				known("after the days of both", false)
			})
		})
	}
}

// TestABrowserMayCallItselfAnything: what it says of itself need not be text.
func TestABrowserMayCallItselfAnything(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		short, long := draft("one", "From a browser with a name of its own."), draft("two", "From one with a long name.")
		short.From.Agent, long.From.Agent = "Fire\xfffox \x00143", strings.Repeat("é", 149)+"x\xc3éé"
		for id, want := range map[string]string{k.post(t, short).ID: "Firefox 143", k.post(t, long).ID: strings.Repeat("é", 149) + "x"} {
			k.View(t, func(tx *db.Tx) error {
				got, err := db.Value[string](tx.QueryRow(`SELECT agent FROM reply_checks WHERE reply_id = $1`, id))
				if got != want {
					t.Errorf("the browser is kept as %q", got)
				}
				return err
			})
		}
	})
}

// TestWhoReportedIsForgotten in a week, and what they found wrong later.
func TestWhoReportedIsForgotten(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.settle(t, func(c *replies.Settings) { c.Mode = replies.HoldNone })
		p := k.post(t, draft("one", "Somebody minds this."))
		for _, network := range []string{"192.0.2.1", "192.0.2.2"} {
			if _, err := k.Report(t.Context(), p.ID, network, "unkind"); err != nil {
				t.Fatal(err)
			}
		}
		reporters := func() (list []string) {
			k.View(t, func(tx *db.Tx) (err error) {
				list, err = db.List(tx, db.Value[string], `SELECT reporter FROM reply_reports WHERE reason = 'unkind' ORDER BY reporter`)
				return err
			})
			return list
		}
		at := reporters()
		k.after(t, 6*day)
		if got := reporters(); len(at) != 2 || strings.Join(got, " ") != strings.Join(at, " ") {
			t.Errorf("after six days: %q, at first %q", got, at)
		}
		k.after(t, 19*time.Hour) // the next sweep may come when its days are over
		past := reporters()
		for _, was := range at {
			if strings.Contains(strings.Join(past, " "), was) {
				t.Errorf("after a week: %q", past)
			}
		}
		k.after(t, 80*day)
		if got := reporters(); len(got) != 2 || strings.Join(got, " ") != strings.Join(past, " ") {
			t.Errorf("what was wrong is gone too early: %q", got)
		}
		for _, network := range []string{"192.0.2.1", "192.0.2.2"} { // they count once, whenever they report
			if held, err := k.Report(t.Context(), p.ID, network, "spam"); err != nil || held {
				t.Errorf("one more report of the same network: held %v, %v", held, err)
			}
		}
		if held, err := k.Report(t.Context(), p.ID, "192.0.2.3", "spam"); err != nil || !held {
			t.Errorf("the report of a third network: held %v, %v", held, err)
		}
		k.after(t, 5*day)
		if got := reporters(); len(got) != 0 {
			t.Errorf("after 90 days: %q", got)
		}
	})
}

// TestWhatWaitsAgainIsTold: a “Keep” that is taken back, and letters that are wanted anew.
func TestWhatWaitsAgainIsTold(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.settle(t, func(c *replies.Settings) { c.Mode, c.Digest = replies.HoldNone, replies.Never })
		p := k.post(t, draft("one", "Somebody minds this."))
		if _, err := k.Report(t.Context(), p.ID, "192.0.2.1", "unkind"); err != nil {
			t.Fatal(err)
		}
		kept := k.decide(t, replies.Approve, p.ID)
		k.waited = 0
		if _, err := k.Undo(t.Context(), moderator, kept.Batch); err != nil || k.waited != 1 {
			t.Errorf("taken back: %v, moderators heard %d times", err, k.waited)
		}
		k.settle(t, func(c *replies.Settings) { c.Digest = replies.Hourly })
		if k.waited != 2 {
			t.Errorf("letters are wanted: moderators heard %d times", k.waited)
		}
	})
}
