package passkeys_test

import (
	"encoding/json"
	"net/url"
	"testing"

	"waypost/community"
	"waypost/internal/db"
	"waypost/internal/testkit/authenticator"
	"waypost/internal/testkit/ground"
	"waypost/members"
	"waypost/members/passkeys"
)

const origin, host, browser = "https://waypost.example", "waypost.example", "this browser"

type kit struct {
	*ground.Ground
	*passkeys.Service
	Members *members.Service
	told    []string
	others  int // ways in besides passkeys
}

func each(t *testing.T, test func(t *testing.T, k *kit)) {
	t.Helper()
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) { test(t, newKit(t, g)) })
}

func newKit(t testing.TB, g *ground.Ground) *kit {
	t.Helper()
	c := &community.Service{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Keeper: g.Keeper}
	m := &members.Service{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Keeper: g.Keeper, Record: c.Record, RecordSome: c.RecordSome}
	k := &kit{Ground: g, Members: m, others: 1}
	k.Service = &passkeys.Service{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Members: m, Admit: func(*db.Tx, string) error { return nil }, Base: base(t, origin),
		Community: func(*db.Tx) (string, error) { return "Brackmouth Careers", nil },
		Tell: func(_ *db.Tx, a members.Account, e passkeys.Event, name string) error {
			k.told = append(k.told, a.Name+" "+string(e)+" "+name)
			return nil
		}}
	k.Ways = func(tx *db.Tx, a members.Account) (int, error) {
		n, err := k.Count(tx, a.ID)
		return n + k.others, err
	}
	return k
}

func base(t testing.TB, address string) *url.URL {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func (k *kit) account(t *testing.T, name string, roles ...members.Role) members.Actor {
	t.Helper()
	var a members.Account
	k.Update(t, func(tx *db.Tx) (err error) {
		a, err = k.Members.CreateAccount(tx, "", members.NewAccount{Name: name, Email: name + "@a.example", EmailKey: name + "@a.example", Roles: roles})
		return err
	})
	return members.Actor{AccountID: a.ID, Roles: a.Roles}
}

// add gives an account a passkey on a new device.
func (k *kit) add(t *testing.T, by members.Actor, change func(*authenticator.Device)) *authenticator.Device {
	t.Helper()
	d := authenticator.New(t, origin, host)
	change(d)
	if err := k.tryAdd(t, by, d); err != nil {
		t.Fatal(err)
	}
	return d
}

func (k *kit) tryAdd(t *testing.T, by members.Actor, d *authenticator.Device) error {
	t.Helper()
	options, err := k.BeginAdding(t.Context(), by)
	if err != nil {
		return err
	}
	return k.Add(t.Context(), by, d.Create(options), " Ann’s \n phone ")
}

func (k *kit) signIn(t *testing.T, d *authenticator.Device) (members.Account, error) {
	t.Helper()
	secret, _, err := k.SignIn(t.Context(), browser, d.Get(k.options(t)), "Chromium")
	if err != nil {
		return members.Account{}, err
	}
	s, err := k.Members.Session(t.Context(), secret)
	return s.Account, err
}

func (k *kit) options(t *testing.T) []byte {
	t.Helper()
	options, err := k.BeginSignIn(t.Context(), browser, "198.51.100.1")
	if err != nil {
		t.Fatal(err)
	}
	return options
}

func (k *kit) list(t *testing.T, account string) []passkeys.Passkey {
	t.Helper()
	var list []passkeys.Passkey
	k.View(t, func(tx *db.Tx) (err error) {
		list, err = k.List(tx, account)
		return err
	})
	return list
}

func challengeOf(t *testing.T, options []byte) string {
	t.Helper()
	var o struct{ Challenge string }
	if err := json.Unmarshal(options, &o); err != nil {
		t.Fatal(err)
	}
	return o.Challenge
}

func asIs(*authenticator.Device) {}
