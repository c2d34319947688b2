package markdown

import (
	"strings"

	"golang.org/x/net/html"
)

// mark is what a picture, video or other thing that cannot be shown was. A link or a text stands for it in the tree
// until its paragraph or figure ends and may become a card.
type mark struct {
	kind    kind
	target  target // empty when it leads nowhere that is allowed
	around  target // of a link around it that leads to another host
	caption string
}

// void takes an element without content.
func (b *builder) void(name string, attrs []html.Attribute) {
	switch name {
	case "img":
		b.picture(attrs)
	case "hr":
		if b.top().node.Data != "section" {
			b.room(flow)
			b.top().node.AppendChild(newNode("hr"))
		}
	case "br":
		if b.top().class == inline || b.top().class == leaf || b.top().node.LastChild != nil {
			b.phrasing()
			b.top().node.AppendChild(newNode("br"))
		}
	case "wbr":
		b.phrasing()
		b.top().node.AppendChild(newNode("wbr"))
	}
}

// picture shows a picture of this site and marks every other one.
func (b *builder) picture(attrs []html.Attribute) {
	alt, title := strings.TrimSpace(attr(attrs, "alt")), strings.TrimSpace(attr(attrs, "title"))
	t, ok := b.options.target(attr(attrs, "src"))
	if ok && b.origin != fromNote {
		if p, known := b.lookup(t, attr(attrs, "src")); known {
			b.show(p, alt, title, alignment("img", attrs))
			return
		}
	}
	caption := alt
	if caption == "" || title != "" && b.origin == fromStory {
		caption = title
	}
	b.stand(mark{kind: picture, target: t, caption: caption})
}

// lookup asks for a picture of this site.
func (b *builder) lookup(t target, src string) (Picture, bool) {
	if b.options.Picture == nil {
		return Picture{}, false
	}
	if b.options.Base != "" {
		src = strings.TrimPrefix(src, b.options.Base)
	}
	p, known := b.options.Picture(src)
	return p, known && validPath.MatchString(p.Src)
}

// sizes goes with the measure of the story column.
const sizes = "(min-width: 48rem) 42rem, 100vw"

func (b *builder) show(p Picture, alt, title, align string) {
	if alt == "" {
		alt = p.Alt
	}
	img := newNode("img", attribute("src", b.local(p.Src)), attribute("alt", alt))
	if p.Width > 0 && p.Height > 0 {
		img.Attr = append(img.Attr, attribute("width", pixels(p.Width)), attribute("height", pixels(p.Height)))
	}
	var set []string
	for _, v := range p.SrcSet {
		set = append(set, b.local(v.Src)+" "+pixels(v.Width)+"w")
	}
	if len(set) > 0 {
		img.Attr = append(img.Attr, attribute("srcset", strings.Join(set, ", ")), attribute("sizes", sizes))
	}
	img.Attr = append(img.Attr, attribute("loading", "lazy"), attribute("decoding", "async"))
	b.phrasing()
	b.top().node.AppendChild(img)
	b.shown[img] = title
	if align != "" {
		b.aligned[img] = align
	}
}

// local is a path of this site as the output needs it.
func (b *builder) local(path string) string {
	if b.options.Absolute {
		return b.options.Base + path
	}
	return path
}

// media marks a video, sound or frame.
func (b *builder) media(name string, attrs []html.Attribute) {
	src := attr(attrs, "src")
	switch name {
	case "object":
		if src = attr(attrs, "data"); src == "" {
			return // an embed inside may say more
		}
		b.skip(name)
	case "video", "audio":
		if inner := b.skipMedia(name); src == "" {
			src = inner
		}
	case "iframe":
		b.skip(name)
	}
	t, ok := b.options.target(src)
	if !ok {
		return
	}
	k, known := hostKind(t.host)
	switch {
	case name == "video":
		k = video
	case name == "audio":
		k = sound
	case known && t.host != "":
		t, _ = b.options.target(permalink(t.href))
	}
	b.stand(mark{kind: k, target: t, caption: strings.TrimSpace(attr(attrs, "title"))})
}

// skipMedia passes over a video or audio element and returns the address of its first source.
func (b *builder) skipMedia(name string) string {
	src := ""
	for {
		switch b.tags.Next() {
		case html.ErrorToken:
			return src
		case html.StartTagToken, html.SelfClosingTagToken:
			inner, has := b.tags.TagName()
			if string(inner) == "source" && src == "" {
				src = attr(b.attrs(has), "src")
			}
		case html.EndTagToken:
			if inner, _ := b.tags.TagName(); string(inner) == name {
				return src
			}
		}
	}
}

// stand puts a link in the place of what cannot be shown; inside a link, or without an address, only its words.
func (b *builder) stand(m mark) {
	words := m.caption
	if words == "" && m.target.href != "" {
		before, after := b.options.Words.around(m.kind)
		words = before + b.hostOf(m.target) + after
	}
	if words == "" {
		return
	}
	b.phrasing()
	n := newText(words)
	if m.target.href != "" && !b.linkOpen() {
		n = newNode("a", b.markAttrs(m)...)
		n.AppendChild(newText(words))
	}
	b.top().node.AppendChild(n)
	b.marks[n] = m
}

func (b *builder) markAttrs(m mark) []html.Attribute {
	list := []html.Attribute{attribute("href", m.target.href)}
	if b.options.outgoing(m.target) {
		b.links.add(m.target.href)
		list = append(list, b.rel())
	}
	return list
}

// hostOf names the host of a target; the site's own for a path.
func (b *builder) hostOf(t target) string {
	if t.host != "" {
		return shownHost(t.host)
	}
	if _, host, found := strings.Cut(b.options.Base, "://"); found {
		return shownHost(host)
	}
	return t.href[strings.LastIndexByte(t.href, '/')+1:]
}
