package growth

import (
	"runtime"
	"runtime/metrics"
	"time"
)

// Live is the memory that is in use, in bytes. Garbage that nobody had time to
// collect on a busy machine is not taken for memory in need.
func Live() uint64 {
	runtime.GC()
	return Metric("/gc/heap/live:bytes")
}

// MostLive collects garbage all through the work and gives the most memory that
// was found in use, less what was in use before, in bytes.
func MostLive(work func()) uint64 {
	before := Live()
	var most uint64
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(2 * time.Millisecond)
		defer tick.Stop()
		for {
			most = max(most, Live())
			select {
			case <-tick.C:
			case <-stop:
				return
			}
		}
	}()
	work()
	close(stop)
	<-stopped
	return max(most, before) - before
}

// Metric reads one of the runtime's metrics that is a whole number.
func Metric(name string) uint64 {
	sample := []metrics.Sample{{Name: name}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
