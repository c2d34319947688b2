package site

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// Visitor is a browser without script: it keeps cookies, says where its posts come
// from, and follows a redirect only when told.
type Visitor struct {
	t      testing.TB
	site   string // where the server listens
	known  string // the address by which readers know it
	client *http.Client
}

// Reader is a visitor who has no cookie.
func (s *Site) Reader() *Visitor {
	s.t.Helper()
	v := At(s.t, s.URL)
	v.known = s.Config.Base.String()
	return v
}

// SignIn is the owner: a visitor who has followed a link of owner-link and pressed
// its button.
func (s *Site) SignIn() *Visitor {
	s.t.Helper()
	link, err := s.OwnerLink(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	v := s.Reader()
	_, path, _ := strings.Cut(link, "/sign-in/")
	v.Get("/sign-in/" + path).OK().Form("main form").Press("")
	return v
}

// Page is an answer.
type Page struct {
	Status int
	Header http.Header
	Body   []byte
	Path   string // of the address that answered, with its query

	visitor  *Visitor
	document *goquery.Document
}

// Get asks for a path of the site; header is name and value in turn.
func (v *Visitor) Get(path string, header ...string) *Page {
	v.t.Helper()
	return v.ask(http.MethodGet, path, nil, header)
}

// Head asks for the head of an answer alone.
func (v *Visitor) Head(path string, header ...string) *Page {
	v.t.Helper()
	return v.ask(http.MethodHead, path, nil, header)
}

// Post sends fields as a form of this site would.
func (v *Visitor) Post(path string, fields url.Values, header ...string) *Page {
	v.t.Helper()
	header = append([]string{"Content-Type", "application/x-www-form-urlencoded", "Origin", v.known, "Sec-Fetch-Site", "same-origin"}, header...)
	return v.ask(http.MethodPost, path, strings.NewReader(fields.Encode()), header)
}

// Ask sends any request of a path; header is name and value in turn.
func (v *Visitor) Ask(method, path string, body io.Reader, header ...string) *Page {
	v.t.Helper()
	return v.ask(method, path, body, header)
}

// Raw sends a request of an address just as it is written, however wrong.
func (v *Visitor) Raw(method, address string) *Page {
	v.t.Helper()
	request, err := http.NewRequestWithContext(v.t.Context(), method, v.site, nil)
	if err != nil {
		v.t.Fatal(err)
	}
	request.URL.Opaque = address
	return v.send(request, address)
}

func (v *Visitor) ask(method, path string, body io.Reader, header []string) *Page {
	v.t.Helper()
	request, err := http.NewRequestWithContext(v.t.Context(), method, v.site+path, body)
	if err != nil {
		v.t.Fatalf("%s %s: %v", method, path, err)
	}
	request.Host = strings.TrimPrefix(strings.TrimPrefix(v.known, "https://"), "http://")
	for i := 0; i+1 < len(header); i += 2 {
		if http.CanonicalHeaderKey(header[i]) == "Host" {
			request.Host = header[i+1]
			continue
		}
		request.Header.Set(header[i], header[i+1])
	}
	return v.send(request, path)
}

func (v *Visitor) send(request *http.Request, path string) *Page {
	v.t.Helper()
	answer, err := v.client.Do(request)
	if err != nil {
		v.t.Fatalf("%s %s: %v", request.Method, path, err)
	}
	defer answer.Body.Close()
	p := &Page{Status: answer.StatusCode, Header: answer.Header, Path: path, visitor: v}
	if p.Body, err = io.ReadAll(answer.Body); err != nil {
		v.t.Fatalf("%s %s: read the answer: %v", request.Method, path, err)
	}
	return p
}

// OK fails the test unless the answer is 200.
func (p *Page) OK() *Page {
	p.visitor.t.Helper()
	return p.Want(http.StatusOK)
}

// Want fails the test unless the answer has this status.
func (p *Page) Want(status int) *Page {
	p.visitor.t.Helper()
	if p.Status != status {
		p.visitor.t.Fatalf("%s answers %d, want %d: %s", p.Path, p.Status, status, p.summary())
	}
	return p
}

// summary is what a person would read of the answer, cut short.
func (p *Page) summary() string {
	text := p.Text("main")
	if text == "" {
		text = string(p.Body)
	}
	return text[:min(len(text), 600)]
}

// Find finds elements by a CSS selector.
func (p *Page) Find(selector string) *goquery.Selection {
	p.visitor.t.Helper()
	if p.document == nil {
		var err error
		if p.document, err = goquery.NewDocumentFromReader(bytes.NewReader(p.Body)); err != nil {
			p.visitor.t.Fatalf("%s is no HTML: %v", p.Path, err)
		}
	}
	return p.document.Find(selector)
}

// Has reports that an element fits the selector.
func (p *Page) Has(selector string) bool {
	p.visitor.t.Helper()
	return p.Find(selector).Length() > 0
}

// Text is the text of the first element that fits, with single spaces.
func (p *Page) Text(selector string) string {
	p.visitor.t.Helper()
	return strings.Join(strings.Fields(p.Find(selector).First().Text()), " ")
}

// Texts are the texts of all elements that fit.
func (p *Page) Texts(selector string) []string {
	p.visitor.t.Helper()
	return p.Find(selector).Map(func(_ int, e *goquery.Selection) string { return strings.Join(strings.Fields(e.Text()), " ") })
}

// Attrs are the values of an attribute of all elements that fit and have it.
func (p *Page) Attrs(selector, name string) []string {
	p.visitor.t.Helper()
	var list []string
	p.Find(selector).Each(func(_ int, e *goquery.Selection) {
		if v, ok := e.Attr(name); ok {
			list = append(list, v)
		}
	})
	return list
}

// Follow goes where a redirect leads, which must be a path of the site.
func (p *Page) Follow() *Page {
	p.visitor.t.Helper()
	to := p.Header.Get("Location")
	if to == "" || !strings.HasPrefix(to, "/") {
		p.visitor.t.Fatalf("%s answers %d and leads to %q: %s", p.Path, p.Status, to, p.summary())
	}
	return p.visitor.Get(to)
}

// Cookie is the value of a cookie that the visitor has, "" if there is none.
func (v *Visitor) Cookie(name string) string {
	v.t.Helper()
	site, err := url.Parse(v.site)
	if err != nil {
		v.t.Fatal(err)
	}
	for _, c := range v.client.Jar.Cookies(site) {
		if c.Name == name {
			return c.Value
		}
	}
	return ""
}

// Fails asks for a path and returns why there is no answer at all; nil if there is one.
func (v *Visitor) Fails(path string) error {
	v.t.Helper()
	answer, err := v.client.Get(v.site + path)
	if err != nil {
		return err
	}
	return answer.Body.Close()
}

// At is a reader of a server that is no Site, such as a program in a process of its own.
func At(t testing.TB, address string) *Visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: 8}
	t.Cleanup(transport.CloseIdleConnections)
	return &Visitor{t: t, site: address, known: address, client: &http.Client{Jar: jar, Transport: transport, Timeout: time.Minute,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// From lets a visitor come from another address of this machine.
func (v *Visitor) From(address net.IP) *Visitor {
	v.client.Transport.(*http.Transport).DialContext = (&net.Dialer{LocalAddr: &net.TCPAddr{IP: address}}).DialContext
	return v
}

// Try sends fields as Post does and returns the answer's status, 0 if there is none.
func (v *Visitor) Try(path string, fields url.Values) (status int, location string) {
	v.t.Helper()
	request, err := http.NewRequestWithContext(v.t.Context(), http.MethodPost, v.site+path, strings.NewReader(fields.Encode()))
	if err != nil {
		v.t.Error(err)
		return 0, ""
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := v.client.Do(request)
	if err != nil {
		return 0, ""
	}
	_ = answer.Body.Close()
	return answer.StatusCode, answer.Header.Get("Location")
}
