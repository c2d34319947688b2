package markdown_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"waypost/internal/markdown"
)

type example struct {
	N                       int
	Section, Markdown, HTML string
}

// ownExamples are in the form of the CommonMark examples.
var ownExamples = []example{
	{1, "Lists", "1. one\n   - two\n2. three\n", "<ol><li>one<ul><li>two</li></ul></li><li>three</li></ol>"},
	{2, "Quotations", "> a\nb\n> > c\n", "<blockquote><p>a\nb</p><blockquote><p>c</p></blockquote></blockquote>"},
	{3, "Links", "[a][b] and [c](</d e> 'f')\n\n[b]: /g\n", "<p><a href=\"/g\">a</a> and <a href=\"/d e\">c</a></p>"},
	{4, "Emphasis", "**a *b* c** _d_e_\n", "<p><strong>a <em>b</em> c</strong> <em>d_e</em></p>"},
	{5, "Code spans", "`` a ` b `` \\*c\\*\n", "<p><code>a ` b</code> *c*</p>"},
	{6, "Entities", "&auml; &#65; \\& &nope;\n", "<p>ä A &amp; &amp;nope;</p>"},
}

// changed tells of an example that this package changes on purpose: HTML is text, pictures of unknown address become
// cards, and a link needs an address that url.Parse reads.
func (e example) changed() bool {
	return strings.Contains(e.Markdown, "<") || strings.Contains(e.Markdown, "![") || strings.Contains(e.Markdown, "]()") ||
		strings.Contains(e.Markdown, `\:)`)
}

// TestStoryReadsCommonMark compares what a reader sees: the words of each example, and the elements around them, must
// be those of the specification. Every example must come out safe.
func TestStoryReadsCommonMark(t *testing.T) {
	t.Parallel()
	examples := ownExamples
	if path := outside("markdown", "commonmark-examples.json"); path != "" {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var more []example
		if err := json.Unmarshal(data, &more); err != nil {
			t.Fatal(err)
		}
		examples = append(examples, more...)
	}
	compared := 0
	for _, e := range examples {
		d := markdown.Story(e.Markdown, site())
		checkSafe(t, e.Markdown, d, "s-")
		if e.changed() {
			continue
		}
		compared++
		if got, want := words(t, d.HTML), words(t, e.HTML); got != want {
			t.Errorf("example %d (%s) %q\n got %q\nwant %q", e.N, e.Section, e.Markdown, got, want)
		}
	}
	t.Logf("%d own examples, %d outside examples, words compared in %d", len(ownExamples), len(examples)-len(ownExamples), compared)
}

// words returns the text of HTML with plain quotes, dashes and spaces, and a mark for each element that has text.
func words(t *testing.T, s string) string {
	t.Helper()
	var out strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			out.WriteString(n.Data)
		} else if strings.Contains(" p blockquote ul ol li pre hr em strong code a ", " "+n.Data+" ") && hasText(n) {
			out.WriteString(" <" + n.Data + "> ")
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	for _, n := range fragment(t, s) {
		walk(n)
	}
	plain := strings.NewReplacer("“", `"`, "”", `"`, "‘", "'", "’", "'", "—", "---", "–", "--", "…", "...").Replace(out.String())
	return strings.Join(strings.Fields(plain), " ")
}

func hasText(n *html.Node) bool {
	if n.Type == html.TextNode {
		return strings.TrimSpace(n.Data) != ""
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if hasText(c) {
			return true
		}
	}
	return false
}
