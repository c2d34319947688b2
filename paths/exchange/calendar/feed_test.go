package calendar_test

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ical "github.com/arran4/golang-ical"

	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/paths/exchange/calendar"
)

func day(t testing.TB, text string) partdate.Date {
	t.Helper()
	d, err := partdate.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func german(m problem.Message) string {
	return map[string]string{"exchange.feed_checkin": "Check-in ist fällig", "exchange.feed_review": "Rückblick; heute, und zwar " + strings.Repeat("über lange Zeilen ", 5)}[m.Key]
}

func TestFeed(t *testing.T) {
	t.Parallel()
	due := []calendar.Due{
		{ID: "step-secret", What: calendar.Review, Day: day(t, "2026-04-01")},
		{ID: "step-secret 2026-03-08", What: calendar.CheckIn, Day: day(t, "2026-03-08")},
		{ID: "step-secret 2026-03-08", What: calendar.CheckIn, Day: day(t, "2026-03-09")},
		{ID: "vague", What: calendar.Review, Day: day(t, "2026-05")},
	}
	stamp := time.Date(2026, 3, 1, 8, 0, 0, 0, time.FixedZone("", 3600))
	out := calendar.Feed("Weg, öffentlich\\nein", due, german, stamp)
	if want := load(t, "testdata/feed.ics"); string(out) != strings.ReplaceAll(want, "\n", "\r\n") {
		t.Errorf("%s\nexpected:\n%s", out, want)
	}
	if !bytes.Equal(out, calendar.Feed("Weg, öffentlich\\nein", due, german, stamp)) {
		t.Error("the same feed is written in other bytes")
	}
	soundFeed(t, out, 2)
	due[0].Day = day(t, "2026-06-01")
	moved := calendar.Feed("Weg", due, german, stamp)
	for _, line := range strings.Split(string(out), "\r\n") {
		if strings.HasPrefix(line, "UID:") && !strings.Contains(string(moved), line) {
			t.Errorf("%s has another UID when its day moves", line)
		}
	}
	if bytes.Contains(out, []byte("secret")) {
		t.Error("an ID is in the feed")
	}
	soundFeed(t, calendar.Feed("", nil, german, stamp), 0)
}

// soundFeed reads a feed by a reader that nobody here wrote, and looks at each line.
func soundFeed(t *testing.T, feed []byte, events int) {
	t.Helper()
	read, err := ical.ParseCalendar(bytes.NewReader(feed))
	if err != nil {
		t.Fatalf("%v in %s", err, feed)
	}
	if len(read.Events()) != events {
		t.Errorf("%d events, expected %d", len(read.Events()), events)
	}
	for _, e := range read.Events() {
		summary := e.GetProperty(ical.ComponentPropertySummary).Value
		if !strings.HasPrefix(summary, "Check-in") && !strings.HasPrefix(summary, "Rückblick; heute, und") {
			t.Errorf("an event is called %q", summary)
		}
		if _, err := e.GetAllDayStartAt(); err != nil {
			t.Error(err)
		}
		for _, p := range e.Properties {
			switch p.IANAToken {
			case "UID", "DTSTAMP", "DTSTART", "SUMMARY", "CLASS", "TRANSP":
			default:
				t.Errorf("an event has %s", p.IANAToken)
			}
		}
	}
	whole := string(feed)
	if strings.Count(whole, "\n") != strings.Count(whole, "\r\n") || !strings.HasSuffix(whole, "\r\n") {
		t.Error("a line does not end in CRLF")
	}
	for line := range strings.SplitSeq(whole, "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) {
			t.Errorf("a line of %d octets, or a character is cut: %q", len(line), line)
		}
	}
}

// FuzzFeed writes anything as a title: it stays one title of one event.
func FuzzFeed(f *testing.F) {
	for _, seed := range []string{"", "a,b;c\\n", strings.Repeat("ü", 80), "x\r\nEND:VEVENT\r\nBEGIN:VEVENT", "\xff\u2028" + strings.Repeat("𝄞", 40)} {
		f.Add(seed, seed)
	}
	f.Fuzz(func(t *testing.T, name, title string) {
		due := []calendar.Due{{ID: title, What: calendar.CheckIn, Day: day(t, "2025-03-08")}}
		out := calendar.Feed(name, due, func(problem.Message) string { return title }, now)
		for line := range strings.SplitSeq(string(out), "\r\n") {
			if len(line) > 75 || strings.ContainsAny(line, "\r\n") || !utf8.ValidString(line) {
				t.Errorf("line %q", line)
			}
		}
		if read, err := ical.ParseCalendar(bytes.NewReader(out)); err != nil || len(read.Events()) != 1 {
			t.Errorf("%v in %s", err, out)
		}
	})
}
