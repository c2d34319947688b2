package markdown

import (
	"strings"

	"golang.org/x/net/html"
)

// finish looks at an element that has ended: some are turned into what they mean, empty ones go.
func (b *builder) finish(n *html.Node) {
	if elements[n.Data].class == leaf && n.Data != "pre" {
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
	case n.Data == "li" || n.Data == "td" || n.Data == "th" || n.Data == "dt" || n.Data == "dd":
	default:
		b.dropEmpty(n)
	}
}

// trim takes the white space from both ends of a block.
func trim(n *html.Node) {
	for first := n.FirstChild; first != nil && first.Type == html.TextNode; first = n.FirstChild {
		if first.Data = strings.TrimLeft(first.Data, " \t\n"); first.Data != "" {
			break
		}
		n.RemoveChild(first)
	}
	for last := n.LastChild; last != nil && last.Type == html.TextNode; last = n.LastChild {
		if last.Data = strings.TrimRight(last.Data, " \t\n"); last.Data != "" {
			break
		}
		n.RemoveChild(last)
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

func (b *builder) finishParagraph(p *html.Node) {
	list := content(p)
	if len(list) == 0 {
		p.Parent.RemoveChild(p)
		return
	}
	if p.Parent.Data == "figure" {
		if len(list) == 1 && b.isPicture(list[0]) {
			moveChildren(p.Parent, p)
			p.Parent.RemoveChild(p)
		}
		return
	}
	if b.origin == fromNote {
		return
	}
	if len(list) == 1 && b.isPicture(list[0]) {
		b.pictureParagraph(p, list[0])
		return
	}
	if m, ok := b.bareAddress(list, false); ok {
		replace(p, b.card(m, nil))
		return
	}
	cards := make([]*html.Node, 0, len(list))
	for _, n := range list {
		m, ok := b.marked(n)
		if !ok {
			return
		}
		cards = append(cards, b.card(m, nil))
	}
	replace(p, cards...)
}

// isPicture tells whether n is a picture of this site, or a link around one.
func (b *builder) isPicture(n *html.Node) bool {
	_, ok := b.shown[b.pictureIn(n)]
	return ok
}

func (b *builder) pictureIn(n *html.Node) *html.Node {
	if n.Data == "a" && n.FirstChild != nil && n.FirstChild == n.LastChild {
		return n.FirstChild
	}
	return n
}

// pictureParagraph makes a figure of a paragraph that holds nothing but a picture.
func (b *builder) pictureParagraph(p, n *html.Node) {
	img := b.pictureIn(n)
	figure := newNode("figure")
	if align := firstOf(b.aligned[img], attr(p.Attr, "class")); align != "" {
		figure.Attr = append(figure.Attr, attribute("class", align))
	}
	p.RemoveChild(n)
	figure.AppendChild(n)
	if title := b.shown[img]; title != "" && b.origin == fromStory {
		caption := newNode("figcaption")
		caption.AppendChild(newText(title))
		figure.AppendChild(caption)
	}
	replace(p, figure)
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// finishFigure makes a card of a figure around one thing that cannot be shown.
func (b *builder) finishFigure(f *html.Node) {
	var caption *html.Node
	var list []*html.Node
	for _, n := range content(f) {
		if n.Data == "figcaption" && n.Type == html.ElementNode && caption == nil {
			caption = n
			continue
		}
		list = append(list, n)
	}
	switch {
	case len(list) == 0 && caption == nil:
		f.Parent.RemoveChild(f)
	case len(list) == 0:
		p := newNode("p")
		moveChildren(p, caption)
		replace(f, p)
	case len(list) == 1:
		b.finishSingle(f, list[0], caption)
	default:
		if m, ok := b.bareAddress(list, true); ok {
			replace(f, b.card(m, caption))
		}
	}
}

// finishSingle ends a figure that holds one thing and perhaps a caption.
func (b *builder) finishSingle(f, n, caption *html.Node) {
	if b.isPicture(n) {
		if align := b.aligned[b.pictureIn(n)]; align != "" && attr(f.Attr, "class") == "" {
			f.Attr = append(f.Attr, attribute("class", align))
		}
		return
	}
	m, ok := b.marked(n)
	if !ok {
		m, ok = b.bareAddress([]*html.Node{n}, true)
	}
	if ok {
		replace(f, b.card(m, caption))
	}
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

// bareAddress reads nodes that say nothing but an address of a host of embedded things; of any host when embedded.
func (b *builder) bareAddress(list []*html.Node, embedded bool) (mark, bool) {
	text := ""
	for _, n := range list {
		switch {
		case n.Type == html.TextNode:
			text += n.Data
		case n.Data == "a" && len(list) == 1 && n.FirstChild != nil && n.FirstChild == n.LastChild:
			text = n.FirstChild.Data
		default:
			return mark{}, false
		}
		if len(text) > 2000 {
			return mark{}, false
		}
	}
	text = strings.TrimSpace(text)
	if !strings.HasPrefix(text, "https://") && !strings.HasPrefix(text, "http://") || strings.ContainsAny(text, " \n\t") {
		return mark{}, false
	}
	t, ok := b.options.target(text)
	if !ok || strings.TrimRight(t.href[strings.Index(t.href, "://")+3+len(t.host):], "/") == "" {
		return mark{}, false
	}
	k, known := hostKind(t.host)
	return mark{kind: k, target: t}, known || embedded
}
