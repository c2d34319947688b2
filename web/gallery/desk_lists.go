package gallery

import (
	"waypost/community"
	"waypost/internal/jobs"
	"waypost/resources"
	"waypost/stories"
	"waypost/web/desk"
	"waypost/web/desk/fields"
	"waypost/web/desk/write"
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
			return write.StoriesView{Tabs: write.StateTabs(""), Unsaved: begun, List: []write.StoryRow{c.row(0, stories.Draft), c.row(1, stories.Published), c.row(2, stories.Archived)}}
		}),
		scene("stories", "long", "/desk/stories", func(c cast) any {
			view := write.StoriesView{Tabs: write.StateTabs(stories.Scheduled), Next: "/desk/stories?before=1"}
			for n := range 12 {
				view.List = append(view.List, c.row(n, stories.Scheduled), c.endlessRow(stories.Scheduled), c.untitled())
			}
			return view
		}),
		scene("stories", "empty", "/desk/stories", func(cast) any { return write.StoriesView{Tabs: write.StateTabs(stories.InReview)} }),
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

// deskToday is what needs doing.
func deskToday() []Scene {
	return []Scene{
		scene("today", "usual", "/desk", func(c cast) any {
			return desk.TodayView{Key: true, Stories: 31, Counts: []desk.StateCount{desk.NewStateCount(stories.Draft, 2), desk.NewStateCount(stories.Published, 29)},
				Drafts: []write.StoryRow{c.row(1, stories.Draft), c.untitled()}, Scheduled: []write.StoryRow{c.row(2, stories.Scheduled)}, InReview: []write.StoryRow{c.row(3, stories.InReview)}}
		}),
		scene("today", "long", "/desk", func(c cast) any {
			view := desk.TodayView{Stories: 1_234_567, Drafts: []write.StoryRow{c.endlessRow(stories.Draft)}, Scheduled: []write.StoryRow{c.endlessRow(stories.Scheduled)}}
			for _, s := range stories.States() {
				view.Counts = append(view.Counts, desk.NewStateCount(s, 1_234_567))
			}
			view.Flooded, view.Waiting = true, 3
			view.Failures = []jobs.Failure{{ID: "j", Kind: "stories.changed", Error: "read related stories: " + endless + endless + ": database is locked", Attempt: 10, At: today}}
			return view
		}),
		scene("today", "clear", "/desk", func(c cast) any {
			return desk.TodayView{Stories: 29, Counts: []desk.StateCount{desk.NewStateCount(stories.Published, 29)}}
		}),
		{Page: "desk/today", State: "empty", show: func(c cast) any { return done("desk.done.set_up", c.desk("/desk", desk.TodayView{Guide: &begun})) }},
	}
}
