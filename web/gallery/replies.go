package gallery

import (
	"fmt"
	"html/template"
	"strings"
	"time"

	"waypost/internal/problem"
	"waypost/members"
	"waypost/replies"
	"waypost/web/public"
	"waypost/web/render"
	write "waypost/web/replies"
)

// replyPages are the pages of those who write replies.
func replyPages() []Scene {
	return append(writing(), []Scene{
		privacyScene("usual", replies.Defaults()),
		privacyScene("shortest", replies.Settings{Mode: replies.HoldAll, SpamDays: 7, EmailDays: 30}),
		sentScene("published", func(v *write.SentView) { v.Changeable, v.Watch = true, true }),
		sentScene("waits", func(v *write.SentView) {
			v.State, v.Why, v.Changeable, v.AccountID = replies.Pending, "reply.why_first", true, "ann"
		}),
		sentScene("answered", func(v *write.SentView) { v.AccountID = "ann" }),
		sentScene("waits-unexplained", func(v *write.SentView) { v.State = replies.Pending }),
		sentScene("spam", func(v *write.SentView) { v.State, v.Why, v.Appealable = replies.Spam, "reply.why_filter", true }),
		sentScene("spam-decided", func(v *write.SentView) {
			v.State, v.Why, v.Refused = replies.Spam, "reply.why_decision", true
		}),
		sentScene("spam-unexplained", func(v *write.SentView) { v.State = replies.Spam }),
		sentScene("twice", func(v *write.SentView) { v.Twice = true }),
		sentScene("deleted", func(v *write.SentView) { v.State, v.Why = replies.Trash, "reply.why_writer" }),
		sentScene("gone", func(v *write.SentView) { v.State = replies.Trash }),
		stranger("edit", "usual", func(c cast) any {
			return write.EditView{ReplyForm: render.ReplyForm{Body: c.text(answer)}, Action: "/replies/r/edit", Back: "/replies/r"}
		}),
		stranger("edit", "refused", func(c cast) any {
			f := refusedReply(fault("body", "reply.body_missing"))
			return write.EditView{ReplyForm: f, Action: "/replies/r/edit", Back: "/replies/r"}
		}),
		stranger("yours", "usual", func(c cast) any {
			shown := write.YourReply{Reply: replies.Reply{ID: "r", State: replies.Published, Rendered: replies.Rendered{HTML: string(c.reply(answer))}}, Story: c.answered(), Date: today}
			held := shown
			held.State, held.Story = replies.Pending, replies.Story{}
			refused := shown
			refused.State, refused.Refused = replies.Spam, true
			return write.YoursView{Link: "/your-data/x", Replies: []write.YourReply{shown, held, refused}}
		}),
		stranger("yours", "a browser's", func(c cast) any {
			taken := write.YourReply{Reply: replies.Reply{ID: "r", State: replies.Spam, Rendered: replies.Rendered{HTML: string(c.reply(answer))}}, Story: c.answered(), Date: today}
			return write.YoursView{Own: true, Replies: []write.YourReply{taken}}
		}),
		stranger("yours", "a browser's, none", func(c cast) any { return write.YoursView{Own: true} }),
		stranger("yours", "a member's", func(c cast) any {
			shown := write.YourReply{Reply: replies.Reply{ID: "r", State: replies.Published, Rendered: replies.Rendered{HTML: string(c.reply(answer))}}, Story: c.answered(), Date: today}
			before := shown
			shown.AccountID = "ann"
			return write.YoursView{Link: "/me/data", Own: true, All: true, Replies: []write.YourReply{shown, before}, Next: "/me/data/replies?after=r"}
		}),
		stranger("yours", "a member's, not chosen", func(c cast) any {
			shown := write.YourReply{Reply: replies.Reply{ID: "r", State: replies.Published, Rendered: replies.Rendered{HTML: string(c.reply(answer))}}, Story: c.answered(), Date: today}
			return write.YoursView{Link: "/me/data", Own: true, All: true, Replies: []write.YourReply{shown}, Fault: &problem.Message{Key: "yours.all_choose"}, Newest: "/me/data/replies"}
		}),
		stranger("yours", "a member's, without the name", func(c cast) any {
			return write.YoursView{Link: "/me/data", Own: true, All: true, Done: "nameless", N: 3}
		}),
		stranger("yours", "a member's, removed", func(c cast) any {
			return write.YoursView{Link: "/me/data", Own: true, All: true, Done: "removed", N: 1}
		}),
		stranger("yours", "none", func(c cast) any { return write.YoursView{Link: "/your-data/x"} }),
		stranger("yours", "spent", func(c cast) any { return write.YoursView{Spent: &problem.Message{Key: "signin.link_spent"}} }),
		stranger("report", "usual", func(c cast) any {
			return write.ReportView{Quoted: *c.quoted(c.text("Bo Hale")), Reasons: write.Reasons("")}
		}),
		stranger("report", "refused", func(c cast) any {
			return write.ReportView{ReplyForm: refusedReply(), Quoted: *c.quoted(""), Reasons: write.Reasons("spam")}
		}),
		stranger("report", "not chosen", func(c cast) any {
			return write.ReportView{ReplyForm: refusedReply(fault("reason", "reply.report_missing")), Quoted: *c.quoted(""), Reasons: write.Reasons("")}
		}),
		stranger("reported", "usual", func(c cast) any { return write.ReportedView{Story: c.answered()} }),
		stranger("reported", "without a story", func(cast) any { return write.ReportedView{} }),
		stranger("answers", "ask", func(c cast) any { return write.AnswersView{Action: "/letters/answers/x"} }),
		stranger("answers", "come", func(c cast) any { return write.AnswersView{Action: "/letters/answers/x", Comes: true} }),
		stranger("answers", "ended", func(c cast) any { return write.AnswersView{Action: "/letters/answers/x", Ended: true} }),
		stranger("answers", "a member's", func(c cast) any {
			return write.AnswersView{Action: "/letters/answers/x", Comes: true, Label: "me.notices.reply_received"}
		}),
		stranger("answers", "a member's, ended", func(c cast) any {
			return write.AnswersView{Action: "/letters/answers/x", Ended: true, Label: "me.notices.replies_daily"}
		}),
		stranger("answers", "broken", func(c cast) any { return write.AnswersView{Broken: true} }),
	}...)
}

// writing are the states of the form on a page of its own.
func writing() []Scene {
	form := func(state string, change func(c cast, v *write.WriteView)) Scene {
		return stranger("write", state, func(c cast) any {
			v := write.WriteView{ReplyForm: render.ReplyForm{Slug: "story-0", Mode: replies.HoldFirst, Stamp: "x"}, Story: c.answered()}
			change(c, &v)
			return v
		})
	}
	return []Scene{
		form("empty", func(cast, *write.WriteView) {}),
		form("answer", func(c cast, v *write.WriteView) { v.Parent, v.To = "r", c.quoted(c.text("Bo Hale")) }),
		form("answer-nameless", func(c cast, v *write.WriteView) { v.Parent, v.To = "r", c.quoted("") }),
		form("preview", func(c cast, v *write.WriteView) {
			v.Name, v.Email, v.Body, v.Preview = c.text("Ann Lee"), "ann@example.org", c.text(answer), c.reply(answer)
		}),
		form("preview-member", func(c cast, v *write.WriteView) {
			v.Member, v.Body, v.Preview = c.text(endless), c.text(answer), c.reply(endless+"\n\n"+answer)
		}),
		form("refused", func(c cast, v *write.WriteView) {
			slug := v.Slug
			v.ReplyForm = refusedReply(fault("name", "name.mixed"), fault("email", "reply.email_form"), fault("body", "reply.body_missing"))
			v.Slug, v.Name, v.Email, v.Watch = slug, c.text(endless), "ann", true
		}),
		form("unavailable", func(c cast, v *write.WriteView) {
			v.Problem, v.Body, v.Story = &problem.Message{Key: "reply.unavailable"}, c.text(answer), replies.Story{}
		}),
		form("closed", func(c cast, v *write.WriteView) { v.Closed = true }),
		form("closed-meanwhile", func(c cast, v *write.WriteView) {
			v.Closed, v.Body, v.Problem = true, c.text(answer), &problem.Message{Key: "reply.closed"}
		}),
	}
}

// answer has everything that a reply's text can hold.
const answer = "I sat in **that** chair too, for *three* winters. What I would add:\n\n- ask who counts the gels\n- ask [what the rules say](https://elsewhere.example/rules)\n\n" +
	"> You will know when the minutes you like are the ones with a choice in them.\n\nThey were, for me, `channel 7` and the tea."

func (c cast) reply(source string) template.HTML {
	return render.Body(render.Texts{Base: c.base, Catalog: c.words}.Reply(c.text(source), c.words.Language))
}

// stranger is a page that needs no account.
func stranger(page, state string, content func(c cast) any) Scene {
	return Scene{Page: "replies/" + page, State: state, show: func(c cast) any { return c.outside(content(c)) }}
}

func privacyScene(state string, s replies.Settings) Scene {
	return Scene{Page: "public/privacy", State: state, show: func(c cast) any {
		return c.public("", c.words.T("privacy.title"), public.PrivacyView{Settings: s})
	}}
}

func sentScene(state string, change func(v *write.SentView)) Scene {
	return stranger("sent", state, func(c cast) any {
		v := write.SentView{Reply: replies.Reply{ID: "r", State: replies.Published, Name: c.text("Ann Lee")}, Story: c.answered(), Link: "/stories/story-0/replies/r", Until: today}
		v.Rendered.HTML = string(c.reply(answer))
		change(&v)
		return v
	})
}

// answered is the story to which the replies are.
func (c cast) answered() replies.Story {
	s := c.item(0)
	return replies.Story{ID: s.ID, Slug: s.Slug, Title: s.Title, Language: s.Language}
}

func (c cast) quoted(name string) *write.Quoted {
	return &write.Quoted{ID: "r", Name: name, Body: c.reply("The fourth year is like the third, and *nobody* tells you.\n\n> Ask who takes it down.")}
}

func refusedReply(faults ...problem.Field) render.ReplyForm {
	return render.ReplyForm{Mode: replies.HoldAll, Stamp: "x", Problem: &problem.Message{Key: "problem.invalid"}, Faults: faults}
}

// talks are stories with what readers wrote under them in other states than usual.
func talks() []Scene {
	story := func(state string, talk func(c cast) *public.RepliesView) Scene {
		return Scene{Page: "public/story", State: state, show: func(c cast) any {
			v := public.StoryView{Item: c.plain(), Replies: talk(c)}
			v.Body = c.body("It was a short week.").HTML
			return c.storyPage(v)
		}}
	}
	return []Scene{
		story("unanswered", func(cast) *public.RepliesView {
			return &public.RepliesView{Form: &render.ReplyForm{Slug: "story-0", Mode: replies.HoldFirst}}
		}),
		story("closed", func(c cast) *public.RepliesView {
			v := c.talk()
			v.Form, v.Shut = nil, &problem.Message{Key: "reply.shut_old", Args: []any{"count", 90}}
			for _, s := range v.Threads {
				s.Answer = ""
			}
			return v
		}),
		{Page: "public/story", State: "parts", show: func(c cast) any {
			return c.storyPage(public.StoryView{Item: c.plain(), Beside: "<p>Related.</p>", Replies: &public.RepliesView{Count: 1, Made: `<p id="replies">A reply.</p>`}})
		}},
		story("closed-unanswered", func(cast) *public.RepliesView {
			return &public.RepliesView{Shut: &problem.Message{Key: "reply.shut"}}
		}),
		talkScene("usual", func(c cast, v *public.TalkView) { v.RepliesView, v.First, v.Alone = *c.talk(), v.URL+"#replies", "" }),
		talkScene("empty", func(_ cast, v *public.TalkView) { v.Shut = &problem.Message{Key: "reply.shut"} }),
		talkScene("one", func(c cast, v *public.TalkView) {
			v.RepliesView, v.One, v.First = *c.talk(), true, v.URL+"#replies"
			v.Threads, v.Next, v.Alone = v.Threads[:1], "", ""
		}),
		talkScene("one, an answer", func(c cast, v *public.TalkView) {
			v.RepliesView, v.One, v.First = *c.talk(), true, v.URL+"#replies"
			v.Threads, v.Next, v.Alone = v.Threads[:1], "", ""
			v.Above = &public.Answered{Name: c.text("Bo Hale"), Link: "/stories/story-0/replies/x", Begins: c.text("I sat in that chair too, for three winters. What I would add: ask who counts the gels, ask what the rules say…")}
			v.Threads[0].To = v.Above
		}),
	}
}

// talkScene is a page of replies without the story.
func talkScene(state string, change func(c cast, v *public.TalkView)) Scene {
	return Scene{Page: "public/replies", State: state, show: func(c cast) any {
		v := public.TalkView{Item: c.item(0)}
		if strings.HasPrefix(state, "one") {
			v.Item = c.abroad()
		}
		change(c, &v)
		page := c.public("stories", c.words.T("reply.to_title", "title", v.Title), v)
		page.Feeds = append(page.Feeds, public.FeedLink{Title: c.words.T("reply.title"), Atom: "/replies/feed.atom"})
		return page
	}}
}

// talk is what readers wrote, in every state of a reply.
func (c cast) talk() *public.RepliesView {
	n := 0
	said := func(by public.Person, body string, answers ...*public.Shown) *public.Shown {
		n++
		s := &public.Shown{ID: fmt.Sprint("r", n), Name: by.Name, Initials: by.Initials(), Page: by.URL, ISO: today.Format(time.RFC3339), Exact: c.words.Exact(today),
			Day: c.words.Day(today), Text: c.note(body),
			Link: fmt.Sprint("/stories/story-0/replies/r", n), Answer: fmt.Sprint("/stories/story-0/reply?to=r", n), Answers: answers}
		if by.Portrait != nil {
			s.Portrait = by.Portrait.Address()
		}
		return s
	}
	named := func(name string) public.Person { return public.Person{Profile: members.Profile{Name: c.text(name)}} }
	bo := said(named("Bo Hale"), "I had the chair for a month.")
	beside := said(named("Ann Lee"), "So did I, *twice*.")
	beside.To = &public.Answered{Name: c.text("Bo Hale"), Link: "#reply-" + bo.ID}
	lost := said(named(""), "Nobody does.")
	lost.To = &public.Answered{}
	outside := said(named("Ines"), "I wrote about mine: https://ines.example/the-third-chair")
	outside.Outside = "https://ines.example/"
	author := said(c.tamsin(), "Thank you. The list is `nineteen` long.", bo, beside)
	author.ByAuthor, author.Edited = true, true
	gone := said(named(""), "", said(c.dez(), "> it was never the chair\n\nIt was the lamp over it.\n\n1. Take it down.\n2. Look again."))
	gone.Gone = true
	abroad := said(named("Amal"), "شكرا على هذه القصة.")
	abroad.Foreign = c.abroad().Language
	return &public.RepliesView{Count: 1243, Feed: "/stories/story-0/replies/feed.atom", Next: "/stories/story-0/replies?after=r9", Alone: "/stories/story-0/replies", Form: &render.ReplyForm{Slug: "story-0", Mode: replies.HoldFirst}, Threads: []*public.Shown{
		said(named("Rosa Quist"), "What did the *fourth* year look like?\n\n- the same\n- or not", author), gone, outside, lost, abroad, said(named(endless), endless+" "+wordy)}}
}
