package markdown_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"waypost/internal/markdown"
)

// hostile is one line of a file of hostile texts.
type hostile struct {
	Payload, Value                string
	Unit, Mid, Close, Tail, Group string
	N                             int
}

// text returns the case, n times as long as written.
func (h hostile) text(n int) string {
	if h.Unit == "" {
		return h.Payload + h.Value
	}
	return strings.Repeat(h.Unit, h.N*n) + h.Mid + strings.Repeat(h.Close, h.N*n) + h.Tail
}

func readLines(t testing.TB, path string) []hostile {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var list []hostile
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var h hostile
		if err := json.Unmarshal(lines.Bytes(), &h); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		list = append(list, h)
	}
	if err := lines.Err(); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return list
}

// outside returns the path of a file of the outside cases, or "" if there are none.
func outside(elem ...string) string {
	dir := os.Getenv("WAYPOST_CASES")
	if dir == "" {
		return ""
	}
	return filepath.Join(append([]string{dir, "fixtures"}, elem...)...)
}

func corpus(t testing.TB) (own, others []string) {
	t.Helper()
	for _, name := range []string{"attacks", "markdown"} {
		for _, h := range readLines(t, filepath.Join("testdata", name+".jsonl")) {
			own = append(own, h.text(1))
		}
	}
	for _, name := range []string{
		"xss-html5sec", "xss-dompurify", "xss-payloadbox", "xss-patt", "strings", "markdown", "slow-strings",
	} {
		path := outside("hostile", name+".jsonl")
		if path == "" {
			continue
		}
		for _, h := range readLines(t, path) {
			others = append(others, h.text(1))
		}
	}
	return own, append(others, sanitiserCases(t)...)
}

func sanitiserCases(t testing.TB) []string {
	t.Helper()
	path := outside("html-sanitize", "feedparser-cases.json")
	if path == "" {
		return nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct{ Markup string }
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, c := range cases {
		list = append(list, c.Markup)
	}
	return list
}

func TestNothingHarmfulComesThrough(t *testing.T) {
	t.Parallel()
	own, others := corpus(t)
	t.Logf("%d own cases, %d outside cases, each in three ways", len(own), len(others))
	for name, render := range waysIn {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, source := range append(own[:len(own):len(own)], others...) {
				checkSafe(t, source, render(source, site()), "s-")
			}
		})
	}
}

// The own cases, and every eighth of the others, also stand inside other Markdown and HTML.
func TestNothingHarmfulComesThroughNested(t *testing.T) {
	t.Parallel()
	own, others := corpus(t)
	for i, source := range append(others, own...) {
		if len(source) > 2000 || i < len(others) && i%8 != 0 {
			continue
		}
		line := strings.ReplaceAll(source, "\n", " ")
		for _, s := range []string{
			"# " + line, "> - " + line, "|a|\n|-|\n|" + line + "|", "x[^1]\n\n[^1]: " + line,
			"![" + line + "](/media/a.jpg \"" + line + "\")",
		} {
			checkSafe(t, s, markdown.Story(s, site()), "s-")
		}
		for _, s := range []string{
			"<table><tr><td>" + source + "</td></tr></table>", "<figure>" + source + "<figcaption>" + source,
			"<a href='/x'>" + source + "</a>", "<ul>" + source, "<h2>" + source + "</h2>", "<pre>\n" + source, "<dl><dt>" + source,
			`<a href="` + source + `" title='` + source + `'>x</a>`, `<img src="` + source + `" alt="` + source + `">`,
		} {
			checkSafe(t, s, markdown.Imported(s, site()), "s-")
		}
	}
}
