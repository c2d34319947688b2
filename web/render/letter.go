package render

import (
	"strings"
	"unicode/utf8"
)

// Letter is a mail in words, from which both of its parts are made: they cannot come
// to say different things.
type Letter struct {
	Language string
	From     string // the community's name
	Subject  string
	Blocks   []Block
	Why      string // why its reader gets it
	End      string // address that ends such letters; empty for one that nobody subscribed to
	EndLabel string
}

// Block is one part of a letter, made by one of the functions below.
type Block struct {
	Kind  string // "text", "button", "code", "quote" or "item"
	Text  string
	URL   string
	Notes []string // lines beneath an item
}

// LetterText is a paragraph.
func LetterText(text string) Block { return Block{Kind: "text", Text: text} }

// LetterButton is what the letter is there for: a label and where it leads.
func LetterButton(label, url string) Block { return Block{Kind: "button", Text: label, URL: url} }

// LetterCode is a code to type in.
func LetterCode(code string) Block { return Block{Kind: "code", Text: code} }

// LetterQuote is what somebody else wrote.
func LetterQuote(text string) Block { return Block{Kind: "quote", Text: text} }

// LetterItem is one of a list, such as a story: its title, where it is, and lines about it.
func LetterItem(title, url string, notes ...string) Block {
	return Block{Kind: "item", Text: title, URL: url, Notes: notes}
}

// Letter makes a letter's two parts: an HTML page that asks nobody for anything, and
// plain text of lines no longer than 72 characters where words allow it.
func (r *Renderer) Letter(l Letter) (html, text string, err error) {
	page, err := r.Page(l.Language, "mail/letter", l)
	return string(page), l.plain(), err
}

const letterWidth = 72

func (l Letter) plain() string {
	var b strings.Builder
	part := func(s string) { b.WriteString(s + "\n\n") }
	for _, x := range l.Blocks {
		switch x.Kind {
		case "button":
			part(wrapped(x.Text+":", "") + "\n" + x.URL)
		case "code":
			part("    " + x.Text)
		case "quote":
			part(wrapped(x.Text, "> "))
		case "item":
			part(strings.Join(append([]string{wrapped(x.Text, "")}, append(wrappedAll(x.Notes), x.URL)...), "\n"))
		default:
			part(wrapped(x.Text, ""))
		}
	}
	b.WriteString("-- \n" + wrapped(l.From, "") + "\n")
	if l.Why != "" {
		b.WriteString(wrapped(l.Why, "") + "\n")
	}
	if l.End != "" {
		b.WriteString(wrapped(l.EndLabel+":", "") + "\n" + l.End + "\n")
	}
	return b.String()
}

func wrappedAll(lines []string) []string {
	list := make([]string, len(lines))
	for i, line := range lines {
		list[i] = wrapped(line, "")
	}
	return list
}

// wrapped breaks a text between words; each of its lines begins with before.
func wrapped(text, before string) string {
	var lines []string
	for paragraph := range strings.Lines(text) {
		line := ""
		for _, word := range strings.Fields(paragraph) {
			if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > letterWidth-len(before) {
				lines, line = append(lines, before+line), ""
			}
			line = strings.TrimPrefix(line+" "+word, " ")
		}
		lines = append(lines, strings.TrimRight(before+line, " "))
	}
	return strings.Join(lines, "\n")
}
