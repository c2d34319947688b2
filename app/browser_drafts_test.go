package app_test

import (
	"strings"
	"testing"

	"waypost/internal/testkit/browser"
	"waypost/internal/testkit/site"
)

// loseTab leaves a page as a browser that goes down does, without a question, and opens
// another.
func loseTab(tab *browser.Tab, next string) {
	tab.Script(false)
	tab.Open(next)
	tab.Script(true)
	tab.Open(next)
}

// TestBrowserRestoresThePath loses a tab with a new story and its path, of which nothing
// reached the server, and puts both back from the browser's copy.
func TestBrowserRestoresThePath(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	tab := browser.New(t, s.URL)
	signIn(t, s, tab)
	tab.Over(browser.Network{Offline: true, Only: "/desk/stories/*/draft"})
	tab.Open("/desk/stories/new")
	tab.Fill("#title", "Lost and found")
	for _, step := range []string{"0", "1"} {
		tab.Click("button[value='step.add']")
		tab.Visible("[name='trail.steps." + step + ".title']")
	}
	tab.Fill("[name='trail.steps.0.title']", "First lamp")
	tab.Fill("[name='trail.steps.1.title']", "Second lamp")
	tab.Fill("[name='trail.steps.1.start']", "sometime in May")
	eventually(t, "a copy in the browser", func() bool { return draftIn(tab, "sometime in May") == 1 })

	loseTab(tab, "/desk/stories/new")
	tab.Visible("[data-offered] button")
	tab.Type("#title", "Typed before looking")
	eventually(t, "a second copy", func() bool { return draftIn(tab, "Typed before looking") == 1 })
	if draftIn(tab, "Second lamp") != 1 {
		t.Fatal("what is typed now has taken the place of the copy that nobody has looked at")
	}
	tab.Click("[data-offered] button")
	tab.Visible("[name='trail.steps.1.title']")
	eventually(t, "the form", func() bool { return tab.Count("[data-offered]") == 0 })
	for field, want := range map[string]string{"#title": "Lost and found", "[name='trail.steps.0.title']": "First lamp",
		"[name='trail.steps.1.title']": "Second lamp", "[name='trail.steps.1.start']": "sometime in May"} {
		if got := tab.Value(field); got != want {
			t.Errorf("%s holds %q, want %q", field, got, want)
		}
	}
	if draftIn(tab, "Second lamp") != 1 {
		t.Error("the browser's copy has lost the path")
	}
	tab.Over(browser.Network{})
	tab.Errors() // the saves that found no network
	eventually(t, "the server to have it", func() bool { return draftIn(tab, "Second lamp") == 0 })
	id := strings.TrimPrefix(tab.Address(), "/desk/stories/")
	if typed := typedOf(t, s, id); len(typed["trail.steps.1.start"]) != 1 || typed["trail.steps.1.start"][0] != "sometime in May" {
		t.Errorf("the server keeps %v", typed)
	}
	browser.Eval[bool](tab, `(document.querySelectorAll('details.step').forEach(d => { d.open = true }), true)`)
	browser.Eval[bool](tab, `(document.querySelector("[name='trail.steps.1.start']").value = 'May 2020', true)`)
	tab.Fill("[name='trail.steps.0.start']", "2019")
	tab.Follow("[data-save]")
	if tab.Count(".done") != 1 || tab.Count("details.step") != 2 || draftIn(tab, "Second lamp") != 0 {
		t.Errorf("after the save %d steps, %d copies, %q: %s", tab.Count("details.step"), draftIn(tab, "Second lamp"), tab.Value("[name='trail.steps.1.start']"), tab.Text(".summary"))
	}
}

// TestBrowserPreviewStandsBesideTheText opens the preview from the bar by the keyboard:
// it is on the screen at once, beside the text where there is room and in its place where
// there is not, and the focus comes back from it.
func TestBrowserPreviewStandsBesideTheText(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	tab := browser.New(t, s.URL)
	signIn(t, s, tab)
	tab.Open(deskOf(t, s, story))
	for _, width := range []int{1280, 390} {
		tab.Size(width, 720)
		browser.Eval[bool](tab, `(document.querySelector('[data-preview]').focus(), true)`)
		tab.Press("Enter")
		tab.Visible(".preview iframe")
		const frame = `document.querySelector('iframe[name=preview]').contentDocument`
		eventually(t, "the preview", func() bool { return browser.Eval[bool](tab, `!!(`+frame+` && `+frame+`.querySelector('.cover img'))`) })
		top := browser.Eval[float64](tab, `document.querySelector('.preview iframe').getBoundingClientRect().top`)
		beside := browser.Eval[bool](tab, `document.querySelector('.columns').checkVisibility() && document.querySelector('.preview').getBoundingClientRect().left > document.querySelector('#body').getBoundingClientRect().right - 1`)
		if top < 0 || top > 400 || beside != (width == 1280) {
			t.Errorf("at %d points the preview begins %.0f points down, beside the text: %t", width, top, beside)
		}
		if over := tab.Overflow(); over != 0 {
			t.Errorf("at %d points the page is %d points too wide", width, over)
		}
		tab.NoAxeFindings()
		tab.Click("[data-close]")
		if at := tab.Focused(); tab.Count(".preview[hidden]") != 1 || at != `button "Preview"` {
			t.Errorf("after closing the focus is on %s", at)
		}
	}
}
