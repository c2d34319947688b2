package markdown

import (
	"strings"

	"golang.org/x/net/html"
)

// marked returns what n stands for: a mark, or a link around one that leads to the same host; to any when embedded.
func (b *builder) marked(n *html.Node, embedded bool) (mark, bool) {
	n = core(n)
	if m, ok := b.marks[n]; ok {
		return m, true
	}
	if n.Type != html.ElementNode || n.Data != "a" || n.FirstChild == nil || n.FirstChild != n.LastChild {
		return mark{}, false
	}
	m, ok := b.marks[n.FirstChild]
	if !ok {
		return mark{}, false
	}
	t, ok := b.options.target(attr(n.Attr, "href"))
	switch {
	case !ok || t.host != m.target.host && !embedded:
		return mark{}, false
	case t.host == m.target.host:
		m.target = t
	case m.target.href == "":
		m.kind, m.target = page, t
	default:
		m.around = t
	}
	return m, true
}

// card makes the paragraph that stands for something on another host. What is known of it follows: a picture's
// alternative text, which says what cannot be seen here, and the caption.
func (b *builder) card(m mark, caption *html.Node) *html.Node {
	p := newNode("p", attribute("class", "card"))
	b.cards[p] = m
	for _, l := range []mark{m, {kind: page, target: m.around}} {
		if l.target.href == "" {
			continue
		}
		if p.FirstChild != nil {
			p.AppendChild(newText(" "))
		}
		before, after := b.options.Words.around(l.kind)
		link := newNode("a", b.markAttrs(l)...)
		link.AppendChild(b.span("card-kind", strings.TrimSpace(before)))
		link.AppendChild(newText(" " + b.hostOf(l.target) + after))
		p.AppendChild(link)
	}
	if m.caption != "" && (caption == nil || m.kind == picture && m.caption != inlineText(caption)) {
		b.caption(p, b.span("card-caption", m.caption))
	}
	if caption != nil {
		rest := newNode("span", attribute("class", "card-caption"))
		moveChildren(rest, caption)
		b.caption(p, rest)
	}
	return p
}

// caption puts one behind what a card has already.
func (b *builder) caption(card, caption *html.Node) {
	if caption.FirstChild == nil {
		return
	}
	if card.FirstChild != nil {
		card.AppendChild(newText(" "))
	}
	card.AppendChild(caption)
}

func (b *builder) span(class, text string) *html.Node {
	n := newNode("span", attribute("class", class))
	n.AppendChild(newText(text))
	return n
}
