package markdown_test

import (
	"fmt"
	"strings"
	"testing"

	"waypost/internal/markdown"
	"waypost/internal/testkit/growth"
)

// costly are texts that ask for work with the square of their length from a parser that lets them.
var costly = []struct{ before, unit, middle, after string }{
	{unit: "[", middle: "a", after: "]"},
	{unit: "[a](<"},
	{unit: "*a_ "},
	{unit: "**x* "},
	{unit: "~~a "},
	{unit: `"`},
	{unit: "[^a]: "},
	{before: "[^a]: x\n\n", unit: "[^a] "},
	{unit: "[a]: /x\n"},
	{before: "[a]: /" + strings.Repeat("x", 2000) + "\n\n", unit: "[a] "},
	{unit: "> "},
	{unit: "- "},
	{unit: " www.a.bb"},
	{unit: "`a``b"},
	{unit: "</b><i><b>"},
	{unit: "<p><b>"},
	{before: "<a href=/" + strings.Repeat("x", 2000) + "><b><i><u>", unit: "<p>a"},
	{unit: "<figure><ul><li><figure><img src=https://a.example/b>"},
	{unit: "<table><td>"},
	{unit: "<div class=wp-caption>"},
	{unit: "<h2>a</h2>"},
	{unit: "<a id=x><a href=#x>"},
	{unit: "a<x>"},
	{unit: "<!--"},
}

func TestGrowthOfCost(t *testing.T) {
	const size = 32 << 10
	for name, render := range waysIn {
		for _, c := range costly {
			text := func(size int) string {
				n := (size - len(c.before)) / (len(c.unit) + len(c.after))
				return c.before + strings.Repeat(c.unit, n) + c.middle + strings.Repeat(c.after, n)
			}
			checkGrowth(t, fmt.Sprintf("%s of %q", name, c.unit), render, text(size), text(growth.Times*size))
		}
	}
}

func TestGrowthOfCostOfHostileLines(t *testing.T) {
	cases := readLines(t, "testdata/markdown.jsonl")
	own := len(cases)
	if path := outside("hostile", "slow-strings.jsonl"); path != "" {
		cases = append(cases, readLines(t, path)...)
	}
	t.Logf("%d own lines, %d outside lines", own, len(cases)-own)
	for name, render := range waysIn {
		for _, h := range cases {
			if h.Unit != "" {
				checkGrowth(t, fmt.Sprintf("%s of %q", name, h.Unit), render, h.text(1), h.text(growth.Times))
			}
		}
	}
}

func checkGrowth(t *testing.T, what string, render func(string, markdown.Options) markdown.Document, short, long string) {
	t.Helper()
	growth.Check(t, what,
		func() { render(short, markdown.Options{}) },
		func() { render(long, markdown.Options{}) })
}

// Output must not be many times longer than the text that asked for it.
func TestOutputGrowsWithLength(t *testing.T) {
	t.Parallel()
	wide := "|" + strings.Repeat("a|", 20_000) + "\n|" + strings.Repeat("-|", 20_000) + "\n" + strings.Repeat("x\n", 20_000)
	long := "[a]: /" + strings.Repeat("x", 200_000) + "\n\n" + strings.Repeat("[a]\n\n", 50_000)
	for name, source := range map[string]string{"wide table": wide, "long reference": long} {
		if d := markdown.Story(source, markdown.Options{}); len(d.HTML) > 20*len(source) {
			t.Errorf("%s: %d bytes of text became %d of HTML", name, len(source), len(d.HTML))
		}
	}
}

func TestDepthIsBounded(t *testing.T) {
	t.Parallel()
	var indented strings.Builder
	for i := range 300 {
		fmt.Fprintf(&indented, "%s- a\n", strings.Repeat("  ", i))
	}
	for name, source := range map[string]string{
		"quotations": strings.Repeat(">", 20_000) + "a", "lists": strings.Repeat("- ", 5_000) + "a",
		"indented lists": indented.String(), "emphasis": strings.Repeat("*", 900) + "a" + strings.Repeat("*", 900),
		"elements": strings.Repeat("<blockquote>", 20_000) + "a", "tables": strings.Repeat("<table><td>", 5_000),
	} {
		for way, render := range waysIn {
			d := render(source, site())
			checkSafe(t, source, d, "s-")
			deepest := 0
			for _, n := range fragment(t, d.HTML) {
				deepest = max(deepest, depth(n))
			}
			if deepest > 100 {
				t.Errorf("%s of %s: %d elements deep", way, name, deepest)
			}
		}
	}
}

func TestLongTextIsCut(t *testing.T) {
	t.Parallel()
	source := strings.Repeat("ä", markdown.MaxBytes/2+1)
	for name, render := range waysIn {
		d := render(source, markdown.Options{})
		if !d.Cut || strings.Contains(d.Text, "\uFFFD") || len(d.Text) > markdown.MaxBytes {
			t.Errorf("%s: cut %v, %d bytes of text", name, d.Cut, len(d.Text))
		}
		if d := render("short", markdown.Options{}); d.Cut {
			t.Errorf("%s: a short text is said to be cut", name)
		}
	}
}
