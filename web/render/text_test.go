package render_test

import (
	"strings"
	"testing"

	"waypost/web/messages"
	"waypost/web/render"
)

func TestHowAReplyBegins(t *testing.T) {
	t.Parallel()
	catalogs, err := messages.Load()
	if err != nil {
		t.Fatal(err)
	}
	texts := render.Texts{Base: "https://here.example", Catalog: catalogs["en"]}
	for body, want := range map[string]string{
		"I sat in *that* chair\n\n- [once](https://elsewhere.example)\n- twice": "I sat in that chair once twice",
		"":                         "",
		strings.Repeat("ab ", 100): strings.TrimSpace(strings.Repeat("ab ", 53)) + "…",
		strings.Repeat("ä", 300):   strings.Repeat("ä", 160) + "…",
	} {
		if got := texts.ReplyBegins(body, "en"); got != want {
			t.Errorf("%.40q begins with %q, not %q", body, got, want)
		}
	}
}
