package markdown

import "golang.org/x/net/html"

// phrasing makes room for text or an inline element: it opens what HTML wants around them, and what a block interrupted.
func (b *builder) phrasing() {
	for b.top().class >= list {
		b.implyItem(b.top(), false)
	}
	if top := b.top(); top.class == flow {
		if name := top.node.Data; top.divided || len(b.stack) == 1 || name == "blockquote" || name == "details" ||
			name == "section" {
			b.imply("p")
		}
	}
	if len(b.resume) > 0 {
		b.reopen()
	}
}

// room makes room for a block: open paragraphs end.
func (b *builder) room(c class) {
	for {
		switch top := b.top(); top.class {
		case inline, leaf:
			b.pop()
		case list, pairs, table, group, row:
			b.implyItem(top, c == list)
		default:
			return
		}
	}
}

// implyItem opens what must stand between a list or table and its content. A list that was itself implied ends
// instead; a list in a list goes to the item before it.
func (b *builder) implyItem(top *open, nested bool) {
	switch {
	case top.implied && (top.class == list || top.class == pairs):
		b.pop()
	case top.class == list:
		if last := top.node.LastChild; nested && last != nil {
			b.stack = append(b.stack, open{node: last, class: flow})
			return
		}
		b.imply("li")
	case top.class == pairs:
		b.imply("dd")
	case top.class == table:
		b.imply("tbody")
	case top.class == group:
		b.imply("tr")
	case top.class == row:
		b.imply("td")
	}
}

// divide ends a paragraph where a div or the like begins or ends. Inside a heading or caption it is but a space.
func (b *builder) divide() {
	if l := b.leafOpen(); l != nil && l.node.Data != "p" {
		if last := b.top().node.LastChild; last != nil && last.Type == html.TextNode {
			b.text(" ")
		}
		return
	}
	for b.top().class == inline || b.top().class == leaf {
		b.pop()
	}
	if top := b.top(); top.class == flow && top.node.FirstChild != nil {
		top.divided = top.node.Data != "figure"
	}
}

// text appends text to what is open.
func (b *builder) text(s string) {
	s = printable(s)
	if b.origin == fromImport && b.loose() {
		for i, part := range splitBlank(s) {
			if i > 0 && b.top().implied {
				b.pop()
			}
			b.append(part)
		}
		return
	}
	b.append(s)
}

// loose tells whether text stands at the top, outside of any tag.
func (b *builder) loose() bool {
	return len(b.stack) == 1 || len(b.stack) == 2 && b.top().implied && b.top().class == leaf
}

// append places text. Pieces are not joined: joining each to the last would cost the square of their number.
func (b *builder) append(s string) {
	if s == "" {
		return
	}
	top := b.top()
	if top.class != inline && top.class != leaf && isSpace(s) {
		if top.class != flow || top.node.LastChild == nil || isBlock(top.node.LastChild) {
			return
		}
	}
	b.phrasing()
	n := b.top().node
	if n.FirstChild == nil && n.Data == "pre" && s[0] == '\n' {
		s = s[1:]
	}
	if s != "" {
		n.AppendChild(newText(s))
	}
}

// isBlock tells whether n, as a child of a flow element, is a block.
func isBlock(n *html.Node) bool {
	if n.Type == html.TextNode {
		return false
	}
	c := elements[n.Data].class
	return c != inline && c != unwrap && n.Data != "img" && n.Data != "br" && n.Data != "wbr"
}
