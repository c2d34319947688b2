package calendar

import (
	"bytes"
	"strings"
)

// property is one line of a calendar, unfolded.
type property struct {
	name   string // in capitals
	params map[string]string
	value  string
	line   int // in the file, from 1
}

// properties gives the lines of a file one after the other, unfolded (RFC 5545, 3.1). A
// line that is no property has no name.
func properties(in []byte) func(yield func(property) bool) {
	return func(yield func(property) bool) {
		number, start := 0, 0
		var whole []byte
		for len(in) > 0 {
			line, rest, _ := bytes.Cut(in, []byte("\n"))
			in = rest
			number++
			line = bytes.TrimSuffix(line, []byte("\r"))
			if start > 0 && len(line) > 0 && (line[0] == ' ' || line[0] == '\t') {
				whole = append(whole, line[1:]...)
				continue
			}
			if start > 0 && len(whole) > 0 && !yield(propertyOf(whole, start)) {
				return
			}
			whole, start = append(whole[:0], line...), number
		}
		if len(whole) > 0 {
			yield(propertyOf(whole, start))
		}
	}
}

// propertyOf takes a line apart: NAME;PARAM=value;PARAM="value":value.
func propertyOf(line []byte, number int) property {
	text := strings.ToValidUTF8(string(line), "\uFFFD")
	p := property{line: number}
	end := strings.IndexAny(text, ";:")
	if end < 1 {
		return p
	}
	name := strings.ToUpper(strings.TrimSpace(text[:end]))
	for text[end] == ';' {
		param, rest := upTo(text[end+1:], ";:")
		if rest == "" {
			return p
		}
		key, value, _ := strings.Cut(param, "=")
		if p.params == nil {
			p.params = map[string]string{}
		}
		p.params[strings.ToUpper(strings.TrimSpace(key))] = strings.Trim(value, `"`)
		text, end = rest, 0
	}
	p.name, p.value = name, text[end+1:]
	return p
}

// upTo cuts a text before the first of some characters that is not within quotation marks.
func upTo(text, ends string) (before, rest string) {
	quoted := false
	for i := range len(text) {
		switch {
		case text[i] == '"':
			quoted = !quoted
		case !quoted && strings.IndexByte(ends, text[i]) >= 0:
			return text[:i], text[i:]
		}
	}
	return text, ""
}

var unescaping = strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\N`, "\n", `\,`, ",", `\;`, ";")

// text is a value of type TEXT (RFC 5545, 3.3.11).
func (p property) text() string { return unescaping.Replace(p.value) }
