package markdown

import (
	"golang.org/x/net/html"
)

// maxAttrs is how many attributes of a tag are read.
const maxAttrs = 40

// attrs reads the attributes of the tag the tokenizer stands on.
func (b *builder) attrs(has bool) []html.Attribute {
	var list []html.Attribute
	for has && len(list) < maxAttrs {
		var key, value []byte
		key, value, has = b.tags.TagAttr()
		list = append(list, html.Attribute{Key: string(key), Val: printable(string(value))})
	}
	return list
}

// start takes a start tag.
func (b *builder) start(selfClosing bool) {
	raw, has := b.tags.TagName()
	name := string(raw)
	e, known := elements[name]
	if !known {
		return
	}
	attrs := b.attrs(has)
	if e.class == drop {
		if !selfClosing || name != "svg" && name != "math" {
			b.skip(name)
		}
		return
	}
	if e.class == media {
		b.media(name, attrs)
		return
	}
	e = b.reinterpret(e, attrs)
	if i := b.figureOfDiv(); i > 0 && name == "div" && e.name != "figure" {
		b.stack[i].divs++
	}
	if len(b.stack) > maxDepth && e.class != void {
		return
	}
	switch e.class {
	case boundary:
		b.startBoundary(attrs)
	case void:
		b.void(e.name, attrs)
	case inline:
		b.startInline(e.name, attrs)
	case leaf:
		b.startLeaf(e.name, attrs)
	case list, pairs, table:
		b.room(e.class)
		b.push(e.name, e.class, b.kept(e.name, attrs)...)
		b.ids.offer(b.top().node, attr(attrs, "id"))
	case group, row:
		b.startRow(e, attrs)
	case flow:
		b.startFlow(e.name, attrs)
		if name == "div" {
			b.top().divs = 1
		}
	}
}

// reinterpret reads the figures that WordPress wrote before HTML had them.
func (b *builder) reinterpret(e element, attrs []html.Attribute) element {
	if b.origin != fromImport {
		return e
	}
	switch {
	case e.name == "div" && hasClass(attrs, "wp-caption"):
		return elements["figure"]
	case e.name == "p" && hasClass(attrs, "wp-caption-text"):
		return elements["figcaption"]
	}
	return e
}

func (b *builder) startBoundary(attrs []html.Attribute) {
	b.divide()
	if b.origin == fromStory && attr(attrs, "role") == "doc-endnotes" {
		b.room(flow)
		b.push("section", flow, attribute("class", "footnotes"), attribute("role", "doc-endnotes"),
			attribute("aria-label", b.options.Words.Footnotes))
	}
}

func (b *builder) startInline(name string, attrs []html.Attribute) {
	kept := b.kept(name, attrs)
	if name == "a" {
		b.end("a")
		var ok bool
		if kept, ok = b.linkAttrs(attrs); !ok {
			return
		}
	}
	if name == "a" && hasClass(attrs, "wp-block-file__button") && b.follows(attr(kept, "href")) {
		b.skip(name)
		return
	}
	b.phrasing()
	home := b.home()
	b.push(name, inline, kept...)
	b.top().home = home
	b.ids.offer(b.top().node, attr(attrs, "id"))
	if name == "a" {
		b.ids.refer(b.top().node)
	}
}

// follows tells whether what stands last is a link to href, as the name of a file does before its button.
func (b *builder) follows(href string) bool {
	last := b.top().node.LastChild
	return last != nil && last.Data == "a" && attr(last.Attr, "href") == href
}

// linkOpen tells whether a link is open; links do not nest.
func (b *builder) linkOpen() bool {
	return b.find(
		func(o *open) bool { return o.node.Data == "a" },
		func(o *open) bool { return o.class != inline },
	) > 0
}

func (b *builder) startLeaf(name string, attrs []html.Attribute) {
	if l := b.leafOpen(); l != nil && l.node.Data != "p" && name == "p" {
		b.divide()
		return
	}
	if name == "dt" {
		b.startPair(name, attrs)
		return
	}
	if name == "caption" {
		if b.top().class != table || b.top().node.FirstChild != nil {
			return
		}
	} else {
		b.room(leaf)
	}
	if name == "figcaption" && b.top().node.Data != "figure" ||
		name == "summary" && (b.top().node.Data != "details" || b.top().node.FirstChild != nil) {
		name = "p"
	}
	b.push(name, leaf, b.kept(name, attrs)...)
	b.ids.offer(b.top().node, attr(attrs, "id"))
}

func (b *builder) startFlow(name string, attrs []html.Attribute) {
	switch name {
	case "li":
		isList := func(o *open) bool { return o.class == list }
		if i := b.find(isList, func(o *open) bool { return o.class == flow && o.node.Data != "li" }); i > 0 {
			b.popTo(i)
		} else {
			b.room(flow)
			b.imply("ul")
		}
		b.push(name, flow, b.kept(name, attrs)...)
	case "dd":
		b.startPair(name, attrs)
	case "td", "th":
		b.startRow(element{name, flow}, attrs)
		return
	default:
		b.room(flow)
		b.push(name, flow, b.kept(name, attrs)...)
	}
	b.ids.offer(b.top().node, attr(attrs, "id"))
}

// startPair begins a dt or dd, in the dl that is open or in one it implies.
func (b *builder) startPair(name string, attrs []html.Attribute) {
	isPairs := func(o *open) bool { return o.class == pairs }
	if i := b.find(isPairs, func(o *open) bool { return o.class == flow && o.node.Data != "dd" }); i > 0 {
		b.popTo(i)
	} else {
		b.room(flow)
		b.imply("dl")
	}
	b.push(name, elements[name].class, b.kept(name, attrs)...)
}

// startRow begins a group, row or cell of the table that is open, with what it implies around it. Without a table a
// cell is a place where paragraphs end.
func (b *builder) startRow(e element, attrs []html.Attribute) {
	level := func(c class) int { return int(c) } // table < group < row in the list of classes
	limit := level(e.class)
	if e.class == flow {
		limit = level(row) + 1
	}
	i := b.find(
		func(o *open) bool { return o.class >= table && level(o.class) < limit },
		func(o *open) bool { return o.class == table },
	)
	if i < 0 {
		b.divide()
		return
	}
	b.popTo(i)
	for b.top().class >= table && level(b.top().class)+1 < limit {
		b.implyItem(b.top(), false)
	}
	b.push(e.name, e.class, b.kept(e.name, attrs)...)
}

// end takes an end tag. One that ends nothing is passed over.
func (b *builder) end(name string) {
	e := elements[name]
	if e.class == boundary || name == "p" {
		if name != "div" || !b.endDiv() {
			b.divide()
		}
		return
	}
	var stop func(*open) bool
	switch e.class {
	case inline:
		stop = func(o *open) bool { return o.class != inline }
	case leaf:
		stop = func(o *open) bool { return o.class != inline && o.class != leaf }
	case table, group, row:
		stop = func(o *open) bool { return o.class == table }
	case flow, list, pairs:
		cell := e.name == "td" || e.name == "th"
		stop = func(o *open) bool {
			return o.class >= table || !cell && (o.node.Data == "td" || o.node.Data == "th")
		}
	default:
		return
	}
	same := func(o *open) bool { return o.node.Data == e.name || isHeading(e.name) && isHeading(o.node.Data) }
	i := b.find(same, stop)
	if i > 0 {
		b.stack[i].ended = true
		b.popTo(i - 1)
	} else if e.class == inline {
		b.endInterrupted(e.name)
	}
}

// figureOfDiv returns the index of the innermost figure if its tag was a div, or -1.
func (b *builder) figureOfDiv() int {
	isFigure := func(o *open) bool { return o.node.Data == "figure" }
	if i := b.find(isFigure, isFigure); i > 0 && b.stack[i].divs > 0 {
		return i
	}
	return -1
}

// endDiv ends a figure that began as a div, unless a div inside it is what ends.
func (b *builder) endDiv() bool {
	i := b.figureOfDiv()
	if i < 0 {
		return false
	}
	if b.stack[i].divs--; b.stack[i].divs > 0 {
		return false
	}
	b.popTo(i - 1)
	return true
}

// skip passes over the content of an element up to its end tag.
func (b *builder) skip(name string) {
	for depth := 1; depth > 0; {
		switch b.tags.Next() {
		case html.ErrorToken:
			return
		case html.StartTagToken:
			if inner, _ := b.tags.TagName(); string(inner) == name {
				depth++
			}
		case html.EndTagToken:
			if inner, _ := b.tags.TagName(); string(inner) == name {
				depth--
			}
		}
	}
}
