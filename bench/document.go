//go:build linux

package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"waypost/bench/proc"
)

// Between these lines of a document stands the table of the last run.
const (
	tableBegins = "<!-- figures: written by the bench -->\n"
	tableEnds   = "<!-- end of figures -->\n"
)

// write replaces the table in a document.
func (t *table) write(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	before, rest, begun := strings.Cut(string(text), tableBegins)
	_, after, ended := strings.Cut(rest, tableEnds)
	if !begun || !ended {
		return fmt.Errorf("%s has no lines %q and %q to put the table between", path, strings.TrimSpace(tableBegins), strings.TrimSpace(tableEnds))
	}
	return os.WriteFile(path, []byte(before+tableBegins+t.markdown()+tableEnds+after), 0o644)
}

func (t *table) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%s; load before the run %s; %s.\n\n", proc.Machine(), t.busy, time.Now().UTC().Format("2 January 2006"))
	b.WriteString("| what | measured | must hold | aim | verdict | beside it |\n| --- | --- | --- | --- | --- | --- |\n")
	for _, f := range t.figures {
		fmt.Fprintf(&b, "| %s | **%s** | %s | %s | %s | %s |\n", f.cells()...)
	}
	b.WriteString("\n")
	return b.String()
}
