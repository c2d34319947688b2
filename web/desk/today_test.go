package desk_test

import (
	"slices"
	"strings"
	"testing"
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
