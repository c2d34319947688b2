package gallery

import (
	"waypost/internal/problem"
	"waypost/replies"
	"waypost/stories/trails"
	"waypost/web/desk/fields"
	"waypost/web/public"
	"waypost/web/render"
)

// Part is a part of pages in one of its states.
type Part struct {
	Name  string // of the template
	State string // in words
	Value any
}

// part shows every state of a part on one page.
func part(in, name string, states func(c cast) []any) Scene {
	return Scene{Page: "parts/" + name, State: "every", in: in, show: func(c cast) any {
		var list []Part
		pairs := states(c)
		for i := 0; i+1 < len(pairs); i += 2 {
			list = append(list, Part{Name: name, State: pairs[i].(string), Value: pairs[i+1]})
		}
		if in == "desk" {
			return c.desk("", list)
		}
		return c.public("", name, list)
	}}
}

// parts are what pages are put together from.
func parts() []Scene {
	return append(formParts(), []Scene{
		part("public", "entry", func(c cast) []any {
			return []any{"usual", c.item(0), "without a path", c.item(1), "plain", c.plain(), "long", c.endlessItem(), "in another language", c.abroad()}
		}),
		part("public", "entry-small", func(c cast) []any {
			return []any{"usual", c.item(0), "plain", c.plain(), "long", c.endlessItem(), "in another language", c.abroad()}
		}),
		part("public", "face", func(c cast) []any {
			nobody := c.bare()
			nobody.Name = ""
			return []any{"with a portrait", c.tamsin(), "two words", c.dez(), "one word", c.bare(), "no name", nobody}
		}),
		part("public", "names", func(c cast) []any {
			return []any{"one", []public.Person{c.bare()}, "two", []public.Person{c.tamsin(), c.dez()}, "many, long", []public.Person{c.endlessly(), c.dez(), c.endlessly(), c.bare()}}
		}),
		part("public", "reason", func(c cast) []any {
			few, long := []string{c.text("Leaving")}, []string{c.text(endless), c.text(wordy)}
			return []any{"topics", public.Reason{Topics: few}, "words", public.Reason{Words: few}, "both, long", public.Reason{Topics: long, Words: long}, "none", public.Reason{}}
		}),
		part("public", "resource", func(c cast) []any {
			return []any{"with a note", c.links(1)[0], "without", c.links(2)[1], "long", c.endlessLink()}
		}),
		pager("newest", "/stories?before=x", true), pager("between", "/stories?before=x", false), pager("last", "", false),
		part("public", "cover", func(c cast) []any { return []any{"usual", struct{ Picture *public.Picture }{c.cover()}} }),
		replyForm("none", render.ReplyForm{Mode: replies.HoldNone}), replyForm("first", render.ReplyForm{Mode: replies.HoldFirst}),
		replyForm("links", render.ReplyForm{Mode: replies.HoldLinks}), replyForm("all", render.ReplyForm{Mode: replies.HoldAll}),
		replyForm("refused", render.ReplyForm{Mode: replies.HoldAll, Name: endless, Email: "ann", Watch: true, Stamp: "x", Faults: []problem.Field{
			fault("name", "name.mixed"), fault("email", "reply.email_form"), fault("body", "reply.body_missing")}}),
		replyForm("member", render.ReplyForm{Mode: replies.HoldAll, Member: "Ann Lee", Stamp: "x", Body: essay}),
		part("public", "trail", func(c cast) []any { return []any{"usual", c.path(sample)} }),
		{Page: "parts/trail", State: "crowded", in: "public", show: func(c cast) any {
			return c.public("", "trail", []Part{{"trail", "crowded", c.path(crowded())}})
		}},
		{Page: "parts/trail", State: "one-step", in: "public", show: func(c cast) any {
			one := trails.Trail{Version: trails.TrailVersion, Steps: []trails.Step{{ID: "a", Kind: trails.Break, Title: "A year at home", Start: date("2025")}}}
			return c.public("", "trail", []Part{{"trail", "one step", c.path(one)}})
		}},
	}...)
}

// pager stands once on a page, so that each of its states has one.
func pager(state, older string, first bool) Scene {
	return Scene{Page: "parts/pager", State: state, in: "public", show: func(c cast) any {
		return c.public("", "pager", []Part{{"pager", state, map[string]any{"Older": older, "First": first, "Start": "/stories"}}})
	}}
}

// replyForm is the form under a story, as it says what happens next.
func replyForm(state string, f render.ReplyForm) Scene {
	f.Slug = "a-year-of-gigs"
	return Scene{Page: "parts/reply-form", State: state, in: "public", show: func(c cast) any {
		return c.public("", "reply-form", []Part{{"reply-form", state, f}})
	}}
}

// formParts are the parts of forms.
func formParts() []Scene {
	field := func(c cast, form fields.Form, name string) fields.Input {
		return form.Line(name, c.text("A name for it"), c.text("What it is for, in a sentence."))
	}
	wrong := func(name string) fields.Form { return refused(fields.New(), fault(name, "field.too_long", "max", 80)) }
	return []Scene{
		part("desk", "line", func(c cast) []any {
			return []any{"empty", fields.New().Line("a", c.text("A name for it"), ""), "with a hint, needed", field(c, fields.New(), "b").Needed(),
				"long", fields.New("c", c.text(endless+endless)).Line("c", c.text(endless), c.text(wordy+" "+endless)), "with a fault", field(c, wrong("d"), "d")}
		}),
		part("desk", "block", func(c cast) []any {
			return []any{"empty", fields.New().Line("a", c.text("A name for it"), ""), "in a language", field(c, fields.New("b", c.text(essay)), "b").In("de").Tall(6),
				"with a fault", field(c, wrong("c"), "c")}
		}),
		part("desk", "file", func(c cast) []any {
			return []any{"empty", fields.New().Line("a", c.text("A file"), ""), "with a fault", field(c, wrong("b"), "b")}
		}),
		part("desk", "faults", func(c cast) []any {
			conflict := fields.New()
			conflict.Problem = &problem.Message{Key: "topic.changed"}
			return []any{"none", fields.New(), "a sentence", conflict, "fields", refused(fields.New(), fault("faults", "field.too_long", "max", 80),
				fault("trail.steps.3.title", "trail.text_missing"), fault("title", "field.unknown"))}
		}),
	}
}
