package members_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"waypost/community"
	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/internal/testkit/ground"
	"waypost/members"
	"waypost/members/proofs"
)

type kit struct {
	*ground.Ground
	Members   *members.Service
	community *community.Service
}

func each(t *testing.T, test func(t *testing.T, k *kit)) {
	t.Helper()
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) {
		c := &community.Service{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Keeper: g.Keeper}
		m := &members.Service{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Keeper: g.Keeper, Record: c.Record, RecordSome: c.RecordSome,
			Proofs: &proofs.Service{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Key: []byte("a key of the test")},
			Redirect: func(tx *db.Tx, path, id string) error {
				return c.Redirect(tx, path, community.Target{Kind: "author", ID: id})
			},
			Formerly: func(tx *db.Tx, path string) (string, error) {
				to, _, err := c.Find(tx, path)
				return to.ID, err
			}}
		test(t, &kit{g, m, c})
	})
}

func (k *kit) profile(t testing.TB, p members.Profile) members.Profile {
	t.Helper()
	saved, err := k.Members.SaveProfile(t.Context(), "", p)
	if err != nil {
		t.Fatal(err)
	}
	return saved
}

// faults names the fields at fault with their messages, or the problem itself.
func faults(err error) string {
	var p *problem.Problem
	if !errors.As(err, &p) {
		return fmt.Sprint(err)
	}
	if len(p.Fields) == 0 {
		return p.Message.Key
	}
	var all []string
	for _, f := range p.Fields {
		all = append(all, f.Name+": "+f.Message.Key)
	}
	return strings.Join(all, ", ")
}

// enter signs in with a link, as the pages do.
func (k *kit) enter(t testing.TB, link, device string) (string, error) {
	var session string
	err := k.DB.Update(t.Context(), func(tx *db.Tx) error {
		p, err := k.Members.Proofs.Redeem(tx, link, proofs.SignIn)
		if err != nil {
			return err
		}
		if _, err := k.Members.AccountByID(tx, p.Subject); err != nil {
			return problem.New(problem.Gone, "signin.link_spent")
		}
		session, err = k.Members.OpenSession(tx, p.Subject, device)
		return err
	})
	if problem.Is(err, problem.Gone) {
		return "", errors.Join(err, k.Members.Refused(t.Context(), link))
	}
	return session, err
}
