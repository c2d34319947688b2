package render

import (
	"hash/fnv"
	"strings"

	"waypost/internal/markdown"
	"waypost/pictures"
	"waypost/web/messages"
	"waypost/web/trail"
)

// Texts renders what people wrote, for one site in one language.
type Texts struct {
	Base    string // scheme://host
	Catalog *messages.Catalog
	Zone    string // IANA name; Draw ends at a day of it
	// Picture finds a stored picture by its identifier.
	Picture func(id string) (pictures.Picture, bool)
}

// Written is a text as somebody wrote it.
type Written struct {
	HTML     bool // imported markup instead of Markdown
	Body     string
	Language string
	Prefix   string // begins every id in the output
	Absolute bool   // for feeds: links and pictures with the site's address
}

// Render makes a text safe to show.
func (t Texts) Render(w Written) markdown.Document {
	o := markdown.Options{IDPrefix: w.Prefix, Base: t.Base, Absolute: w.Absolute, Language: w.Language, Picture: t.find, Words: MarkdownWords(t.Catalog)}
	if w.HTML {
		return markdown.Imported(w.Body, o)
	}
	return markdown.Story(w.Body, o)
}

// Reply makes a text that anybody wrote safe to show.
func (t Texts) Reply(body, language string) string { return t.reply(body, language, false) }

// ReplyAway is Reply for feeds: links with the site's address.
func (t Texts) ReplyAway(body, language string) string { return t.reply(body, language, true) }

func (t Texts) reply(body, language string, absolute bool) string {
	return markdown.Note(body, markdown.Options{IDPrefix: "reply-", Base: t.Base, Absolute: absolute, Language: language, UGC: true, Words: MarkdownWords(t.Catalog)}).HTML
}

// ReplyBegins is how the words of a text begin that anybody wrote, on one line.
func (t Texts) ReplyBegins(body, language string) string {
	words := strings.Join(strings.Fields(markdown.Note(body, markdown.Options{Language: language, UGC: true, Words: MarkdownWords(t.Catalog)}).Text), " ")
	text := []rune(words)
	if len(text) <= mostBegun {
		return words
	}
	begins := string(text[:mostBegun])
	if blank := strings.LastIndex(begins, " "); blank > len(begins)/2 {
		begins = begins[:blank]
	}
	return begins + "…"
}

// mostBegun is how many characters of a text are quoted where it is named.
const mostBegun = 160

// Version changes with everything that changes what Render and Draw make of the same
// text and path.
func (t Texts) Version() int64 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(t.Base + " " + t.Catalog.Language + " " + t.Zone)) // never fails
	return int64(markdown.Version)<<48 | int64(trail.Version)<<32 | int64(h.Sum32())
}

func (t Texts) find(src string) (markdown.Picture, bool) {
	id, ok := pictures.IDFromAddress(src)
	if !ok || t.Picture == nil {
		return markdown.Picture{}, false
	}
	p, ok := t.Picture(id)
	if !ok {
		return markdown.Picture{}, false
	}
	m := markdown.Picture{Src: p.Address(), Width: p.Width, Height: p.Height, Alt: p.Alt}
	for _, v := range p.Variants() {
		m.SrcSet = append(m.SrcSet, markdown.Variant{Src: v.URL, Width: v.Width})
	}
	return m, true
}
