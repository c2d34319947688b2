package loosexml

import (
	"bytes"
	"regexp"
	"strings"
)

// comment passes over a comment whose "<!--" has been read.
func (d *Decoder) comment(pos Pos) error {
	for {
		if !d.until('-') {
			d.judge.fail(pos, "a comment without an end")
			return nil
		}
		b := d.in.peek(3)
		switch {
		case string(b) == "-->":
			d.in.advance(3)
			return nil
		case bytes.HasPrefix(b, []byte("--")):
			d.judge.fail(d.in.pos(), "-- inside a comment")
		}
		d.in.advance(1)
	}
}

// instruction passes over a processing instruction or the XML declaration.
func (d *Decoder) instruction(pos Pos) error {
	target := d.in.peek(len("<?xml "))
	switch {
	case len(target) < 3 || !nameStart(target[2]):
		d.judge.fail(pos, "an instruction without a name")
	case len(target) == 6 && strings.EqualFold(string(target[2:5]), "xml") && !nameByte(target[5]):
		if pos != (Pos{Line: 1}) {
			d.judge.fail(pos, "the XML declaration is not at the start")
		} else if !declaration.Match(d.in.peek(longestDeclaration)) {
			d.judge.fail(pos, "the XML declaration is not right")
		}
	}
	d.in.advance(min(2, len(target)))
	for {
		if !d.until('?') {
			d.judge.fail(pos, "an instruction without an end")
			return nil
		}
		if string(d.in.peek(2)) == "?>" {
			d.in.advance(2)
			return nil
		}
		d.in.advance(1)
	}
}

// declaration is the production XMLDecl of XML 1.0, section 2.8.
var declaration = regexp.MustCompile(`^<\?xml\s+version\s*=\s*["']1\.[0-9]+["']` +
	`(\s+encoding\s*=\s*["'][A-Za-z][A-Za-z0-9._-]*["'])?(\s+standalone\s*=\s*["'](yes|no)["'])?\s*\?>`)

// longestDeclaration is more than any honest XML declaration takes.
const longestDeclaration = 256

// until moves up to the next c and judges the characters on the way. It is false
// where the input ends before.
func (d *Decoder) until(c byte) bool {
	for {
		b := d.in.window()
		if len(b) == 0 {
			return false
		}
		end := bytes.IndexByte(b, c)
		if end == 0 {
			return true
		}
		if end < 0 {
			end = len(b)
		}
		n := harmless(b[:end])
		if n > 0 {
			d.in.advance(n)
			continue
		}
		d.chunk = d.chunk[:0]
		d.character()
	}
}

// harmless is the length of the run at the start of b that is printable ASCII,
// tabs and line ends.
func harmless(b []byte) int {
	for i, c := range b {
		if c >= 0x80 || c < ' ' && c != '\n' && c != '\t' {
			return i
		}
	}
	return len(b)
}
