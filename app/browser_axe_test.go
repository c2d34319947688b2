package app_test

import (
	"strings"
	"testing"

	"waypost/internal/testkit/browser"
	"waypost/internal/testkit/site"
	"waypost/web/kit"
)

// screens are those on which every page is looked at.
var screens = []struct {
	width, height int
	dark          bool
}{{1280, 800, false}, {1280, 800, true}, {390, 844, false}, {390, 844, true}}

// readersPages are addresses of every kind of page that a reader can come to.
func readersPages() []string {
	return []string{"/", "/stories", "/stories?year=2026", "/stories?year=2026&month=9", story, "/stories/twenty-years-one-toolbox",
		"/stories/the-accounts-of-second-dumpling", "/authors", "/authors/tamsin-oyelaran", "/topics", "/topics/trials", "/resources", "/about", "/no-such-page", "/join", "/sign-in", "/subscribe", "/your-data", "/your-data/no-such-token"}
}

// deskPages are the desk's pages with a thing on each, and the new ones.
func deskPages(t *testing.T, s *site.Site) []string {
	t.Helper()
	list := []string{"/sign-in/no-such-token"}
	personal := func(path string) bool {
		return strings.HasPrefix(path, "/desk") || strings.HasPrefix(path, "/me/") && !strings.HasSuffix(path, ".zip") || strings.HasPrefix(path, "/people")
	}
	framed := func(path string) bool { // in a sandbox, where axe cannot run
		return strings.HasSuffix(path, "/preview") || strings.HasSuffix(path, "/page")
	}
	for _, r := range s.Routes {
		if !writes(r) && r.Path != "/desk/set-up" && personal(r.Path) && !framed(r.Path) {
			list = append(list, addressOf(t, s, r.Path))
		}
	}
	return list
}

func TestBrowserAxeOnReadersPages(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	tab := browser.New(t, s.URL)
	inspect(t, tab, readersPages())
}

func TestBrowserAxeOnEmptyPages(t *testing.T) {
	t.Parallel()
	s := site.New(t)
	tab := browser.New(t, s.URL)
	signIn(t, s, tab)
	tab.NoAxeFindings() // the set-up page
	inspect(t, tab, []string{"/", "/stories", "/authors", "/topics", "/resources", "/desk/set-up", "/desk/stories"})
}

func TestBrowserAxeOnTheDesk(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	tab := browser.New(t, s.URL)
	signIn(t, s, tab)
	inspect(t, tab, deskPages(t, s))
}

// inspect looks at each address on every screen: nothing for axe, nothing wider than
// the screen. A tab itself reports requests to elsewhere and refusals.
func inspect(t *testing.T, tab *browser.Tab, addresses []string) {
	t.Helper()
	for _, address := range addresses {
		tab.Size(360, 780)
		tab.Open(address)
		if wider := tab.Overflow(); wider != 0 {
			t.Errorf("%s is %d points wider than 360", address, wider)
		}
		for _, look := range screens {
			tab.Size(look.width, look.height)
			tab.Dark(look.dark)
			if wider := tab.Overflow(); wider != 0 {
				t.Errorf("%s is %d points wider than %d", address, wider, look.width)
			}
			for _, v := range tab.Axe() {
				t.Errorf("axe on %s at %d points, dark %v: %s", address, look.width, look.dark, v)
			}
		}
	}
}

// signIn presses the button of a link of owner-link in a tab.
func signIn(t *testing.T, s *site.Site, tab *browser.Tab) {
	t.Helper()
	link, err := s.OwnerLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	tab.Open(link)
	tab.Follow("main form button")
	if at := tab.Address(); !strings.HasPrefix(at, "/desk") {
		t.Fatalf("signing in leads to %s", at)
	}
}

// TestBrowserKeyboard walks from the front page into a story with the keyboard alone.
func TestBrowserKeyboard(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	tab := browser.New(t, s.URL)
	tab.Open("/")
	tab.Press("Tab")
	if at := tab.Focused(); !strings.Contains(at, "Skip to the content") {
		t.Fatalf("the first stop is %s", at)
	}
	if !browser.Eval[bool](tab, `(r => r.top >= 0 && r.left >= 0 && r.height > 20)(document.activeElement.getBoundingClientRect())`) {
		t.Error("the skip link cannot be seen when it has the focus")
	}
	tab.Press("Enter")
	if at := tab.Address(); at != "/#main" {
		t.Fatalf("the skip link leads to %s", at)
	}
	title := tab.Text(".lead h2 a")
	walk(t, tab, title)
	tab.Press("Enter")
	tab.Visible("article.story h1")
	if got := tab.Text("h1"); got != title {
		t.Fatalf("the link %q leads to %q", title, got)
	}
	outlined(t, tab)
}

// walk presses Tab until an element with these words has the focus.
func walk(t *testing.T, tab *browser.Tab, words string) {
	t.Helper()
	var stops []string
	for range 40 {
		tab.Press("Tab")
		at := tab.Focused()
		if strings.Contains(at, words[:min(len(words), 30)]) {
			return
		}
		stops = append(stops, at)
	}
	t.Fatalf("no way to %q by the keyboard: %q", words, stops)
}

// outlined asks of each stop on a page that it can be seen and shows the focus.
func outlined(t *testing.T, tab *browser.Tab) {
	t.Helper()
	seen := map[string]bool{}
	for range 60 {
		tab.Press("Tab")
		at := tab.Focused()
		if at == "body" {
			break
		}
		shown := browser.Eval[string](tab, `(e => { const r = e.getBoundingClientRect(), s = getComputedStyle(e);
			return r.width > 0 && r.height > 0 && s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 ? '' : s.outline + ' ' + r.width })(document.activeElement)`)
		if shown != "" {
			t.Errorf("the focus on %s cannot be seen: %s", at, shown)
		}
		seen[at] = true
	}
	if len(seen) < 12 {
		t.Errorf("only %d stops on a story's page: %v", len(seen), seen)
	}
}

// TestBrowserAsksNobody opens every kind of page that a reader can come to, and
// counts what it loads.
func TestBrowserAsksNobody(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	tab := browser.New(t, s.URL)
	for _, r := range s.Routes {
		if !public(r) || writes(r) || r.Cache != kit.Kept || strings.Contains(r.Path, ".") {
			continue // what is no page is shown by a viewer of the browser's own
		}
		tab.Open(addressOf(t, s, r.Path))
		if list := tab.Outside(); len(list) > 0 {
			t.Errorf("%s asks %q", r.Path, list)
		}
		if list := tab.Refused(); len(list) > 0 {
			t.Errorf("%s: refused %q", r.Path, list)
		}
		if cookies := browser.Eval[string](tab, `String(document.cookie)`); cookies != "" {
			t.Errorf("%s sets a cookie: %s", r.Path, cookies)
		}
	}
	t.Logf("%d requests in all", len(tab.Requests()))
}
