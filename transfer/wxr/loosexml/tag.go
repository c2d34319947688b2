package loosexml

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// tag reads a start or end tag. What looks like a tag and is none is text.
func (d *Decoder) tag(pos Pos) (*Token, error) {
	raw, what := d.whole()
	if what != "" {
		place := after(pos, raw)
		if what == unended {
			place = pos
		}
		if len(raw) >= d.limits.TagBytes {
			return nil, &LimitError{Line: pos.Line, What: fmt.Sprintf("a tag of more than %d bytes", d.limits.TagBytes)}
		}
		d.judge.fail(place, what)
		return d.literal(pos), nil
	}
	d.in.advance(len(raw))
	raw = d.cleaned(raw, pos)
	d.tok = Token{Kind: Start, Raw: raw, Pos: pos}
	if raw[1] == '/' {
		d.endTag(raw, pos)
	} else if err := d.startTag(raw, pos); err != nil {
		return nil, err
	}
	return &d.tok, nil
}

// cleaned is a tag without the characters that XML does not allow; they are told of
// and counted.
func (d *Decoder) cleaned(raw []byte, pos Pos) []byte {
	if harmless(raw) == len(raw) {
		return raw
	}
	kept := make([]byte, 0, len(raw))
	for i := 0; i < len(raw); {
		r, n := utf8.DecodeRune(raw[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			d.judge.fail(after(pos, raw[:i]), notUTF8)
			d.replaced++
			kept = utf8.AppendRune(kept, r)
		case !allowed(r):
			d.judge.fail(after(pos, raw[:i]), control)
			d.dropped++
		default:
			kept = append(kept, raw[i:i+n]...)
		}
		i += n
	}
	return kept
}

// whole finds the tag at hand up to its ">". A "<" before that, or the end of the
// input, means that it is not one, and raw is what comes before; inside quotes a "<"
// means that the quotes are wrong, and the tag ends at the first ">".
func (d *Decoder) whole() (raw []byte, what string) {
	var quote byte
	first := -1
	for i := 1; ; i++ {
		b := d.in.peek(i + 1)
		if i >= len(b) || i >= d.limits.TagBytes {
			return b, unended
		}
		// More than one byte may be at hand: look at all of them at once.
		b = d.in.buf[d.in.start:min(d.in.end, d.in.start+d.limits.TagBytes)]
		for ; i < len(b); i++ {
			c := b[i]
			if c == '>' && first < 0 {
				first = i
			}
			switch {
			case c == '<' && first >= 0:
				return b[:first+1], ""
			case c == '<' && quote == 0:
				return b[:i], "a < inside a tag"
			case c == '>' && quote == 0:
				return b[:i+1], ""
			case quote == 0 && (c == '"' || c == '\''):
				quote = c
			case c == quote:
				quote = 0
			}
		}
		i--
	}
}

func (d *Decoder) endTag(raw []byte, pos Pos) {
	d.tok.Kind = End
	name, rest := cutName(raw[2 : len(raw)-1])
	d.tok.Name = d.name(name)
	if extra := bytes.TrimLeft(rest, blanks); len(extra) > 0 {
		d.judge.fail(after(pos, raw[:len(raw)-1-len(extra)]), "an end tag that holds more than its name")
	}
	d.judge.end(Pos{pos.Line, pos.Column + 2}, d.tok.Name)
}

func (d *Decoder) startTag(raw []byte, pos Pos) error {
	inner := raw[1 : len(raw)-1]
	d.empty = bytes.HasSuffix(inner, []byte("/"))
	if d.empty {
		inner = inner[:len(inner)-1]
	}
	name, rest := cutName(inner)
	d.tok.Name = d.name(name)
	a := attributes{d: d, inner: inner, pos: Pos{pos.Line, pos.Column + 1}}
	if !a.read(rest) {
		return &LimitError{Line: pos.Line, What: fmt.Sprintf("a tag of more than %d attributes", d.limits.Attrs)}
	}
	if !d.judge.start(pos, d.tok.Name, d.tok.Attrs) {
		return &LimitError{Line: pos.Line, What: fmt.Sprintf("elements nested more than %d deep", d.limits.Depth)}
	}
	return nil
}

// after is the place behind b, which begins at pos.
func after(pos Pos, b []byte) Pos {
	if i := bytes.LastIndexByte(b, '\n'); i >= 0 {
		return Pos{pos.Line + bytes.Count(b, []byte{'\n'}), len(b) - i - 1}
	}
	return Pos{pos.Line, pos.Column + len(b)}
}

// unended is what is wrong with a tag that the end of the input cuts off.
const unended = "a tag without an end"

// blanks are the characters of the production S of XML 1.0, after line ends have
// been made one.
const blanks = " \t\n"

// cutName divides b after the name at its start.
func cutName(b []byte) (name, rest []byte) {
	if len(b) == 0 || !nameStart(b[0]) {
		return nil, b
	}
	n := 1
	for n < len(b) && nameByte(b[n]) {
		n++
	}
	return b[:n], b[n:]
}

// nameStart is the production NameStartChar of XML 1.0, with every character
// beyond ASCII let through.
func nameStart(c byte) bool { return letter(c) || c == '_' || c == ':' || c >= 0x80 }

// nameByte is the production NameChar, let through likewise.
func nameByte(c byte) bool { return nameStart(c) || digit(c) || c == '-' || c == '.' }
