package markdown

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// finishParagraph makes a figure or cards of a paragraph that holds nothing but what they stand for.
func (b *builder) finishParagraph(p *html.Node) {
	list := content(p)
	if len(list) == 0 {
		p.Parent.RemoveChild(p)
		return
	}
	if b.origin == fromNote {
		return
	}
	inFigure := p.Parent.Data == "figure"
	switch alone := len(list) == 1 && b.isPicture(list[0]); {
	case alone && inFigure:
		p.RemoveChild(list[0])
		replace(p, list[0])
	case alone:
		b.pictureParagraph(p, list[0])
	default:
		if cards := b.cardsOf(list, inFigure); cards != nil {
			replace(p, cards...)
		}
	}
}

// cardsOf makes cards of the content of a paragraph if all of it is to be cards; embedded is inside a figure.
func (b *builder) cardsOf(list []*html.Node, embedded bool) []*html.Node {
	if m, ok := b.bareAddress(list, embedded); ok {
		return []*html.Node{b.card(m, nil)}
	}
	marks := make([]mark, 0, len(list))
	for _, n := range list {
		m, ok := b.marked(n, embedded)
		if !ok {
			return nil
		}
		marks = append(marks, m)
	}
	cards := make([]*html.Node, 0, len(marks))
	for _, m := range marks {
		cards = append(cards, b.card(m, nil))
	}
	return cards
}

// isPicture tells whether n is a picture of this site, or a link or emphasis around one.
func (b *builder) isPicture(n *html.Node) bool {
	_, ok := b.shown[b.pictureIn(n)]
	return ok
}

func (b *builder) pictureIn(n *html.Node) *html.Node {
	if n = core(n); n.Data == "a" && n.FirstChild != nil && n.FirstChild == n.LastChild {
		return core(n.FirstChild)
	}
	return n
}

// core passes through emphasis that holds one thing only.
func core(n *html.Node) *html.Node {
	for n.Type == html.ElementNode && n.FirstChild != nil && n.FirstChild == n.LastChild {
		switch n.Data {
		case "b", "em", "i", "small", "strong", "u":
			n = n.FirstChild
		default:
			return n
		}
	}
	return n
}

// pictureParagraph makes a figure of a paragraph that holds nothing but a picture.
func (b *builder) pictureParagraph(p, n *html.Node) {
	img := b.pictureIn(n)
	p.RemoveChild(n)
	figure := b.figureAround(n, attr(p.Attr, "class"))
	if title := b.shown[img]; title != "" && b.origin == fromStory {
		caption := newNode("figcaption")
		caption.AppendChild(newText(title))
		figure.AppendChild(caption)
	}
	replace(p, figure)
}

// figureAround makes a figure of a picture that is in no tree.
func (b *builder) figureAround(n *html.Node, class string) *html.Node {
	figure := newNode("figure")
	if align := firstOf(b.aligned[b.pictureIn(n)], class); align != "" {
		figure.Attr = append(figure.Attr, attribute("class", align))
	}
	figure.AppendChild(n)
	return figure
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// finishFigure makes cards of a figure around what cannot be shown.
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
		replace(f, paragraphOf(caption))
	case len(list) == 1 && b.isPicture(list[0]):
		if align := b.aligned[b.pictureIn(list[0])]; align != "" && attr(f.Attr, "class") == "" {
			f.Attr = append(f.Attr, attribute("class", align))
		}
	default:
		if m, ok := b.only(list); ok {
			replace(f, b.card(m, caption))
			return
		}
		b.finishGallery(f, list, caption)
	}
}

// only returns what the one card of a figure stands for.
func (b *builder) only(list []*html.Node) (mark, bool) {
	if len(list) == 1 {
		if m, ok := b.cards[list[0]]; ok {
			return m, true
		}
		if m, ok := b.marked(list[0], true); ok {
			return m, true
		}
	}
	return b.bareAddress(list, true)
}

// finishGallery puts several figures and cards, also those in a list, in the place of the figure around them.
func (b *builder) finishGallery(f *html.Node, held []*html.Node, caption *html.Node) {
	if len(held) == 1 && elements[held[0].Data].class == list {
		held = gallery(held[0])
	} else if !slices.ContainsFunc(held, func(n *html.Node) bool { return !b.isPicture(n) }) {
		return
	}
	if len(held) == 0 || slices.ContainsFunc(held, func(n *html.Node) bool { return !b.standsAlone(n) }) {
		return
	}
	blocks := make([]*html.Node, 0, len(held)+1)
	for _, n := range held {
		blocks = append(blocks, b.alone(n))
	}
	if caption != nil {
		blocks = append(blocks, paragraphOf(caption))
	}
	replace(f, blocks...)
}

// gallery returns what the items of a list hold, if each holds one thing.
func gallery(items *html.Node) []*html.Node {
	var list []*html.Node
	for item := items.FirstChild; item != nil; item = item.NextSibling {
		held := content(item)
		if len(held) != 1 {
			return nil
		}
		list = append(list, held[0])
	}
	return list
}

// standsAlone tells whether alone makes a block of n.
func (b *builder) standsAlone(n *html.Node) bool {
	if n.Type == html.ElementNode && n.Data == "figure" || b.isPicture(n) {
		return true
	}
	_, ok := b.only([]*html.Node{n})
	return ok
}

// alone makes a block in no tree of something in a figure.
func (b *builder) alone(n *html.Node) *html.Node {
	if m, ok := b.only([]*html.Node{n}); ok {
		if _, card := b.cards[n]; !card {
			return b.card(m, nil)
		}
	}
	n.Parent.RemoveChild(n)
	if b.isPicture(n) {
		return b.figureAround(n, "")
	}
	return n
}

// paragraphOf makes a paragraph of a caption.
func paragraphOf(caption *html.Node) *html.Node {
	p := newNode("p")
	moveChildren(p, caption)
	return p
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
