//go:build !linux

package growth

import "time"

var start = time.Now()

// threadTime is the time that has passed: other systems count that of a thread
// differently or not at all, and a machine on which one develops is not as
// busy as one that runs all tests at once.
func threadTime() time.Duration { return time.Since(start) }
