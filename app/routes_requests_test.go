package app_test

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"waypost/internal/testkit/cases"
	"waypost/internal/testkit/site"
)

// crossings are what a browser says of a form that another site sends.
var crossings = map[string][]string{
	"cross-site":     {"Sec-Fetch-Site", "cross-site", "Origin", "https://elsewhere.example"},
	"same-site":      {"Sec-Fetch-Site", "same-site", "Origin", "http://other.localhost"},
	"foreign origin": {"Origin", "https://elsewhere.example"},
	"null origin":    {"Origin", "null"},
}

func TestCrossOriginWritesAreRefused(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	owner := s.SignIn()
	session := "waypost=" + owner.Cookie("waypost")
	before := s.State("sessions")
	n := 0
	for _, r := range s.Routes {
		if !writes(r) {
			continue
		}
		address := addressOf(t, s, r.Path)
		for name, headers := range crossings {
			headers = append([]string{"Cookie", session, "Content-Type", "application/x-www-form-urlencoded"}, headers...)
			p := s.Reader().Ask("POST", address, strings.NewReader("name=Taken&do=save&version=1"), headers...)
			if p.Status != http.StatusForbidden {
				t.Errorf("%s: POST %s answers %d", name, address, p.Status)
			}
			n++
		}
	}
	if after := s.State("sessions"); !maps.Equal(before, after) {
		t.Errorf("refused writes changed rows: %v", difference(before, after))
	}
	owner.Get("/desk").OK() // still signed in
	t.Logf("%d writes from elsewhere", n)
}

func TestReadingChangesNothing(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	owner := s.SignIn()
	before := s.State("sessions")
	for _, r := range s.Routes {
		if !writes(r) {
			owner.Get(addressOf(t, s, r.Path))
			owner.Head(addressOf(t, s, r.Path))
		}
	}
	if after := s.State("sessions"); !maps.Equal(before, after) {
		t.Errorf("GET and HEAD changed rows: %v", difference(before, after))
	}
}

func TestHosts(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	port := s.URL[strings.LastIndexByte(s.URL, ':'):]
	v := s.SignIn()
	for _, host := range []string{"evil.example", "evil.example" + port, "127.0.0.1", "localhost" + port, "127.0.0.1.evil.example" + port, "[::1]" + port} {
		for _, r := range s.Routes {
			want := http.StatusMisdirectedRequest
			if r.AnyHost {
				want = http.StatusOK
			}
			p := v.Ask(r.Methods[0], addressOf(t, s, r.Path), nil, "Host", host)
			if p.Status != want || strings.Contains(string(p.Body), "evil") {
				t.Errorf("%s %s at %s answers %d: %.80s", r.Methods[0], r.Path, host, p.Status, p.Body)
			}
		}
	}
}

// TestForwardedNamesAreNotBelieved looks for the canary in what everybody is given.
func TestForwardedNamesAreNotBelieved(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	for _, r := range s.Routes {
		if !public(r) || writes(r) {
			continue
		}
		address := addressOf(t, s, r.Path)
		p := s.Reader().Get(address, "X-Forwarded-Host", "canary.example", "X-Forwarded-Proto", "https", "Forwarded", "host=canary.example",
			"X-Original-URL", "/canary", "X-Rewrite-URL", "/canary", "X-Host", "canary.example", "Origin", "https://canary.example")
		if strings.Contains(string(p.Body)+fmt.Sprint(p.Header), "canary") {
			t.Errorf("%s repeats the canary", address)
		}
	}
}

// TestOversize announces one byte more than a route takes, and sends it in pieces
// that nobody counted before where the cap is small.
func TestOversize(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	owner := s.SignIn()
	before := s.State("sessions")
	for _, r := range s.Routes {
		if !writes(r) {
			continue
		}
		address := addressOf(t, s, r.Path)
		if status := announce(t, s, address, "waypost="+owner.Cookie("waypost"), r.Body+1); status != http.StatusRequestEntityTooLarge {
			t.Errorf("POST %s with %d bytes announced answers %d", address, r.Body+1, status)
		}
		if r.Body < 1<<20 && readsForm(r.Path) {
			body := io.MultiReader(strings.NewReader("note="), strings.NewReader(strings.Repeat("x", int(r.Body)))) // its length is not known
			p := owner.Ask("POST", address, body, "Content-Type", "application/x-www-form-urlencoded")
			if p.Status != http.StatusRequestEntityTooLarge {
				t.Errorf("POST %s with too much in pieces answers %d", address, p.Status)
			}
		}
	}
	if after := s.State("sessions"); !maps.Equal(before, after) {
		t.Errorf("refused writes changed rows: %v", difference(before, after))
	}
}

// readsForm reports that a route looks at more of a form than its button.
func readsForm(path string) bool {
	return !slices.ContainsFunc([]string{
		"/appeal",
		"/begin",
		"/delete",
		"/desk/backups",
		"/draft/",
		"/drop",
		"/end",
		"/guide/",
		"/join/confirm/",
		"/key-kept",
		"/letters/answers/",
		"/letters/{token}",
		"/options",
		"/path/removed/",
		"/raise",
		"/remove",
		"/reopen",
		"/retry",
		"/seen",
		"/sign-in/passkey",
		"/sign-in/email/",
		"/sign-in/undo/",
		"/sign-in/{token}",
		"/sign-out",
		"/subscribe/{token}",
		"/take-up",
		"/your-data/{token}",
	}, func(part string) bool { return strings.Contains(path, part) })
}

// announce sends the head of a request that says how long its body will be, and
// returns the status of the answer.
func announce(t *testing.T, s *site.Site, address, cookie string, length int64) int {
	t.Helper()
	host := strings.TrimPrefix(s.URL, "http://")
	conn, err := net.Dial("tcp", host)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	_, err = fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n",
		address, host, cookie, length)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatalf("POST %s: %v", address, err)
	}
	return answer.StatusCode
}

// unreadable are bodies that no form can have, with the type they claim.
var unreadable = []struct{ kind, body string }{
	{"", "title=x"},
	{"application/x-www-form-urlencoded", "title=%zz"},
	{"application/x-www-form-urlencoded", "title=%ff%fe"},
	{"application/x-www-form-urlencoded", "title=a%00b"},
	{"application/x-www-form-urlencoded", "%00=x"},
	{"application/x-www-form-urlencoded", "a=1;b=2"},
	{"multipart/form-data", "no boundary"},
	{"multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\ncut off"},
	{"multipart/form-data; boundary=x", "no part at all"},
	{"multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n\xff\r\n--x--\r\n"},
	{"text/plain", "title=x"},
	{"application/json", `{"title": "x"}`},
	{"application/x-www-form-urlencoded; charset", "title=x"},
}

func TestUnreadableForms(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	owner := s.SignIn()
	before := s.State("sessions")
	for _, r := range s.Routes {
		if !writes(r) || !readsForm(r.Path) {
			continue
		}
		address := addressOf(t, s, r.Path)
		for _, form := range unreadable {
			headers := []string{"Content-Type", form.kind}
			if form.kind == "" {
				headers = nil
			}
			if p := owner.Ask("POST", address, strings.NewReader(form.body), headers...); p.Status != http.StatusBadRequest {
				t.Errorf("POST %s with %q as %q answers %d", address, form.body, form.kind, p.Status)
			}
		}
	}
	outside := 0
	for _, name := range []string{"http-form.jsonl", "http-multipart.jsonl"} {
		for _, c := range hostile[struct {
			B64 []byte `json:"b64"`
		}](t, name) {
			kind := "application/x-www-form-urlencoded"
			if strings.Contains(name, "multipart") {
				kind = "multipart/form-data; boundary=" + url.QueryEscape(boundary(c.B64))
			}
			p := owner.Ask("POST", "/desk/topics/new", strings.NewReader(string(c.B64)), "Content-Type", kind)
			if p.Status != http.StatusBadRequest && p.Status != http.StatusUnprocessableEntity {
				t.Errorf("%s %q answers %d", name, c.B64, p.Status)
			}
			outside++
		}
	}
	if after := s.State("sessions"); !maps.Equal(before, after) {
		t.Errorf("unreadable forms changed rows: %v", difference(before, after))
	}
	cases.Count(t, len(unreadable), outside)
}

// boundary is what the first line of a multipart body says it is.
func boundary(body []byte) string {
	line, _, _ := strings.Cut(string(body), "\n")
	line = strings.TrimPrefix(strings.TrimSpace(line), "--")
	if line == "" || len(line) > 70 {
		return "x"
	}
	return line
}
