package render_test

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"waypost/web"
	"waypost/web/messages"
	"waypost/web/render"
)

// TestConstantsAreEscapedAsOthers writes the same once with a literal, which is folded,
// and once with a variable, which is not.
func TestConstantsAreEscapedAsOthers(t *testing.T) {
	t.Parallel()
	words, err := messages.Load()
	if err != nil {
		t.Fatal(err)
	}
	const both = `<p title="{{t KEY}}">{{if true}}{{t KEY}}{{end}}{{range .}}{{t KEY}}{{else}}{{asset KEY}}{{end}}</p>{{icon "on"}}{{lang}}{{dir}}`
	const odd = `a <"b"> & 'c'`
	page := func(key string) string {
		files := fstest.MapFS{"static/x": {}, "templates/parts/none.html": {Data: []byte(" ")},
			"templates/layout/odd.html": {Data: []byte(`{{define "layout"}}{{$k := "` + `a <\"b\"> & 'c'` + `"}}` +
				strings.ReplaceAll(both, "KEY", key) + `{{template "content" .}}{{end}}`)},
			"templates/odd/page.html": {Data: []byte(`{{define "content"}}{{end}}`)}}
		body, err := render.New(files, words, false).Page("en", "odd/page", []int{1, 2})
		if err != nil {
			t.Fatal(err)
		}
		return string(body)
	}
	if folded, called := page("`"+odd+"`"), page("$k"); folded != called {
		t.Errorf("folded  %s\ncalled  %s", folded, called)
	}
}

// TestConstantsStandInTextsAndQuotes: elsewhere they would have to be escaped in
// another way.
func TestConstantsStandInTextsAndQuotes(t *testing.T) {
	t.Parallel()
	elsewhere := regexp.MustCompile(`=\{\{(t|asset|icon|lang|dir)\b|<(script|style)[^>]*>[^<]*\{\{-? *(t|asset|icon|lang|dir)\b`)
	err := fs.WalkDir(web.Files(), "templates", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(web.Files(), path)
		if found := elsewhere.Find(text); found != nil {
			t.Errorf("%s: %s", path, found)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
