package markup_test

import (
	"slices"
	"strings"
	"testing"

	"waypost/transfer/wxr/markup"
)

const base = "https://old.example/blog"

func TestClean(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ in, want string }{
		"empty":                     {"", ""},
		"one line":                  {"Hello", "<p>Hello</p>"},
		"two paragraphs":            {"one\n\ntwo", "<p>one</p>\n<p>two</p>"},
		"windows line ends":         {"one\r\n\r\ntwo\r\nthree", "<p>one</p>\n<p>two<br>\nthree</p>"},
		"blank line with spaces":    {"one\n  \t\n two", "<p>one</p>\n<p>two</p>"},
		"a break of its own":        {"one<br />\ntwo", "<p>one<br />\ntwo</p>"},
		"inline tags":               {"a <em>b</em> <strong>c\nd</strong>\n\n<a href=\"#\">e</a>", "<p>a <em>b</em> <strong>c<br>\nd</strong></p>\n<p><a href=\"#\">e</a></p>"},
		"block between text":        {"one\n<h2>Two</h2>\nthree", "<p>one</p>\n<h2>Two</h2>\n<p>three</p>"},
		"paragraphs written out":    {"<p class=\"x\">one\ntwo</p>\n<p></p>\n<p>three</p>", "<p class=\"x\">one<br>\ntwo</p>\n<p>three</p>"},
		"quote":                     {"<blockquote>one\n\ntwo</blockquote>", "<blockquote><p>one</p>\n<p>two</p>\n</blockquote>"},
		"list":                      {"<ul>\n\t<li>one\ntwo</li>\n\t<li>three\n<ul><li>four</li></ul>\n</li>\n</ul>\nend", "<ul><li>one<br>\ntwo</li><li>three<ul><li>four</li></ul></li></ul>\n<p>end</p>"},
		"table":                     {"<table>\n<tr>\n<td>a\n\nb</td>\n</tr>\n</table>", "<table><tr><td>a<br><br>\nb</td></tr></table>"},
		"figure":                    {"<figure>\n<img src=\"a\">\n<figcaption>b</figcaption>\n</figure>", "<figure><img src=\"a\"><figcaption>b</figcaption></figure>"},
		"pre left alone":            {"a\n<pre>x\n\n[gallery]\n<b>y</pre>\nb", "<p>a</p>\n<pre>x\n\n[gallery]\n<b>y</pre>\n<p>b</p>"},
		"code left alone":           {"see <code>a[foo_bar]\n\nb</code> there", "<p>see <code>a[foo_bar]\n\nb</code> there</p>"},
		"script left alone":         {"<script>if (a <b) {\n\nx[foo_bar] }</script>", "<script>if (a <b) {\n\nx[foo_bar] }</script>"},
		"address alone":             {"one\n\nhttps://example.org/?a=1&amp;b=2\n\ntwo", "<p>one</p>\n<p><a href=\"https://example.org/?a=1&amp;b=2\">https://example.org/?a=1&amp;b=2</a></p>\n<p>two</p>"},
		"rule":                      {"a\n<hr />\nb", "<p>a</p>\n<hr />\n<p>b</p>"},
		"blocks that do not end":    {"<div><section>a", "<div><section><p>a</p>\n</section></div>"},
		"ends of nothing":           {"a</div></section>b", "<p>a</p>\n<p>b</p>"},
		"a bare less-than":          {"1 < 2 and <3", "<p>1 < 2 and <3</p>"},
		"more":                      {"one\n<!--more-->\ntwo", "<p>one</p>\n<p>two</p>"},
		"more with words":           {"one <!--more Read on--> two", "<p>one</p>\n<p>two</p>"},
		"next page":                 {"one\n\n<!--nextpage-->\n\ntwo", "<p>one</p>\n<p>two</p>"},
		"other comments":            {"one <!-- not for readers -->two", "<p>one two</p>"},
		"a comment without an end":  {"one <!-- two", "<p>one <!-- two</p>"},
		"paragraph blocks":          {"<!-- wp:paragraph {\"align\":\"left\"} -->\n<p>one\ntwo</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:list -->\n<ul><!-- wp:list-item -->\n<li>a</li>\n<!-- /wp:list-item --></ul>\n<!-- /wp:list -->", "<p>one\ntwo</p>\n\n<ul>\n<li>a</li>\n</ul>"},
		"more block":                {"<!-- wp:paragraph -->\n<p>a</p>\n<!-- /wp:paragraph -->\n<!-- wp:more -->\n<!--more-->\n<!-- /wp:more -->\n<!-- wp:paragraph -->\n<p>b</p>\n<!-- /wp:paragraph -->", "<p>a</p>\n\n<p>b</p>"},
		"embed block":               {"<!-- wp:embed {\"url\":\"https://video.example/1\",\"type\":\"video\"} -->\n<figure class=\"wp-block-embed\"><div>\nhttps://video.example/1\n</div><figcaption>A <b>day</b></figcaption></figure>\n<!-- /wp:embed -->", "<figure><p><a href=\"https://video.example/1\">https://video.example/1</a></p><figcaption>A <b>day</b></figcaption></figure>"},
		"older embed block":         {"<!-- wp:core-embed/youtube {\"url\":\"https://video.example/1\"} -->\n<figure><div>\nhttps://video.example/1\n</div></figure>\n<!-- /wp:core-embed/youtube -->", "<p><a href=\"https://video.example/1\">https://video.example/1</a></p>"},
		"embed block, bad address":  {"<!-- wp:embed {\"url\":\"javascript:x\"} -->\n<figure>y</figure>\n<!-- /wp:embed -->\n\nz", "<figure>y</figure>\n<p>z</p>"},
		"classic among blocks":      {"<!-- wp:heading -->\n<h2>a</h2>\n<!-- /wp:heading -->\n\nb\nc\n\nd", "<h2>a</h2>\n<p>b<br>\nc</p>\n<p>d</p>"},
		"classic block":             {"<!-- wp:freeform -->\na\n\nb\n<!-- /wp:freeform -->", "<p>a</p>\n<p>b</p>"},
		"dynamic block":             {"<!-- wp:latest-posts {\"postsToShow\":3} /-->\n\nb", "<p>b</p>"},
		"image block":               {"<!-- wp:image {\"id\":7} -->\n<figure class=\"wp-block-image\"><img src=\"a.jpg\" alt=\"b\"/><figcaption>c</figcaption></figure>\n<!-- /wp:image -->", "<figure class=\"wp-block-image\"><img src=\"a.jpg\" alt=\"b\"/><figcaption>c</figcaption></figure>"},
		"caption":                   {"[caption id=\"attachment_1\" width=\"300\"]<a href=\"b.jpg\"><img src=\"a.jpg\" /></a> A <em>quiet</em> day[/caption]\n\nb", "<figure><a href=\"b.jpg\"><img src=\"a.jpg\" /></a><figcaption>A <em>quiet</em> day</figcaption></figure>\n<p>b</p>"},
		"older caption":             {"[caption width=\"3\" caption=\"A day &amp; a night\"]<img src=\"a.jpg\">[/caption]", "<figure><img src=\"a.jpg\"><figcaption>A day & a night</figcaption></figure>"},
		"caption without a picture": {"[caption]words[/caption]", "<p>words</p>"},
		"gallery":                   {"[gallery ids=\"3, 5\"]", "<ul><li><a href=\"https://old.example/blog/?attachment_id=3\">https://old.example/blog/?attachment_id=3</a></li><li><a href=\"https://old.example/blog/?attachment_id=5\">https://old.example/blog/?attachment_id=5</a></li></ul>"},
		"gallery of all":            {"a\n\n[gallery]\n\nb", "<p>a</p>\n<p>b</p>"},
		"embed":                     {"[embed width=\"3\"]https://video.example/1[/embed]", "<p><a href=\"https://video.example/1\">https://video.example/1</a></p>"},
		"audio":                     {"[audio mp3=\"/files/a.mp3\"][/audio]", "<p><a href=\"https://old.example/files/a.mp3\">https://old.example/files/a.mp3</a></p>"},
		"older audio":               {"[audio https://old.example/a.mp3]", "<p><a href=\"https://old.example/a.mp3\">https://old.example/a.mp3</a></p>"},
		"video with text":           {"[video mp4=\"https://old.example/a.mp4\"]fallback[/video]", "<p><a href=\"https://old.example/a.mp4\">https://old.example/a.mp4</a></p>"},
		"an address behind =":       {"[youtube=https://video.example/watch?v=1&w=2]", "<p><a href=\"https://video.example/watch?v=1&amp;w=2\">https://video.example/watch?v=1&amp;w=2</a></p>"},
		"no script in links":        {"[video src=\"javascript:alert(1)\"]", ""},
		"source code":               {"[code language=\"go\"]\nif a &lt; b {\n\n}[/code]", "<pre><code>\nif a &lt; b {\n\n}</code></pre>"},
		"unknown with a text":       {"[box color=\"red\"]one\n\ntwo[/box]", "<p>one</p>\n<p>two</p>"},
		"unknown, nested":           {"[row][col size=1]one[/col][col]two[/col][/row]", "<p>onetwo</p>"},
		"unknown alone":             {"a\n[slider]\nb", "<p>a</p>\n<p>b</p>"},
		"unknown with attributes":   {"a [form id=\"3\"] b", "<p>a  b</p>"},
		"an end alone":              {"a[/box]", "<p>a</p>"},
		"escaped":                   {"write [[gallery ids=\"1\"]] or [[foo]]", "<p>write [gallery ids=\"1\"] or [foo]</p>"},
		"brackets of a writer":      {"He said [sic] so [1], [citation needed], [...] and [Update 2014]: [and/or] [x]", "<p>He said [sic] so [1], [citation needed], [...] and [Update 2014]: [and/or] [x]</p>"},
		"in an attribute":           {"<a title=\"[foo_bar]\">x</a>", "<p><a title=\"[foo_bar]\">x</a></p>"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := markup.Clean(c.in, base); got.HTML != c.want {
				t.Errorf("%q\ngot  %q\nwant %q", c.in, got.HTML, c.want)
			}
		})
	}
}

func TestNotes(t *testing.T) {
	t.Parallel()
	got := markup.Clean("[gallery]\n\n[contact-form-7 id=\"1\"]\n[b]x[/b] [b]y[/b]\n\n<!-- wp:calendar /-->[/late]", "").Notes
	want := []string{
		"a block made by the old site (calendar) was left out",
		"the shortcode [/late] was left out",
		"the shortcode [b] was left out, its text kept (2 times)",
		"the shortcode [contact-form-7] was left out",
		"the shortcode [gallery] was left out; its files are among the attachments",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestTooLong(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a\n\n", 3<<20)
	if got := markup.Clean(long, ""); got.HTML != long || len(got.Notes) != 1 {
		t.Errorf("notes %q", got.Notes)
	}
}
