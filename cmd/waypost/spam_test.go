package main

import (
	"strings"
	"testing"

	"waypost/spam/labels"
)

// TestRebuilt counts in words that fit the number.
func TestRebuilt(t *testing.T) {
	t.Parallel()
	if said := rebuilt(labels.Rebuilt{Labels: 1, Reread: 1, Lost: 1}); strings.Contains(said, "1 decisions") || strings.Contains(said, " were ") {
		t.Error(said)
	}
	if said := rebuilt(labels.Rebuilt{Labels: 2}); !strings.Contains(said, "made of 2 decisions, with 0 read again") || strings.Contains(said, "No longer") {
		t.Error(said)
	}
}
