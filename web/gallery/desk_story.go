package gallery

import (
	"waypost/members"
	"waypost/pictures"
	"waypost/replies"
	"waypost/stories"
	"waypost/stories/trails"
	"waypost/web/desk/fields"
	"waypost/web/desk/write"
)

// content is what stands in the editor of a whole story.
func (c cast) content(t trails.Trail) stories.Content {
	return stories.Content{Title: c.text(titles[0]), Standfirst: c.text("Four years of wanting one chair."), Slug: "when-the-dream-job", Language: c.words.Language,
		Format: stories.Markdown, Body: c.text(essay), Authors: []string{"tamsin"}, Topics: []string{"t-Leaving", "t-Pay and money"}, Published: today,
		Cover: stories.Cover{PictureID: coverPicture.ID, Alt: c.text("Hills under a low sun"), Caption: c.text("The way up.")}, Trail: c.spoken(t)}
}

// editing is the editor of a story in a state, with something to choose from.
func (c cast) editing(state stories.State, form fields.Form) write.StoryView {
	s := c.item(0).Story
	s.State = state
	view := write.NewStoryView(members.Console(), s, form, today.Location())
	view.Topics = c.topics()
	view.Authors = []members.Profile{c.tamsin().Profile, c.dez().Profile, c.endlessly().Profile}
	undescribed := portraitPicture
	undescribed.Alt = ""
	view.Covers = []pictures.Picture{coverPicture, undescribed}
	return view
}

// editor is the editor of a story.
func editor() []Scene {
	return []Scene{
		scene("story", "new", "/desk/stories", func(c cast) any {
			form := write.StoryForm(stories.Content{Language: c.words.Language, Format: stories.Markdown}, today.Location())
			return write.NewStoryView(members.Console(), stories.Story{State: stories.Draft}, form, today.Location())
		}),
		scene("story", "usual", "/desk/stories", func(c cast) any {
			return c.editing(stories.Draft, write.StoryForm(c.content(sample), today.Location()))
		}),
		scene("story", "published", "/desk/stories", func(c cast) any {
			content := c.content(trails.Trail{})
			content.Format, content.Language, content.Body = stories.HTML, "tlh", c.text("<p>It came from elsewhere.</p>")
			view := c.editing(stories.Published, write.StoryForm(content, today.Location()))
			inserted := coverPicture
			view.Inserted, view.Talk = &inserted, &replies.Talk{}
			return view
		}),
		{Page: "desk/story", State: "untitled", show: func(c cast) any {
			content := c.content(trails.Trail{})
			content.Title, content.Cover = "", stories.Cover{}
			view := c.editing(stories.InReview, write.StoryForm(content, today.Location()))
			return done("desk.done.submit", c.desk("/desk/stories", view))
		}},
		scene("story", "others", "/desk/stories", func(c cast) any {
			view := c.editing(stories.Published, write.StoryForm(c.content(trails.Trail{}), today.Location()))
			view.CanSave, view.Verbs = false, nil
			return view
		}),
		scene("story", "refused", "/desk/stories", func(c cast) any {
			view := c.editing(stories.Draft, c.refusedStory())
			view.Typed = true
			return view
		}),
		scene("story", "typed", "/desk/stories", func(c cast) any { return c.typed(write.KeptNote{At: today}) }),
		scene("story", "typed-meanwhile", "/desk/stories", func(c cast) any { return c.typed(write.KeptNote{At: today, Behind: true}) }),
		scene("story", "dropped", "/desk/stories", func(c cast) any { return c.typed(write.KeptNote{At: today, Dropped: true}) }),
	}
}

// typed is the editor of a story of which something was typed and not saved.
func (c cast) typed(kept write.KeptNote) write.StoryView {
	view := c.editing(stories.Draft, write.StoryForm(c.content(trails.Trail{}), today.Location()))
	kept.Address = "/desk/stories/" + view.Story.ID + "/draft/"
	view.Kept, view.Known, view.After = &kept, true, 7
	return view
}

// refusedStory has a fault in every field that can have one.
func (c cast) refusedStory() fields.Form {
	content := c.content(crowded())
	content.Title, content.Standfirst, content.Slug = c.text(endless+" "+wordy), c.text(endless), endless
	form := write.StoryForm(content, today.Location())
	form.Values.Set("trail.changes.0.date", "1901")
	form.Values.Set("trail.steps.1.title", "")
	form.Values.Set("trail.steps.1.parent", "s0")
	form.Values.Set("trail.steps.1.detour", "yes")
	return refused(form, fault("title", "field.too_long", "max", 160), fault("body", "story.body_missing"), fault("authors", "story.author_missing"),
		fault("new_author", "field.too_long", "max", 80), fault("topics", "field.too_many", "max", 8), fault("cover_alt", "story.alt_missing"),
		fault("cover_file", "picture.refused_format"), fault("body_file", "picture.refused_damaged"), fault("at", "story.time_past"),
		fault("published", "field.not_a_time"), fault("trail.steps", "trail.too_many_steps", "max", 40), fault("trail.steps.1.title", "trail.text_missing"),
		fault("trail.steps.1.learned.0", "trail.text_long", "max", 120), fault("trail.steps.2.kind", "trail.kind_unknown"),
		fault("trail.steps.2.parent", "trail.parent_unknown"), fault("trail.steps.2.ended_by", "trail.ended_by_unknown"),
		fault("trail.changes", "trail.too_many_changes", "max", 20), fault("trail.changes.0.date", "trail.date_form"), fault("trail.changes.0.step", "trail.change_step_unknown"))
}
