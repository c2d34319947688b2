package mail_test

import (
	"bufio"
	"encoding/json"
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"waypost/internal/mail"
	"waypost/internal/testkit/cases"
)

// addressCase is a line of testdata/addresses.jsonl and of outside cases.
type addressCase struct {
	ID     int
	Value  string
	Expect string
}

func readCases[T any](t *testing.T, path string) []T {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var list []T
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var c T
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		list = append(list, c)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

// punycode is what the case "ok-same-as-punycode" is the same as.
const punycode = "a@xn--mnchen-3ya.example"

func TestAddresses(t *testing.T) {
	t.Parallel()
	own := readCases[addressCase](t, "testdata/addresses.jsonl")
	var outside []addressCase
	if dir, ok := cases.Dir(t, "fixtures/hostile"); ok {
		outside = readCases[addressCase](t, filepath.Join(dir, "emails.jsonl"))
	}
	cases.Count(t, len(own), len(outside))
	checkAddresses(t, own)
	checkAddresses(t, outside)
}

func checkAddresses(t *testing.T, list []addressCase) {
	t.Helper()
	for _, c := range list {
		a, err := mail.ParseAddress(c.Value)
		if err == nil && a.String() != c.Value {
			t.Errorf("%q was corrected to %q", c.Value, a)
		}
		same := func(other string) bool {
			b, otherErr := mail.ParseAddress(other)
			return err == nil && otherErr == nil && a.Key() == b.Key()
		}
		other, never := strings.CutPrefix(c.Expect, "never-equal-")
		switch {
		case c.Expect == "decide":
		case c.Expect == "reject":
			if err == nil {
				t.Errorf("%q was taken", c.Value)
			}
		case never:
			if same(other) {
				t.Errorf("%q passes for %q", c.Value, other)
			}
		case err != nil:
			t.Errorf("%q was refused", c.Value)
		case c.Expect == "ok-same-as-1" && !same(list[0].Value), c.Expect == "ok-same-as-punycode" && !same(punycode):
			t.Errorf("%q: the key is %q", c.Value, a.Key())
		case c.Expect == "ok-distinct" && same("admin@b.example"):
			t.Errorf("%q passes for another", c.Value)
		}
	}
}

// TestAddressesOfIsemail runs the diagnoses of a well-known collection: what it calls
// valid is taken, what it calls an error is refused, and what is valid in old mail or in
// special places alone is ours to decide.
func TestAddressesOfIsemail(t *testing.T) {
	t.Parallel()
	dir, ok := cases.Dir(t, "fixtures/email-addresses")
	if !ok {
		cases.Count(t, 0, 0)
		return
	}
	text, err := os.ReadFile(filepath.Join(dir, "tests.xml"))
	if err != nil {
		t.Fatal(err)
	}
	var tests struct {
		Test []struct {
			Address  string `xml:"address"`
			Category string `xml:"category"`
		} `xml:"test"`
	}
	if err := xml.Unmarshal(text, &tests); err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, c := range tests.Test {
		c.Address = strings.Map(control, c.Address)
		a, err := mail.ParseAddress(c.Address)
		switch c.Category {
		case "ISEMAIL_ERR":
			ran++
			if err == nil {
				t.Errorf("%q was taken", c.Address)
			}
		case "ISEMAIL_VALID_CATEGORY", "ISEMAIL_DNSWARN":
			ran++
			if err != nil && !decidedAgainst(c.Address) {
				t.Errorf("%q was refused", c.Address)
			}
		}
		if err == nil && a.String() != c.Address {
			t.Errorf("%q was corrected to %q", c.Address, a)
		}
	}
	cases.Count(t, 0, ran)
}

// control is the control character that a symbol of the collection stands for.
func control(r rune) rune {
	if r >= 0x2400 && r < 0x2420 {
		return r - 0x2400
	}
	return r
}

// decidedAgainst are addresses that no public server takes: without a dot or with one
// letter behind it, quoted, or by number.
func decidedAgainst(address string) bool {
	domain := address[strings.LastIndexByte(address, '@')+1:]
	top := domain[strings.LastIndexByte(domain, '.')+1:]
	return !strings.Contains(domain, ".") || len(top) < 2 || strings.Trim(top, "0123456789") == "" || strings.ContainsAny(address, `"[`)
}

func FuzzParseAddress(f *testing.F) {
	for _, seed := range []string{"a@b.example", "ä+x@münchen.example", "a@xn--mnchen-3ya.example", "\u212aate@b.example", "\u037e@b.example", "a@b\u3002example", "İ@b.example"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a, err := mail.ParseAddress(text)
		if err != nil {
			return
		}
		if a.String() != text {
			t.Errorf("%q was corrected to %q", text, a)
		}
		if strings.ContainsAny(text, "\r\n\x00 <>,;:\"()[]\\") {
			t.Errorf("%q was taken", text)
		}
		again, err := mail.ParseAddress(a.Key())
		if err != nil || again.Key() != a.Key() {
			t.Errorf("the key %q of %q is no address with that key: %q, %v", a.Key(), text, again.Key(), err)
		}
	})
}
