package browser_test

import (
	"bytes"
	"fmt"
	"image/png"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"waypost/internal/testkit/browser"
)

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'"

const style = `
body { font: 18px/1.5 sans-serif; margin: 0; background: #fff; color: #111 }
@media (prefers-color-scheme: dark) { body { background: #111; color: #fff } a { color: #9cf } }
@media print { nav { display: none } }
.faint { color: #ccc; background: #fff }
.wide { width: 2000px }
.tiny { font-size: 8px; line-height: 1; display: block }`

const script = `document.querySelector('#script').textContent = 'script ran'`

// page is a whole page with the given main part.
func page(main string) string {
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A small page</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/style.css"><script src="/script.js" defer></script></head>
<body><header><nav><a href="/good">Home</a> <a href="/form">The form</a></nav></header>
<main><h1>Small</h1><p id="script">no script</p>` + main + `</main></body></html>`
}

var pages = map[string]string{
	"/good":    page(`<p>All is well.</p>`),
	"/form":    page(`<form method="post" action="/posted"><label>Name <input id="name" name="name" value="Ada"></label> <button>Send</button></form>`),
	"/faint":   page(`<p class="faint">You can hardly read this.</p>`),
	"/tiny":    page(`<p><a class="tiny" href="/good">a</a><a class="tiny" href="/form">b</a></p>`),
	"/wide":    page(`<p class="wide">wide</p>`),
	"/leak":    page(`<p>A picture from elsewhere: <img alt="" src="http://elsewhere.example/pixel.png"></p>`),
	"/inline":  page(`<p>Inline.</p><script>document.title = 'inline ran'</script>`),
	"/missing": page(`<p>A part is missing: <img alt="" src="/nowhere.png"></p>`),
}

func site(t *testing.T) string {
	t.Helper()
	handler := func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/leak" {
			w.Header().Set("Content-Security-Policy", policy)
		}
		switch text, found := pages[r.URL.Path]; {
		case found:
			fmt.Fprint(w, text)
		case r.URL.Path == "/style.css":
			w.Header().Set("Content-Type", "text/css")
			fmt.Fprint(w, style)
		case r.URL.Path == "/script.js":
			w.Header().Set("Content-Type", "text/javascript")
			fmt.Fprint(w, script)
		case r.URL.Path == "/posted":
			fmt.Fprint(w, page(`<p id="got">Hello, `+r.PostFormValue("name")+`</p>`))
		default:
			w.WriteHeader(http.StatusNotFound)
			fmt.Fprint(w, page(`<p>There is nothing here.</p>`))
		}
	}
	server := httptest.NewServer(http.HandlerFunc(handler))
	t.Cleanup(server.Close)
	return server.URL
}

func TestBrowserReadsAndActs(t *testing.T) {
	t.Parallel()
	tab := browser.New(t, site(t))
	tab.Open("/good")
	if got := tab.Text("#script"); got != "script ran" {
		t.Errorf("#script says %q", got)
	}
	tab.Press("Tab")
	tab.Press("Tab")
	if got := tab.Focused(); got != `a "The form"` {
		t.Errorf("the focus is on %s", got)
	}
	tab.Press("Shift+Tab")
	if got := tab.Focused(); got != `a "Home"` {
		t.Errorf("the focus is on %s", got)
	}
	tab.Follow("nav a[href='/form']")
	if got := tab.Address(); got != "/form" {
		t.Errorf("followed to %s", got)
	}
	if got := tab.Value("#name"); got != "Ada" {
		t.Errorf("the field holds %q", got)
	}
	tab.Type("#name", " Lovelace")
	tab.Follow("button")
	if got := tab.Text("#got"); got != "Hello, Ada Lovelace" {
		t.Errorf("the form brought %q", got)
	}
	tab.Open("/form")
	tab.Fill("#name", "Grace")
	tab.Follow("button")
	if got := tab.Text("#got"); got != "Hello, Grace" {
		t.Errorf("the form brought %q", got)
	}
	if got, n := tab.Title(), tab.Count("nav a"); got != "A small page" || n != 2 {
		t.Errorf("title %q, %d links", got, n)
	}
}

func TestBrowserLooks(t *testing.T) {
	t.Parallel()
	tab := browser.New(t, site(t))
	tab.Open("/good")
	background := func() string {
		return browser.Eval[string](tab, "getComputedStyle(document.body).backgroundColor")
	}
	if got := background(); got != "rgb(255, 255, 255)" {
		t.Errorf("light is %s", got)
	}
	tab.Dark(true)
	if got := background(); got != "rgb(17, 17, 17)" {
		t.Errorf("dark is %s", got)
	}
	tab.Print(true)
	if browser.Eval[bool](tab, "matchMedia('print').matches && getComputedStyle(document.querySelector('nav')).display !== 'none'") {
		t.Error("the navigation is printed")
	}
	tab.Print(false)
	tab.Still(true)
	if !browser.Eval[bool](tab, "matchMedia('(prefers-reduced-motion: reduce)').matches") {
		t.Error("motion was not reduced")
	}
	tab.Size(390, 844)
	if got := browser.Eval[int](tab, "innerWidth"); got != 390 {
		t.Errorf("the screen is %d wide", got)
	}
	picture, err := png.Decode(bytes.NewReader(tab.Screenshot()))
	if err != nil || picture.Bounds().Dx() != 390 {
		t.Errorf("a picture of %v, error %v", picture.Bounds(), err)
	}
	if got := tab.Overflow(); got != 0 {
		t.Errorf("a page that fits is %d too wide", got)
	}
	tab.Open("/wide")
	if got := tab.Overflow(); got < 1000 {
		t.Errorf("a page of 2000 points is %d too wide", got)
	}
}

func TestBrowserWithoutScript(t *testing.T) {
	t.Parallel()
	tab := browser.New(t, site(t))
	tab.Script(false)
	tab.Open("/good")
	if got := tab.Text("#script"); got != "no script" {
		t.Errorf("#script says %q with script turned off", got)
	}
	tab.NoAxeFindings()
	tab.Follow("nav a[href='/form']")
	if got := tab.Text("#script"); got != "no script" {
		t.Errorf("#script says %q after axe ran", got)
	}
	tab.Follow("button")
	if got := tab.Text("#got"); got != "Hello, Ada" {
		t.Errorf("the form brought %q", got)
	}
}

func TestBrowserAxe(t *testing.T) {
	t.Parallel()
	tab := browser.New(t, site(t))
	for address, want := range map[string][]string{
		"/good":  nil,
		"/form":  nil,
		"/faint": {"color-contrast"},
		"/tiny":  {"target-size"},
	} {
		tab.Open(address)
		var rules []string
		for _, v := range tab.Axe() {
			rules = append(rules, v.Rule)
			if !strings.Contains(v.String(), "class=") {
				t.Errorf("the violation does not show its element: %s", v)
			}
		}
		if !slices.Equal(rules, want) {
			t.Errorf("axe on %s found %q, want %q", address, rules, want)
		}
	}
}

func TestBrowserWatches(t *testing.T) {
	t.Parallel()
	tab := browser.New(t, site(t))

	tab.Open("/good")
	if got := tab.Requests(); len(got) != 3 {
		t.Errorf("the page asked for %q, want itself, its style and its script", got)
	}
	tab.Open("/nothing-here")
	if got := tab.Errors(); len(got) != 0 {
		t.Errorf("a page of status 404 counts as an error: %q", got)
	}
	tab.Open("/missing")
	if got := tab.Errors(); len(got) != 1 || !strings.Contains(got[0], "/nowhere.png") {
		t.Errorf("a missing picture gave %q", got)
	}
	tab.Open("/leak")
	if got := tab.Outside(); len(got) != 1 || got[0] != "http://elsewhere.example/pixel.png" {
		t.Errorf("a picture from elsewhere gave %q", got)
	}
	if got := tab.Errors(); len(got) != 1 || !strings.Contains(got[0], "ERR_NAME_NOT_RESOLVED") {
		t.Errorf("a picture from elsewhere gave the errors %q: did it leave the machine?", got)
	}
	tab.Open("/inline")
	if got := tab.Refused(); len(got) != 1 || !strings.HasPrefix(got[0], "script-src") {
		t.Errorf("an inline script gave %q", got)
	}
	if got := tab.Title(); got != "A small page" {
		t.Errorf("the inline script ran: the title is %q", got)
	}
	browser.Eval[int](tab, "console.error('planted', 7), setTimeout(() => { throw new Error('thrown') }), 0")
	browser.Eval[int](tab, "new Promise(done => setTimeout(() => done(0), 50))")
	if got := tab.Errors(); len(got) != 2 || !strings.Contains(got[0], "planted") || !strings.Contains(got[1], "thrown") {
		t.Errorf("planted errors gave %q", got)
	}
}

func TestBrowserTabsShareNothing(t *testing.T) {
	t.Parallel()
	address := site(t)
	one, other := browser.New(t, address), browser.New(t, address)
	one.Open("/good")
	other.Open("/good")
	browser.Eval[string](one, "document.cookie = 'a=1'")
	if got := browser.Eval[string](other, "document.cookie"); got != "" {
		t.Errorf("the other tab has the cookie %q", got)
	}
}
