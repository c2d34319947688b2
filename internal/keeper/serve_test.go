package keeper_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"

	"waypost/internal/keeper"
	"waypost/internal/testkit"
)

var text = strings.Repeat("A page that is long enough to be compressed. ", 40)

func textPage(context.Context) (keeper.Page, error) {
	return keeper.Page{
		ContentType: "text/html; charset=utf-8", Body: []byte(text), Tags: []string{"story:1"},
		Header: []keeper.Header{{Name: "Link", Value: []string{"</feed>; rel=alternate"}}},
	}, nil
}

// polished is a node whose page at / has every encoding.
func polished(t testing.TB) *node {
	t.Helper()
	n := newNode(t, testkit.DB(t), "a")
	ask(t, n, http.MethodGet)
	n.clock.Advance(2 * time.Second)
	n.Polish(context.Background())
	return n
}

func ask(t testing.TB, n *node, method string, header ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, "/", nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	if err := n.Serve(w, r, "/", textPage); err != nil {
		t.Fatal(err)
	}
	return w.Result()
}

// decoded undoes the content coding of a body.
func decoded(t testing.TB, encoding string, body []byte) string {
	t.Helper()
	var r io.Reader = bytes.NewReader(body)
	switch encoding {
	case "gzip":
		z, err := gzip.NewReader(r)
		if err != nil {
			t.Fatal(err)
		}
		r = z
	case "br":
		r = brotli.NewReader(r)
	case "":
	default:
		t.Fatalf("unknown encoding %q", encoding)
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain)
}

func TestNegotiation(t *testing.T) {
	t.Parallel()
	n := polished(t)
	for _, c := range []struct {
		accept []string
		want   string
	}{
		{nil, ""},
		{[]string{""}, ""},
		{[]string{"identity"}, ""},
		{[]string{"gzip"}, "gzip"},
		{[]string{"GZip"}, "gzip"},
		{[]string{"br"}, "br"},
		{[]string{"gzip, deflate, br, zstd"}, "br"},
		{[]string{"gzip;q=1.0, br;q=0.1"}, "br"},
		{[]string{"br;q=0, gzip"}, "gzip"},
		{[]string{"br;q=0.000 , gzip ; q=0.001"}, "gzip"},
		{[]string{"br;Q=0,gzip;Q=0"}, ""},
		{[]string{"gzip;q=0"}, ""},
		{[]string{"*"}, "br"},
		{[]string{"*;q=0"}, ""},
		{[]string{"*;q=0, gzip"}, "gzip"},
		{[]string{"*, br;q=0"}, "gzip"},
		{[]string{"br;q=0, *"}, "gzip"},
		{[]string{"identity;q=1, *;q=0"}, ""},
		{[]string{"gzip", "br"}, "br"},
		{[]string{"br;q=0", "*"}, "gzip"},
		{[]string{"deflate", "", "gzip"}, "gzip"},
		{[]string{"xgzip, gzipx, brotli"}, ""},
		{[]string{";;;, ,=,q=0,\x00,gzip;"}, "gzip"},
		{[]string{"gzip;q="}, ""},
	} {
		var header []string
		for _, line := range c.accept {
			header = append(header, "Accept-Encoding", line)
		}
		got := ask(t, n, http.MethodGet, header...)
		body, err := io.ReadAll(got.Body)
		encoding := got.Header.Get("Content-Encoding")
		if err != nil || encoding != c.want || decoded(t, encoding, body) != text {
			t.Errorf("Accept-Encoding %q gave %q, error %v; want %q", c.accept, encoding, err, c.want)
		}
		if got.Header.Get("Content-Length") != strconv.Itoa(len(body)) {
			t.Errorf("Content-Length %s of %d bytes", got.Header.Get("Content-Length"), len(body))
		}
	}
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	n := polished(t)
	get := ask(t, n, http.MethodGet, "Accept-Encoding", "gzip")
	want := map[string]string{
		"Vary": "Accept-Encoding", "Cache-Control": "public, no-cache", "Link": "</feed>; rel=alternate",
		"Content-Type": "text/html; charset=utf-8", "Content-Encoding": "gzip",
	}
	for name, value := range want {
		if got := get.Header.Get(name); got != value {
			t.Errorf("%s: %q, want %q", name, got, value)
		}
	}
	head := ask(t, n, http.MethodHead, "Accept-Encoding", "gzip")
	if body, _ := io.ReadAll(head.Body); len(body) != 0 || head.StatusCode != http.StatusOK {
		t.Errorf("HEAD: %d with %d bytes", head.StatusCode, len(body))
	}
	for name := range get.Header {
		if got := head.Header.Get(name); got != get.Header.Get(name) {
			t.Errorf("HEAD has %s: %q, GET %q", name, got, get.Header.Get(name))
		}
	}
	not := ask(t, n, http.MethodGet, "If-None-Match", get.Header.Get("Etag"), "Accept-Encoding", "gzip")
	for _, name := range []string{"Vary", "Cache-Control", "Link"} {
		if not.Header.Get(name) != want[name] {
			t.Errorf("a 304 has %s: %q", name, not.Header.Get(name))
		}
	}
	for _, name := range []string{"Content-Type", "Content-Length", "Content-Encoding"} {
		if not.Header.Get(name) != "" {
			t.Errorf("a 304 has %s: %q", name, not.Header.Get(name))
		}
	}
}

func TestEntityTags(t *testing.T) {
	t.Parallel()
	n := newNode(t, testkit.DB(t), "a")
	tags := map[string]bool{}
	tagOf := func(accept string) string {
		tag := ask(t, n, http.MethodGet, "Accept-Encoding", accept).Header.Get("Etag")
		if !strings.HasPrefix(tag, `"`) || !strings.HasSuffix(tag, `"`) || len(tag) < 10 {
			t.Errorf("%s is not a strong entity tag", tag)
		}
		tags[tag] = true
		return tag
	}
	identity, first := tagOf("identity"), tagOf("gzip")
	n.clock.Advance(2 * time.Second)
	n.Polish(context.Background())
	best, br := tagOf("gzip"), tagOf("br")
	if len(tags) != 4 || tagOf("identity") != identity {
		t.Errorf("tags %v; each encoding shall have its own", tags)
	}
	hash := strings.Trim(identity, `"`)
	for _, c := range []struct {
		match []string
		want  string // the tag of the 304, or "" for a 200
	}{
		{[]string{identity}, identity},
		{[]string{first}, first},
		{[]string{best}, best},
		{[]string{br}, br},
		{[]string{"W/" + identity}, identity},
		{[]string{"W/" + br}, br},
		{[]string{"*"}, best},
		{[]string{" * "}, best},
		{[]string{`"other", ` + br + ` , "another"`}, br},
		{[]string{`"other"`, first}, first},
		{[]string{`"other",,,` + first + ","}, first},
		{[]string{`"other"`}, ""},
		{[]string{""}, ""},
		{[]string{hash}, ""},
		{[]string{`"` + hash}, ""},
		{[]string{hash + `""`}, ""},
		{[]string{`""` + hash + `""`}, ""},
		{[]string{"w/" + identity}, ""},
		{[]string{`"` + hash + `-"`}, ""},
		{[]string{`"` + hash + `-anything <script>"`}, ""},
		{[]string{`"` + hash + `g9"`}, ""},
		{[]string{`"` + hash[1:] + `"`}, ""},
		{[]string{`"-g9"`, `""`, `"`, "W/", ","}, ""},
	} {
		header := []string{"Accept-Encoding", "gzip"}
		for _, line := range c.match {
			header = append(header, "If-None-Match", line)
		}
		got := ask(t, n, http.MethodGet, header...)
		status, tag := http.StatusNotModified, c.want
		if c.want == "" {
			status, tag = http.StatusOK, best
		}
		if got.StatusCode != status || got.Header.Get("Etag") != tag {
			t.Errorf("If-None-Match %q gave %d with %s; want %d with %s", c.match, got.StatusCode, got.Header.Get("Etag"), status, tag)
		}
	}
	if got := ask(t, n, http.MethodHead, "If-None-Match", identity); got.StatusCode != http.StatusNotModified {
		t.Errorf("HEAD with a tag that matches: %d", got.StatusCode)
	}
}

func TestTagsChangeWithTheBytes(t *testing.T) {
	t.Parallel()
	n := newNode(t, testkit.DB(t), "a")
	s := newSource("story:1")
	w, err := n.get("/a", s.render)
	if err != nil {
		t.Fatal(err)
	}
	tag := w.Header().Get("Etag")
	n.touch("story:1")
	w, err = n.get("/a", s.render, "If-None-Match", tag)
	if err != nil || w.Code != http.StatusOK || w.Header().Get("Etag") == tag {
		t.Errorf("another page with the tag of the old one: %d, error %v", w.Code, err)
	}
	n.wantBody("/b", textPage, text)
	first, err := n.get("/b", textPage)
	n.touch("story:1")
	second, again := n.get("/b", textPage)
	if err != nil || again != nil || first.Header().Get("Etag") != second.Header().Get("Etag") {
		t.Error("a page rendered anew to the same bytes has another tag")
	}
}

func TestPolish(t *testing.T) {
	t.Parallel()
	n := newNode(t, testkit.DB(t), "a")
	length := func(accept, want string) int {
		t.Helper()
		got := ask(t, n, http.MethodGet, "Accept-Encoding", accept)
		if encoding := got.Header.Get("Content-Encoding"); encoding != want {
			t.Errorf("Accept-Encoding %s gave %q, want %q", accept, encoding, want)
		}
		return int(got.ContentLength)
	}
	length("br, gzip", "gzip")
	before := n.Stats().Bytes
	n.clock.Advance(2*time.Second - time.Millisecond)
	n.Polish(context.Background())
	length("br, gzip", "gzip")
	n.clock.Advance(time.Millisecond)
	n.Polish(context.Background())
	if gz, br := length("gzip", "gzip"), length("br, gzip", "br"); br >= gz || n.Stats().Bytes <= before {
		t.Errorf("brotli has %d bytes, gzip %d; in all %d, before %d", br, gz, n.Stats().Bytes, before)
	}
	if length("identity", "") != len(text) {
		t.Error("the page without compression has another length")
	}
	n.wantBody("/", textPage, text) // unpacked from gzip
	n.touch("story:1")
	n.Polish(context.Background()) // renders anew for the readers
	if got := n.Stats(); got.Renders != 2 {
		t.Errorf("stats %+v", got)
	}
	length("br, gzip", "gzip")
	if got := n.Stats(); got.Renders != 2 {
		t.Errorf("a reader waited for what Polish should have done: %+v", got)
	}
	n.wantBody("/short", newSource().render, "page 1")
	n.clock.Advance(time.Minute)
	n.Polish(context.Background())
	if w, err := n.get("/short", nil, "Accept-Encoding", "br, gzip"); err != nil || w.Header().Get("Content-Encoding") != "" {
		t.Errorf("a page of six bytes became %q, error %v", w.Header().Get("Content-Encoding"), err)
	}
}

// Polish is not a reader: what nobody asks for is left alone after an hour, however
// often it changes, and what fails is not tried each round.
func TestPolishKeepsWithinReason(t *testing.T) {
	t.Parallel()
	n := newNode(t, testkit.DB(t), "a")
	s := newSource("story:1")
	n.wantBody("/a", s.render, "page 1")
	for range 10 {
		n.touch("story:1")
		n.clock.Advance(20 * time.Minute)
		n.Polish(context.Background())
	}
	s.wantRenders(t, 3) // the first, and two within the hour
	n.wantBody("/a", s.render, "page 4")
	s.failing(io.ErrUnexpectedEOF)
	n.touch("story:1")
	n.clock.Advance(3 * time.Second)
	for range 30 { // twelve seconds
		n.Polish(context.Background())
		n.clock.Advance(keeper.Round)
	}
	s.wantRenders(t, 6)
	n.wantBody("/a", s.render, "page 4")
}

func TestFastLeavesTheRestToTheRoutes(t *testing.T) {
	t.Parallel()
	n := newNode(t, testkit.DB(t), "a")
	n.wantBody("/a/b", newSource("story:1").render, "page 1")
	for _, c := range []struct {
		method, target string
		want           bool
	}{
		{http.MethodGet, "/a/b", true},
		{http.MethodHead, "/a/b", true},
		{http.MethodGet, "/%61/b", false},
		{http.MethodGet, "/a/b?", true},
		{http.MethodGet, "/a/b?page=2", false},
		{http.MethodGet, "/a%2Fb", false},
		{http.MethodGet, "/A/b", false},
		{http.MethodGet, "/a/b/", false},
		{http.MethodGet, "//a/b", false},
		{http.MethodPost, "/a/b", false},
		{http.MethodPut, "/a/b", false},
		{http.MethodDelete, "/a/b", false},
		{http.MethodOptions, "/a/b", false},
		{"get", "/a/b", false},
	} {
		r := httptest.NewRequest(http.MethodGet, c.target, nil)
		r.Method = c.method
		w := httptest.NewRecorder()
		if got := n.Fast(w, r); got != c.want {
			t.Errorf("%s %s: %v, want %v", c.method, c.target, got, c.want)
		} else if !got && (w.Body.Len() > 0 || len(w.Header()) > 0) {
			t.Errorf("%s %s: not answered, but something was written", c.method, c.target)
		}
	}
	if hits := n.Stats().Hits; hits != 3 {
		t.Errorf("%d hits, want 3", hits)
	}
	n.touch("story:1")
	if n.Fast(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/a/b", nil)) {
		t.Error("a stale page was served")
	}
}

// FuzzServe asks for a page with any headers: the answer is always the page, in a
// coding that was asked for, or 304 with a tag that was sent.
func FuzzServe(f *testing.F) {
	for _, seed := range [][4]string{
		{"gzip, br", "", "", ""}, {"*;q=0", "gzip", "*", ""}, {"br;q=0.0", "identity", `W/"a", "b"`, `"`},
		{",;=q,", "\x00", `"-g9"`, "W/"}, {"gzip;q=1;x=y", "", `"tag-g9"`, `"tag", "tag-b11"`},
	} {
		f.Add(seed[0], seed[1], seed[2], seed[3])
	}
	n := polished(f)
	tag := ask(f, n, http.MethodGet).Header.Get("Etag")
	f.Fuzz(func(t *testing.T, accept, accept2, match, match2 string) {
		match = strings.ReplaceAll(match, "tag", strings.Trim(tag, `"`))
		match2 = strings.ReplaceAll(match2, "tag", strings.Trim(tag, `"`))
		got := ask(t, n, http.MethodGet, "Accept-Encoding", accept, "Accept-Encoding", accept2, "If-None-Match", match, "If-None-Match", match2)
		body, err := io.ReadAll(got.Body)
		if err != nil {
			t.Fatal(err)
		}
		sent := match + "," + match2
		switch got.StatusCode {
		case http.StatusNotModified:
			known := strings.Contains(sent, got.Header.Get("Etag")) || strings.Contains(sent, "*")
			if len(body) > 0 || !known || !strings.HasPrefix(got.Header.Get("Etag"), strings.TrimSuffix(tag, `"`)) {
				t.Errorf("304 with the tag %s and %d bytes to %q", got.Header.Get("Etag"), len(body), sent)
			}
		case http.StatusOK:
			encoding := got.Header.Get("Content-Encoding")
			asked := strings.ToLower(accept + "," + accept2)
			if encoding != "" && !strings.Contains(asked, encoding) && !strings.Contains(asked, "*") {
				t.Errorf("%q was answered in %s", asked, encoding)
			}
			if decoded(t, encoding, body) != text || got.Header.Get("Content-Length") != strconv.Itoa(len(body)) {
				t.Errorf("%d bytes in %q are not the page", len(body), encoding)
			}
		default:
			t.Errorf("status %d", got.StatusCode)
		}
	})
}

// TestABodyThatIsLent is written over as soon as the keeper has done with it.
func TestABodyThatIsLent(t *testing.T) {
	t.Parallel()
	n := newNode(t, testkit.DB(t), "a")
	for path, body := range map[string]string{"/short": "a few words", "/long": text} {
		lent := func(context.Context) (keeper.Page, error) {
			b := append(make([]byte, 0, len(body)), body...) // with no room to spare
			return keeper.Page{ContentType: "text/html; charset=utf-8", Body: b, Done: func() { clear(b) }}, nil
		}
		n.wantBody(path, lent, body)
		n.wantBody(path, lent, body)
	}
}
