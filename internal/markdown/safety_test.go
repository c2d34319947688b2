package markdown_test

import (
	"bytes"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"waypost/internal/markdown"
)

// allowed is the allow-list of the output, written down apart from the policy of the package: the attributes that each
// element may have besides those in everywhere.
var allowed = map[string]string{
	"p": "class", "h2": "class", "h3": "class", "h4": "class", "h5": "class", "h6": "class", "blockquote": "", "hr": "",
	"pre": "tabindex", "br": "", "wbr": "", "ul": "", "ol": "start reversed", "li": "value", "dl": "", "dt": "", "dd": "",
	"figure": "class", "figcaption": "class", "details": "", "summary": "", "section": "class role aria-label",
	"div": "class tabindex role aria-label", "table": "", "caption": "", "thead": "", "tbody": "", "tfoot": "", "tr": "",
	"td": "class colspan rowspan", "th": "class colspan rowspan scope", "span": "class",
	"a": "href rel title class role aria-label", "abbr": "title", "dfn": "title", "time": "datetime",
	"b": "", "bdi": "", "bdo": "", "cite": "", "code": "", "del": "", "em": "", "i": "", "ins": "", "kbd": "", "mark": "",
	"q": "", "s": "", "samp": "", "small": "", "strong": "", "sub": "", "sup": "", "u": "", "var": "",
	"img": "src srcset sizes width height alt loading decoding",
}

const (
	everywhere = "id dir lang"
	classes    = "card card-kind card-caption table footnotes footnote-ref footnote-back align-left align-center align-right wide"
)

var ownPicture = regexp.MustCompile(`^/media/[^ ,]*$`)

// fragment parses output as a browser does inside a block of a page.
func fragment(t testing.TB, s string) []*html.Node {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(s), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		t.Fatalf("parse output: %v", err)
	}
	return nodes
}

// checkSafe holds a rendered text against the allow-list and parses it again: it must be the same tags.
func checkSafe(t testing.TB, source string, d markdown.Document, prefix string) {
	t.Helper()
	var again bytes.Buffer
	ids := map[string]bool{}
	for _, n := range fragment(t, d.HTML) {
		if err := html.Render(&again, n); err != nil {
			t.Fatalf("render output: %v", err)
		}
		for _, fault := range faults(n, prefix, ids) {
			t.Errorf("%s\nsource: %.300q\noutput: %.600q", fault, source, d.HTML)
		}
	}
	if !slices.Equal(tokens(again.String()), tokens(d.HTML)) {
		t.Errorf("output changes when parsed again\nsource: %.300q\noutput: %.600q\nagain:  %.600q", source, d.HTML, again.String())
	}
}

// tokens lists the tags and texts of output, attributes sorted, because parsing sorts those of some elements.
func tokens(s string) []string {
	var list []string
	z := html.NewTokenizer(strings.NewReader(s))
	for z.Next() != html.ErrorToken {
		token := z.Token()
		slices.SortFunc(token.Attr, func(a, b html.Attribute) int { return strings.Compare(a.Key, b.Key) })
		list = append(list, token.String())
	}
	return list
}

func faults(n *html.Node, prefix string, ids map[string]bool) []string {
	var list []string
	switch n.Type {
	case html.TextNode:
	case html.ElementNode:
		own, known := allowed[n.Data]
		if !known || n.Namespace != "" {
			list = append(list, "element "+n.Data)
		}
		for _, a := range n.Attr {
			if !slices.Contains(strings.Fields(own+" "+everywhere), a.Key) {
				list = append(list, "attribute "+a.Key+" of "+n.Data)
			}
			if fault := valueFault(a, prefix, ids); fault != "" {
				list = append(list, fault)
			}
		}
	default:
		list = append(list, "node that is no element or text")
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		list = append(list, faults(c, prefix, ids)...)
	}
	return list
}

func valueFault(a html.Attribute, prefix string, ids map[string]bool) string {
	switch a.Key {
	case "id":
		if ids[a.Val] || !strings.HasPrefix(a.Val, prefix) {
			return "id " + a.Val
		}
		ids[a.Val] = true
	case "class":
		if !slices.Contains(strings.Fields(classes), a.Val) {
			return "class " + a.Val
		}
	case "src":
		if !ownPicture.MatchString(a.Val) {
			return "picture " + a.Val
		}
	case "srcset":
		for _, candidate := range strings.Split(a.Val, ", ") {
			if src, _, _ := strings.Cut(candidate, " "); !ownPicture.MatchString(src) {
				return "picture " + a.Val
			}
		}
	case "href":
		u, err := url.Parse(a.Val)
		if err != nil || !slices.Contains([]string{"", "http", "https", "mailto"}, u.Scheme) || u.User != nil ||
			u.Scheme == "" && u.Host != "" || strings.ContainsAny(a.Val, "\t\n\r") || strings.ContainsAny(a.Val[:strings.IndexAny(a.Val+"?", "?#")], "\\") {
			return "link " + a.Val
		}
	}
	return ""
}

// site is the options of a page with every picture under /media/ known.
func site() markdown.Options {
	return markdown.Options{
		IDPrefix: "s-",
		Base:     "https://site.example",
		Picture: func(src string) (markdown.Picture, bool) {
			return markdown.Picture{
				Src: src, Width: 1200, Height: 800,
				SrcSet: []markdown.Variant{{Src: "/media/400.jpg", Width: 400}, {Src: "/media/800.jpg", Width: 800}},
			}, strings.HasPrefix(src, "/media/")
		},
	}
}

// waysIn are the three ways a text is rendered.
var waysIn = map[string]func(string, markdown.Options) markdown.Document{
	"story": markdown.Story, "imported": markdown.Imported, "note": markdown.Note,
}

func depth(n *html.Node) int {
	deepest := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		deepest = max(deepest, depth(c))
	}
	return deepest + 1
}
