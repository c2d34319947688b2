package walks

import (
	"waypost/internal/problem"
	"waypost/paths"
	"waypost/paths/exchange"
	"waypost/web/desk/fields"
	webpaths "waypost/web/paths"
)

// imports are the pages by which a path comes in and goes out.
func imports() []Scene {
	list := func(state string, view func(c Cast) webpaths.ImportList) Scene {
		return Scene{"path/import-list", state, "/path/import", func(c Cast) any { return view(c) }}
	}
	keep := func(state string, view func(c Cast) webpaths.KeepView) Scene {
		return Scene{"path/keep", state, "/path/keep", func(c Cast) any { return view(c) }}
	}
	return []Scene{
		{"path/import", "usual", "/path/import", func(Cast) any { return webpaths.ImportView{Form: fields.New()} }},
		{"path/import", "refused", "/path/import", func(Cast) any {
			return webpaths.ImportView{Form: refused(fields.New(), fault("file", "path.import_missing"))}
		}},
		list("usual", func(c Cast) webpaths.ImportList {
			found := exchange.Found{Source: "linkedin", Items: []exchange.Item{
				{ID: "1", Step: &paths.Step{Kind: paths.Position, Title: c.Text("Editor"), Organization: c.Text("The Lantern"), Start: date("2020")}},
				{ID: "2", Step: &paths.Step{Kind: paths.Position, Title: endless, Parent: "1", Start: date("2020-05"), End: date("2021-06")}, Notes: []problem.Message{{Key: "path.goal_second"}}},
				{ID: "3", Entry: &paths.Entry{Kind: paths.Learned, Text: c.Text("Patching"), Date: date("2021"), Minutes: 90}},
				{ID: "4", Goal: &paths.Goal{Title: c.Text("To lead a paper"), State: paths.GoalActive}},
				{ID: "5", Step: &paths.Step{Kind: paths.Study, Title: c.Text("Diploma in lighting"), Start: date("2022-09")}},
			}, Skipped: []exchange.Skipped{{At: exchange.Place{File: "Skills.csv", Row: 3}, Why: problem.Message{Key: "path.title_missing"}}, {At: exchange.Place{Part: "work[1]"}, Why: problem.Message{Key: "path.start_missing"}}}, More: 7}
			return webpaths.NewImportList(found, c.path(6))
		}),
		list("clean", func(c Cast) webpaths.ImportList {
			return webpaths.NewImportList(exchange.Found{Source: "resume", Items: []exchange.Item{{ID: "1", Step: &paths.Step{Kind: paths.Study, Title: c.Text("A course"), Start: date("2018")}}}}, c.path(6))
		}),
		list("whole", func(c Cast) webpaths.ImportList {
			view := webpaths.NewImportList(exchange.Found{Source: "document"}, c.path(6))
			view.Whole = true
			return view
		}),
		list("empty", func(c Cast) webpaths.ImportList {
			return webpaths.NewImportList(exchange.Found{Source: "calendar", Skipped: []exchange.Skipped{{Why: problem.Message{Key: "path.title_missing"}}}}, c.path(6))
		}),
		keep("usual", func(c Cast) webpaths.KeepView {
			return webpaths.NewKeepView(c.path(6), c.Text("Mei Castellano"))
		}),
		keep("fed", func(c Cast) webpaths.KeepView {
			view := webpaths.NewKeepView(c.path(6), c.Text("Mei Castellano"))
			view.Quarterly = true
			view.Feed, view.Fed = "https://brackmouth.example/path/calendar/0123456789abcdef0123456789abcdef0123456789", true
			view.Form = refused(fields.New(), fault("sure", "path.erase_sure"))
			return view
		}),
		keep("counted", func(c Cast) webpaths.KeepView {
			view := webpaths.NewKeepView(c.path(6), c.Text("Mei Castellano"))
			view.Quarterly, view.Counted = true, true
			return view
		}),
		keep("damaged", func(c Cast) webpaths.KeepView {
			view := webpaths.NewKeepView(paths.Path{}, c.Text("Mei Castellano"))
			view.Shut = &problem.Message{Key: "path.damaged"}
			return view
		}),
		{"path/quarters", "usual", "/desk/paths", func(Cast) any {
			return webpaths.QuartersView{On: true, May: true, Figures: []webpaths.QuarterRow{{Quarter: webpaths.Quarter{Year: 2026, Number: 3}}, {Quarter: webpaths.Quarter{Year: 2026, Number: 2}, Enough: true, Overall: "3.5", Learning: "4.0"}}}
		}},
		{"path/quarters", "off", "/desk/paths", func(Cast) any { return webpaths.QuartersView{May: true} }},
		{"path/quarters", "new", "/desk/paths", func(Cast) any { return webpaths.QuartersView{On: true} }},
		keep("empty", func(c Cast) webpaths.KeepView { return webpaths.NewKeepView(paths.Path{}, c.Text("Mei Castellano")) }),
	}
}
