package paths

import (
	"waypost/internal/partdate"
	"waypost/stories/trails"
	"waypost/web/messages"
	"waypost/web/trail"
)

// Example is a path that is nobody's, to show what there is before one has one's own.
func Example(c *messages.Catalog) trail.Own {
	on := func(year, month int) partdate.Date {
		d, _ := partdate.Of(year, month, 0) // a month that there is
		return d
	}
	own := trail.Own{Trail: trails.Trail{Version: trails.TrailVersion, Goal: c.T("path.example.goal"), Steps: []trails.Step{
		{ID: "a", Kind: trails.Study, Title: c.T("path.example.study"), Start: on(2022, 9), End: on(2024, 6), EndedBy: trails.Finished},
		{ID: "b", Kind: trails.Gig, Title: c.T("path.example.gigs"), Start: on(2024, 7), End: on(2025, 4), EndedBy: trails.MovedOn, Learned: []string{c.T("path.example.learned")}},
		{ID: "c", Kind: trails.Position, Title: c.T("path.example.job"), Start: on(2025, 5)},
	}, Changes: []trails.Change{{Date: on(2026, 2), Step: "c", Words: c.T("path.example.changed")}}}}
	curve := trail.Curve{Step: "c", Levels: []trail.Level{{From: on(2025, 6).First(), To: on(2026, 1).First(), Mean: 4.1, Margin: 0.3}, {From: on(2026, 2).First(), To: on(2026, 5).First(), Mean: 2.9, Margin: 0.4}}}
	for i, value := range []float64{4, 4.3, 4.1, 3.9, 4.3, 4, 4.2, 4.1, 3.1, 2.8, 2.7, 3} {
		month := 6 + i
		curve.Dots = append(curve.Dots, trail.Dot{Day: on(2025+(month-1)/12, (month-1)%12+1).First(), Value: value})
	}
	own.Curves = []trail.Curve{curve}
	return own
}
