package labels_test

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/testkit/ground"
	"waypost/spam"
	"waypost/spam/labels"
)

// node is the labels as one process sees them.
func node(g *ground.Ground) *labels.Service {
	return &labels.Service{DB: g.DB, Clock: g.Clock.Now}
}

func update(t *testing.T, g *ground.Ground, do func(tx *db.Tx) error) {
	t.Helper()
	if err := g.DB.Update(t.Context(), do); err != nil {
		t.Fatal(err)
	}
}

func sum(t *testing.T, s *labels.Service) string {
	t.Helper()
	sum, err := s.Sum(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

func message(n int, isSpam bool) spam.Message {
	if isSpam {
		return spam.Message{Text: fmt.Sprintf("cheap watches no. %d at http://watches%d.example/buy", n, n%5)}
	}
	return spam.Message{Text: fmt.Sprintf("chapter %d of your story helped me through the night shift", n)}
}

// moderators are two accounts that judge.
func moderators(t *testing.T, g *ground.Ground) []string {
	t.Helper()
	out := []string{"ann", "bea"}
	update(t, g, func(tx *db.Tx) error {
		_, err := tx.Exec(`INSERT INTO accounts (id, name, created_at) VALUES ('ann', 'Ann', 0), ('bea', 'Bea', 0)`)
		return err
	})
	return out
}

// history is a made-up row of what moderators did, and what of it stands.
type history struct {
	standing []labels.Label // in the order of what was written
	batches  int
}

func (h *history) add(l labels.Label) { h.standing = append(h.standing, l) }

func (h *history) take(away func(labels.Label) bool) {
	h.standing = slices.DeleteFunc(h.standing, away)
}

// model is that of the last label of each subject.
func (h *history) live() []labels.Label {
	var out []labels.Label
	for i, l := range h.standing {
		if !slices.ContainsFunc(h.standing[i+1:], func(o labels.Label) bool { return o.Subject == l.Subject }) {
			out = append(out, l)
		}
	}
	return out
}

func (h *history) step(t *testing.T, g *ground.Ground, s *labels.Service, accounts []string, dice *rand.Rand) {
	subject := fmt.Sprint("reply-", dice.IntN(400))
	batch := fmt.Sprint("batch-", dice.IntN(h.batches+1))
	switch dice.IntN(20) {
	case 0:
		update(t, g, func(tx *db.Tx) error { return s.Void(tx, batch, []string{subject, "reply-1", "reply-2"}) })
		h.take(func(l labels.Label) bool {
			return l.Batch == batch && slices.Contains([]string{subject, "reply-1", "reply-2"}, l.Subject)
		})
	case 1:
		update(t, g, func(tx *db.Tx) error { return s.Drop(tx, []string{subject}) })
		h.take(func(l labels.Label) bool { return l.Subject == subject })
	default:
		h.batches++
		isSpam := dice.IntN(2) == 0
		l := labels.Label{Subject: subject, Batch: fmt.Sprint("batch-", h.batches), Source: "moderator", AccountID: accounts[dice.IntN(2)],
			Spam: isSpam, Verdict: spam.Unsure, Message: message(h.batches, isSpam)}
		update(t, g, func(tx *db.Tx) error { return s.Add(tx, l) })
		h.add(l)
	}
	g.Clock.Advance(time.Second)
}

// check asks a node about a message.
func check(t *testing.T, g *ground.Ground, s *labels.Service, n int) {
	t.Helper()
	if err := s.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Check(message(n, true), spam.Usual.Thresholds()); err != nil {
		t.Fatal(err)
	}
}

// TestTheFirstModelHoldsNobodyUp lets more ask at once than there are connections, before
// there is a model, while another asks for its sum.
func TestTheFirstModelHoldsNobodyUp(t *testing.T) {
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) {
		accounts := moderators(t, g)
		one, two := node(g), node(g)
		for n := range 300 {
			update(t, g, func(tx *db.Tx) error {
				return one.Add(tx, labels.Label{Subject: fmt.Sprint("reply-", n), Batch: fmt.Sprint("batch-", n), Source: "moderator", AccountID: accounts[0], Spam: n%2 == 0,
					Verdict: spam.Unsure, Message: message(n, n%2 == 0)})
			})
		}
		done := make(chan error)
		for range 12 {
			go func() {
				if err := two.Ready(t.Context()); err != nil {
					done <- err
					return
				}
				_, err := two.Check(message(1, true), spam.Usual.Thresholds())
				done <- err
			}()
			go func() {
				_, err := two.Sum(t.Context())
				done <- err
			}()
		}
		for range 24 {
			select {
			case err := <-done:
				if err != nil {
					t.Error(err)
				}
			case <-time.After(20 * time.Second):
				t.Fatal("they wait for each other")
			}
		}
		if sum(t, one) != sum(t, two) {
			t.Error("they have made another model")
		}
	})
}

// TestALateReaderWaitsForNothing: whoever began to read before labels were written is not
// behind a model that knows them.
func TestALateReaderWaitsForNothing(t *testing.T) {
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) {
		accounts := moderators(t, g)
		one, two := node(g), node(g)
		learn := func(n int) {
			update(t, g, func(tx *db.Tx) error {
				return one.Add(tx, labels.Label{Subject: fmt.Sprint("reply-", n), Batch: fmt.Sprint("batch-", n), Source: "moderator", AccountID: accounts[0], Spam: n%2 == 0,
					Verdict: spam.Unsure, Message: message(n, n%2 == 0)})
			})
			check(t, g, one, n)
		}
		learn(1)
		err := g.DB.View(t.Context(), func(tx *db.Tx) error {
			for n := range 5 {
				if behind, err := one.Behind(tx); err != nil || behind {
					return cmp.Or(err, errors.New("the model is behind what it knows"))
				}
				learn(n + 2)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		learn(7)
		if sum(t, one) != sum(t, two) {
			t.Error("a reading that began earlier has left another model")
		}
	})
}

// TestWhatIsUndoneIsNotLearned: a transaction that writes sees labels that may come to
// nothing.
func TestWhatIsUndoneIsNotLearned(t *testing.T) {
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) {
		one, two := node(g), node(g)
		check(t, g, one, 1)
		undone := errors.New("undone")
		err := g.DB.Update(t.Context(), func(tx *db.Tx) error {
			if behind, err := one.Behind(tx); err != nil || behind {
				return cmp.Or(err, errors.New("the model is behind before anything was decided"))
			}
			if err := one.Add(tx, labels.Label{Subject: "reply-1", Batch: "b", Source: "moderator", Spam: true, Verdict: spam.Unsure, Message: message(1, true)}); err != nil {
				return err
			}
			if behind, err := one.Behind(tx); err != nil || !behind {
				return cmp.Or(err, errors.New("the model is not behind a label that it does not know"))
			}
			if err := one.Ready(t.Context()); err != nil { // in between
				return err
			}
			if _, err := one.Check(message(1, true), spam.Usual.Thresholds()); err != nil {
				return err
			}
			return undone
		})
		if !errors.Is(err, undone) {
			t.Fatal(err)
		}
		if sum(t, one) != sum(t, two) {
			t.Error("the model knows a label that was never kept")
		}
	})
}

// TestTheModelFollowsFromWhatStands lets two nodes decide and take back, and holds both,
// and one that starts later, against a database that only ever saw what stands.
func TestTheModelFollowsFromWhatStands(t *testing.T) {
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) {
		accounts := moderators(t, g)
		one, two := node(g), node(g)
		dice := rand.New(rand.NewPCG(4, 2))
		var h history
		for n := range 700 {
			h.step(t, g, one, accounts, dice)
			if n%7 == 0 {
				check(t, g, two, n)
			}
			if n == 450 {
				update(t, g, func(tx *db.Tx) error {
					would, err := labels.CountOf(tx, accounts[1], time.UnixMilli(0))
					if err != nil {
						return err
					}
					if none, err := labels.CountOf(tx, accounts[1], g.Clock.Now().Add(time.Hour)); none != 0 || err != nil {
						t.Errorf("%d to come: %v", none, err)
					}
					n, err := one.VoidOf(tx, accounts[1], time.UnixMilli(0))
					if n != would || n == 0 {
						t.Errorf("%d are taken back, and %d were said", n, would)
					}
					return err
				})
				h.take(func(l labels.Label) bool { return l.AccountID == accounts[1] })
			}
		}
		want := spam.New(nil)
		for _, l := range h.live() {
			want.Learn(spam.Extract(l.Message), l.Spam)
		}
		wanted := hash(want)
		if ham, bad := want.Labels(); ham+bad < 200 {
			t.Fatalf("only %d labels stand", ham+bad)
		}
		for name, s := range map[string]*labels.Service{"who decided": one, "the other": two, "a new one": node(g)} {
			if got := sum(t, s); got != wanted {
				t.Errorf("the model of %s is another than that of the labels that stand", name)
			}
		}
		rebuilt, err := one.Rebuild(t.Context(), nil)
		if ham, bad := want.Labels(); err != nil || rebuilt.Model != wanted || rebuilt.Labels != ham+bad {
			t.Errorf("rebuilt %+v, %v", rebuilt, err)
		}
	})
}

// TestOtherVersions reads labels of another version of the filter again.
func TestOtherVersions(t *testing.T) {
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) {
		s := node(g)
		for n := range 6 {
			update(t, g, func(tx *db.Tx) error {
				return s.Add(tx, labels.Label{Subject: fmt.Sprint("reply-", n), Batch: "b", Source: "moderator", Spam: n%2 == 0, Verdict: spam.Unsure, Message: message(n, n%2 == 0)})
			})
		}
		before := sum(t, s)
		update(t, g, func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE spam_labels SET extractor = 0, features = $1 WHERE seq <= 3`, []byte("of old"))
			return err
		})
		if got := sum(t, node(g)); got == before {
			t.Error("labels of another version were learned")
		}
		unread := func(want int) {
			t.Helper()
			update(t, g, func(tx *db.Tx) error {
				n, err := labels.Unread(tx)
				if n != want {
					t.Errorf("%d labels are told to be unread, not %d", n, want)
				}
				return err
			})
		}
		unread(3)
		rebuilt, err := s.Rebuild(t.Context(), func(_ *db.Tx, subject string) (spam.Message, bool, error) {
			var n int
			_, err := fmt.Sscanf(subject, "reply-%d", &n)
			return message(n, n%2 == 0), n != 1, err
		})
		if err != nil || rebuilt.Reread != 2 || rebuilt.Lost != 1 || rebuilt.Labels != 5 {
			t.Errorf("rebuilt %+v, %v", rebuilt, err)
		}
		unread(0) // the one whose text is gone would never count
	})
}

func TestMonths(t *testing.T) {
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) {
		s := node(g)
		for n, verdict := range []spam.Kind{spam.Ham, spam.Spam, spam.Spam, spam.Unsure, spam.Ham} {
			update(t, g, func(tx *db.Tx) error {
				return s.Add(tx, labels.Label{Subject: fmt.Sprint("reply-", n), Batch: "b", Source: "moderator", Spam: n%2 == 0, Verdict: verdict, Message: message(n, true)})
			})
			if n == 2 {
				g.Clock.Advance(70 * 24 * time.Hour)
			}
		}
		var got []labels.Month
		err := g.DB.View(t.Context(), func(tx *db.Tx) (err error) {
			got, err = labels.Months(tx, time.UTC)
			return err
		})
		if err != nil || len(got) < 3 {
			t.Fatalf("months are %+v, %v", got, err)
		}
		before := g.Clock.Now().AddDate(0, 0, -70)
		later, first := got[0], got[len(got)-1]
		if want := before.UTC().Format("2006-01"); first.Month != want {
			t.Errorf("the first month is %s, not %s", first.Month, want)
		}
		if between := got[1]; between.Decided != 0 || between.Month == "" {
			t.Errorf("a month between in which nothing was decided is %+v", between)
		}
		update(t, g, func(tx *db.Tx) error { // the month before, where it is this much earlier
			months, err := labels.Months(tx, time.FixedZone("", -before.Day()*24*60*60))
			if want := before.AddDate(0, 0, -before.Day()).UTC().Format("2006-01"); err == nil && (months[len(months)-1].Month != want || months[len(months)-1].Decided != 3) {
				t.Errorf("in another zone the first month is %+v, not %s", months[len(months)-1], want)
			}
			return err
		})
		later.Month, first.Month = "", ""
		if want := (labels.Month{Decided: 2, Spam: 1, Asked: 1, WrongShown: 1}); later != want {
			t.Errorf("the later month is %+v", later)
		}
		if want := (labels.Month{Decided: 3, Spam: 2, Right: 1, WrongSpam: 1, WrongShown: 1}); first != want {
			t.Errorf("the first month is %+v", first)
		}
	})
}

// TestNothingToTakeBack asks that what changes no label has no number either: every node
// reads anew for each.
func TestNothingToTakeBack(t *testing.T) {
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) {
		s := node(g)
		update(t, g, func(tx *db.Tx) error {
			return s.Add(tx, labels.Label{Subject: "reply-1", Batch: "b", Source: "moderator", Verdict: spam.Unsure, Message: message(1, false)})
		})
		head := func() (seq int64) {
			update(t, g, func(tx *db.Tx) (err error) {
				seq, err = db.Value[int64](tx.QueryRow(`SELECT seq FROM spam_head WHERE id = 'labels'`))
				return err
			})
			return seq
		}
		before := head()
		update(t, g, func(tx *db.Tx) error {
			return errors.Join(s.Drop(tx, []string{"reply-2"}), s.Void(tx, "b", []string{"reply-3"}))
		})
		if now := head(); now != before {
			t.Errorf("the labels are at %d after nothing, not at %d", now, before)
		}
		update(t, g, func(tx *db.Tx) error { return s.Drop(tx, []string{"reply-1", "reply-2"}) })
		if now := head(); now != before+1 {
			t.Errorf("the labels are at %d after a change, not at %d", now, before+1)
		}
	})
}

func hash(m *spam.Model) string {
	sum := sha256.Sum256(m.Bytes())
	return hex.EncodeToString(sum[:])
}
