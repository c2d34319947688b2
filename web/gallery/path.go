package gallery

import (
	"fmt"
	"slices"

	"waypost/internal/partdate"
	"waypost/stories/trails"
)

// date reads a date as trails write it; a wrong one is none.
func date(text string) partdate.Date {
	d, _ := partdate.Parse(text)
	return d
}

// sample is a path of steps of most kinds: one after the other, beside each other, one
// within another, a detour, and two that go on.
var sample = trails.Trail{Version: trails.TrailVersion, Goal: "Design the light for a show of my own",
	Steps: []trails.Step{
		{ID: "college", Kind: trails.Study, Title: "Diploma in lighting", Organization: trails.Organization{Shown: trails.Named, Text: "Brackmouth College"},
			Start: date("2022-09"), End: date("2025-06"), EndedBy: trails.Finished},
		{ID: "gigs", Kind: trails.Gig, Title: "Freelance technician", Organization: trails.Organization{Shown: trails.Described, Text: "dinners, fairs, an ice show"},
			Start: date("2025-06"), End: date("2026-05"), EndedBy: trails.MovedOn, Learned: []string{"December pays for January"}},
		{ID: "doors", Kind: trails.Volunteering, Title: "On the door at 312 hours of events", Start: date("2025-06"), End: date("2026-04"), Detour: true},
		{ID: "trial", Kind: trails.Trial, Title: "Assistant programmer, three months’ trial", Organization: trails.Organization{Shown: trails.Hidden},
			Start: date("2026-05-11"), End: date("2026-07-24"), EndedBy: trails.Left, Learned: []string{"I can patch 214 fixtures", "Paperwork is a kindness to strangers"}},
		{ID: "rig", Kind: trails.Project, Title: "The summer rig", Parent: "trial", Start: date("2026-06"), End: date("2026-07")},
		{ID: "shop", Kind: trails.Position, Title: "Hire desk, two days a week", Start: date("2026-08-03")},
		{ID: "loft", Kind: trails.Project, Title: "Designing a two-hander", Start: date("2026-09")},
	},
	Changes: []trails.Change{{Date: date("2026-06-19"), Step: "trial", Words: "I had been picturing the chair next to mine."}, {Date: date("2026-08"), Words: "I said so."}},
}

// crowded is a path with more steps than there is room for beside one another, so
// that it runs downwards at all widths.
func crowded() trails.Trail {
	t := trails.Trail{Version: trails.TrailVersion, Goal: wordy}
	kinds := trails.StepKinds()
	for i := range 16 {
		year, month := 2012+i*4/5, 1+i*5%12
		t.Steps = append(t.Steps, trails.Step{ID: fmt.Sprint("s", i), Kind: kinds[i%len(kinds)], Title: endless[:60] + fmt.Sprint(" ", i),
			Organization: trails.Organization{Shown: trails.Named, Text: endless}, Start: date(fmt.Sprintf("%d-%02d", year, month)), End: date(fmt.Sprintf("%d-%02d", year+1, month)),
			EndedBy: trails.LetGo, Learned: []string{endless, wordy}})
		if i%3 > 0 {
			continue
		}
		t.Changes = append(t.Changes, trails.Change{Date: date(fmt.Sprintf("%d-%02d", year, month)), Step: fmt.Sprint("s", i), Words: endless + " " + wordy})
	}
	return t
}

// spoken is a trail whose texts are in the script of the language.
func (c cast) spoken(t trails.Trail) trails.Trail {
	t.Goal, t.Steps, t.Changes = c.text(t.Goal), slices.Clone(t.Steps), slices.Clone(t.Changes)
	for i := range t.Steps {
		s := &t.Steps[i]
		s.Title, s.Organization.Text, s.Learned = c.text(s.Title), c.text(s.Organization.Text), slices.Clone(s.Learned)
		for j := range s.Learned {
			s.Learned[j] = c.text(s.Learned[j])
		}
	}
	for i := range t.Changes {
		t.Changes[i].Words = c.text(t.Changes[i].Words)
	}
	return t
}
