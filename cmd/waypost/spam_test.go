package main

import (
	"strings"
	"testing"
	"time"

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

// TestUnlearnSays how much, of whom, since when, and whether it was done.
func TestUnlearnSays(t *testing.T) {
	t.Parallel()
	since := day(time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC))
	for want, c := range map[string]spamUnlearnCommand{
		"The filter has forgotten 3 decisions of mo@example.org since 2026-11-01. What became of the replies stays as it is.": {Email: "mo@example.org", Since: since},
		"The filter has forgotten 3 decisions of mo@example.org. What became of the replies stays as it is.":                  {Email: "mo@example.org"},
		"The filter would forget 3 decisions of mo@example.org since 2026-11-01. Nothing is changed.":                         {Email: "mo@example.org", Since: since, DryRun: true},
	} {
		if said := c.said(3); said != want {
			t.Errorf("%s; want %s", said, want)
		}
	}
}
