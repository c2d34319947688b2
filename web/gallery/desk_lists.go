package gallery

import (
	"waypost/community"
	"waypost/internal/jobs"
	"waypost/internal/mail"
	"waypost/internal/problem"
	"waypost/resources"
	"waypost/stories"
	"waypost/web/desk"
	"waypost/web/desk/fields"
	"waypost/web/desk/write"
	"waypost/web/shell"
)

// row is the nth story as the desk lists it, in a state.
func (c cast) row(n int, state stories.State) write.StoryRow {
	s := c.item(n).Story
	s.State, s.Scheduled = state, today.AddDate(0, 0, 3)
	return write.NewStoryRow(s, c.text("Tamsin Oyelaran"))
}

func (c cast) endlessRow(state stories.State) write.StoryRow {
	s := c.endlessItem().Story
	s.State, s.Note, s.Scheduled = state, c.text(wordy), today.AddDate(1, 0, 0)
	return write.NewStoryRow(s, c.text(endless+", Dez Achterberg"))
}

func (c cast) untitled() write.StoryRow {
	return write.NewStoryRow(stories.Story{ID: "s", State: stories.Draft, Updated: today}, "")
}

// deskLists are the desk's pages that list things.
func deskLists() []Scene {
	return append(deskToday(), []Scene{
		scene("stories", "usual", "/desk/stories", func(c cast) any {
			begun := []write.UnsavedRow{{ID: "n1", Title: c.text(titles[1]), Typed: today}, {ID: "n2", Typed: today}}
			return write.StoriesView{Title: "desk.nav.stories", Tabs: write.StateTabs(""), Unsaved: begun, List: []write.StoryRow{c.row(0, stories.Draft), c.row(1, stories.Published), c.row(2, stories.Archived)}}
		}),
		scene("stories", "long", "/desk/stories", func(c cast) any {
			view := write.StoriesView{Title: "desk.nav.stories", Tabs: write.StateTabs(stories.Scheduled), Next: "/desk/stories?before=1"}
			for n := range 12 {
				view.List = append(view.List, c.row(n, stories.Scheduled), c.endlessRow(stories.Scheduled), c.untitled())
			}
			return view
		}),
		scene("stories", "empty", "/desk/stories", func(cast) any {
			return write.StoriesView{Title: "desk.nav.stories", Tabs: write.StateTabs(stories.InReview)}
		}),
		scene("resources", "usual", "/desk/resources", func(c cast) any {
			return desk.ResourcesView{List: []resources.Resource{c.links(1)[0].Resource, c.endlessLink().Resource}}
		}),
		scene("resources", "deleted", "/desk/resources", func(c cast) any {
			form := fields.New("url", "https://a.example/", "title", c.text(endless), "note", c.text(wordy), "topics", "t1")
			return desk.ResourcesView{List: []resources.Resource{c.links(1)[0].Resource}, Removed: &form}
		}),
		scene("resources", "empty", "/desk/resources", func(cast) any { return desk.ResourcesView{} }),
		scene("topics", "usual", "/desk/topics", func(c cast) any {
			view := desk.TopicsView{}
			for n, t := range c.endlessTopics() {
				view.List = append(view.List, desk.TopicRow{Topic: t, N: n})
			}
			return view
		}),
		scene("topics", "empty", "/desk/topics", func(cast) any { return desk.TopicsView{} }),
		scene("authors", "usual", "/desk/authors", func(c cast) any {
			return desk.AuthorsView{List: []desk.AuthorRow{{Profile: c.tamsin().Profile, N: 12, Me: true}, {Profile: c.dez().Profile, N: 1}}}
		}),
		scene("authors", "long", "/desk/authors", func(c cast) any {
			return desk.AuthorsView{List: []desk.AuthorRow{{Profile: c.endlessly().Profile, N: 1_234_567, Me: true}, {Profile: c.bare().Profile}}, Next: "/desk/authors?name=x"}
		}),
		scene("authors", "empty", "/desk/authors", func(cast) any { return desk.AuthorsView{} }),
		scene("pages", "usual", "/desk/pages", func(c cast) any {
			return desk.PagesView{List: []community.Page{{ID: "p1", Slug: "about", State: community.PagePublished, Title: c.text("About us"), InMenu: true},
				{ID: "p2", Slug: endless, State: community.PageDraft, Title: c.text(endless)}}}
		}),
		scene("pages", "empty", "/desk/pages", func(cast) any { return desk.PagesView{} }),
	}...)
}

// waits is a story that waits for whoever looks at today.
func (c cast) waits(n int, note string, first bool) desk.TodayItem {
	row := c.row(n, stories.Draft)
	return desk.TodayItem{Title: row.Title, URL: "/desk/stories/s", By: row.Byline, When: today, Verb: "desk.changed_on", First: first, Note: note}
}

// deskToday is what needs doing.
func deskToday() []Scene {
	section := func(key string, items ...desk.TodayItem) desk.TodaySection {
		return desk.TodaySection{Title: problem.Message{Key: key}, Items: items}
	}
	return []Scene{
		scene("today", "usual", "/desk", func(c cast) any {
			queue := section("desk.today.to_review", c.waits(3, "", true), c.waits(4, "", false))
			queue.Title.Args, queue.More = []any{"count", 12}, "/desk/review"
			return desk.TodayView{Key: true, Editor: true, Owner: true, Stories: 31, Counts: []desk.StateCount{desk.NewStateCount(stories.Draft, 2), desk.NewStateCount(stories.Published, 29)},
				Waiting: []desk.TodaySection{queue, section("desk.today.drafts", c.waits(1, "", false), desk.TodayItem{URL: "/desk/stories/s", By: c.text("Dez Achterberg")}),
					section("desk.today.scheduled", c.waits(2, "", false))}}
		}),
		{Page: "desk/today", State: "member", show: func(c cast) any {
			return c.member("/desk", desk.TodayView{Stories: 1, New: section("desk.today.published", c.waits(2, "", false)), Waiting: []desk.TodaySection{
				section("desk.today.sent_back", c.waits(0, c.text("Say more about the winter, please.\n"+endless), false)),
				section("desk.today.handed_in", c.waits(1, "", false))}})
		}},
		{Page: "desk/today", State: "member-empty", show: func(c cast) any { return c.member("/desk", desk.TodayView{}) }},
		scene("today", "long", "/desk", func(c cast) any {
			view := desk.TodayView{Editor: true, Stories: 1, Waiting: []desk.TodaySection{section("desk.today.drafts", desk.TodayItem{Label: &problem.Message{Key: "desk.today.more"}, URL: "/desk"},
				desk.TodayItem{Title: c.text(endless), URL: "/desk/stories/s", When: today, Verb: "desk.changed_on"},
				desk.TodayItem{Title: c.text(endless + " " + wordy), By: c.text(endless), URL: "/desk/stories/s", When: today, Verb: "desk.changed_on"})}}
			for _, s := range stories.States() {
				view.Counts = append(view.Counts, desk.NewStateCount(s, 1_234_567))
			}
			view.Flooded, view.Joiners, view.Replies, view.Oldest, view.Reported = true, 3, 7, today, 2
			view.Failures = []jobs.Failure{{ID: "j", Kind: "stories.changed", Error: "read related stories: " + endless + endless + ": database is locked", Attempt: 10, At: today}}
			return view
		}),
		scene("today", "clear", "/desk", func(c cast) any {
			return desk.TodayView{Editor: true, Stories: 29, Counts: []desk.StateCount{desk.NewStateCount(stories.Published, 29)}}
		}),
		{Page: "desk/today", State: "empty", show: func(c cast) any {
			return done("desk.done.set_up", c.desk("/desk", desk.TodayView{Editor: true, Owner: true, Guide: &begun}))
		}},
		scene("today", "empty-editor", "/desk", func(c cast) any { return desk.TodayView{Editor: true} }),
	}
}

// begun is a guide after its first two steps.
var begun = desk.NewGuideView(desk.GuideState{Done: []community.Step{community.StepLook}, Left: []community.Step{community.StepBlog},
	Mail: mail.LackSetting, KeyFile: "/srv/waypost/instance.key"})

// guide is a new community's setting up: begun, in the middle, and whole.
func guide() []Scene {
	return []Scene{
		scene("guide", "usual", "/desk", func(cast) any { return begun }),
		scene("guide", "mail-tried", "/desk", func(cast) any {
			return desk.NewGuideView(desk.GuideState{Done: []community.Step{community.StepLook, community.StepBlog}, Mail: mail.LackProof})
		}),
		scene("guide", "whole", "/desk", func(cast) any { return desk.NewGuideView(desk.GuideState{Done: community.Steps()}) }),
		{Page: "desk/import", State: "guided", show: func(c cast) any {
			page := c.desk("/desk/import", desk.ImportView{Form: fields.New()})
			page.Guide = &shell.GuideBar{Number: 2, Of: 6, Label: "desk.guide.blog"}
			return page
		}},
	}
}
