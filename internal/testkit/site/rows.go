package site

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"

	"waypost/internal/db"
)

// Rows reads one column of a query, for what no page shows.
func Rows[T any](s *Site, query string, args ...any) []T {
	s.t.Helper()
	var list []T
	s.View(func(tx *db.Tx) (err error) {
		list, err = db.List(tx, db.Value[T], query, args...)
		return err
	})
	return list
}

// View reads the database and fails the test with fn's error.
func (s *Site) View(fn func(tx *db.Tx) error) {
	s.t.Helper()
	if err := s.DB.View(context.Background(), fn); err != nil {
		s.t.Fatalf("read the database: %v", err)
	}
}

// State is a sum of every row of each table: two of them are equal when nothing was
// changed between. Tables named in without are left out.
func (s *Site) State(without ...string) map[string]string {
	s.t.Helper()
	state := map[string]string{}
	s.View(func(tx *db.Tx) error {
		tables, err := tx.Tables()
		if err != nil {
			return err
		}
		for _, table := range tables {
			if slices.Contains(without, table.Name) {
				continue
			}
			sum, n := sha256.New(), 0
			err := tx.Dump(table, func(row []any) error {
				n++
				_, err := fmt.Fprintf(sum, "%q\n", row)
				return err
			})
			if err != nil {
				return err
			}
			state[table.Name] = fmt.Sprintf("%d rows, %x", n, sum.Sum(nil)[:8])
		}
		return nil
	})
	return state
}
