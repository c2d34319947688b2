package gallery

import (
	"waypost/internal/problem"
	"waypost/news"
	"waypost/web/desk/fields"
	ends "waypost/web/letters"
	"waypost/web/me"
)

// mine is a page of a member's own.
func mine(page, state string, content func(c cast) any) Scene {
	return Scene{Page: "me/" + page, State: state, show: func(c cast) any { return c.desk("", content(c)) }}
}

// own are the pages of a member's own.
func own() []Scene {
	return []Scene{
		mine("letters", "usual", func(c cast) any {
			follows := []me.SubjectView{{Kind: news.Author, Key: "tamsin", Name: c.text("Tamsin Oyelaran"), URL: "/authors/tamsin"}, {Kind: news.Topic, Key: "leaving", Name: c.text(endless), URL: "/topics/leaving"}}
			return me.LettersView{Form: fields.New("stories", "weekly", "followed", "at-once"), Address: "ann@brackmouth.example", Follows: follows}
		}),
		mine("letters", "at-once", func(c cast) any {
			return me.LettersView{Form: fields.New("stories", "at-once", "followed", "never"), Address: endless + "@brackmouth.example"}
		}),
		mine("letters", "nowhere", func(c cast) any { return me.LettersView{Form: fields.New("stories", "never")} }),
		mine("letters", "refused", func(c cast) any {
			return me.LettersView{Form: refused(fields.New("stories", "daily"), fault("stories", "field.unknown")), Address: "ann@brackmouth.example"}
		}),
		mine("follow", "usual", func(c cast) any {
			return me.SubjectView{Kind: news.Author, Key: "tamsin", Name: c.text("Tamsin Oyelaran"), URL: "/authors/tamsin"}
		}),
		mine("follow", "following", func(c cast) any {
			return me.SubjectView{Kind: news.Topic, Key: "leaving", Name: c.text(endless), URL: "/topics/leaving", Following: true}
		}),
		{Page: "me/follow", State: "done", show: func(c cast) any {
			page := c.desk("", me.SubjectView{Kind: news.Author, Key: "tamsin", Name: c.text("Tamsin Oyelaran"), URL: "/authors/tamsin", Following: true})
			page.Done = &problem.Message{Key: "follow.done"}
			return page
		}},
	}
}

// ending are the pages of the links at the foot of letters.
func ending() []Scene {
	scene := func(state string, v ends.EndView) Scene {
		v.Action = "/letters/token"
		return Scene{Page: "letters/end", State: state, show: func(c cast) any { return c.outside(v) }}
	}
	return []Scene{
		scene("usual", ends.EndView{List: news.Stories, Pace: news.AtOnce}),
		scene("weekly", ends.EndView{List: news.Stories, Pace: news.Weekly, Others: true}),
		scene("followed", ends.EndView{List: news.Followed, Pace: news.AtOnce}),
		scene("ended", ends.EndView{List: news.Stories, Pace: news.Never, Undo: true, Others: true}),
		scene("ended-followed", ends.EndView{List: news.Followed, Pace: news.Never, Undo: true}),
		scene("begun", ends.EndView{List: news.Stories, Pace: news.AtOnce, Begun: true}),
		{Page: "letters/subscribe", State: "usual", show: func(c cast) any { return c.outside(ends.SubscribeView{Form: fields.New()}) }},
		{Page: "letters/subscribe", State: "refused", show: func(c cast) any {
			return c.outside(ends.SubscribeView{Form: refused(fields.New("email", endless), fault("email", "signin.address_form"))})
		}},
		{Page: "letters/sent", State: "usual", show: func(c cast) any { return c.outside(nil) }},
		{Page: "letters/confirm", State: "usual", show: func(c cast) any { return c.outside(ends.ConfirmView{}) }},
		{Page: "letters/confirm", State: "spent", show: func(c cast) any {
			return c.outside(ends.ConfirmView{Problem: &problem.Message{Key: "signin.link_spent"}})
		}},
		scene("gone", ends.EndView{List: news.Stories, Pace: news.Never}),
	}
}
