package passkeys_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/internal/testkit"
	"waypost/internal/testkit/authenticator"
	"waypost/internal/testkit/ground"
	"waypost/members"
	"waypost/members/passkeys"
)

func TestAddAndSignIn(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann := k.account(t, "ann")
		d := k.add(t, ann, func(d *authenticator.Device) { d.CanBackUp = true })
		list := k.list(t, ann.AccountID)
		if len(list) != 1 || list[0].Name != "Ann’s phone" || !list[0].Here || list[0].BackedUp || !list[0].Used.IsZero() {
			t.Fatalf("after adding: %+v", list)
		}
		k.Ground.Clock.Advance(time.Hour)
		d.BackedUp = true
		for range 3 {
			if a, err := k.signIn(t, d); err != nil || a.ID != ann.AccountID {
				t.Fatalf("signed in as %q, %v", a.Name, err)
			}
		}
		if list = k.list(t, ann.AccountID); !list[0].BackedUp || !list[0].Used.Equal(k.Ground.Clock.Now()) {
			t.Errorf("its use is not noted: %+v", list[0])
		}
		if !slices.Equal(k.told, []string{"ann added Ann’s phone"}) {
			t.Errorf("told: %q", k.told)
		}
		if left := k.left(t); left != 0 {
			t.Errorf("%d challenges are kept after they were used", left)
		}
	})
}

func (k *kit) left(t *testing.T) (n int) {
	t.Helper()
	k.View(t, func(tx *db.Tx) error { return tx.QueryRow(`SELECT count(*) FROM passkey_challenges`).Scan(&n) })
	return n
}

// TestOptionsNameNobody asks that the start of a sign-in is the same whoever has a passkey.
func TestOptionsNameNobody(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		plain := func() string {
			options := k.options(t)
			return strings.Replace(string(options), challengeOf(t, options), "", 1)
		}
		before := plain()
		ann := k.account(t, "ann")
		k.add(t, ann, asIs)
		if after := plain(); after != before || strings.Contains(after, "allowCredentials") {
			t.Errorf("before %s, after %s", before, after)
		}
		if a, b := challengeOf(t, k.options(t)), challengeOf(t, k.options(t)); a == b || len(a) < 43 {
			t.Errorf("challenges %q and %q", a, b)
		}
		k.View(t, func(tx *db.Tx) error {
			kept, err := db.List(tx, db.Value[string], `SELECT hash || holder FROM passkey_challenges`)
			if strings.Contains(strings.Join(kept, ""), browser) {
				t.Errorf("more than hashes is kept: %q", kept)
			}
			return err
		})
	})
}

// TestSignInRefuses tries what must not open a session, each with a passkey that works.
func TestSignInRefuses(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann := k.account(t, "ann")
		bob := k.account(t, "bob")
		d := k.add(t, ann, asIs)
		k.add(t, bob, asIs)
		for name, c := range map[string]struct {
			change func(*authenticator.Device)
			want   problem.Kind
		}{
			"foreign origin":      {func(d *authenticator.Device) { d.Origin = "https://waypost.example.evil.example" }, problem.Unauthenticated},
			"another port":        {func(d *authenticator.Device) { d.Origin = origin + ":8443" }, problem.Unauthenticated},
			"plain http":          {func(d *authenticator.Device) { d.Origin = "http://waypost.example" }, problem.Unauthenticated},
			"a host below":        {func(d *authenticator.Device) { d.Origin = "https://x.waypost.example" }, problem.Unauthenticated},
			"wrong RP":            {func(d *authenticator.Device) { d.Host = "evil.example" }, problem.Unauthenticated},
			"in a foreign frame":  {func(d *authenticator.Device) { d.Frame = true }, problem.Unauthenticated},
			"made, not asked for": {func(d *authenticator.Device) { d.Type = "webauthn.create" }, problem.Unauthenticated},
			"wrong challenge":     {func(d *authenticator.Device) { d.Challenge = strings.Repeat("A", 43) }, problem.Gone},
			"no challenge":        {func(d *authenticator.Device) { d.Challenge = "-" }, problem.Gone},
			"another's handle":    {func(d *authenticator.Device) { *d = *d.Named(bob.AccountID) }, problem.Unauthenticated},
			"no handle":           {func(d *authenticator.Device) { *d = *d.Named("") }, problem.Unauthenticated},
			"unknown passkey":     {func(d *authenticator.Device) { *d = *authenticator.New(t, origin, host).Named(ann.AccountID) }, problem.Unauthenticated},
			"backup flag appears": {func(d *authenticator.Device) { d.CanBackUp = true }, problem.Unauthenticated},
		} {
			if a, err := k.signIn(t, d.But(c.change)); err == nil || problem.KindOf(err) != c.want {
				t.Errorf("%s: signed in as %q, %v", name, a.Name, err)
			}
		}
		if _, err := k.signIn(t, d); err != nil {
			t.Errorf("the passkey itself: %v", err)
		}
	})
}

func TestSignatureIsOfTheKeptKey(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		d := k.add(t, k.account(t, "ann"), asIs)
		answer := d.Get(k.options(t))
		var parts map[string]any
		if err := json.Unmarshal(answer, &parts); err != nil {
			t.Fatal(err)
		}
		other := authenticator.New(t, origin, host)
		other.Challenge = challengeOf(t, k.options(t))
		var foreign map[string]any
		if err := json.Unmarshal(other.Get([]byte(`{}`)), &foreign); err != nil {
			t.Fatal(err)
		}
		response := parts["response"].(map[string]any)
		response["signature"] = foreign["response"].(map[string]any)["signature"]
		forged, err := json.Marshal(parts)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := k.SignIn(t.Context(), browser, forged, ""); !problem.Is(err, problem.Unauthenticated) {
			t.Errorf("the signature of another key: %v", err)
		}
	})
}

func TestChallengesAreUsedOnce(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann := k.account(t, "ann")
		d := k.add(t, ann, asIs)
		try := func(whose string, answer []byte) error {
			_, _, err := k.SignIn(t.Context(), whose, answer, "")
			return err
		}
		answer := d.Get(k.options(t))
		if err := try("another browser", answer); !problem.Is(err, problem.Gone) {
			t.Errorf("in another browser: %v", err)
		}
		if err := try(browser, answer); err != nil {
			t.Errorf("the first time: %v", err)
		}
		if err := try(browser, answer); !problem.Is(err, problem.Gone) {
			t.Errorf("replayed: %v", err)
		}
		options := k.options(t)
		wrong := d.But(func(d *authenticator.Device) { d.Origin = "https://evil.example" }).Get(options)
		if err := try(browser, wrong); !problem.Is(err, problem.Unauthenticated) {
			t.Errorf("from elsewhere: %v", err)
		}
		if err := try(browser, d.Get(options)); !problem.Is(err, problem.Gone) {
			t.Errorf("after a try from elsewhere used it up: %v", err)
		}
		late := d.Get(k.options(t))
		k.Ground.Clock.Advance(5*time.Minute + time.Second)
		if err := try(browser, late); !problem.Is(err, problem.Gone) {
			t.Errorf("after five minutes: %v", err)
		}
		adding, err := k.BeginAdding(t.Context(), ann)
		if err != nil {
			t.Fatal(err)
		}
		if err := try(browser, d.Get(adding)); !problem.Is(err, problem.Gone) {
			t.Errorf("a challenge for adding: %v", err)
		}
	})
}

// TestParallelUse lets many send the same answer at once.
func TestParallelUse(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		d := k.add(t, k.account(t, "ann"), asIs)
		answer := d.Get(k.options(t))
		var mu sync.Mutex
		var wg sync.WaitGroup
		in := 0
		for range 20 {
			wg.Go(func() {
				if _, _, err := k.SignIn(t.Context(), browser, answer, ""); err == nil {
					mu.Lock()
					in++
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		if in != 1 {
			t.Errorf("%d of 20 came in", in)
		}
	})
}

func TestCopiesAreNoticed(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		d := k.add(t, k.account(t, "ann"), asIs)
		copied := d.Copy()
		if _, err := k.signIn(t, d); err != nil {
			t.Fatal(err)
		}
		if _, err := k.signIn(t, copied); !problem.Is(err, problem.Forbidden) {
			t.Errorf("a counter that stands still: %v", err)
		}
		synced := k.add(t, k.account(t, "bob"), func(d *authenticator.Device) { d.Counts = false })
		for range 2 {
			if _, err := k.signIn(t, synced); err != nil {
				t.Errorf("a passkey without a counter: %v", err)
			}
		}
	})
}

func TestRolesAboveMemberAreVerified(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		quiet := func(d *authenticator.Device) { d.Verifies = false }
		member := k.account(t, "ann")
		d := k.add(t, member, quiet)
		if _, err := k.signIn(t, d); err != nil {
			t.Errorf("a member without verification: %v", err)
		}
		for _, role := range []members.Role{members.Owner, members.Editor, members.Organizer, members.Moderator} {
			above := k.account(t, string(role), role)
			unverified := authenticator.New(t, origin, host)
			quiet(unverified)
			if err := k.tryAdd(t, above, unverified); !problem.Is(err, problem.Invalid) {
				t.Errorf("%s adds one without verification: %v", role, err)
			}
			d := k.add(t, above, asIs)
			if _, err := k.signIn(t, d.But(quiet)); !problem.Is(err, problem.Forbidden) {
				t.Errorf("%s without verification: %v", role, err)
			}
			d.Count++
			if _, err := k.signIn(t, d); err != nil {
				t.Errorf("%s with verification: %v", role, err)
			}
		}
		k.Update(t, func(tx *db.Tx) error {
			_, err := tx.Exec(`INSERT INTO account_roles (account_id, role, granted_at) VALUES ($1, 'moderator', 1)`, member.AccountID)
			return err
		})
		if _, err := k.signIn(t, d); !problem.Is(err, problem.Forbidden) {
			t.Errorf("who became a moderator, without verification: %v", err)
		}
	})
}

func TestDisabledAccountsStayOut(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann := k.account(t, "ann")
		d := k.add(t, ann, asIs)
		k.Update(t, func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE accounts SET disabled_at = 1 WHERE id = $1`, ann.AccountID)
			return err
		})
		_, err := k.signIn(t, d)
		_, unknown := k.signIn(t, authenticator.New(t, origin, host).Named(ann.AccountID))
		if !problem.Is(err, problem.Unauthenticated) || !problem.Is(unknown, problem.Unauthenticated) {
			t.Errorf("disabled: %v, unknown: %v", err, unknown)
		}
		if _, err := k.BeginAdding(t.Context(), ann); err == nil {
			t.Error("a disabled account adds a passkey")
		}
	})
}

func TestAddRefuses(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann, bob := k.account(t, "ann"), k.account(t, "bob")
		d := authenticator.New(t, origin, host)
		for name, change := range map[string]func(*authenticator.Device){
			"foreign origin":      func(d *authenticator.Device) { d.Origin = "https://evil.example" },
			"wrong RP":            func(d *authenticator.Device) { d.Host = "evil.example" },
			"a sign-in":           func(d *authenticator.Device) { d.Type = "webauthn.get" },
			"backed up, but how?": func(d *authenticator.Device) { d.BackedUp = true },
			"wrong challenge":     func(d *authenticator.Device) { d.Challenge = strings.Repeat("B", 43) },
		} {
			if err := k.tryAdd(t, ann, d.But(change)); err == nil {
				t.Errorf("%s: added", name)
			}
		}
		options, err := k.BeginAdding(t.Context(), ann)
		if err != nil {
			t.Fatal(err)
		}
		answer := d.Create(options)
		if err := k.Add(t.Context(), bob, answer, ""); !problem.Is(err, problem.Gone) {
			t.Errorf("a challenge of another account: %v", err)
		}
		if err := k.Add(t.Context(), ann, answer, strings.Repeat("ß", 81)); !problem.Is(err, problem.Invalid) {
			t.Errorf("a name that is too long: %v", err)
		}
		if err := k.Add(t.Context(), ann, answer, ""); err != nil {
			t.Errorf("the right one: %v", err)
		}
		if err := k.tryAdd(t, bob, d); !problem.Is(err, problem.Conflict) {
			t.Errorf("a passkey that is somebody's: %v", err)
		}
		if n := len(k.list(t, ann.AccountID)) + len(k.list(t, bob.AccountID)); n != 1 {
			t.Errorf("%d passkeys", n)
		}
		for range 19 {
			k.add(t, ann, asIs)
		}
		if err := k.tryAdd(t, ann, authenticator.New(t, origin, host)); !problem.Is(err, problem.Conflict) {
			t.Errorf("the 21st: %v", err)
		}
	})
}

func TestRenameAndRemove(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann, bob := k.account(t, "ann"), k.account(t, "bob")
		k.others = 0
		d := k.add(t, ann, asIs)
		first := k.list(t, ann.AccountID)[0].ID
		if err := k.Rename(t.Context(), bob, first, "mine"); !problem.Is(err, problem.NotFound) {
			t.Errorf("renamed by another: %v", err)
		}
		if err := k.Rename(t.Context(), ann, first, "Laptop"); err != nil || k.list(t, ann.AccountID)[0].Name != "Laptop" {
			t.Errorf("renamed: %v", err)
		}
		if err := k.Remove(t.Context(), ann, first); !problem.Is(err, problem.Conflict) {
			t.Errorf("the last way in: %v", err)
		}
		second := k.add(t, ann, asIs)
		if err := k.Remove(t.Context(), bob, first); !problem.Is(err, problem.NotFound) {
			t.Errorf("removed by another: %v", err)
		}
		if err := k.Remove(t.Context(), ann, first); err != nil {
			t.Fatal(err)
		}
		if _, err := k.signIn(t, d); !problem.Is(err, problem.Unauthenticated) {
			t.Errorf("with a removed passkey: %v", err)
		}
		if _, err := k.signIn(t, second); err != nil {
			t.Errorf("with the other: %v", err)
		}
		if k.told[len(k.told)-1] != "ann removed Laptop" {
			t.Errorf("told: %q", k.told)
		}
	})
}

// TestOneWayStays lets two remove one of two passkeys each, at once.
func TestOneWayStays(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.others = 0
		ann := k.account(t, "ann")
		for range 4 {
			k.add(t, ann, asIs)
		}
		k.Tell = func(*db.Tx, members.Account, passkeys.Event, string) error { return nil }
		var wg sync.WaitGroup
		for _, p := range k.list(t, ann.AccountID) {
			wg.Go(func() { _ = k.Remove(t.Context(), ann, p.ID) })
		}
		wg.Wait()
		if n := len(k.list(t, ann.AccountID)); n != 1 {
			t.Errorf("%d passkeys are left", n)
		}
	})
}

func TestOffer(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann, bob := k.account(t, "ann"), k.account(t, "bob")
		offered := func(a members.Actor) (yes bool) {
			k.View(t, func(tx *db.Tx) (err error) {
				yes, err = k.Offer(tx, a.AccountID)
				return err
			})
			return yes
		}
		if !offered(ann) || !offered(bob) {
			t.Error("not offered at first")
		}
		k.add(t, ann, asIs)
		for range 2 {
			k.Update(t, func(tx *db.Tx) error { return k.Decline(tx, bob.AccountID) })
		}
		if offered(ann) || offered(bob) {
			t.Error("offered to who has one, or wants none")
		}
	})
}

// TestAddressThatChanged keeps passkeys of the old address from counting as a way in.
func TestAddressThatChanged(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann := k.account(t, "ann")
		d := k.add(t, ann, asIs)
		k.Base = base(t, "https://elsewhere.example")
		d.Origin, d.Host = "https://elsewhere.example", "elsewhere.example"
		if _, err := k.signIn(t, d); !problem.Is(err, problem.Unauthenticated) {
			t.Errorf("at another address: %v", err)
		}
		list := k.list(t, ann.AccountID)
		if list[0].Here || list[0].Host != host {
			t.Errorf("listed as %+v", list[0])
		}
		k.View(t, func(tx *db.Tx) error {
			n, err := k.Count(tx, ann.AccountID)
			if n != 0 {
				t.Errorf("it counts %d", n)
			}
			return err
		})
		for address, want := range map[string]bool{"https://a.example:8443": true, "http://localhost:8080": true, "http://x.localhost": true, "http://a.example": false,
			"https://192.0.2.1": false, "http://127.0.0.1:8080": false, "https://[::1]": false} {
			if k.Base = base(t, address); k.Available() != want {
				t.Errorf("%s: available %v", address, !want)
			}
		}
	})
}

// FuzzAnswers sends what no browser sends: nothing of it is a failure of the program.
func FuzzAnswers(f *testing.F) {
	d := authenticator.New(f, origin, host).Named("x")
	f.Add(d.Get([]byte(`{"challenge":"AAAAAAAAAAAAAAAAAAAAAA"}`)))
	f.Add(d.Create([]byte(`{"challenge":"AAAAAAAAAAAAAAAAAAAAAA","user":{"id":"eA"}}`)))
	f.Add([]byte(`{}`))
	f.Add(bytes.Repeat([]byte(`[`), 1000))
	k := newKit(f, ground.On(testkit.DB(f)))
	f.Fuzz(func(t *testing.T, answer []byte) {
		if _, _, err := k.SignIn(t.Context(), browser, answer, ""); problem.KindOf(err) == 0 {
			t.Errorf("a sign-in: %v", err)
		}
		if err := k.Add(t.Context(), members.Actor{AccountID: "x"}, answer, ""); problem.KindOf(err) == 0 {
			t.Errorf("a new passkey: %v", err)
		}
	})
}
