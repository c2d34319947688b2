package oidc_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"waypost/community"
	"waypost/internal/db"
	"waypost/internal/outbound"
	"waypost/internal/problem"
	"waypost/internal/testkit/cases"
	"waypost/internal/testkit/ground"
	"waypost/internal/testkit/provider"
	"waypost/members"
	"waypost/members/oidc"
)

const browser = "this browser"

type kit struct {
	*ground.Ground
	s          *oidc.Service
	members    *members.Service
	net        *provider.Network
	one, other *provider.Provider
	told       []string
	others     int // ways in besides links
}

func each(t *testing.T, test func(t *testing.T, k *kit)) {
	t.Helper()
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) {
		c := &community.Service{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Keeper: g.Keeper}
		m := &members.Service{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Keeper: g.Keeper, Record: c.Record}
		k := &kit{Ground: g, members: m, net: &provider.Network{}, others: 1}
		k.one, k.other = k.net.New(t, "one.example", g.Clock.Now), k.net.New(t, "other.example", g.Clock.Now)
		client := outbound.New(k.net.Options())
		t.Cleanup(client.CloseIdleConnections)
		k.s = &oidc.Service{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Members: m, Admit: func(*db.Tx, string) error { return nil }, Client: client, Base: "https://waypost.example", Secret: []byte("for tests"),
			Providers: []oidc.Provider{{Key: "one", Name: "One", Issuer: k.one.Issuer, ClientID: "waypost", Secret: "s"},
				{Key: "other", Name: "Other", Issuer: k.other.Issuer, ClientID: "waypost", Secret: "s"}},
			Tell: func(_ *db.Tx, a members.Account, linked bool, name string) error {
				k.told = append(k.told, a.Name+map[bool]string{true: " linked ", false: " unlinked "}[linked]+name)
				return nil
			}}
		k.s.Ways = func(tx *db.Tx, a members.Account) (int, error) {
			n, err := k.s.Count(tx, a.ID)
			return n + k.others, err
		}
		test(t, k)
	})
}

func (k *kit) account(t *testing.T, name string, roles ...members.Role) members.Actor {
	t.Helper()
	var a members.Account
	k.Update(t, func(tx *db.Tx) (err error) {
		a, err = k.members.CreateAccount(tx, "", members.NewAccount{Name: name, Email: name + "@a.example", EmailKey: name + "@a.example", Roles: roles})
		return err
	})
	return members.Actor{AccountID: a.ID, Roles: a.Roles}
}

// begin sends a browser to a provider, which answers by what it is told; change is what
// becomes of it on the way back.
func (k *kit) way(t *testing.T, p *provider.Provider, key, account string, change func(*oidc.Return)) (oidc.Identity, error) {
	t.Helper()
	to, err := k.s.Begin(t.Context(), key, browser, "198.51.100.1", oidc.Errand{Account: account})
	if err != nil {
		return oidc.Identity{}, err
	}
	back := p.Went(t, to)
	r := oidc.Return{State: back.Get("state"), Code: back.Get("code"), Issuer: back.Get("iss")}
	change(&r)
	who, _, err := k.s.Finish(t.Context(), key, browser, r)
	return who, err
}

func asIs(*oidc.Return) {}

// signIn comes in by a provider as whoever its claims name.
func (k *kit) signIn(t *testing.T, p *provider.Provider, key string) (members.Account, error) {
	t.Helper()
	who, err := k.way(t, p, key, "", asIs)
	if err != nil {
		return members.Account{}, err
	}
	_, a, err := k.s.SignIn(t.Context(), who, "")
	return a, err
}

func (k *kit) link(t *testing.T, by members.Actor, p *provider.Provider, key string) {
	t.Helper()
	who, err := k.way(t, p, key, by.AccountID, asIs)
	if err == nil {
		err = k.s.Link(t.Context(), by, who)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func (k *kit) exec(t *testing.T, query string, args ...any) {
	t.Helper()
	k.Update(t, func(tx *db.Tx) error {
		_, err := tx.Exec(query, args...)
		return err
	})
}

// own are the project's cases by number; an outside list must not name one without a test.
var own = map[int]func(t *testing.T, k *kit){
	1: func(t *testing.T, k *kit) { k.unlinked(t, map[string]any{"email": "ann@a.example"}) },
	2: func(t *testing.T, k *kit) {
		k.unlinked(t, map[string]any{"email": "ann@a.example", "email_verified": false})
	},
	3: func(t *testing.T, k *kit) {
		k.unlinked(t, map[string]any{"email": "ann@a.example", "email_verified": "true"})
	},
	4: func(t *testing.T, k *kit) {
		ann := k.account(t, "ann")
		k.link(t, ann, k.one, "one")
		k.one.Claims = map[string]any{"sub": "ann", "email": "new@b.example", "email_verified": true}
		if a, err := k.signIn(t, k.one, "one"); err != nil || a.ID != ann.AccountID || a.Email != "ann@a.example" {
			t.Errorf("the same subject with a new address: %+v, %v", a, err)
		}
	},
	5: func(t *testing.T, k *kit) {
		k.link(t, k.account(t, "ann"), k.one, "one")
		k.stranger(t, map[string]any{"sub": "somebody else", "email": "ann@a.example", "email_verified": true})
	},
	6: func(t *testing.T, k *kit) {
		k.link(t, k.account(t, "ann"), k.one, "one")
		if _, err := k.signIn(t, k.other, "other"); !errors.Is(err, oidc.ErrUnknown) {
			t.Errorf("the same subject of another issuer: %v", err)
		}
	},
	7: func(t *testing.T, k *kit) { k.refuses(t, map[string]any{"aud": []string{"somebody", "else"}}) },
	8: func(t *testing.T, k *kit) {
		k.refuses(t, map[string]any{"azp": "else"})
		k.refuses(t, map[string]any{"aud": []string{"waypost", "else"}})
		k.refuses(t, map[string]any{"aud": []string{"waypost", "else"}, "azp": "else"})
	},
	9: func(t *testing.T, k *kit) {
		k.one.Drop = []string{"nonce"}
		k.refuses(t, nil)
	},
	10: func(t *testing.T, k *kit) {
		k.refuses(t, map[string]any{"nonce": "of another browser"})
		k.one.Claims = map[string]any{"sub": "ann"}
		to, err := k.s.Begin(t.Context(), "one", "another browser", "198.51.100.1", oidc.Errand{})
		if err != nil {
			t.Fatal(err)
		}
		back := k.one.Went(t, to)
		_, _, err = k.s.Finish(t.Context(), "one", browser, oidc.Return{State: back.Get("state"), Code: back.Get("code"), Issuer: back.Get("iss")})
		if !problem.Is(err, problem.Gone) {
			t.Errorf("begun in another browser: %v", err)
		}
	},
	11: func(t *testing.T, k *kit) {
		k.fails(t, problem.Gone, func(r *oidc.Return) { r.State = "" })
		k.fails(t, problem.Gone, func(r *oidc.Return) { r.State = "made up" })
		var used oidc.Return
		if _, err := k.way(t, k.one, "one", "", func(r *oidc.Return) { used = *r }); err != nil {
			t.Fatal(err)
		}
		if _, _, err := k.s.Finish(t.Context(), "one", browser, used); !problem.Is(err, problem.Gone) {
			t.Errorf("replayed: %v", err)
		}
		k.fails(t, problem.Gone, func(*oidc.Return) { k.Ground.Clock.Advance(10*time.Minute + time.Second) })
	},
	12: func(t *testing.T, k *kit) {
		k.one.Alg = "none"
		k.refuses(t, nil)
	},
	13: func(t *testing.T, k *kit) {
		k.one.Alg = "HS256"
		k.refuses(t, nil)
		k.one.Header = map[string]any{"kid": "rsa"}
		k.refuses(t, nil)
	},
	14: func(t *testing.T, k *kit) {
		for _, kid := range []string{"../../rsa", "https://evil.example/keys", "/etc/passwd", `..\rsa`} {
			k.one.Header = map[string]any{"kid": kid}
			k.refuses(t, nil)
		}
	},
	15: func(t *testing.T, k *kit) {
		k.one.Header = map[string]any{"jku": "https://evil.example/keys", "x5u": "https://evil.example/chain"}
		if _, err := k.way(t, k.one, "one", "", asIs); err != nil {
			t.Errorf("the headers are not ignored: %v", err)
		}
		if len(k.net.Elsewhere) != 0 {
			t.Errorf("they are followed: %q", k.net.Elsewhere)
		}
	},
	16: func(t *testing.T, k *kit) {
		now := k.Ground.Clock.Now()
		k.refuses(t, map[string]any{"exp": now.Add(-time.Second).Unix()})
		k.refuses(t, map[string]any{"iat": now.Add(time.Hour).Unix(), "exp": now.Add(2 * time.Hour).Unix()})
	},
	17: func(t *testing.T, k *kit) {
		k.one.Named = "http://other.example"
		if _, err := k.s.Begin(t.Context(), "one", browser, "198.51.100.1", oidc.Errand{}); !problem.Is(err, problem.Unavailable) {
			t.Errorf("another issuer in the discovery: %v", err)
		}
	},
	18: func(t *testing.T, k *kit) {
		k.fails(t, problem.Forbidden, func(r *oidc.Return) { r.Issuer = k.other.Issuer })
		k.fails(t, problem.Forbidden, func(r *oidc.Return) { r.Issuer = "" }) // it says that it always names itself
		k.refuses(t, map[string]any{"iss": k.other.Issuer})
	},
	19: func(t *testing.T, k *kit) {
		k.account(t, "admin", members.Owner)
		k.stranger(t, map[string]any{"sub": "x", "preferred_username": "admin", "name": "admin"})
	},
	20: func(t *testing.T, k *kit) {
		ann := k.account(t, "ann")
		k.link(t, ann, k.one, "one")
		k.one.Claims = map[string]any{"sub": "ann", "groups": []string{"admin", "owner"}, "roles": []string{"owner"}}
		if a, err := k.signIn(t, k.one, "one"); err != nil || len(a.Roles) != 1 || a.Roles[0] != members.Member {
			t.Errorf("roles %v, %v", a.Roles, err)
		}
	},
	21: func(t *testing.T, k *kit) {
		ann := k.account(t, "ann")
		k.link(t, ann, k.one, "one")
		k.exec(t, `UPDATE accounts SET disabled_at = 1 WHERE id = $1`, ann.AccountID)
		if _, err := k.signIn(t, k.one, "one"); !errors.Is(err, oidc.ErrUnknown) {
			t.Errorf("a disabled account: %v", err)
		}
	},
	// There are no unverified accounts here to be taken over or prepared: an account is
	// made after its address is proved. What is left of the case is that an address links
	// nothing, whoever made the account.
	22: func(t *testing.T, k *kit) {
		k.unlinked(t, map[string]any{"email": "ann@a.example", "email_verified": true})
	},
	23: func(t *testing.T, k *kit) {
		k.one.Claims = map[string]any{"sub": "ann", "picture": "http://127.0.0.1/x.png", "profile": "http://10.0.0.1/"}
		k.link(t, k.account(t, "ann"), k.one, "one")
		if len(k.net.Elsewhere) != 0 {
			t.Errorf("fetched: %q", k.net.Elsewhere)
		}
	},
	24: func(t *testing.T, k *kit) {
		ann := k.account(t, "ann")
		k.one.Claims = map[string]any{"sub": "ann", "name": "<img src=x onerror=alert(1)>\r\n\x00Ann " + strings.Repeat("x", 200)}
		k.link(t, ann, k.one, "one")
		k.View(t, func(tx *db.Tx) error {
			list, err := k.s.List(tx, ann.AccountID)
			if len(list) != 1 || !strings.HasPrefix(list[0].Name, "<img src=x onerror=alert(1)> Ann x") || len(list[0].Name) != 80 {
				t.Errorf("linked as %+v", list)
			}
			return err
		})
	},
	25: func(t *testing.T, k *kit) {
		ann := k.account(t, "ann")
		k.link(t, ann, k.one, "one")
		seen := map[string]bool{}
		for range 3 {
			who, err := k.way(t, k.one, "one", "", asIs)
			if err != nil {
				t.Fatal(err)
			}
			secret, _, err := k.s.SignIn(t.Context(), who, "")
			if err != nil || seen[secret] {
				t.Errorf("the session %q, %v", secret, err)
			}
			seen[secret] = true
		}
	},
}

// unlinked asks that claims open nothing although an account has their address.
func (k *kit) unlinked(t *testing.T, claims map[string]any) {
	t.Helper()
	k.account(t, "ann")
	claims["sub"] = "ann"
	k.stranger(t, claims)
}

// stranger asks that whoever claims this is nobody here.
func (k *kit) stranger(t *testing.T, claims map[string]any) {
	t.Helper()
	k.one.Claims = claims
	if a, err := k.signIn(t, k.one, "one"); !errors.Is(err, oidc.ErrUnknown) {
		t.Errorf("%v: %+v, %v", claims, a, err)
	}
}

// refuses asks that a token with these claims is not believed.
func (k *kit) refuses(t *testing.T, claims map[string]any) {
	t.Helper()
	k.one.Claims = map[string]any{"sub": "ann"}
	for name, value := range claims {
		k.one.Claims[name] = value
	}
	k.fails(t, problem.Forbidden, asIs)
}

func (k *kit) fails(t *testing.T, want problem.Kind, change func(*oidc.Return)) {
	t.Helper()
	if who, err := k.way(t, k.one, "one", "", change); !problem.Is(err, want) {
		t.Errorf("%v: believed as %q, %v; want %v", k.one.Claims, who.Subject, err, want)
	}
}

func TestCases(t *testing.T) {
	t.Parallel()
	outside := 0
	for _, name := range cases.Files(t, "fixtures/hostile", "oidc-cases.jsonl") {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(text) {
			var c struct {
				ID   int
				Case string
			}
			if err := json.Unmarshal(line, &c); err != nil {
				t.Fatal(err)
			}
			if own[c.ID] == nil {
				t.Errorf("no test for case %d, %s", c.ID, c.Case)
			}
			outside++
		}
	}
	for number, test := range own {
		t.Run(string(rune('0'+number/10))+string(rune('0'+number%10)), func(t *testing.T) { each(t, test) })
	}
	cases.Count(t, len(own), outside)
}

// TestARefusedStartLeavesNothing begins from a network that has begun too often.
func TestARefusedStartLeavesNothing(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.s.Admit = func(_ *db.Tx, network string) error {
			return problem.New(problem.TooMany, "signin.too_many", "network", network)
		}
		if _, err := k.s.Begin(t.Context(), "one", "a browser", "198.51.100.1", oidc.Errand{}); !problem.Is(err, problem.TooMany) {
			t.Errorf("error %v", err)
		}
		k.View(t, func(tx *db.Tx) error {
			n, err := db.Value[int](tx.QueryRow(`SELECT count(*) FROM oidc_tries`))
			if n != 0 {
				t.Errorf("%d tries are kept", n)
			}
			return err
		})
	})
}

func TestAlgorithmsThatAreBelieved(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		for _, alg := range []string{"RS256", "ES256", "EdDSA"} {
			k.one.Alg = alg
			if who, err := k.way(t, k.one, "one", "", asIs); err != nil || who.Subject != "ann" || who.Issuer != "http://one.example" {
				t.Errorf("%s: %+v, %v", alg, who, err)
			}
		}
	})
}

func TestProviderThatIsDown(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.one.Down = true
		if _, err := k.s.Begin(t.Context(), "one", browser, "198.51.100.1", oidc.Errand{}); !problem.Is(err, problem.Unavailable) {
			t.Errorf("down before: %v", err)
		}
		k.one.Down = false
		k.fails(t, problem.Unavailable, func(*oidc.Return) { k.one.Down = true })
		k.one.Down = false
		k.fails(t, problem.Forbidden, func(r *oidc.Return) { r.Error = "access_denied" })
		k.fails(t, problem.Forbidden, func(r *oidc.Return) { r.Code = "made up" })
		if _, err := k.way(t, k.one, "one", "", asIs); err != nil {
			t.Errorf("up again: %v", err)
		}
	})
}

func TestLinkAndUnlink(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann, bob := k.account(t, "ann"), k.account(t, "bob")
		k.others = 0
		k.link(t, ann, k.one, "one")
		who, err := k.way(t, k.one, "one", bob.AccountID, asIs)
		if err != nil {
			t.Fatal(err)
		}
		if err := k.s.Link(t.Context(), bob, who); !problem.Is(err, problem.Conflict) {
			t.Errorf("linked to two: %v", err)
		}
		k.link(t, ann, k.other, "other")
		var list []oidc.Link
		k.View(t, func(tx *db.Tx) (err error) {
			list, err = k.s.List(tx, ann.AccountID)
			return err
		})
		if err := k.s.Unlink(t.Context(), bob, list[0].ID); !problem.Is(err, problem.NotFound) {
			t.Errorf("unlinked by another: %v", err)
		}
		var wg sync.WaitGroup
		for _, l := range list { // both at once: one stays
			wg.Go(func() { _ = k.s.Unlink(t.Context(), ann, l.ID) })
		}
		wg.Wait()
		k.View(t, func(tx *db.Tx) (err error) {
			list, err = k.s.List(tx, ann.AccountID)
			return err
		})
		if len(list) != 1 {
			t.Errorf("%d links are left", len(list))
		}
		if err := k.s.Unlink(t.Context(), ann, list[0].ID); !problem.Is(err, problem.Conflict) {
			t.Errorf("the last way in: %v", err)
		}
		if len(k.told) < 3 || k.told[0] != "ann linked One" {
			t.Errorf("told: %q", k.told)
		}
		k.s.Providers = k.s.Providers[:0]
		k.View(t, func(tx *db.Tx) error {
			n, err := k.s.Count(tx, ann.AccountID)
			if n != 0 {
				t.Errorf("without providers %d links count", n)
			}
			return err
		})
	})
}
