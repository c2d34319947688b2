package calendar_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"waypost/internal/testkit/cases"
	"waypost/internal/testkit/found"
	"waypost/paths/exchange/calendar"
)

// vector is a rule with the times at which it has something happen.
type vector struct{ name, rule, start, instances string }

func vectorsOf(t *testing.T, name string) (all []vector) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for block := range strings.SplitSeq(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n\n") {
		var v vector
		for line := range strings.Lines(block) {
			key, value, _ := strings.Cut(strings.TrimSpace(line), ":")
			switch {
			case strings.HasPrefix(line, "#"):
				v.name = strings.TrimSpace(line)
			case key == "RRULE":
				v.rule = value
			case key == "DTSTART":
				v.start = value
			case key == "INSTANCES":
				v.instances = value
			case key == "START-AT": // of another question
				v.rule = ""
			}
		}
		if v.rule != "" && v.instances != "" {
			all = append(all, v)
		}
	}
	return all
}

// TestRules compares when something repeats with lists made elsewhere. Rules that repeat
// within a day are known by the word that they are not followed.
func TestRules(t *testing.T) {
	t.Parallel()
	own := vectorsOf(t, "testdata/rules.txt")
	var outside []vector
	for _, name := range cases.Files(t, "fixtures/icalendar/recurrence-vectors", "*.txt") {
		outside = append(outside, vectorsOf(t, name)...)
	}
	cases.Count(t, len(own), len(outside))
	notFollowed := 0
	for _, v := range slices.Concat(own, outside) {
		days := slices.Collect(strings.SplitSeq(v.instances, ","))
		last, err := time.Parse("20060102", days[len(days)-1][:8])
		if err != nil {
			t.Fatal(v, err)
		}
		list, err := calendar.Read([]byte("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:"+v.start+"\nRRULE:"+v.rule+"\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR\n"), last.Add(25*time.Hour), time.UTC)
		if err != nil {
			t.Fatal(v, err)
		}
		found.Sound(t, list)
		if slices.ContainsFunc([]string{"HOURLY", "MINUTELY", "SECONDLY", "BYHOUR", "BYMINUTE"}, func(word string) bool { return strings.Contains(v.rule, word) }) && strings.Contains(v.start, "T") {
			notFollowed++
			if len(list.Items) != 1 || len(list.Skipped) != 1 || list.Skipped[0].Why.Key != "exchange.skipped_rule" {
				t.Errorf("%s: %s", v.name, found.Lines(list))
			}
			continue
		}
		var got, want []string
		for _, i := range list.Items {
			got = append(got, strings.ReplaceAll(i.Entry.Date.String(), "-", ""))
		}
		if days[0] != v.start { // it began outside its own rule; that it took place is not lost
			want = append(want, v.start[:8])
		}
		for _, day := range days {
			want = append(want, day[:8])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s\n%s from %s:\n%v, expected\n%v", v.name, v.rule, v.start, got, want)
		}
	}
	t.Log(fmt.Sprint(notFollowed, " rules repeat within a day and are not followed"))
}
