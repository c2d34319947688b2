package render_test

import (
	"strings"
	"testing"

	"waypost/web"
	"waypost/web/messages"
	"waypost/web/render"
)

func TestLetterSaysTheSameTwice(t *testing.T) {
	t.Parallel()
	words, err := messages.Load()
	if err != nil {
		t.Fatal(err)
	}
	r := render.New(web.Files(), words, false)
	html, text, err := r.Letter(render.Letter{Language: "de", From: "Weg & Steg", Subject: "A <b>story</b>",
		Blocks: []render.Block{render.LetterText(strings.Repeat("many words ", 20)), render.LetterButton("Open it", "https://example.org/a?b=c&d=e"),
			render.LetterCode("123456"), render.LetterQuote("one\n<script>two</script>"), render.LetterItem("A title", "https://example.org/s", "By Ann")},
		Why: "You asked for it.", End: "https://example.org/end", EndLabel: "End these letters"})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`lang="de"`, "<h1>A &lt;b&gt;story", `href="https://example.org/a?b=c&amp;d=e"`, "123456", "&lt;script&gt;two", "By Ann", "Weg &amp; Steg", `href="https://example.org/end"`} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %s:\n%s", want, html)
		}
	}
	for _, never := range []string{"<img", "src=", "url(", "<script", "@import", "<link"} {
		if strings.Contains(html, never) {
			t.Errorf("the page has %s", never)
		}
	}
	for _, want := range []string{"Open it:\nhttps://example.org/a?b=c&d=e\n", "\n    123456\n", "> one\n> <script>two</script>\n", "A title\nBy Ann\nhttps://example.org/s\n", "-- \nWeg & Steg\nYou asked for it.\nEnd these letters:\nhttps://example.org/end\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("the text lacks %q:\n%s", want, text)
		}
	}
	for line := range strings.Lines(text) {
		if len(strings.TrimRight(line, "\n")) > 72 {
			t.Errorf("a long line: %q", line)
		}
	}
}
