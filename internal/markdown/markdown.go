package markdown

import (
	"strings"
	"unicode/utf8"
)

// Version counts the changes of the output. A rendering kept under another number must be made again.
const Version = 3

// MaxBytes is how much of a text is rendered; what lies beyond is left out and Document.Cut says so.
const MaxBytes = 1 << 20

// Options say where a text will stand. The zero value renders safely, in English, without pictures.
type Options struct {
	// IDPrefix begins every id in the output: lower-case letters and digits, ending in "-", such as "story-".
	// Texts on one page need different ones. Anything else counts as "text-".
	IDPrefix string
	// Base is scheme://host of the site. Links to that host are not outgoing ones.
	Base string
	// Absolute writes links and pictures of this site with Base before them, for feeds and mail.
	Absolute bool
	// Language picks the quotation marks of a story: "en" or "de". Others get the English ones.
	Language string
	// UGC marks the text as written by anybody: outgoing links get rel="nofollow ugc noopener".
	UGC bool
	// Picture finds a picture of this site by the address in the text: its path when the address is on Base, otherwise
	// as written, so that a moved picture is found by its old address. Nil knows none; unknown ones become cards.
	Picture func(src string) (Picture, bool)
	// Words are the words the renderer adds itself. Empty ones are English.
	Words Words
}

// Picture is a picture that this site serves. Paths begin with one "/"; sizes are in CSS pixels.
type Picture struct {
	Src           string
	Width, Height int
	SrcSet        []Variant
	// Alt is used where the text gives none.
	Alt string
}

// Variant is one size of a picture, Width pixels wide.
type Variant struct {
	Src   string
	Width int
}

// Heading is a heading of a text's outline; Level is 2 to 6 and never skips downwards.
type Heading struct {
	Level int
	ID    string
	Text  string
}

// Document is a rendered text.
type Document struct {
	// HTML is safe to place in a page inside a block element. It must not be cut or edited.
	HTML string
	// Outline holds the headings that are not inside a quotation, list or table, in order.
	Outline []Heading
	// Text is the plain text, a line for each block, without footnote marks, addresses of cards and alternative texts.
	Text string
	// Words counts the words of Text.
	Words int
	// Links are the outgoing http and https links in order, each once.
	Links []string
	// Cut tells that the source was longer than MaxBytes.
	Cut bool
}

// Story renders CommonMark with tables, strikethrough, links from bare addresses, footnotes and typographic quotes.
// HTML in the text is shown as typed. A picture alone in its paragraph becomes a figure, its title the caption; the
// address of a video or post alone in its paragraph becomes a card.
func Story(src string, o Options) Document {
	src, cut := capped(src)
	d := build(storyHTML(src, o.Language), o.complete(), fromStory)
	d.Cut = cut
	return d
}

// Note renders paragraphs, lists, quotations, code, emphasis and links; headings, tables and HTML are shown as typed,
// pictures become links.
func Note(src string, o Options) Document {
	src, cut := capped(src)
	d := build(noteHTML(src), o.complete(), fromNote)
	d.Cut = cut
	return d
}

// Imported cleans HTML that was written elsewhere, WordPress first. What can run, style or ask other hosts goes;
// text stays. Bare text at the top is made paragraphs, divided at blank lines.
func Imported(src string, o Options) Document {
	src, cut := capped(src)
	d := build([]byte(src), o.complete(), fromImport)
	d.Cut = cut
	return d
}

// capped cuts src to MaxBytes and makes it valid UTF-8.
func capped(src string) (string, bool) {
	cut := len(src) > MaxBytes
	if cut {
		end := MaxBytes
		for end > MaxBytes-utf8.UTFMax && !utf8.RuneStart(src[end]) {
			end--
		}
		src = src[:end]
	}
	return strings.ToValidUTF8(src, "\uFFFD"), cut
}

func (o Options) complete() Options {
	if !validPrefix.MatchString(o.IDPrefix) {
		o.IDPrefix = "text-"
	}
	o.Base = strings.TrimSuffix(o.Base, "/")
	o.Words = o.Words.complete()
	return o
}
