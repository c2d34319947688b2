package slug_test

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"waypost/internal/slug"
)

func TestMake(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{
		"":                                   "",
		"  —  ":                              "",
		"Why I left":                         "why-i-left",
		"  Why   I left!  ":                  "why-i-left",
		"It wasn't me, it wasn’t them":       "it-wasnt-me-it-wasnt-them",
		"Crème brûlée & café":                "creme-brulee-and-cafe",
		"Größe, Øresund, Łódź, İstanbul":     "grosse-oresund-lodz-istanbul",
		"Ärger mit Überstunden":              "arger-mit-uberstunden",
		"2016":                               "2016",
		"10,000 hours":                       "10-000-hours",
		"C++ and C#":                         "c-and-c",
		"Мой первый год":                     "мои-первыи-год",
		"我的第一份工作":                            "我的第一份工作",
		"がんばる 仕事":                            "がんばる-仕事",
		"한국어 이야기":                            "한국어-이야기",
		"हिन्दी में":                         "हिन्दी-में",
		"กำลังใจ":                            "กำลังใจ",
		"קריירה":                             "קריירה",
		"emoji 🎉️ party":                     "emoji-party",
		"../../etc/passwd":                   "etc-passwd",
		"<script>alert(1)</script>":          "script-alert-1-script",
		"ﬁrst ﬂight":                         "ﬁrst-ﬂight",
		"half ½ and Ⅷ":                       "half-and",
		"a\u00adb\u200dc":                    "a-bc",
		strings.Repeat("a", 200):             strings.Repeat("a", slug.Max-1),
		strings.Repeat("word ", 40):          strings.Repeat("word-", 15) + "word",
		"\u0301 begins with a mark":          "begins-with-a-mark",
		"\u093f begins with a mark of Hindi": "begins-with-a-mark-of-hindi",
	} {
		got := slug.Make(title)
		if got != want {
			t.Errorf("Make(%q) = %q, want %q", title, got, want)
		}
	}
}

func TestValid(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{
		"a": true, "why-i-left": true, "10-000": true, "20160": true, "201": true, "2016-05": true, "我的": true, "हिन्दी": true,
		"": false, "-a": false, "a-": false, "a--b": false, "A": false, "a b": false, "a/b": false, "a.b": false, "..": false,
		"2016": false, "0000": false, "e\u0301": false, "a\x00": false, "a%20": false, "\xff": false, "\u3099": false, "a-\u093f": false,
		strings.Repeat("a", slug.Max): true, strings.Repeat("a", slug.Max+1): false,
	} {
		if got := slug.Valid(s); got != want {
			t.Errorf("Valid(%q) = %v, want %v", s, got, want)
		}
	}
}

func TestNumbered(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		s    string
		n    int
		want string
	}{
		{"left", 2, "left-2"},
		{strings.Repeat("a", slug.Max), 12, strings.Repeat("a", slug.Max-3) + "-12"},
		{strings.Repeat("a", slug.Max-3) + "-bb", 2, strings.Repeat("a", slug.Max-3) + "-2"},
		{strings.Repeat("我", 26), 100, strings.Repeat("我", 25) + "-100"},
	} {
		got := slug.Numbered(c.s, c.n)
		if got != c.want || !slug.Valid(got) {
			t.Errorf("Numbered(%q, %d) = %q, want %q", c.s, c.n, got, c.want)
		}
	}
}

// lawful reports what is wrong with the slug of a title, or nothing.
func lawful(title string) string {
	made := slug.Make(title)
	switch {
	case made == "":
		return ""
	case len(made) == 4 && strings.Trim(made, "0123456789") == "":
		return ""
	case !slug.Valid(made):
		return "is not valid"
	case slug.Make(made) != made:
		return "makes another: " + slug.Make(made)
	case !slug.Valid(slug.Numbered(made, 7)):
		return "cannot be numbered: " + slug.Numbered(made, 7)
	}
	return ""
}

func TestMakeIsValidAndStays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		title := rapid.String().Draw(t, "title")
		if fault := lawful(title); fault != "" {
			t.Fatalf("Make(%q) = %q %s", title, slug.Make(title), fault)
		}
	})
}

func TestMakeOfEveryLetter(t *testing.T) {
	t.Parallel()
	for r := rune(0); r <= 0x1FFFF; r++ {
		if r > 0x3000 && unicode.Is(unicode.Han, r) || unicode.Is(unicode.Hangul, r) {
			continue // thousands that behave alike; the table has some
		}
		for _, title := range []string{string(r), "a" + string(r) + "b", strings.Repeat(string(r), 50)} {
			if fault := lawful(title); fault != "" {
				t.Fatalf("Make(%q), U+%04X: %q %s", title, r, slug.Make(title), fault)
			}
		}
	}
}

func FuzzMake(f *testing.F) {
	for _, seed := range []string{"Why I left", "ǅungla", "e\u0301", "한국어", "がんばる", "हिन्दी", "İ", "\xff\xfe", "2016", "ϓ", "a\u0323\u0307"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, title string) {
		if fault := lawful(title); fault != "" {
			t.Fatalf("Make(%q) = %q %s", title, slug.Make(title), fault)
		}
	})
}
