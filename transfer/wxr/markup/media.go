package markup

import (
	"fmt"
	"html"
	"net/url"
	"slices"
	"strings"
)

// shortcode deals with the opener at i and gives the index of the last piece dealt with.
func (c *cleaner) shortcode(i int) int {
	raw := c.source(c.pieces[i])
	name, a := parseShortcode(raw)
	switch name {
	case "caption", "wp_caption":
		if last, ok := c.caption(i, a); ok {
			return last
		}
	case "embed":
		if link := c.link(strings.TrimSpace(html.UnescapeString(c.inner(i)))); link != "" {
			c.out.element(link)
			return c.end(i)
		}
	case "gallery", "playlist":
		c.gallery(name, a)
		return c.end(i)
	case "code", "sourcecode":
		if c.pieces[i].match >= 0 {
			c.out.element("<pre><code>" + html.EscapeString(html.UnescapeString(c.inner(i))) + "</code></pre>")
			return c.end(i)
		}
	}
	if link := c.link(address(a)); link != "" {
		c.out.element(link)
		if name == "audio" || name == "video" || name == "embed" {
			return c.end(i)
		}
		c.note("the shortcode [%s] became a link", name)
		return i
	}
	switch {
	case c.pieces[i].match >= 0:
		c.note("the shortcode [%s] was left out, its text kept", name)
	case c.prose(i, name, a):
		c.out.text(raw)
	default:
		c.note("the shortcode [%s] was left out", name)
	}
	return i
}

// sources are the attributes of audio and video that hold an address.
var sources = []string{"src", "url", "mp4", "m4v", "webm", "ogv", "flv", "mov", "wmv", "mp3", "m4a", "ogg", "wav", "wma"}

// address is what a shortcode shows from elsewhere, or "".
func address(a attributes) string {
	for _, key := range sources {
		if v := a.named[key]; v != "" {
			return v
		}
	}
	for _, word := range a.words {
		if complete(word) {
			return word
		}
	}
	return ""
}

// caption makes a picture with a caption a figure. It does not where there is no
// picture.
func (c *cleaner) caption(i int, a attributes) (last int, ok bool) {
	last = c.end(i)
	inside := c.pieces[i+1 : max(i+1, last)]
	picture := slices.IndexFunc(inside, func(p piece) bool { return p.kind == tag && tagName(c.source(p)) == "img" })
	if picture < 0 {
		return i, false
	}
	end := picture + 1
	if end < len(inside) && strings.EqualFold(c.source(inside[end]), "</a>") {
		end++
	}
	words := a.named["caption"]
	if words == "" {
		words = c.flat(inside[end:])
	}
	figure := "<figure>" + c.flat(inside[:end])
	if words = strings.TrimSpace(words); words != "" {
		figure += "<figcaption>" + words + "</figcaption>"
	}
	c.out.element(figure + "</figure>")
	return last, true
}

// flat is the pieces without comments and shortcodes.
func (c *cleaner) flat(pieces []piece) string {
	var b strings.Builder
	for _, p := range pieces {
		if p.kind == text || p.kind == tag || p.kind == verbatim {
			b.WriteString(c.source(p))
		}
	}
	return strings.TrimSpace(b.String())
}

// mostPictures of a gallery become links.
const mostPictures = 500

// gallery lists the attachments that a gallery or playlist names. Their own
// addresses are not in the text, only their numbers.
func (c *cleaner) gallery(name string, a attributes) {
	ids := strings.FieldsFunc(a.named["ids"]+","+a.named["include"], func(r rune) bool { return r < '0' || r > '9' })
	if len(ids) == 0 || c.base == nil {
		c.note("the shortcode [%s] was left out; its files are among the attachments", name)
		return
	}
	var b strings.Builder
	b.WriteString("<ul>")
	for _, id := range ids[:min(len(ids), mostPictures)] {
		u := c.base.JoinPath()
		u.RawQuery = "attachment_id=" + id
		fmt.Fprintf(&b, "<li>%s</li>", anchor(u.String()))
	}
	b.WriteString("</ul>")
	c.out.element(b.String())
	c.note("the shortcode [%s] became a list of links", name)
}

// link is a paragraph that holds the address and nothing else, or "" if it is none.
func (c *cleaner) link(address string) string {
	address = strings.TrimSpace(address)
	if !complete(address) {
		u, err := url.Parse(address)
		if c.base == nil || err != nil || u.Scheme != "" || !strings.HasPrefix(address, "/") {
			return ""
		}
		address = c.base.ResolveReference(u).String()
	}
	if strings.ContainsAny(address, " \n\t<>\"") {
		return ""
	}
	return "<p>" + anchor(address) + "</p>"
}

// complete says whether s starts as an address on the web.
func complete(s string) bool {
	return strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")
}

// anchor is a link whose words are its address.
func anchor(address string) string {
	address = html.EscapeString(address)
	return `<a href="` + address + `">` + address + "</a>"
}
