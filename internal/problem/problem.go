package problem

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says what went wrong in the terms a caller acts on. web/kit maps kinds
// to HTTP status codes; nothing else does.
type Kind int

// The kinds, with the status each becomes in web/kit.
const (
	Invalid         Kind = iota + 1 // 422: what was sent cannot be taken; see Fields
	Unauthenticated                 // 401: sign in first
	Forbidden                       // 403: signed in, but not allowed
	NotFound                        // 404: not there, or not yours
	Gone                            // 410: was there, is not any more
	Conflict                        // 409: somebody else changed it first
	TooLarge                        // 413: more bytes than the route takes
	Malformed                       // 400: not a form, not UTF-8, not a number
	TooMany                         // 429: come back later
	Unavailable                     // 503: cannot be done now; nothing was changed
)

var kindNames = map[Kind]string{
	Invalid: "invalid", Unauthenticated: "unauthenticated", Forbidden: "forbidden", NotFound: "not found", Gone: "gone",
	Conflict: "conflict", TooLarge: "too large", Malformed: "malformed", TooMany: "too many", Unavailable: "unavailable",
}

// String is the kind in words, for logs.
func (k Kind) String() string { return kindNames[k] }

// Message is a sentence of the message catalogue, by key, with the values its
// placeholders take: {"count", 3} fills "{count}".
type Message struct {
	Key  string
	Args []any // name, value, name, value …
}

// Field is a message about one field of a form.
type Field struct {
	Name    string // the form field's name
	Message Message
}

// Problem is an error meant for a person: what happened and, field by field,
// what to mend. Its texts are keys, so that they are shown in the person's language.
type Problem struct {
	Kind    Kind
	Message Message
	Fields  []Field
	Cause   error // for the log only
}

// New makes a problem of a kind with its sentence.
func New(kind Kind, key string, args ...any) *Problem {
	return &Problem{Kind: kind, Message: Message{Key: key, Args: args}}
}

// Error is for logs; people are shown the message of the catalogue instead.
func (p *Problem) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", p.Kind, p.Message.Key)
	for _, f := range p.Fields {
		fmt.Fprintf(&b, "; %s: %s", f.Name, f.Message.Key)
	}
	if p.Cause != nil {
		fmt.Fprintf(&b, ": %v", p.Cause)
	}
	return b.String()
}

// Unwrap gives the cause to errors.Is and errors.As.
func (p *Problem) Unwrap() error { return p.Cause }

// KindOf is the kind of the first Problem in err's chain, or 0 if there is none.
func KindOf(err error) Kind {
	var p *Problem
	if errors.As(err, &p) {
		return p.Kind
	}
	return 0
}

// Is reports whether err holds a Problem of this kind.
func Is(err error, kind Kind) bool { return KindOf(err) == kind }

// Fields collects what is wrong with a form. The zero value is ready to use.
type Fields struct{ list []Field }

// Add notes a fault of one field.
func (f *Fields) Add(name, key string, args ...any) {
	f.list = append(f.list, Field{Name: name, Message: Message{Key: key, Args: args}})
}

// Empty reports that nothing is wrong.
func (f *Fields) Empty() bool { return len(f.list) == 0 }

// Err is nil when nothing is wrong, otherwise an Invalid problem with the fields.
func (f *Fields) Err() error {
	if f.Empty() {
		return nil
	}
	return &Problem{Kind: Invalid, Message: Message{Key: "problem.invalid"}, Fields: f.list}
}
