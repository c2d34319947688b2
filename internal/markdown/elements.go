package markdown

import "golang.org/x/net/html"

// class is what an element means for the tree that is built.
type class uint8

const (
	unwrap   class = iota // the tag goes, its content stays; so with every unknown tag
	boundary              // the tag goes, and a paragraph ends there
	drop                  // the tag goes with its content
	media                 // becomes a card
	void                  // has no content
	inline                // phrasing content
	leaf                  // a block of phrasing content
	flow                  // a block of blocks, or of phrasing content
	list                  // holds li
	pairs                 // holds dt and dd
	table                 // holds caption and groups
	group                 // holds rows
	row                   // holds cells
)

// element is what becomes of a tag: the name it has in the output, and its class.
type element struct {
	name  string
	class class
}

// elements knows every tag that is not simply unwrapped.
var elements = newElements()

func newElements() map[string]element {
	m := map[string]element{
		// Names that HTML has given up, and what says the same.
		"strike": {"s", inline}, "tt": {"code", inline}, "acronym": {"abbr", inline}, "dir": {"ul", list},
		"listing": {"pre", leaf}, "image": {"img", void},
	}
	for class, names := range map[class][]string{
		boundary: {
			"address", "article", "aside", "body", "center", "dialog", "div", "fieldset", "footer", "form", "header",
			"hgroup", "html", "legend", "main", "menu", "nav", "search", "section",
		},
		drop: {
			"canvas", "datalist", "frameset", "head", "math", "noembed", "noframes", "noscript", "plaintext", "script",
			"select", "style", "svg", "template", "textarea", "title", "xmp",
		},
		media: {"audio", "embed", "iframe", "object", "video"},
		void:  {"br", "hr", "img", "wbr"},
		inline: {
			"a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s",
			"samp", "small", "strong", "sub", "sup", "time", "u", "var",
		},
		leaf:  {"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "figcaption", "summary", "dt", "caption"},
		flow:  {"blockquote", "li", "dd", "td", "th", "figure", "details"},
		list:  {"ul", "ol"},
		pairs: {"dl"},
		table: {"table"},
		group: {"thead", "tbody", "tfoot"},
		row:   {"tr"},
	} {
		for _, name := range names {
			m[name] = element{name, class}
		}
	}
	return m
}

func isHeading(name string) bool {
	return len(name) == 2 && name[0] == 'h' && '1' <= name[1] && name[1] <= '6'
}

func newNode(name string, attrs ...html.Attribute) *html.Node {
	return &html.Node{Type: html.ElementNode, Data: name, Attr: attrs}
}

func newText(s string) *html.Node {
	return &html.Node{Type: html.TextNode, Data: s}
}

func attribute(key, value string) html.Attribute {
	return html.Attribute{Key: key, Val: value}
}

// attr returns the value of the first attribute of that name, or "".
func attr(attrs []html.Attribute, key string) string {
	for _, a := range attrs {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// moveChildren appends the children of from to to.
func moveChildren(to, from *html.Node) {
	for c := from.FirstChild; c != nil; c = from.FirstChild {
		from.RemoveChild(c)
		to.AppendChild(c)
	}
}

// replace puts the new nodes where old is.
func replace(old *html.Node, with ...*html.Node) {
	for _, n := range with {
		old.Parent.InsertBefore(n, old)
	}
	old.Parent.RemoveChild(old)
}
