package browser

import (
	"fmt"
	"net/url"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
)

// watch remembers what the pages of a tab did that they must not do. Events
// come on a goroutine of the browser's, questions on the test's.
type watch struct {
	origin string

	mu        sync.Mutex
	requests  []string
	outside   []string
	refused   []string
	errors    []string
	documents map[string]bool // addresses of pages, in place of parts of pages
}

// Requests lists the addresses asked for since the last call, in order.
func (w *watch) Requests() []string { return w.take(&w.requests) }

// Outside lists the requests to other origins since the last call. They are
// recorded when the page makes them; none leaves the machine.
func (w *watch) Outside() []string { return w.take(&w.outside) }

// Refused lists what the Content-Security-Policy refused since the last call:
// the directive and the address or "inline".
func (w *watch) Refused() []string { return w.take(&w.refused) }

// Errors lists the errors of the console since the last call: exceptions,
// console.error, and parts of pages that could not be loaded. The status of a
// page itself is not among them.
func (w *watch) Errors() []string { return w.take(&w.errors) }

func (w *watch) take(list *[]string) []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	taken := *list
	*list = nil
	return taken
}

// reportRest fails the test for everything that it did not ask for.
func (b *Tab) reportRest() {
	for _, request := range b.Outside() {
		b.t.Errorf("a page asked another origin: %s", request)
	}
	for _, refusal := range b.Refused() {
		b.t.Errorf("the Content-Security-Policy refused %s", refusal)
	}
	for _, fault := range b.Errors() {
		b.t.Errorf("an error in the console: %s", fault)
	}
}

// event takes in one event of the tab, and must not wait for anything.
func (w *watch) event(event any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		w.request(e.Request.URL, e.Type == network.ResourceTypeDocument)
	case *network.EventWebSocketCreated:
		w.request(e.URL, false)
	case *audits.EventIssueAdded:
		if d := e.Issue.Details.ContentSecurityPolicyIssueDetails; d != nil {
			w.refused = append(w.refused, d.ViolatedDirective+" "+orInline(d.BlockedURL))
		}
	case *log.EventEntryAdded:
		w.logged(e.Entry)
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError {
			w.errors = append(w.errors, joined(e.Args))
		}
	case *runtime.EventExceptionThrown:
		w.errors = append(w.errors, thrown(e.ExceptionDetails))
	}
}

func (w *watch) request(address string, document bool) {
	u, err := url.Parse(address)
	if err != nil {
		w.outside = append(w.outside, address)
		return
	}
	switch u.Scheme {
	case "http", "https", "ws", "wss":
	default: // data:, blob: and about: ask nobody
		return
	}
	w.requests = append(w.requests, address)
	if originOf(u) != w.origin {
		w.outside = append(w.outside, address)
	}
	if document {
		if w.documents == nil {
			w.documents = map[string]bool{}
		}
		w.documents[withoutFragment(address)] = true
	}
}

// logged keeps the errors of the browser's log. Refusals are there too, but
// event has them from the better source.
func (w *watch) logged(entry *log.Entry) {
	switch {
	case entry.Level != log.EntryLevelError:
	case entry.Source == log.EntrySourceSecurity && strings.Contains(entry.Text, "Content Security Policy"):
	case entry.Source == log.EntrySourceNetwork && w.documents[withoutFragment(entry.URL)]:
	default:
		w.errors = append(w.errors, strings.TrimSpace(entry.Text+" "+entry.URL))
	}
}

// originOf is the scheme, host and port; a socket has those of its page.
func originOf(u *url.URL) string {
	scheme := strings.Replace(u.Scheme, "ws", "http", 1)
	return scheme + "://" + u.Host
}

func withoutFragment(address string) string {
	before, _, _ := strings.Cut(address, "#")
	return before
}

func orInline(address string) string {
	if address == "" {
		return "inline"
	}
	return address
}

func joined(args []*runtime.RemoteObject) string {
	var words []string
	for _, arg := range args {
		if arg.Description != "" {
			words = append(words, arg.Description)
		} else {
			words = append(words, string(arg.Value))
		}
	}
	return "console.error " + strings.Join(words, " ")
}

func thrown(d *runtime.ExceptionDetails) string {
	what := d.Text
	if d.Exception != nil {
		what += " " + d.Exception.Description
	}
	return fmt.Sprintf("%s at %s:%d", what, d.URL, d.LineNumber+1)
}
