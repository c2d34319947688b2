package loosexml_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"waypost/transfer/wxr/loosexml"
)

var limits = loosexml.Limits{TagBytes: 1000, Attrs: 8, Depth: 20}

// written gives the tokens in short: tags as names, texts joined, "|" around CDATA.
func written(d *loosexml.Decoder) (string, error) {
	var b strings.Builder
	for {
		tok, err := d.Next()
		if err != nil {
			return b.String(), err
		}
		switch tok.Kind {
		case loosexml.Start:
			b.WriteString("<" + tok.Name)
			for _, a := range tok.Attrs {
				fmt.Fprintf(&b, " %s=%q", a.Name, a.Value)
			}
			b.WriteString(">")
		case loosexml.End:
			b.WriteString("</" + tok.Name + ">")
		case loosexml.Text:
			b.Write(tok.Text)
		case loosexml.DataStart, loosexml.DataEnd:
			b.WriteString("|")
		case loosexml.StrayClose:
			b.WriteString("!")
		}
	}
}

func TestDecoder(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, want, breach string }{
		{`<a>b</a>`, `<a>b</a>`, ""},
		{`<?xml version="1.0" encoding="UTF-8" standalone="yes"?><a/>`, `<a></a>`, ""},
		{`<a b="1" c='&lt;"&#65;'/>`, `<a b="1" c="<\"A"></a>`, ""},
		{"<a>\r\nb\rc</a>", "<a>\nb\nc</a>", ""},
		{`<a><!-- - > < & --><?b c?>d</a>`, `<a>d</a>`, ""},
		{`<a><![CDATA[<b>&amp;]]]]><![CDATA[>]]></a>`, `<a>|<b>&amp;]]||>|</a>`, ""},
		{`<a>x > y ] ]] z</a>`, `<a>x > y ] ]] z</a>`, ""},
		{`<n:a xmlns:n="u" n:b=""><n:c/></n:a>`, `<n:a xmlns:n="u" n:b=""><n:c></n:c></n:a>`, ""},
		{`<ä>é 中 😀</ä>`, `<ä>é 中 😀</ä>`, ""},
		{`<a>b & c</a>`, `<a>b & c</a>`, "a bare & in the text: line 1, column 6"},
		{`<a>b &c=d</a>`, `<a>b &c=d</a>`, "a bare & in the text: line 1, column 7"},
		{`<a>&nbsp;&hellip;&bogus;&ampx;</a>`, "<a>\u00A0…&bogus;&ampx;</a>", "the unknown entity &nbsp;: line 1, column 9"},
		{`<a>&#1;&#xD800;&#99999999;&#;b</a>`, `<a>&#;b</a>`, "a reference to a character that XML does not allow: line 1, column 7"},
		{"<a>\n1 < 2</a>", "<a>\n1 < 2</a>", "a bare < in the text: line 2, column 3"},
		{`<a>1 <2 <b</a>`, `<a>1 <2 <b</a>`, "a bare < in the text: line 1, column 6"},
		{"<a>b\x00\x1Fc\uFFFEd</a>", `<a>bcd</a>`, "a control character: line 1, column 4"},
		{"<a>b\xFF\xC3</a>", "<a>b\uFFFD\uFFFD</a>", "bytes that are not UTF-8: line 1, column 4"},
		{`<a>b ]]> c</a>`, `<a>b ! c</a>`, "]]> without CDATA: line 1, column 7"},
		{"<a>\n<b></a>", "<a>\n<b></a>", "mismatched tag: </a> closes <b>: line 2, column 5"},
		{`<a></a></b>`, `<a></a></b>`, "</b> closes nothing: line 1, column 9"},
		{`<a></a><b/>`, `<a></a><b></b>`, "something after the end of the document: line 1, column 7"},
		{`x<a/>`, `x<a></a>`, "text outside of the document: line 1, column 0"},
		{`<a/><![CDATA[]]>`, `<a></a>||`, "CDATA outside of the document: line 1, column 4"},
		{" \n<?xml version='1.0'?><a/>", " \n<a></a>", "the XML declaration is not at the start: line 2, column 0"},
		{`<?xml encoding="UTF-8"?><a/>`, `<a></a>`, "the XML declaration is not right: line 1, column 0"},
		{`<a><!-- b -- c --></a>`, `<a></a>`, "-- inside a comment: line 1, column 10"},
		{`<a><!-- b`, `<a>`, "a comment without an end: line 1, column 3"},
		{`<a><?b`, `<a>`, "an instruction without an end: line 1, column 3"},
		{`<a><![CDATA[b`, `<a>|b`, "the file ends inside CDATA: line 1, column 13"},
		{`<a><b c="`, `<a><b c="`, "a tag without an end: line 1, column 3"},
		{`<a><`, `<a><`, "a tag without an end: line 1, column 3"},
		{"<a>\n", "<a>\n", "the file ends inside <a>: line 2, column 0"},
		{``, ``, "no element found: line 1, column 0"},
		{`<n:a/>`, `<n:a></n:a>`, "the prefix n is not declared: line 1, column 1"},
		{`<a><n:b xmlns:n="u"/><n:c/></a>`, `<a><n:b xmlns:n="u"></n:b><n:c></n:c></a>`, "the prefix n is not declared: line 1, column 22"},
		{`<a b="1" b="2"/>`, `<a b="1" b="2"></a>`, "the attribute b twice: line 1, column 1"},
		{`<a b c=d e="f"g='h'/>`, `<a b="" c="d" e="f" g="h"></a>`, "an attribute without a value: line 1, column 5"},
		{`<a b="x<y">z</a>`, `<a b="x<y">z</a>`, "a bare < in an attribute: line 1, column 7"},
		{`<a b="x>y</a>`, `<a b="x">y</a>`, "an attribute without quotes: line 1, column 5"},
		{"<a b='&x\x01\xFF'/>", "<a b=\"&x\uFFFD\"></a>", "a control character: line 1, column 8"},
		{`<a></a b>`, `<a></a>`, "an end tag that holds more than its name: line 1, column 7"},
		{`<a>]]</a>`, `<a>]]</a>`, ""},
	} {
		whole := loosexml.NewDecoder(strings.NewReader(c.in), limits, nil)
		got, err := written(whole)
		breach := ""
		if e := whole.Err(); e != nil {
			breach = e.Error()
		}
		if err != io.EOF || got != c.want || breach != c.breach {
			t.Errorf("%q:\ngot  %q %q (%v)\nwant %q %q", c.in, got, breach, err, c.want, c.breach)
		}
		slow := loosexml.NewDecoder(iotest.OneByteReader(strings.NewReader(c.in)), limits, nil)
		if again, _ := written(slow); again != got {
			t.Errorf("%q byte by byte: %q", c.in, again)
		}
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for _, in := range []string{
		`<!DOCTYPE a><a/>`,
		`<a><!doctype b></a>`,
		strings.Repeat("<a>", 21),
		`<a b="` + strings.Repeat("x", 1000) + `"/>`,
		`<a ` + strings.Repeat("b='' ", 9) + `/>`,
	} {
		_, err := written(loosexml.NewDecoder(strings.NewReader(in), limits, nil))
		_, doctype := errors.AsType[*loosexml.DoctypeError](err)
		_, limit := errors.AsType[*loosexml.LimitError](err)
		if !doctype && !limit {
			t.Errorf("%.40q: %v", in, err)
		}
	}
}

func TestEncodings(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ in, want, breach string }{
		"mark":             {"\uFEFF<a>é</a>", "<a>é</a>", ""},
		"latin":            {"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9</a>", "<a>é</a>", ""},
		"cyrillic":         {"<?xml version='1.0' encoding='windows-1251'?><a>\xEF</a>", "<a>п</a>", ""},
		"utf-16, little":   {"\xFF\xFE<\x00a\x00/\x00>\x00", "<a></a>", ""},
		"utf-16, big":      {"\xFE\xFF\x00<\x00a\x00/\x00>", "<a></a>", ""},
		"utf-16, unmarked": {"<\x00a\x00/\x00>\x00", "<a></a>", ""},
		"not what it says": {"<?xml version='1.0' encoding='UTF-16'?><a>é</a>", "<a>é</a>", "the encoding is declared as utf-16 and is not: line 1, column 0"},
		"never heard of":   {"<?xml version='1.0' encoding='x-runes'?><a>é</a>", "<a>é</a>", "the encoding x-runes is not known: line 1, column 0"},
	} {
		d := loosexml.NewDecoder(strings.NewReader(c.in), limits, nil)
		got, _ := written(d)
		breach := ""
		if e := d.Err(); e != nil {
			breach = e.Error()
		}
		if got != c.want || breach != c.breach {
			t.Errorf("%s: got %q %q", name, got, breach)
		}
	}
}

func TestReports(t *testing.T) {
	t.Parallel()
	var lines []int
	in := "<a>\n& &\n&\n<b></a>\n\x01"
	d := loosexml.NewDecoder(strings.NewReader(in), limits, func(e *loosexml.SyntaxError) { lines = append(lines, e.Line) })
	_, _ = written(d)
	if fmt.Sprint(lines) != "[2 3 5]" || d.Dropped() != 1 || d.Line() != 5 {
		t.Errorf("lines %v, dropped %d, line %d", lines, d.Dropped(), d.Line())
	}
}

// strict is the judgement of encoding/xml. It is milder than the standard: it knows
// nothing of undeclared prefixes, repeated attributes and much of what may stand
// outside of the root, so only its refusals say something.
func strict(in string) error {
	d := xml.NewDecoder(strings.NewReader(in))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	for {
		if _, err := d.RawToken(); err != nil {
			return err
		}
	}
}

// FuzzDecoder checks that reading never fails or stalls on what is only not
// well-formed, and that nothing is called well-formed that encoding/xml refuses.
func FuzzDecoder(f *testing.F) {
	for _, s := range []string{
		"<a>b</a>", "<a b='c'>&amp;&#65;<![CDATA[]]]]><![CDATA[>]]></a>", "<?xml version='1.0'?>\r\n<a/>", "<a><!----><?b?></a>",
		"<a>&</a>", "<a><b></a>", "<a b='<'>", "<a b=c d>", "\xFF\xFE<\x00", "<!DOCTYPE a>", "]]>", "<a\n", "</", "<a xmlns:b='c'><b:d/></a>",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		d := loosexml.NewDecoder(strings.NewReader(in), limits, nil)
		out, err := written(d)
		_, doctype := errors.AsType[*loosexml.DoctypeError](err)
		_, limit := errors.AsType[*loosexml.LimitError](err)
		if err != io.EOF && !doctype && !limit {
			t.Fatalf("%v", err)
		}
		if len(out) > 8*len(in)+100 {
			t.Fatalf("%d bytes became %d", len(in), len(out))
		}
		plain := !strings.Contains(in, "\x00") && !strings.Contains(in, "\xFE") && !strings.Contains(in, "\xFF") && !strings.Contains(in, "encoding") && !strings.HasPrefix(in, "\uFEFF")
		if err == io.EOF && d.Err() == nil && plain {
			if err := strict(in); err != io.EOF && !knownStricter(in, err) {
				t.Fatalf("well-formed for us, not for encoding/xml: %v", err)
			}
		}
	})
}

// knownStricter is where encoding/xml refuses what is let through here on purpose:
// letters beyond ASCII in names are not looked at one by one.
func knownStricter(in string, err error) bool {
	return strings.ContainsFunc(in, func(r rune) bool { return r > 0x7F }) && strings.Contains(err.Error(), "name")
}
