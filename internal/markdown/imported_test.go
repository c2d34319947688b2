package markdown_test

import (
	"testing"

	"waypost/internal/markdown"
)

func TestImported(t *testing.T) {
	t.Parallel()
	checkRenderings(t, markdown.Imported, site(), []rendering{
		{"bare text in paragraphs", "one\ntwo <b>three</b>\n\nfour", "<p>one\ntwo <b>three</b></p>\n<p>four</p>"},
		{"blocks of the editor", "<!-- wp:paragraph -->\n<p>a</p>\n<!-- /wp:paragraph -->\n\n<div class=\"wp-block-group\"><p>b</p></div>",
			"<p>a</p>\n<p>b</p>"},
		{"text between divisions", "<div>a</div><div>b<span> c</span></div>", "<p>a</p>\n<p>b c</p>"},
		{"alignment", `<p style="text-align: center">a</p><p class="has-text-align-right">b</p>`,
			`<p class="align-center">a</p>` + "\n" + `<p class="align-right">b</p>`},
		{"scripts and styles", `a<script>b</script><style>c</style><noscript>d</noscript><svg><text>e</text></svg>f`, "<p>af</p>"},
		{"handlers and styles", `<p onclick="x" style="color:red" class="card" id="replies">a</p>`, "<p>a</p>"},
		{"id that a link of the text leads to", `<p><a href="#note">1</a></p><p id="note">b</p>`,
			`<p><a href="#s-note">1</a></p>` + "\n" + `<p id="s-note">b</p>`},
		{"headings", "<h1>A</h1><h3>B</h3>", `<h2 id="s-a">A</h2>` + "\n" + `<h3 id="s-b">B</h3>`},
		{"picture of this site", `<figure class="wp-block-image alignwide"><img src="https://site.example/media/a.jpg" alt="A"/><figcaption>c</figcaption></figure>`,
			`<figure class="wide"><img src="/media/a.jpg" alt="A"` + shown + `<figcaption>c</figcaption></figure>`},
		{"remote picture with caption", `<figure class="wp-block-image"><img src="https://a.example/b.jpg" alt="A"/><figcaption>c <em>d</em></figcaption></figure>`,
			`<p class="card"><a href="https://a.example/b.jpg" rel="noopener"><span class="card-kind">Picture at</span> a.example</a>` +
				` <span class="card-caption">A</span> <span class="card-caption">c <em>d</em></span></p>`},
		{"pictures of one host", `<figure><img src="https://a.example/1.jpg" alt="A &amp; B"><figcaption>c <em>d</em></figcaption></figure>` +
			`<p><img src="https://a.example/x/2%20b.jpg"> <a href="https://a.example/3.jpg"><img src="https://a.example/3-small.jpg" alt="E"></a></p><p>f</p>` +
			`<img src="https://b.example/4.jpg">`,
			`<details><summary>3 pictures at a.example</summary><ul><li><a href="https://a.example/1.jpg" rel="noopener">A &amp; B</a> – c <em>d</em></li>` +
				`<li><a href="https://a.example/x/2%20b.jpg" rel="noopener">2 b.jpg</a></li><li><a href="https://a.example/3.jpg" rel="noopener">E</a></li></ul></details>` + "\n<p>f</p>\n" +
				`<p class="card"><a href="https://b.example/4.jpg" rel="noopener"><span class="card-kind">Picture at</span> b.example</a></p>`},
		{"classic caption", `<div class="wp-caption alignleft"><a href="/b"><img src="/media/a.jpg" alt="A"></a><p class="wp-caption-text">c</p></div>d`,
			`<figure class="align-left"><a href="/b"><img src="/media/a.jpg" alt="A"` + shown + `</a><figcaption>c</figcaption></figure>` + "\n<p>d</p>"},
		{"embed block", `<figure class="wp-block-embed is-provider-other"><div class="wp-block-embed__wrapper">` + "\nhttps://a.example/b?c=1&amp;d=2\n</div></figure>",
			`<p class="card"><a href="https://a.example/b?c=1&amp;d=2" rel="noopener"><span class="card-kind">Page at</span> a.example</a></p>`},
		{"player", `<iframe src="https://www.youtube-nocookie.com/embed/abc?rel=0" title="A talk" allowfullscreen></iframe>`,
			`<p class="card"><a href="https://www.youtube.com/watch?v=abc" rel="noopener"><span class="card-kind">Video at</span> youtube.com</a>` +
				` <span class="card-caption">A talk</span></p>`},
		{"video by source", `<video controls><source src="https://a.example/v.mp4">No video</video>`,
			`<p class="card"><a href="https://a.example/v.mp4" rel="noopener"><span class="card-kind">Video at</span> a.example</a></p>`},
		{"sound", `<figure class="wp-block-audio"><audio src="https://a.example/s.mp3"></audio><figcaption>c</figcaption></figure>`,
			`<p class="card"><a href="https://a.example/s.mp3" rel="noopener"><span class="card-kind">Sound at</span> a.example</a> <span class="card-caption">c</span></p>`},
		{"player in a text", `<p>a <iframe src="https://player.vimeo.com/video/1"></iframe></p>`,
			`<p>a <a href="https://vimeo.com/1" rel="noopener">Video at vimeo.com</a></p>`},
		{"quoted post", `<blockquote class="twitter-tweet"><p lang="en">a</p>— b</blockquote>`, `<blockquote><p lang="en">a</p><p>— b</p></blockquote>`},
		{"list in a list without an item", "<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"},
		{"table without a body", "<table><tr><th scope=row>a<td colspan=2>b</table>",
			`<div class="table" tabindex="0" role="region" aria-label="Table 1"><table><tbody><tr><th scope="row">a</th><td colspan="2">b</td></tr></tbody></table></div>`},
		{"wrong nesting", "<b>a<p>b</b>c</p><a href=/x>d<a href=/y>e</a>", `<p><b>a</b></p>` + "\n" + `<p><b>b</b>c</p>` + "\n" + `<p><a href="/x">d</a><a href="/y">e</a></p>`},
		{"first line of preformatted text", "<pre>\n\na</pre>", "<pre tabindex=\"0\">\n\na</pre>"},
		{"empty paragraphs", "<p>&nbsp;</p><p></p><p><br></p>a", "<p>a</p>"},
		{"old names", "<strike>a</strike><tt>b</tt><font color=red>c</font>", "<p><s>a</s><code>b</code>c</p>"},
		{"entities", "<p>&amp;lt;b&amp;gt; &copy;</p>", "<p>&amp;lt;b&amp;gt; ©</p>"},
	})
}

func TestImportedText(t *testing.T) {
	t.Parallel()
	d := markdown.Imported("<h2>A&amp;B</h2><p>one<br>two&nbsp;three</p><pre>x\n  y</pre>", site())
	if want := "A&B\none\ntwo three\nx\ny"; d.Text != want {
		t.Errorf("text %q, want %q", d.Text, want)
	}
}

// Without a lookup no picture is shown, whatever its address.
func TestUnknownPicturesAreCards(t *testing.T) {
	t.Parallel()
	d := markdown.Imported(`<img src="/media/a.jpg"><img src="data:image/png;base64,AA" alt="b">`, markdown.Options{Base: "https://site.example"})
	want := `<p class="card"><a href="/media/a.jpg"><span class="card-kind">Picture at</span> site.example</a></p>` + "\n" +
		`<p class="card"><span class="card-caption">b</span></p>` + "\n"
	if d.HTML != want {
		t.Errorf("got %s, want %s", d.HTML, want)
	}
}
