package app_test

import (
	"strings"
	"testing"

	"waypost/internal/testkit/browser"
	"waypost/internal/testkit/site"
)

// TestBrowserWithoutScript reads, signs in, writes a story with its path, publishes and
// changes it in a browser that runs no script.
func TestBrowserWithoutScript(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	tab := browser.New(t, s.URL)
	tab.Script(false)
	tab.Open("/")
	tab.Follow(".lead h2 a")
	if tab.Count("article.story .body p") == 0 {
		t.Fatalf("%s is no story", tab.Address())
	}
	tab.Click(".trail-list summary")
	tab.Visible(".trail-list ol li")

	signIn(t, s, tab)
	tab.Open("/desk/stories/new")
	tab.Fill("#title", "Written without script")
	tab.Type("#body", "Only a *browser*.")
	browser.Eval[bool](tab, `(document.querySelector("[name=authors]").selectedIndex = 1, true)`)
	tab.Follow("button[value='step.add']")
	tab.Fill("[name='trail.steps.0.title']", "Typist")
	tab.Fill("[name='trail.steps.0.start']", "2020")
	tab.Follow("button[value='publish']")
	if tab.Count(".done") != 1 {
		t.Fatalf("publishing leads to %s: %s", tab.Address(), tab.Text("main"))
	}
	tab.Open("/stories/written-without-script")
	if got := tab.Text(".body"); got != "Only a browser." || tab.Count(".body em") != 1 || tab.Count(".trail svg") == 0 {
		t.Errorf("readers get %q", got)
	}
	tab.Open(deskOf(t, s, "/stories/written-without-script"))
	tab.Type("#body", " And again.")
	tab.Follow("button[value='save']")
	tab.Open("/stories/written-without-script")
	if got := tab.Text(".body"); !strings.HasSuffix(got, "And again.") {
		t.Errorf("after the change readers get %q", got)
	}
}

// TestBrowserKnowsTheWayBack reads while signed in: public pages, which are the same for
// everybody, lead back to the desk, until signing out or until the session has ended.
func TestBrowserKnowsTheWayBack(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	tab := browser.New(t, s.URL)
	door := func(want string) {
		t.Helper()
		tab.Open("/stories")
		if got := tab.Text(".top a[href='/sign-in']"); got != want {
			t.Errorf("the way in is called %q, want %q", got, want)
		}
		if joins := tab.Count(".top a[href='/join']"); (joins == 1) != (want == "Sign in") {
			t.Errorf("%d ways to join beside %q", joins, want)
		}
	}
	door("Sign in")
	signIn(t, s, tab)
	tab.Open("/subscribe") // says nothing of who is there
	door("Your desk")
	tab.NoAxeFindings()
	tab.Follow(".top a[href='/sign-in']")
	if at := tab.Address(); at != "/desk" {
		t.Errorf("the way back leads to %s", at)
	}
	tab.Follow("form[action='/sign-out'] button")
	door("Sign in")

	signIn(t, s, tab)
	statement(t, s, `DELETE FROM sessions`)
	door("Your desk")
	tab.Follow(".top a[href='/sign-in']")
	door("Sign in")
}

// TestBrowserSavesByScript writes at the desk as most do: with script, which must add
// nothing that a reader would not get without.
func TestBrowserSavesByScript(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	tab := browser.New(t, s.URL)
	signIn(t, s, tab)
	tab.Open("/desk/stories/new")
	tab.Fill("#title", "Written with script")
	tab.Type("#body", "By hand.")
	browser.Eval[bool](tab, `(document.querySelector("[name=authors]").selectedIndex = 1, true)`)
	tab.Click("[data-preview]")
	frame := `document.querySelector('iframe[name=preview]').contentDocument`
	eventually(t, "the preview", func() bool {
		return browser.Eval[bool](tab, `!!(`+frame+` && `+frame+`.querySelector('.body'))`)
	})
	preview := browser.Eval[string](tab, frame+`.querySelector('.body').innerHTML.trim()`)
	tab.Follow("button[value='publish']")
	tab.Open("/stories/written-with-script")
	if got := browser.Eval[string](tab, `document.querySelector('.body').innerHTML.trim()`); got != preview {
		t.Errorf("the preview showed %q, readers get %q", preview, got)
	}
}
