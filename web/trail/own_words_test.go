package trail_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"waypost/stories/trails"
	"waypost/web/trail"
	"waypost/web/trail/typeset"
)

func ownStory(t *testing.T) path {
	t.Helper()
	return readPath(t, "testdata/own/gigs-then-trial.json")
}

// TestOwnDescription asks that who does not see the figure hears how many check-ins
// there are and where they lie, what changed and what was decided.
func TestOwnDescription(t *testing.T) {
	t.Parallel()
	p := ownStory(t)
	f := trail.DescribeOwn(p.own, p.opts)
	want := "4 steps, from June 2015 to today." +
		" Assistant producer: 14 check-ins: 4.1 of\u00a05 at first, 2.4 at last." +
		" A short film of my own: 6 check-ins: 4.7 of\u00a05 on average." +
		" Something changed, 4 Jul 2016: I stopped learning. From July on I was there to watch." +
		" Decided, 10 Aug 2016: A detour: a short film of my own"
	if f.Description != want || f.Title != "Your path" {
		t.Errorf("%s:\n%s\nwant\n%s", f.Title, f.Description, want)
	}
	many := readPath(t, "testdata/own/twenty-years.json")
	text := trail.DescribeOwn(many.own, many.opts).Description
	if !strings.Contains(text, " 200 check-ins.") || !strings.Contains(text, " Possible change, around May to June\u00a02024.") {
		t.Errorf("of forty steps: %s", text)
	}
	if empty := trail.DescribeOwn(trail.Own{}, p.opts); empty.Description != "No step is on it yet." || len(empty.List) != 0 {
		t.Errorf("of no step: %+v", empty)
	}
}

// TestOwnList asks that everything the drawing shows is in the list, in its step.
func TestOwnList(t *testing.T) {
	t.Parallel()
	p := ownStory(t)
	p.own.Found = []trail.Found{
		{Step: "trial", From: read(t, "2016-06-10").First(), To: read(t, "2016-06-20").First(), Detected: true},
		{From: read(t, "2016-01-10").First(), To: read(t, "2015-12-20").First(), Words: "between"},
	}
	p.own.Forks = append(p.own.Forks, trail.Fork{Date: read(t, "2015-08"), Chosen: "Begin"})
	list := trail.DescribeOwn(p.own, p.opts).List
	if len(list) != 6 {
		t.Fatalf("%d items: %+v", len(list), list)
	}
	begin, between, trial, detour := list[1], list[3], list[4], list[5]
	if !begin.IsDecision || begin.Kind != "Decided" || begin.Title != "Begin" || begin.Start != "2015-08" || begin.Decisions[0].NotTaken != "" {
		t.Errorf("a decision without a step: %+v", begin)
	}
	if !between.IsChange || between.Kind != "Possible change" || between.Dates != "around December\u00a02015 to January\u00a02016" || between.Title != "between" {
		t.Errorf("a found change without a step: %+v", between)
	}
	if trial.CheckIns != "14 check-ins: 4.1 of\u00a05 at first, 2.4 at last" {
		t.Errorf("check-ins: %q", trial.CheckIns)
	}
	want := []trail.Change{
		{Heading: "Detected change", Date: "around June\u00a02016", Machine: "2016-06", Found: true},
		{Heading: "Something changed", Date: "4 Jul 2016", Machine: "2016-07-04", Words: "I stopped learning. From July on I was there to watch."},
	}
	if fmt.Sprint(trial.Changes) != fmt.Sprint(want) {
		t.Errorf("changes: %+v", trial.Changes)
	}
	d := trial.Decisions[0]
	if d.Question == "" || d.Chosen == "" || d.NotTaken != "Not taken" || len(d.Ways) != 2 || d.Machine != "2016-08-10" {
		t.Errorf("decision: %+v", d)
	}
	if detour.Review != "Review on 1 Dec 2016" || detour.Note != "Still going on" {
		t.Errorf("what is going on: %+v", detour)
	}
}

// TestOwnEndsToday asks that a private path ends with today, on the signpost or, where
// steps are planned, on the trail, and never with when something was told.
func TestOwnEndsToday(t *testing.T) {
	t.Parallel()
	for _, p := range paths(t) {
		f := trail.DrawOwn(p.own, p.opts)
		for form, svg := range map[string]string{"wide": string(f.Wide), "tall": string(f.Tall)} {
			if n := strings.Count(svg, ">"+p.opts.Words.Today+"<"); n != 1 {
				t.Errorf("%s, %s: today is there %d times", p.name, form, n)
			}
			if strings.Contains(svg, "told") {
				t.Errorf("%s, %s speaks of what was told", p.name, form)
			}
		}
	}
}

// TestOwnSaysWhatIsPlanned asks that steps which begin after today are called planned,
// in the drawings and in the list, and no others.
func TestOwnSaysWhatIsPlanned(t *testing.T) {
	t.Parallel()
	p := readPath(t, "testdata/own/plans.json")
	f := trail.DrawOwn(p.own, p.opts)
	planned := map[string]bool{}
	for _, i := range f.List {
		planned[i.Title] = i.Note == "planned"
	}
	for title, want := range map[string]bool{"Kindergarten teacher": false, "Forest days with the scouts": false, "Two weeks in a forest school": true, "Outdoor pedagogy": true, "Write the concept": true} {
		if planned[title] != want {
			t.Errorf("%s is planned: %v", title, planned[title])
		}
	}
	for form, svg := range map[string]string{"wide": string(f.Wide), "tall": string(f.Tall)} {
		if n := strings.Count(svg, " · planned"); n != 3 {
			t.Errorf("%s calls %d steps planned", form, n)
		}
	}
}

// TestOwnShowsEverything asks that both drawings name every way, taken or not, and have
// a dot for every check-in.
func TestOwnShowsEverything(t *testing.T) {
	t.Parallel()
	for _, p := range paths(t) {
		f := trail.DrawOwn(p.own, p.opts)
		for form, svg := range map[string]string{"wide": string(f.Wide), "tall": string(f.Tall)} {
			dots, ways := 0, 0
			for _, c := range p.own.Curves {
				dots += len(c.Dots)
			}
			for _, fork := range p.own.Forks {
				ways += len(fork.NotTaken)
			}
			if n := strings.Count(svg, "h0"); n != dots {
				t.Errorf("%s, %s: %d dots of %d", p.name, form, n, dots)
			}
			names := regexp.MustCompile(`<g class="tr-untaken".*?</g>`).FindString(svg)
			if n := strings.Count(names, "<text"); n < ways {
				t.Errorf("%s, %s: %d lines of %d ways not taken", p.name, form, n, ways)
			}
			if p.name != "no-spaces" && strings.Contains(svg, typeset.Ellipsis) {
				t.Errorf("%s, %s: words are cut", p.name, form)
			}
		}
	}
}

// TestOwnStaysSmall asks that forty steps with two hundred check-ins keep within
// MaxBytes without showing less.
func TestOwnStaysSmall(t *testing.T) {
	t.Parallel()
	p := readPath(t, "testdata/own/twenty-years.json")
	if len(p.own.Trail.Steps) < 40 {
		t.Fatalf("%d steps", len(p.own.Trail.Steps))
	}
	f := trail.DrawOwn(p.own, p.opts)
	for form, svg := range map[string][]byte{"wide": f.Wide, "tall": f.Tall} {
		if len(svg) > trail.MaxBytes {
			t.Errorf("%s takes %d bytes", form, len(svg))
		}
		for _, s := range p.own.Trail.Steps {
			if !strings.Contains(string(svg), s.Title[:strings.IndexByte(s.Title+" ", ' ')]) {
				t.Errorf("%s does not name %q", form, s.Title)
			}
		}
	}
}

// TestReturnOfADetour asks that a detour which comes back where the next step begins
// does not keep the trail from running across.
func TestReturnOfADetour(t *testing.T) {
	t.Parallel()
	tr := trails.Trail{Steps: []trails.Step{
		{ID: "a", Kind: trails.Gig, Title: "A", Start: read(t, "2019-09"), End: read(t, "2022-02")},
		{ID: "b", Kind: trails.Trial, Title: "B", Start: read(t, "2022-03-01"), End: read(t, "2022-06-30"), Detour: true},
		{ID: "c", Kind: trails.Position, Title: "C", Start: read(t, "2022-07")},
	}}
	f := trail.Draw(tr, trail.Options{AsOf: 20_000, Words: words(t, "en")})
	if readPicture(t, f.Wide).wide != acrossWidth {
		t.Error("it runs downwards")
	}
}
