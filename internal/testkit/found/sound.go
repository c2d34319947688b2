package found

import (
	"strconv"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"waypost/paths"
	"waypost/paths/exchange"
)

// Sound fails the test unless a list is one that can be shown and taken over, whatever
// the file was: numbered, parents first, clean texts of lengths that a path holds.
func Sound(t testing.TB, f exchange.Found) {
	t.Helper()
	if len(f.Items) > exchange.MostItems || len(f.Skipped) > exchange.MostSkipped {
		t.Errorf("%d items, %d skipped", len(f.Items), len(f.Skipped))
	}
	steps := map[string]paths.Step{}
	for n, i := range f.Items {
		if i.ID != strconv.Itoa(n+1) {
			t.Errorf("item %d has the ID %q", n+1, i.ID)
		}
		if parent, ok := steps[i.Parent()]; i.Parent() != "" && (!ok || i.Step != nil && parent.Parent != "") {
			t.Errorf("item %s lies within %q, which is no step before it, or lies within one", i.ID, i.Parent())
		}
		switch {
		case i.Step != nil && i.Entry == nil && i.Goal == nil:
			steps[i.ID] = *i.Step
			soundStep(t, i.ID, *i.Step)
		case i.Entry != nil && i.Step == nil && i.Goal == nil:
			soundEntry(t, i.ID, *i.Entry)
		case i.Goal != nil && i.Step == nil && i.Entry == nil:
			clean(t, i.ID, i.Goal.Title, exchange.MostTitle, false)
			clean(t, i.ID, i.Goal.Why, exchange.MostText, true)
		default:
			t.Errorf("item %s is not one thing", i.ID)
		}
	}
	for _, s := range f.Skipped {
		for _, arg := range s.Why.Args {
			if text, ok := arg.(string); ok {
				clean(t, s.Why.Key, text, 2*exchange.MostTitle, false)
			}
		}
	}
}

func soundStep(t testing.TB, id string, s paths.Step) {
	t.Helper()
	clean(t, id, s.Title, exchange.MostTitle, false)
	clean(t, id, s.Organization, exchange.MostTitle, false)
	if s.ID != id || s.Title == "" || s.Start.IsZero() || !s.Open() && s.End.Last() < s.Start.First() {
		t.Errorf("step %s cannot be one: %+v", id, s)
	}
}

func soundEntry(t testing.TB, id string, e paths.Entry) {
	t.Helper()
	clean(t, id, e.Text, exchange.MostText, true)
	clean(t, id, e.Evidence, exchange.MostLink, false)
	for _, skill := range e.Skills {
		clean(t, id, skill, exchange.MostSkill, false)
	}
	if e.ID != id || e.Date.IsZero() || e.Minutes < 0 || len(e.Skills) > exchange.MostSkillsOfEntry {
		t.Errorf("entry %s cannot be one: %+v", id, e)
	}
}

func clean(t testing.TB, id, text string, most int, lines bool) {
	t.Helper()
	if utf8.RuneCountInString(text) > most || !utf8.ValidString(text) || !norm.NFC.IsNormalString(text) {
		t.Errorf("%s: a text of %d characters, at most %d, or not UTF-8 in NFC: %.80q", id, utf8.RuneCountInString(text), most, text)
	}
	for _, r := range text {
		if unicode.IsControl(r) && (!lines || r != '\n' && r != '\t') {
			t.Errorf("%s: control character %U in %.80q", id, r, text)
			return
		}
	}
}
