package news_test

import (
	"slices"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/news"
)

// moveTo gives an account another address.
func (k *kit) moveTo(t *testing.T, account, name string) {
	t.Helper()
	to := k.address(t, name)
	k.exec(t, `UPDATE accounts SET email = $1, email_key = $2 WHERE id = $3`, to.String(), to.Key(), account)
}

func (k *kit) chosen(t *testing.T, account string) (c news.Choice) {
	t.Helper()
	k.View(t, func(tx *db.Tx) (err error) { c, err = k.News.Chosen(tx, account); return err })
	return c
}

// told are whom a new story is written to.
func (k *kit) told(t *testing.T, story string) []string {
	t.Helper()
	k.exec(t, `DELETE FROM letters`)
	k.publish(t, news.Story{ID: story})
	k.Work(t)
	var to []string
	k.View(t, func(tx *db.Tx) (err error) {
		to, err = db.List(tx, db.Value[string], `SELECT recipient FROM letters ORDER BY recipient`)
		return err
	})
	return to
}

func (k *kit) wantTold(t *testing.T, story string, names ...string) {
	t.Helper()
	for i, name := range names {
		names[i] = name + "@readers.example"
	}
	if got := k.told(t, story); !slices.Equal(got, names) {
		t.Errorf("of %s letters tell %v, want %v", story, got, names)
	}
}

// TestASubscriberBecomesAMember: what an address had chosen is the account's, with the
// links of its letters.
func TestASubscriberBecomesAMember(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		token := k.subscribe(t, "ann", news.Weekly)
		ann := k.member(t, "ann")
		k.Update(t, func(tx *db.Tx) error { return k.News.Adopt(tx, ann) })
		if c := k.chosen(t, ann); c.Stories != news.Weekly {
			t.Errorf("the new account gets %+v", c)
		}
		k.choose(t, ann, news.AtOnce, news.Never)
		k.wantTold(t, "s1", "ann")
		if sub, err := k.News.End(t.Context(), token, false); err != nil || sub.Going() || k.chosen(t, ann).Stories != news.Never {
			t.Errorf("a link of before ends %+v, %v", sub, err)
		}
		k.wantTold(t, "s2")
	})
}

// TestAnAddressMovesWithItsAccount lets a member take an address that had subscribed by
// itself, and give it back.
func TestAnAddressMovesWithItsAccount(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann, ben := k.member(t, "ann"), k.member(t, "ben")
		k.choose(t, ann, news.AtOnce, news.Never)
		annToken, newToken, benToken := k.subscribe(t, "ann", news.AtOnce), k.subscribe(t, "new", news.AtOnce), k.subscribe(t, "bens", news.Weekly)
		k.wantTold(t, "s1", "ann", "new")

		k.moveTo(t, ann, "new")
		k.wantTold(t, "s2", "new") // one letter
		k.choose(t, ann, news.Never, news.Never)
		k.wantTold(t, "s3") // the account's word holds, for both
		k.choose(t, ann, news.AtOnce, news.Never)
		k.moveTo(t, ann, "ann")
		k.wantTold(t, "s4", "ann") // what was ended stays so
		if _, err := k.News.Undo(t.Context(), newToken); err != nil {
			t.Fatal(err)
		}
		k.wantTold(t, "s5", "ann")

		// One click in either's letter ends both, and is taken back for the one in force.
		k.subscribe(t, "new", news.AtOnce)
		k.moveTo(t, ann, "new")
		for _, token := range []string{newToken, annToken} {
			if sub, err := k.News.End(t.Context(), token, false); err != nil || sub.Going() || sub.AccountID != ann {
				t.Errorf("one click ends %+v, %v", sub, err)
			}
			k.wantTold(t, "s6"+token)
			if sub, err := k.News.Undo(t.Context(), token); err != nil || sub.Pace != news.AtOnce {
				t.Errorf("taken back: %+v, %v", sub, err)
			}
			k.wantTold(t, "s7"+token, "new")
		}
		k.moveTo(t, ann, "ann")
		k.wantTold(t, "s8", "ann")

		// Who never chose hears what their address had asked for, for as long as it is theirs.
		k.moveTo(t, ben, "bens")
		if c := k.chosen(t, ben); c.Stories != news.Weekly {
			t.Errorf("with the address came %+v", c)
		}
		k.moveTo(t, ben, "ben")
		if c := k.chosen(t, ben); c.Stories != news.Never {
			t.Errorf("taken back, the account hears %+v", c)
		}
		if sub, err := k.News.Slow(t.Context(), benToken); err != nil || sub.Pace != news.Weekly || sub.AccountID != "" {
			t.Errorf("the address by itself hears %+v, %v", sub, err)
		}
	})
}

// TestALinkHoldsWhileItsAddressIsAnAccounts: an ended subscription of an address is
// forgotten after a month, but not while its links stand for a member's.
func TestALinkHoldsWhileItsAddressIsAnAccounts(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann := k.member(t, "ann")
		k.choose(t, ann, news.AtOnce, news.Never)
		token := k.subscribe(t, "new", news.AtOnce)
		k.moveTo(t, ann, "new")
		k.choose(t, ann, news.AtOnce, news.Never)
		k.Clock.Advance(40 * 24 * time.Hour)
		k.Update(t, k.News.Sweep)
		if sub, err := k.News.End(t.Context(), token, false); err != nil || sub.AccountID != ann || k.chosen(t, ann).Stories != news.Never {
			t.Errorf("an old link ends %+v, %v", sub, err)
		}
	})
}
