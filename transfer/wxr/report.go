package wxr

import (
	"fmt"

	"waypost/transfer/wxr/loosexml"
)

// mostBreaches is how many places that are not well-formed are told one by one.
const mostBreaches = 50

// reporter hands problems to the handler, not more than agreed, and keeps
// the first error the handler answers with.
type reporter struct {
	h        Handler
	document string
	left     int // problems that may still be told
	more     int // problems not told
	breaches int
	err      error
}

func (r *reporter) problem(kind ProblemKind, line int, what string) {
	if r.left == 0 {
		r.more++
		return
	}
	r.left--
	r.tell(Problem{kind, r.document, line, what})
}

// breach is called by the XML reader.
func (r *reporter) breach(e *loosexml.SyntaxError) {
	if r.breaches++; r.breaches <= mostBreaches {
		r.problem(NotWellFormed, e.Line, e.What)
	}
}

// finish ends a document: what was only counted is told as a number.
func (r *reporter) finish() {
	if n := r.breaches - mostBreaches; n > 0 {
		r.tell(Problem{Kind: NotWellFormed, Document: r.document, What: fmt.Sprintf("%d more places are not well-formed", n)})
	}
	if r.more > 0 {
		r.tell(Problem{Kind: Repaired, Document: r.document, What: fmt.Sprintf("%d more problems", r.more)})
	}
	r.breaches, r.more = 0, 0
}

func (r *reporter) tell(p Problem) {
	if r.err == nil {
		r.err = r.h.Problem(p)
	}
}
