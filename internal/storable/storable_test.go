package storable_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"waypost/internal/storable"
)

func TestCut(t *testing.T) {
	for in, want := range map[string]string{
		"":                  "",
		"Firefox":           "Firefox",
		"Fire\xfffox \xc3":  "Firefox ",
		"Fire\x00fox":       "Firefox",
		"\xc3\x00\xa9":      "", // taking the zero byte out makes no letter of what is around it
		"0123456789é":       "0123456789",
		"0123456789\xffabc": "0123456789a",
	} {
		if got := storable.Cut(in, 11); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

func FuzzCut(f *testing.F) {
	for _, seed := range []string{"", "plain", "\xff\xfe", "é\x00", strings.Repeat("é", 9)} {
		f.Add(seed, 5)
	}
	f.Fuzz(func(t *testing.T, text string, most int) {
		if most < 0 {
			return
		}
		got := storable.Cut(text, most)
		if len(got) > most || !utf8.ValidString(got) || strings.Contains(got, "\x00") {
			t.Errorf("%q becomes %q", text, got)
		}
		if utf8.ValidString(text) && !strings.Contains(text, "\x00") && len(text) <= most && got != text {
			t.Errorf("%q, which can be stored, becomes %q", text, got)
		}
	})
}
