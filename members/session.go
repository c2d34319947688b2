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

const (
	idleEnd     = 30 * 24 * time.Hour
	absoluteEnd = 180 * 24 * time.Hour
	noteUse     = 10 * time.Minute // how exactly the last use is known
	// ConsoleLinkLife is longer than the 15 minutes of a link that goes by mail, since
	// this one goes through nobody's hands (docs/decisions/0017).
	ConsoleLinkLife = time.Hour
)

// Session is one browser that is signed in.
type Session struct {
	Account Account
	Actor   Actor
	Fresh   time.Time // when its holder last proved who they are
}

// OwnerLink makes a one-time secret that signs the first owner in, making the
// account where there is none yet. Earlier links of that owner end.
func (s *Service) OwnerLink(ctx context.Context) (string, error) {
	var secret string
	err := s.DB.Update(ctx, func(tx *db.Tx) error {
		owner, err := firstOwner(tx)
		if err != nil {
			return err
		}
		if owner == "" {
			a, err := s.CreateAccount(tx, "", NewAccount{Roles: []Role{Owner}})
			if err != nil {
				return err
			}
			owner = a.ID
		}
		secret, err = s.consoleLink(tx, owner)
		return err
	})
	return secret, err
}

// SignInLink makes a one-time secret that signs in whoever an account is of, and ends
// their earlier links; NotFound if there is no such account.
func (s *Service) SignInLink(ctx context.Context, emailKey string) (string, error) {
	var secret string
	err := s.DB.Update(ctx, func(tx *db.Tx) error {
		a, err := s.AccountByEmail(tx, emailKey)
		if err != nil {
			return err
		}
		secret, err = s.consoleLink(tx, a.ID)
		return err
	})
	return secret, err
}

func (s *Service) consoleLink(tx *db.Tx, account string) (string, error) {
	secrets, err := s.Proofs.Issue(tx, proofs.New{Purpose: proofs.SignIn, Subject: account, Life: ConsoleLinkLife, Printed: true})
	return secrets.Link, err
}

// OpenSession opens a session of an account whose holder has just proved who they are,
// and returns its secret.
func (s *Service) OpenSession(tx *db.Tx, account, device string) (string, error) {
	secret, now := id.Secret(), s.Clock()
	_, err := tx.Exec(`INSERT INTO sessions (hash, account_id, device, created_at, used_at, fresh_at, expires_at)
		VALUES ($1, $2, $3, $4, $4, $4, $5)`, proofs.HashOf(secret), account, device, now.UnixMilli(), now.Add(absoluteEnd).UnixMilli())
	if err != nil {
		return "", fmt.Errorf("open a session: %w", err)
	}
	return secret, s.Record(tx, account, "session.opened", "account:"+account, "")
}

// Refused records a sign-in that failed, with the account if the link was ever one.
func (s *Service) Refused(ctx context.Context, link string) error {
	if s.RecordSome == nil {
		return nil
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		subject := "sign-in"
		account, err := s.Proofs.SubjectOf(tx, link)
		if err != nil {
			return fmt.Errorf("look up a refused link: %w", err)
		}
		if account != "" {
			subject = "account:" + account
		}
		return s.RecordSome(tx, "session.refused", subject)
	})
}

// Session finds who a session's secret belongs to; Unauthenticated if it has ended.
func (s *Service) Session(ctx context.Context, secret string) (Session, error) {
	var found Session
	var noted int64
	now := s.Clock()
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		var account string
		var fresh int64
		err := tx.QueryRow(`SELECT account_id, used_at, fresh_at FROM sessions WHERE hash = $1 AND expires_at > $2 AND used_at > $3`,
			proofs.HashOf(secret), now.UnixMilli(), now.Add(-idleEnd).UnixMilli()).Scan(&account, &noted, &fresh)
		if err != nil {
			return err
		}
		found.Fresh = time.UnixMilli(fresh)
		if found.Account, err = s.AccountByID(tx, account); err != nil {
			return err
		}
		found.Actor = Actor{AccountID: account, Roles: found.Account.Roles, Trusted: found.Account.Trusted}
		err = tx.QueryRow(`SELECT id FROM profiles WHERE account_id = $1`, account).Scan(&found.Actor.ProfileID)
		if db.Missing(err) {
			return nil
		}
		return err
	})
	if db.Missing(err) || problem.Is(err, problem.NotFound) {
		return Session{}, problem.New(problem.Unauthenticated, "signin.ended")
	}
	if err != nil {
		return Session{}, fmt.Errorf("read the session: %w", err)
	}
	if now.Sub(time.UnixMilli(noted)) > noteUse {
		// Where this cannot be written, on a full disk, the session still reads.
		_ = s.DB.Update(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE sessions SET used_at = $1 WHERE hash = $2`, now.UnixMilli(), proofs.HashOf(secret))
			return err
		})
	}
	return found, nil
}

// SignOut ends a session.
func (s *Service) SignOut(ctx context.Context, secret string) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(`DELETE FROM sessions WHERE hash = $1`, proofs.HashOf(secret))
		return err
	})
}

// EndAll ends every session and every link: after a restore, what was ended since
// the backup must not come back.
func EndAll(tx *db.Tx) error {
	if _, err := tx.Exec(`DELETE FROM sessions`); err != nil {
		return fmt.Errorf("end all sessions: %w", err)
	}
	return proofs.EndAll(tx)
}

// Sweep deletes sessions that have ended.
func (s *Service) Sweep(tx *db.Tx) error {
	now := s.Clock()
	_, err := tx.Exec(`DELETE FROM sessions WHERE expires_at < $1 OR used_at < $2`, now.UnixMilli(), now.Add(-idleEnd).UnixMilli())
	return err
}
