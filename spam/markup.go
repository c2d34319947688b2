package spam

import (
	"html"
	"strings"
)

// page is a text taken apart: what a reader sees, what is hidden from them, and the tags.
type page struct {
	seen     string
	hidden   string
	tags     []string // names and words of the attributes
	links    []string // addresses in tags
	entities int
}

// hiding are the ways of a tag to keep its text from being seen.
var hiding = []string{"display:none", "visibility:hidden", "font-size:0", "font-size:1px", "opacity:0", "color:#fff", "color:white", "color=#fff", "color=white", "color=\"#fff", "color=\"white", "hidden"}

// silent are the tags whose text is never shown.
var silent = []string{"script", "style", "title", "head", "template", "noscript"}

const mostTags = 200

// takeApart reads a text that may be marked up in HTML or BBCode.
func takeApart(text string) page {
	var p page
	if strings.IndexByte(text, '&') >= 0 {
		plain := html.UnescapeString(text)
		if plain != text {
			p.entities = strings.Count(text, "&") - strings.Count(plain, "&") + strings.Count(text, "&amp;")
			text = plain
		}
	}
	if strings.IndexByte(text, '<') < 0 && !strings.Contains(text, "[") {
		p.seen = text
		return p
	}
	var seen, hidden strings.Builder
	until := ""                                          // the tag whose end ends what is hidden
	behind := len(text) - strings.LastIndex(text, "-->") // how far from the end the last comment ends
	for text != "" {
		at := strings.IndexAny(text, "<[")
		if at < 0 {
			at = len(text)
		}
		out := &seen
		if until != "" {
			out = &hidden
		}
		out.WriteString(text[:at])
		text = text[at:]
		if text == "" {
			break
		}
		tag, rest, ok := cutTag(text, len(text) > behind)
		if !ok {
			out.WriteByte(text[0])
			text = text[1:]
			continue
		}
		text = rest
		if strings.HasPrefix(tag, "!--") {
			hidden.WriteString(strings.TrimSuffix(tag[3:], "--"))
			hidden.WriteByte(' ')
			continue
		}
		until = p.tag(tag, until)
		if !inline(tag) {
			out.WriteByte(' ')
		}
	}
	p.seen, p.hidden = seen.String(), hidden.String()
	return p
}

// cutTag cuts a tag, or a comment where one still ends, off the start of a text, without
// its brackets.
func cutTag(text string, commented bool) (tag, rest string, ok bool) {
	if strings.HasPrefix(text, "<!--") {
		if !commented {
			return "", "", false
		}
		if end := strings.Index(text[4:], "-->"); end >= 0 {
			return text[1 : 4+end+2], text[4+end+3:], true
		}
		return "", "", false
	}
	closing := byte('>')
	if text[0] == '[' {
		closing = ']'
	}
	const longest = 600
	end := strings.IndexByte(text[:min(len(text), longest)], closing)
	if end < 2 {
		return "", "", false
	}
	tag = text[1:end]
	name := strings.TrimPrefix(tag, "/")
	if name == "" || !asciiLetter(name[0]) && name[0] != '!' {
		return "", "", false
	}
	if closing == ']' && !bbcode(name) {
		return "", "", false
	}
	if strings.IndexByte(tag, '<') >= 0 {
		return "", "", false
	}
	return tag, text[end+1:], true
}

// bbcode tells the tags of bulletin boards from words in brackets.
func bbcode(name string) bool {
	name, _, _ = strings.Cut(strings.ToLower(name), "=")
	switch name {
	case "url", "link", "img", "b", "i", "u", "color", "size", "quote", "email":
		return true
	}
	return false
}

// inline tells tags that may stand inside a word.
func inline(tag string) bool {
	name := strings.ToLower(strings.TrimPrefix(tag, "/"))
	if end := strings.IndexAny(name, " \t\n="); end >= 0 {
		name = name[:end]
	}
	switch name {
	case "b", "i", "u", "em", "strong", "span", "font", "color", "size", "s", "wbr":
		return true
	}
	return false
}

// tag notes a tag, and says which tag's end now ends what is hidden.
func (p *page) tag(tag, until string) string {
	low := strings.ToLower(tag)
	name := low
	if end := strings.IndexAny(name, " \t\n\r="); end >= 0 {
		name = name[:end]
	}
	if until != "" {
		if name == "/"+until {
			return ""
		}
		return until
	}
	if strings.HasPrefix(name, "/") {
		return ""
	}
	p.noteTag(low, name)
	for _, s := range silent {
		if name == s {
			return name
		}
	}
	if len(low) > len(name) && !strings.HasSuffix(low, "/") && name != "input" && name != "body" {
		tight := strings.ReplaceAll(low, " ", "")
		for _, h := range hiding {
			if strings.Contains(tight, h) && !strings.Contains(tight, "background-"+h) && !strings.Contains(tight, "bg"+h) {
				return name
			}
		}
	}
	return ""
}

func (p *page) noteTag(low, name string) {
	if len(p.tags) >= mostTags {
		return
	}
	p.tags = append(p.tags, name)
	for word := range strings.FieldsFuncSeq(low[len(name):], func(r rune) bool { return strings.ContainsRune(" \t\r\n=\"';", r) }) {
		if strings.Contains(word, "://") || strings.HasPrefix(word, "www.") {
			p.links = append(p.links, word)
			continue
		}
		if len(word) < 24 && len(p.tags) < mostTags {
			p.tags = append(p.tags, word)
		}
	}
}

func asciiLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
