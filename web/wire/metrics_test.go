package wire_test

import (
	"errors"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"waypost/internal/jobs"
	"waypost/internal/keeper"
	"waypost/web/wire"
)

// sample is a line of Prometheus' text format, without a time.
var sample = regexp.MustCompile(`^[a-zA-Z_:][a-zA-Z0-9_:]*(\{[a-zA-Z_]\w*="[^"\\]*"(, ?[a-zA-Z_]\w*="[^"\\]*")*\})? [-+0-9.eENaInf]+$`)

func TestMetrics(t *testing.T) {
	t.Parallel()
	counts := func() (jobs.Counts, error) { return jobs.Counts{Ready: 3, Running: 2, Failed: 1}, nil }
	w := httptest.NewRecorder()
	wire.Metrics(&keeper.Keeper{}, counts).ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	text := w.Body.String()
	if w.Code != 200 || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/plain; version=0.0.4") {
		t.Errorf("%d, %s", w.Code, w.Header())
	}
	for _, want := range []string{
		"waypost_pages_hits_total 0", "waypost_pages_renders_total 0", "waypost_pages_failures_total 0", "waypost_pages_evicted_total 0", "waypost_pages_bytes 0", "waypost_pages 0",
		`waypost_jobs{state="ready"} 3`, `waypost_jobs{state="running"} 2`, `waypost_jobs{state="failed"} 1`,
	} {
		if !strings.Contains("\n"+text, "\n"+want+"\n") {
			t.Errorf("there is no line %s", want)
		}
	}
	for _, name := range []string{"\ngo_goroutines ", "\nprocess_cpu_seconds_total ", "\nprocess_resident_memory_bytes "} {
		if !strings.Contains(text, name) {
			t.Errorf("there is no %s", strings.TrimSpace(name))
		}
	}
	for line := range strings.Lines(text) {
		if line = strings.TrimSuffix(line, "\n"); !strings.HasPrefix(line, "#") && !sample.MatchString(line) {
			t.Errorf("a scraper does not read %q", line)
		}
	}
}

// TestMetricsOfABrokenDatabase: a scraper is told, not given half of the numbers.
func TestMetricsOfABrokenDatabase(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	wire.Metrics(&keeper.Keeper{}, func() (jobs.Counts, error) { return jobs.Counts{}, errors.New("the disk is gone") }).
		ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	if w.Code != 500 || strings.Contains(w.Body.String(), "waypost_pages") {
		t.Errorf("%d, %s", w.Code, w.Body)
	}
}
