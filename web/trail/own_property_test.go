package trail_test

import (
	"testing"

	"pgregory.net/rapid"

	"waypost/internal/partdate"
	"waypost/stories/trails"
	"waypost/web/trail"
)

// TestAnyOwnPath draws private paths that nobody would live.
func TestAnyOwnPath(t *testing.T) {
	t.Parallel()
	english := words(t, "en")
	rapid.Check(t, func(t *rapid.T) {
		spread := rapid.SampledFrom([]int{1, 30, 800, 9_000}).Draw(t, "spread of days")
		p := path{"any", anyOwn(t, spread), trail.Options{
			AsOf:     partdate.Days(rapid.IntRange(0, spread+30).Draw(t, "today")),
			IDPrefix: "any-",
			Dir:      rapid.SampledFrom([]string{"ltr", "rtl"}).Draw(t, "direction"),
			Words:    english,
		}}
		checkPath(t, p)
	})
}

// checkPath checks that both drawings of a private path are sound and that in them no
// text lies on another, no symbol on another or on a text, and no line on a text.
func checkPath(t fataler, p path) {
	f := trail.DrawOwn(p.own, p.opts)
	checkDrawing(t, f.Wide, p.opts.IDPrefix+"wide")
	checkDrawing(t, f.Tall, p.opts.IDPrefix+"tall")
	wide, tall := trail.OwnTextBoxes(p.own, p.opts)
	checkTexts(t, p.name, f, wide, tall)
	checkApart(t, p.name, p.opts, f, wide, tall)
}

func anyOwn(t *rapid.T, spread int) trail.Own {
	own := trail.Own{}
	if rapid.IntRange(0, 9).Draw(t, "empty") > 0 {
		own.Trail = anyTrail(t)
	}
	step := func() string {
		if len(own.Trail.Steps) == 0 {
			return ""
		}
		return rapid.SampledFrom(own.Trail.Steps).Draw(t, "its step").ID
	}
	day := func(name string) partdate.Days { return partdate.Days(rapid.IntRange(0, spread).Draw(t, name)) }
	for range rapid.IntRange(0, 6).Draw(t, "curves") {
		c := trail.Curve{Step: step()}
		for range rapid.IntRange(0, 40).Draw(t, "check-ins") {
			c.Dots = append(c.Dots, trail.Dot{Day: day("check-in"), Value: rapid.Float64Range(0, 6).Draw(t, "value")})
		}
		for range rapid.IntRange(0, 3).Draw(t, "levels") {
			from := day("level")
			c.Levels = append(c.Levels, trail.Level{From: from, To: from + day("long"), Mean: rapid.Float64Range(1, 5).Draw(t, "mean"), Margin: rapid.Float64Range(0, 2).Draw(t, "margin")})
		}
		own.Curves = append(own.Curves, c)
	}
	for range rapid.IntRange(0, 5).Draw(t, "found") {
		f := trail.Found{Step: step(), From: day("from"), To: day("to"), Detected: rapid.Bool().Draw(t, "detected")}
		if rapid.Bool().Draw(t, "said") {
			f.Words = anyText(t, trails.MaxNote)
		}
		own.Found = append(own.Found, f)
	}
	for range rapid.IntRange(0, 6).Draw(t, "forks") {
		own.Forks = append(own.Forks, anyFork(t, step(), spread))
	}
	for range rapid.IntRange(0, 3).Draw(t, "reviews") {
		own.Reviews = append(own.Reviews, trail.Review{Step: step(), Date: anyDate(t, spread)})
	}
	return own
}

func anyFork(t *rapid.T, step string, spread int) trail.Fork {
	f := trail.Fork{Step: step, Date: anyDate(t, spread), Chosen: anyText(t, trails.MaxStepTitle)}
	if rapid.Bool().Draw(t, "asked") {
		f.Question = anyText(t, trails.MaxStepTitle)
	}
	for range rapid.IntRange(0, 5).Draw(t, "not taken") {
		f.NotTaken = append(f.NotTaken, anyText(t, trails.MaxStepTitle))
	}
	return f
}
