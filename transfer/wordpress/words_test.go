package wordpress_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"waypost/internal/slug"
	"waypost/transfer/wordpress"
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
		if got := wordpress.Plain(in); got != want {
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
		if got := wordpress.OldPath(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

// FuzzWords brings titles and slugs: what comes out fits where it goes.
func FuzzWords(f *testing.F) {
	for _, seed := range []string{"", "caf%c3%a9", "%e3%81", "2016", "<b>Hi", "&#0;", "<script>", "ﷺ", "---", "\x00", "&#1;", strings.Repeat("%e3%81%82", 90)} {
		f.Add(seed, "A title")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		if s := wordpress.WishedSlug("story", a, b); !slug.Valid(s) {
			t.Errorf("slug %q of %q and %q", s, a, b)
		}
		if !utf8.ValidString(a) {
			return // the reader has replaced what is not UTF-8
		}
		line := wordpress.Shorten(wordpress.Plain(a), 40)
		if n := utf8.RuneCountInString(line); n > 40 || !utf8.ValidString(line) || strings.ContainsAny(line, "\n\x00") {
			t.Errorf("%q became %q", a, line)
		}
		if p := wordpress.OldPath(a); strings.ContainsRune(p, 0) && !strings.Contains(a, "\x00") || !utf8.ValidString(p) {
			t.Errorf("path %q of %q", p, a)
		}
	})
}
