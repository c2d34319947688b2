package gallery

import (
	"html/template"

	"waypost/internal/problem"
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
		sentScene("published", func(v *write.SentView) { v.Changeable = true }),
		sentScene("waits", func(v *write.SentView) {
			v.State, v.Why, v.Changeable, v.AccountID = replies.Pending, "reply.why_first", true, "ann"
		}),
		sentScene("waits-unexplained", func(v *write.SentView) { v.State = replies.Pending }),
		sentScene("spam", func(v *write.SentView) { v.State, v.Why, v.Appealable = replies.Spam, "reply.why_filter", true }),
		sentScene("spam-decided", func(v *write.SentView) { v.State, v.Why = replies.Spam, "" }),
		sentScene("twice", func(v *write.SentView) { v.Twice = true }),
		sentScene("deleted", func(v *write.SentView) { v.State, v.Why = replies.Trash, "reply.why_writer" }),
		sentScene("gone", func(v *write.SentView) { v.State = replies.Trash }),
		stranger("edit", "usual", func(c cast) any { return write.EditView{ReplyForm: render.ReplyForm{Body: c.text(answer)}, ID: "r"} }),
		stranger("edit", "refused", func(c cast) any {
			f := refusedReply(fault("body", "reply.body_missing"))
			return write.EditView{ReplyForm: f, ID: "r"}
		}),
		stranger("report", "usual", func(c cast) any {
			return write.ReportView{Quoted: *c.quoted(c.text("Bo Hale")), Reasons: write.Reasons("")}
		}),
		stranger("report", "refused", func(c cast) any {
			return write.ReportView{ReplyForm: refusedReply(), Quoted: *c.quoted(""), Reasons: write.Reasons("spam")}
		}),
		stranger("reported", "usual", func(c cast) any { return nil }),
		stranger("answers", "ask", func(c cast) any { return write.AnswersView{Action: "/letters/answers/x"} }),
		stranger("answers", "come", func(c cast) any { return write.AnswersView{Action: "/letters/answers/x", Comes: true} }),
		stranger("answers", "ended", func(c cast) any { return write.AnswersView{Action: "/letters/answers/x", Ended: true} }),
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
		v := write.SentView{Reply: replies.Reply{ID: "r", State: replies.Published, Name: c.text("Ann Lee")}, Story: c.answered(), Link: "/stories/story-0#reply-r"}
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
