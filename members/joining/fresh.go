package joining

import (
	"context"
	"fmt"
	"time"

	"waypost/internal/db"
	"waypost/internal/limits"
	"waypost/internal/mail"
	"waypost/members"
	"waypost/members/proofs"
)

// codes is how often somebody who is signed in has a letter sent to themselves.
var codes = limits.Rate{Burst: 5, Every: 12 * time.Minute}

// inSession is the secret by which a code works in one session alone.
func inSession(session string) string { return "session:" + session }

// SendCode sends a code by which somebody who is signed in shows once more who they are.
func (s *Service) SendCode(ctx context.Context, a members.Account, session string) error {
	address, err := mail.ParseAddress(a.Email)
	if err != nil {
		return fmt.Errorf("send a code: %w", err)
	}
	var wait time.Duration
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		if wait, err = limits.Take(tx, s.Clock(), "own:"+a.ID, codes); err != nil || wait > 0 {
			return err
		}
		secrets, err := s.Proofs.Issue(tx, proofs.New{Purpose: proofs.Fresh, Address: address, Subject: a.ID, Life: proofs.ShortLife, Browser: inSession(session)})
		if err != nil {
			return err
		}
		letter, err := s.Letters.Fresh(tx, a.Language, proofs.Secrets{Code: secrets.Code})
		if err != nil {
			return err
		}
		letter.To = a.Email
		return s.Proofs.Post(tx, letter)
	})
	if err == nil && wait > 0 {
		err = limits.Refused("signin.too_many", wait)
	}
	return err
}

// Refresh takes the code that was sent for a session and gives the session a new secret,
// which it returns.
func (s *Service) Refresh(ctx context.Context, session, code string) (string, error) {
	var tried proofs.Tried
	var fresh string
	err := s.DB.Update(ctx, func(tx *db.Tx) (err error) {
		if tried, err = s.Proofs.Try(tx, inSession(session), code, proofs.Fresh); err != nil || !tried.OK {
			return err
		}
		fresh, err = s.Members.Refresh(tx, session)
		return err
	})
	if err == nil && !tried.OK {
		err = WrongCode(tried.Left)
	}
	return fresh, err
}
