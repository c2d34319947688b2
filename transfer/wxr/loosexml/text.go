package loosexml

import "unicode/utf8"

// text reads text up to the next markup, or a piece of it, or the marks around
// CDATA.
func (d *Decoder) text() (*Token, error) {
	d.chunk = d.chunk[:0]
	start := d.in.pos()
	for len(d.chunk) < chunkBytes {
		b := d.in.window()
		if len(b) == 0 {
			break
		}
		n := plain(b[:min(len(b), chunkBytes)], d.data)
		if n > 0 {
			d.chunk = append(d.chunk, b[:n]...)
			d.in.advance(n)
			continue
		}
		if b[0] == '<' && !d.data {
			break
		}
		if b[0] == ']' && string(d.in.peek(3)) == "]]>" {
			if len(d.chunk) > 0 {
				break
			}
			return d.close(start), nil
		}
		d.special(b[0])
	}
	if len(d.chunk) == 0 && d.data && len(d.in.window()) == 0 {
		d.judge.fail(d.in.pos(), "the file ends inside CDATA")
		d.data = false
		return nil, d.finish()
	}
	if !d.data {
		d.judge.text(start, d.chunk)
	}
	d.tok = Token{Kind: Text, Text: d.chunk, Pos: start}
	return &d.tok, nil
}

// close reads "]]>".
func (d *Decoder) close(pos Pos) *Token {
	d.in.advance(3)
	d.tok = Token{Kind: DataEnd, Pos: pos}
	if !d.data {
		d.judge.fail(Pos{pos.Line, pos.Column + 2}, "]]> without CDATA")
		d.tok.Kind = StrayClose
	}
	d.data = false
	return &d.tok
}

// plain is the length of the run at the start of b that needs no look: ASCII
// without controls, markup or the start of "]]>".
func plain(b []byte, data bool) int {
	for i, c := range b {
		switch {
		case c >= utf8.RuneSelf, c < ' ' && c != '\n' && c != '\t', c == ']':
			return i
		case !data && (c == '<' || c == '&'):
			return i
		}
	}
	return len(b)
}

// special reads one character, or one reference, that plain stopped at.
func (d *Decoder) special(c byte) {
	switch {
	case c == '&' && !d.data:
		d.reference()
	case c == ']':
		d.chunk = append(d.chunk, c)
		d.in.advance(1)
	default:
		d.character()
	}
}

// What is told of characters that are not allowed.
const (
	notUTF8 = "bytes that are not UTF-8"
	control = "a control character"
)

// character reads one character that is not ASCII, or one that XML forbids.
func (d *Decoder) character() {
	b := d.in.peek(utf8.UTFMax)
	r, n := utf8.DecodeRune(b)
	switch {
	case r == utf8.RuneError && n == 1:
		d.judge.fail(d.in.pos(), notUTF8)
		d.replaced++
		d.chunk = append(d.chunk, "\uFFFD"...)
	case !allowed(r):
		d.judge.fail(d.in.pos(), control)
		d.dropped++
	default:
		d.chunk = append(d.chunk, b[:n]...)
	}
	d.in.advance(n)
}

// allowed is the production Char of XML 1.0, section 2.2.
func allowed(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' ||
		r >= 0x20 && r <= 0xD7FF ||
		r >= 0xE000 && r <= 0xFFFD ||
		r >= 0x10000 && r <= 0x10FFFF
}

// reference reads what begins with "&" in text.
func (d *Decoder) reference() {
	pos := d.in.pos()
	s, n, problem := reference(d.in.peek(longestReference))
	if problem != "" {
		d.judge.fail(Pos{pos.Line, pos.Column + n}, problem)
	}
	if s == "" {
		d.dropped++
	}
	d.chunk = append(d.chunk, s...)
	d.in.advance(n)
}
