package members_test

import (
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
)

func (k *kit) sessions(t testing.TB, account string) (list []members.OpenSession) {
	t.Helper()
	k.View(t, func(tx *db.Tx) (err error) {
		list, err = k.Members.Sessions(tx, account)
		return err
	})
	return list
}

func TestSessionsAreListedAndEndOneByOne(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		old := k.signIn(t)
		k.Clock.Advance(time.Hour)
		own := k.signIn(t)
		s, err := k.Members.Session(t.Context(), own)
		if err != nil {
			t.Fatal(err)
		}
		list := k.sessions(t, s.Account.ID)
		if len(list) != 2 || list[0].ID != members.SessionID(own) || list[1].ID != members.SessionID(old) || list[0].Device != "a browser" || !list[0].Opened.Equal(k.Clock.Now()) {
			t.Fatalf("sessions %+v", list)
		}
		stranger := members.Actor{AccountID: "somebody", Roles: []members.Role{members.Owner}}
		for _, try := range []struct {
			by members.Actor
			id string
		}{{stranger, list[1].ID}, {s.Actor, "unknown"}, {s.Actor, ""}} {
			if err := k.Members.EndSession(t.Context(), try.by, try.id); !problem.Is(err, problem.NotFound) {
				t.Errorf("%s ends %q: %v", try.by.AccountID, try.id, err)
			}
		}
		if err := k.Members.EndSession(t.Context(), s.Actor, list[1].ID); err != nil {
			t.Fatal(err)
		}
		if _, err := k.Members.Session(t.Context(), old); !problem.Is(err, problem.Unauthenticated) {
			t.Errorf("the ended session: %v", err)
		}
		if _, err := k.Members.Session(t.Context(), own); err != nil || len(k.sessions(t, s.Account.ID)) != 1 {
			t.Errorf("the other one: %v", err)
		}
		k.Clock.Advance(31 * 24 * time.Hour)
		if list := k.sessions(t, s.Account.ID); len(list) != 0 {
			t.Errorf("sessions that ran out are listed: %+v", list)
		}
	})
}

func TestRefusedSignInsAreRecorded(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		link := k.link(t)
		if _, err := k.enter(t, link, ""); err != nil {
			t.Fatal(err)
		}
		acts := func() (named, all int) {
			k.View(t, func(tx *db.Tx) error {
				return tx.QueryRow(`SELECT count(*), count(CASE WHEN subject <> 'sign-in' THEN 1 END) FROM audit WHERE act = 'session.refused'`).Scan(&all, &named)
			})
			return named, all
		}
		refuse := func(secret string) {
			if _, err := k.enter(t, secret, ""); !problem.Is(err, problem.Gone) {
				t.Fatal(err)
			}
		}
		refuse(link)
		refuse("guess")
		if named, all := acts(); named != 1 || all != 2 {
			t.Errorf("%d lines, %d with an account", all, named)
		}
		for range 40 {
			refuse("guess")
		}
		if _, all := acts(); all != 10 {
			t.Errorf("a flood leaves %d lines", all)
		}
		k.Clock.Advance(2 * time.Minute)
		refuse("guess")
		if _, all := acts(); all != 11 {
			t.Errorf("%d lines a while later", all)
		}
	})
}
