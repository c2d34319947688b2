package clock_test

import (
	"testing"
	"time"

	"waypost/internal/clock"
)

func TestShifted(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, time.November, 2, 9, 30, 0, 0, time.UTC)
	below := clock.NewFake(start)
	s := clock.NewShifted(below.Now)
	if !s.Now().Equal(start) || s.Ahead() != 0 {
		t.Errorf("before it is moved it is %v", s.Now())
	}
	s.Forward(time.Hour)
	s.Forward(30 * time.Minute)
	below.Advance(time.Minute)
	if want := start.Add(91 * time.Minute); !s.Now().Equal(want) || s.Ahead() != 90*time.Minute {
		t.Errorf("moved twice it is %v, want %v", s.Now(), want)
	}
	s.Back()
	if want := start.Add(time.Minute); !s.Now().Equal(want) {
		t.Errorf("back to now it is %v, want %v", s.Now(), want)
	}
}
