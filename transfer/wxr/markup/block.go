package markup

import (
	"encoding/json"
	"strings"
)

// block is a comment of the block editor.
type block struct {
	name  string // without "core/"
	attrs string // JSON, or ""
	ends  bool   // it is the end of a block
	void  bool   // it is a block without an inside
}

// parseBlock takes a comment apart; ok is false for one that is not a block's.
func parseBlock(raw string) (b block, ok bool) {
	s := strings.TrimSpace(raw[len("<!--") : len(raw)-len("-->")])
	s, b.ends = strings.CutPrefix(s, "/")
	s, ok = strings.CutPrefix(s, "wp:")
	if !ok {
		return block{}, false
	}
	s, b.void = strings.CutSuffix(s, "/")
	b.name, b.attrs, _ = strings.Cut(strings.TrimSpace(s), " ")
	b.name = strings.TrimPrefix(b.name, "core/")
	return b, true
}

// comment deals with the comment at i and gives the index of the last piece dealt with.
func (c *cleaner) comment(i int) int {
	raw := c.source(c.pieces[i])
	b, ok := parseBlock(raw)
	switch {
	case !ok:
		if word := strings.TrimSpace(raw[len("<!--"):]); strings.HasPrefix(word, "more") || strings.HasPrefix(word, "nextpage") {
			c.out.paragraph()
		}
		return i
	case b.void:
		c.out.flush()
		c.note("a block made by the old site (%.60s) was left out", b.name)
		return i
	case b.name == "freeform" || b.name == "classic":
		c.out.flush()
		return i
	case b.ends:
		if c.pieces[i].match >= 0 && c.blocks > 0 {
			c.blocks--
		}
	case b.name == "more" || b.name == "nextpage":
		c.out.flush()
		return c.end(i)
	case c.embedBlock(i, b):
		return c.end(i)
	case c.pieces[i].match >= 0:
		c.blocks++
	}
	c.out.flush()
	c.out.asIs = c.blocks > 0
	return i
}

// embedBlock makes an embedded page a link, with its caption if it has one. It is
// false for other blocks, and where there is no address.
func (c *cleaner) embedBlock(i int, b block) bool {
	if b.name != "embed" && !strings.HasPrefix(b.name, "core-embed/") {
		return false
	}
	var attrs struct {
		URL string `json:"url"`
	}
	_ = json.Unmarshal([]byte(b.attrs), &attrs) // what cannot be read has no address
	link := c.link(attrs.URL)
	if link == "" {
		return false
	}
	inner := c.inner(i)
	start := strings.Index(inner, "<figcaption")
	end := strings.LastIndex(inner, "</figcaption>")
	if start >= 0 && end > start {
		link = "<figure>" + link + inner[start:end] + "</figcaption></figure>"
	}
	c.out.element(link)
	return true
}
