package gallery

import (
	"strconv"
	"time"

	"waypost/members"
	"waypost/replies"
	"waypost/replies/decided"
	"waypost/spam"
	"waypost/spam/labels"
	"waypost/stories"
	"waypost/stories/trails"
	"waypost/web/desk/fields"
	deskreplies "waypost/web/desk/replies"
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

// held is a reply as moderators see it.
func (c cast) held(state replies.State, name, body string, held replies.Held, v spam.Verdict) deskreplies.Row {
	w := replies.Waiting{Reply: replies.Reply{ID: "r" + name[:min(len(name), 1)], StoryID: "s1", State: state, Name: c.text(name), Body: body, Written: today}, Email: "reader@people.example",
		OnForm: time.Minute, Held: held, Verdict: v}
	return deskreplies.NewRow(w, replies.Story{ID: "s1", Title: c.text(titles[0]), Slug: "story-1"}, deskreplies.PlaceIn(nil), today.Location())
}

// again is a row after something in it was changed.
func again(r deskreplies.Row, change func(w *replies.Waiting)) deskreplies.Row {
	change(&r.Waiting)
	return deskreplies.NewRow(r.Waiting, r.Story, r.Place, today.Location())
}

func (c cast) firstReply() deskreplies.Row {
	r := c.held(replies.Pending, "Priya N.", c.text("I had the same chair once.\n\nThank you."), replies.ByFirst, spam.Verdict{Kind: spam.Ham, Probability: 0.02,
		Reasons: []spam.Reason{{Code: spam.Agreement, Weight: -1}, {Code: spam.NoLinks, Weight: -0.5}}})
	r.Above, r.Borrowed = &replies.Reply{Name: c.text("Dez Achterberg")}, true
	return r
}

func (c cast) spamReply() deskreplies.Row {
	long := c.text("Buy chairs at https://chairs.example/" + endless + "\n\n" + essay)
	r := c.held(replies.Spam, "Cheap Chairs", long, replies.ByFilter, spam.Verdict{Kind: spam.Spam, Probability: 0.987, Reasons: []spam.Reason{
		{Code: spam.Word, Text: "chairs", Spam: 41, Weight: 3}, {Code: spam.Word, Text: "buy", Spam: 12, Ham: 3, Weight: 2}, {Code: spam.Host, Text: "chairs.example", Ham: 1, Weight: 1},
		{Code: spam.Word, Text: endless, Weight: 1}, {Code: "no such", Weight: 2}, {Code: spam.NewHosts, N: 3, Weight: 1}}})
	r = again(r, func(w *replies.Waiting) {
		w.URL, w.Refused, w.Reports, w.Appealed = "https://chairs.example/"+endless, 12, 3, today
	})
	r.Above, r.Wrong = &replies.Reply{Erased: true}, []string{"reply.report_spam", "reply.report_other"}
	return r
}

func (c cast) shownReply() deskreplies.Row {
	r := again(c.held(replies.Published, "", c.text("Counting beds is what I did too."), replies.ByDecision, spam.Verdict{}), func(w *replies.Waiting) {
		w.AccountID, w.Email, w.Approved, w.Decided, w.Reports = "a", "", 4, today, 1
	})
	r.By = c.text("Tamsin Oyelaran")
	return r
}

// replyQueue is what moderators have before them.
func replyQueue() []Scene {
	counts := map[replies.State]int{replies.Pending: 7, replies.Spam: 1_234}
	return []Scene{
		scene("replies", "usual", deskreplies.Section, func(c cast) any {
			view := deskreplies.NewQueueView(deskreplies.PlaceIn(nil), counts)
			view.Stories = []deskreplies.StoryOption{{ID: "s1", Title: c.text(titles[0]), Count: 5}, {ID: "s2", Count: 2}}
			view.List, view.Next = []deskreplies.Row{c.firstReply(), c.spamReply(), c.shownReply()}, "/desk/replies?before=r"
			view.Did = &deskreplies.Did{Said: deskreplies.Said(replies.Decision{Act: replies.Approve, Changed: []string{"a", "b"}}), Batch: "b"}
			return view
		}),
		scene("replies", "of a writer", deskreplies.Section, func(c cast) any {
			all := deskreplies.Place{Filter: replies.Filter{Writer: "r"}}
			view := deskreplies.NewQueueView(all, counts)
			view.Writer = c.text(endless)
			one := c.held(replies.Published, endless, c.text("Counting beds."), "", spam.Verdict{Kind: spam.Unsure, Probability: 0.5, Reasons: []spam.Reason{{Code: spam.Wording, Weight: 1}}})
			one.Waiting.Decided = today
			view.List = []deskreplies.Row{deskreplies.NewRow(one.Waiting, replies.Story{}, all, today.Location())}
			for i, state := range []replies.State{replies.Published, replies.Trash} {
				other := c.held(state, endless, c.text("Counting days."), "", spam.Verdict{})
				view.List = append(view.List, again(other, func(w *replies.Waiting) { w.ID += strconv.Itoa(i) }))
			}
			blocked := c.held(replies.Spam, endless, c.text("Counting weeks."), replies.ByBlock, spam.Verdict{})
			kept := deskreplies.NewBlockRow(replies.Block{ID: "b", Kind: replies.BlockPhrase, Label: c.text(endless)}, "", today.Location())
			blocked = again(blocked, func(w *replies.Waiting) { w.ID += "b" })
			blocked.Blocked = &kept
			view.List = append(view.List, blocked)
			deleted := c.held(replies.Trash, endless, c.text("Counting hours."), replies.ByWriter, spam.Verdict{})
			view.List = append(view.List, again(deleted, func(w *replies.Waiting) { w.ID += "d" }))
			return view
		}),
		scene("replies", "of a story", deskreplies.Section, func(c cast) any {
			view := deskreplies.NewQueueView(deskreplies.Place{Filter: replies.Filter{State: replies.Spam, StoryID: "s1", Before: "r"}}, counts)
			view.Stories = []deskreplies.StoryOption{{ID: "s1", Title: c.text(endless), Count: 5, Chosen: true}}
			view.List, view.Talk, view.Newer = []deskreplies.Row{c.spamReply()}, &replies.Talk{Closed: true}, true
			return view
		}),
		scene("replies", "of an old story", deskreplies.Section, func(c cast) any {
			view := deskreplies.NewQueueView(deskreplies.Place{Filter: replies.Filter{State: replies.Pending, StoryID: "s1"}}, nil)
			view.Talk, view.Old = &replies.Talk{}, true
			return view
		}),
		scene("replies", "reported", deskreplies.Section, func(c cast) any {
			view := deskreplies.NewQueueView(deskreplies.PlaceIn(map[string][]string{"reported": {"yes"}}), map[replies.State]int{replies.Pending: 7, "reported": 1})
			view.Stories = []deskreplies.StoryOption{{ID: "s1", Title: c.text(titles[0]), Count: 1}}
			one := c.held(replies.Published, c.text("Bo Hale"), c.text("Counting beds."), "", spam.Verdict{})
			view.List = []deskreplies.Row{again(one, func(w *replies.Waiting) { w.Reports, w.Decided = 2, today })}
			return view
		}),
		scene("replies", "reported, none", deskreplies.Section, func(c cast) any {
			return deskreplies.NewQueueView(deskreplies.PlaceIn(map[string][]string{"reported": {"yes"}}), nil)
		}),
		scene("replies", "empty", deskreplies.Section, func(c cast) any { return emptyQueue(replies.HoldNone) }),
		scene("replies", "empty, all wait", deskreplies.Section, func(c cast) any { return emptyQueue(replies.HoldAll) }),
	}
}

func emptyQueue(mode replies.Mode) deskreplies.QueueView {
	view := deskreplies.NewQueueView(deskreplies.PlaceIn(nil), nil)
	view.Mode = mode
	return view
}

// besideReplies are the pages around the queue.
func besideReplies() []Scene {
	return []Scene{
		scene("replies-block", "usual", deskreplies.Section, func(c cast) any {
			row := c.spamReply()
			row.Waiting.Network = "203.0.113.77"
			return deskreplies.BlockView{BlockForm: deskreplies.NewBlockForm(fields.New(), row.Waiting), Row: row}
		}),
		scene("replies-block", "refused", deskreplies.Section, func(c cast) any {
			form := refused(fields.New("kind", "mood", "days", "0", "value", "x"), fault("kind", "field.unknown"), fault("value", "reply.block_form"))
			return deskreplies.BlockView{BlockForm: deskreplies.NewBlockForm(form, replies.Waiting{}), Row: c.shownReply()}
		}),
		scene("replies-block", "of nowhere", deskreplies.Section, func(c cast) any {
			row := c.shownReply()
			return deskreplies.BlockView{BlockForm: deskreplies.NewBlockForm(fields.New(), row.Waiting), Row: row}
		}),
		scene("replies-blocks", "usual", "/desk/replies/blocks", func(c cast) any {
			row := func(kind replies.BlockKind, label, reason, by string, ends time.Time, hits int) deskreplies.BlockRow {
				return deskreplies.NewBlockRow(replies.Block{ID: label, Kind: kind, Label: label, Reason: reason, Made: today, Ends: ends, Hits: hits}, by, today.Location())
			}
			return deskreplies.BlocksView{BlockForm: deskreplies.NewBlockForm(fields.New(), replies.Waiting{}), Ended: &deskreplies.Ended{Block: replies.Block{ID: "b", Label: "pills.example"}},
				List: []deskreplies.BlockRow{row(replies.BlockNetwork, "203.0.…/24", c.text("A campaign for chairs."), c.text("Dez Achterberg"), today.AddDate(0, 1, 0), 1_234),
					row(replies.BlockPhrase, c.text(endless), "", "", time.Time{}, 0)}}
		}),
		scene("replies-log", "usual", "/desk/replies/log", func(c cast) any {
			row := func(act replies.Act, name, body, by string, undone time.Time, first bool) deskreplies.LogRow {
				return deskreplies.NewLogRow(decided.Done{Batch: "b", Act: act, Was: replies.Pending, Name: name, Body: body, At: today, Undone: undone, Back: body != ""}, by, first, today.Location())
			}
			view := deskreplies.LogView{Before: "b", Next: "/desk/replies/log?before=a", List: []deskreplies.LogRow{
				row(replies.Approve, c.text("Priya N."), c.text("I had the same chair once."), c.text("Dez Achterberg"), time.Time{}, true),
				row(replies.MarkSpam, c.text(endless), c.text(endless+wordy+wordy+wordy), "", today, true), row(replies.Discard, "", "", c.text(endless), time.Time{}, false), row(replies.Discard, "", "", "", time.Time{}, true),
				row(replies.Answered, c.text("Tamsin Oyelaran"), c.text("So did I."), c.text("Tamsin Oyelaran"), time.Time{}, true)}}
			for i := range view.List {
				view.List[i].ID = strconv.Itoa(i)
			}
			return view
		}),
		scene("replies-log", "empty", "/desk/replies/log", func(c cast) any { return deskreplies.LogView{} }),
		scene("replies-settings", "usual", "/desk/replies/settings", func(c cast) any {
			return deskreplies.NewSettingsView(deskreplies.SettingsForm(replies.Defaults()))
		}),
		scene("replies-settings", "refused", "/desk/replies/settings", func(c cast) any {
			form := deskreplies.SettingsForm(replies.Settings{Newest: true})
			return deskreplies.NewSettingsView(refused(form, fault("mode", "field.unknown"), fault("spam_days", "field.unknown")))
		}),
		scene("replies-blocks", "empty", "/desk/replies/blocks", func(c cast) any {
			return deskreplies.BlocksView{BlockForm: deskreplies.NewBlockForm(fields.New(), replies.Waiting{})}
		}),
		scene("replies-filter", "usual", "/desk/replies/filter", func(cast) any {
			view := deskreplies.NewFilterView([]labels.Month{{Month: "2026-11", Decided: 1_240, Spam: 900, Right: 1_100, Asked: 120, WrongSpam: 4, WrongShown: 16},
				{Month: "2026-10", Decided: 620, Spam: 402, Right: 400, Asked: 200, WrongSpam: 12, WrongShown: 8}, {Month: "2026-09", Decided: 150, Spam: 80, Asked: 150}})
			view.Unread = 2_010
			return view
		}),
		scene("replies-filter", "empty", "/desk/replies/filter", func(cast) any { return deskreplies.NewFilterView(nil) }),
		scene("replies-answer", "usual", deskreplies.Section, func(c cast) any { return deskreplies.AnswerView{Form: fields.New(), Row: c.firstReply()} }),
		scene("replies-answer", "refused", deskreplies.Section, func(c cast) any {
			return deskreplies.AnswerView{Form: refused(fields.New("answer", ""), fault("answer", "reply.body_missing")), Row: c.shownReply()}
		}),
	}
}
