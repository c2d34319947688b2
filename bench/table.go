//go:build linux

package main

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// figure is a line of the table.
type figure struct {
	name    string
	value   float64
	unit    string
	bar     float64 // what must hold
	aim     float64
	atLeast bool // the value must be at least the bar, not at most
	note    string
}

// table is what a run has found.
type table struct {
	busy    string
	figures []figure
}

func (t *table) add(f figure) { t.figures = append(t.figures, f) }

// verdict says how a figure stands to its bar and aim.
func (f figure) verdict() string {
	switch {
	case f.holds(f.aim):
		return "aim met"
	case f.holds(f.bar):
		return "met"
	}
	off := f.value/f.bar - 1
	if off < 0 {
		off = -off
	}
	return fmt.Sprintf("MISSED by %.0f %%", 100*off)
}

func (f figure) holds(limit float64) bool {
	if f.atLeast {
		return f.value >= limit
	}
	return f.value <= limit
}

func (f figure) shown(v float64) string { return fmt.Sprintf("%.4g%s", v, f.unit) }

func (f figure) limit(v float64) string {
	if f.atLeast {
		return "≥ " + f.shown(v)
	}
	return "≤ " + f.shown(v)
}

// cells are a figure's columns.
func (f figure) cells() []any {
	return []any{f.name, fmt.Sprintf("%.3g%s", f.value, f.unit), f.limit(f.bar), f.limit(f.aim), f.verdict(), f.note}
}

func (t *table) print(w io.Writer) {
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(out, "WHAT\tMEASURED\tMUST\tAIM\tVERDICT\tBESIDE IT")
	for _, f := range t.figures {
		fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\t%s\n", f.cells()...)
	}
	_ = out.Flush() // standard output
}

func (t *table) missed() (n int) {
	for _, f := range t.figures {
		if !f.holds(f.bar) {
			n++
		}
	}
	return n
}
