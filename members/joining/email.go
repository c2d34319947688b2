package joining

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"waypost/internal/db"
	"waypost/internal/limits"
	"waypost/internal/mail"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/members/proofs"
)

// change is what a proof keeps of a change of address.
type change struct {
	Session string `json:"session,omitempty"` // the ID of the one in which it was asked for, which goes on
	Old     string `json:"old,omitempty"`
	OldKey  string `json:"old_key,omitempty"`
	At      int64  `json:"at,omitempty"` // when the address was changed; not kept by the first versions
}

// AskEmail sends a letter to the address that somebody wants for their account. Whether
// another account has it shows when it is confirmed, to its reader alone.
func (s *Service) AskEmail(ctx context.Context, a members.Account, sessionID string, to mail.Address) error {
	payload, err := json.Marshal(change{Session: sessionID})
	if err != nil {
		return fmt.Errorf("ask for another address: %w", err)
	}
	var wait time.Duration
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		if wait, err = limits.Take(tx, s.Clock(), "own:"+a.ID, codes); err != nil || wait > 0 {
			return err
		}
		if wait, err = s.Proofs.MayWrite(tx, to); err != nil || wait > 0 {
			return err
		}
		secrets, err := s.Proofs.Issue(tx, proofs.New{Purpose: proofs.NewEmail, Address: to, Subject: a.ID, Payload: string(payload), Life: proofs.ConfirmLife})
		if err != nil {
			return err
		}
		if barred, err := s.Barred(tx, to.Key()); err != nil || barred {
			return err
		}
		letter, err := s.Letters.NewEmail(tx, a.Language, secrets)
		if err != nil {
			return err
		}
		letter.To, letter.Expires = to.String(), s.Clock().Add(proofs.ConfirmLife)
		return s.Proofs.Post(tx, letter)
	})
	if err == nil && wait > 0 {
		err = limits.Refused("me.email.too_many", wait)
	}
	return err
}

// ConfirmEmail gives an account the address whose reader pressed the button. The old one
// is told, with a link that takes it back for a week; other sessions and open proofs end.
func (s *Service) ConfirmEmail(ctx context.Context, link string) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		p, err := s.Proofs.Redeem(tx, link, proofs.NewEmail)
		if err != nil {
			return err
		}
		account, c, err := s.changing(tx, p)
		if err != nil {
			return err
		}
		if barred, err := s.Barred(tx, p.AddressKey); err != nil || barred {
			return errors.Join(err, gone())
		}
		oldKey, err := s.Members.SetEmail(tx, account.ID, account.ID, p.Address, p.AddressKey)
		if err != nil {
			return err
		}
		if err := s.Proofs.End(tx, account.ID, oldKey, proofs.UndoEmail); err != nil {
			return err
		}
		if err := s.Members.EndOthers(tx, account.ID, account.ID, c.Session); err != nil {
			return err
		}
		return s.tellOld(tx, account, oldKey)
	})
}

func gone() error { return problem.New(problem.Gone, "signin.link_spent") }

func (s *Service) changing(tx *db.Tx, p proofs.Proof) (members.Account, change, error) {
	var c change
	if err := json.Unmarshal([]byte(p.Payload), &c); err != nil {
		return members.Account{}, c, fmt.Errorf("read what a change of address keeps: %w", err)
	}
	a, err := s.Members.AccountByID(tx, p.Subject)
	if problem.Is(err, problem.NotFound) {
		err = gone()
	}
	return a, c, err
}

// tellOld writes to the address that an account had until now.
func (s *Service) tellOld(tx *db.Tx, before members.Account, oldKey string) error {
	if before.Email == "" {
		return nil
	}
	old, err := mail.ParseAddress(before.Email)
	if err != nil {
		return fmt.Errorf("tell the old address: %w", err)
	}
	payload, err := json.Marshal(change{Old: before.Email, OldKey: oldKey, At: s.Clock().UnixMilli()})
	if err != nil {
		return fmt.Errorf("tell the old address: %w", err)
	}
	secrets, err := s.Proofs.Issue(tx, proofs.New{Purpose: proofs.UndoEmail, Address: old, Subject: before.ID, Payload: string(payload), Life: proofs.UndoLife, Beside: true})
	if err != nil {
		return err
	}
	letter, err := s.Letters.OldEmail(tx, before.Language, secrets)
	if err != nil {
		return err
	}
	letter.To = before.Email
	return s.Proofs.Post(tx, letter)
}

// UndoEmail gives an account the address back that it had. Every session of it ends, every
// proof, and every way in that came since, of which another address was told.
func (s *Service) UndoEmail(ctx context.Context, link string) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		p, err := s.Proofs.Redeem(tx, link, proofs.UndoEmail)
		if err != nil {
			return err
		}
		account, c, err := s.changing(tx, p)
		if err != nil {
			return err
		}
		newKey, err := s.Members.SetEmail(tx, account.ID, account.ID, c.Old, c.OldKey)
		if err != nil {
			return err
		}
		if err := s.Proofs.End(tx, account.ID, newKey); err != nil {
			return err
		}
		if c.At != 0 {
			if err := s.EndWaysSince(tx, account.ID, time.UnixMilli(c.At)); err != nil {
				return err
			}
		}
		return s.Members.EndOthers(tx, account.ID, account.ID, "")
	})
}
