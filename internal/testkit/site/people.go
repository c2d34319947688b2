package site

import (
	"context"
	"net/http"
	"net/url"

	"waypost/internal/db"
	"waypost/members"
)

// Account makes an account that has roles besides member. Its address is its name at
// people.example.
func (s *Site) Account(name string, roles ...members.Role) members.Account {
	s.t.Helper()
	var a members.Account
	err := s.DB.Update(context.Background(), func(tx *db.Tx) (err error) {
		address := name + "@people.example"
		a, err = s.Members.CreateAccount(tx, "", members.NewAccount{Name: name, Email: address, EmailKey: address, Roles: roles})
		return err
	})
	if err != nil {
		s.t.Fatalf("make an account: %v", err)
	}
	return a
}

// As is a visitor who is signed in to an account.
func (s *Site) As(accountID string) *Visitor {
	s.t.Helper()
	v := s.Reader()
	var secret string
	err := s.DB.Update(context.Background(), func(tx *db.Tx) (err error) {
		secret, err = s.Members.OpenSession(tx, accountID, "a browser of a test")
		return err
	})
	if err != nil {
		s.t.Fatalf("sign in: %v", err)
	}
	address, err := url.Parse(v.site)
	if err != nil {
		s.t.Fatal(err)
	}
	v.client.Jar.SetCookies(address, []*http.Cookie{{Name: "waypost", Value: secret, Path: "/"}})
	return v
}
