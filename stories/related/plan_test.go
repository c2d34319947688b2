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
			plan := testkit.Plan(t, d, q.Text, q.Args...)
			if strings.Contains(plan, "SCAN") || strings.Contains(plan, "Seq Scan") || strings.Contains(plan, "B-TREE") || strings.Contains(plan, "Sort") {
				t.Errorf("%s\n%s", q.Text, plan)
			}
		}
	})
}
