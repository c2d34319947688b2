package outbound_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"os"
	"slices"
	"strings"
	"testing"

	"waypost/internal/outbound"
	"waypost/internal/testkit/cases"
)

func hello(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain")
	io.WriteString(w, "hello")
}

func TestFetch(t *testing.T) {
	t.Parallel()
	n := newNetwork(t, http.HandlerFunc(hello))
	for _, address := range []string{"http://public.test/", "http://public.test:443/x?y", "http://93.184.215.14/", "http://[::ffff:93.184.215.14]/"} {
		got, err := outbound.Fetch(t.Context(), n.client(t), address)
		if err != nil || string(got.Body) != "hello" || got.ContentType != "text/plain" || got.URL != address {
			t.Errorf("%s: %+v, %v", address, got, err)
		}
	}
	want := []netip.AddrPort{netip.AddrPortFrom(publicAddr, 80), netip.AddrPortFrom(publicAddr, 443)}
	for _, to := range n.dialled {
		if !slices.Contains(want, to) {
			t.Errorf("dialled %v", to)
		}
	}
	missing := newNetwork(t, http.NotFoundHandler())
	if _, err := outbound.Fetch(t.Context(), missing.client(t), "http://public.test/"); err == nil || !strings.Contains(err.Error(), "404") {
		t.Errorf("an answer of 404: %v", err)
	}
}

// refused are addresses that must not lead to a connection.
var refused = []string{
	"http://127.0.0.1/", "https://127.0.0.1/", "http://127.9.9.9/", "http://127.1/", "http://0x7f.1/", "http://017700000001/",
	"http://2130706433/", "http://localhost/", "http://LOCALHOST./", "http://anything.localhost/", "http://router/", "http://0/",
	"http://[::1]/", "http://[::]/", "http://[::ffff:10.0.0.1]/", "http://[::ffff:a9fe:a9fe]/", "http://[::10.0.0.1]/",
	"http://[64:ff9b::10.0.0.1]/", "http://[64:ff9b:1::1]/", "http://[2002:0a00:0001::1]/", "http://[2001:0:5db8:d70e::f5ff:fffe]/",
	"http://[fe80::1%25lo]/", "http://[fd00:ec2::254]/", "http://[ff02::1]/", "http://[3fff::1]/", "http://[2001:db8::1]/",
	"http://10.0.0.1/", "http://172.20.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/",
	"http://metadata.google.internal/", "http://100.100.100.200/", "http://255.255.255.255/", "http://①②⑦.⓪.⓪.①/",
	"http://public.test:22/", "http://public.test:8080/", "http://public.test:0/", "http://public.test:080/",
	"http://ann:pw@public.test/", "http://ann@public.test/", "http://public.test@127.0.0.1/", "http://127.0.0.1\\@public.test/",
	"ftp://public.test/", "file:///etc/passwd", "gopher://public.test/", "unix:///run/x", "//public.test/", "/etc/passwd", "",
	"http://", "http:///x", "http:public.test", "javascript:1", "data:,x", "http://public.test\r\nX: y/", "http://public.test\x00/",
}

func TestRefusedAddresses(t *testing.T) {
	t.Parallel()
	n := newNetwork(t, http.HandlerFunc(hello))
	client := n.client(t)
	outside := outsideCases(t)
	for _, address := range slices.Concat(refused, outside) {
		if got, err := outbound.Fetch(t.Context(), client, address); err == nil {
			t.Errorf("%q is fetched: %q", address, got.Body)
		}
	}
	if len(n.dialled) != 0 {
		t.Errorf("dialled %v", n.dialled)
	}
	cases.Count(t, len(refused), len(outside))
}

// outsideCases reads the addresses that an outside collection says to block. Of
// its scenarios it asks that there is a test here.
func outsideCases(t *testing.T) []string {
	t.Helper()
	covered := []string{
		"redirect", "redirect-loop", "rebinding", "multi-answer", "slow-body", "huge-body", "gzip-bomb",
		"oidc-picture", "import-asset", // a redirect and an address of the kinds above, by another way in
	}
	var addresses []string
	for _, name := range cases.Files(t, "fixtures/hostile", "ssrf.jsonl") {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(text) {
			var c struct{ URL, Scenario, Expect string }
			if err := json.Unmarshal(line, &c); err != nil {
				t.Fatal(err)
			}
			switch {
			case c.Scenario != "" && !slices.Contains(covered, c.Scenario):
				t.Errorf("no test for the scenario %q", c.Scenario)
			case c.Scenario == "" && c.Expect == "block":
				addresses = append(addresses, c.URL)
			}
		}
	}
	return addresses
}

func TestRealNetworkIsRefusedToo(t *testing.T) {
	t.Parallel()
	client := outbound.New(outbound.Options{})
	for _, address := range []string{"http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://169.254.169.254/"} {
		if _, err := outbound.Fetch(t.Context(), client, address); !errors.Is(err, outbound.ErrRefused) {
			t.Errorf("%s: %v, want ErrRefused", address, err)
		}
	}
}

func TestRedirects(t *testing.T) {
	t.Parallel()
	for _, target := range refused {
		if strings.HasPrefix(target, "/") || target == "" || strings.ContainsAny(target, "\r\n\x00") {
			continue // stays on the public host, or cannot be written in a header
		}
		if strings.HasPrefix(target, "//public.test") || strings.HasPrefix(target, "http:public") {
			continue // leads to the public host
		}
		var asked int
		n := newNetwork(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			asked++
			w.Header().Set("Location", target)
			w.WriteHeader(http.StatusFound)
		}))
		if got, err := outbound.Fetch(t.Context(), n.client(t), "http://public.test/"); err == nil || asked != 1 {
			t.Errorf("sent on to %q: %v, %v, public server asked %d times", target, got, err, asked)
		}
	}
}

func TestHopsAreCounted(t *testing.T) {
	t.Parallel()
	for hops := range 9 {
		var asked int
		n := newNetwork(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if asked++; asked <= hops {
				w.Header().Set("Set-Cookie", "a=b")
				w.Header().Set("Location", fmt.Sprintf("/%d", asked))
				w.WriteHeader(http.StatusFound)
				return
			}
			fmt.Fprintf(w, "%v%v%s", r.Header["Cookie"], r.Header["Referer"], r.UserAgent())
		}))
		got, err := outbound.Fetch(t.Context(), n.client(t), "http://public.test/")
		if hops < outbound.MaxHops && (err != nil || string(got.Body) != "[][]Waypost") {
			t.Errorf("sent on %d times: %q, %v", hops, got.Body, err)
		}
		if hops >= outbound.MaxHops && (!errors.Is(err, outbound.ErrRefused) || asked != outbound.MaxHops) {
			t.Errorf("sent on %d times: %v, asked %d times", hops, err, asked)
		}
	}
}

func TestNameThatChangesItsAddress(t *testing.T) {
	t.Parallel()
	n := newNetwork(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "close")
		hello(w, r)
	}))
	n.answers["rebind.test"] = [][]netip.Addr{{publicAddr}, {netip.MustParseAddr("127.0.0.1")}}
	client := n.client(t)
	if _, err := outbound.Fetch(t.Context(), client, "http://rebind.test/"); err != nil {
		t.Errorf("the first time: %v", err)
	}
	if n.lookUps != 1 {
		t.Errorf("the name is looked up %d times for one connection", n.lookUps)
	}
	if _, err := outbound.Fetch(t.Context(), client, "http://rebind.test/"); !errors.Is(err, outbound.ErrRefused) {
		t.Errorf("the second time: %v, want ErrRefused", err)
	}
}

func TestNameWithSeveralAddresses(t *testing.T) {
	t.Parallel()
	n := newNetwork(t, http.HandlerFunc(hello))
	private, dead := netip.MustParseAddr("10.0.0.1"), netip.MustParseAddr("192.31.196.1")
	n.answers["mixed.test"] = [][]netip.Addr{{private, dead, publicAddr}}
	n.answers["dead.test"] = [][]netip.Addr{{dead, private}}
	if _, err := outbound.Fetch(t.Context(), n.client(t), "http://mixed.test/"); err != nil {
		t.Errorf("mixed.test: %v", err)
	}
	if _, err := outbound.Fetch(t.Context(), n.client(t), "http://dead.test/"); err == nil {
		t.Error("dead.test is fetched")
	}
	if slices.Contains(n.dialled, netip.AddrPortFrom(private, 80)) {
		t.Error("the private address is dialled")
	}
}

func TestBodiesAreCapped(t *testing.T) {
	t.Parallel()
	squeezed := func(size int) []byte {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		w.Write(make([]byte, size))
		w.Close()
		return b.Bytes()
	}
	endless := func(w http.ResponseWriter) {
		line := make([]byte, 4096)
		for {
			if _, err := w.Write(line); err != nil {
				return
			}
		}
	}
	tests := []struct {
		name  string
		write func(http.ResponseWriter)
		size  int // of what is fetched; -1 when it is too large
	}{
		{"as much as is allowed", func(w http.ResponseWriter) { w.Write(make([]byte, outbound.MaxBytes)) }, outbound.MaxBytes},
		{"one more", func(w http.ResponseWriter) { w.Write(make([]byte, outbound.MaxBytes+1)) }, -1},
		{"endless", endless, -1},
		{"gzip", gzipped(squeezed(1000)), 1000},
		{"gzip as much as is allowed", gzipped(squeezed(outbound.MaxBytes)), outbound.MaxBytes},
		{"gzip bomb", gzipped(squeezed(10 << 20)), -1},
		{"empty", func(http.ResponseWriter) {}, 0},
	}
	for _, test := range tests {
		n := newNetwork(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { test.write(w) }))
		got, err := outbound.Fetch(t.Context(), n.client(t), "http://public.test/")
		switch {
		case test.size < 0 && !errors.Is(err, outbound.ErrTooLarge):
			t.Errorf("%s: %d bytes, %v, want ErrTooLarge", test.name, len(got.Body), err)
		case test.size >= 0 && (err != nil || len(got.Body) != test.size):
			t.Errorf("%s: %d bytes, %v, want %d", test.name, len(got.Body), err, test.size)
		}
	}
}

func gzipped(body []byte) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(body)
	}
}

// TestAskedForEncodings: a caller that asks for gzip itself would get around
// the count of decoded bytes.
func TestAskedForEncodings(t *testing.T) {
	t.Parallel()
	n := newNetwork(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, r.Header.Get("Accept-Encoding"))
	}))
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://public.test/", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept-Encoding", "br, zstd")
	answer, err := n.client(t).Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if got, _ := bufio.NewReader(answer.Body).ReadString('\n'); got != "gzip" {
		t.Errorf("Accept-Encoding: %q", got)
	}
	if request.Header.Get("Accept-Encoding") != "br, zstd" {
		t.Error("the caller's request is changed")
	}
}

func TestNoProxyFromEnvironment(t *testing.T) {
	n := newNetwork(t, http.HandlerFunc(hello))
	for _, name := range []string{"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"} {
		t.Setenv(name, "http://"+n.canary)
	}
	if _, err := outbound.Fetch(t.Context(), n.client(t), "http://public.test/"); err != nil {
		t.Error(err)
	}
}

// FuzzFetch fetches any address in a network where every name leads inside: no
// connection is made but to the public address.
func FuzzFetch(f *testing.F) {
	for _, address := range refused {
		f.Add(address)
	}
	n := newNetwork(f, http.HandlerFunc(hello))
	client := n.client(f)
	f.Fuzz(func(t *testing.T, address string) {
		outbound.Fetch(t.Context(), client, address)
		n.mu.Lock()
		defer n.mu.Unlock()
		for _, to := range n.dialled {
			if !outbound.Public(to.Addr()) || to.Port() != 80 && to.Port() != 443 {
				t.Errorf("%q leads to %v", address, to)
			}
		}
		n.dialled = nil
	})
}
