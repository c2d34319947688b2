package markup

import "strings"

// kind says what a piece of a text is.
type kind uint8

const (
	text     kind = iota
	tag           // an HTML tag
	verbatim      // <pre>…</pre> and the like, whole
	comment       // <!-- … -->
	opener        // [name …]
	closer        // [/name]
	escaped       // [[name …]]
)

// piece is a part of a text.
type piece struct {
	kind       kind
	start, end int32
	match      int32 // of openers, closers and blocks: the piece they pair with, or -1
}

// longestShortcode is the most bytes from "[" to "]" of a shortcode.
const longestShortcode = 4 << 10

// lexer cuts a text into pieces.
type lexer struct {
	text    string
	pieces  []piece
	pending int             // where text not yet in a piece starts
	endless map[string]bool // elements, or "!--", with no end in the rest of the text
}

func lex(s string) []piece {
	l := lexer{text: s, endless: map[string]bool{}}
	for i := 0; i < len(s); {
		next := strings.IndexAny(s[i:], "<[")
		if next < 0 {
			break
		}
		i += next
		k, end := l.at(i)
		if end <= i {
			i++
			continue
		}
		l.add(text, l.pending, i)
		l.add(k, i, end)
		l.pending, i = end, end
	}
	l.add(text, l.pending, len(s))
	return l.pieces
}

func (l *lexer) add(k kind, start, end int) {
	if start < end {
		l.pieces = append(l.pieces, piece{k, int32(start), int32(end), -1})
	}
}

// at says what starts at i, and where it ends; 0 where it is only text.
func (l *lexer) at(i int) (kind, int) {
	rest := l.text[i:]
	switch {
	case strings.HasPrefix(rest, "<!--"):
		return comment, l.until(i+4, "!--", "-->")
	case rest[0] == '<':
		return l.tag(i)
	case strings.HasPrefix(rest, "[["):
		if n := shortcodeEnd(rest[1:]); n > 0 && strings.HasPrefix(rest[1+n:], "]") {
			return escaped, i + n + 2
		}
		return text, 0
	case strings.HasPrefix(rest, "[/"):
		name := shortcodeName(rest)
		if n := len("[/") + len(name); name != "" && strings.HasPrefix(rest[n:], "]") {
			return closer, i + n + 1
		}
		return text, 0
	}
	if n := shortcodeEnd(rest); n > 0 {
		return opener, i + n
	}
	return text, 0
}

// until is where the mark ends that is next after i, or 0. That there is none is
// remembered under name, so that the rest of the text is searched once.
func (l *lexer) until(i int, name, mark string) int {
	if l.endless[name] {
		return 0
	}
	if n := strings.Index(l.text[i:], mark); n >= 0 {
		return i + n + len(mark)
	}
	l.endless[name] = true
	return 0
}

// tag finds the end of a tag, and of the whole element where its inside is no
// business of ours.
func (l *lexer) tag(i int) (kind, int) {
	n := tagEnd(l.text[i:])
	if n == 0 {
		return text, 0
	}
	raw := l.text[i : i+n]
	name := tagName(raw)
	switch name {
	case "pre", "code", "script", "style", "textarea":
		if raw[1] != '/' {
			if end := l.element(i+n, name); end > 0 {
				return verbatim, end
			}
		}
	}
	return tag, i + n
}

// element is where the element called name, whose inside starts at i, ends, or 0.
func (l *lexer) element(i int, name string) int {
	if l.endless[name] {
		return 0
	}
	for from := i; ; {
		n := strings.Index(l.text[from:], "</")
		if n < 0 {
			l.endless[name] = true
			return 0
		}
		from += n
		if end := tagEnd(l.text[from:]); end > 0 && tagName(l.text[from:from+end]) == name {
			return from + end
		}
		from += len("</")
	}
}

// tagEnd is the length of the tag at the start of s, or 0 if there is none. Where
// quotes do not close before the next tag, they count for nothing.
func tagEnd(s string) int {
	if len(s) < 3 || !letter(s[1]) && (s[1] != '/' || !letter(s[2])) {
		return 0
	}
	var quote byte
	first := 0
	for i := 1; i < len(s); i++ {
		c := s[i]
		if c == '>' && first == 0 {
			first = i + 1
		}
		switch {
		case c == '<' && quote == 0:
			return first
		case c == '>' && quote == 0:
			return i + 1
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case c == quote:
			quote = 0
		}
		if i > longestTag {
			break
		}
	}
	return first
}

// longestTag is the most bytes in which quotes are followed.
const longestTag = 64 << 10

// tagName is the name of a tag in lower case, without its "/".
func tagName(raw string) string {
	name := strings.TrimPrefix(raw[1:], "/")
	end := strings.IndexFunc(name, func(r rune) bool { return !(r < 0x80 && (letter(byte(r)) || digit(byte(r)) || r == '-')) })
	if end >= 0 {
		name = name[:end]
	}
	return strings.ToLower(name)
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func digit(c byte) bool { return c >= '0' && c <= '9' }
