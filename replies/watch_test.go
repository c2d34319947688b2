package replies_test

import (
	"strings"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/personal"
	"waypost/replies"
)

func watching(body string, sent ...string) replies.Draft {
	d := draft("one", body)
	d.Watch, d.From.Sent = true, sent
	return d
}

func (k *kit) ask(t *testing.T) (token string, first bool) {
	t.Helper()
	k.Update(t, func(tx *db.Tx) (err error) {
		token, first, err = k.AskOnce(tx, "priya@example.org")
		return err
	})
	return token, first
}

// hears lists of which replies somebody wants to hear.
func (k *kit) hears(t *testing.T, ids ...string) string {
	t.Helper()
	var heard []string
	k.View(t, func(tx *db.Tx) error {
		for _, id := range ids {
			w, ok, err := k.Watching(tx, id)
			if err != nil {
				return err
			}
			if ok {
				heard = append(heard, w.Reply.Body)
			}
		}
		return nil
	})
	return strings.Join(heard, ", ")
}

// TestAYesIsNotForEverybody: who only types an address that was asked gets it no letters.
func TestAYesIsNotForEverybody(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		first := k.post(t, watching("first"))
		second := k.post(t, watching("before it was asked"))
		token, _ := k.ask(t)
		k.Update(t, func(tx *db.Tx) error {
			_, err := k.Listen(tx, token)
			return err
		})
		typed := k.post(t, watching("by somebody else", "of another reply"))
		own := k.post(t, watching("from the same browser", "of another reply", first.ID))
		later := k.post(t, watching("and again", own.ID))
		wrong := k.post(t, watching("after one that was not theirs", typed.ID))
		if got := k.hears(t, first.ID, second.ID, typed.ID, own.ID, later.ID, wrong.ID); got != "first, before it was asked, from the same browser, and again" {
			t.Errorf("letters come for %s", got)
		}
		member := watching("by a member")
		member.By = ann
		if got := k.hears(t, k.post(t, member).ID); got != "by a member" {
			t.Errorf("a member's letters: %q", got)
		}
	})
}

// TestLettersADay bounds what one address gets.
func TestLettersADay(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		told := func(email string) (n int) {
			for range 12 {
				k.Update(t, func(tx *db.Tx) error {
					ok, err := k.MayTell(tx, email)
					if ok {
						n++
					}
					return err
				})
			}
			return n
		}
		if one, other := told("priya@example.org"), told("bo@example.org"); one != 10 || other != 10 {
			t.Errorf("%d and %d letters on one day", one, other)
		}
		k.Ground.Clock.Advance(24 * time.Hour)
		if n := told("priya@example.org"); n != 10 {
			t.Errorf("%d letters on the next", n)
		}
	})
}

// TestAnAddressIsAskedOnce: neither time nor that somebody had all removed makes it be
// asked again, and nothing of it is kept but a mark.
func TestAnAddressIsAskedOnce(t *testing.T) {
	forgotten := map[string]func(k *kit, tx *db.Tx) error{
		"it never answered": func(k *kit, tx *db.Tx) error { return k.Sweep(tx) },
		"all was removed": func(k *kit, tx *db.Tx) error {
			return k.Forget(tx, personal.Person{Address: "priya@example.org"}, personal.Wish{Stories: personal.Named, Replies: personal.Removed})
		},
	}
	for name, forget := range forgotten {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, k *kit) {
				p := k.post(t, watching("first"))
				token, first := k.ask(t)
				if !first {
					t.Fatal("it was not asked at first")
				}
				k.Ground.Clock.Advance(29 * 24 * time.Hour)
				k.Update(t, func(tx *db.Tx) error { return k.Sweep(tx) })
				if k.hears(t, p.ID) == "" {
					t.Error("its letters ended too early")
				}
				k.Ground.Clock.Advance(2 * 24 * time.Hour)
				k.Update(t, func(tx *db.Tx) error { return forget(k, tx) })
				kept := k.kept(t)
				if strings.Contains(kept, "priya") || len(kept) < 20 {
					t.Errorf("kept is %q", kept)
				}
				if _, again := k.ask(t); again || k.kept(t) != kept {
					t.Error("it is asked again")
				}
				k.View(t, func(tx *db.Tx) error {
					if _, err := k.Listener(tx, token); err == nil {
						t.Error("the link holds on")
					}
					traces, err := k.Addresses(tx)
					for _, trace := range traces {
						if !strings.Contains(trace.Address, "@") {
							t.Errorf("the mark counts as an address: %v", trace)
						}
					}
					return err
				})
			})
		})
	}
}

// kept is all that is known of addresses for letters.
func (k *kit) kept(t *testing.T) string {
	t.Helper()
	var kept []string
	k.View(t, func(tx *db.Tx) (err error) {
		kept, err = db.List(tx, db.Value[string], `SELECT email FROM reply_addresses UNION ALL SELECT email FROM reply_watches`)
		return err
	})
	return strings.Join(kept, " ")
}
