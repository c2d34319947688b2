package markdown

import (
	"bytes"

	"golang.org/x/net/html"
)

// origin is where the tags come from. Only goldmark's are believed when they say that something is a footnote.
type origin uint8

const (
	fromStory origin = iota
	fromNote
	fromImport
)

// maxDepth is how many elements may be open in one another before further tags are unwrapped.
const maxDepth = 60

// open is an element whose end has not come yet.
type open struct {
	node  *html.Node
	class class
	// implied elements had no tag of their own.
	implied bool
	// divided li, td and dd had a div in them, so their text goes into paragraphs.
	divided bool
	// divs counts the div tags still open of a figure that began as one.
	divs int
	// ended inline elements have had their own end tag; home is the index of the block an inline one was written in.
	ended bool
	home  int
}

// builder makes the tree from tags. Its invariant: what is in the tree is what a browser makes of its serialisation.
type builder struct {
	options Options
	origin  origin
	tags    *html.Tokenizer
	stack   []open // [0] is the root

	marks   map[*html.Node]mark   // what could not be shown, by the link or text that stands for it
	shown   map[*html.Node]string // pictures of this site, with the title that may become a caption
	aligned map[*html.Node]string // alignment that a picture's figure takes over
	ids     ids
	levels  []int // source levels of the headings above the next one
	outline []outlined
	tables  int
	links   links

	cards    map[*html.Node]mark // paragraphs that are cards, with what they stand for
	resume   []interrupted       // outer ones first
	reopened int                 // bytes of tags opened again
}

// outlined is a heading of the outline, whose text is final only once the tree is.
type outlined struct {
	node  *html.Node
	level int
	id    string
}

// build makes a Document from tags.
func build(src []byte, o Options, from origin) Document {
	b := &builder{
		options: o,
		origin:  from,
		tags:    html.NewTokenizer(bytes.NewReader(src)),
		stack:   []open{{node: newNode("div"), class: flow}},
		marks:   map[*html.Node]mark{},
		shown:   map[*html.Node]string{},
		aligned: map[*html.Node]string{},
		cards:   map[*html.Node]mark{},
		ids:     newIDs(o.IDPrefix),
		links:   links{seen: map[string]bool{}},
	}
	b.run()
	b.ids.resolve()
	root := b.stack[0].node
	b.albums(root)
	text := plain(root)
	d := Document{HTML: b.render(root, len(src)), Text: text, Words: countWords(text), Links: b.links.list}
	for _, h := range b.outline {
		d.Outline = append(d.Outline, Heading{Level: h.level, ID: h.id, Text: inlineText(h.node)})
	}
	return d
}

// render writes the children of root, about size bytes, and sanitises them, last of all.
func (b *builder) render(root *html.Node, size int) string {
	var out bytes.Buffer
	out.Grow(size + size/4)
	for c := root.FirstChild; c != nil; c = c.NextSibling {
		// A buffer takes all, and the tree holds no node that html.Render refuses.
		if err := html.Render(&out, c); err != nil {
			return ""
		}
		out.WriteByte('\n')
	}
	if b.options.Absolute {
		return feedPolicy.SanitizeReader(&out).String()
	}
	return pagePolicy.SanitizeReader(&out).String()
}

func (b *builder) run() {
	for {
		switch b.tags.Next() {
		case html.ErrorToken:
			for len(b.stack) > 1 {
				b.pop()
			}
			return
		case html.TextToken:
			b.text(string(b.tags.Text()))
		case html.StartTagToken:
			b.start(false)
		case html.SelfClosingTagToken:
			b.start(true)
		case html.EndTagToken:
			name, _ := b.tags.TagName()
			b.end(string(name))
		}
	}
}

func (b *builder) top() *open {
	return &b.stack[len(b.stack)-1]
}

func (b *builder) push(name string, c class, attrs ...html.Attribute) *html.Node {
	n := newNode(name, attrs...)
	b.top().node.AppendChild(n)
	b.stack = append(b.stack, open{node: n, class: c})
	return n
}

// imply opens an element that has no tag.
func (b *builder) imply(name string) {
	b.push(name, elements[name].class)
	b.top().implied = true
}

// pop closes the innermost element.
func (b *builder) pop() {
	o := *b.top()
	b.stack = b.stack[:len(b.stack)-1]
	b.finish(o.node)
	switch o.class {
	case inline:
		b.interrupt(o)
	case leaf:
	default:
		b.forget()
	}
}

// popTo closes elements until stack[i] is the innermost.
func (b *builder) popTo(i int) {
	for len(b.stack)-1 > i {
		b.pop()
	}
}

// find returns the index of the innermost open element that match accepts, or -1; it does not look beyond one that
// stop accepts.
func (b *builder) find(match, stop func(*open) bool) int {
	for i := len(b.stack) - 1; i > 0; i-- {
		if match(&b.stack[i]) {
			return i
		}
		if stop(&b.stack[i]) {
			return -1
		}
	}
	return -1
}

// leafOpen returns the block of phrasing content that is open, or nil.
func (b *builder) leafOpen() *open {
	for i := len(b.stack) - 1; i > 0; i-- {
		switch b.stack[i].class {
		case leaf:
			return &b.stack[i]
		case inline:
		default:
			return nil
		}
	}
	return nil
}
