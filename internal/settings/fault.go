package settings

import (
	"fmt"
	"strings"
)

// Fault is one thing to mend before the program can start.
type Fault struct {
	Where string // as Line.From, or the name of the setting when its default is at fault
	What  string // what is wrong there and what would be right
}

// String is the fault in one line: "waypost-data/waypost.json:7: …".
func (f Fault) String() string { return f.Where + ": " + f.What }

// Faults is every fault found in one start, as an error.
type Faults []Fault

// Error has a line for each fault.
func (f Faults) Error() string {
	var b strings.Builder
	b.WriteString("these settings have to be mended:")
	for _, fault := range f {
		b.WriteString("\n  " + fault.String())
	}
	return b.String()
}

func (f *Faults) add(where, format string, args ...any) {
	*f = append(*f, Fault{Where: where, What: fmt.Sprintf(format, args...)})
}

// err is nil when there is no fault: a nil error, not a nil Faults in one.
func (f Faults) err() error {
	if len(f) == 0 {
		return nil
	}
	return f
}

// suggestion is the end of a sentence about a name that is not known: the
// nearest of the known ones, when it is near enough to be a slip.
func suggestion(name string, known []string) string {
	best, least := "", max(2, len(name)/3)+1
	for _, candidate := range known {
		if d := distance(name, candidate); d < least {
			best, least = candidate, d
		}
	}
	if best == "" {
		return "`waypost config` lists those there are"
	}
	return "did you mean " + best + "?"
}

// distance counts the bytes to insert, drop or change to get from a to b
// (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
