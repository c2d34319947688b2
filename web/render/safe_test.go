package render_test

import (
	"testing"

	"waypost/web/render"
)

func TestHref(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"/desk/replies?state=spam&story=x": `href="/desk/replies?state=spam&amp;story=x"`,
		`/"><script>`:                      `href="/&#34;&gt;&lt;script&gt;"`,
		"":                                 "",
		"javascript:alert(1)":              "",
		"https://elsewhere.example":        "",
		"//elsewhere.example":              "",
	} {
		if got := string(render.Href(path)); got != want {
			t.Errorf("%q is %s", path, got)
		}
	}
}
