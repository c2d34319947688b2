package trailform_test

import (
	"errors"
	"net/url"
	"reflect"
	"testing"

	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/stories/trails"
	"waypost/web/desk/trailform"
)

func date(t *testing.T, text string) partdate.Date {
	t.Helper()
	d, err := partdate.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func sample(t *testing.T) trails.Trail {
	return trails.Trail{Version: trails.TrailVersion, Goal: "A crew of my own",
		Steps: []trails.Step{
			{ID: "gigs", Kind: trails.Gig, Title: "Load-ins", Start: date(t, "2015-05"), End: date(t, "2016-02-03"), EndedBy: trails.Left,
				Organization: trails.Organization{Shown: trails.Described, Text: "a touring company"}, Detour: true, Learned: []string{"Lift with two", "Ask"}},
			{ID: "van", Kind: trails.Project, Title: "The van", Start: date(t, "2015"), Parent: "gigs"},
		},
		Changes: []trails.Change{{Date: date(t, "2015-12"), Step: "gigs", Words: "The van broke down"}},
	}
}

func TestFillAndRead(t *testing.T) {
	t.Parallel()
	v := url.Values{}
	trailform.Fill(v, sample(t))
	got, err := trailform.Read(v)
	if err != nil || !reflect.DeepEqual(got, sample(t)) {
		t.Errorf("read %+v, error %v", got, err)
	}
	trailform.Fill(v, trails.Trail{})
	if got, err := trailform.Read(v); err != nil || !reflect.DeepEqual(got, trails.Trail{}) {
		t.Errorf("no trail is read as %+v, error %v", got, err)
	}
}

func TestReadRefusesWhatIsNoDate(t *testing.T) {
	t.Parallel()
	v := url.Values{}
	trailform.Fill(v, sample(t))
	v.Set("trail.steps.1.end", "some May")
	v.Set("trail.changes.0.date", "2015-13")
	_, err := trailform.Read(v)
	var p *problem.Problem
	if !errors.As(err, &p) || len(p.Fields) != 2 || p.Fields[0].Name != "trail.steps.1.end" || p.Fields[1].Name != "trail.changes.0.date" {
		t.Errorf("error %v", err)
	}
}

func TestReadsDatesAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2020": "2020", "2020-03": "2020-03", "2020-3": "2020-03", "2020/03": "2020-03", "2020.3.7": "2020-03-07", "03/2020": "2020-03", "3.2020": "2020-03",
		"7.3.2020": "2020-03-07", "07. 03. 2020": "2020-03-07", "März 2020": "2020-03", "Ma\u0308rz 2020": "2020-03", "maerz 2020": "2020-03", "Mrz 2020": "", "march 2020": "2020-03",
		"Mar. 2020": "2020-03", "MAI 2020": "2020-05", "May, 2020": "2020-05", "Sept. 2019": "2019-09", "2019 October": "2019-10", "Dez 2019": "2019-12", "Jänner 2019": "2019-01",
		"7. März 2020": "2020-03-07", "7 March 2020": "2020-03-07", "7th of March 2020": "2020-03-07", "March 7, 2020": "2020-03-07", "Mar 7 2020": "2020-03-07",
		"  2020 ": "2020", "3/4/2020": "", "31. Februar 2020": "", "Marching 2020": "", "13/2020": "", "spring 2020": "", "March": "", "Ma 2020": "",
	} {
		v := url.Values{}
		trailform.Fill(v, sample(t))
		v.Set("trail.steps.0.start", text)
		got, err := trailform.Read(v)
		if said := got.Steps[0].Start.String(); said != want || (err == nil) != (want != "") {
			t.Errorf("%q is read as %q, error %v; want %q", text, said, err, want)
		}
	}
}

func TestANameMeansNamed(t *testing.T) {
	t.Parallel()
	v := url.Values{}
	trailform.Fill(v, sample(t))
	v.Set("trail.steps.1.organization", "Kontor Nord")
	got, err := trailform.Read(v)
	if o := got.Steps[1].Organization; err != nil || o.Shown != trails.Named || o.Text != "Kontor Nord" {
		t.Errorf("read %+v, error %v", o, err)
	}
	v.Set("trail.steps.1.shown", "hidden")
	if got, _ := trailform.Read(v); got.Steps[1].Organization.Shown != trails.Hidden {
		t.Error("what was chosen is not kept")
	}
}

func TestEdit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		button string
		known  bool
		first  string // the title of the first step
		steps  int
		marks  int
	}{
		{"step.add", true, "Load-ins", 3, 1},
		{"step.remove.0", true, "The van", 1, 1},
		{"step.down.0", true, "The van", 2, 1},
		{"step.up.1", true, "The van", 2, 1},
		{"step.up.0", true, "Load-ins", 2, 1},
		{"step.down.1", true, "Load-ins", 2, 1},
		{"step.remove.9", true, "Load-ins", 2, 1},
		{"step.remove.-1", true, "Load-ins", 2, 1},
		{"change.add", true, "Load-ins", 2, 2},
		{"change.remove.0", true, "Load-ins", 2, 0},
		{"save", false, "Load-ins", 2, 1},
		{"", false, "Load-ins", 2, 1},
	} {
		t.Run(c.button, func(t *testing.T) {
			t.Parallel()
			v := url.Values{"title": {"Typed"}}
			trailform.Fill(v, sample(t))
			if known := trailform.Edit(v, c.button); known != c.known {
				t.Errorf("known: %t", known)
			}
			list := trailform.Steps(v)
			if len(list) != c.steps || list[0].Title != c.first || len(trailform.Changes(v)) != c.marks {
				t.Errorf("steps %+v, changes %+v", list, trailform.Changes(v))
			}
			if v.Get("title") != "Typed" || v.Get("trail.goal") != "A crew of my own" {
				t.Error("another field is gone")
			}
		})
	}
}

func TestNewStepsHaveNamesOfTheirOwn(t *testing.T) {
	t.Parallel()
	v := url.Values{}
	seen := map[string]bool{}
	trailform.Edit(v, "step.add")
	trailform.Edit(v, "step.add")
	trailform.Edit(v, "step.remove.0")
	trailform.Edit(v, "step.add")
	for _, row := range trailform.Steps(v) {
		if row.ID == "" || seen[row.ID] {
			t.Errorf("steps %+v", trailform.Steps(v))
		}
		seen[row.ID] = true
	}
}

func TestPrune(t *testing.T) {
	t.Parallel()
	v := url.Values{}
	trailform.Fill(v, sample(t))
	trailform.Edit(v, "step.add")
	trailform.Edit(v, "step.up.2")
	trailform.Edit(v, "change.add")
	trailform.Prune(v)
	if got, err := trailform.Read(v); err != nil || !reflect.DeepEqual(got, sample(t)) {
		t.Errorf("read %+v, error %v", got, err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("trail.steps.0.title=a&trail.steps.0.start=2015&trail.changes.0.words=b", "step.add")
	f.Add("trail.steps.0.id=&trail.steps.99999999999.id=x", "step.down.0")
	f.Fuzz(func(t *testing.T, query, button string) {
		v, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		trailform.Edit(v, button)
		trailform.Prune(v)
		trail, err := trailform.Read(v)
		if err != nil {
			return
		}
		again := url.Values{}
		trailform.Fill(again, trail)
		if back, err := trailform.Read(again); err != nil || len(back.Steps) != len(trail.Steps) || len(back.Changes) != len(trail.Changes) {
			t.Errorf("%+v is read back as %+v, error %v", trail, back, err)
		}
	})
}
