//go:build linux

package growth

import (
	"fmt"
	"io"
	"time"
)

// table is what the questions took on one engine, a column for each size.
type table struct {
	engine string
	sizes  []int
	rows   []row
	plans  []string
}

type row struct {
	name  string
	times []times
}

// times are of one question on one site.
type times struct{ median, p95 time.Duration }

func (t *table) print(w io.Writer) {
	fmt.Fprintf(w, "\n%s, µs, median / 95th of a hundred:\n\n| question |", t.engine)
	for _, n := range t.sizes {
		fmt.Fprintf(w, " %d stories |", n)
	}
	fmt.Fprintf(w, " last ÷ first |\n| --- |")
	for range len(t.sizes) + 1 {
		fmt.Fprint(w, " ---: |")
	}
	fmt.Fprintln(w)
	for _, r := range t.rows {
		fmt.Fprintf(w, "| %s |", r.name)
		for _, m := range r.times {
			fmt.Fprintf(w, " %d / %d |", m.median.Microseconds(), m.p95.Microseconds())
		}
		fmt.Fprintf(w, " %.2f |\n", float64(r.times[len(r.times)-1].median)/float64(r.times[0].median))
	}
	fmt.Fprintln(w)
}
