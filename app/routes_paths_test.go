package app_test

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"waypost/app"
	"waypost/internal/testkit/cases"
	"waypost/internal/testkit/site"
	"waypost/web/kit"
)

// TestAddressesMatchExactly adds to an address what shared caches have been fooled
// with: none of it is the page.
func TestAddressesMatchExactly(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	owner := s.SignIn()
	n := 0
	for _, r := range s.Routes {
		address := addressOf(t, s, r.Path)
		anyToken := slices.ContainsFunc([]string{"/sign-in", "/join/confirm", "/subscribe"}, func(door string) bool { return strings.HasPrefix(r.Path, door) })
		if writes(r) || r.Path == "/" || r.Path == "/{$}" || anyToken {
			continue // every token has a page, which looks nothing up and is nobody's to keep
		}
		for _, odd := range []string{address + "/x.css", address + ".css", address + "/.css", address + ";x.css", address + "%2Fx.css", address + "%3Bx.css",
			address + "%00", address + "%00.css", address + "%0a", address + "%20", address + "%23.css", address + "%3F.css", address + "/..%2f", address + "\\x.css",
			"/%2e%2e" + address, "/..%2f" + address[1:], "/.%2e" + address, "/%252e" + address, "/x%2f.." + address, strings.ToUpper(address[:2]) + address[2:] + "."} {
			p := owner.Get(strings.ReplaceAll(odd, "\\", "%5c"))
			if p.Status == http.StatusOK || p.Status >= 500 {
				t.Errorf("%s answers %d", odd, p.Status)
			}
			if to := p.Header.Get("Location"); to != "" && kit.Local(to) != to {
				t.Errorf("%s leads to %q", odd, to)
			}
			n++
		}
	}
	t.Logf("%d odd addresses", n)
}

// climbing are paths that lead out of a folder where somebody joins them to one.
var climbing = []string{"/../../etc/passwd", "/media/../instance.key", "/media/%2e%2e%2finstance.key", "/media/..%5cinstance.key", "/static/..%2f..%2fgo.mod",
	"/media/.waypost-instance", "/media/waypost.db", "/static/.", "/static/%2e", "/media/%00", "/static/waypost.css%00.png", "/media/" + strings.Repeat("a", 5000),
	"/stories/" + strings.Repeat("%41", 3000), "/.git/config", "/waypost.db", "/instance.key", "/%c0%ae%c0%ae/etc/passwd", "/stories/%ff%fe", "/authors/.."}

func TestPathsLeadNowhere(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	reader := s.Reader()
	own, outside := 0, 0
	ask := func(path string) {
		p := reader.Raw(http.MethodGet, path)
		if p.Status == http.StatusOK && !bytes.Contains(p.Body, []byte("<!doctype html>")) || p.Status >= 500 {
			t.Errorf("%q answers %d: %.60s", path, p.Status, p.Body)
		}
		if to := p.Header.Get("Location"); to != "" && kit.Local(to) != to {
			t.Errorf("%q leads to %q", path, to)
		}
	}
	for _, path := range climbing {
		ask(path)
		own++
	}
	for _, c := range hostile[struct {
		Path string `json:"path"`
	}](t, "paths.jsonl") {
		for _, folder := range []string{"/media/", "/static/", "/stories/"} {
			escaped := strings.NewReplacer(" ", "%20", "\t", "%09", "\r", "%0d", "\n", "%0a", "\x00", "%00", "#", "%23").Replace(c.Path)
			ask(folder + strings.TrimPrefix(escaped, "/"))
		}
		outside++
	}
	for _, c := range hostile[struct {
		Value string `json:"value"`
	}](t, "http-crlf.jsonl") {
		if strings.HasPrefix(c.Value, "/") && !strings.ContainsAny(c.Value, " \r\n") {
			ask(c.Value)
		}
		outside++
	}
	cases.Count(t, own, outside)
}

// sentences are what the log was told of panics and failed requests.
type sentences struct {
	mu   sync.Mutex
	said bytes.Buffer
}

func (s *sentences) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.said.Write(b)
}

func (s *sentences) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.said.String()
}

func logTo(w io.Writer) site.Option {
	return site.With(func(c *app.Config) {
		c.Log = slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelError}))
	})
}

// malformed are bytes of one connection that hold one request, or less.
var malformed = map[string]string{
	"no host":            "GET / HTTP/1.1\r\n\r\n",
	"two hosts":          "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
	"two lengths":        "POST /sign-out HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
	"minus length":       "POST /sign-out HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
	"huge length":        "POST /sign-out HTTP/1.1\r\nHost: a\r\nContent-Length: 9223372036854775807\r\n\r\n",
	"length and chunks":  "POST /sign-out HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG",
	"space before colon": "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
	"bad chunk":          "POST /sign-out HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nabc\r\n",
	"folded line":        "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n",
	"NUL in a header":    "GET / HTTP/1.1\r\nHost: a\r\nX: a\x00b\r\n\r\n",
	"bare line feeds":    "GET / HTTP/1.1\nHost: a\n\n",
	"long header":        "GET / HTTP/1.1\r\nHost: a\r\nX: " + strings.Repeat("x", 40<<10) + "\r\n\r\n",
	"many headers":       "GET / HTTP/1.1\r\nHost: a\r\n" + strings.Repeat("X: y\r\n", 8000) + "\r\n",
	"whole address":      "GET http://elsewhere.example/ HTTP/1.1\r\nHost: a\r\n\r\n",
	"connect":            "CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: a\r\n\r\n",
	"trace":              "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n",
	"asterisk":           "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
	"HTTP/2 preface":     "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
	"HTTP/0.9":           "GET /\r\n",
	"TLS":                "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
	"nothing":            "",
}

// TestMalformedHTTP sends bytes that no browser would: never more than one answer,
// never a panic, and the next reader is served.
func TestMalformedHTTP(t *testing.T) {
	t.Parallel()
	var log sentences
	s := site.New(t, site.Demo, site.Running, logTo(&log))
	host := strings.TrimPrefix(s.URL, "http://")
	wrong := func(name string, request []byte) {
		request = bytes.ReplaceAll(request, []byte("Host: a\r\n"), []byte("Host: "+host+"\r\n"))
		if n := answers(t, host, request); n > 1 {
			t.Errorf("%s: %d answers", name, n)
		}
	}
	for name, request := range malformed {
		wrong(name, []byte(request))
	}
	files := cases.Files(t, "fixtures/hostile/http/raw", "*.http")
	for _, name := range files {
		request, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		wrong(filepath.Base(name), request)
	}
	s.Reader().Get(story).OK()
	if said := log.String(); strings.Contains(said, "panic") {
		t.Errorf("the log tells of a panic: %s", said)
	}
	cases.Count(t, len(malformed), len(files))
}

// answers counts the answers to the bytes of one connection. A server that waits
// for more is told that there is none.
func answers(t *testing.T, host string, request []byte) int {
	t.Helper()
	conn, err := net.Dial("tcp", host)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(time.Minute))
	if _, err := conn.Write(request); err != nil {
		return 0 // refused before all was sent
	}
	if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
		return 0
	}
	in, n := bufio.NewReader(conn), 0
	for {
		answer, err := http.ReadResponse(in, nil)
		if err != nil {
			return n
		}
		if answer.StatusCode >= http.StatusInternalServerError && answer.StatusCode != http.StatusNotImplemented && answer.StatusCode != http.StatusHTTPVersionNotSupported {
			t.Errorf("%q answers %d", request[:min(len(request), 200)], answer.StatusCode)
		}
		n++
		if _, err := io.Copy(io.Discard, answer.Body); err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
			return n
		}
	}
}

// leading are addresses that somebody may want to be sent on to; those that stay on
// this site are marked.
var leading = []struct {
	next string
	same bool
}{
	{"/desk", true}, {"/stories?year=2026&month=9#top", true}, {"/a%20b", true}, {"/", true}, {"/stories/x?next=//y", true},
	{"//evil.example", false}, {"/\\evil.example", false}, {"\\\\evil.example", false}, {"https:evil.example", false}, {"https://evil.example", false},
	{"/\t/evil.example", false}, {"/\n/evil.example", false}, {"javascript:alert(1)", false}, {"///evil.example", false}, {"evil.example", false},
	{"@evil.example", false}, {"/%2f%2fevil.example/%2e%2e", false}, {"", false}, {" //evil.example", false}, {"/.//evil.example", false},
}

// TestLocalStaysHere judges by the rules with which browsers read an address.
func TestLocalStaysHere(t *testing.T) {
	t.Parallel()
	check := func(next string, same bool) {
		got := kit.Local(next)
		if !stays(got) {
			t.Errorf("Local(%q) = %q, which a browser reads as another site", next, got)
		}
		if same && got != next {
			t.Errorf("Local(%q) = %q, a path of this site", next, got)
		}
	}
	for _, c := range leading {
		check(c.next, c.same)
	}
	list := hostile[struct{ Next, Expect string }](t, "redirects.jsonl")
	for _, c := range list {
		check(c.Next, c.Expect == "same")
	}
	cases.Count(t, len(leading), len(list))
}

// stays reads an address as the URL standard has it: white space around it and tabs
// and ends of lines in it are dropped, a backslash is a slash, "." and ".." are
// taken out, and two slashes first mean another host.
func stays(address string) bool {
	address = strings.TrimFunc(address, func(r rune) bool { return r <= ' ' })
	address = strings.NewReplacer("\t", "", "\n", "", "\r", "", "\\", "/").Replace(address)
	if !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") {
		return false
	}
	base, _ := url.Parse("https://here.example/a/b")
	to, err := base.Parse(address)
	return err == nil && to.Host == base.Host && to.Scheme == base.Scheme && !strings.HasPrefix(to.EscapedPath(), "//")
}
