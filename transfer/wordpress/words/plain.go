package words

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"waypost/internal/looks"
)

// Plain is the words of HTML, in one line.
func Plain(markup string) string {
	var b strings.Builder
	tokens := html.NewTokenizer(strings.NewReader(markup))
	hidden := false
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			words := strings.FieldsFunc(b.String(), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || looks.Misleading(r) })
			return strings.Join(words, " ")
		case html.TextToken:
			if !hidden {
				b.Write(tokens.Text())
			}
		case html.StartTagToken:
			name, _ := tokens.TagName()
			hidden = wordless(name)
			space(&b, name)
		case html.EndTagToken, html.SelfClosingTagToken:
			name, _ := tokens.TagName()
			hidden = false
			space(&b, name)
		}
	}
}

// wordless reports elements whose text is not for readers.
func wordless(name []byte) bool {
	a := atom.Lookup(name)
	return a == atom.Script || a == atom.Style
}

// space keeps words of two blocks apart.
func space(b *strings.Builder, name []byte) {
	switch atom.Lookup(name) {
	case atom.P, atom.Br, atom.Div, atom.Li, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Td, atom.Blockquote, atom.Figcaption:
		b.WriteByte(' ')
	}
}

// Shorten cuts a line to at most so many letters, between two words where it can, and
// says so with an ellipsis.
func Shorten(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	cut := string([]rune(s)[:most-1])
	if space := strings.LastIndexByte(cut, ' '); space > len(cut)/2 {
		cut = cut[:space]
	}
	return strings.TrimRight(cut, " ,;:–-") + "…"
}

// FirstWords are the first few words of a line, for what has no title.
func FirstWords(s string) string {
	words := strings.Fields(s)
	const enough = 8
	if len(words) <= enough {
		return Shorten(strings.Join(words, " "), 80)
	}
	return Shorten(strings.Join(words[:enough], " ")+" …", 80)
}
