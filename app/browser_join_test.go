package app_test

import (
	"strings"
	"testing"

	"waypost/internal/testkit/browser"
	"waypost/internal/testkit/site"
)

// TestBrowserJoinByLink joins on a telephone by the link of the letter, and by the code
// without script; a spent link and a code tried too often say what to do.
func TestBrowserJoinByLink(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	p := postOf(s)
	tab := browser.New(t, s.URL)
	tab.Size(390, 844)
	tab.Open("/")
	tab.Follow(".invite a[href='/join']")
	tab.NoAxeFindings()
	if tab.Overflow() != 0 {
		t.Errorf("the page is %d points too wide", tab.Overflow())
	}
	tab.Fill("#email", "ann@example.org")
	tab.Follow("main .primary")
	tab.NoAxeFindings()
	_, link, _ := p.last(t, "ann@example.org")
	tab.Open(link)
	if strings.HasSuffix(tab.Address(), "/join/welcome") {
		t.Fatal("opening a link is enough to join")
	}
	tab.NoAxeFindings()
	tab.Follow("main .primary")
	tab.NoAxeFindings()
	tab.Fill("#name", "Ann Lee")
	tab.Follow("main .primary")
	if !strings.HasSuffix(tab.Address(), "/desk") {
		t.Errorf("joining ends at %s: %s", tab.Address(), tab.Text("main"))
	}
	other := browser.New(t, s.URL)
	other.Script(false)
	other.Open(link)
	other.Follow("main .primary")
	if other.Count("[role=alert]") != 1 {
		t.Errorf("a spent link says %q", other.Text("main"))
	}
	other.Open("/sign-in")
	other.Fill("#email", "ann@example.org")
	other.Follow("main .primary")
	_, _, code := p.last(t, "ann@example.org")
	other.Fill("#code", code)
	other.Follow("main .primary")
	if !strings.HasSuffix(other.Address(), "/desk") {
		t.Errorf("the code leads to %s: %s", other.Address(), other.Text("main"))
	}
}

// TestBrowserJoinWithAWrongCode types a wrong code five times: the code ends, the link of
// the same letter still works, in another browser too.
func TestBrowserJoinWithAWrongCode(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	p := postOf(s)
	tab := browser.New(t, s.URL)
	tab.Open("/join")
	tab.Fill("#email", "ben@example.org")
	tab.Follow("main .primary")
	_, link, code := p.last(t, "ben@example.org")
	for range 5 {
		tab.Fill("#code", "000"+code[:3])
		tab.Follow("main .primary")
	}
	tab.Fill("#code", code)
	tab.Follow("main .primary")
	if !strings.Contains(tab.Text("main"), "This code has ended") {
		t.Errorf("after five wrong codes the right one leads to %s: %s", tab.Address(), tab.Text("main"))
	}
	other := browser.New(t, s.URL)
	other.Open(link)
	if !strings.Contains(other.Text("main"), "in another one") {
		t.Errorf("another browser is told %q", other.Text("main"))
	}
	other.Follow("main .primary")
	if !strings.HasSuffix(other.Address(), "/join/welcome") {
		t.Errorf("the link leads to %s", other.Address())
	}
}
