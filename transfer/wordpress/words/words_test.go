package words_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"waypost/internal/slug"
	"waypost/transfer/wordpress/words"
)

func TestPlain(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                                 "",
		"A &amp; B":                        "A & B",
		"a < b":                            "a < b",
		"<p>One</p><p>two</p>":             "One two",
		"un<em>brok</em>en":                "unbroken",
		"x<script>alert(1)</script>y":      "xy",
		"line<br>break\n\n and   spaces ":  "line break and spaces",
		"<style>p{}</style>&#8220;Q&#8221": "“Q”",
	} {
		if got := words.Plain(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestOldPath(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"/2019/05/one/":   "/2019/05/one",
		"/k%C3%BCste":     "/küste",
		"/?p=12":          "/?p=12",
		"/blog/?p=12":     "/blog/?p=12",
		"/%zz":            "",
		"/a%00b":          "",
		"/%ff":            "",
		"/stories/a%2Fb/": "/stories/a/b",
	} {
		if got := words.OldPath(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestMarkdown(t *testing.T) {
	t.Parallel()
	for markup, want := range map[string]string{
		"Plain & simple\nsecond line":                                 "Plain & simple\nsecond line",
		"<p>One</p>\n<p>Two</p>":                                      "One\n\nTwo",
		`see <a href="https://a.example/x_y">this <em>page</em></a>.`: "see [this *page*](<https://a.example/x_y>).",
		"<strong>bold</strong> 2 * 3 and snake_case, _not_":           `**bold** 2 \* 3 and snake_case, \_not\_`,
		"<blockquote>said<br>before</blockquote>Yes":                  "> said\n> before\n\nYes",
		"# no title\n- no list\n&lt;b&gt; <script>alert(1)</script>":  "\\# no title\n\\- no list\n\\<b>",
		"<code>a*b</code> https://a.example/x_y":                      "`a*b` https://a.example/x_y",
		"<ul><li>one</li><li>two</li></ul>":                           "- one\n- two",
	} {
		if got := words.Markdown(markup); got != want {
			t.Errorf("%q is\n%q, want\n%q", markup, got, want)
		}
	}
}

// FuzzWords brings titles and slugs: what comes out fits where it goes.
func FuzzWords(f *testing.F) {
	for _, seed := range []string{"", "caf%c3%a9", "%e3%81", "2016", "<b>Hi", "&#0;", "<script>", "ﷺ", "---", "\x00", "&#1;", strings.Repeat("%e3%81%82", 90)} {
		f.Add(seed, "A title")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		if s := words.WishedSlug("story", a, b); !slug.Valid(s) {
			t.Errorf("slug %q of %q and %q", s, a, b)
		}
		if !utf8.ValidString(a) {
			return // the reader has replaced what is not UTF-8
		}
		line := words.Shorten(words.Plain(a), 40)
		if n := utf8.RuneCountInString(line); n > 40 || !utf8.ValidString(line) || strings.ContainsAny(line, "\n\x00") {
			t.Errorf("%q became %q", a, line)
		}
		if p := words.OldPath(a); strings.ContainsRune(p, 0) && !strings.Contains(a, "\x00") || !utf8.ValidString(p) {
			t.Errorf("path %q of %q", p, a)
		}
	})
}
