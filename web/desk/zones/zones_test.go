package zones_test

import (
	"testing"
	"time"

	"waypost/web/desk/zones"
)

func TestNamed(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Europe/Berlin": "Europe/Berlin", "Berlin": "Europe/Berlin", " berlin ": "Europe/Berlin", "europe/berlin": "Europe/Berlin", "München": "Europe/Berlin",
		"new york": "America/New_York", "Buenos Aires": "America/Argentina/Buenos_Aires", "Zürich": "Europe/Zurich", "utc": "UTC", "Atlantis": "Atlantis",
	} {
		if got := zones.Named(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestEveryZoneIsKnown(t *testing.T) {
	t.Parallel()
	for _, zone := range zones.All {
		if _, err := time.LoadLocation(zone); err != nil {
			t.Error(err)
		}
	}
}
