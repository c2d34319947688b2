package calendar_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"waypost/internal/problem"
	"waypost/internal/testkit/cases"
	"waypost/internal/testkit/found"
	"waypost/paths/exchange"
	"waypost/paths/exchange/calendar"
)

var now = time.Date(2025, 11, 16, 12, 0, 0, 0, time.UTC)

func berlin(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func read(t testing.TB, text string) (exchange.Found, error) {
	t.Helper()
	return calendar.Read([]byte(text), now, berlin(t))
}

func load(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestCalendar compares what is found in a whole calendar with what was read in it by eye,
// with line ends of both kinds.
func TestCalendar(t *testing.T) {
	t.Parallel()
	text := load(t, "testdata/own.ics")
	for _, in := range []string{text, "\uFEFF" + strings.ReplaceAll(text, "\n", "\r\n")} {
		list, err := read(t, in)
		if err != nil {
			t.Fatal(err)
		}
		found.Sound(t, list)
		got := found.Lines(list)
		if want := load(t, "testdata/own.txt"); got != want {
			t.Errorf("%s\nexpected:\n%s", got, want)
		}
		if strings.Contains(got, "PRIVATE") || strings.Contains(got, "private") {
			t.Error("more was taken than a title, a day and how long it was")
		}
	}
}

func event(lines string) string {
	return "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\n" + lines + "\nEND:VEVENT\nEND:VCALENDAR\n"
}

func TestTimes(t *testing.T) {
	t.Parallel()
	for lines, want := range map[string]string{
		"DTSTART:20250302T090000\nDTEND:20250302T080000":                                       `1 event 2025-03-02 text="x" @:2`,
		"DTSTART:20250302T0900\nDURATION:P1DT2H":                                               `1 event 2025-03-02 text="x" (note_days) @:2`,
		"DTSTART:20250302T090000\nDURATION:PT90M":                                              `1 event 2025-03-02 text="x" minutes="90" @:2`,
		"DTSTART:20250302T090000\nDURATION:P1W2":                                               `1 event 2025-03-02 text="x" @:2`,
		"DTSTART;TZID=Europe/Berlin:20250330T013000\nDTEND;TZID=Europe/Berlin:20250330T033000": `1 event 2025-03-30 text="x" minutes="60" @:2`, // the clock was put forward
		"DTSTART;TZID=America/New_York:20251115T230000":                                        `1 event 2025-11-15 text="x" @:2`,
		"DTSTART;TZID=Nowhere/Land:20251115T230000":                                            `1 event 2025-11-15 text="x" @:2`,
		"DTSTART;TZID=../../etc/passwd:20251115T230000":                                        `1 event 2025-11-15 text="x" @:2`,
		"dtstart;value=date:20251116":                                                          `1 event 2025-11-16 text="x" @:2`,
		"DTSTART;VALUE=DATE:20251117":                                                          `skipped : skipped_future count=1`,
		"DTSTART:20251116T115959Z":                                                             `1 event 2025-11-16 text="x" @:2`,
		"DTSTART:20251116T120001Z":                                                             `skipped : skipped_future count=1`,
		"DTSTART:20250230T090000":                                                              `skipped :2: skipped_date title=x date=20250230T090000`,
		"DTSTART:20251115T250000":                                                              `skipped :2: skipped_date title=x date=20251115T250000`,
		"DTSTART:20251115\nRRULE:FREQ=DAILY;COUNT=9":                                           "1 event 2025-11-15 text=\"x\" @:2\n2 event 2025-11-16 text=\"x\" @:2",
		"DTSTART:20251115\nRRULE:FREQ=DAILY;UNTIL=20251115":                                    `1 event 2025-11-15 text="x" @:2`,
		"DTSTART:20251115\nRRULE:FREQ=DAILY;BYMONTH=13":                                        "1 event 2025-11-15 text=\"x\" @:2\nskipped :2: skipped_rule title=x rule=FREQ=DAILY;BYMONTH=13",
		"DTSTART:20240101\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30":                           `1 event 2024-01-01 text="x" @:2`,
		"DTSTART:20251114\nRDATE:20251116,20251115\nRDATE;VALUE=PERIOD:20251113T100000Z/PT1H":  "1 event 2025-11-13 text=\"x\" @:2\n2 event 2025-11-14 text=\"x\" @:2\n3 event 2025-11-15 text=\"x\" @:2\n4 event 2025-11-16 text=\"x\" @:2",
		"DTSTART:20251114T100000\nRRULE:FREQ=DAILY\nEXDATE;VALUE=DATE:20251115":                "1 event 2025-11-14 text=\"x\" @:2\n2 event 2025-11-16 text=\"x\" @:2",
	} {
		list, err := read(t, event(lines))
		if err != nil {
			t.Errorf("%q: %v", lines, err)
			continue
		}
		found.Sound(t, list)
		if got := strings.TrimSpace(found.Lines(list)); got != want {
			t.Errorf("%q:\n%s\nexpected:\n%s", lines, got, want)
		}
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "exchange.calendar_other", "BEGIN:VCARD\nEND:VCARD\n": "exchange.calendar_other", "{}": "exchange.calendar_other",
		strings.Repeat("x", calendar.MostBytes+1): "exchange.file_large",
	} {
		_, err := read(t, text)
		var p *problem.Problem
		if !errors.As(err, &p) || p.Message.Key != want {
			t.Errorf("%.30q: %v, expected %s", text, err, want)
		}
	}
	list, err := read(t, event("DTSTART:20201001T100000Z\nRRULE:FREQ=DAILY"))
	if err != nil || len(list.Items) != calendar.MostRepeats || list.Items[calendar.MostRepeats-1].Entry.Date.String() != "2025-11-16" || list.Skipped[0].Why.Key != "exchange.skipped_repeats" {
		t.Errorf("%d of an event of each day; %+v; %v", len(list.Items), list.Skipped, err)
	}
	var many strings.Builder
	many.WriteString("BEGIN:VCALENDAR\n")
	for n := range calendar.MostEvents + 5 { // each repeats for ever since long ago
		fmt.Fprintf(&many, "BEGIN:VEVENT\nUID:%d\nSUMMARY:%d\nDTSTART:19000101\nRRULE:FREQ=YEARLY;BYMONTHDAY=30;BYMONTH=2\nEND:VEVENT\n", n, n)
	}
	list, err = read(t, many.String())
	if err != nil || len(list.Items) != exchange.MostItems {
		t.Errorf("%d items, %v", len(list.Items), err)
	}
	found.Sound(t, list)
	if list.Skipped[0].Why.Key != "exchange.skipped_events" || list.Skipped[1].Why.Key != "exchange.skipped_many_rules" {
		t.Errorf("%+v", list.Skipped[:2])
	}
}

// TestOutsideCalendars reads calendars of many programs, sound and broken ones.
func TestOutsideCalendars(t *testing.T) {
	t.Parallel()
	outside := 0
	for _, folder := range []string{"icaljs", "libical", "plone", "recurring"} {
		for _, name := range cases.Files(t, "fixtures/icalendar/"+folder, "*.ics") {
			outside++
			list, err := read(t, load(t, name))
			if err != nil && problem.KindOf(err) == 0 {
				t.Errorf("%s: %v", name, err)
			}
			found.Sound(t, list)
		}
	}
	cases.Count(t, 0, outside)
}

// FuzzRead reads anything as a calendar.
func FuzzRead(f *testing.F) {
	f.Add(load(f, "testdata/own.ics"))
	f.Add(event("DTSTART:20240101T000000\nRRULE:FREQ=MONTHLY;BYDAY=-1FR,2MO;BYSETPOS=1,-1;WKST=SU;COUNT=30\nEXDATE:20240102"))
	f.Add(event("DTSTART;TZID=\"a;b\":00010101T000000\r\n \tRRULE:FREQ=YEARLY;BYWEEKNO=-1,53;BYYEARDAY=366,-366\nDURATION:-P9999999W"))
	f.Fuzz(func(t *testing.T, text string) {
		list, err := read(t, text)
		if err != nil {
			if problem.KindOf(err) == 0 {
				t.Errorf("an error that nobody can read: %v", err)
			}
			return
		}
		found.Sound(t, list)
		for _, i := range list.Items {
			if i.Entry.Minutes > 24*60 || int(i.Entry.Date.First()) > int(now.Unix()/86400)+1 {
				t.Errorf("an event of %d minutes on %s", i.Entry.Minutes, i.Entry.Date)
			}
		}
	})
}
