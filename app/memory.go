package app

import "runtime/debug"

// heapGrowth is by how many hundredths the heap may grow before garbage is collected.
const heapGrowth = 40

// CollectEarly keeps the process small: garbage is collected long before the heap has
// grown to twice its size. Pages from memory make none, so it is those rendered anew
// that pay for it.
func CollectEarly() { debug.SetGCPercent(heapGrowth) }
