package render

import (
	"waypost/internal/problem"
	"waypost/replies"
)

// ReplyForm is the form by which somebody answers a story, or a reply to it. With a slug
// and a mode alone it is that of kept pages, the same for everybody.
//
// Where the script runs, a link with data-answer, the identifier of a reply, moves the
// form into the element whose id is "reply-" and that identifier.
type ReplyForm struct {
	Slug              string // of the story
	Mode              replies.Mode
	Parent            string // the reply that it answers; empty: the story
	Stamp             string // none on kept pages: what is sent is shown before it counts
	Member            string // the name of whoever is signed in
	Trusted           bool   // they moderate, or wrote the story: what they send is shown
	Name, Email, Body string
	Watch             bool
	Problem           *problem.Message // why it was not taken
	Faults            []problem.Field
}

// next are message keys: what becomes of a reply.
var next = map[replies.Mode]string{replies.HoldNone: "reply.next_none", replies.HoldFirst: "reply.next_first",
	replies.HoldLinks: "reply.next_links", replies.HoldAll: "reply.next_all"}

// Next says what happens after sending.
func (f ReplyForm) Next() string {
	if f.Trusted {
		return "reply.next_trusted"
	}
	return next[f.Mode]
}

// Fault is what is wrong with a field, nil if nothing is.
func (f ReplyForm) Fault(name string) *problem.Message {
	for i := range f.Faults {
		if f.Faults[i].Name == name {
			return &f.Faults[i].Message
		}
	}
	return nil
}
