package words

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Markdown is the text of an old reply in the small Markdown of replies. What a plain
// text means literally is escaped.
func Markdown(markup string) string {
	var w writer
	tokens := html.NewTokenizer(strings.NewReader(strings.ReplaceAll(markup, "\r\n", "\n")))
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			return w.text()
		case html.TextToken:
			if !w.hidden {
				w.write(html.UnescapeString(string(tokens.Raw())))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			w.open(tokens.Token())
		case html.EndTagToken:
			w.close(tokens.Token().DataAtom)
		}
	}
}

// writer puts Markdown together.
type writer struct {
	b      strings.Builder
	links  []string // where the links that are open lead
	quotes int
	code   bool
	hidden bool
}

// around are the elements whose text stands between two signs.
var around = map[atom.Atom]string{atom.Em: "*", atom.I: "*", atom.Strong: "**", atom.B: "**"}

func (w *writer) open(t html.Token) {
	w.hidden = wordless([]byte(t.Data))
	switch t.DataAtom {
	case atom.A:
		w.links = append(w.links, attribute(t, "href"))
		w.b.WriteByte('[')
	case atom.Em, atom.I, atom.Strong, atom.B:
		w.b.WriteString(around[t.DataAtom])
	case atom.Code:
		w.code = true
		w.b.WriteByte('`')
	case atom.Br:
		w.line("\n")
	case atom.Li:
		w.line("\n- ")
	case atom.Blockquote:
		w.line("\n\n")
		w.quotes++
		w.b.WriteString("> ")
	case atom.P, atom.Div, atom.Ul, atom.Ol, atom.Pre:
		w.line("\n\n")
	}
}

func (w *writer) close(a atom.Atom) {
	w.hidden = false
	switch a {
	case atom.A:
		if n := len(w.links); n > 0 {
			w.b.WriteString("](<" + strings.NewReplacer("<", "%3C", ">", "%3E", "\n", "").Replace(w.links[n-1]) + ">)")
			w.links = w.links[:n-1]
		}
	case atom.Em, atom.I, atom.Strong, atom.B:
		w.b.WriteString(around[a])
	case atom.Code:
		if w.code {
			w.b.WriteByte('`')
		}
		w.code = false
	case atom.Blockquote:
		w.quotes = max(0, w.quotes-1)
		w.line("\n\n")
	case atom.P, atom.Div, atom.Ul, atom.Ol, atom.Pre:
		w.line("\n\n")
	}
}

// line goes to another line of the same quote.
func (w *writer) line(s string) {
	w.b.WriteString(strings.ReplaceAll(s, "\n", "\n"+strings.Repeat("> ", w.quotes)))
}

// meaningful are the signs that mean something in Markdown wherever they stand.
var meaningful = strings.NewReplacer(`\`, `\\`, "*", `\*`, "[", `\[`, "]", `\]`, "<", `\<`, "`", "\\`")

var (
	underscored = regexp.MustCompile(`(^|\W)_|_(\W|$)`)
	atStart     = regexp.MustCompile(`(?m)^(\s*)([#>+-])`)
)

func (w *writer) write(text string) {
	if !w.code {
		text = meaningful.Replace(text)
		text = underscored.ReplaceAllStringFunc(text, func(s string) string { return strings.Replace(s, "_", `\_`, 1) })
		if at := w.b.String(); at == "" || strings.HasSuffix(at, "\n") || strings.HasPrefix(text, "\n") {
			text = atStart.ReplaceAllString(text, `$1\$2`)
		} else if first, rest, more := strings.Cut(text, "\n"); more {
			text = first + "\n" + atStart.ReplaceAllString(rest, `$1\$2`)
		}
	}
	w.line(text)
}

// gaps are more empty lines than one.
var gaps = regexp.MustCompile(`\n((?:> )*)\s*\n(?:(?:> )*\s*\n)+`)

func (w *writer) text() string {
	for len(w.links) > 0 {
		w.close(atom.A)
	}
	w.close(atom.Code)
	return strings.TrimSpace(gaps.ReplaceAllString(w.b.String(), "\n$1\n"))
}

func attribute(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
