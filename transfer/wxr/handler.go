package wxr

import "fmt"

// Handler takes what is read, in the order of the file. An error it returns ends
// the reading and comes back from Read as it is. What it is given is its own to keep.
type Handler interface {
	// Site is called once for each document, before its first item and at the
	// latest at its end; authors and terms may come earlier.
	Site(Site) error
	Author(Author) error
	Term(Term) error
	Item(Item) error
	// Problem hears of what was left out, cut or repaired.
	Problem(Problem) error
}

// ProblemKind says what a Problem is about.
type ProblemKind string

// The kinds of problems.
const (
	NotWellFormed ProblemKind = "not-well-formed" // a place where a strict parser would stop
	Repaired      ProblemKind = "repaired"        // characters dropped or replaced, ends supplied
	Incomplete    ProblemKind = "incomplete"      // a record that the end of the file cuts off; not delivered
	TooLarge      ProblemKind = "too-large"       // part of a record left out for its size
	Skipped       ProblemKind = "skipped"         // a file of the archive that is no export
)

// Problem is one thing that was not as it should be.
type Problem struct {
	Kind     ProblemKind
	Document string // the file inside the archive, or ""
	Line     int    // 0 where no line is concerned
	What     string // in plain English
}

// String has the document, the line and what happened.
func (p Problem) String() string {
	s := p.What
	if p.Line > 0 {
		s = fmt.Sprintf("line %d: %s", p.Line, s)
	}
	if p.Document != "" {
		s = p.Document + ": " + s
	}
	return s
}
