package replies_test

import (
	"strings"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/personal"
	"waypost/internal/problem"
	"waypost/replies"
	"waypost/replies/decided"
)

func TestDecideAndUndo(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		a, b := k.post(t, draft("one", "A first word.")), k.post(t, draft("one", "casino"))
		if _, err := k.Decide(t.Context(), ann, replies.Approve, []string{a.ID}, time.Time{}); !problem.Is(err, problem.Forbidden) {
			t.Errorf("a member decides: %v", err)
		}
		d := k.decide(t, replies.Approve, a.ID, b.ID, "nothing")
		if len(d.Changed) != 2 || len(k.lessons) != 2 || k.lessons[1].Spam || k.lessons[1].Verdict != "spam" {
			t.Errorf("approved: %v, learned %v", d.Changed, k.lessons)
		}
		if again := k.decide(t, replies.Approve, a.ID); len(again.Changed) != 0 || len(k.lessons) != 2 {
			t.Errorf("approved again: %v", again.Changed)
		}
		undone, err := k.Undo(t.Context(), moderator, d.Batch)
		if err != nil || len(undone.Changed) != 2 || len(k.gone) != 2 {
			t.Errorf("undone: %v, %v, unlearned %v", undone.Changed, err, k.gone)
		}
		if x, y := k.any(t, a.ID), k.any(t, b.ID); x.State != replies.Pending || y.State != replies.Spam {
			t.Errorf("after it: %s, %s", x.State, y.State)
		}
		if _, err := k.Undo(t.Context(), moderator, d.Batch); !problem.Is(err, problem.Conflict) {
			t.Errorf("undone twice: %v", err)
		}
		first := k.decide(t, replies.MarkSpam, a.ID)
		k.decide(t, replies.Approve, a.ID)
		if _, err := k.Undo(t.Context(), moderator, first.Batch); !problem.Is(err, problem.Conflict) {
			t.Errorf("what was decided anew since is undone: %v", err)
		}
		if got := k.shown(t, "one", false); got != "A first word.\n" {
			t.Errorf("readers see %q", got)
		}
	})
}

// TestAnswer approves what is answered, and does neither where the answer cannot be taken.
func TestAnswer(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		a := k.post(t, draft("one", "A question."))
		if _, _, err := k.Answer(t.Context(), ann, a.ID, "Yes.", time.Time{}); !problem.Is(err, problem.Forbidden) {
			t.Errorf("a member answers what waits: %v", err)
		}
		if _, _, err := k.Answer(t.Context(), moderator, a.ID, " ", time.Time{}); !problem.Is(err, problem.Invalid) || k.any(t, a.ID).State != replies.Pending {
			t.Errorf("an empty answer: %v, and the reply is %s", err, k.any(t, a.ID).State)
		}
		p, approved, err := k.Answer(t.Context(), moderator, a.ID, "Yes.", time.Time{})
		if err != nil || p.ParentID != a.ID || p.State != replies.Published || len(approved.Changed) != 1 {
			t.Errorf("answered: %+v, %v, %v", p, approved, err)
		}
		k.View(t, func(tx *db.Tx) error {
			stands, err := k.Standing(tx, moderator, approved.Batch)
			if err != nil || stands.Act != replies.Approve || len(stands.Changed) != 1 {
				t.Errorf("what stands: %+v, %v", stands, err)
			}
			one, err := k.One(tx, moderator, p.ID)
			if err != nil || one.Body != "Yes." {
				t.Errorf("one: %+v, %v", one, err)
			}
			over, err := k.Answered(tx, []replies.Waiting{one})
			if err != nil || over[a.ID].Body != "A question." {
				t.Errorf("it answers %+v, %v", over, err)
			}
			return nil
		})
		if _, again, err := k.Answer(t.Context(), moderator, a.ID, "And more.", time.Time{}); err != nil || again.Batch != "" {
			t.Errorf("answered again: %v, %v", again, err)
		}
		undone, err := k.Undo(t.Context(), moderator, approved.Batch)
		if err != nil || len(undone.Changed) != 1 || undone.Answer != p.ID {
			t.Fatalf("taken back: %+v, %v", undone, err)
		}
		if was, answer := k.any(t, a.ID), k.any(t, p.ID); was.State != replies.Pending || answer.State != replies.Trash {
			t.Errorf("taken back the reply is %s and its answer %s", was.State, answer.State)
		}
		if anew, _, err := k.Answer(t.Context(), moderator, a.ID, "Yes.", time.Time{}); err != nil || anew.Again || anew.State != replies.Published {
			t.Errorf("the same answer sent anew: %+v, %v", anew, err)
		}
		k.View(t, func(tx *db.Tx) error {
			if stands, err := k.Standing(tx, moderator, approved.Batch); err != nil || len(stands.Changed) != 0 {
				t.Errorf("after it was taken back: %+v, %v", stands, err)
			}
			return nil
		})
	})
}

func TestQueue(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		for i, body := range []string{"one", "two", "three"} {
			d := draft([]string{"one", "two", "one"}[i], "Number "+body)
			if i == 2 {
				d.Email = "ben@example.org"
			}
			k.post(t, d)
		}
		list := func(f replies.Filter) string {
			var bodies []string
			k.View(t, func(tx *db.Tx) error {
				f.State = replies.Pending
				found, err := k.Queue(tx, moderator, f, 10)
				for _, w := range found {
					bodies = append(bodies, strings.TrimPrefix(w.Body, "Number "))
				}
				if f.Writer == "" && len(found) > 0 {
					f.Writer = found[len(found)-1].ID
				}
				return err
			})
			return strings.Join(bodies, " ")
		}
		if got := list(replies.Filter{}); got != "three two one" {
			t.Errorf("all: %s", got)
		}
		if got := list(replies.Filter{StoryID: "one"}); got != "three one" {
			t.Errorf("of a story: %s", got)
		}
		var first string
		k.View(t, func(tx *db.Tx) error {
			found, err := k.Queue(tx, moderator, replies.Filter{State: replies.Pending, StoryID: "two"}, 10)
			first = found[0].ID
			return err
		})
		if got := list(replies.Filter{Writer: first}); got != "two one" {
			t.Errorf("of a writer: %s", got)
		}
		k.View(t, func(tx *db.Tx) error {
			if _, err := k.Queue(tx, ann, replies.Filter{State: replies.Pending}, 10); !problem.Is(err, problem.Forbidden) {
				t.Errorf("a member reads the queue: %v", err)
			}
			b, err := k.BacklogIn(tx)
			if b.Held != 3 {
				t.Errorf("%d wait", b.Held)
			}
			return err
		})
	})
}

// What stood before a decision stands again when it is taken back, and who decided it.
func TestUndoBringsBackTheEarlierDecision(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		p := k.post(t, draft("one", "Twice looked at."))
		k.decide(t, replies.Approve, p.ID)
		d := k.decide(t, replies.MarkSpam, p.ID)
		if _, err := k.Undo(t.Context(), moderator, d.Batch); err != nil {
			t.Fatal(err)
		}
		next := k.post(t, draft("two", "By somebody known."))
		if next.State != replies.Published {
			t.Errorf("the earlier approval does not count any more: %s, held by %q", next.State, next.Held)
		}
		k.View(t, func(tx *db.Tx) error {
			list, err := k.Queue(tx, moderator, replies.Filter{State: replies.Published, StoryID: "one"}, 10)
			if len(list) != 1 || list[0].DecidedBy != "mod" || list[0].Approved != 0 {
				t.Errorf("the queue has %+v", list)
			}
			if err != nil {
				return err
			}
			list, err = k.Queue(tx, moderator, replies.Filter{State: replies.Published, StoryID: "two"}, 10)
			if len(list) != 1 || list[0].Approved != 1 {
				t.Errorf("before the next by its writer the queue has %+v", list)
			}
			return err
		})
	})
}

func TestLogLosesNoneOfABatch(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		var ids []string
		for i := range 7 {
			ids = append(ids, k.post(t, draft("one", strings.Repeat("z", i+1))).ID)
		}
		k.decide(t, replies.Approve, ids...)
		seen := map[string]bool{}
		for before := ""; ; {
			var page []decided.Done
			k.View(t, func(tx *db.Tx) (err error) {
				page, err = decided.Log(tx, moderator, before, 3)
				return err
			})
			if len(page) == 0 {
				break
			}
			for _, d := range page {
				seen[d.ReplyID] = true
			}
			before = page[len(page)-1].ID
		}
		if len(seen) != len(ids) {
			t.Errorf("the log has %d of %d", len(seen), len(ids))
		}
	})
}

func TestNothingHollowWaits(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.post(t, draft("one", "It waits."))
		pending := draft("two", "It waits and goes.")
		pending.Email = "cora@example.org"
		p := k.post(t, pending)
		k.Update(t, func(tx *db.Tx) error {
			if _, err := tx.Exec(`UPDATE replies SET erased_at = 1 WHERE id = $1`, p.ID); err != nil {
				return err
			}
			b, err := k.BacklogIn(tx)
			counts, err2 := k.Counts(tx)
			if b.Held != 1 || counts[replies.Pending] != 1 {
				t.Errorf("%d wait, the queue counts %d", b.Held, counts[replies.Pending])
			}
			return firstOf(err, err2)
		})
	})
}

func TestABlockOverABlock(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		var ids []string
		for _, reason := range []string{"first", "second"} {
			b, err := k.AddBlock(t.Context(), moderator, replies.Block{Kind: replies.BlockDomain, Value: "shop.example", Reason: reason}, 7)
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, b.ID)
		}
		if ids[0] != ids[1] {
			t.Errorf("the second names a block that is not there: %v", ids)
		}
		if _, err := k.EndBlock(t.Context(), moderator, ids[1]); err != nil {
			t.Fatal(err)
		}
		k.View(t, func(tx *db.Tx) error {
			list, err := k.Blocks(tx, moderator, 10)
			if len(list) != 0 {
				t.Errorf("still blocked: %+v", list)
			}
			return err
		})
	})
}

// TestABlockOfAnEarlierVersion is shown as one of today; words are shown as they were typed.
func TestABlockOfAnEarlierVersion(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		words, err := k.AddBlock(t.Context(), moderator, replies.Block{Kind: replies.BlockPhrase, Value: "10.0.0.0… /8"}, 7)
		if err != nil {
			t.Fatal(err)
		}
		k.Ground.Clock.Advance(time.Minute)
		b, err := k.AddBlock(t.Context(), moderator, replies.Block{Kind: replies.BlockAddress, Value: "198.51.100.9"}, 7)
		if err != nil {
			t.Fatal(err)
		}
		k.Ground.Update(t, func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE reply_blocks SET label = '198.51.0.0… /32' WHERE id = $1`, b.ID)
			return err
		})
		k.View(t, func(tx *db.Tx) error {
			list, err := k.Blocks(tx, moderator, 10)
			if len(list) != 2 || list[0].Label != b.Label || list[1].Label != words.Label {
				t.Errorf("listed %+v", list)
			}
			return err
		})
	})
}

func TestBlocks(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.settle(t, func(s *replies.Settings) { s.Mode = replies.HoldNone })
		for i, c := range []struct {
			kind  replies.BlockKind
			value string
			hit   func(*replies.Draft)
		}{
			{replies.BlockEmail, "Mallory@example.org", func(d *replies.Draft) { d.Email = "mallory@EXAMPLE.org" }},
			{replies.BlockAddress, "198.51.100.9", func(d *replies.Draft) { d.From.Network = "198.51.100.9" }},
			{replies.BlockNetwork, "203.0.113.0/24", func(d *replies.Draft) { d.From.Network = "203.0.113.77" }},
			{replies.BlockNetwork, "2001:db8::/32", func(d *replies.Draft) { d.From.Network = "2001:db8:1:2::/64" }},
			{replies.BlockDomain, "https://www.pills.example/buy", func(d *replies.Draft) { d.Body += " see http://cheap.pills.example/x" }},
			{replies.BlockDomain, "mailbox.example", func(d *replies.Draft) { d.Email = "x@mailbox.example" }},
			{replies.BlockPhrase, "wonder cure", func(d *replies.Draft) { d.Body += " a W0nder  Cure" }},
		} {
			text := strings.Repeat("z", i+1) + " is said here"
			free := draft("one", text+" before")
			c.hit(&free)
			if p := k.post(t, free); p.State != replies.Published {
				t.Errorf("%s %s: before the block it is %s", c.kind, c.value, p.State)
			}
			b, err := k.AddBlock(t.Context(), moderator, replies.Block{Kind: c.kind, Value: c.value, Reason: "a test"}, 7)
			if err != nil {
				t.Fatal(err)
			}
			during := draft("one", text+" during")
			c.hit(&during)
			if p := k.post(t, during); p.State != replies.Spam || p.Held != replies.ByBlock {
				t.Errorf("%s %s: blocked it is %s, held by %q", c.kind, c.value, p.State, p.Held)
			}
			if p := k.post(t, draft("one", text+" of another")); p.State != replies.Published {
				t.Errorf("%s %s: it blocks others too", c.kind, c.value)
			}
			k.View(t, func(tx *db.Tx) error {
				list, err := k.Blocks(tx, moderator, 10)
				if len(list) != 1 || list[0].Hits != 1 || strings.Contains(list[0].Label, "allory") || strings.Contains(list[0].Label, "100.9") {
					t.Errorf("%s: listed %+v", c.kind, list)
				}
				return err
			})
			if _, err := k.EndBlock(t.Context(), moderator, b.ID); err != nil {
				t.Fatal(err)
			}
		}
		for _, wrong := range []replies.Block{{Kind: replies.BlockEmail, Value: "nobody"}, {Kind: replies.BlockAddress, Value: "10.0.0.0/24"}, {Kind: replies.BlockDomain, Value: "localhost"},
			{Kind: replies.BlockNetwork, Value: "0.0.0.0/0"}, {Kind: replies.BlockNetwork, Value: "10.0.0.0/15"}, {Kind: replies.BlockNetwork, Value: "2001::/31"},
			{Kind: replies.BlockPhrase, Value: "a"}, {Kind: "mood", Value: "bad"}} {
			if _, err := k.AddBlock(t.Context(), moderator, wrong, 7); !problem.Is(err, problem.Invalid) {
				t.Errorf("%s %q: %v", wrong.Kind, wrong.Value, err)
			}
		}
	})
}

// TestABlockIsEndedAndTakenUpAgain for as long as it was to last.
func TestABlockIsEndedAndTakenUpAgain(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.settle(t, func(s *replies.Settings) { s.Mode = replies.HoldNone })
		b, err := k.AddBlock(t.Context(), moderator, replies.Block{Kind: replies.BlockPhrase, Value: "wonder cure"}, 7)
		if err != nil {
			t.Fatal(err)
		}
		was, err := k.EndBlock(t.Context(), moderator, b.ID)
		if err != nil || was.Ends.UnixMilli() != b.Ends.UnixMilli() {
			t.Errorf("it was %+v, %v", was, err)
		}
		if p := k.post(t, draft("one", "A wonder cure, this is.")); p.State != replies.Published {
			t.Errorf("after the end: %s", p.State)
		}
		k.Ground.Clock.Advance(time.Minute)
		if err := k.RenewBlock(t.Context(), ann, b.ID, was.Ends); !problem.Is(err, problem.Forbidden) {
			t.Errorf("a member takes it up again: %v", err)
		}
		if err := k.RenewBlock(t.Context(), moderator, b.ID, was.Ends); err != nil {
			t.Fatal(err)
		}
		if p := k.post(t, draft("one", "Another wonder cure, this is.")); p.Held != replies.ByBlock {
			t.Errorf("taken up again: %s, %q", p.State, p.Held)
		}
		if _, err := k.EndBlock(t.Context(), moderator, b.ID); err != nil {
			t.Fatal(err)
		}
		k.Ground.Clock.Advance(25 * time.Hour)
		k.Update(t, k.Sweep)
		if err := k.RenewBlock(t.Context(), moderator, b.ID, was.Ends); !problem.Is(err, problem.NotFound) {
			t.Errorf("a day later it is still kept: %v", err)
		}
	})
}

// TestBlockFor takes from a reply what a block of it would go by.
func TestBlockFor(t *testing.T) {
	t.Parallel()
	w := replies.Waiting{Email: "mallory@example.org", Network: "203.0.113.77", Reply: replies.Reply{Body: "See https://www.pills.example/buy"}}
	for kind, want := range map[replies.BlockKind]string{replies.BlockEmail: "mallory@example.org", replies.BlockAddress: "203.0.113.77",
		replies.BlockNetwork: "203.0.113.0/24", replies.BlockDomain: "www.pills.example", replies.BlockPhrase: ""} {
		if got := replies.BlockFor(w, kind); got != want {
			t.Errorf("%s: %q, want %q", kind, got, want)
		}
	}
	if got := replies.BlockFor(replies.Waiting{Network: "2001:db8:1:2::/64"}, replies.BlockNetwork); got != "2001:db8:1::/48" {
		t.Errorf("around an IPv6 address: %q", got)
	}
	if got := replies.BlockFor(replies.Waiting{}, replies.BlockNetwork); got != "" {
		t.Errorf("around nothing: %q", got)
	}
}

func TestReports(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.settle(t, func(s *replies.Settings) { s.Mode = replies.HoldNone })
		p := k.post(t, draft("one", "Somebody minds this."))
		for i, network := range []string{"192.0.2.1", "192.0.2.1", "192.0.2.2", "192.0.2.3"} {
			held, err := k.Report(t.Context(), p.ID, network, "unkind")
			if err != nil || held != (i == 3) {
				t.Errorf("report %d: held %v, %v", i, held, err)
			}
		}
		if r := k.any(t, p.ID); r.State != replies.Pending {
			t.Errorf("three readers reported it: %s", r.State)
		}
		k.decide(t, replies.Approve, p.ID)
		for i, network := range []string{"192.0.2.1", "192.0.2.4", "192.0.2.5", "192.0.2.6"} {
			if held, err := k.Report(t.Context(), p.ID, network, "spam"); err != nil || held != (i == 3) {
				t.Errorf("report %d since a moderator approved it: held %v, %v", i, held, err)
			}
		}
	})
}

func TestAppeal(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		p := k.post(t, draft("one", "I worked at a casino."))
		if p.State != replies.Spam {
			t.Fatal("it was not refused")
		}
		if err := k.Appeal(t.Context(), p.ID); err != nil {
			t.Fatal(err)
		}
		if r := k.any(t, p.ID); r.State != replies.Pending {
			t.Errorf("after the appeal it is %s", r.State)
		}
		k.decide(t, replies.MarkSpam, p.ID)
		if err := k.Appeal(t.Context(), p.ID); !problem.Is(err, problem.Conflict) {
			t.Errorf("a second appeal: %v", err)
		}
		if r := k.any(t, p.ID); r.State != replies.Spam {
			t.Errorf("a second appeal undid what a moderator decided: %s", r.State)
		}
	})
}

func TestChangeOnesOwn(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.settle(t, func(s *replies.Settings) { s.Mode = replies.HoldNone })
		p := k.post(t, draft("one", "With a tpyo."))
		sent := replies.Sender{Sent: true}
		if _, err := k.Edit(t.Context(), replies.Sender{}, p.ID, "Not mine."); !problem.Is(err, problem.Forbidden) {
			t.Errorf("somebody else changes it: %v", err)
		}
		if e, err := k.Edit(t.Context(), sent, p.ID, "Without a typo."); err != nil || e.State != replies.Published || e.Body != "Without a typo." {
			t.Errorf("changed: %+v, %v", e, err)
		}
		if e, err := k.Edit(t.Context(), sent, p.ID, "Now with a casino."); err != nil || e.State != replies.Spam {
			t.Errorf("changed into spam it is %s, %v", e.State, err)
		}
		q := k.post(t, draft("one", "To be deleted."))
		k.Ground.Clock.Advance(16 * time.Minute)
		if err := k.Withdraw(t.Context(), sent, q.ID); !problem.Is(err, problem.Forbidden) {
			t.Errorf("after a quarter of an hour: %v", err)
		}
		d := draft("two", "A member's.")
		d.By = ann
		m := k.post(t, d)
		k.Ground.Clock.Advance(24 * time.Hour)
		if _, err := k.Edit(t.Context(), replies.Sender{By: ann}, m.ID, "A member's, changed."); err != nil {
			t.Errorf("a member changes what nobody answered: %v", err)
		}
		a := draft("two", "An answer.")
		a.ParentID = m.ID
		k.post(t, a)
		if err := k.Withdraw(t.Context(), replies.Sender{By: ann}, m.ID); !problem.Is(err, problem.Forbidden) {
			t.Errorf("a member deletes what somebody answered: %v", err)
		}
	})
}

func TestSweep(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.settle(t, func(s *replies.Settings) { s.Mode, s.EmailDays = replies.HoldNone, 30 })
		top := k.post(t, draft("one", "It will be spam."))
		a := draft("one", "It stays.")
		a.ParentID = top.ID
		k.post(t, a)
		lone := k.post(t, draft("two", "casino"))
		k.decide(t, replies.MarkSpam, top.ID)
		sweep := func(hours int) {
			k.Ground.Clock.Advance(time.Duration(hours) * time.Hour)
			k.Update(t, k.Sweep)
		}
		left := func(what, want string) {
			t.Helper()
			k.View(t, func(tx *db.Tx) error {
				got, err := db.Value[int](tx.QueryRow(`SELECT count(*) FROM reply_checks WHERE ` + what + ` <> ''`))
				if wanted := map[string]int{"all": 3, "one": 1, "none": 0}[want]; got != wanted {
					t.Errorf("%s: %d have it", what, got)
				}
				return err
			})
		}
		sweep(6 * 24)
		left("network", "all")
		sweep(19) // the next sweep may come when its days are over
		left("network", "none")
		left("email", "all")
		sweep(25 * 24)
		left("email", "none")
		if got := k.shown(t, "one", false); got != "(gone)\n It stays.\n" {
			t.Errorf("readers see %q", got)
		}
		k.View(t, func(tx *db.Tx) error {
			if _, err := k.Any(tx, lone.ID); !problem.Is(err, problem.NotFound) {
				t.Errorf("spam that nothing answers is still there: %v", err)
			}
			r, err := k.Any(tx, top.ID)
			if r.Body != "" || r.Name != "" || !r.Erased {
				t.Errorf("of spam that something answers is left: %+v", r)
			}
			return err
		})
	})
}

func TestForget(t *testing.T) {
	for _, choice := range personal.Choices() {
		t.Run(string(choice), func(t *testing.T) {
			each(t, func(t *testing.T, k *kit) {
				k.settle(t, func(s *replies.Settings) { s.Mode = replies.HoldNone })
				d := draft("one", "What Priya wrote.")
				d.Watch = true
				p := k.post(t, d)
				a := draft("one", "An answer.")
				a.ParentID, a.Email = p.ID, "ben@example.org"
				k.post(t, a)
				k.Update(t, func(tx *db.Tx) error {
					return k.Forget(tx, personal.Person{Address: "priya@example.org"}, personal.Wish{Stories: personal.Named, Replies: choice})
				})
				r := k.any(t, p.ID)
				want := map[personal.Choice]string{personal.Named: "Priya N.", personal.Nameless: "", personal.Removed: ""}[choice]
				if r.Name != want || (r.Body == "") != (choice == personal.Removed) {
					t.Errorf("left: %q, %q", r.Name, r.Body)
				}
				if lines := strings.Count(k.shown(t, "one", false), "\n"); lines != 2 {
					t.Errorf("the thread has %d places", lines)
				}
				k.View(t, func(tx *db.Tx) error {
					wrote, err := k.Wrote(tx, personal.Person{Address: "priya@example.org"})
					if wrote {
						t.Error("the address is still there")
					}
					_, ok, err2 := k.Watching(tx, p.ID)
					if ok {
						t.Error("letters would still go to it")
					}
					return firstOf(err, err2)
				})
			})
		})
	}
}
