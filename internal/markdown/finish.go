package markdown

import (
	"strings"

	"golang.org/x/net/html"
)

// finish looks at an element that has ended: some are turned into what they mean, empty ones go.
func (b *builder) finish(n *html.Node) {
	if c := elements[n.Data].class; c == leaf && n.Data != "pre" || c == flow {
		trim(n)
	}
	switch {
	case n.Data == "p":
		b.finishParagraph(n)
	case isHeading(n.Data):
		b.finishHeading(n)
	case n.Data == "figure":
		b.finishFigure(n)
	case n.Data == "table":
		b.finishTable(n)
	case n.Data == "pre":
		n.Attr = append(n.Attr, attribute("tabindex", "0"))
		b.dropEmpty(n)
	case n.Data == "ul" || n.Data == "ol" || n.Data == "dl":
		b.finishList(n)
	case n.Data == "li" || n.Data == "td" || n.Data == "th" || n.Data == "dt" || n.Data == "dd":
	default:
		b.dropEmpty(n)
	}
}

// trim takes white space and line breaks from both ends of a block, from inside emphasis too.
func trim(n *html.Node) {
	first := func(n *html.Node) *html.Node { return n.FirstChild }
	last := func(n *html.Node) *html.Node { return n.LastChild }
	trimEnd(n, first, func(s string) string { return strings.TrimLeft(s, " \t\n") })
	trimEnd(n, last, func(s string) string { return strings.TrimRight(s, " \t\n") })
}

func trimEnd(n *html.Node, end func(*html.Node) *html.Node, cut func(string) string) {
	for c := end(n); c != nil; c = end(n) {
		switch {
		case c.Type == html.TextNode:
			c.Data = cut(c.Data)
			if c.Data != "" {
				return
			}
		case c.Data == "br":
		case elements[c.Data].class == inline:
			if trimEnd(c, end, cut); c.FirstChild != nil {
				return
			}
		default:
			return
		}
		n.RemoveChild(c)
	}
}

// dropEmpty takes an element without content out of the tree.
func (b *builder) dropEmpty(n *html.Node) bool {
	if n.FirstChild != nil || n.Parent == nil {
		return false
	}
	n.Parent.RemoveChild(n)
	return true
}

// content returns the children that are more than white space and line breaks.
func content(n *html.Node) []*html.Node {
	var list []*html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode && isSpace(c.Data) || c.Data == "br" && c.Type == html.ElementNode {
			continue
		}
		list = append(list, c)
	}
	return list
}

// finishList drops a list whose items are all empty.
func (b *builder) finishList(n *html.Node) {
	for item := n.FirstChild; item != nil; item = item.NextSibling {
		if len(content(item)) > 0 {
			return
		}
	}
	n.Parent.RemoveChild(n)
}

// finishHeading gives a heading its level and id. Levels begin at 2, below the title of the page, and never skip one.
func (b *builder) finishHeading(h *html.Node) {
	text := inlineText(h)
	if text == "" {
		h.Parent.RemoveChild(h)
		return
	}
	source := int(h.Data[1] - '0')
	for len(b.levels) > 0 && b.levels[len(b.levels)-1] >= source {
		b.levels = b.levels[:len(b.levels)-1]
	}
	b.levels = append(b.levels, source)
	level := min(len(b.levels)+1, 6)
	id := b.ids.heading(text)
	h.Data = "h" + pixels(level)
	h.Attr = append(h.Attr, attribute("id", id))
	if h.Parent == b.stack[0].node {
		b.outline = append(b.outline, outlined{node: h, level: level, id: id})
	}
}

// finishTable puts a table that is not in another one into a box that scrolls and that the keyboard can reach.
func (b *builder) finishTable(t *html.Node) {
	if b.dropEmpty(t) {
		return
	}
	for i := range b.stack {
		if b.stack[i].class == table {
			return
		}
	}
	b.tables++
	box := newNode("div", attribute("class", "table"), attribute("tabindex", "0"), attribute("role", "region"),
		attribute("aria-label", b.options.Words.Table+" "+pixels(b.tables)))
	t.Parent.InsertBefore(box, t)
	t.Parent.RemoveChild(t)
	box.AppendChild(t)
}
