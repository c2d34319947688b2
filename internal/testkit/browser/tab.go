package browser

import (
	"context"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// patience is how long a step may take: a page that needs longer, or an element
// that does not appear, is a failure.
const patience = time.Minute

// named is how tests with a browser are called; scripts/test-all runs those
// without the race detector.
var named = regexp.MustCompile(`^Test(Browser|ThePage)`)

// Tab is a tab of the browser, showing one site. Its methods fail the test
// when something does not work.
type Tab struct {
	t    testing.TB
	ctx  context.Context
	site *url.URL
	watch
	media      map[string]string // features in force, such as prefers-color-scheme
	print      bool
	scriptless bool
	shut       func() // of a tab that Another opened
}

// New opens a tab for a site such as http://127.0.0.1:4711. It shows 1280 by
// 800 points, light, still, with script.
func New(t testing.TB, site string) *Tab {
	t.Helper()
	if top, _, _ := strings.Cut(t.Name(), "/"); !named.MatchString(top) {
		t.Fatalf("%s uses the browser: call it TestBrowser…, so that it runs without the race detector", top)
	}
	address, err := url.Parse(site)
	if err != nil || address.Host == "" {
		t.Fatalf("the address of the site is %q, error %v", site, err)
	}
	ctx, closeTab, err := chromium.tab()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(closeTab)
	b := &Tab{t: t, ctx: ctx, site: address, media: map[string]string{}}
	b.watch.origin = originOf(address)
	b.start()
	t.Cleanup(b.reportRest)
	return b
}

// Another opens a second tab of the same browser: it has the first one's cookies and
// what the site keeps there.
func (b *Tab) Another() *Tab {
	b.t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx)
	other := &Tab{t: b.t, ctx: ctx, site: b.site, media: map[string]string{}}
	other.watch.origin = b.watch.origin
	other.shut = sync.OnceFunc(func() {
		end(ctx)
		cancel()
	})
	b.t.Cleanup(other.shut)
	other.start()
	b.t.Cleanup(other.reportRest)
	return other
}

// Close closes a tab that Another opened; the page is not asked whether it may.
func (b *Tab) Close() {
	b.t.Helper()
	b.shut()
}

// start opens the tab. The first step of a tab binds its life to its context,
// so this one has no limit of time.
func (b *Tab) start() {
	b.t.Helper()
	if err := chromedp.Listen(b.ctx, b.watch.event); err != nil {
		b.t.Fatalf("open a tab: %v", err)
	}
	if _, err := chromedp.Call(b.ctx, audits.Enable, cdp.Empty{}); err != nil {
		b.t.Fatalf("ask for refusals: %v", err)
	}
	b.Size(1280, 800)
	b.Dark(false)
	b.Still(true) // a page that still scrolls is not where a click finds it
}

// do runs steps within the patience of a test.
func (b *Tab) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatalf("%s: %v", what, err)
	}
}

// get runs a step that has a result, once more where the page went away under it.
func get[T any](b *Tab, what string, step chromedp.Action[T]) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, step)
	if err != nil && (strings.Contains(err.Error(), "navigated or closed") || strings.Contains(err.Error(), "No node with given id")) {
		value, err = chromedp.Run(ctx, step)
	}
	if err != nil {
		b.t.Fatalf("%s: %v", what, err)
	}
	return value
}

// Open goes to an address of the site, such as /stories?page=2, or to a whole
// URL, and waits until the page is loaded.
func (b *Tab) Open(address string) {
	b.t.Helper()
	target, err := b.site.Parse(address)
	if err != nil {
		b.t.Fatalf("open %s: %v", address, err)
	}
	b.do("open "+address, chromedp.Navigate(target.String()))
}

// Follow clicks what leads to another page, a link or the button of a form, and
// waits until that page is loaded.
func (b *Tab) Follow(selector string) {
	b.t.Helper()
	click := chromedp.Click(chromedp.CSS(selector))
	get(b, "follow "+selector, chromedp.WaitEvent(page.LoadEventFired, nil, click))
}

// Address is the path of the page shown, with its query and fragment.
func (b *Tab) Address() string {
	b.t.Helper()
	return strings.TrimPrefix(get(b, "ask for the address", chromedp.Location()), b.watch.origin)
}

// Title is the title of the page.
func (b *Tab) Title() string {
	b.t.Helper()
	return get(b, "ask for the title", chromedp.Title())
}
