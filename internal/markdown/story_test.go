package markdown_test

import (
	"slices"
	"strings"
	"testing"

	"waypost/internal/markdown"
)

// rendering is a source and the HTML it must become.
type rendering struct{ name, source, want string }

func checkRenderings(t *testing.T, render func(string, markdown.Options) markdown.Document, o markdown.Options, cases []rendering) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := render(c.source, o)
			if got := strings.TrimSpace(d.HTML); got != c.want {
				t.Errorf("source %q\n got %s\nwant %s", c.source, got, c.want)
			}
			checkSafe(t, c.source, d, "s-")
		})
	}
}

const shown = ` width="1200" height="800" srcset="/media/400.jpg 400w, /media/800.jpg 800w"` +
	` sizes="(min-width: 48rem) 42rem, 100vw" loading="lazy" decoding="async"/>`

func TestStory(t *testing.T) {
	t.Parallel()
	checkRenderings(t, markdown.Story, site(), []rendering{
		{"emphasis", "a *b* **c** ~~d~~ `e`", "<p>a <em>b</em> <strong>c</strong> <del>d</del> <code>e</code></p>"},
		{"quotes and dashes", `"It's late" -- he said...`, "<p>“It’s late” – he said…</p>"},
		{"HTML is text", "a <b>b</b> <!-- c -->", "<p>a &lt;b&gt;b&lt;/b&gt; &lt;!– c –&gt;</p>"},
		{"outgoing link", `[a](https://other.example/?a=1&b=2 "T")`,
			`<p><a href="https://other.example/?a=1&amp;b=2" rel="noopener" title="T">a</a></p>`},
		{"own links", "[a](/about) [b](https://site.example/about)",
			`<p><a href="/about">a</a> <a href="https://site.example/about">b</a></p>`},
		{"bare address", "see https://other.example/x.", `<p>see <a href="https://other.example/x" rel="noopener">https://other.example/x</a>.</p>`},
		{"address by e-mail", "<a@b.example>", `<p><a href="mailto:a@b.example">a@b.example</a></p>`},
		{"refused links", "[a](javascript:alert(1)) [b](data:text/html,x) [c](ftp://x.example/)", "<p>a b c</p>"},
		{"link without scheme", "[a](//other.example)", `<p><a href="https://other.example" rel="noopener">a</a></p>`},
		{"stray percent sign", "[a](/100%)", `<p><a href="/100%25">a</a></p>`},
		{"picture with caption", `![Alt](/media/a.jpg "The caption")`,
			`<figure><img src="/media/a.jpg" alt="Alt"` + shown + `<figcaption>The caption</figcaption></figure>`},
		{"picture in a text", `a ![Alt](/media/a.jpg) b`, `<p>a <img src="/media/a.jpg" alt="Alt"` + shown + ` b</p>`},
		{"picture by full address", `![Alt](https://site.example/media/a.jpg)`,
			`<figure><img src="/media/a.jpg" alt="Alt"` + shown + `</figure>`},
		{"linked picture", `[![Alt](/media/a.jpg)](/b)`,
			`<figure><a href="/b"><img src="/media/a.jpg" alt="Alt"` + shown + `</a></figure>`},
		{"remote picture", `![Alt](https://www.other.example/a.jpg "Caption")`,
			`<p class="card"><a href="https://www.other.example/a.jpg" rel="noopener"><span class="card-kind">Picture at</span>` +
				` other.example</a> <span class="card-caption">Caption</span></p>`},
		{"remote picture in a text", `a ![](https://other.example/a.jpg)`,
			`<p>a <a href="https://other.example/a.jpg" rel="noopener">Picture at other.example</a></p>`},
		{"video on its own", "https://youtu.be/abc",
			`<p class="card"><a href="https://youtu.be/abc" rel="noopener"><span class="card-kind">Video at</span> youtu.be</a></p>`},
		{"post on its own", "https://x.com/ann/status/1",
			`<p class="card"><a href="https://x.com/ann/status/1" rel="noopener"><span class="card-kind">Post at</span> x.com</a></p>`},
		{"home page of a host", "https://x.com/", `<p><a href="https://x.com/" rel="noopener">https://x.com/</a></p>`},
		{"code", "```go\na < b\n```", "<pre tabindex=\"0\"><code>a &lt; b\n</code></pre>"},
		{"table", "|a|b|\n|-|-:|\n|1|2|",
			`<div class="table" tabindex="0" role="region" aria-label="Table 1"><table><thead><tr><th>a</th>` +
				`<th class="align-right">b</th></tr></thead><tbody><tr><td>1</td><td class="align-right">2</td></tr></tbody></table></div>`},
		{"list from a number", "3. a\n4. b", `<ol start="3"><li>a</li><li>b</li></ol>`},
		{"footnote", "a[^n]\n\n[^n]: b",
			`<p>a<sup id="s-fnref:1"><a href="#s-fn:1" role="doc-noteref" class="footnote-ref">1</a></sup></p>` + "\n" +
				`<section class="footnotes" role="doc-endnotes" aria-label="Footnotes"><ol><li id="s-fn:1"><p>b` + "\u00a0" +
				`<a href="#s-fnref:1" role="doc-backlink" class="footnote-back" aria-label="Back to the text">↩︎</a></p></li></ol></section>`},
		{"link to a heading", "[a](#the-trial)\n\n## The trial",
			`<p><a href="#s-the-trial">a</a></p>` + "\n" + `<h2 id="s-the-trial">The trial</h2>`},
	})
}

func TestHeadingsBeginAtTwoAndNeverSkip(t *testing.T) {
	t.Parallel()
	d := markdown.Story("# One\n#### Two *deep*\n### Three\n# One\n> ## Quoted\n\n## Über *mich*[^1]\n\n[^1]: x", site())
	want := []markdown.Heading{
		{Level: 2, ID: "s-one", Text: "One"}, {Level: 3, ID: "s-two-deep", Text: "Two deep"},
		{Level: 3, ID: "s-three", Text: "Three"}, {Level: 2, ID: "s-one-2", Text: "One"},
		{Level: 3, ID: "s-über-mich", Text: "Über mich"},
	}
	if !slices.Equal(d.Outline, want) {
		t.Errorf("outline %+v, want %+v", d.Outline, want)
	}
	checkSafe(t, "headings", d, "s-")
}

func TestStoryText(t *testing.T) {
	t.Parallel()
	d := markdown.Story("# A & B\n\nOne  *two*\nthree[^1] [x](https://a.example/).\n\n- four\n- five\n\n"+
		"![alt](https://b.example/p.jpg \"six\")\n\n|a|b|\n|-|-|\n|c|d|\n\n[^1]: seven", site())
	if want := "A & B\nOne two three x.\nfour\nfive\nsix\na b\nc d\nseven"; d.Text != want {
		t.Errorf("text %q, want %q", d.Text, want)
	}
	if d.Words != 14 {
		t.Errorf("%d words, want 14", d.Words)
	}
	if want := []string{"https://a.example/", "https://b.example/p.jpg"}; !slices.Equal(d.Links, want) {
		t.Errorf("links %q, want %q", d.Links, want)
	}
}

func TestOptions(t *testing.T) {
	t.Parallel()
	ugc, german, absolute, bad := site(), site(), site(), site()
	ugc.UGC = true
	german.Language, german.Words.Video = "de", "Video bei {host}"
	absolute.Absolute = true
	bad.IDPrefix = "Replies"
	for _, c := range []struct {
		name, source, want string
		options            markdown.Options
	}{
		{"UGC", "[a](https://b.example/)", `rel="nofollow ugc noopener"`, ugc},
		{"German quotes", `"Ja", sagte sie.`, "„Ja“, sagte sie.", german},
		{"German words", "https://vimeo.com/1", `<span class="card-kind">Video bei</span> vimeo.com`, german},
		{"absolute link", "[a](/b/?c#d)", `href="https://site.example/b/?c#d"`, absolute},
		{"absolute picture", "![a](/media/a.jpg)", `src="https://site.example/media/a.jpg"`, absolute},
		{"absolute srcset", "![a](/media/a.jpg)", `srcset="https://site.example/media/400.jpg 400w, `, absolute},
		{"place in the text", "[a](#b)\n# b", `href="#s-b"`, absolute},
		{"bad prefix", "# Replies", `id="text-replies"`, bad},
	} {
		if d := markdown.Story(c.source, c.options); !strings.Contains(d.HTML, c.want) {
			t.Errorf("%s: %s lacks %s", c.name, d.HTML, c.want)
		}
	}
}

func TestNote(t *testing.T) {
	t.Parallel()
	checkRenderings(t, markdown.Note, site(), []rendering{
		{"plain", "I *build* [things](https://a.example/).", `<p>I <em>build</em> <a href="https://a.example/" rel="noopener">things</a>.</p>`},
		{"lists", "- a\n- b", "<ul><li>a</li><li>b</li></ul>"},
		{"headings are text", "# a\n\nb\n===", "<p># a</p>\n<p>b\n===</p>"},
		{"tables are text", "|a|\n|-|", "<p>|a|\n|-|</p>"},
		{"pictures are links", "![a](/media/b.jpg)", `<p><a href="/media/b.jpg">a</a></p>`},
		{"videos are links", "https://youtu.be/a", `<p><a href="https://youtu.be/a" rel="noopener">https://youtu.be/a</a></p>`},
		{"HTML is text", "<b>a</b>", "<p>&lt;b&gt;a&lt;/b&gt;</p>"},
		{"quotes are left", `"a"`, "<p>&#34;a&#34;</p>"},
	})
}
