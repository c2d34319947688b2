// Package walks has the prepared values of the pages of a member's path, in every state,
// for the gallery.
package walks

import (
	"slices"
	"time"

	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/paths"
	"waypost/paths/checkins"
	"waypost/stories/trails"
	"waypost/web/desk/fields"
	"waypost/web/messages"
	webpaths "waypost/web/paths"
	"waypost/web/render"
	"waypost/web/trail"
)

// Scene is a page of the path in a state.
type Scene struct {
	Page, State, Section string
	Content              func(c Cast) any
}

// Cast is the language that scenes are shown in.
type Cast struct {
	Words *messages.Catalog
	Text  func(string) string // a sample text in the script of the language
}

// Scenes are all of them.
func Scenes() []Scene {
	return slices.Concat(overviews(), forms(), checkInForms(), steps(), imports(), decisions())
}

func date(text string) partdate.Date {
	d, _ := partdate.Parse(text) // a wrong one is none
	return d
}

var today = date("2026-11-02")

// endless is the longest word that a title may be.
const endless = "Rinderkennzeichnungsfleischetikettierungsüberwachungsaufgabenübertragung"

// row is a part that is kept.
func row(id string) paths.Row {
	return paths.Row{ID: id, Version: 1, Made: time.Date(2026, time.May, 11, 9, 0, 0, 0, time.UTC)}
}

// path is a path with something of everything; falls is after how many check-ins of the
// trial the answers fall.
func (c Cast) path(falls int) paths.Path {
	p := paths.Path{Version: paths.PathVersion,
		Goals: []paths.Goal{{Row: row("old"), Title: c.Text("A chair at the desk"), State: paths.GoalLetGo, Note: c.Text("It was the chair next to mine that I wanted.")},
			{Row: row("older"), State: paths.GoalReached}, {Row: row("goal"), Title: c.Text("Design the light for a show of my own"), Horizon: date("2030"), State: paths.GoalActive}},
		Steps: []paths.Step{
			{Row: row("college"), Kind: paths.Study, Title: c.Text("Diploma in lighting"), Start: date("2022-09"), End: date("2025-06"), EndedBy: paths.Finished},
			{Row: row("gigs"), Kind: paths.Gig, Title: c.Text("Freelance technician"), Organization: c.Text("dinners, fairs, an ice show"), Start: date("2025-06"), End: date("2026-05"), Detour: true},
			{Row: row("trial"), Kind: paths.Trial, Title: c.Text("Assistant programmer"), Organization: c.Text("The Lantern"), Start: date("2026-05-11"), Review: date("2026-10-30"), Cadence: paths.Weekly,
				Had: c.Text("I can patch."), Expect: c.Text("To programme a whole show."), StayIf: c.Text("I program by July."), LeaveIf: c.Text("I only carry cases."), Expected: checkins.Answers{5, 4, 3, 3, 0, 2, 5}},
			{Row: row("rig"), Kind: paths.Project, Title: c.Text("The summer rig"), Parent: "trial", Start: date("2026-06")},
		},
		Entries: []paths.Entry{
			{Row: row("dinner"), Kind: paths.Event, Date: date("2025-09-12"), Text: c.Text("Networking dinner at the guild"), Minutes: 180, LedTo: "trial"},
			{Row: row("letter"), Kind: paths.Application, Date: date("2026-04-02"), Text: c.Text("Applied to The Lantern")},
			{Row: row("coffee"), Kind: paths.Conversation, Date: date("2025-09-20"), Minutes: 60},
			{Row: row("hours"), Kind: paths.Practice, Date: date("2026"), Minutes: 90},
			{Row: row("learned"), Kind: paths.Learned, Date: date("2026-07-01"), Text: c.Text("Paperwork is a kindness to strangers"), Minutes: 30, Step: "trial", Skills: []string{c.Text("patience"), endless}},
		},
		Decisions: []paths.Decision{
			{Row: row("open"), Question: c.Text("Stay, or design the two-hander?"), Step: "trial", State: paths.DecisionOpen},
			{Row: row("decided"), Question: c.Text("Another winter of gigs?"), State: paths.DecisionDecided, Chosen: c.Text("A trial"), Decided: date("2026-04-20"),
				Options: []paths.Option{{Name: c.Text("A trial")}, {Name: c.Text("Another winter of gigs")}}, Looks: []paths.Look{{Due: date("2026-06-20")}}},
		},
	}
	p.Entries[0].Import = "linkedin-1"
	for i := range 12 {
		answer := 4 + i%2
		if i >= falls {
			answer = 2 + i%2
		}
		x := paths.CheckIn{Row: row("c"), Step: "trial", Day: (date("2026-05-18").First() + partdate.Days(7*i)).Date(), Answers: checkins.Answers{answer, answer, 3, 3, 0, answer, answer}}
		if i == 3 {
			x.Note = c.Text("A long week.")
		}
		p.CheckIns = append(p.CheckIns, x)
	}
	return p
}

// refused is a form that was not taken.
func refused(form fields.Form, faults ...problem.Field) fields.Form {
	form.Problem, form.Faults = &problem.Message{Key: "problem.invalid"}, faults
	return form
}

func fault(name, key string, args ...any) problem.Field {
	return problem.Field{Name: name, Message: problem.Message{Key: key, Args: args}}
}

func overviews() []Scene {
	mine := func(state string, content func(c Cast) any) Scene { return Scene{"path/path", state, "/path", content} }
	return []Scene{
		mine("usual", func(c Cast) any {
			view, courses := c.overview(c.path(6))
			view.Figure = render.OwnTrail(webpaths.Drawn(c.path(6), courses, c.Words), today.First(), c.Words)
			view.Removed = []webpaths.RemovedRow{{Label: "path.part.step", Words: c.Text("An old step"), URL: "/path/removed/step/x"}, {Label: "path.source.linkedin", Count: 14, URL: "/path/removed/import/linkedin-x"}}
			return view
		}),
		mine("drawn", func(c Cast) any {
			view, courses := c.overview(c.path(6))
			view.Figure = render.OwnTrail(c.walked(webpaths.Drawn(c.path(6), courses, c.Words)), today.First(), c.Words)
			return view
		}),
		mine("few", func(c Cast) any {
			p := c.path(12)
			p.Goals, p.Entries, p.Decisions, p.CheckIns = nil, nil, nil, nil
			view, courses := c.overview(p)
			view.Figure = render.OwnTrail(webpaths.Drawn(p, courses, c.Words), today.First(), c.Words)
			return view
		}),
		mine("possible", func(c Cast) any {
			p := c.path(6)
			p.Goals = []paths.Goal{{Row: row("goal"), State: paths.GoalActive}}
			view, _ := c.overview(p)
			for i := range view.Found {
				view.Found[i].Detected = false
			}
			return view
		}),
		mine("empty", func(c Cast) any {
			view, _ := c.overview(paths.Path{})
			view.Example = render.OwnTrail(webpaths.Example(c.Words), today.First(), c.Words)
			return view
		}),
	}
}

// walked adds to a drawing what few paths have: changes and decisions that belong to no
// step, and a step that is planned.
func (c Cast) walked(own trail.Own) trail.Own {
	own.Trail.Steps = append(own.Trail.Steps, trails.Step{ID: "next", Kind: trails.Study, Title: c.Text("A year of theatre"), Start: date("2027-02")})
	own.Trail.Changes = []trails.Change{{Date: date("2026-08"), Words: c.Text("I said so.")}, {Date: date("2026-07-13"), Step: "trial", Words: c.Text("I had been picturing the chair next to mine.")}}
	own.Found = append(own.Found, trail.Found{From: date("2025-12-20").First(), To: date("2026-01-20").First()},
		trail.Found{Step: "gigs", From: date("2025-10-20").First(), To: date("2025-11-20").First(), Detected: true})
	own.Forks = append(own.Forks, trail.Fork{Step: "college", Date: date("2024"), Chosen: c.Text("Stay to the end")})
	return own
}

func (c Cast) overview(p paths.Path) (webpaths.Overview, map[string]paths.Course) {
	courses, _ := webpaths.Courses(p) // the check-ins above are sound
	return webpaths.NewOverview(p, courses, nil, today), courses
}
