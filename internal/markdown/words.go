package markdown

import (
	"strconv"
	"strings"
)

// Words are the few words the renderer adds to a text, in the language of the page. Where {host} stands the name of
// the host is put in, such as "Video at {host}".
type Words struct {
	// Footnotes names the section of footnotes, FootnoteBack the link from a footnote to its place in the text.
	Footnotes, FootnoteBack string
	// Table names a table for screen readers; its number in the text follows.
	Table string
	// Picture, Video, Sound, Post and Page begin a card.
	Picture, Video, Sound, Post, Page string
	// Pictures names several pictures of one host.
	Pictures func(count int, host string) string
}

var english = Words{
	Footnotes:    "Footnotes",
	FootnoteBack: "Back to the text",
	Table:        "Table",
	Picture:      "Picture at {host}",
	Video:        "Video at {host}",
	Sound:        "Sound at {host}",
	Post:         "Post at {host}",
	Page:         "Page at {host}",
	Pictures:     func(count int, host string) string { return strconv.Itoa(count) + " pictures at " + host },
}

func (w Words) complete() Words {
	for _, f := range []struct {
		field *string
		word  string
	}{
		{&w.Footnotes, english.Footnotes},
		{&w.FootnoteBack, english.FootnoteBack},
		{&w.Table, english.Table},
		{&w.Picture, english.Picture},
		{&w.Video, english.Video},
		{&w.Sound, english.Sound},
		{&w.Post, english.Post},
		{&w.Page, english.Page},
	} {
		if *f.field == "" {
			*f.field = f.word
		}
	}
	if w.Pictures == nil {
		w.Pictures = english.Pictures
	}
	return w
}

// around returns what stands before and after the host in the words for a kind of card.
func (w Words) around(k kind) (before, after string) {
	words := [...]string{picture: w.Picture, video: w.Video, sound: w.Sound, post: w.Post, page: w.Page}[k]
	before, after, _ = strings.Cut(words, "{host}")
	return before, after
}
