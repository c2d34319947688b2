package oidc

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
)

// Link is an account elsewhere by which one here is opened.
type Link struct {
	ID      string
	Issuer  string
	Site    string // what the provider is called; empty for one that is not set up any more
	Name    string // as its holder calls it: at first what the provider called them; may be empty
	Created time.Time
	Used    time.Time // zero if never
}

// ErrUnknown says that nobody here is linked to an identity.
var ErrUnknown = errors.New("nobody is linked to this identity")

const mostLinks = 20 // of an account

// SignIn opens a session of the account that an identity is linked to. The error is
// ErrUnknown where there is none, or one that may not sign in.
func (s *Service) SignIn(ctx context.Context, who Identity, device string) (string, members.Account, error) {
	var secret string
	var a members.Account
	err := s.DB.Update(ctx, func(tx *db.Tx) error {
		var account string
		err := tx.QueryRow(`UPDATE oidc_links SET used_at = $1 WHERE issuer = $2 AND subject = $3 RETURNING account_id`,
			s.Clock().UnixMilli(), who.Issuer, who.Subject).Scan(&account)
		if db.Missing(err) {
			return ErrUnknown
		}
		if err != nil {
			return fmt.Errorf("look up who signs in by %s: %w", who.Issuer, err)
		}
		if a, err = s.Members.AccountByID(tx, account); problem.Is(err, problem.NotFound) {
			return ErrUnknown
		} else if err != nil {
			return err
		}
		secret, err = s.Members.OpenSession(tx, account, device)
		return err
	})
	return secret, a, err
}

// Link links an identity to the account that asks, and tells its holder.
func (s *Service) Link(ctx context.Context, by members.Actor, who Identity) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		a, err := s.Members.AccountByID(tx, by.AccountID)
		if err != nil {
			return err
		}
		list, err := s.List(tx, by.AccountID)
		if err != nil {
			return err
		}
		if len(list) >= mostLinks {
			return problem.New(problem.Conflict, "oidc.too_many", "max", mostLinks)
		}
		_, err = tx.Exec(`INSERT INTO oidc_links (id, account_id, issuer, subject, name, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
			s.IDs.New(), by.AccountID, who.Issuer, who.Subject, who.Name, s.Clock().UnixMilli())
		if db.Duplicate(err) {
			return problem.New(problem.Conflict, "oidc.taken", "name", who.Provider.Name)
		}
		if err != nil {
			return fmt.Errorf("link an identity: %w", err)
		}
		if err := s.Members.Record(tx, by.AccountID, "identity.added", "account:"+by.AccountID, who.Provider.Name); err != nil {
			return err
		}
		return s.Tell(tx, a, true, who.Provider.Name)
	})
}

// Rename changes what a link of the account that asks is called.
func (s *Service) Rename(ctx context.Context, by members.Actor, link, name string) error {
	if utf8.RuneCountInString(name) > longestName {
		var f problem.Fields
		f.Add("name", "field.too_long", "max", longestName)
		return f.Err()
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		n, err := tx.Exec(`UPDATE oidc_links SET name = $1 WHERE id = $2 AND account_id = $3`, oneLine(name), link, by.AccountID)
		if err != nil {
			return fmt.Errorf("rename a link: %w", err)
		}
		if n == 0 {
			return problem.New(problem.NotFound, "problem.not_found")
		}
		return nil
	})
}

// Unlink takes a link from the account that asks, unless it is the last way in.
func (s *Service) Unlink(ctx context.Context, by members.Actor, link string) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if err := s.Members.HoldAccount(tx, by.AccountID); err != nil {
			return err
		}
		list, err := s.List(tx, by.AccountID)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(list, func(l Link) bool { return l.ID == link })
		if at < 0 {
			return problem.New(problem.NotFound, "problem.not_found")
		}
		if _, err := tx.Exec(`DELETE FROM oidc_links WHERE id = $1 AND account_id = $2`, link, by.AccountID); err != nil {
			return fmt.Errorf("unlink an identity: %w", err)
		}
		a, err := s.Members.KeepsAWay(tx, by.AccountID, s.Ways)
		if err != nil {
			return err
		}
		site := list[at].Site
		if site == "" {
			site = list[at].Issuer
		}
		if err := s.Members.Record(tx, by.AccountID, "identity.removed", "account:"+by.AccountID, site); err != nil {
			return err
		}
		return s.Tell(tx, a, false, site)
	})
}

// List is what an account is linked to, the oldest first.
func (s *Service) List(tx *db.Tx, account string) ([]Link, error) {
	list, err := db.List(tx, func(r db.Row) (Link, error) {
		var l Link
		var created int64
		var used *int64
		err := r.Scan(&l.ID, &l.Issuer, &l.Name, &created, &used)
		l.Created = time.UnixMilli(created)
		if used != nil {
			l.Used = time.UnixMilli(*used)
		}
		if at := slices.IndexFunc(s.Providers, func(p Provider) bool { return p.Issuer == l.Issuer }); at >= 0 {
			l.Site = s.Providers[at].Name
		}
		return l, err
	}, `SELECT id, issuer, name, created_at, used_at FROM oidc_links WHERE account_id = $1 ORDER BY created_at, id`, account)
	if err != nil {
		return nil, fmt.Errorf("list linked identities: %w", err)
	}
	return list, nil
}

// Count is how many links open an account by the providers that are set up.
func (s *Service) Count(tx *db.Tx, account string) (int, error) {
	list, err := s.List(tx, account)
	n := 0
	for _, l := range list {
		if l.Site != "" {
			n++
		}
	}
	return n, err
}
