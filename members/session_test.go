package members_test

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
)

func (k *kit) link(t testing.TB) string {
	t.Helper()
	link, err := k.Members.OwnerLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return link
}

func (k *kit) signIn(t testing.TB) string {
	t.Helper()
	session, err := k.enter(t, k.link(t), "a browser")
	if err != nil {
		t.Fatal(err)
	}
	return session
}

func (k *kit) owner(t testing.TB) members.Session {
	t.Helper()
	s, err := k.Members.Session(t.Context(), k.signIn(t))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (k *kit) count(t testing.TB, table string) (n int) {
	t.Helper()
	k.View(t, func(tx *db.Tx) error { return tx.QueryRow(`SELECT count(*) FROM ` + table).Scan(&n) })
	return n
}

func TestOwnerLinkSignsInOnce(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		link := k.link(t)
		secret, err := k.enter(t, link, "a browser")
		if err != nil {
			t.Fatal(err)
		}
		s, err := k.Members.Session(t.Context(), secret)
		if err != nil || !s.Actor.Has(members.Owner) || s.Account.ID == "" || !s.Fresh.Equal(k.Clock.Now()) {
			t.Errorf("%+v, %v", s, err)
		}
		for name, bad := range map[string]string{"spent": link, "guessed": "guess", "empty": "", "a session": secret} {
			if got, err := k.enter(t, bad, ""); !problem.Is(err, problem.Gone) || got != "" {
				t.Errorf("%s link: %q, %v", name, got, err)
			}
		}
		if other := k.owner(t); other.Account.ID != s.Account.ID || k.count(t, "accounts") != 1 {
			t.Errorf("a second link made account %s beside %s", other.Account.ID, s.Account.ID)
		}
	})
}

func TestANewLinkEndsTheOlder(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		older, newer := k.link(t), k.link(t)
		if _, err := k.enter(t, older, ""); !problem.Is(err, problem.Gone) {
			t.Errorf("the older link: %v", err)
		}
		if _, err := k.enter(t, newer, ""); err != nil {
			t.Errorf("the newer link: %v", err)
		}
	})
}

func TestLinkExpires(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		for _, c := range []struct {
			after time.Duration
			works bool
		}{{time.Hour - time.Millisecond, true}, {time.Hour, false}} {
			link := k.link(t)
			k.Clock.Advance(c.after)
			if _, err := k.enter(t, link, ""); (err == nil) != c.works {
				t.Errorf("after %v: %v", c.after, err)
			}
		}
	})
}

func TestManyRedeemsOneWins(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		link := k.link(t)
		var won, lost atomic.Int32
		var all sync.WaitGroup
		for range 100 {
			all.Go(func() {
				switch _, err := k.enter(t, link, ""); {
				case err == nil:
					won.Add(1)
				case problem.Is(err, problem.Gone):
					lost.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		all.Wait()
		if won.Load() != 1 || lost.Load() != 99 || k.count(t, "sessions") != 1 {
			t.Errorf("%d won, %d lost, %d sessions", won.Load(), lost.Load(), k.count(t, "sessions"))
		}
	})
}

func (k *kit) signedIn(t testing.TB, secret string) bool {
	t.Helper()
	_, err := k.Members.Session(t.Context(), secret)
	if err != nil && !problem.Is(err, problem.Unauthenticated) {
		t.Fatal(err)
	}
	return err == nil
}

func TestSessionEndsIdle(t *testing.T) {
	const day = 24 * time.Hour
	each(t, func(t *testing.T, k *kit) {
		secret := k.signIn(t)
		k.Clock.Advance(30*day - time.Second)
		if !k.signedIn(t, secret) { // this counts as a use
			t.Fatal("ended before thirty days")
		}
		k.Clock.Advance(30*day - time.Second)
		if !k.signedIn(t, secret) {
			t.Fatal("ended though it was used")
		}
		k.Clock.Advance(30 * day)
		if k.signedIn(t, secret) {
			t.Error("still signed in after thirty idle days")
		}
	})
}

func TestSessionEndsInAnyCase(t *testing.T) {
	const day = 24 * time.Hour
	each(t, func(t *testing.T, k *kit) {
		secret := k.signIn(t)
		for range 179 {
			k.Clock.Advance(day)
			if !k.signedIn(t, secret) {
				t.Fatal("ended early")
			}
		}
		k.Clock.Advance(day)
		if k.signedIn(t, secret) {
			t.Error("still signed in after half a year")
		}
	})
}

func TestUseIsNotedNowAndThen(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		secret, start := k.signIn(t), k.Clock.Now()
		used := func() (at time.Duration) {
			var ms int64
			k.View(t, func(tx *db.Tx) error { return tx.QueryRow(`SELECT used_at FROM sessions`).Scan(&ms) })
			return time.UnixMilli(ms).Sub(start)
		}
		k.Clock.Advance(10 * time.Minute)
		if k.signedIn(t, secret); used() != 0 {
			t.Errorf("a page look after ten minutes wrote %v", used())
		}
		k.Clock.Advance(time.Second)
		if k.signedIn(t, secret); used() != 10*time.Minute+time.Second {
			t.Errorf("noted %v", used())
		}
	})
}

func TestSignOut(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		one, other := k.signIn(t), k.signIn(t)
		for range 2 {
			if err := k.Members.SignOut(t.Context(), one); err != nil {
				t.Error(err)
			}
		}
		if k.signedIn(t, one) || !k.signedIn(t, other) {
			t.Errorf("signed in: %v, the other browser %v", k.signedIn(t, one), k.signedIn(t, other))
		}
		if k.signedIn(t, "") || k.signedIn(t, "guess") {
			t.Error("a guess is signed in")
		}
	})
}

func TestDisabledAccount(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		secret, link := k.signIn(t), k.link(t)
		k.Update(t, func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE accounts SET disabled_at = 1`)
			return err
		})
		if k.signedIn(t, secret) {
			t.Error("a disabled account is signed in")
		}
		if _, err := k.enter(t, link, ""); !problem.Is(err, problem.Gone) {
			t.Errorf("its link: %v", err)
		}
	})
}

func TestSessionKnowsTheAuthor(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		s := k.owner(t)
		if s.Actor.ProfileID != "" {
			t.Errorf("author %q", s.Actor.ProfileID)
		}
		ann := k.profile(t, members.Profile{Name: "Ann", AccountID: s.Account.ID})
		k.Update(t, func(tx *db.Tx) error { return k.Members.NameAccount(tx, s.Account.ID, "Ann", "de") })
		if s = k.owner(t); s.Actor.ProfileID != ann.ID || s.Account.Name != "Ann" || s.Account.Language != "de" {
			t.Errorf("%+v", s)
		}
	})
}

func TestOnlyHashesAtRest(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		session := k.signIn(t)
		link := k.link(t)
		var stored []string
		k.View(t, func(tx *db.Tx) error {
			for _, query := range []string{
				`SELECT link_hash || purpose || subject FROM proofs`, `SELECT hash || account_id || device FROM sessions`,
				`SELECT act || subject || detail FROM audit`, `SELECT name FROM accounts`,
			} {
				rows, err := db.List(tx, db.Value[string], query)
				if err != nil {
					return err
				}
				stored = append(stored, rows...)
			}
			return nil
		})
		all := strings.Join(stored, "\n")
		for name, secret := range map[string]string{"session": session, "link": link} {
			if len(secret) < 43 || strings.Contains(all, secret) || strings.Contains(all, secret[:20]) {
				t.Errorf("the %s's secret of %d characters is in the database", name, len(secret))
			}
		}
	})
}

func TestSweep(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.signIn(t)
		k.link(t)
		k.Clock.Advance(31 * 24 * time.Hour)
		kept := k.signIn(t)
		k.Update(t, k.Members.Sweep)
		k.Update(t, k.Members.Proofs.Sweep)
		if k.count(t, "sessions") != 1 || k.count(t, "proofs") != 1 || !k.signedIn(t, kept) {
			t.Errorf("%d sessions, %d proofs left", k.count(t, "sessions"), k.count(t, "proofs"))
		}
	})
}
