package proofs

import (
	"fmt"
	"time"

	"waypost/internal/db"
	"waypost/internal/id"
	"waypost/internal/limits"
	"waypost/internal/mail"
)

// New is what a proof is made from.
type New struct {
	Purpose Purpose
	Address mail.Address // zero: none
	Subject string       // the account; one of Address and Subject is there
	Payload string
	Life    time.Duration
	Browser string // the secret of the browser in which a code is to work; empty: no code
	Beside  bool   // older ones of its purpose stay open
	Printed bool   // handed over by the console: no letter counts it, and none ends it
}

// keyOf is the key of an address, "" of none.
func keyOf(a mail.Address) (text, key string) {
	if a == (mail.Address{}) {
		return "", ""
	}
	return a.String(), a.Key()
}

// Issue makes a proof and ends the open ones of its purpose for the same account or
// address. The caller hands the secrets to whom they are for.
func (s *Service) Issue(tx *db.Tx, n New) (Secrets, error) {
	address, key := keyOf(n.Address)
	if !n.Beside {
		if err := s.endOlder(tx, n.Purpose, n.Subject, key, n.Printed); err != nil {
			return Secrets{}, err
		}
	}
	now, proofID, secrets := s.Clock(), s.IDs.New(), Secrets{Link: id.Secret()}
	var code, browser string
	if n.Browser != "" {
		var err error
		if secrets.Code, err = newCode(); err != nil {
			return Secrets{}, err
		}
		code, browser = s.hashCode(proofID, secrets.Code), HashOf(n.Browser)
	}
	sent := any(now.UnixMilli())
	if n.Printed {
		sent = nil
	}
	_, err := tx.Exec(`INSERT INTO proofs (id, purpose, state, address, address_key, subject, payload, link_hash, code_hash, browser_hash, network, turn, wrong,
			asked_at, sent_at, expires_at)
		VALUES ($1, $2, 'open', $3, $4, $5, $6, $7, $8, $9, '', 0, 0, $10, $11, $12)`,
		proofID, n.Purpose, address, key, n.Subject, n.Payload, HashOf(secrets.Link), code, browser, now.UnixMilli(), sent, now.Add(n.Life).UnixMilli())
	if err != nil {
		return Secrets{}, fmt.Errorf("issue a proof: %w", err)
	}
	return secrets, nil
}

// endOlder ends the open proofs of a purpose for an account or an address; printed ones
// only at a newer one's.
func (s *Service) endOlder(tx *db.Tx, p Purpose, subject, addressKey string, printed bool) error {
	_, err := tx.Exec(`UPDATE proofs SET state = 'ended' WHERE purpose = $1 AND state = 'open'
		AND ((subject <> '' AND subject = $2) OR (address_key <> '' AND address_key = $3)) AND (sent_at IS NOT NULL OR $4)`, p, subject, addressKey, printed)
	if err != nil {
		return fmt.Errorf("end older proofs: %w", err)
	}
	return nil
}

// End ends every proof that is about an account, or that was sent to an address, besides
// those of the purposes to keep: when the account is disabled, or its address changes.
func (s *Service) End(tx *db.Tx, subject, addressKey string, keep ...Purpose) error {
	in, args := db.In(3, keep)
	not := ""
	if len(keep) > 0 {
		not = ` AND purpose NOT IN ` + in
	}
	_, err := tx.Exec(`UPDATE proofs SET state = 'ended' WHERE state IN ('open', 'waiting')
		AND ((subject <> '' AND subject = $1) OR (address_key <> '' AND address_key = $2))`+not, append([]any{subject, addressKey}, args...)...)
	if err != nil {
		return fmt.Errorf("end proofs: %w", err)
	}
	return nil
}

// EndAll ends every proof: after a restore, what was spent since the backup must not
// come back.
func EndAll(tx *db.Tx) error {
	if has, err := tx.Has("proofs"); err != nil || !has {
		return err // a backup of an older schema
	}
	if _, err := tx.Exec(`DELETE FROM proofs`); err != nil {
		return fmt.Errorf("end all proofs: %w", err)
	}
	return nil
}

// keepEnded is how long an ended proof is kept: letters of the last day are counted. So
// an address that nobody confirms is gone, with the letter to it, before four days are over.
const keepEnded = 24 * time.Hour

// Sweep deletes proofs that ended a while ago, and limits that hold nobody back.
func (s *Service) Sweep(tx *db.Tx) error {
	now := s.Clock()
	if _, err := tx.Exec(`DELETE FROM proofs WHERE expires_at < $1`, now.Add(-keepEnded).UnixMilli()); err != nil {
		return err
	}
	return limits.Sweep(tx, now)
}
