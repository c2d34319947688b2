package proofs

import (
	"context"
	"fmt"
	"time"

	"waypost/internal/db"
	"waypost/internal/id"
	"waypost/internal/jobs"
	"waypost/internal/limits"
	"waypost/internal/mail"
)

// JobAsked answers what strangers asked for.
const JobAsked = "proofs.asked"

// Ask is what somebody outside asks for.
type Ask struct {
	Purpose Purpose
	Address mail.Address
	Payload string
	Network string // where it comes from, such as an address or a /64
	Late    bool   // it looks like a program's: others come first
}

// asking is how often one network may ask, and fairly how the rest is told to wait.
var asking = limits.Rate{Burst: 20, Every: 3 * time.Minute}

// starts is how often one network may begin to sign in by a passkey or a provider: each
// leaves a row for some minutes. A page of sign-in begins by itself.
var starts = limits.Rate{Burst: 120, Every: 10 * time.Second}

// Admit takes a start from a network's share. TooMany if there is none left.
func (s *Service) Admit(tx *db.Tx, network string) error {
	wait, err := limits.Take(tx, s.Clock(), "start:"+s.keyed("network", network), starts)
	if err == nil && wait > 0 {
		err = limits.Refused("signin.too_many", wait)
	}
	return err
}

// lateTurn is how far behind others an asking goes that looks like a program's.
const lateTurn = 1000

// Ask notes what somebody asks for and returns the secret for their browser's cookie.
// It does the same for every address. TooMany if their network asks too often.
func (s *Service) Ask(ctx context.Context, a Ask) (string, error) {
	if s.Answers[a.Purpose] == nil {
		return "", fmt.Errorf("nobody answers for %q", a.Purpose)
	}
	browser, network := id.Secret(), s.keyed("network", a.Network)
	var wait time.Duration
	err := s.DB.Update(ctx, func(tx *db.Tx) (err error) {
		now := s.Clock()
		if wait, err = limits.Take(tx, now, "ask:"+network, asking); err != nil || wait > 0 {
			return err
		}
		turn, err := db.Value[int64](tx.QueryRow(`SELECT count(*) FROM proofs WHERE network = $1 AND asked_at > $2`, network, now.Add(-time.Hour).UnixMilli()))
		if err != nil {
			return fmt.Errorf("ask for a proof: %w", err)
		}
		// Whatever else the network waits for goes behind those of quieter ones with this.
		if _, err := tx.Exec(`UPDATE proofs SET turn = turn + 1 WHERE network = $1 AND state = 'waiting'`, network); err != nil {
			return fmt.Errorf("ask for a proof: %w", err)
		}
		if a.Late {
			turn += lateTurn
		}
		// Nobody knows the code of this hash: until a letter goes out, every try is wrong.
		_, err = tx.Exec(`INSERT INTO proofs (id, purpose, state, address, address_key, subject, payload, code_hash, browser_hash, network, turn, wrong, asked_at, expires_at)
			VALUES ($1, $2, 'waiting', $3, $4, '', $5, $6, $7, $8, $9, 0, $10, $11)`, s.IDs.New(), a.Purpose, a.Address.String(), a.Address.Key(), a.Payload,
			HashOf(id.Secret()), HashOf(browser), network, turn, now.UnixMilli(), now.Add(ConfirmLife).UnixMilli())
		if err != nil {
			return fmt.Errorf("ask for a proof: %w", err)
		}
		return s.Jobs.Enqueue(tx, JobAsked, struct{}{}, jobs.Once(JobAsked))
	})
	if err == nil && wait > 0 {
		err = limits.Refused("signin.too_many", wait)
	}
	return browser, err
}
