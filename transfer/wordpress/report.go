package wordpress

import (
	"fmt"

	"waypost/transfer/wxr"
)

// Report tells what an import did, or what a dry run would do. Every item, author,
// topic and reply in Read is made, updated, kept or skipped; see Unbalanced.
type Report struct {
	Read wxr.Summary `json:"read"`
	Made Counts      `json:"made"`
	// Updated came before, changed in the old site since and was taken over anew.
	Updated Counts `json:"updated"`
	// Kept is here already: unchanged, edited here since, or, for topics, one with
	// another of the same name.
	Kept Counts `json:"kept"`
	// Implied are authors and topics, counted above, that stories name and the file
	// does not list.
	Implied Implied `json:"implied"`
	Skipped []Entry `json:"skipped"`
	Notes   []Entry `json:"notes"` // what came, but not as it was, and what is wrong with the file
	DryRun  bool    `json:"dry_run"`
	// Continued says that an earlier import of this site was cut off and that this one
	// went on with it.
	Continued bool `json:"continued"`
	// MoreNotes counts notes beyond those listed.
	MoreNotes int `json:"more_notes"`

	groups map[Entry]int // where entries beyond mostListed are counted
}

// Counts are numbers of things by kind.
type Counts struct {
	Stories   int `json:"stories"`
	Pages     int `json:"pages"`
	Authors   int `json:"authors"`
	Topics    int `json:"topics"`
	Replies   int `json:"replies"`
	Media     int `json:"media"` // attachments noted, none fetched
	Redirects int `json:"redirects"`
}

// Implied counts what was named without being listed.
type Implied struct {
	Authors int `json:"authors"`
	Topics  int `json:"topics"`
}

// Kind says which number of the summary an entry belongs to.
type Kind string

// The kinds of entries. File is about the file itself and no number.
const (
	Item   Kind = "item"
	Reply  Kind = "reply"
	Author Kind = "author"
	Term   Kind = "topic"
	File   Kind = "file"
)

// Entry is one thing with what there is to say about it.
type Entry struct {
	What  string `json:"what"`           // such as: post 12 “The first year”
	Why   string `json:"why"`            // the same for all of its sort
	More  string `json:"more,omitempty"` // what is this one's alone
	Line  int    `json:"line"`           // where it starts in the file; 0 where no line is known
	Kind  Kind   `json:"kind"`
	Count int    `json:"count,omitempty"` // how many things it stands for, where not one
}

const (
	mostListed = 20_000 // entries skipped that are listed one by one
	mostNotes  = 5_000
)

func newReport(dry bool) Report {
	return Report{Skipped: []Entry{}, Notes: []Entry{}, DryRun: dry, groups: map[Entry]int{}}
}

// skip lists an entry. Beyond mostListed one entry stands for all of its kind and
// reason.
func (r *Report) skip(e Entry) {
	if len(r.Skipped) < mostListed {
		r.Skipped = append(r.Skipped, e)
		return
	}
	group := Entry{Kind: e.Kind, Why: e.Why}
	at, known := r.groups[group]
	if !known {
		at = len(r.Skipped)
		r.groups[group] = at
		e.Count = 0
		r.Skipped = append(r.Skipped, e)
	}
	r.Skipped[at].Count++
}

func (r *Report) note(e Entry) {
	if len(r.Notes) < mostNotes {
		r.Notes = append(r.Notes, e)
		return
	}
	r.MoreNotes++
}

func (c *Counts) add(o Counts) {
	c.Stories += o.Stories
	c.Pages += o.Pages
	c.Authors += o.Authors
	c.Topics += o.Topics
	c.Replies += o.Replies
	c.Media += o.Media
	c.Redirects += o.Redirects
}

func (e Entry) things() int { return max(1, e.Count) }

// Unbalanced names each kind of which not everything read was made, updated, kept or
// skipped, with the numbers. It is empty for every import that ran to its end.
func (r Report) Unbalanced() []string {
	skipped := map[Kind]int{}
	for _, e := range r.Skipped {
		skipped[e.Kind] += e.things()
	}
	var done Counts
	done.add(r.Made)
	done.add(r.Updated)
	done.add(r.Kept)
	var wrong []string
	for _, k := range [...]struct {
		kind       Kind
		read, done int
	}{
		{Item, r.Read.Items, done.Stories + done.Pages + done.Media},
		{Reply, r.Read.Comments, done.Replies},
		{Author, r.Read.Authors, done.Authors - r.Implied.Authors},
		{Term, r.Read.CategoryDefs + r.Read.TagDefs + r.Read.TermDefs, done.Topics - r.Implied.Topics},
	} {
		if k.read != k.done+skipped[k.kind] {
			wrong = append(wrong, fmt.Sprintf("%s: %d read, %d made, updated or kept, %d skipped", k.kind, k.read, k.done, skipped[k.kind]))
		}
	}
	return wrong
}
