//go:build linux

package proc

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"time"
)

const fsyncs = 200

// Fsync is how long the disk under a folder takes to make 4 KiB durable: the median
// of some hundred.
func Fsync(folder string) (_ time.Duration, err error) {
	f, err := os.CreateTemp(folder, "fsync-")
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, f.Close(), os.Remove(f.Name())) }()
	took := make([]time.Duration, fsyncs)
	page := make([]byte, 4096)
	for i := range took {
		if _, err := f.Write(page); err != nil {
			return 0, fmt.Errorf("write to measure the disk: %w", err)
		}
		start := time.Now()
		if err := f.Sync(); err != nil {
			return 0, fmt.Errorf("sync to measure the disk: %w", err)
		}
		took[i] = time.Since(start)
	}
	return Median(took), nil
}

// Median is the middle one of some values, the upper of two.
func Median[T ~int64 | ~float64](values []T) T {
	return slices.Sorted(slices.Values(values))[len(values)/2]
}
