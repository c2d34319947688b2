package trails_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/stories/trails"
)

const yearOfGigs = `{"version":1,"goal":"Make documentaries people finish",
"steps":[
 {"id":"gigs","kind":"gig","title":"Runner and second assistant","organization":{"shown":"described","text":"film sets"},"start":"2015-06","end":"2016-04","learned":["Say yes to the early call."]},
 {"id":"trial","kind":"trial","title":"Assistant producer","organization":{"shown":"hidden"},"start":"2016-05-02","end":"2016-08","ended_by":"left"},
 {"id":"casting","kind":"project","title":"Casting week","parent":"trial","start":"2016-06","end":"2016-06"}],
"changes":[{"date":"2016-08","step":"trial","words":"I wanted more than to watch."}]}`

func TestParseTrail(t *testing.T) {
	t.Parallel()
	trail, err := trails.ParseTrail([]byte(yearOfGigs))
	if err != nil {
		t.Fatal(err)
	}
	if err := trail.Check(); err != nil {
		t.Fatal(err)
	}
	document, err := trail.Document()
	if err != nil {
		t.Fatal(err)
	}
	again, err := trails.ParseTrail(document)
	if err != nil {
		t.Fatalf("reading what was written: %v", err)
	}
	second, err := again.Document()
	if err != nil || string(second) != string(document) {
		t.Errorf("written twice:\n%s\n%s\n%v", document, second, err)
	}
	if strings.Contains(string(document), `"end":""`) {
		t.Errorf("an empty end is written: %s", document)
	}
}

func TestParseTrailRefuses(t *testing.T) {
	t.Parallel()
	for name, document := range map[string]string{
		"nothing":        ``,
		"a list":         `[]`,
		"unknown field":  `{"version":1,"steps":[],"mood":"fine"}`,
		"unknown within": `{"version":1,"steps":[{"id":"a","pay":100}]}`,
		"two documents":  `{"version":1,"steps":[]}{}`,
		"version 2":      `{"version":2,"steps":[]}`,
		"no version":     `{"steps":[]}`,
		"a word as date": `{"version":1,"steps":[{"id":"a","start":"soon"}]}`,
		"not UTF-8":      "{\"version\":1,\"goal\":\"\xff\",\"steps\":[]}",
		"too large":      `{"version":1,"steps":[]}` + strings.Repeat(" ", trails.MaxTrailBytes),
	} {
		if _, err := trails.ParseTrail([]byte(document)); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}

func TestTrailCheck(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		mend   func(*trails.Trail)
		field  string
		key    string
		broken bool
	}{
		{"as it is", func(*trails.Trail) {}, "", "", false},
		{"same month", func(r *trails.Trail) { r.Steps[0].End = date("2015-06-30"); r.Steps[0].Start = date("2015-06") }, "", "", false},
		{"end within the start's year", func(r *trails.Trail) { r.Steps[0].Start = date("2015-06"); r.Steps[0].End = date("2015") }, "", "", false},
		{"no steps", func(r *trails.Trail) { r.Steps, r.Changes = nil, nil }, "steps", "trail.no_steps", true},
		{"61 steps", func(r *trails.Trail) { r.Steps = many(61) }, "steps", "trail.too_many_steps", true},
		{"7 changes", func(r *trails.Trail) { r.Changes = slices.Repeat(r.Changes, 7) }, "changes", "trail.too_many_changes", true},
		{"end before start", func(r *trails.Trail) { r.Steps[0].End = date("2015-05-31") }, "steps.0.end", "trail.end_before_start", true},
		{"id twice", func(r *trails.Trail) { r.Steps[1].ID = "gigs" }, "steps.1.id", "trail.id_twice", true},
		{"id with capitals", func(r *trails.Trail) { r.Steps[0].ID = "Gigs" }, "steps.0.id", "trail.id_form", true},
		{"kind", func(r *trails.Trail) { r.Steps[0].Kind = "internship" }, "steps.0.kind", "trail.kind_unknown", true},
		{"title of spaces", func(r *trails.Trail) { r.Steps[0].Title = "  " }, "steps.0.title", "trail.text_missing", true},
		{"title of 141 runes", func(r *trails.Trail) { r.Steps[0].Title = strings.Repeat("ü", 141) }, "steps.0.title", "trail.text_long", true},
		{"title of 140 runes", func(r *trails.Trail) { r.Steps[0].Title = strings.Repeat("ü", 140) }, "", "", false},
		{"control character", func(r *trails.Trail) { r.Steps[0].Title = "a\x00b" }, "steps.0.title", "trail.text_control", true},
		{"hidden with text", func(r *trails.Trail) { r.Steps[1].Organization.Text = "Acme" }, "steps.1.organization", "trail.organization_hidden_text", true},
		{"named without text", func(r *trails.Trail) { r.Steps[1].Organization.Shown = trails.Named }, "steps.1.organization", "trail.text_missing", true},
		{"shown otherwise", func(r *trails.Trail) { r.Steps[1].Organization.Shown = "partly" }, "steps.1.organization", "trail.organization_unknown", true},
		{"no start", func(r *trails.Trail) { r.Steps[0].Start = partdate.Date{} }, "steps.0.start", "trail.date_missing", true},
		{"far date", func(r *trails.Trail) { r.Steps[0].Start = date("1805") }, "steps.0.start", "trail.date_far", true},
		{"parent unknown", func(r *trails.Trail) { r.Steps[2].Parent = "none" }, "steps.2.parent", "trail.parent_unknown", true},
		{"own parent", func(r *trails.Trail) { r.Steps[2].Parent = "casting" }, "steps.2.parent", "trail.parent_itself", true},
		{"nested two deep", func(r *trails.Trail) { r.Steps[0].Parent = "casting" }, "steps.0.parent", "trail.parent_nested", true},
		{"ended otherwise", func(r *trails.Trail) { r.Steps[1].EndedBy = "fled" }, "steps.1.ended_by", "trail.ended_by_unknown", true},
		{"ended but open", func(r *trails.Trail) { r.Steps[1].End = partdate.Date{} }, "steps.1.ended_by", "trail.ended_by_open", true},
		{"7 notes", func(r *trails.Trail) { r.Steps[0].Learned = slices.Repeat([]string{"a"}, 7) }, "steps.0.learned", "trail.too_many_learned", true},
		{"empty note", func(r *trails.Trail) { r.Steps[0].Learned = []string{"a", ""} }, "steps.0.learned.1", "trail.text_missing", true},
		{"change without a date", func(r *trails.Trail) { r.Changes[0].Date = partdate.Date{} }, "changes.0.date", "trail.date_missing", true},
		{"change in no step", func(r *trails.Trail) { r.Changes[0].Step = "none" }, "changes.0.step", "trail.change_step_unknown", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			trail, err := trails.ParseTrail([]byte(yearOfGigs))
			if err != nil {
				t.Fatal(err)
			}
			c.mend(&trail)
			var p *problem.Problem
			if got := errors.As(trail.Check(), &p); got != c.broken {
				t.Fatalf("refused: %t, want %t: %v", got, c.broken, trail.Check())
			}
			if c.broken && !slices.ContainsFunc(p.Fields, func(f problem.Field) bool { return f.Name == c.field && f.Message.Key == c.key }) {
				t.Errorf("want %s at %s, got %v", c.key, c.field, p)
			}
		})
	}
}

func TestTrailOrder(t *testing.T) {
	t.Parallel()
	trail := trails.Trail{
		Steps: []trails.Step{
			{ID: "late", Start: date("2019")},
			{ID: "short", Start: date("2015"), End: date("2016")},
			{ID: "open", Start: date("2015")},
			{ID: "role2", Start: date("2018"), Parent: "open"},
			{ID: "role1", Start: date("2017-05"), Parent: "open"},
		},
		Changes: []trails.Change{{Date: date("2018"), Words: "second"}, {Date: date("2017"), Words: "first"}},
	}
	for _, c := range []struct {
		what  string
		steps []trails.Step
		want  string
	}{
		{"all", trail.Chronological(), "open short role1 role2 late"},
		{"top level", trail.TopLevel(), "open short late"},
		{"children", trail.Children("open"), "role1 role2"},
		{"children of none", trail.Children(""), ""},
	} {
		var ids []string
		for _, s := range c.steps {
			ids = append(ids, s.ID)
		}
		if got := strings.Join(ids, " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
	if got := trail.ChangesByDate()[0].Words; got != "first" {
		t.Errorf("first change: %s", got)
	}
	if trail.Steps[0].ID != "late" {
		t.Error("ordering changed the trail itself")
	}
}

func FuzzParseTrail(f *testing.F) {
	f.Add([]byte(yearOfGigs))
	f.Add([]byte(`{"version":1,"steps":[]}`))
	f.Add([]byte(`{"version":1,"steps":[{"id":"a","start":"","organization":{}}]}`))
	f.Fuzz(func(t *testing.T, document []byte) {
		trail, err := trails.ParseTrail(document)
		if err != nil || trail.Check() != nil {
			return
		}
		written, err := trail.Document()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := trails.ParseTrail(written); err != nil && len(written) <= trails.MaxTrailBytes {
			t.Errorf("%s cannot be read back: %v", written, err)
		}
	})
}

func date(text string) partdate.Date {
	d, err := partdate.Parse(text)
	if err != nil {
		panic(err)
	}
	return d
}

func many(n int) []trails.Step {
	steps := make([]trails.Step, n)
	for i := range steps {
		steps[i] = trails.Step{ID: fmt.Sprint("s", i), Kind: trails.Gig, Title: "A gig", Start: date("2015")}
	}
	return steps
}
