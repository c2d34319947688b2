package gallery

import (
	"waypost/internal/problem"
	"waypost/members"
	"waypost/news"
	"waypost/stories"
	"waypost/web/desk/fields"
	"waypost/web/gallery/walks"
	ends "waypost/web/letters"
	"waypost/web/me"
	"waypost/web/shell"
)

// mine is a page of a member's own.
func mine(page, state string, content func(c cast) any) Scene {
	return Scene{Page: "me/" + page, State: state, show: func(c cast) any { return c.desk(ownSection(page), content(c)) }}
}

// walked are the pages of a member's path.
func walked() []Scene {
	var list []Scene
	for _, w := range walks.Scenes() {
		list = append(list, Scene{Page: w.Page, State: w.State, show: func(c cast) any {
			return c.member(w.Section, w.Content(walks.Cast{Words: c.words, Text: c.text}))
		}})
	}
	return list
}

// seen are people as members see them.
func (c cast) seen() []me.PersonView {
	placed := me.PersonView{Profile: c.dez().Profile}
	said := me.PersonView{Profile: c.dez().Profile}
	said.Place, said.Pronouns = "", c.text("they/them")
	tamsin, endless := c.tamsin(), c.endlessly()
	endless.Links[0].Label = ""
	return []me.PersonView{{Profile: tamsin.Profile, Portrait: tamsin.Portrait}, placed, {Profile: c.bare().Profile}, {Profile: endless.Profile}, said}
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
		{Page: "me/notices", State: "editor", show: func(c cast) any {
			return c.desk("/me/notices", me.NoticesView{Choices: me.NoticeChoices(members.Actor{Roles: []members.Role{members.Owner}}, map[string]bool{string(stories.NoticeAsked): true}), Address: true})
		}},
		{Page: "me/notices", State: "member", show: func(c cast) any {
			return c.member("/me/notices", me.NoticesView{Choices: me.NoticeChoices(members.Actor{}, nil)})
		}},
		mine("follow", "usual", func(c cast) any {
			return me.SubjectView{Kind: news.Author, Key: "tamsin", Name: c.text("Tamsin Oyelaran"), URL: "/authors/tamsin"}
		}),
		mine("follow", "following", func(c cast) any {
			return me.SubjectView{Kind: news.Topic, Key: "leaving", Name: c.text(endless), URL: "/topics/leaving", Following: true}
		}),
		mine("profile", "usual", func(c cast) any {
			view := me.NewProfileView(fields.New("name", c.text("Tamsin Oyelaran"), "handle", "tamsin", "bio", c.text(wordy), "portrait", portraitPicture.ID, "version", "2", "audience", "members",
				"shown_pronouns", "everyone", "shown_place", "nobody", "link_label.0", c.text("My site"), "link_url.0", "https://tamsin.example/"), members.Profile{ID: "p1", Handle: "tamsin", Audience: members.MembersOnly}, true)
			portrait := portraitPicture
			view.Portrait = &portrait
			return view
		}),
		mine("profile", "refused", func(c cast) any {
			return me.NewProfileView(refused(fields.New("name", "", "audience", "nobody"), fault("audience", "field.unknown"), fault("name", "author.name_missing"), fault("links", "field.not_a_link", "value", endless)), members.Profile{}, false)
		}),
		mine("profile", "everyone", func(c cast) any {
			return me.NewProfileView(fields.New("name", c.text(endless), "audience", "everyone"), members.Profile{ID: "p1", Handle: "tamsin", Audience: members.Everyone}, false)
		}),
		mine("profile", "nobody", func(c cast) any {
			return me.NewProfileView(fields.New("name", c.text("Tamsin Oyelaran"), "audience", "nobody"), members.Profile{ID: "p1", Audience: members.NoOne}, false)
		}),
		mine("people", "usual", func(c cast) any {
			return me.PeopleView{Begins: c.text("Ta"), List: c.seen(), Next: "/people?after=x"}
		}),
		mine("people", "few", func(c cast) any { return me.PeopleView{List: c.seen()[:1]} }),
		mine("person", "placed", func(c cast) any { return c.seen()[1] }),
		mine("people", "nobody", func(cast) any { return me.PeopleView{} }),
		mine("people", "empty", func(c cast) any { return me.PeopleView{Begins: c.text(endless)} }),
		mine("person", "usual", func(c cast) any {
			view := c.seen()[0]
			view.Words, view.Own, view.Stories = c.note(view.Bio), true, "/authors/tamsin"
			return view
		}),
		mine("person", "bare", func(c cast) any { return c.seen()[2] }),
		mine("person", "endless", func(c cast) any { return c.seen()[3] }),
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
		scene("broken", ends.EndView{Broken: true}),
		scene("begun", ends.EndView{List: news.Stories, Pace: news.AtOnce, Begun: true}),
		{Page: "letters/data-ask", State: "usual", show: func(c cast) any { return c.outside(ends.SubscribeView{Form: fields.New()}) }},
		{Page: "letters/data-ask", State: "refused", show: func(c cast) any {
			return c.outside(ends.SubscribeView{Form: refused(fields.New("email", "ann"), fault("email", "signin.address_form"))})
		}},
		{Page: "letters/data-sent", State: "usual", show: func(c cast) any { return c.outside(shell.LetterWay{}) }},
		{Page: "letters/data-sent", State: "waits", show: func(c cast) any { return c.outside(waits) }},
		{Page: "letters/data-ask", State: "waits", show: func(c cast) any { return c.outside(ends.SubscribeView{Form: fields.New(), Way: waits}) }},
		{Page: "letters/subscribe", State: "waits", show: func(c cast) any { return c.outside(ends.SubscribeView{Form: fields.New(), Way: waits}) }},
		{Page: "letters/sent", State: "waits", show: func(c cast) any { return c.outside(waits) }},
		{Page: "letters/sent", State: "sample", show: func(c cast) any { return c.outside(onDesk) }},
		{Page: "letters/data", State: "usual", show: func(c cast) any { return c.outside(ends.NewDataView("/your-data/x")) }},
		{Page: "letters/data", State: "spent", show: func(c cast) any {
			return c.outside(ends.DataView{Problem: &problem.Message{Key: "signin.link_spent"}})
		}},
		{Page: "letters/data-remove", State: "usual", show: func(c cast) any { return c.outside(ends.NewDataView("/your-data/x")) }},
		{Page: "letters/data-remove", State: "refused", show: func(c cast) any {
			v := ends.NewDataView("/your-data/x")
			v.Form, v.Problem = fields.New(), &problem.Message{Key: "field.unknown"}
			return c.outside(v)
		}},
		{Page: "letters/data-removed", State: "usual", show: func(c cast) any { return c.outside(nil) }},
		{Page: "letters/subscribe", State: "usual", show: func(c cast) any {
			return c.outside(ends.SubscribeView{Form: fields.New("pace", "at-once")})
		}},
		{Page: "letters/subscribe", State: "refused", show: func(c cast) any {
			return c.outside(ends.SubscribeView{Form: refused(fields.New("email", endless, "pace", "weekly"), fault("email", "signin.address_form"))})
		}},
		{Page: "letters/sent", State: "usual", show: func(c cast) any { return c.outside(shell.LetterWay{}) }},
		{Page: "letters/confirm", State: "usual", show: func(c cast) any { return c.outside(ends.ConfirmView{}) }},
		{Page: "letters/confirm", State: "spent", show: func(c cast) any {
			return c.outside(ends.ConfirmView{Problem: &problem.Message{Key: "signin.link_spent"}})
		}},
		scene("gone", ends.EndView{List: news.Stories, Pace: news.Never}),
	}
}

// ownSection is the entry of the menu that a page about oneself belongs to.
func ownSection(page string) string {
	switch page {
	case "people", "person":
		return "/people"
	case "leave", "left":
		return "/me/data"
	case "passkey", "link", "add", "offer":
		return "/me/ways"
	}
	return "/me/" + page
}
