// Package feeds keeps the secrets by which a calendar follows the days on which something
// is due on a member's path.
package feeds

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"

	"waypost/internal/db"
	"waypost/internal/id"
	"waypost/internal/problem"
	"waypost/paths"
)

// Service keeps them.
type Service struct{ DB *db.DB }

// New makes the secret by which a calendar learns on which days something is due on a
// member's path. One that was there before ends.
func (s *Service) New(ctx context.Context, member string) (string, error) {
	secret := id.Secret()
	return secret, s.set(ctx, member, sum(secret))
}

// End ends it.
func (s *Service) End(ctx context.Context, member string) error {
	return s.set(ctx, member, "")
}

func (s *Service) set(ctx context.Context, member, feed string) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		n, err := tx.Exec(`UPDATE path_keys SET feed = $1 WHERE member_id = $2`, db.OrNull(feed), member)
		if err != nil {
			return fmt.Errorf("change the feed of a path: %w", err)
		}
		if n == 0 {
			return problem.New(problem.NotFound, "path.feed_empty")
		}
		return nil
	})
}

// Has reports that a member's path has one.
func (s *Service) Has(tx *db.Tx, member string) (bool, error) {
	var n int
	if err := tx.QueryRow(`SELECT count(*) FROM path_keys WHERE member_id = $1 AND feed IS NOT NULL`, member).Scan(&n); err != nil {
		return false, fmt.Errorf("look for the feed of a path: %w", err)
	}
	return n > 0, nil
}

// Due lists what is due on the path that a secret opens, without a word of what it is
// about; NotFound where it opens none, or its member's account is closed for now.
func (s *Service) Due(tx *db.Tx, secret string) ([]paths.Reminder, error) {
	var member string
	err := tx.QueryRow(`SELECT k.member_id FROM path_keys k JOIN accounts a ON a.id = k.member_id WHERE k.feed = $1 AND a.disabled_at IS NULL`, sum(secret)).Scan(&member)
	if db.Missing(err) {
		return nil, problem.New(problem.NotFound, "problem.not_found")
	}
	if err != nil {
		return nil, fmt.Errorf("find the path of a feed: %w", err)
	}
	byID, err := paths.Reminders(tx, member)
	return slices.SortedFunc(maps.Values(byID), func(a, b paths.Reminder) int { return cmp.Compare(a.ID, b.ID) }), err
}

// sum is how the database knows a secret.
func sum(secret string) string {
	hash := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(hash[:])
}
