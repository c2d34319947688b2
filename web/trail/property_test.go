package trail_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"waypost/internal/partdate"
	"waypost/stories/trails"
	"waypost/web/trail"
	"waypost/web/trail/typeset"
)

// TestAnyTrail draws trails that nobody would write.
func TestAnyTrail(t *testing.T) {
	t.Parallel()
	english := words(t, "en")
	rapid.Check(t, func(t *rapid.T) {
		tr := anyTrail(t)
		if err := tr.Check(); err != nil {
			t.Fatalf("the generator made a trail that is not valid: %v", err)
		}
		s := sample{"any", tr, trail.Options{
			AsOf:     partdate.Days(rapid.IntRange(-20_000, 60_000).Draw(t, "as of")),
			IDPrefix: "any-",
			Dir:      rapid.SampledFrom([]string{"ltr", "rtl", ""}).Draw(t, "direction"),
			Words:    english,
		}}
		f := trail.Draw(s.trail, s.opts)
		checkDrawing(t, f.Wide, "any-wide")
		checkDrawing(t, f.Tall, "any-tall")
		checkList(t, s, f)
		wide, tall := trail.TextBoxes(s.trail, s.opts)
		checkTexts(t, s.name, f, wide, tall)
		checkApart(t, s.name, s.opts, f, wide, tall)
	})
}

func TestTexts(t *testing.T) {
	t.Parallel()
	for _, s := range samples(t) {
		wide, tall := trail.TextBoxes(s.trail, s.opts)
		checkTexts(t, s.name, trail.Draw(s.trail, s.opts), wide, tall)
	}
}

// checkTexts checks that no text lies on another or outside to the sides.
func checkTexts(t fataler, name string, f trail.Figure, wide, tall []typeset.Box) {
	widths := map[string]float64{"wide": readPicture(t, f.Wide).wide, "tall": readPicture(t, f.Tall).wide}
	for form, boxes := range map[string][]typeset.Box{"wide": wide, "tall": tall} {
		width := widths[form]
		for i, a := range boxes {
			if a.Left < 0 || a.Right > width || a.Top < 0 {
				t.Errorf("%s, %s: text outside: %+v", name, form, a)
			}
			for _, b := range boxes[:i] {
				if a.Overlaps(b) {
					t.Errorf("%s, %s: texts on each other: %+v and %+v", name, form, a, b)
				}
			}
		}
	}
}

func anyTrail(t *rapid.T) trails.Trail {
	n := rapid.IntRange(1, trails.MaxTrailSteps).Draw(t, "steps")
	tr := trails.Trail{Version: trails.TrailVersion}
	if rapid.Bool().Draw(t, "has a goal") {
		tr.Goal = anyText(t, trails.MaxStepTitle)
	}
	spread := rapid.SampledFrom([]int{1, 30, 800, 9_000, 60_000}).Draw(t, "spread")
	for i := range n {
		tr.Steps = append(tr.Steps, anyStep(t, tr.Steps, i, spread))
	}
	for range rapid.IntRange(0, trails.MaxTrailChanges).Draw(t, "changes") {
		c := trails.Change{Date: anyDate(t, spread), Words: anyText(t, trails.MaxNote)}
		if rapid.Bool().Draw(t, "in a step") {
			c.Step = rapid.SampledFrom(tr.Steps).Draw(t, "step").ID
		}
		tr.Changes = append(tr.Changes, c)
	}
	return tr
}

func anyStep(t *rapid.T, before []trails.Step, i, spread int) trails.Step {
	s := trails.Step{
		ID:     fmt.Sprint("s", i),
		Kind:   rapid.SampledFrom(trails.StepKinds()).Draw(t, "kind"),
		Title:  anyText(t, trails.MaxStepTitle),
		Start:  anyDate(t, spread),
		Detour: rapid.IntRange(0, 4).Draw(t, "detour") == 0,
	}
	if rapid.Bool().Draw(t, "closed") {
		if s.End = anyDate(t, spread); s.End.Last() < s.Start.First() {
			s.End = s.Start
		}
	}
	if rapid.IntRange(0, 3).Draw(t, "nested") == 0 && i > 0 {
		if parent := rapid.SampledFrom(before).Draw(t, "parent"); parent.Parent == "" {
			s.Parent = parent.ID
		}
	}
	if rapid.Bool().Draw(t, "organization") {
		s.Organization = trails.Organization{Shown: trails.Named, Text: anyText(t, trails.MaxStepTitle)}
	}
	for range rapid.IntRange(0, trails.MaxLearned).Draw(t, "learned") {
		s.Learned = append(s.Learned, anyText(t, trails.MaxNote))
	}
	return s
}

func anyDate(t *rapid.T, spread int) partdate.Date {
	day := partdate.Days(rapid.IntRange(0, spread).Draw(t, "day")).Date()
	month, dayOfMonth := day.Month(), day.Day()
	switch rapid.SampledFrom([]partdate.Precision{partdate.Year, partdate.Month, partdate.Day}).Draw(t, "precision") {
	case partdate.Year:
		month, dayOfMonth = 0, 0
	case partdate.Month:
		dayOfMonth = 0
	}
	d, err := partdate.Of(day.Year(), month, dayOfMonth)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return d
}

func anyText(t *rapid.T, most int) string {
	alphabet := rapid.SampledFrom([]string{"ab ", "Wm@%", "<&>\"' x", "ضشسيبلا ", "日本語、。", "e\u0301\u0323 ", "👩🏽\u200d💻a", "ÄÖß-"}).Draw(t, "alphabet")
	return "x" + rapid.StringOfN(rapid.SampledFrom([]rune(alphabet)), 0, most-1, -1).Draw(t, "text")
}
