package gallery

import (
	"waypost/members"
	"waypost/stories"
	"waypost/stories/trails"
	"waypost/web/desk/fields"
	"waypost/web/desk/write"
)

// waiting is a story in the queue.
func (c cast) waiting(n int, first bool) write.QueueRow {
	row := c.row(n, stories.InReview)
	row.Submitted = today
	return write.NewQueueRow(row, first)
}

// thread is what was said beside a story.
func (c cast) thread(action string) write.Thread {
	t := write.Thread{Form: fields.New(), Action: action}
	t.List = []write.NoteRow{
		write.NewNoteRow(stories.Note{At: today, Kind: stories.NoteSubmit, Text: c.text("Is the ending too dark?")}, c.text("Tamsin Oyelaran")),
		write.NewNoteRow(stories.Note{At: today, Kind: stories.NoteReturn, Text: c.text("No. But say more about the winter.\n\n"+endless) + wordy}, c.text(endless)),
		write.NewNoteRow(stories.Note{At: today, Kind: stories.NoteTakeBack}, ""),
		write.NewNoteRow(stories.Note{At: today, Kind: stories.NoteComment, Text: c.text("Thank you.")}, c.text("Tamsin Oyelaran")),
		write.NewNoteRow(stories.Note{At: today, Kind: stories.NoteApprove}, c.text("Dez Achterberg")),
	}
	return t
}

func reviewing() members.Actor {
	return members.Actor{AccountID: "ed", Roles: []members.Role{members.Editor}}
}

// review is the queue of the editors, a story in it, and what members see of it.
func review() []Scene {
	queue := func(c cast, form fields.Form) write.QueueView {
		return write.QueueView{Form: form, Topics: c.topics(), Tongues: []fields.Option{{Value: "de", Label: "Deutsch"}, {Value: "en", Label: "English"}}}
	}
	story := func(c cast, row write.QueueRow, actor members.Actor, form fields.Form) write.ReviewView {
		return write.NewReviewView(actor, row, form, "Europe/Berlin")
	}
	return []Scene{
		scene("review", "usual", "/desk/review", func(c cast) any {
			view := queue(c, fields.New())
			untitled := write.NewQueueRow(c.untitled(), true)
			untitled.Language = "tlh"
			endless := write.NewQueueRow(c.endlessRow(stories.InReview), false)
			view.List = []write.QueueRow{c.waiting(0, true), c.waiting(1, false), endless, untitled}
			view.Next = "/desk/review?after=1"
			return view
		}),
		scene("review", "empty", "/desk/review", func(c cast) any { return queue(c, fields.New()) }),
		scene("review", "none-such", "/desk/review", func(c cast) any {
			return queue(c, fields.New("topic", c.topics()[0].ID, "language", "de"))
		}),
		scene("review-story", "usual", "/desk/review", func(c cast) any {
			view := story(c, c.waiting(0, true), reviewing(), fields.New("version", "3"))
			view.Thread = c.thread("/desk/stories/s1/comment")
			view.Trust = []write.TrustRow{{Name: c.text("Tamsin Oyelaran"), AccountID: "a"}, {Name: c.text(endless), AccountID: "b", Trusted: true}}
			return view
		}),
		scene("review-story", "refused", "/desk/review", func(c cast) any {
			return story(c, c.waiting(1, false), reviewing(), refused(fields.New("version", "3"), fault("message", "story.message_missing"), fault("at", "story.time_past")))
		}),
		scene("review-story", "own", "/desk/review", func(c cast) any {
			row := c.waiting(1, false)
			row.Title, row.Byline, row.HasTrail = "", "", false
			actor := reviewing()
			row.AccountID = actor.AccountID
			return story(c, row, actor, fields.New("version", "3"))
		}),
		scene("review-story", "kept", "/desk/review", func(c cast) any {
			view := story(c, c.waiting(1, false), reviewing(), fields.New())
			view.Return = false
			return view
		}),
		scene("review-story", "decided", "/desk/review", func(c cast) any {
			row := write.NewQueueRow(c.row(0, stories.Published), false)
			view := story(c, row, reviewing(), fields.New())
			view.Thread = c.thread("")
			return view
		}),
		{Page: "desk/story", State: "member", show: func(c cast) any { return c.member("/desk/stories", c.membersStory(stories.Draft)) }},
		{Page: "desk/story", State: "member-waits", show: func(c cast) any { return c.member("/desk/stories", c.membersStory(stories.InReview)) }},
	}
}

// membersStory is the editor as the author of a story has it who edits no others.
func (c cast) membersStory(state stories.State) write.StoryView {
	s := c.item(0).Story
	s.State, s.AccountID, s.Submitted = state, "a", today
	actor := members.Actor{AccountID: "a", Roles: []members.Role{members.Member}}
	view := write.NewStoryView(actor, s, write.StoryForm(c.content(trails.Trail{}), today.Location()), today.Location())
	view.Topics, view.By = c.topics(), c.text("Tamsin Oyelaran")
	view.Thread = c.thread("/desk/stories/s1/comment")
	if state == stories.Draft {
		view.Thread.List = nil
	}
	return view
}
