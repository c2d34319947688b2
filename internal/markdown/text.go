package markdown

import (
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// printable takes control bytes out of text and makes line ends plain.
func printable(s string) string {
	if plainASCII(s) || strings.IndexFunc(s, isControl) < 0 {
		return s
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r' || r == '\f':
			return '\n'
		case isControl(r):
			return -1
		}
		return r
	}, s)
}

func plainASCII(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' && c != '\n' && c != '\t' || c >= 0x7f {
			return false
		}
	}
	return true
}

func isControl(r rune) bool {
	if r < 0x7f {
		return r < ' ' && r != '\t' && r != '\n'
	}
	return r <= 0x9f || r >= 0xfdd0 && unicode.Is(unicode.Noncharacter_Code_Point, r)
}

func isSpace(s string) bool {
	return strings.TrimSpace(s) == ""
}

// splitBlank divides text at blank lines.
func splitBlank(s string) []string {
	var parts []string
	start, blank := 0, false
	for i, line := 0, 0; i < len(s); i++ {
		switch {
		case s[i] != '\n' && s[i] != ' ' && s[i] != '\t':
			blank = false
			line = -1
		case s[i] == '\n' && blank && line >= 0:
			parts = append(parts, s[start:line])
			start = i + 1
			blank = false
		case s[i] == '\n':
			blank, line = true, i
		}
	}
	return append(parts, s[start:])
}

// fragment returns the decoded part of an address after its "#".
func fragment(href string) string {
	_, name, _ := strings.Cut(href, "#")
	if decoded, err := url.PathUnescape(name); err == nil {
		return decoded
	}
	return name
}

// plain returns the text of a tree, a line for each block.
func plain(root *html.Node) string {
	var w plainWriter
	w.children(root)
	return strings.TrimSpace(w.out.String())
}

// inlineText returns the text of a block on one line.
func inlineText(n *html.Node) string {
	var w plainWriter
	w.children(n)
	return strings.Join(strings.Fields(w.out.String()), " ")
}

// plainWriter writes text with the white space a reader would see.
type plainWriter struct {
	out strings.Builder
	gap byte // what must come before the next word: 0, ' ' or '\n'
	pre bool
}

func (w *plainWriter) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
}

func (w *plainWriter) node(n *html.Node) {
	if n.Type == html.TextNode {
		w.text(n.Data)
		return
	}
	switch role := attr(n.Attr, "role"); {
	case role == "doc-noteref" || role == "doc-backlink":
		return
	case n.Data == "a" && n.Parent != nil && attr(n.Parent.Attr, "class") == "card":
		return
	}
	block := isBlock(n)
	if n.Data == "td" || n.Data == "th" {
		w.wants(' ')
		block = false
	}
	if block || n.Data == "br" {
		w.wants('\n')
	}
	outer := w.pre
	w.pre = w.pre || n.Data == "pre"
	w.children(n)
	w.pre = outer
	if block {
		w.wants('\n')
	}
}

func (w *plainWriter) wants(gap byte) {
	if w.gap != '\n' {
		w.gap = gap
	}
}

func (w *plainWriter) text(s string) {
	for s != "" {
		word := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsSpace(r) })
		if word < 0 {
			word = len(s)
		}
		if w.pre && strings.Contains(s[:word], "\n") {
			w.wants('\n')
		} else if word > 0 {
			w.wants(' ')
		}
		s = s[word:]
		end := strings.IndexFunc(s, unicode.IsSpace)
		if end < 0 {
			end = len(s)
		}
		w.word(s[:end])
		s = s[end:]
	}
}

func (w *plainWriter) word(s string) {
	if s == "" {
		return
	}
	if w.gap != 0 && w.out.Len() > 0 {
		w.out.WriteByte(w.gap)
	}
	w.gap = 0
	w.out.WriteString(s)
}

// countWords counts the runs of text that hold a letter or a digit.
func countWords(text string) int {
	n, counted := 0, false
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			counted = false
		case !counted && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			n++
			counted = true
		}
	}
	return n
}
