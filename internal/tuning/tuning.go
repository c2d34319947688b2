// Package tuning sets the Go runtime for a small server that waits for its disk.
package tuning

import (
	"runtime"
	"runtime/debug"
)

// heapGrowth is by how many hundredths the heap may grow before garbage is collected.
const heapGrowth = 40

// CollectEarly keeps the process small: garbage is collected long before the heap has
// grown to twice its size. Pages from memory make none, so it is those rendered anew
// that pay for it.
func CollectEarly() { debug.SetGCPercent(heapGrowth) }

// ReadWhileWriting lets a machine with one processor answer readers while it waits for its
// disk: a goroutine in a system call keeps its place among those that run for up to ten
// milliseconds, and with a single place nobody else runs meanwhile.
func ReadWhileWriting() { runtime.GOMAXPROCS(max(2, runtime.GOMAXPROCS(0))) }
