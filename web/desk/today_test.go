package desk_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"waypost/members"
)

func TestTheReminderOfTheKeyEnds(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	s.get("/desk").sees(200, `form[action="/desk/key-kept"] button`)
	s.post("/desk/key-kept").sees(303)
	if s.get("/desk?done=key-kept").sees(200, ".done").page.Find(".quiet-note").Length() != 0 {
		t.Error("it is said again after it was confirmed")
	}
	if record := s.get("/desk/record").page.Find("tbody").Text(); !strings.Contains(record, "Put the key away") {
		t.Errorf("the record says %q", record)
	}
	s.post("/desk/key-kept").sees(303)
}

// TestTopicsStandAsReadersSeeThem sorts as people do, not as bytes do.
func TestTopicsStandAsReadersSeeThem(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	want := []string{"abroad", "Ältere", "Break", "detours"}
	for _, name := range []string{"detours", "Break", "Ältere", "abroad"} {
		s.post("/desk/topics/new", "name", name).sees(303)
	}
	var got []string
	for _, row := range s.get("/desk/topics").page.Find(".rows li a:first-child").EachIter() {
		if !row.HasClass("quiet") {
			got = append(got, row.Text())
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("the topics stand as %q", got)
	}
}

// TestTodayShowsWhatWaits: what is typed and no version yet is begun, and what somebody else
// wrote beside a story stands with it, for its author and for editors.
func TestTodayShowsWhatWaits(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	ann, ed := s.as("Ann"), s.as("Ed", members.Editor)
	ann.get("/desk").sees(200, ".empty")
	form := typedStory()
	form.Set("do", "submit")
	form.Set("message", "Is the end too dark?")
	where := ann.postForm("/desk/stories/new", form).to()
	today := func(who *site) string { return who.get("/desk").sees(200).page.Find("main").Text() }
	if text := today(ed); !strings.Contains(text, "Is the end too dark?") {
		t.Errorf("an editor's today lacks the note: %q", text)
	}
	if text := today(ann); strings.Contains(text, "Is the end too dark?") {
		t.Errorf("an author is shown their own note: %q", text)
	}
	ed.post(where+"/comment", "message", "Not at all.").sees(303)
	if text := today(ann); !strings.Contains(text, "Not at all.") {
		t.Errorf("an author's today lacks the answer: %q", text)
	}
	if text := today(ed); strings.Contains(text, "Not at all.") {
		t.Errorf("an editor is shown their own answer: %q", text)
	}
	ed.post(strings.Replace(where, "stories", "review", 1), "do", "publish", "version", "2").sees(303)
	published := func() string {
		return ann.get("/desk").sees(200).page.Find(`main a[href="/stories/a-year-of-gigs"]`).Text()
	}
	if got := published(); got != "A year of gigs" {
		t.Errorf("an author's today leads to what was published as %q", got)
	}
	s.clock.Advance(15 * 24 * time.Hour)
	if got := published(); got != "" {
		t.Errorf("two weeks later it still stands there: %q", got)
	}
	if text := today(s.as("Ben")); strings.Contains(text, "A year of gigs") || strings.Contains(text, "Not at all.") {
		t.Errorf("somebody else's today says %q", text)
	}
}
