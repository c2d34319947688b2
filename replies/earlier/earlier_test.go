package earlier

import (
	"strings"
	"testing"

	"waypost/internal/testkit"
)

// TestWritersAreFoundByTheirIndex: what is known of a writer is asked before each reply is
// taken, so it must not read what everybody else wrote.
func TestWritersAreFoundByTheirIndex(t *testing.T) {
	t.Parallel()
	query, args := writers([]string{"an account"}, []string{"an address"})
	plan := testkit.Plan(t, testkit.DB(t), query, args...)
	for _, index := range []string{"replies_by_account", "reply_checks_by_email"} {
		if !strings.Contains(plan, " "+index+" ") {
			t.Errorf("%s is not used:\n%s", index, plan)
		}
	}
	if strings.Contains(plan, "SCAN ") {
		t.Errorf("all replies are read:\n%s", plan)
	}
}
