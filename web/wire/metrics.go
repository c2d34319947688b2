package wire

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"waypost/internal/jobs"
	"waypost/internal/keeper"
)

// Metrics answers /metrics on a listener of its own. No label ever comes from what
// somebody sent.
func Metrics(k *keeper.Keeper, count func() (jobs.Counts, error)) http.Handler {
	r := prometheus.NewRegistry()
	r.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	r.MustRegister(&kept{k}, &queue{count})
	return promhttp.HandlerFor(r, promhttp.HandlerOpts{})
}

var (
	pageHits     = prometheus.NewDesc("waypost_pages_hits_total", "Requests answered from a kept page.", nil, nil)
	pageRenders  = prometheus.NewDesc("waypost_pages_renders_total", "Pages rendered.", nil, nil)
	pageFailures = prometheus.NewDesc("waypost_pages_failures_total", "Renders that failed.", nil, nil)
	pageEvicted  = prometheus.NewDesc("waypost_pages_evicted_total", "Pages that fell out to keep within the memory bound.", nil, nil)
	pageBytes    = prometheus.NewDesc("waypost_pages_bytes", "Memory of kept pages, all encodings.", nil, nil)
	pageCount    = prometheus.NewDesc("waypost_pages", "Kept pages.", nil, nil)
	jobCount     = prometheus.NewDesc("waypost_jobs", "Jobs by state.", []string{"state"}, nil)
)

type kept struct{ k *keeper.Keeper }

func (c *kept) Describe(ch chan<- *prometheus.Desc) { prometheus.DescribeByCollect(c, ch) }

func (c *kept) Collect(ch chan<- prometheus.Metric) {
	s := c.k.Stats()
	for desc, n := range map[*prometheus.Desc]int64{pageHits: s.Hits, pageRenders: s.Renders, pageFailures: s.Failures, pageEvicted: s.Evicted} {
		ch <- prometheus.MustNewConstMetric(desc, prometheus.CounterValue, float64(n))
	}
	ch <- prometheus.MustNewConstMetric(pageBytes, prometheus.GaugeValue, float64(s.Bytes))
	ch <- prometheus.MustNewConstMetric(pageCount, prometheus.GaugeValue, float64(s.Pages))
}

type queue struct{ count func() (jobs.Counts, error) }

func (c *queue) Describe(ch chan<- *prometheus.Desc) { ch <- jobCount }

func (c *queue) Collect(ch chan<- prometheus.Metric) {
	n, err := c.count()
	if err != nil {
		ch <- prometheus.NewInvalidMetric(jobCount, err)
		return
	}
	for state, v := range map[string]int64{"ready": n.Ready, "running": n.Running, "failed": n.Failed} {
		ch <- prometheus.MustNewConstMetric(jobCount, prometheus.GaugeValue, float64(v), state)
	}
}
