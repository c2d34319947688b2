package gallery

import (
	"waypost/community"
	"waypost/internal/problem"
	"waypost/topics"
	"waypost/web/desk"
	"waypost/web/desk/fields"
	"waypost/web/render"
	"waypost/web/shell"
)

// deskForms are the desk's pages with one form.
func deskForms() []Scene {
	return append(deskSettings(), []Scene{
		scene("topic", "new", "/desk/topics", func(cast) any { return desk.TopicView{Form: fields.New()} }),
		scene("topic", "usual", "/desk/topics", func(c cast) any {
			return desk.TopicView{ID: "t1", Form: fields.New("name", c.text("Leaving"), "slug", "leaving", "description", c.text("Going, and how."), "version", "3")}
		}),
		scene("topic", "refused", "/desk/topics", func(c cast) any {
			form := fields.New("name", "", "description", c.text(wordy+wordy+wordy))
			return desk.TopicView{Form: refused(form, fault("name", "topic.name_missing"), fault("description", "field.too_long", "max", 300))}
		}),
		scene("topic", "meanwhile", "/desk/topics", func(c cast) any {
			form := fields.New("name", c.text("Leaving"), "slug", "leaving", "description", c.text("Going.\nAnd how."), "version", "3")
			form.Problem = &problem.Message{Key: "topic.changed"}
			theirs := fields.New("name", c.text(endless), "slug", "leaving", "description", c.text("Staying.\nAnd how."), "version", "4")
			return desk.TopicView{ID: "t1", Form: fields.Against(form, theirs, fields.Plainly, "name", "slug", "description")}
		}),
		scene("resource", "new", "/desk/resources", func(cast) any { return desk.ResourceView{Form: fields.New()} }),
		scene("resource", "usual", "/desk/resources", func(c cast) any {
			form := fields.New("url", "https://www.advice.example/trials", "title", c.text("What a trial may ask of you"), "topics", "t-Leaving", "version", "1")
			return desk.ResourceView{ID: "r1", Form: form, Topics: c.endlessTopics()}
		}),
		scene("resource", "refused", "/desk/resources", func(c cast) any {
			form := fields.New("url", endless+endless, "title", "", "note", c.text(endless))
			return desk.ResourceView{Topics: c.topics(), Form: refused(form, fault("url", "field.not_a_link", "value", endless+endless), fault("title", "resource.title_missing"),
				fault("topics", "field.too_many", "max", 8))}
		}),
		scene("author", "new", "/desk/authors", func(cast) any { return desk.NewAuthorView(fields.New(), "") }),
		scene("author", "usual", "/desk/authors", func(c cast) any {
			view := desk.NewAuthorView(fields.New("name", c.text("Tamsin Oyelaran"), "handle", "tamsin", "bio", c.text(wordy), "portrait", portraitPicture.ID, "account", "me",
				"link_label.0", c.text("My site"), "link_url.0", "https://tamsin.example/", "version", "2"), "a1")
			portrait := portraitPicture
			view.Portrait = &portrait
			return view
		}),
		scene("author", "refused", "/desk/authors", func(c cast) any {
			form := fields.New("name", "", "link_label.0", c.text(endless), "link_url.0", endless)
			return desk.NewAuthorView(refused(form, fault("name", "author.name_missing"), fault("links", "field.not_a_link", "value", endless),
				fault("account", "author.account_taken"), fault("portrait_file", "picture.refused_size")), "")
		}),
		scene("page", "new", "/desk/pages", func(cast) any {
			return desk.PageView{Form: fields.New("format", "markdown", "state", community.PageDraft, "in_menu", "yes")}
		}),
		scene("page", "usual", "/desk/pages", func(c cast) any {
			return desk.PageView{ID: "p1", Public: "/about", Form: fields.New("title", c.text("About us"), "slug", "about", "state", community.PagePublished,
				"format", "html", "body", c.text("<p>Who we are.</p>"), "version", "4")}
		}),
		scene("page", "draft", "/desk/pages", func(c cast) any {
			return desk.PageView{ID: "p2", Form: fields.New("title", c.text("House rules"), "slug", "house-rules", "state", community.PageDraft, "format", "markdown", "version", "1")}
		}),
		scene("delete", "usual", "/desk/stories", func(c cast) any {
			return shell.DeleteView{Title: c.text(endless), Note: "desk.delete.story", May: true, Back: "/desk/stories/s1", Version: "3"}
		}),
		scene("delete", "used", "/desk/topics", func(c cast) any {
			return shell.DeleteView{Title: c.text("Leaving"), Note: "topic.used", Back: "/desk/topics/t1", Version: "3"}
		}),
		scene("delete", "untitled", "/desk/stories", func(cast) any {
			return shell.DeleteView{Note: "desk.delete.story", May: true, Back: "/desk/stories/s1", Version: "1"}
		}),
		scene("page", "refused", "/desk/pages", func(c cast) any {
			form := fields.New("title", "", "slug", endless, "state", "", "format", "markdown", "body", c.text(essay))
			return desk.PageView{Form: refused(form, fault("title", "page.title_missing"), fault("state", "field.unknown"))}
		}),
	}...)
}

// accentSheet is the stylesheet of an owner's own colour.
var accentSheet = render.AccentSheet("#7a3b8f")

// tongues are languages and zones to choose from.
var (
	tongues = []fields.Option{{Value: "de", Label: "Deutsch"}, {Value: "en", Label: "English"}}
	zones   = []string{"UTC", "America/Argentina/Buenos_Aires", "Europe/Berlin"}
)

func (c cast) settings() fields.Form {
	return fields.New("name", c.text("Brackmouth Careers"), "tagline", c.text("What working life here is like"), "language", "en", "time_zone", "Europe/London",
		"accent", "#2b6349", "record_days", "365", "backup_days", "90", "your_name", c.text("Tamsin Oyelaran"), "desk_language", "de", "version", "2")
}

func deskSettings() []Scene {
	return []Scene{
		scene("settings", "usual", "/desk/settings", func(c cast) any { return desk.NewSettingsView(c.settings(), tongues) }),
		{Page: "desk/settings", State: "saved", show: func(c cast) any {
			page := done("desk.done.saved", c.desk("/desk/settings", desk.NewSettingsView(c.settings(), tongues)))
			page.Accent = accentSheet
			return page
		}},
		scene("settings", "refused", "/desk/settings", func(c cast) any {
			form := fields.New("name", "", "language", "xx", "time_zone", endless, "accent", "#cccccc", "trusted_publish", "yes", "desk_language", "xx")
			return desk.NewSettingsView(refused(form, fault("name", "community.name_missing"), fault("language", "community.language_unknown"),
				fault("time_zone", "community.zone_unknown", "zone", endless), fault("accent", "community.accent_pale", "nearest", "#767676"),
				fault("record_days", "field.unknown"), fault("backup_days", "field.unknown"), fault("desk_language", "field.unknown")), tongues)
		}),
		{Page: "desk/setup", State: "usual", show: func(c cast) any {
			page := c.desk("", desk.SetUpView{Form: c.settings(), Languages: tongues, Zones: zones})
			page.Sections = nil
			return page
		}},
		{Page: "desk/setup", State: "refused", show: func(c cast) any {
			form := refused(fields.New("name", "", "tagline", c.text(wordy)), fault("name", "community.name_missing"), fault("tagline", "field.too_long", "max", 160),
				fault("your_name", "author.name_missing"))
			page := c.desk("", desk.SetUpView{Form: form, Languages: tongues, Zones: zones})
			page.Sections = nil
			return page
		}},
	}
}

// endlessTopics are topics of which one has the longest name.
func (c cast) endlessTopics() []topics.Topic { return append(c.topics(), c.topic(endless[:60])) }
