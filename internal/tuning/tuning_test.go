package tuning

import (
	"runtime"
	"testing"
	"time"
)

func TestGrowth(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		live uint64
		want int
	}{{0, 100 * leastGrowth}, {12 << 20, 100}, {24 << 20, 50}, {30 << 20, 40}, {300 << 20, 40}} {
		if got := growth(c.live); got != c.want {
			t.Errorf("a heap of %d bytes may grow by %d %%, want %d", c.live, got, c.want)
		}
	}
}

func TestAfterEachCollection(t *testing.T) {
	t.Parallel()
	called := make(chan struct{}, 1)
	afterEach(func() {
		select {
		case called <- struct{}{}:
		default: // it is called for as long as the process lives
		}
	})
	for n := range 3 {
		end := time.After(10 * time.Second)
		for heard := false; !heard; {
			runtime.GC() // once more where what was called had not yet begun to wait for the next
			select {
			case <-called:
				heard = true
			case <-time.After(20 * time.Millisecond):
			case <-end:
				t.Fatalf("nothing was called after collection %d", n+1)
			}
		}
	}
}
