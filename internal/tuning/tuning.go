// Package tuning sets the Go runtime for a small server that waits for its disk.
package tuning

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
	"time"
)

const (
	// heapGrowth is by how many hundredths the heap may grow before garbage is collected.
	heapGrowth = 40
	// leastGrowth is by how many bytes it may grow at least: to look through a small heap
	// for every few pages costs more than the memory is worth.
	leastGrowth = 12 << 20
	// quiet is how long nothing was collected when all that is free goes back to the system.
	quiet = 3 * time.Second
)

// CollectEarly keeps the process small: garbage is collected before the heap has grown to
// twice its size, and once little happens none is left.
func CollectEarly() {
	percent := heapGrowth
	debug.SetGCPercent(percent)
	var tidied atomic.Bool
	tidy := time.AfterFunc(quiet, func() {
		tidied.Store(true)
		debug.FreeOSMemory()
	})
	afterEach(func() {
		if !tidied.Swap(false) {
			tidy.Reset(quiet)
		}
		if p := growth(live()); p != percent {
			percent = p
			debug.SetGCPercent(p)
		}
	})
}

// growth is by how many hundredths a heap may grow of which so many bytes are in use.
func growth(live uint64) int { return max(heapGrowth, int(100*leastGrowth/max(live, 1))) }

// live is how much of the heap was in use when it was last collected, in bytes.
func live() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// afterEach calls f after each collection.
func afterEach(f func()) {
	runtime.AddCleanup(new(sentinel), func(f func()) {
		f()
		afterEach(f)
	}, f)
}

// sentinel is garbage at once. It holds a pointer so that it shares its place with nothing.
type sentinel struct{ _ *byte }

// ReadWhileWriting lets a machine with one processor answer readers while it waits for its
// disk: a goroutine in a system call keeps its place among those that run for up to ten
// milliseconds, and with a single place nobody else runs meanwhile. Where there are more
// places their number stays the runtime's, which follows what a container may use.
func ReadWhileWriting() {
	if runtime.GOMAXPROCS(0) < 2 {
		runtime.GOMAXPROCS(2)
	}
}
