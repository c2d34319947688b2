package id_test

import (
	"slices"
	"testing"
	"time"

	"waypost/internal/id"
)

func TestIdentifiersAreUniqueAndInOrder(t *testing.T) {
	t.Parallel()
	now := time.UnixMilli(1_790_000_000_000)
	s := id.NewSource(func() time.Time { return now })
	const n = 70_000 // more than one millisecond can count
	ids := make([]string, n)
	for i := range ids {
		if i == n/2 {
			now = now.Add(-time.Hour) // a clock set back
		}
		ids[i] = s.New()
	}
	if !slices.IsSorted(ids) {
		t.Error("identifiers are not in the order they were made")
	}
	if len(slices.Compact(ids)) != n {
		t.Error("an identifier came twice")
	}
	if len(ids[0]) != 26 {
		t.Errorf("identifier %q has %d characters, want 26", ids[0], len(ids[0]))
	}
}

func TestSecretsDiffer(t *testing.T) {
	t.Parallel()
	a, b := id.Secret(), id.Secret()
	if a == b || len(a) != 43 {
		t.Errorf("secrets %q and %q", a, b)
	}
}

func TestFloorPartsByTime(t *testing.T) {
	t.Parallel()
	at := time.UnixMilli(1_790_000_000_000)
	before, after := id.NewSource(func() time.Time { return at.Add(-time.Millisecond) }).New(), id.NewSource(func() time.Time { return at }).New()
	if floor := id.Floor(at); before >= floor || after < floor {
		t.Errorf("%q < %q <= %q does not hold", before, floor, after)
	}
}
