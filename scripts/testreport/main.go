// Command testreport reads the output of `go test -json` and prints what a person
// wants to see of it: a line for each package, everything a failed test said,
// how many cases from outside the project were tried, and the totals.
//
// It fails when a test failed, when something did not build, and when a test
// was skipped: a test that did not run proves nothing.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

func main() {
	r := newReport(os.Stdout)
	if err := r.read(os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, "testreport:", err)
		os.Exit(1)
	}
	if !r.finish(strings.Join(os.Args[1:], " ")) {
		os.Exit(1)
	}
}

// event is a line of `go test -json`, as `go doc test2json` describes it.
type event struct {
	Action     string
	Package    string
	ImportPath string // of a package that did not build, in place of Package
	Test       string
	Elapsed    float64
	Output     string
}

// report gathers the events of one run.
type report struct {
	out      io.Writer
	said     map[string]*strings.Builder // by package and test, until its end
	races    map[string]*strings.Builder // by package, while the detector reports one
	passed   map[string]int              // tests of a package
	total    int
	packages int
	cases    []string
	faults   []string
}

func newReport(out io.Writer) *report {
	return &report{
		out:    out,
		said:   map[string]*strings.Builder{},
		races:  map[string]*strings.Builder{},
		passed: map[string]int{},
	}
}

func (r *report) read(in io.Reader) error {
	lines := json.NewDecoder(in)
	for {
		var e event
		err := lines.Decode(&e)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read the output of go test -json: %w", err)
		}
		r.add(e)
	}
}

func (r *report) add(e event) {
	key := e.Package + " " + e.Test
	switch e.Action {
	case "output":
		r.keep(key, e)
	case "build-output":
		fmt.Fprint(r.out, e.Output)
	case "build-fail":
		r.faults = append(r.faults, e.ImportPath+" does not build")
	case "pass", "fail", "skip":
		r.end(key, e)
		delete(r.said, key)
	}
}

func (r *report) keep(key string, e event) {
	said := r.said[key]
	if said == nil {
		said = &strings.Builder{}
		r.said[key] = said
	}
	said.WriteString(e.Output)
	r.race(e)
	if e.Test != "" && strings.Contains(e.Output, " outside") {
		r.cases = append(r.cases, fmt.Sprintf("%s %s: %s", e.Package, e.Test, afterPlace(e.Output)))
	}
}

// race prints what the race detector says. It stands under whichever test spoke last, and
// that may well pass.
func (r *report) race(e event) {
	text := r.races[e.Package]
	switch {
	case strings.Contains(e.Output, "WARNING: DATA RACE"):
		text = &strings.Builder{}
		r.races[e.Package] = text
	case text == nil:
		return
	}
	if !strings.HasPrefix(e.Output, "====") {
		text.WriteString(e.Output)
		return
	}
	fmt.Fprintf(r.out, "RACE  %s\n%s", e.Package, text)
	delete(r.races, e.Package)
}

// afterPlace cuts the file and line that testing puts before a log line.
func afterPlace(line string) string {
	line = strings.TrimSpace(line)
	place, rest, found := strings.Cut(line, ": ")
	if found && strings.Contains(place, ".go:") {
		return rest
	}
	return line
}

func (r *report) end(key string, e event) {
	switch {
	case e.Test == "":
		r.endPackage(key, e)
	case e.Action == "fail":
		r.faults = append(r.faults, key+" failed")
		r.print(key)
	case e.Action == "skip":
		r.faults = append(r.faults, key+" was skipped")
		r.print(key)
	case !strings.Contains(e.Test, "/"):
		r.passed[e.Package]++
		r.total++
	}
}

func (r *report) endPackage(key string, e event) {
	switch e.Action {
	case "pass":
		if r.passed[e.Package] == 0 {
			return
		}
		r.packages++
		fmt.Fprintf(r.out, "ok    %-36s %6.1f s %5d tests\n", e.Package, e.Elapsed, r.passed[e.Package])
	case "fail":
		r.faults = append(r.faults, e.Package+" failed")
		fmt.Fprintf(r.out, "FAIL  %s\n", e.Package)
		r.print(key)
	}
}

func (r *report) print(key string) {
	if said := r.said[key]; said != nil {
		fmt.Fprint(r.out, said.String())
	}
}

// finish prints the totals, with label saying what kind of run it was, and
// reports whether all is well.
func (r *report) finish(label string) bool {
	for _, line := range r.cases {
		fmt.Fprintln(r.out, "cases", line)
	}
	fmt.Fprintf(r.out, "%d tests in %d packages passed %s\n", r.total, r.packages, label)
	for _, fault := range r.faults {
		fmt.Fprintln(r.out, "FAULT", fault)
	}
	return len(r.faults) == 0
}
