// Package growth finds work that grows faster than what it is given, such as a
// parser that a hostile text of twice the length keeps busy four times as
// long, or that holds ever more memory. It counts the processor time of one
// thread and the memory that is alive, so that others may use the machine
// meanwhile. A test that measures is called TestGrowth…, does not run
// beside others of its process, and runs without the race detector.
package growth

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// Times says how much more a test gives to the large piece of work than to the
// small one.
const Times = 4

// bound lies between what Times as much costs in line with its length, and
// with its square.
const bound = 2 * Times

// tries are needed as neighbours on a processor share its caches: what they
// add comes and goes, while a square stays.
const tries = 6

// grain is what is too short to be compared.
const grain = 200 * time.Microsecond

// Check fails the test if large, which is given Times as much as small, takes
// far longer than Times as long, whenever it is measured.
func Check(t testing.TB, what string, small, large func()) {
	t.Helper()
	if ratio := Ratio(small, large); ratio > bound {
		t.Errorf("%s: %d times as much takes %.1f times as long", what, Times, ratio)
	}
}

// Ratio tells how many times as long large takes as small: the first that is
// within the bound, or else the least of several.
func Ratio(small, large func()) float64 {
	// A collection would be charged to whoever allocates next.
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	cost(small) // what is made once, at the first use, is not measured
	least := ratio(small, large)
	for range tries - 1 {
		if least <= bound {
			break
		}
		least = min(least, ratio(small, large))
	}
	return least
}

func ratio(small, large func()) float64 {
	return float64(cost(large)) / float64(cost(small)+grain)
}

func cost(work func()) time.Duration {
	runtime.GC()
	start := threadTime()
	work()
	return threadTime() - start
}
