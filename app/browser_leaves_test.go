package app_test

import (
	"encoding/base64"
	"net/http"
	"strings"
	"testing"

	"waypost/internal/testkit/browser"
	"waypost/internal/testkit/site"
)

// TestBrowserLeaves lets three members take their data along and leave on a telephone,
// by the keys alone: one keeps their name over the story, one takes it off, and one takes
// the story away.
func TestBrowserLeaves(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	tab, reader := browser.New(t, s.URL), s.Reader()
	tab.Size(390, 844)
	for i, leave := range []struct {
		name string
		key  string // from the choice that is marked
		then func(name, story string)
	}{
		{"quirina", "ArrowUp", func(name, story string) {
			if text := reader.Get(story).OK().Text("main"); !strings.Contains(text, name) {
				t.Errorf("the name is not kept: %s", text)
			}
		}},
		{"rosalind", "", func(name, story string) {
			if text := reader.Get(story).OK().Text("main article, main"); !strings.Contains(text, "A former member") {
				t.Errorf("the name is not taken off: %s", text)
			}
		}},
		{"severin", "ArrowDown", func(_, story string) { reader.Get(story).Want(http.StatusGone) }},
	} {
		fine := func() {
			t.Helper()
			if i == 0 {
				tab.NoAxeFindings()
			}
			if wider := tab.Overflow(); wider != 0 {
				t.Errorf("%s is %d points too wide", tab.Address(), wider)
			}
		}
		account, story := author(t, s, leave.name)
		link, err := s.SignInLink(t.Context(), leave.name+"@people.example")
		if err != nil {
			t.Fatal(err)
		}
		tab.Open(link)
		tab.Follow("main form button")
		tab.Open("/me/data")
		fine()
		walk(t, tab, "Take everything along")
		archive, err := base64.StdEncoding.DecodeString(browser.Eval[string](tab, `fetch(document.activeElement.href).then(r => r.arrayBuffer()).then(b =>
			btoa(Array.from(new Uint8Array(b), x => String.fromCharCode(x)).join('')))`))
		if err != nil {
			t.Fatal(err)
		}
		if text := unzipped(t, archive); !strings.Contains(text, account) || !strings.Contains(text, "Night shift of "+leave.name) {
			t.Errorf("what %s takes along: %s", leave.name, text)
		}
		walk(t, tab, "Leave the community")
		tab.Press("Enter")
		tab.Visible("#word")
		fine()
		walk(t, tab, "[name=stories]")
		if leave.key != "" {
			tab.Press(leave.key)
		}
		walk(t, tab, "#word")
		tab.Type("#word", "leave")
		tab.Press("Enter")
		tab.Visible("main a[href='/']")
		if title := tab.Text("h1"); !strings.Contains(title, "left") {
			t.Errorf("leaving ends at %s: %s", tab.Address(), tab.Text("main"))
		}
		fine()
		s.Work()
		leave.then(leave.name, story)
		tab.Open("/me/data")
		if tab.Count("a[href='/me/leave']") != 0 {
			t.Errorf("%s is still signed in", leave.name)
		}
	}
}
