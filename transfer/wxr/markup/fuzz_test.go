package markup_test

import (
	"testing"
	"unicode/utf8"

	"waypost/transfer/wxr/markup"
)

// FuzzClean checks that any text is made plain without failing, growing out of
// proportion or losing its encoding.
func FuzzClean(f *testing.F) {
	for _, s := range []string{
		"a\n\nb", "[caption id=\"1\"]<a><img></a> b[/caption]", "[gallery ids=\"1,2\"]", "[[a]]", "[a b=\"c\"]d[/a]", "[embed]https://a.example[/embed]",
		"<!-- wp:embed {\"url\":\"https://a.example\"} --><figcaption></figcaption><!-- /wp:embed -->", "<!--more-->", "<pre>\n\n</pre>", "<ul><li>a\nb</ul>",
		"<p>a\n\nb", "[code]<b>[/code]", "<a \"", "[video src=/a]", "</p>", "[]", "[/", "<!-->",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := markup.Clean(s, base)
		if len(got.HTML) > 200*len(s)+1000 {
			t.Fatalf("%d bytes became %d", len(s), len(got.HTML))
		}
		if utf8.ValidString(s) && !utf8.ValidString(got.HTML) {
			t.Fatalf("no longer UTF-8: %q", got.HTML)
		}
	})
}
