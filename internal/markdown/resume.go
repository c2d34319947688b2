package markdown

import (
	"slices"

	"golang.org/x/net/html"
)

// Emphasis and links may be written around blocks, which HTML's content model does not allow for all and browsers mend
// by opening them again inside (HTML, section 13.2.4.3, the list of active formatting elements). So does this file, for
// imported texts, within bounds: an element is opened again only inside the block it was written in.
const (
	maxResumed  = 4        // elements in one another that are opened again
	resumeBytes = 64 << 10 // of tags that this may add to a text
)

// resumable are the elements that go on in the next block.
var resumable = []string{"a", "b", "code", "del", "em", "i", "ins", "mark", "s", "small", "strong", "u"}

// interrupted is an inline element that a block ended before its own end tag came.
type interrupted struct {
	node *html.Node
	home int // index on the stack of the block it was written in
}

// interrupt remembers an element that is closed for the sake of a block.
func (b *builder) interrupt(o open) {
	if b.origin != fromImport || o.ended || !slices.Contains(resumable, o.node.Data) || len(b.resume) == maxResumed {
		return
	}
	b.resume = slices.Insert(b.resume, 0, interrupted{o.node, o.home}) // the inner ones are closed first
}

// forget ends what was written in blocks that are closed.
func (b *builder) forget() {
	b.resume = slices.DeleteFunc(b.resume, func(i interrupted) bool { return i.home >= len(b.stack) })
}

// endInterrupted takes the end tag of an element that is not open at the moment.
func (b *builder) endInterrupted(name string) {
	for i := len(b.resume) - 1; i >= 0; i-- {
		if b.resume[i].node.Data == name {
			b.resume = slices.Delete(b.resume, i, i+1)
			return
		}
	}
}

// reopen opens interrupted elements again, where text is about to stand.
func (b *builder) reopen() {
	again := b.resume
	b.resume = nil
	for _, i := range again {
		size := len(i.node.Data)
		for _, a := range i.node.Attr {
			size += len(a.Key) + len(a.Val)
		}
		if b.reopened += size; b.reopened > resumeBytes {
			return
		}
		n := b.push(i.node.Data, inline, slices.Clone(i.node.Attr)...)
		b.top().home = i.home
		if n.Data == "a" {
			b.ids.refer(n)
		}
	}
}

// home is the index on the stack of the innermost block that is no paragraph or the like.
func (b *builder) home() int {
	i := len(b.stack) - 1
	for b.stack[i].class == inline || b.stack[i].class == leaf {
		i--
	}
	return i
}
