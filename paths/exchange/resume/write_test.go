package resume_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"waypost/internal/testkit/cases"
	"waypost/paths"
	"waypost/paths/checkins"
	"waypost/paths/exchange"
	"waypost/paths/exchange/resume"
)

// schemas are what a written résumé has to pass: our own part of the schema, in which
// nothing else is allowed, and the whole of it from outside.
func schemas(t *testing.T) []*jsonschema.Schema {
	t.Helper()
	files := slices.Concat([]string{"testdata/written.schema.json"}, cases.Files(t, "fixtures/path/jsonresume", "schema.json"))
	var all []*jsonschema.Schema
	for n, name := range files {
		text, err := jsonschema.UnmarshalJSON(bytes.NewReader(load(t, name)))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		delete(text.(map[string]any), "$id")
		c := jsonschema.NewCompiler()
		c.AssertFormat()
		where := fmt.Sprintf("https://example.org/%d.json", n)
		if err := c.AddResource(where, text); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		schema, err := c.Compile(where)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all = append(all, schema)
	}
	cases.Count(t, 1, len(all)-1)
	return all
}

type failer interface {
	Helper()
	Errorf(string, ...any)
	Fatalf(string, ...any)
}

func validate(t failer, all []*jsonschema.Schema, text []byte) {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	for _, schema := range all {
		if err := schema.Validate(document); err != nil {
			t.Errorf("%v in %s", err, text)
		}
	}
}

// TestSchemaRefuses shows that the schema from outside tells its own cases apart, so that
// passing it means something.
func TestSchemaRefuses(t *testing.T) {
	t.Parallel()
	all := schemas(t)
	for _, text := range []string{`{}`, `{"$schema": "x y", "meta": {"version": "v1.0.0"}}`, `{"$schema": "https://example.org", "meta": {"version": "v1.0.0"}, "work": [{"startDate": "2019-1"}]}`} {
		document, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if all[0].Validate(document) == nil {
			t.Errorf("our schema takes %s", text)
		}
	}
	for name, text := range outsideCases(t) {
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := all[1].Validate(document); (err == nil) != strings.Contains(name, "Valid") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// career is a path with all that must not go out.
func career(t *testing.T) resume.Chosen {
	t.Helper()
	private := func(s paths.Step) paths.Step {
		s.Pay = &paths.Pay{Amount: 987654, Currency: "EUR", Per: paths.PerYear}
		s.Had, s.Expect, s.StayIf, s.LeaveIf = "PRIVATE had", "PRIVATE expect", "PRIVATE stay", "PRIVATE leave"
		s.Expected = checkins.Answers{5, 5, 5, 5, 5, 5, 5}
		s.Workload, s.Review, s.EndedBy, s.Detour, s.Goal, s.Cadence = 87, day(t, "2031-07-09"), paths.LetGo, true, "PRIVATE goal", paths.Weekly
		return s
	}
	step := func(id string, kind paths.Kind, title, organization, parent, start, end string) paths.Step {
		return private(paths.Step{Row: paths.Row{ID: id}, Kind: kind, Title: title, Organization: organization, Parent: parent, Start: day(t, start), End: day(t, end)})
	}
	entry := func(id string, kind paths.EntryKind, step, date, text string, skills ...string) paths.Entry {
		return paths.Entry{Row: paths.Row{ID: id}, Kind: kind, Step: step, Date: day(t, date), Text: text, Skills: skills, LedTo: "PRIVATE led", Minutes: 4321}
	}
	return resume.Chosen{Name: "Ada Example",
		Steps: []paths.Step{
			step("1", paths.Study, "Art", "College", "", "0999", "2014-06"),
			step("2", paths.Position, "Museum", "Museum", "", "2015", ""),
			step("3", paths.Position, "Desk", "", "2", "2015", "2016-12"),
			step("4", paths.Position, "Guide", "Museum, main house", "2", "2017-01", ""),
			step("5", paths.Project, "Tide clock", "", "2", "2018", "2019"),
			step("6", paths.Break, "PRIVATE break", "", "", "2020", "2021"),
			step("7", paths.Volunteering, "Driver", "Food Bank", "", "2021-02-03", ""),
			step("8", paths.Trial, "Printer", "Print shop", "", "2022", "2022"),
		},
		Entries: []paths.Entry{
			entry("a", paths.Learned, "4", "2018", "Listening", "Talking", "Languages"),
			entry("b", paths.Practice, "2", "2015-05", "Opened a room"),
			entry("c", paths.Conversation, "4", "2018", "PRIVATE conversation"),
			entry("d", paths.Event, "4", "2018", "PRIVATE event"),
			entry("e", paths.Learned, "9", "2018", "PRIVATE of a step that is not chosen", "PRIVATE skill"),
			entry("f", paths.Learned, "6", "2020", "PRIVATE of the break"),
			entry("g", paths.Practice, "5", "2018", "", "Wood", "wood"),
		}}
}

func TestWrite(t *testing.T) {
	t.Parallel()
	out, left, err := resume.Write(career(t))
	if err != nil {
		t.Fatal(err)
	}
	validate(t, schemas(t), out)
	if want := string(load(t, "testdata/written.json")); string(out) != want {
		t.Errorf("%s\nexpected:\n%s", out, want)
	}
	slices.Sort(left)
	if want := []string{"6", "c", "d", "e", "f"}; !slices.Equal(left, want) {
		t.Errorf("left: %v, expected %v", left, want)
	}
	for _, word := range []string{"PRIVATE", "987654", "EUR", "87", "2031", "let_go", "4321"} {
		if bytes.Contains(out, []byte(word)) {
			t.Errorf("%s is in the résumé", word)
		}
	}
	empty, left, err := resume.Write(resume.Chosen{})
	if err != nil || len(left) > 0 {
		t.Fatal(err, left)
	}
	validate(t, schemas(t), empty)
}

// TestOutAndIn writes careers and reads them again: the steps are the same, in the form a
// résumé has for them.
func TestOutAndIn(t *testing.T) {
	t.Parallel()
	all := schemas(t)
	today := day(t, "2026-03-01")
	words := rapid.StringMatching(`[A-Za-zäöüéÅß中][A-Za-zäöüéÅß中 ,.&"\\/<>'-]{0,30}[a-z]`)
	rapid.Check(t, func(t *rapid.T) {
		var c resume.Chosen
		var want []string
		for n := range rapid.IntRange(0, 8).Draw(t, "steps") {
			kind := rapid.SampledFrom(paths.Kinds()).Draw(t, "kind")
			start := rapid.IntRange(1950, 2020).Draw(t, "start")
			s := paths.Step{Row: paths.Row{ID: fmt.Sprint("s", n)}, Kind: kind}
			s.Title, _ = exchange.Line(words.Draw(t, "title"), exchange.MostTitle)
			s.Organization, _ = exchange.Line(fmt.Sprint(words.Draw(t, "organization"), n), exchange.MostTitle)
			if err := s.Start.UnmarshalText(fmt.Append(nil, start, rapid.SampledFrom([]string{"", "-03", "-11-30"}).Draw(t, "precision"))); err != nil {
				t.Fatal(err)
			}
			if rapid.Bool().Draw(t, "ended") {
				if err := s.End.UnmarshalText(fmt.Append(nil, start+rapid.IntRange(1, 9).Draw(t, "years"))); err != nil {
					t.Fatal(err)
				}
			}
			c.Steps = append(c.Steps, s)
			if kind == paths.Gig || kind == paths.Trial {
				kind = paths.Position
			}
			if kind != paths.Break {
				want = append(want, fmt.Sprint(kind, "|", s.Title, "|", s.Organization, "|", s.Start, "|", s.End))
			}
		}
		out, left, err := resume.Write(c)
		if err != nil || len(left) != len(c.Steps)-len(want) {
			t.Fatal(err, left)
		}
		validate(t, all, out)
		list, err := resume.Read(out, today)
		if err != nil && len(want) > 0 {
			t.Fatal(err)
		}
		var got []string
		for _, i := range list.Items {
			start, end := i.Dates()
			got = append(got, fmt.Sprint(i.Kind(), "|", i.Title(), "|", i.Organization(), "|", start, "|", end))
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%q came back as %q", want, got)
		}
	})
}
