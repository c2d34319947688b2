package loosexml

import (
	"bytes"
	"io"
	"strings"
)

// Kind says what a Token is.
type Kind int

// The kinds of tokens. Comments, processing instructions and the XML
// declaration give none.
const (
	Start      Kind = iota + 1 // <name …>, also the first half of <name/>
	End                        // </name>, also the second half of <name/>
	Text                       // a piece of text with its references resolved
	DataStart                  // <![CDATA[
	DataEnd                    // the ]]> of a CDATA section
	StrayClose                 // ]]> where no CDATA section is open
)

// Token is one piece of the input. It is overwritten by the next call of Next.
type Token struct {
	Kind  Kind
	Name  string // as written, with its prefix
	Attrs []Attr
	Text  []byte // of Text: at most about 32 KiB; long texts come in several
	Raw   []byte // of Start and End: the tag as written; empty where <name/> ends
	Pos   Pos
}

// Attr is one attribute, its value with references resolved.
type Attr struct {
	Name, Value string
}

// Attr is the value of the attribute called name, or "".
func (t *Token) Attr(name string) string {
	for _, a := range t.Attrs {
		if a.Name == name {
			return a.Value
		}
	}
	return ""
}

// Limits refuse what no honest writer makes. All must be above zero.
type Limits struct {
	TagBytes int // longest tag, at most 64 KiB
	Attrs    int // most attributes of a tag
	Depth    int // deepest nesting of well-formed input
}

// Decoder reads tokens.
type Decoder struct {
	in     input
	limits Limits
	judge  judge
	spaces map[string]string
	names  map[string]string
	tok    Token
	chunk  []byte
	data   bool // inside a CDATA section
	empty  bool // the last start tag was <name/>

	dropped, replaced int
}

const (
	chunkBytes = 32 << 10
	mostNames  = 1024 // names and prefixes remembered
)

// NewDecoder reads from r, whose encoding is taken from its byte order mark or its
// XML declaration. report, unless nil, hears of every place that is not
// well-formed, of the same thing once a line; after the first, only of those that
// need no knowledge of which elements are open.
func NewDecoder(r io.Reader, limits Limits, report func(*SyntaxError)) *Decoder {
	limits.TagBytes = min(limits.TagBytes, inputBytes/2)
	d := &Decoder{
		limits: limits,
		judge:  judge{report: report, maxDepth: limits.Depth},
		spaces: map[string]string{},
		names:  map[string]string{},
	}
	r, problem := decoded(r)
	if problem != "" {
		d.judge.fail(Pos{Line: 1}, problem)
	}
	d.in = newInput(r)
	return d
}

// Err is the first place where the input read so far is not well-formed, or nil.
func (d *Decoder) Err() *SyntaxError { return d.judge.first }

// Line is the line that is read next.
func (d *Decoder) Line() int { return d.in.line }

// Dropped counts the characters left out because XML has no place for them.
func (d *Decoder) Dropped() int { return d.dropped }

// Replaced counts the bytes that were not UTF-8 and became U+FFFD.
func (d *Decoder) Replaced() int { return d.replaced }

// Space is the address that a prefix stands for by the latest declaration seen,
// or "".
func (d *Decoder) Space(prefix string) string { return d.spaces[prefix] }

// Next is the next token, io.EOF at the end, a *DoctypeError or *LimitError where
// reading is refused, or the error of the underlying reader. It never returns an
// error for input that is only not well-formed.
func (d *Decoder) Next() (*Token, error) {
	if d.empty {
		d.empty = false
		d.judge.end(d.tok.Pos, d.tok.Name)
		d.tok = Token{Kind: End, Name: d.tok.Name, Pos: d.tok.Pos}
		return &d.tok, nil
	}
	for {
		if d.data {
			return d.text()
		}
		head := d.in.peek(len("<![CDATA["))
		if len(head) == 0 {
			return nil, d.finish()
		}
		if head[0] != '<' {
			return d.text()
		}
		if tok, err := d.markup(head); tok != nil || err != nil {
			return tok, err
		}
	}
}

// finish judges the end of the input.
func (d *Decoder) finish() error {
	if d.in.err != io.EOF {
		return d.in.err
	}
	d.judge.finish(d.in.pos())
	return io.EOF
}

// markup reads what begins with "<". It gives no token for a comment and the like.
func (d *Decoder) markup(head []byte) (*Token, error) {
	pos := d.in.pos()
	switch {
	case bytes.HasPrefix(head, []byte("<!--")):
		d.in.advance(4)
		return nil, d.comment(pos)
	case bytes.HasPrefix(head, []byte("<![CDATA[")):
		d.in.advance(len("<![CDATA["))
		d.judge.data(pos)
		d.data = true
		d.tok = Token{Kind: DataStart, Pos: pos}
		return &d.tok, nil
	case len(head) == 9 && strings.EqualFold(string(head), "<!DOCTYPE"):
		return nil, &DoctypeError{Line: pos.Line}
	case bytes.HasPrefix(head, []byte("<?")):
		return nil, d.instruction(pos)
	case len(head) > 1 && nameStart(head[1]), len(head) > 2 && head[1] == '/' && nameStart(head[2]):
		return d.tag(pos)
	case len(head) == 1 || string(head) == "</":
		d.judge.fail(pos, unended)
	}
	return d.literal(pos), nil
}

// literal takes a "<" that begins no markup as text.
func (d *Decoder) literal(pos Pos) *Token {
	d.judge.fail(Pos{pos.Line, pos.Column + 1}, "a bare < in the text")
	d.in.advance(1)
	d.chunk = append(d.chunk[:0], '<')
	d.tok = Token{Kind: Text, Text: d.chunk, Pos: pos}
	return &d.tok
}

// name is b as a string, one copy for each of the names used often.
func (d *Decoder) name(b []byte) string {
	if s, ok := d.names[string(b)]; ok {
		return s
	}
	s := string(b)
	if len(d.names) < mostNames {
		d.names[s] = s
	}
	return s
}
