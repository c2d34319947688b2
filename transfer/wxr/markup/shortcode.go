package markup

import (
	"html"
	"strings"
)

// shortcodeName is the name of the shortcode at the start of s, or "".
func shortcodeName(s string) string {
	s = strings.TrimPrefix(strings.TrimPrefix(s, "["), "/")
	n := 0
	for n < len(s) && (letter(s[n]) || s[n] == '_' || n > 0 && (digit(s[n]) || s[n] == '-')) {
		n++
	}
	return s[:n]
}

// shortcodeEnd is the length of the opening shortcode at the start of s, or 0. Outside
// quotes neither brackets nor tags can be part of it.
func shortcodeEnd(s string) int {
	name := shortcodeName(s)
	if name == "" || s[1] == '/' {
		return 0
	}
	var quote byte
	for i := 1 + len(name); i < min(len(s), longestShortcode); i++ {
		c := s[i]
		switch {
		case c == ']' && quote == 0:
			return i + 1
		case quote == 0 && (c == '[' || c == '<'):
			return 0
		case i == 1+len(name) && !strings.ContainsRune(" \n\t=/:", rune(c)):
			return 0
		case quote == 0 && (c == '"' || c == '\'') && s[i-1] == '=':
			quote = c
		case c == quote:
			quote = 0
		}
	}
	return 0
}

// attributes of a shortcode: those with a name, and the bare words.
type attributes struct {
	named map[string]string
	words []string
}

// parseShortcode takes an opening shortcode apart.
func parseShortcode(raw string) (name string, a attributes) {
	name = shortcodeName(raw)
	a.named = map[string]string{}
	s := strings.TrimSuffix(raw[1+len(name):len(raw)-1], "/")
	for {
		s = strings.TrimLeft(s, " \n\t\u00A0=:")
		if s == "" {
			return name, a
		}
		var key, value string
		if n := strings.IndexAny(s, "= \n\t"); n > 0 && s[n] == '=' && shortcodeName(s) == s[:n] {
			key, s = strings.ToLower(s[:n]), s[n+1:]
		}
		value, s = attributeValue(s)
		if key == "" {
			a.words = append(a.words, value)
		} else if _, twice := a.named[key]; !twice {
			a.named[key] = value
		}
	}
}

// attributeValue is the value at the start of s, and what follows.
func attributeValue(s string) (value, rest string) {
	if s != "" && (s[0] == '"' || s[0] == '\'') {
		if n := strings.IndexByte(s[1:], s[0]); n >= 0 {
			return html.UnescapeString(s[1 : 1+n]), s[n+2:]
		}
	}
	n := strings.IndexAny(s, " \n\t")
	if n < 0 {
		n = len(s)
	}
	return html.UnescapeString(strings.Trim(s[:n], `"'`)), s[n:]
}

// pair joins the openers with their closers, and blocks with their ends: each end
// with the nearest open beginning of its name.
func (c *cleaner) pair() {
	open := map[string][]int32{}
	for i := range c.pieces {
		name, ends := "", false
		switch raw := c.source(c.pieces[i]); c.pieces[i].kind {
		case opener:
			if strings.HasSuffix(raw, "/]") {
				continue
			}
			name = "[" + shortcodeName(raw)
		case closer:
			name, ends = "["+shortcodeName(raw), true
		case comment:
			b, ok := parseBlock(raw)
			if !ok || b.void {
				continue
			}
			name, ends = b.name, b.ends
		default:
			continue
		}
		if !ends {
			open[name] = append(open[name], int32(i))
			continue
		}
		if waiting := open[name]; len(waiting) > 0 {
			last := len(waiting) - 1
			c.pieces[i].match, c.pieces[waiting[last]].match = waiting[last], int32(i)
			open[name] = waiting[:last]
		}
	}
}

// lineAround is how many bytes on each side tell whether a shortcode stands alone
// in its line.
const lineAround = 128

// prose says whether an opener without an end is more likely a writer's own
// brackets, such as "[sic]" or "[citation needed]", than a shortcode.
func (c *cleaner) prose(i int, name string, a attributes) bool {
	p := c.pieces[i]
	switch {
	case len(a.named) > 0, strings.ContainsAny(name, "_-0123456789"), strings.HasSuffix(c.source(p), "/]"):
		return false
	case len(a.words) > 0, strings.ToLower(name) != name:
		return true
	}
	before := c.text[max(0, int(p.start)-lineAround):p.start]
	after := c.text[p.end:min(len(c.text), int(p.end)+lineAround)]
	before = before[strings.LastIndexAny(before, "\n>")+1:]
	if n := strings.IndexAny(after, "\n<"); n >= 0 {
		after = after[:n]
	}
	return strings.Trim(before, " \t") != "" || strings.Trim(after, " \t") != ""
}
