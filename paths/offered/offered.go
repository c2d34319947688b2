// Package offered keeps the list of occupations that an owner added, for all nodes, and
// offers some of them while a member types the name of a goal. Nobody needs one.
package offered

import (
	"context"
	"fmt"
	"sync"

	"waypost/internal/clock"
	"waypost/internal/db"
	"waypost/paths/exchange/occupations"
)

// Service keeps the list.
type Service struct {
	DB    *db.DB
	Clock clock.Clock

	mu   sync.Mutex
	read int64 // when the list in memory was added, Unix milliseconds
	list occupations.List
}

// Add makes a table the list, in place of the one before, and tells how many occupations
// it has. The error is a problem.Problem where the table cannot be read.
func (s *Service) Add(ctx context.Context, table []byte) (int, error) {
	list, err := occupations.Read(table)
	if err != nil {
		return 0, err
	}
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(`INSERT INTO occupations (id, list, added_at) VALUES ('list', $1, $2)
			ON CONFLICT (id) DO UPDATE SET list = excluded.list, added_at = excluded.added_at`, string(table), s.Clock().UnixMilli())
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("keep the list of occupations: %w", err)
	}
	return list.Len(), nil
}

// Remove takes the list away. Goals that name one of its occupations keep the name.
func (s *Service) Remove(ctx context.Context) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(`DELETE FROM occupations`); err != nil {
			return fmt.Errorf("remove the list of occupations: %w", err)
		}
		return nil
	})
}

// List is the list as it is now; an empty one where none was added.
func (s *Service) List(tx *db.Tx) (occupations.List, error) {
	var added int64
	err := tx.QueryRow(`SELECT added_at FROM occupations WHERE id = 'list'`).Scan(&added)
	if db.Missing(err) {
		return occupations.List{}, nil
	}
	if err != nil {
		return occupations.List{}, fmt.Errorf("look for the list of occupations: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.read == added {
		return s.list, nil
	}
	var table string
	if err := tx.QueryRow(`SELECT list FROM occupations WHERE id = 'list'`).Scan(&table); err != nil {
		return occupations.List{}, fmt.Errorf("read the list of occupations: %w", err)
	}
	list, err := occupations.Read([]byte(table))
	if err != nil {
		return occupations.List{}, fmt.Errorf("read the list of occupations: %w", err)
	}
	s.list, s.read = list, added
	return list, nil
}
