package app_test

import (
	"strings"
	"testing"

	"waypost/internal/testkit/browser"
	"waypost/internal/testkit/site"
)

// TestBrowserPasskeys adds a passkey with a device that Chromium plays, signs in by it
// and removes it.
func TestBrowserPasskeys(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo, site.Localhost)
	tab := browser.New(t, s.URL)
	keeper := tab.Passkeys()
	link, err := s.OwnerLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	tab.Open(link)
	tab.Follow("main form button")
	if at := tab.Address(); at != "/me/ways/offer" {
		t.Fatalf("the first sign-in leads to %s", at)
	}
	tab.NoAxeFindings()
	tab.Fill("#passkey-name", "My telephone")
	tab.Follow("[data-passkey-add] button")
	if at := tab.Address(); at != "/desk" {
		t.Fatalf("after adding the passkey: %s", at)
	}
	tab.Open("/me/ways")
	if got := tab.Text(".rows strong"); got != "My telephone" {
		t.Errorf("the passkey is called %q", got)
	}
	tab.Follow(".who form button")

	keeper.Present(false)
	tab.Open("/sign-in")
	waitsInField(tab)
	tab.NoAxeFindings()
	keeper.Present(true)
	tab.Click("[data-passkey-signin] button")
	tab.Visible(atDesk)
	tab.Follow(".who form button")
	tab.Open("/sign-in") // the field for the address offers the passkey
	tab.Visible(atDesk)
	tab.Open("/me/ways")
	tab.Size(390, 844)
	if over := tab.Overflow(); over != 0 {
		t.Errorf("the list of ways in is %d points too wide", over)
	}
	tab.Size(1280, 800)
	tab.Follow(".rows a")
	tab.NoAxeFindings()
	tab.Follow("form[action$=remove] button")
	if got := tab.Text("[role=status]"); got != "The passkey was removed." {
		t.Errorf("after removing it: %q", got)
	}
	tab.Follow(".who form button")
	tab.Open("/sign-in")
	tab.Visible("[data-passkey-signin] [role=alert]:not([hidden])")
	if got := tab.Text("[data-passkey-signin] [role=alert]"); got != "This passkey opens no account here. Sign in another way." {
		t.Errorf("signing in by a removed passkey: %q", got)
	}
	tab.Errors() // Chromium reports the refusal itself
}

const atDesk = "nav.sections [href='/desk'][aria-current]"

// waitsInField waits until the page has asked for what the field for the address offers.
// A request made while nobody is present stays without an answer even when they come.
func waitsInField(tab *browser.Tab) {
	browser.Eval[bool](tab, `new Promise(on => {
		const asked = () => performance.getEntriesByType('resource').some(e => e.name.endsWith('/passkey/options'))
		const look = () => asked() ? setTimeout(() => on(true), 200) : setTimeout(look, 20)
		look()
	})`)
}

// TestBrowserJoinWithAPasskey has somebody new press “Follow”, join, take the passkey that
// they are offered and come to what they wanted; later they sign in by it, by the button
// and in the field, and come to where they were going.
func TestBrowserJoinWithAPasskey(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo, site.Localhost)
	p := postOf(s)
	tab := browser.New(t, s.URL)
	tab.Size(390, 844)
	keeper := tab.Passkeys()
	const follow = "/me/follow?topic=leaving"
	tab.Open("/topics/leaving")
	tab.Follow("form.follow button")
	tab.Errors() // the page for signing in comes with a refusal
	tab.Follow("main a[href^='/join']")
	tab.Fill("#email", "ann@example.org")
	tab.Follow("main .primary")
	_, link, _ := p.last(t, "ann@example.org")
	tab.Open(link)
	tab.Follow("main .primary")
	tab.Fill("#name", "Ann Lee")
	tab.Click("input[name=stories][value=weekly]")
	tab.Follow("main .primary")
	if at := tab.Address(); !strings.HasPrefix(at, "/me/ways/offer?") {
		t.Fatalf("the welcome leads to %s", at)
	}
	tab.NoAxeFindings()
	tab.Fill("#passkey-name", "My telephone")
	tab.Follow("[data-passkey-add] button")
	if at := tab.Address(); at != follow {
		t.Fatalf("after adding the passkey: %s", at)
	}
	for _, to := range []string{follow, "/me/letters"} {
		tab.Open("/desk")
		tab.Follow(".who form button")
		keeper.Present(to != follow)
		tab.Open(to)
		tab.Errors()
		if to == follow {
			waitsInField(tab)
			keeper.Present(true)
			tab.Click("[data-passkey-signin] button")
		}
		tab.Visible("nav.sections")
		if at := tab.Address(); at != to {
			t.Errorf("the passkey leads to %s instead of %s", at, to)
		}
	}
}

// TestBrowserPasskeysByKeyboard adds one with the keyboard alone, and says in the page
// what goes wrong.
func TestBrowserPasskeysByKeyboard(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo, site.Localhost)
	tab := browser.New(t, s.URL)
	tab.Passkeys()
	link, err := s.OwnerLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	tab.Open(link)
	tab.Follow("main form button")
	tab.Follow("form[action$=decline] button")
	if at := tab.Address(); at != "/desk" {
		t.Errorf("not now leads to %s", at)
	}
	tab.Open("/me/ways/passkeys/new")
	browser.Eval[bool](tab, `(document.getElementById('passkey-name').focus(), true)`)
	tab.Type("#passkey-name", "Keys")
	tab.Press("Tab")
	if at := tab.Focused(); at != `button "Add a passkey"` {
		t.Errorf("after the name comes %s", at)
	}
	tab.Press("Enter")
	tab.Visible(".rows strong")
	tab.Open("/me/ways/passkeys/new")
	browser.Eval[bool](tab, `(document.getElementById('passkey-name').focus(), true)`)
	tab.Press("Enter")
	tab.Visible("[data-passkey-add] [role=alert]:not([hidden])")
	if got := tab.Text("[data-passkey-add] [role=alert]"); got == "" {
		t.Error("a second passkey on the same device is not refused in words")
	}
	tab.Script(false)
	tab.Open("/me/ways/passkeys/new")
	if got := tab.Text("[data-passkey-add] [data-plain]"); got != "Adding a passkey needs script in the browser. Signing in by mail works without." {
		t.Errorf("without script: %q", got)
	}
	if browser.Eval[bool](tab, `document.querySelector('[data-scripted]').checkVisibility()`) {
		t.Error("without script there is a form that does nothing")
	}
}
