package related_test

import (
	"strings"
	"testing"

	"waypost/internal/db"
	"waypost/internal/testkit"
	"waypost/stories/related"
)

// TestRelatingReadsNoWholeTable asks the engine how it would run each query.
func TestRelatingReadsNoWholeTable(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		for _, q := range related.Queries() {
			plan := explain(t, d, q)
			if strings.Contains(plan, "SCAN") || strings.Contains(plan, "Seq Scan") || strings.Contains(plan, "B-TREE") || strings.Contains(plan, "Sort") {
				t.Errorf("%s\n%s", q.Text, plan)
			}
		}
	})
}

// explain gives a plan. PostgreSQL reads a small table whole though it has an index;
// told not to, it shows whether there is one.
func explain(t *testing.T, d *db.DB, q related.Query) string {
	t.Helper()
	var plan []string
	err := d.Update(t.Context(), func(tx *db.Tx) (err error) {
		if d.Engine() == db.SQLite {
			plan, err = db.List(tx, func(r db.Row) (string, error) {
				var id, parent, unused int
				var detail string
				return detail, r.Scan(&id, &parent, &unused, &detail)
			}, `EXPLAIN QUERY PLAN `+q.Text, q.Args...)
			return err
		}
		if _, err = tx.Exec(`SET LOCAL enable_seqscan = off`); err != nil {
			return err
		}
		if _, err = tx.Exec(`SET LOCAL enable_bitmapscan = off`); err != nil {
			return err
		}
		plan, err = db.List(tx, db.Value[string], `EXPLAIN `+q.Text, q.Args...)
		return err
	})
	if err != nil {
		t.Fatalf("%s: %v", q.Text, err)
	}
	return strings.Join(plan, "\n")
}
