package testkit

import (
	"context"
	"strings"
	"testing"

	"waypost/internal/db"
)

// Plan tells how the engine would run a query. PostgreSQL reads a small table whole
// though it has an index; told not to, it shows whether there is one.
func Plan(t testing.TB, d *db.DB, query string, args ...any) string {
	t.Helper()
	var plan []string
	err := d.Update(context.Background(), func(tx *db.Tx) (err error) {
		if d.Engine() == db.SQLite {
			plan, err = db.List(tx, func(r db.Row) (string, error) {
				var id, parent, unused int
				var detail string
				return detail, r.Scan(&id, &parent, &unused, &detail)
			}, `EXPLAIN QUERY PLAN `+query, args...)
			return err
		}
		if _, err = tx.Exec(`SET LOCAL enable_seqscan = off`); err != nil {
			return err
		}
		if _, err = tx.Exec(`SET LOCAL enable_bitmapscan = off`); err != nil {
			return err
		}
		plan, err = db.List(tx, db.Value[string], `EXPLAIN `+query, args...)
		return err
	})
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return strings.Join(plan, "\n")
}
