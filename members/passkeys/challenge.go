package passkeys

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"waypost/internal/db"
	"waypost/internal/problem"
)

const challengeLife = 5 * time.Minute

// What a challenge is for.
const (
	toSignIn = "sign-in"
	toAdd    = "add"
)

func hashOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// note keeps the hash of a challenge for its purpose and whose it is.
func (s *Service) note(tx *db.Tx, challenge, purpose, whose string) error {
	now := s.Clock()
	if _, err := tx.Exec(`DELETE FROM passkey_challenges WHERE expires_at < $1`, now.UnixMilli()); err != nil {
		return fmt.Errorf("drop old challenges: %w", err)
	}
	_, err := tx.Exec(`INSERT INTO passkey_challenges (hash, purpose, holder, expires_at) VALUES ($1, $2, $3, $4)`,
		hashOf(challenge), purpose, hashOf(whose), now.Add(challengeLife).UnixMilli())
	if err != nil {
		return fmt.Errorf("keep a challenge: %w", err)
	}
	return nil
}

// spend uses a challenge up, whatever its signature turns out to be worth: that is
// looked at afterwards, in a transaction of its own.
func (s *Service) spend(ctx context.Context, challenge, purpose, whose string) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		n, err := tx.Exec(`DELETE FROM passkey_challenges WHERE hash = $1 AND purpose = $2 AND holder = $3 AND expires_at > $4`,
			hashOf(challenge), purpose, hashOf(whose), s.Clock().UnixMilli())
		if err != nil {
			return fmt.Errorf("spend a challenge: %w", err)
		}
		if n == 0 {
			return problem.New(problem.Gone, "passkey.spent")
		}
		return nil
	})
}

// Sweep deletes challenges that nobody answered.
func (s *Service) Sweep(tx *db.Tx) error {
	_, err := tx.Exec(`DELETE FROM passkey_challenges WHERE expires_at < $1`, s.Clock().UnixMilli())
	return err
}
