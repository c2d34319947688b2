package markdown

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// albums folds pictures of one host that follow each other at the top of an imported
// text into one line that opens to a list: a post of pictures is else a stack of boxes
// that all say the same.
func (b *builder) albums(root *html.Node) {
	if b.origin != fromImport {
		return
	}
	var run []*html.Node
	host := ""
	for n := root.FirstChild; ; n = n.NextSibling {
		if n != nil && len(run) > 0 && n.Type == html.TextNode && isSpace(n.Data) {
			continue
		}
		m, card := b.cards[n]
		remote := n != nil && card && m.kind == picture && m.target.host != "" && m.around.href == ""
		if !remote || m.target.host != host {
			if len(run) > 1 {
				b.album(run)
			}
			run, host = nil, m.target.host
		}
		if n == nil {
			return
		}
		if remote {
			run = append(run, n)
		}
	}
}

// album puts the list in the place of its cards.
func (b *builder) album(run []*html.Node) {
	host := b.hostOf(b.cards[run[0]].target)
	list := newNode("ul")
	for _, p := range run {
		m := b.cards[p]
		link := newNode("a", b.markAttrs(m)...)
		item := newNode("li")
		item.AppendChild(link)
		if m.caption == "" {
			link.AppendChild(newText(fileName(m.target.href, host)))
		} else {
			link.AppendChild(newText(m.caption))
		}
		for n := p.FirstChild; n != nil; n = n.NextSibling {
			if attr(n.Attr, "class") == "card-caption" && inlineText(n) != m.caption {
				item.AppendChild(newText(" – "))
				moveChildren(item, n)
			}
		}
		list.AppendChild(item)
	}
	line := newNode("summary")
	line.AppendChild(newText(b.options.Words.Pictures(len(run), host)))
	album := newNode("details")
	album.AppendChild(line)
	album.AppendChild(list)
	run[0].Parent.InsertBefore(album, run[0])
	for _, p := range run {
		p.Parent.RemoveChild(p)
	}
}

// fileName is the last part of an address as people read it.
func fileName(href, otherwise string) string {
	if u, err := url.Parse(href); err == nil {
		if name := u.Path[strings.LastIndexByte(u.Path, '/')+1:]; name != "" {
			return printable(strings.ToValidUTF8(name, "\uFFFD"))
		}
	}
	return otherwise
}
