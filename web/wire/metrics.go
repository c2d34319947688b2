package wire

import (
	"net/http"

	"github.com/VictoriaMetrics/metrics"

	"waypost/internal/jobs"
	"waypost/internal/keeper"
)

// Metrics answers /metrics on a listener of its own, in Prometheus' text format. No label
// ever comes from what somebody sent.
func Metrics(k *keeper.Keeper, count func() (jobs.Counts, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		n, err := count()
		if err != nil {
			http.Error(w, "the jobs cannot be counted: "+err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		counter := func(name string, v int64) { metrics.WriteCounterUint64(w, name, uint64(v)) }
		gauge := func(name string, v int64) { metrics.WriteGaugeUint64(w, name, uint64(v)) }
		s := k.Stats()
		counter("waypost_pages_hits_total", s.Hits)
		counter("waypost_pages_renders_total", s.Renders)
		counter("waypost_pages_failures_total", s.Failures)
		counter("waypost_pages_evicted_total", s.Evicted)
		gauge("waypost_pages_bytes", s.Bytes)
		gauge("waypost_pages", int64(s.Pages))
		gauge(`waypost_jobs{state="failed"}`, n.Failed)
		gauge(`waypost_jobs{state="ready"}`, n.Ready)
		gauge(`waypost_jobs{state="running"}`, n.Running)
		metrics.WriteProcessMetrics(w)
	})
}
