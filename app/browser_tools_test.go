package app_test

import (
	"fmt"
	"testing"

	"waypost/internal/testkit/browser"
	"waypost/internal/testkit/site"
)

// TestBrowserToolsWriteMarkdown presses every tool above the text, by mouse and by
// keyboard alone, and takes one back as the browser takes back typing.
func TestBrowserToolsWriteMarkdown(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	tab := browser.New(t, s.URL)
	signIn(t, s, tab)
	tab.Open("/desk/stories/new")
	tab.Visible(".tools [data-tool]")
	set := func(text string, from, to int) {
		t.Helper()
		browser.Eval[bool](tab, fmt.Sprintf(`((b, text, from, to) => { b.value = text; b.focus(); b.setSelectionRange(from, to); return true })
			(document.getElementById('body'), %q, %d, %d)`, text, from, to))
	}
	for _, c := range []struct {
		tool, text string
		from, to   int
		want       string
		selected   string
	}{
		{"bold", "one two", 4, 7, "one **two**", "two"},
		{"bold", "one **two**", 6, 9, "one two", "two"},
		{"italic", "one two ", 4, 8, "one *two* ", "two"},
		{"italic", "**two**", 2, 5, "***two***", "two"},
		{"link", "see here", 4, 8, "see [here](https://)", "https://"},
		{"link", "https://a.example/", 0, 18, "[](https://a.example/)", ""},
		{"heading", "first\nsecond", 8, 8, "first\n## second", ""},
		{"heading", "# first", 3, 3, "first", ""},
		{"list", "a\n\nb\nc", 0, 6, "- a\n\n- b\n- c", "- a\n\n- b\n- c"},
		{"list", "- a\n- b", 0, 7, "a\nb", "a\nb"},
		{"quote", "a\nb", 0, 1, "> a\nb", ""},
	} {
		set(c.text, c.from, c.to)
		tab.Click("[data-tool=" + c.tool + "]")
		selected := browser.Eval[string](tab, `(b => b.value.slice(b.selectionStart, b.selectionEnd))(document.getElementById('body'))`)
		if got := tab.Value("#body"); got != c.want || selected != c.selected {
			t.Errorf("%s of %q gives %q with %q selected, want %q with %q", c.tool, c.text, got, selected, c.want, c.selected)
		}
	}
	set("one two", 4, 7)
	tab.Press("Ctrl+b")
	if got := tab.Value("#body"); got != "one **two**" {
		t.Errorf("by its key bold gives %q", got)
	}
	browser.Eval[bool](tab, `document.execCommand('undo')`)
	if got := tab.Value("#body"); got != "one two" {
		t.Errorf("taken back it is %q", got)
	}
	browser.Eval[bool](tab, `(document.querySelector('[data-tool=bold]').focus(), true)`)
	for _, want := range []string{"Italic", "Link", "Heading", "List", "Quote", "Picture", "Bold"} {
		tab.Press("ArrowRight")
		if at := tab.Focused(); at != `button "`+want+`"` {
			t.Errorf("the arrow leads to %s, want %s", at, want)
		}
	}
	tab.Press("ArrowLeft")
	tab.Press("Enter")
	if at := tab.Focused(); at != "input#body_file" {
		t.Errorf("the tool for pictures leads to %s", at)
	}
	tab.Size(390, 844)
	tab.NoAxeFindings()
	if over := tab.Overflow(); over != 0 {
		t.Errorf("the page is %d points too wide", over)
	}
}
