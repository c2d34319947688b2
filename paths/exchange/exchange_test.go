package exchange_test

import (
	"maps"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"waypost/internal/partdate"
	"waypost/internal/testkit/found"
	"waypost/paths"
	"waypost/paths/exchange"
)

func day(t testing.TB, text string) partdate.Date {
	t.Helper()
	var d partdate.Date
	if err := d.UnmarshalText([]byte(text)); err != nil {
		t.Fatal(err)
	}
	return d
}

func stretch(t testing.TB, kind paths.Kind, organization, title, start, end string) exchange.Stretch {
	t.Helper()
	return exchange.Stretch{Kind: kind, Organization: organization, Title: title,
		Start: exchange.Date{Date: day(t, start)}, End: exchange.Date{Date: day(t, end)}}
}

func TestCleanTexts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, line, text string }{
		{"", "", ""},
		{"  a\t b \n c ", "a b c", "  a\t b\n c"},
		{"a\r\nb\rc\u2028d", "a b c d", "a\nb\nc\nd"},
		{"\n\na\n\n\n\nb\n\n", "a b", "a\n\nb"},
		{"cafe\u0301", "café", "café"},
		{"\x00a\u202eb\uFEFFc\x1b[31m", "abc[31m", "abc[31m"},
		{"a\xffb", "a\uFFFDb", "a\uFFFDb"},
		{"👩\u200D🔬", "👩\u200D🔬", "👩\u200D🔬"},
	} {
		if got, cut := exchange.Line(c.in, 100); got != c.line || cut {
			t.Errorf("line of %q: %q, expected %q", c.in, got, c.line)
		}
		if got, cut := exchange.Text(c.in, 100); got != c.text || cut {
			t.Errorf("text of %q: %q, expected %q", c.in, got, c.text)
		}
	}
	long, cut := exchange.Line(strings.Repeat("x", 8)+"e\u0323\u0302\u0304z", 10)
	if want := "xxxxxxxx…"; long != want || !cut {
		t.Errorf("cut as %q, expected %q: never through a letter and its marks", long, want)
	}
}

func TestLinks(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		" https://example.org/a?b=c ": "https://example.org/a?b=c", "http://example.org": "http://example.org",
		"": "", "example.org": "", "javascript:alert(1)": "", "ftp://example.org": "", "https://": "", "https://me:word@example.org": "",
		"https://example.org/" + strings.Repeat("x", 2000): "", "https://example.org/a b": "https://example.org/a%20b",
	} {
		if got := exchange.Link(in); got != want {
			t.Errorf("%q: %q, expected %q", in, got, want)
		}
	}
}

func TestFold(t *testing.T) {
	t.Parallel()
	for _, same := range [][]string{
		{"Café  Central", "cafe\u0301 central", "CAFE CENTRAL", " café\u00A0central "},
		{"Straße", "STRASSE", "strasse"},
		{"Łódź", "lodz"},
		{"ＡＣＭＥ", "acme"},
		{"Σίσυφος", "ΣΊΣΥΦΟΣ"},
		{"Ara", "ara"},
	} {
		for _, text := range same[1:] {
			if exchange.Fold(text) != exchange.Fold(same[0]) {
				t.Errorf("%q and %q are compared as %q and %q", same[0], text, exchange.Fold(same[0]), exchange.Fold(text))
			}
		}
	}
	if exchange.Fold("がくせい") == exchange.Fold("かくせい") {
		t.Error("a voiced letter is another letter")
	}
}

func TestDuplicates(t *testing.T) {
	t.Parallel()
	l := exchange.NewList("resume", day(t, "2026-03-01"))
	for _, s := range []exchange.Stretch{
		stretch(t, paths.Position, "ACME  Inc", "Clerk", "2019", ""),         // 1: have, with a month
		stretch(t, paths.Position, "Acme Inc", "Clerk", "2020-05", ""),       // 2: another year
		stretch(t, paths.Position, "Acme Inc", "Clerk", "2020", ""),          // 3: as 2
		stretch(t, paths.Position, "Other", "Clerk", "2019", ""),             // 4: another organization
		stretch(t, paths.Study, "Universite\u0301", "Art", "2012-10-01", ""), // 5: have
		stretch(t, paths.Study, "Université", "Art", "2012-11", ""),          // 6: another month
	} {
		l.AddStep(exchange.Place{}, s)
	}
	for _, m := range []exchange.Moment{
		{Kind: paths.Learned, Date: exchange.Date{Date: day(t, "2020")}, Text: "How to  listen"},   // 7: have
		{Kind: paths.Practice, Date: exchange.Date{Date: day(t, "2020")}, Text: "How to listen"},   // 8: another kind
		{Kind: paths.Learned, Date: exchange.Date{Date: day(t, "2021")}, Text: "How to listen"},    // 9: another date
		{Kind: paths.Learned, Skills: []string{"sql", "Go"}},                                       // 10: have, of another day
		{Kind: paths.Learned, Skills: []string{"SQL"}},                                             // 11
		{Kind: paths.Learned, Date: exchange.Date{Date: day(t, "2021-02")}, Text: "HOW TO LISTEN"}, // 12: as 9
	} {
		l.AddEntry(exchange.Place{}, m)
	}
	l.AddGoal(exchange.Place{}, "Run a library", "")
	l.AddGoal(exchange.Place{}, "", "because")
	have := paths.Path{
		Steps: []paths.Step{
			{Row: paths.Row{ID: "a"}, Kind: paths.Gig, Title: "clerk", Organization: "Acme Inc", Start: day(t, "2019-04")},
			{Row: paths.Row{ID: "b"}, Kind: paths.Study, Title: "ART", Organization: "Université", Start: day(t, "2012-10")},
		},
		Entries: []paths.Entry{
			{Row: paths.Row{ID: "c"}, Kind: paths.Learned, Date: day(t, "2020-01-31"), Text: "how to listen"},
			{Row: paths.Row{ID: "d"}, Kind: paths.Learned, Date: day(t, "2025-12-01"), Skills: []string{"GO", "SQL"}},
		},
		Goals: []paths.Goal{{Row: paths.Row{ID: "e"}, Title: "run a library"}},
	}
	found.Sound(t, l.Found())
	want := map[string]string{"1": "a", "3": "#2", "5": "b", "7": "c", "10": "d", "12": "#9", "13": "e"}
	if got := exchange.Duplicates(l.Found(), have); !maps.Equal(got, want) {
		t.Errorf("%v, expected %v", got, want)
	}
}

// TestDecisionsAgain tells decisions by the moment they were begun, or else by their days.
func TestDecisionsAgain(t *testing.T) {
	t.Parallel()
	began := time.Date(2026, 1, 9, 8, 0, 0, 0, time.UTC)
	of := func(id, copyOf string, made time.Time, decided string) paths.Decision {
		d := paths.Decision{Row: paths.Row{ID: id, Made: made}, Question: "Stay?", CopyOf: copyOf}
		if decided != "" {
			d.Decided = day(t, decided)
		}
		return d
	}
	have := paths.Path{Decisions: []paths.Decision{of("a", "", began, "2026-02-01")}}
	list := []paths.Decision{
		of("1", "", began.In(time.FixedZone("", 3600)), ""),     // begun then, and still open
		of("2", "", began.Add(time.Second), "2026-02-01"),       // asked once more
		of("3", "", time.Time{}, "2026-02"),                     // written by hand
		of("4", "", time.Time{}, "2025"),                        // of another year
		of("5", "4", time.Time{}, ""),                           // reopened
		{Row: paths.Row{ID: "6", Made: began}, Question: "Go?"}, // another question
	}
	var all exchange.Found
	for i := range list {
		all.Items = append(all.Items, exchange.Item{ID: list[i].ID, Decision: &list[i]})
	}
	if got, want := exchange.Duplicates(all, have), (map[string]string{"1": "a", "3": "a"}); !maps.Equal(got, want) {
		t.Errorf("%v, expected %v", got, want)
	}
}

func TestRoles(t *testing.T) {
	t.Parallel()
	l := exchange.NewList("resume", day(t, "2026-03-01"))
	first := l.AddStep(exchange.Place{Row: 1}, stretch(t, paths.Position, "Acme", "Lead", "2020-01-06", "2021-01"))
	l.AddEntry(exchange.Place{Row: 1}, exchange.Moment{Kind: paths.Practice, Step: first, Text: "Led"})
	l.AddStep(exchange.Place{Row: 2}, stretch(t, paths.Volunteering, "Acme", "Helper", "2020", ""))
	second := l.AddStep(exchange.Place{Row: 3}, stretch(t, paths.Position, "ACME", "Clerk", "2018", "2019"))
	l.AddEntry(exchange.Place{Row: 3}, exchange.Moment{Kind: paths.Practice, Step: second, Text: "Filed"})
	l.AddStep(exchange.Place{Row: 4}, stretch(t, paths.Position, "Acme", "Again", "2023", ""))
	l.AddStep(exchange.Place{Row: 5}, stretch(t, paths.Position, "Bakery", "Baker", "2014-01-01", "2014-03-01"))
	l.AddStep(exchange.Place{Row: 6}, stretch(t, paths.Position, "Bakery", "Master", "2014-03-09", "2015")) // eight days later
	l.AddStep(exchange.Place{Row: 7}, stretch(t, paths.Position, "Quarry", "Hand", "2014-01-01", "2014-03-01"))
	l.AddStep(exchange.Place{Row: 8}, stretch(t, paths.Position, "Quarry", "Foreman", "2014-03-08", "2015")) // seven
	l.NestRoles()
	const want = `1 position title="Acme" organization="Acme" 2018/2021-01 (note_roles count=2) @:1
2 position in="1" title="Lead" organization="Acme" 2020-01-06/2021-01 @:1
3 practice in="2" 2020-01-06 text="Led" @:1
4 volunteering title="Helper" organization="Acme" 2020/ @:2
5 position in="1" title="Clerk" organization="ACME" 2018/2019 @:3
6 practice in="5" 2018 text="Filed" @:3
7 position title="Again" organization="Acme" 2023/ @:4
8 position title="Baker" organization="Bakery" 2014-01-01/2014-03-01 @:5
9 position title="Master" organization="Bakery" 2014-03-09/2015 @:6
10 position title="Quarry" organization="Quarry" 2014-01-01/2015 (note_roles count=2) @:7
11 position in="10" title="Hand" organization="Quarry" 2014-01-01/2014-03-01 @:7
12 position in="10" title="Foreman" organization="Quarry" 2014-03-08/2015 @:8
`
	found.Sound(t, l.Found())
	if got := found.Lines(l.Found()); got != want {
		t.Errorf("%s\nexpected:\n%s", got, want)
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	l := exchange.NewList("resume", day(t, "2026-03-01"))
	for range exchange.MostItems + exchange.MostSkipped + 7 {
		l.AddStep(exchange.Place{}, stretch(t, paths.Position, strings.Repeat("o", 200), strings.Repeat("ü", 141), "2019", ""))
	}
	f := l.Found()
	found.Sound(t, f)
	if len(f.Items) != exchange.MostItems || f.More != 7 || f.Skipped[0].Why.Key != "exchange.skipped_full" {
		t.Errorf("%d items, %d more, %+v", len(f.Items), f.More, f.Skipped[0])
	}
	if s := f.Items[0]; len(s.Notes) != 1 || s.Notes[0].Key != "exchange.note_cut" || utf8.RuneCountInString(s.Step.Title) != exchange.MostTitle {
		t.Errorf("a long title: %+v", s)
	}
}

// FuzzTexts asks that what was cleaned is clean, and stays as it is when cleaned again.
func FuzzTexts(f *testing.F) {
	for _, seed := range []string{"", "a\u0301\u0323", "\xff\x00\r\n\t", "\u202e\uFEFF\u2028", strings.Repeat("ﷺ", 20), "👩\u200D🔬👩\u200D🔬", "\u1100\u1161\u11a8", "\u0344\u0958"} {
		f.Add(seed, 10)
	}
	f.Fuzz(func(t *testing.T, text string, most int) {
		most = max(most%5000, 1)
		line, _ := exchange.Line(text, most)
		whole, _ := exchange.Text(text, most)
		list := exchange.NewList("resume", day(t, "2026-03-01"))
		list.AddStep(exchange.Place{}, stretch(t, paths.Gig, line, text, "2019", ""))
		list.AddEntry(exchange.Place{}, exchange.Moment{Kind: paths.Learned, Text: text, Skills: []string{text, line}, Evidence: text})
		found.Sound(t, list.Found())
		if again, cut := exchange.Line(line, most); again != line || cut {
			t.Errorf("%q is cleaned to %q, and that to %q", text, line, again)
		}
		if again, cut := exchange.Text(whole, most); again != whole || cut {
			t.Errorf("%q is cleaned to %q, and that to %q", text, whole, again)
		}
		if once := exchange.Fold(text); exchange.Fold(once) != once {
			t.Errorf("%q is folded to %q, and that to %q", text, once, exchange.Fold(once))
		}
	})
}
