package members_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
)

func (k *kit) account(t testing.TB, name, email string, roles ...members.Role) members.Account {
	t.Helper()
	var a members.Account
	k.Update(t, func(tx *db.Tx) (err error) {
		a, err = k.Members.CreateAccount(tx, "", members.NewAccount{Name: name, Email: email, EmailKey: strings.ToLower(email), Roles: roles})
		return err
	})
	return a
}

func (k *kit) person(t testing.TB, id string) (p members.Person) {
	t.Helper()
	k.View(t, func(tx *db.Tx) (err error) {
		p, err = k.Members.PersonByID(tx, id)
		return err
	})
	return p
}

// find lists the names of all who are found, page by page.
func (k *kit) find(t testing.TB, s members.Search, limit int) (names []string) {
	t.Helper()
	var after members.AccountKey
	for {
		k.View(t, func(tx *db.Tx) error {
			list, next, err := k.Members.Accounts(tx, s, after, limit)
			for _, p := range list {
				names = append(names, p.Name)
			}
			after = next
			return err
		})
		if after == (members.AccountKey{}) {
			return names
		}
	}
}

func by(a members.Account) members.Actor { return members.Actor{AccountID: a.ID, Roles: a.Roles} }

func TestPeopleAreFound(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		jurgen := k.account(t, "Jürgen Ålesund", "Jurgen.A@letters.example")
		k.account(t, "Anna Andersson", "anna@work.example", members.Editor)
		k.account(t, "Юлия Петрова", "julia@work.example")
		gone := k.account(t, "Andrej Novak", "andrej@work.example", members.Editor)
		owner := k.account(t, "Olga Berg", "olga@home.example", members.Owner)
		if err := k.Members.Disable(t.Context(), by(owner), gone.ID); err != nil {
			t.Fatal(err)
		}
		k.profile(t, members.Profile{Name: "Dr. Quentin Ålesund", AccountID: jurgen.ID})
		for _, c := range []struct {
			s    members.Search
			want string
		}{
			{members.Search{}, "Olga Berg, Andrej Novak, Юлия Петрова, Anna Andersson, Jürgen Ålesund"},
			{members.Search{Role: members.Member}, "Olga Berg, Andrej Novak, Юлия Петрова, Anna Andersson, Jürgen Ålesund"},
			{members.Search{Role: members.Editor}, "Andrej Novak, Anna Andersson"},
			{members.Search{Role: members.Editor, State: members.Active}, "Anna Andersson"},
			{members.Search{State: members.Disabled}, "Andrej Novak"},
			{members.Search{Text: "and"}, "Anna Andersson, Andrej Novak"},
			{members.Search{Text: "and", State: members.Active}, "Anna Andersson"},
			{members.Search{Text: "an an"}, "Anna Andersson, Andrej Novak"},
			{members.Search{Text: "ANDERS anna"}, "Anna Andersson"},
			{members.Search{Text: "jurg"}, "Jürgen Ålesund"},
			{members.Search{Text: "Jürgen Ales"}, "Jürgen Ålesund"},
			{members.Search{Text: "jurgen.a@LETTERS"}, "Jürgen Ålesund"},
			{members.Search{Text: "quentin"}, "Jürgen Ålesund"},
			{members.Search{Text: "юл"}, "Юлия Петрова"},
			{members.Search{Text: "work", Role: members.Editor}, "Andrej Novak, Anna Andersson"},
			{members.Search{Text: "nobody"}, ""},
			{members.Search{Text: "'; DROP %_*"}, ""},
			{members.Search{Text: "…"}, "Olga Berg, Andrej Novak, Юлия Петрова, Anna Andersson, Jürgen Ålesund"},
		} {
			for _, limit := range []int{1, 2, 50} {
				got := k.find(t, c.s, limit)
				want := strings.Split(c.want, ", ")
				if c.s.Text != "" && asWords(c.s.Text) {
					slices.Sort(got)
					slices.Sort(want)
				}
				if strings.Join(got, ", ") != strings.Join(want, ", ") {
					t.Errorf("%+v by %d: %q, want %q", c.s, limit, got, c.want)
				}
			}
		}
		k.Update(t, func(tx *db.Tx) error { return k.Members.NameAccount(tx, jurgen.ID, "Renamed", "") })
		if got := k.find(t, members.Search{Text: "jurgen"}, 9); len(got) != 1 { // by the address
			t.Errorf("after renaming: %v", got)
		}
		if got := k.find(t, members.Search{Text: "renam"}, 9); len(got) != 1 {
			t.Errorf("by the new name: %v", got)
		}
		k.Update(t, func(tx *db.Tx) error {
			_, err := tx.Exec(`DELETE FROM account_words`)
			return err
		})
		if err := k.Members.IndexMissing(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := k.find(t, members.Search{Text: "quentin"}, 9); len(got) != 1 {
			t.Errorf("after the words were written anew: %v", got)
		}
	})
}

// asWords reports that a search is for words, whose order is that of what was found.
func asWords(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return r >= 'A' })
}

func TestRolesAreGivenAndTaken(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		owner := k.account(t, "Olga", "olga@x.example", members.Owner)
		ana := k.account(t, "Ana", "ana@x.example")
		session := k.session(t, ana.ID)
		set := func(by members.Actor, id string, had, want []members.Role) string {
			return faults(k.Members.SetRoles(t.Context(), by, id, had, want))
		}
		if got := set(by(ana), ana.ID, nil, []members.Role{members.Owner}); got != "problem.forbidden" {
			t.Errorf("a member gives: %s", got)
		}
		for _, role := range []members.Role{members.Editor, members.Organizer, members.Moderator} {
			if got := set(members.Actor{AccountID: "x", Roles: []members.Role{role, members.Member}}, ana.ID, nil, []members.Role{members.Editor}); got != "problem.forbidden" {
				t.Errorf("a %s gives: %s", role, got)
			}
		}
		if _, err := k.Members.Session(t.Context(), session); err != nil {
			t.Errorf("what was refused has ended a session: %v", err)
		}
		if got := set(by(owner), ana.ID, nil, []members.Role{members.Editor, members.Moderator}); got != "<nil>" {
			t.Fatal(got)
		}
		if p := k.person(t, ana.ID); !slices.Equal(p.Roles, []members.Role{members.Editor, members.Member, members.Moderator}) {
			t.Errorf("roles %v", p.Roles)
		}
		if _, err := k.Members.Session(t.Context(), session); !problem.Is(err, problem.Unauthenticated) {
			t.Errorf("a session outlives the roles it was opened with: %v", err)
		}
		if got := set(by(owner), ana.ID, nil, nil); got != "person.changed" {
			t.Errorf("over roles that were changed meanwhile: %s", got)
		}
		if got := set(by(owner), ana.ID, []members.Role{members.Moderator, members.Editor}, []members.Role{members.Moderator, "chief"}); got != "<nil>" {
			t.Error(got)
		}
		if p := k.person(t, ana.ID); !slices.Equal(p.Roles, []members.Role{members.Member, members.Moderator}) {
			t.Errorf("roles %v", p.Roles)
		}
		if got := set(by(owner), owner.ID, []members.Role{members.Owner}, nil); got != "person.last_owner" {
			t.Errorf("the last owner gives the role up: %s", got)
		}
		if got := set(by(owner), "nobody", nil, []members.Role{members.Owner}); got != "problem.not_found" {
			t.Error(got)
		}
		var acts []string
		k.View(t, func(tx *db.Tx) (err error) {
			acts, err = db.List(tx, db.Value[string], `SELECT act || ' ' || subject || ' ' || detail || ' ' || account_id FROM audit WHERE act LIKE 'role.%' ORDER BY at, id`)
			return err
		})
		want := fmt.Sprintf("role.granted account:%[1]s editor %[2]s, role.granted account:%[1]s moderator %[2]s, role.taken account:%[1]s editor %[2]s", ana.ID, owner.ID)
		if strings.Join(acts, ", ") != want {
			t.Errorf("the record says %v", acts)
		}
	})
}

// TestTheLastOwnersKeepTheRole lets two owners take each other's role at once.
func TestTheLastOwnersKeepTheRole(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		one, two := k.account(t, "One", "one@x.example", members.Owner), k.account(t, "Two", "two@x.example", members.Owner)
		for range 10 {
			var wg sync.WaitGroup
			for _, pair := range [][2]members.Account{{one, two}, {two, one}} {
				wg.Go(func() {
					err := k.Members.SetRoles(t.Context(), by(pair[0]), pair[1].ID, []members.Role{members.Owner}, nil)
					if err != nil && !problem.Is(err, problem.Conflict) {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			left := 0
			for _, a := range []members.Account{one, two} {
				if slices.Contains(k.person(t, a.ID).Roles, members.Owner) {
					left++
				}
			}
			if left != 1 {
				t.Fatalf("%d owners are left", left)
			}
			k.Update(t, func(tx *db.Tx) error {
				_, err := tx.Exec(`INSERT INTO account_roles (account_id, role, granted_at) VALUES ($1, 'owner', 1), ($2, 'owner', 1) ON CONFLICT DO NOTHING`, one.ID, two.ID)
				return err
			})
		}
	})
}

func TestDisabledPeople(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		owner := k.account(t, "Olga", "olga@x.example", members.Owner)
		ana := k.account(t, "Ana", "ana@x.example")
		session, other := k.session(t, ana.ID), k.session(t, owner.ID)
		disable := func(by members.Actor, id string) string { return faults(k.Members.Disable(t.Context(), by, id)) }
		if got := disable(by(ana), owner.ID); got != "problem.forbidden" {
			t.Error(got)
		}
		if got := disable(by(owner), owner.ID); got != "person.yourself" {
			t.Error(got)
		}
		if got := disable(members.Console(), owner.ID); got != "person.last_owner" {
			t.Error(got)
		}
		if err := errors.Join(k.Members.SetTrusted(t.Context(), by(owner), ana.ID, true), k.Members.Disable(t.Context(), by(owner), ana.ID),
			k.Members.Disable(t.Context(), by(owner), ana.ID)); err != nil {
			t.Fatal(err)
		}
		if _, err := k.Members.Session(t.Context(), session); !problem.Is(err, problem.Unauthenticated) {
			t.Errorf("a session of somebody disabled: %v", err)
		}
		if _, err := k.Members.Session(t.Context(), other); err != nil {
			t.Errorf("that of somebody else: %v", err)
		}
		if p := k.person(t, ana.ID); p.State != members.Disabled || !p.Trusted {
			t.Errorf("%+v", p)
		}
		k.View(t, func(tx *db.Tx) error {
			if _, err := k.Members.AccountByEmail(tx, "ana@x.example"); !problem.Is(err, problem.NotFound) {
				t.Errorf("somebody disabled can be found for signing in: %v", err)
			}
			return nil
		})
		if err := k.Members.Enable(t.Context(), by(owner), ana.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := k.Members.Session(t.Context(), session); !problem.Is(err, problem.Unauthenticated) {
			t.Errorf("an ended session comes back: %v", err)
		}
		if k.person(t, ana.ID).State != members.Active {
			t.Error("still disabled")
		}
		// An owner who is disabled counts for nothing: the other one cannot give the role up.
		two := k.account(t, "Two", "two@x.example", members.Owner)
		if err := k.Members.Disable(t.Context(), by(owner), two.ID); err != nil {
			t.Fatal(err)
		}
		k.View(t, func(tx *db.Tx) error {
			for id, want := range map[string]bool{owner.ID: true, ana.ID: false} {
				last, err := k.Members.LastOwner(tx, id)
				if err != nil || last != want {
					t.Errorf("the last owner: %v, want %v, error %v", last, want, err)
				}
			}
			return nil
		})
	})
}

func (k *kit) session(t testing.TB, account string) (secret string) {
	t.Helper()
	k.Update(t, func(tx *db.Tx) (err error) {
		secret, err = k.Members.OpenSession(tx, account, "a browser")
		return err
	})
	return secret
}
