package members

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"waypost/internal/db"
	"waypost/internal/id"
	"waypost/internal/problem"
)

// Purpose binds a token to the one thing it opens.
type Purpose string

// SignIn is the purpose of a link that signs its holder in.
const SignIn Purpose = "sign-in"

func hashOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// issueToken makes a token for a subject and ends the older ones of its purpose.
func (s *Service) issueToken(tx *db.Tx, p Purpose, subject string, life time.Duration) (string, error) {
	now := s.Clock()
	if _, err := tx.Exec(`DELETE FROM tokens WHERE (purpose = $1 AND subject = $2) OR expires_at < $3`, p, subject, now.UnixMilli()); err != nil {
		return "", fmt.Errorf("end older tokens: %w", err)
	}
	secret := id.Secret()
	_, err := tx.Exec(`INSERT INTO tokens (hash, purpose, subject, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)`,
		hashOf(secret), p, subject, now.UnixMilli(), now.Add(life).UnixMilli())
	if err != nil {
		return "", fmt.Errorf("issue a token: %w", err)
	}
	return secret, nil
}

// redeem spends a token and returns its subject. One statement checks and spends,
// so of many who try at once a single one succeeds.
func (s *Service) redeem(tx *db.Tx, p Purpose, secret string) (string, error) {
	var subject string
	now := s.Clock().UnixMilli()
	err := tx.QueryRow(`UPDATE tokens SET used_at = $1 WHERE hash = $2 AND purpose = $3 AND used_at IS NULL AND expires_at > $1 RETURNING subject`,
		now, hashOf(secret), p).Scan(&subject)
	if db.Missing(err) {
		return "", problem.New(problem.Gone, "signin.link_spent")
	}
	if err != nil {
		return "", fmt.Errorf("redeem a token: %w", err)
	}
	return subject, nil
}
