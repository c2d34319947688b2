package paths

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"waypost/internal/db"
	"waypost/internal/id"
	"waypost/internal/problem"
)

// NewFeed makes the secret by which a calendar learns on which days something is due on a
// member's path. One that was there before ends.
func (s *Service) NewFeed(ctx context.Context, member string) (string, error) {
	secret := id.Secret()
	return secret, s.setFeed(ctx, member, sum(secret))
}

// EndFeed ends it.
func (s *Service) EndFeed(ctx context.Context, member string) error {
	return s.setFeed(ctx, member, "")
}

func (s *Service) setFeed(ctx context.Context, member, feed string) error {
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

// HasFeed reports that a member's path has one.
func (s *Service) HasFeed(tx *db.Tx, member string) (bool, error) {
	var n int
	if err := tx.QueryRow(`SELECT count(*) FROM path_keys WHERE member_id = $1 AND feed IS NOT NULL`, member).Scan(&n); err != nil {
		return false, fmt.Errorf("look for the feed of a path: %w", err)
	}
	return n > 0, nil
}

// Fed lists what is due on the path that a secret opens, without a word of what it is
// about; NotFound where it opens none.
func (s *Service) Fed(tx *db.Tx, secret string) ([]Reminder, error) {
	var member string
	err := tx.QueryRow(`SELECT member_id FROM path_keys WHERE feed = $1`, sum(secret)).Scan(&member)
	if db.Missing(err) {
		return nil, problem.New(problem.NotFound, "problem.not_found")
	}
	if err != nil {
		return nil, fmt.Errorf("find the path of a feed: %w", err)
	}
	byID, err := reminders(tx, member)
	list := make([]Reminder, 0, len(byID))
	for _, r := range byID {
		list = append(list, r)
	}
	return list, err
}

// sum is how the database knows a secret.
func sum(secret string) string {
	hash := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(hash[:])
}
