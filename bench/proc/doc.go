// Package proc asks the kernel what processes cost: their CPU time, their memory,
// what a write to the disk takes; and starts them on a CPU of their own. It works
// on Linux alone.
package proc
