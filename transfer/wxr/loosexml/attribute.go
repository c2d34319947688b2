package loosexml

import (
	"bytes"
	"strings"
)

// attributes reads those of one start tag.
type attributes struct {
	d     *Decoder
	inner []byte // the tag without its brackets
	pos   Pos    // where inner starts
}

// fail tells of a breach where rest, an end of inner, starts.
func (a *attributes) fail(rest []byte, what string) {
	a.d.judge.fail(after(a.pos, a.inner[:len(a.inner)-len(rest)]), what)
}

// read reads rest, the inner of the tag behind its name. It is false where there are
// too many.
func (a *attributes) read(rest []byte) bool {
	for {
		trimmed := bytes.TrimLeft(rest, blanks)
		if len(trimmed) == 0 {
			return true
		}
		if len(trimmed) == len(rest) {
			a.fail(rest, "a tag with something else than attributes and spaces between them")
		}
		if len(a.d.tok.Attrs) == a.d.limits.Attrs {
			return false
		}
		rest = a.one(trimmed)
	}
}

// one reads the attribute at the start of b and gives what follows.
func (a *attributes) one(b []byte) []byte {
	name, rest := cutName(b)
	if len(name) == 0 {
		a.fail(b, "a tag with something else than attributes")
		return b[1:]
	}
	value := bytes.TrimLeft(rest, blanks)
	if len(value) == 0 || value[0] != '=' {
		a.fail(value, "an attribute without a value")
		a.keep(name, "")
		return rest
	}
	value = bytes.TrimLeft(value[1:], blanks)
	if len(value) > 0 && (value[0] == '"' || value[0] == '\'') {
		if n := bytes.IndexByte(value[1:], value[0]); n >= 0 {
			a.keep(name, a.value(value[1:], n))
			return value[n+2:]
		}
	}
	a.fail(value, "an attribute without quotes")
	n := bytes.IndexAny(value, blanks)
	if n < 0 {
		n = len(value)
	}
	a.keep(name, strings.Trim(a.value(value, n), `"'`))
	return value[n:]
}

// value is the first n bytes of rest with references resolved.
func (a *attributes) value(rest []byte, n int) string {
	if plain(rest[:n], false) == n {
		return string(rest[:n])
	}
	var out strings.Builder
	for end := len(rest) - n; len(rest) > end; {
		b := rest[:len(rest)-end]
		if b[0] == '&' {
			s, width, problem := reference(b[:min(len(b), longestReference)])
			if problem != "" {
				a.fail(rest[width:], problem)
			}
			out.WriteString(s)
			rest = rest[width:]
			continue
		}
		width := max(1, plain(b, false))
		if b[0] == '<' {
			a.fail(rest, "a bare < in an attribute")
		}
		out.Write(b[:width])
		rest = rest[width:]
	}
	return out.String()
}

// keep adds an attribute and remembers what a prefix stands for.
func (a *attributes) keep(name []byte, value string) {
	d := a.d
	kept := Attr{d.name(name), value}
	d.tok.Attrs = append(d.tok.Attrs, kept)
	if prefix, ok := strings.CutPrefix(kept.Name, "xmlns:"); ok && len(d.spaces) < mostNames {
		d.spaces[prefix] = value
	}
}
