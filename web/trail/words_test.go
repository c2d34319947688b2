package trail_test

import (
	"strings"
	"testing"

	"waypost/internal/partdate"
	"waypost/stories/trails"
	"waypost/web/trail"
)

func TestDates(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		start, end, language string
		dates, duration      string
	}{
		{"2015-06", "2016-04", "en", "Jun 2015 – Apr 2016", "11 months"},
		{"2015-06", "2015-08", "en", "Jun – Aug 2015", "3 months"},
		{"2015-06", "2015-06", "en", "Jun 2015", "1 month"},
		{"2015", "2015", "en", "2015", ""},
		{"2015", "2018", "en", "2015 – 2018", ""},
		{"2015", "2018-05", "en", "2015 – May 2018", ""},
		{"2016-05-02", "2016-05-06", "en", "2 May – 6 May 2016", "5 days"},
		{"2016-05-02", "2016-05-22", "en", "2 May – 22 May 2016", "3 weeks"},
		{"2016-05-02", "2016-08-12", "en", "2 May – 12 Aug 2016", "3 months"},
		{"2010-01", "2019-12", "en", "Jan 2010 – Dec 2019", "10 years"},
		{"2015-06", "", "en", "from Jun 2015", ""},
		{"2016-05-02", "2017-05-01", "de", "2. Mai 2016 – 1. Mai 2017", "11 Monate"},
	} {
		step := trails.Step{ID: "a", Kind: trails.Gig, Title: "A", Start: read(t, c.start), End: read(t, c.end)}
		f := trail.Draw(trails.Trail{Steps: []trails.Step{step}}, trail.Options{AsOf: 20_000, Words: words(t, c.language)})
		if got := f.List[0]; got.Dates != c.dates || got.Duration != c.duration {
			t.Errorf("%s to %s: %q, %q; want %q, %q", c.start, c.end, got.Dates, got.Duration, c.dates, c.duration)
		}
	}
}

func TestListKeepsThingsInTheirPlace(t *testing.T) {
	t.Parallel()
	tr := trails.Trail{
		Steps: []trails.Step{
			{ID: "late", Kind: trails.Trial, Title: "Late", Start: read(t, "2018"), Organization: trails.Organization{Shown: trails.Hidden}},
			{ID: "early", Kind: trails.Position, Title: "Early", Start: read(t, "2015"), End: read(t, "2017"), EndedBy: trails.Left},
			{ID: "role", Kind: trails.Project, Title: "Role", Start: read(t, "2016"), End: read(t, "2016"), Parent: "early", Detour: true},
		},
		Changes: []trails.Change{
			{Date: read(t, "2016-05"), Step: "role", Words: "within"},
			{Date: read(t, "2017-12"), Words: "between"},
		},
	}
	f := trail.Draw(tr, trail.Options{AsOf: 20_000, IDPrefix: "x-", Words: words(t, "en")})
	if len(f.List) != 3 {
		t.Fatalf("%d items: %+v", len(f.List), f.List)
	}
	early, between, late := f.List[0], f.List[1], f.List[2]
	if early.Title != "Early" || early.Note != "Left" || len(early.Children) != 1 {
		t.Errorf("first item: %+v", early)
	}
	role := early.Children[0]
	if role.Detour == "" || len(role.Changes) != 1 || role.Changes[0].Date != "May 2016" || role.Changes[0].Machine != "2016-05" {
		t.Errorf("role: %+v", role)
	}
	if !between.IsChange || between.Title != "between" || between.Start != "2017-12" {
		t.Errorf("change without a step: %+v", between)
	}
	if !late.Open || late.Note != "Still going on when this was told" || late.Organization != "organization not named" {
		t.Errorf("last item: %+v", late)
	}
	want := "3 steps, from 2015, still going on when this was told. Something changed, May 2016: within Something changed, December 2017: between"
	if f.Description != want {
		t.Errorf("description: %s", f.Description)
	}
}

func TestWordsAreEscaped(t *testing.T) {
	t.Parallel()
	tr := trails.Trail{Goal: "{from} & <b>", Steps: []trails.Step{
		{ID: "a", Kind: trails.Gig, Title: "<script>alert('x')</script>\x01\ufffe", Start: partdate.Date{}},
	}}
	f := trail.Draw(tr, trail.Options{IDPrefix: `"><x`, Words: words(t, "en")})
	for _, svg := range []string{string(f.Wide), string(f.Tall)} {
		if strings.Contains(svg, "<script") || strings.Contains(svg, `"><x`) || strings.ContainsAny(svg, "\x01\ufffe") {
			t.Errorf("not escaped: %s", svg)
		}
	}
}

func TestEmptyTrail(t *testing.T) {
	t.Parallel()
	f := trail.Draw(trails.Trail{}, trail.Options{IDPrefix: "x-"})
	checkDrawing(t, f.Wide, "x-wide")
	checkDrawing(t, f.Tall, "x-tall")
}

func read(t *testing.T, text string) partdate.Date {
	t.Helper()
	var d partdate.Date
	if err := d.UnmarshalText([]byte(text)); err != nil {
		t.Fatal(err)
	}
	return d
}
