package markdown_test

import (
	"strings"
	"testing"

	"waypost/internal/markdown"
)

const (
	pictureCard = `<p class="card"><a href="https://a.example/b.jpg" rel="noopener"><span class="card-kind">Picture at</span> a.example</a>`
	videoCard   = `<p class="card"><a href="https://youtu.be/abc" rel="noopener"><span class="card-kind">Video at</span> youtu.be</a>`
	pageCard    = `<p class="card"><a href="https://c.example/d" rel="noopener"><span class="card-kind">Page at</span> c.example</a>`
)

func TestImportedFigures(t *testing.T) {
	t.Parallel()
	const remote = `<img src="https://a.example/b.jpg" alt="A">`
	checkRenderings(t, markdown.Imported, site(), []rendering{
		{"embed with caption", `<figure><p><a href="https://youtu.be/abc">https://youtu.be/abc</a></p><figcaption>YouTube<br></figcaption></figure>`,
			videoCard + ` <span class="card-caption">YouTube</span></p>`},
		{"embed block with caption", "<figure class=\"wp-block-embed\"><div class=\"wp-block-embed__wrapper\">\nhttps://youtu.be/abc\n</div><figcaption>a <em>b</em></figcaption></figure>",
			videoCard + ` <span class="card-caption">a <em>b</em></span></p>`},
		{"embed of an unknown host", `<figure><p>https://c.example/d</p><figcaption>c</figcaption></figure>`,
			pageCard + ` <span class="card-caption">c</span></p>`},
		{"two embeds", `<figure><p>https://c.example/d</p><p>https://youtu.be/abc</p><figcaption>c</figcaption></figure>`,
			pageCard + "</p>\n" + videoCard + "</p>\n<p>c</p>"},
		{"picture linked to itself", `<figure><a href="https://a.example/b.jpg">` + remote + `</a><figcaption>c</figcaption></figure>`,
			pictureCard + ` <span class="card-caption">A</span> <span class="card-caption">c</span></p>`},
		{"picture linked elsewhere", `<figure><a href="https://c.example/d">` + remote + `</a><figcaption>c <a href="/e">e</a></figcaption></figure>`,
			pictureCard + ` <a href="https://c.example/d" rel="noopener"><span class="card-kind">Page at</span> c.example</a>` +
				` <span class="card-caption">A</span> <span class="card-caption">c <a href="/e">e</a></span></p>`},
		{"classic caption, linked elsewhere", `<div class="wp-caption"><a href="https://c.example/d">` + remote + `</a><p class="wp-caption-text">c</p></div>`,
			pictureCard + ` <a href="https://c.example/d" rel="noopener"><span class="card-kind">Page at</span> c.example</a>` +
				` <span class="card-caption">A</span> <span class="card-caption">c</span></p>`},
		{"picture without an address that is allowed", `<figure><a href="https://c.example/d"><img src="data:image/png;base64,AA" alt="A"></a></figure>`,
			pageCard + ` <span class="card-caption">A</span></p>`},
		{"picture in emphasis", `<p><strong><a href="https://a.example/b.jpg">` + remote + `</a></strong></p>`,
			pictureCard + ` <span class="card-caption">A</span></p>`},
		{"own picture in emphasis", `<p><strong><img src="/media/a.jpg" alt="A"></strong></p>`,
			`<figure><strong><img src="/media/a.jpg" alt="A"` + shown + `</strong></figure>`},
		{"linked picture in a text", `<p>a <a href="https://c.example/d">` + remote + `</a></p>`,
			`<p>a <a href="https://c.example/d" rel="noopener">A</a></p>`},
		{"gallery", `<figure class="wp-block-gallery"><figure>` + remote + `<figcaption>c</figcaption></figure> <figure><img src="/media/a.jpg" alt="A"></figure><figcaption>d</figcaption></figure>`,
			pictureCard + ` <span class="card-caption">A</span> <span class="card-caption">c</span></p>` + "\n" +
				`<figure><img src="/media/a.jpg" alt="A"` + shown + "</figure>\n<p>d</p>"},
		{"gallery in a list", `<figure><ul><li><figure>` + remote + `</figure></li><li><img src="/media/a.jpg" alt="A"></li></ul></figure>`,
			pictureCard + ` <span class="card-caption">A</span></p>` + "\n" +
				`<figure><img src="/media/a.jpg" alt="A"` + shown + "</figure>"},
		{"list that is no gallery", `<figure><ul><li>a</li><li>b</li></ul></figure>`, `<figure><ul><li>a</li><li>b</li></ul></figure>`},
		{"own pictures with one caption", `<figure><img src="/media/a.jpg" alt="A"><img src="/media/b.jpg" alt="B"><figcaption>c</figcaption></figure>`,
			`<figure><img src="/media/a.jpg" alt="A"` + shown + `<img src="/media/b.jpg" alt="B"` + shown + `<figcaption>c</figcaption></figure>`},
		{"cover", `<div class="wp-block-cover"><span aria-hidden="true"></span>` + remote + `<div><p class="has-text-align-center">a</p></div></div>`,
			pictureCard + ` <span class="card-caption">A</span></p>` + "\n" + `<p class="align-center">a</p>`},
		{"file and its button", `<div class="wp-block-file"><a href="/f.pdf">File</a><a href="/f.pdf" class="wp-block-file__button" download>Download</a></div>`,
			`<p><a href="/f.pdf">File</a></p>`},
		{"buttons", `<div class="wp-block-buttons"><div class="wp-block-button"><a class="wp-block-button__link" href="/a">A<br></a></div> <div class="wp-block-button"><a class="wp-block-button__link">B</a></div></div>`,
			`<p><a href="/a">A</a></p>` + "\n<p>B</p>"},
	})
}

func TestImportedBlocks(t *testing.T) {
	t.Parallel()
	checkRenderings(t, markdown.Imported, site(), []rendering{
		{"definitions", "<dl>\n<dt>a</dt>\n<dd>b</dd>\n<dt>c</dt><dt>d</dt><dd><p>e</p><p>f</p></dd></dl>",
			"<dl><dt>a</dt><dd>b</dd><dt>c</dt><dt>d</dt><dd><p>e</p><p>f</p></dd></dl>"},
		{"definitions in divisions", "<dl><div><dt>a<dd>b</div><div><dt>c<dd>d</div></dl>e", "<dl><dt>a</dt><dd>b</dd><dt>c</dt><dd>d</dd></dl>\n<p>e</p>"},
		{"definitions in a definition", "<dl><dt>a</dt><dd>b<dl><dt>c</dt><dd>d</dd></dl></dd></dl>", "<dl><dt>a</dt><dd>b<dl><dt>c</dt><dd>d</dd></dl></dd></dl>"},
		{"definitions without a list", "<dt>a<dd>b</dd><p>c</p>", "<dl><dt>a</dt><dd>b</dd></dl>\n<p>c</p>"},
		{"blocks in a term", "<dl><dt><h2>a</h2><p>b</p></dt></dl>", "<dl><dt></dt><dd><h2 id=\"s-a\">a</h2><p>b</p></dd></dl>"},
		{"text in a list of definitions", "<dl>a<dt>b</dl>", "<dl><dd>a</dd><dt>b</dt></dl>"},
		{"empty lists", "<dl><dt></dt></dl><ul><li> </li></ul><ol></ol>a", "<p>a</p>"},
		{"numbered lists", `<ol start="8" reversed="reversed" type="a"><li value="3">a<ol reversed><li>b</ol></ol>`,
			`<ol start="8" reversed=""><li value="3">a<ol reversed=""><li>b</li></ol></li></ol>`},
		{"table with everything", "<table><caption>a <b>b</b></caption><thead><tr><th>c</th></tr></thead><tbody><tr><td>d<br></td></tr></tbody><tfoot><tr><td>e</td></tr></tfoot></table>",
			`<div class="table" tabindex="0" role="region" aria-label="Table 1"><table><caption>a <b>b</b></caption><thead><tr><th>c</th></tr></thead>` +
				`<tbody><tr><td>d</td></tr></tbody><tfoot><tr><td>e</td></tr></tfoot></table></div>`},
		{"quotation with its source", "<blockquote><p>a</p><cite><br>b<br></cite></blockquote>", "<blockquote><p>a</p><p><cite>b</cite></p></blockquote>"},
		{"phrases", `<p><abbr title="T">a</abbr> <q>b</q> <kbd>c</kbd> H<sub>2</sub>O m<sup>2</sup> <ins cite=x>d</ins> <del>e</del> <mark>f</mark> <small>g</small> <big>h</big></p>`,
			`<p><abbr title="T">a</abbr> <q>b</q> <kbd>c</kbd> H<sub>2</sub>O m<sup>2</sup> <ins>d</ins> <del>e</del> <mark>f</mark> <small>g</small> h</p>`},
	})
}

func TestEmphasisAroundBlocks(t *testing.T) {
	t.Parallel()
	checkRenderings(t, markdown.Imported, site(), []rendering{
		{"paragraphs", "<b><p>a</p>\n<p>b</p></b><p>c</p>", "<p><b>a</b></p>\n<p><b>b</b></p>\n<p>c</p>"},
		{"link", `<a href="/x"><h2>a</h2><div>b</div></a>c`, `<h2 id="s-a"><a href="/x">a</a></h2>` + "\n" + `<p><a href="/x">b</a></p>` + "\n<p>c</p>"},
		{"link around a figure", `<a href="/x"><figure><img src="/media/a.jpg" alt="A"></figure></a>`, `<figure><a href="/x"><img src="/media/a.jpg" alt="A"` + shown + `</a></figure>`},
		{"list", "<em><ul><li>a</li><li>b</li></ul></em>c", "<ul><li><em>a</em></li><li><em>b</em></li></ul>\n<p>c</p>"},
		{"two", "<b><i><p>a</p></i><p>b</p></b>", "<p><b><i>a</i></b></p>\n<p><b>b</b></p>"},
		{"begun in a paragraph", "<p>a <b>b</p><p>c</b> d</p>", "<p>a <b>b</b></p>\n<p><b>c</b> d</p>"},
		{"ends with its block", "<ul><li><b>a</li><li>b</li></ul><p>c</p>", "<ul><li><b>a</b></li><li>b</li></ul>\n<p>c</p>"},
		{"link after a link", `<a href="/x"><p>a <a href="/y">b</a> c</p>`, `<p><a href="/x">a </a><a href="/y">b</a> c</p>`},
	})
}

// What is opened again is bounded, however long the tags are.
func TestReopenedTagsDoNotMultiply(t *testing.T) {
	t.Parallel()
	source := `<a href="/` + strings.Repeat("x", 20000) + `">` + strings.Repeat("<p>a", 20000)
	if d := markdown.Imported(source, site()); len(d.HTML) > 20*len(source) {
		t.Errorf("%d bytes became %d", len(source), len(d.HTML))
	}
}
