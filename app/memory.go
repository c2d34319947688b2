package app

import "runtime/debug"

// heapGrowth is by how many hundredths the heap may grow before garbage is collected.
const heapGrowth = 40

// CollectEarly keeps the process small: garbage is collected long before the heap has
// grown to twice its size. Most of the heap is kept pages, which hold no
// pointers and cost a collection next to nothing.
func CollectEarly() { debug.SetGCPercent(heapGrowth) }
