package occupations_test

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"waypost/internal/problem"
	"waypost/internal/testkit/cases"
	"waypost/paths/exchange/occupations"
)

const head = "uri,isco,code,label,alt_labels\n"

func load(t testing.TB, name string) occupations.List {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	list, err := occupations.Read(text)
	if err != nil {
		t.Fatal(name, err)
	}
	return list
}

// labels are the labels of what is found.
func labels(list occupations.List, typed string, n int) string {
	var all []string
	for _, o := range list.Find(typed, n) {
		all = append(all, o.Label)
	}
	return strings.Join(all, "; ")
}

func TestFind(t *testing.T) {
	t.Parallel()
	list := load(t, "testdata/own.csv")
	for typed, want := range map[string]string{
		"": "", " ,": "", "xyz": "",
		"museum": "Museum guide; museum curator; curator’s assistant", "MUS": "Museum guide; museum curator; curator’s assistant",
		"curator": "curator’s assistant; museum curator", "guide mus": "Museum guide", "cur mus": "museum curator",
		"keeper": "museum curator; archivist", "record keeper": "archivist",
		"gelatiere": "ice-cream maker", "zoë": "ice-cream maker", "ZOE\u0308": "ice-cream maker", "MAITRE": "ice-cream maker",
		"ice cream": "ice-cream maker", "cream ice": "ice-cream maker", "useum": "", "keeper record exhibition": "",
		"\xff\x00": "", strings.Repeat("museum ", 40): "Museum guide; museum curator; curator’s assistant",
	} {
		if got := labels(list, typed, 10); got != want {
			t.Errorf("%q: %q, expected %q", typed, got, want)
		}
	}
	if got := labels(list, "mus", 1); got != "Museum guide" {
		t.Errorf("one: %q", got)
	}
	if got := (occupations.List{}).Find("a", 3); got != nil {
		t.Errorf("an empty list: %v", got)
	}
	if o, ok := list.ByURI("http://example.org/occupation/2"); !ok || o.Group != "2621" || o.Code != "2621.2" || !slices.Equal(o.Others, []string{"record keeper"}) {
		t.Errorf("%+v", o)
	}
	if _, ok := list.Credit(); ok {
		t.Error("a list of one's own needs no credit")
	}
}

// TestClassification reads ESCO, where it is there, and otherwise a list as long.
func TestClassification(t *testing.T) {
	t.Parallel()
	outside := cases.Files(t, "fixtures/path/occupations", "esco-v1.1.1-occupations.csv")
	cases.Count(t, 1, len(outside))
	if list := long(t); list.Len() != 3007 || labels(list, "2999", 3) != "occupation 2999" {
		t.Errorf("%d; %s", list.Len(), labels(list, "2999", 3))
	}
	for _, name := range outside {
		list := load(t, name)
		if list.Len() != 3007 {
			t.Errorf("%d occupations", list.Len())
		}
		if credit, ok := list.Credit(); !ok || credit.Key != "exchange.occupations_credit" {
			t.Error("no credit")
		}
		for typed, want := range map[string]string{
			"technical dir": "technical director", "mail cl": "mail clerk", "vlogg": "vlogger", "greengrocer": "fruit and vegetables specialised seller",
			"video blogger": "vlogger", "wire draw": "metal drawing machine operator", "captain airline": "airline transport pilot",
		} {
			if got := list.Find(typed, 8); !slices.ContainsFunc(got, func(o occupations.Occupation) bool { return o.Label == want }) {
				t.Errorf("%q: %s, expected %s among them", typed, labels(list, typed, 8), want)
			}
		}
		if got := labels(list, "technical director", 1); got != "technical director" {
			t.Errorf("its own label finds %q first", got)
		}
	}
}

// long is a list as long as ESCO.
func long(t testing.TB) occupations.List {
	t.Helper()
	var b strings.Builder
	b.WriteString(head)
	for n := range 3007 {
		fmt.Fprintf(&b, "http://example.org/%d,%04d,,occupation %d,%s\n", n, n, n, strings.Repeat(fmt.Sprintf("another name %d of it|", n), 8))
	}
	list, err := occupations.Read([]byte(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestRefuses(t *testing.T) {
	t.Parallel()
	rows := func(text string) string { return head + "http://example.org/1,1,,a,\n" + text }
	for _, c := range []struct{ in, want, row string }{
		{"", "occupations_head", ""},
		{"uri,label\nhttp://example.org/1,a\n", "occupations_head", ""},
		{head + "\xff", "occupations_utf8", ""},
		{strings.Repeat(" ", occupations.MostBytes+1), "file_large", ""},
		{rows("no address,1,,b,\n"), "occupations_uri", "3"},
		{rows(",1,,b,\n"), "occupations_uri", "3"},
		{rows("http://example.org/1,1,,b,\n"), "document_twice", "3"},
		{rows("http://example.org/2,C12,,b,\n"), "occupations_group", "3"},
		{rows("http://example.org/2,12345,,b,\n"), "occupations_group", "3"},
		{rows("http://example.org/2,1,,,\n"), "document_missing", "3"},
		{rows("http://example.org/2\n"), "document_missing", "3"},
		{rows("http://example.org/2,1,," + strings.Repeat("b", 141) + ",\n"), "document_long", "3"},
		{rows("http://example.org/2,1,,b," + many(occupations.MostOthers+1) + "\n"), "document_many", "3"},
		{rows("http://example.org/2,1,,\"b\n"), "occupations_quotes", "3"},
	} {
		_, err := occupations.Read([]byte(c.in))
		var p *problem.Problem
		if !errors.As(err, &p) {
			t.Errorf("%.40q: %v", c.in, err)
			continue
		}
		key, row := p.Message.Key, ""
		if len(p.Fields) > 0 {
			key, row = p.Fields[0].Message.Key, p.Fields[0].Name
		}
		if strings.TrimPrefix(key, "exchange.") != c.want || row != c.row {
			t.Errorf("%.60q: %s in row %q, expected %s in %q", c.in, key, row, c.want, c.row)
		}
	}
	if list, err := occupations.Read([]byte("\xEF\xBB\xBFLabel,ALT_LABELS,isco,uri,more\na,b,1,http://example.org/1,x\n")); err != nil || labels(list, "b", 1) != "a" {
		t.Errorf("columns in another order: %v", err)
	}
}

func many(n int) string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprint("n", i))
	}
	return strings.Join(all, "|")
}

// FuzzRead reads anything as a table, and asks for anything in it.
func FuzzRead(f *testing.F) {
	f.Add([]byte(head+"http://example.org/1,1,,museum curator,keeper|\u0130stanbul\n"), "mus CUR")
	f.Add([]byte("\xEF\xBB\xBF"+head+"\"http://example.org/1\",,,\"a\n\"\"b\",|||\r\n"), "\u0301a")
	f.Fuzz(func(t *testing.T, in []byte, typed string) {
		list, err := occupations.Read(in)
		if err != nil {
			if problem.KindOf(err) == 0 {
				t.Errorf("an error that nobody can read: %v", err)
			}
			return
		}
		for _, o := range list.Find(typed, 10) {
			if o.Label == "" || !utf8.ValidString(o.Label) || o.URI == "" {
				t.Errorf("%+v", o)
			}
			if _, ok := list.ByURI(o.URI); !ok {
				t.Errorf("%+v is not found by its URI", o)
			}
		}
	})
}

func BenchmarkFind(b *testing.B) {
	list := long(b)
	for b.Loop() {
		list.Find("another na", 10)
	}
}

func BenchmarkRead(b *testing.B) {
	for b.Loop() {
		long(b)
	}
}
