package replies

import (
	"strings"
	"testing"
	"time"

	"waypost/internal/testkit"
)

// TestBlocksAreFoundByTheirIndex: there may be thousands of addresses and hosts.
func TestBlocksAreFoundByTheirIndex(t *testing.T) {
	t.Parallel()
	query, args := blocksBy([]string{"one", "two"}, time.UnixMilli(0))
	plan := testkit.Plan(t, testkit.DB(t), query, args...)
	if strings.Contains(plan, "SCAN reply_blocks") || strings.Count(plan, "kind=? AND value=?") != 1 {
		t.Errorf("all blocks are read:\n%s", plan)
	}
}
