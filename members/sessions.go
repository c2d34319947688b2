package members

import (
	"context"
	"fmt"
	"time"

	"waypost/internal/db"
	"waypost/internal/id"
	"waypost/internal/problem"
	"waypost/members/proofs"
)

// OpenSession is one browser that is signed in, as its holder sees it in a list.
type OpenSession struct {
	ID     string // names the session and opens nothing
	Device string
	Opened time.Time
	Used   time.Time // to within ten minutes
}

// sessionIDLength is how much of a secret's hash names its session.
const sessionIDLength = 16

// SessionID is the ID of the session that a secret opens.
func SessionID(secret string) string { return proofs.HashOf(secret)[:sessionIDLength] }

// Sessions lists the sessions of an account, the last used first.
func (s *Service) Sessions(tx *db.Tx, accountID string) ([]OpenSession, error) {
	now := s.Clock()
	list, err := db.List(tx, func(r db.Row) (OpenSession, error) {
		var o OpenSession
		var opened, used int64
		err := r.Scan(&o.ID, &o.Device, &opened, &used)
		o.Opened, o.Used = time.UnixMilli(opened), time.UnixMilli(used)
		return o, err
	}, `SELECT substr(hash, 1, 16), device, created_at, used_at FROM sessions WHERE account_id = $1 AND expires_at > $2 AND used_at > $3
		ORDER BY used_at DESC, hash`, accountID, now.UnixMilli(), now.Add(-idleEnd).UnixMilli())
	if err != nil {
		return nil, fmt.Errorf("list sessions: %w", err)
	}
	return list, nil
}

// EndSession ends one session of the account that asks; that of another is not found.
func (s *Service) EndSession(ctx context.Context, by Actor, sessionID string) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		n, err := tx.Exec(`DELETE FROM sessions WHERE account_id = $1 AND substr(hash, 1, 16) = $2`, by.AccountID, sessionID)
		if err != nil {
			return fmt.Errorf("end a session: %w", err)
		}
		if n == 0 {
			return problem.New(problem.NotFound, "problem.not_found")
		}
		return s.Record(tx, by.AccountID, "session.ended", "account:"+by.AccountID, "")
	})
}

// EndOthers ends every session of an account but one, named by its ID; an empty ID keeps
// none. So it is when the address or a role changes: who goes on has to sign in anew.
func (s *Service) EndOthers(tx *db.Tx, by, account, keep string) error {
	if _, err := tx.Exec(`DELETE FROM sessions WHERE account_id = $1 AND substr(hash, 1, 16) <> $2`, account, keep); err != nil {
		return fmt.Errorf("end sessions: %w", err)
	}
	return s.Record(tx, by, "session.ended", "account:"+account, "")
}

// Refresh gives a session whose holder has just proved who they are a new secret, which
// it returns; the old one opens nothing any more.
func (s *Service) Refresh(tx *db.Tx, secret string) (string, error) {
	fresh, now := id.Secret(), s.Clock()
	n, err := tx.Exec(`UPDATE sessions SET hash = $1, used_at = $2, fresh_at = $2 WHERE hash = $3 AND expires_at > $2`,
		proofs.HashOf(fresh), now.UnixMilli(), proofs.HashOf(secret))
	if err != nil {
		return "", fmt.Errorf("refresh a session: %w", err)
	}
	if n == 0 {
		return "", problem.New(problem.Unauthenticated, "signin.ended")
	}
	return fresh, nil
}
