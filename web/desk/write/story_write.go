package write

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/internal/slug"
	"waypost/members"
	"waypost/stories"
	"waypost/topics"
	"waypost/web/desk/diff"
	"waypost/web/desk/fields"
	"waypost/web/desk/trailform"
	"waypost/web/kit"
	"waypost/web/shell"
)

// What the editor's buttons ask for besides the verbs of stories.
const (
	doPicture = "picture" // upload a picture for the text
	doEdit    = "edit"    // go on writing
	doTheirs  = "theirs"  // after a conflict: keep mine as a version, and theirs as the text
)

// writeStory answers POST /desk/stories/new and /desk/stories/{id}: every button of
// the editor and of the page that shows two texts.
func (d *Desk) writeStory(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	e, err := d.openEditor(r)
	if err != nil {
		return err
	}
	e.form = fields.Form{Values: r.PostForm}
	act := r.PostForm.Get("do")
	if trailform.Edit(r.PostForm, act) || act == doEdit {
		return d.showEditor(w, r, http.StatusOK, e)
	}
	trailform.Prune(r.PostForm)
	err = d.takePictures(r, e)
	if err == nil && act == doPicture {
		return d.showEditor(w, r, http.StatusOK, e)
	}
	var saved stories.Story
	if err == nil {
		saved, err = d.saveStory(r, e, act)
	}
	var conflict *stories.ConflictError
	if errors.As(err, &conflict) && sameText(conflict) {
		saved, err = e.story, nil
		if saved.ID == "" {
			saved.ID = e.id
		}
	}
	switch {
	case err == nil:
		return kit.SeeOther(w, r, afterwards(e.actor, saved, act))
	case errors.As(err, &conflict):
		return d.showConflict(w, r, e, conflict)
	}
	form, status, err := e.form.Refused(err)
	if err != nil {
		return err
	}
	e.form = form
	return d.showEditor(w, r, status, e)
}

// afterwards is where the editor leads when a button's work is done: an editor who sent
// a draft back does not see it any more.
func afterwards(by members.Actor, saved stories.Story, act string) string {
	switch {
	case !stories.MayRead(by, saved):
		return "/desk/review?done=sent-back"
	case act == string(stories.Return) && stories.Own(by, saved):
		return "/desk/stories/" + saved.ID + "?done=return"
	}
	return "/desk/stories/" + saved.ID + "?done=" + doneOf(act)
}

// doneOf names the confirmation of a button.
func doneOf(act string) string {
	if !shell.Done(act) {
		return "saved"
	}
	return act
}

// saveStory saves what was typed and then does what the button says, both or
// neither; the text is rendered before. A story that is as it was is not saved again, so
// that what it lacks does not keep it from being taken back.
func (d *Desk) saveStory(r *http.Request, e *editor, act string) (stories.Story, error) {
	typed, err := storyTyped(r, e)
	if err != nil {
		return e.story, allFaults(err, typed.content.Check()) // all that is to be mended, at once
	}
	actor := e.actor
	ready, notReady := d.Stories.Prepare(r.Context(), e.story.ID, typed.content)
	var theirs stories.Ready
	if act == doTheirs {
		if theirs, err = d.Stories.Prepare(r.Context(), e.story.ID, e.stored); err != nil {
			return e.story, err
		}
	}
	var saved stories.Story
	err = d.DB.Update(r.Context(), func(tx *db.Tx) error {
		content, err := d.named(tx, actor, typed)
		if err != nil {
			return err
		}
		if err := d.coverHeld(tx, r, e, content); err != nil {
			return err
		}
		verb := stories.Verb(act)
		moves := verbLabels[verb] != ""
		switch {
		case moves && e.story.ID != "" && typed.version == e.story.Version && diff.Same(content, e.stored):
			saved = e.story
		case notReady != nil:
			return notReady
		case e.story.ID == "" && !d.made(tx, e.id):
			saved, err = d.Stories.CreateReady(tx, actor, content, ready.As(e.id))
		case e.story.ID == "":
			saved, err = d.Stories.SaveReady(tx, actor, e.id, typed.version, content, ready)
		default:
			saved, err = d.Stories.SaveReady(tx, actor, e.story.ID, typed.version, content, ready)
		}
		if err == nil && act == doTheirs {
			saved, err = d.Stories.SaveReady(tx, actor, saved.ID, saved.Version, e.stored, theirs)
		}
		if err == nil && moves {
			saved, err = d.Stories.TakeIn(tx, actor, saved.ID, saved.Version, stories.Step{Verb: verb, At: typed.scheduled, Note: typed.message})
		}
		if err != nil {
			return err
		}
		return d.Drafts.Settle(tx, actor.AccountID, saved.ID)
	})
	return saved, err
}

// coverHeld refuses a member a cover that is neither theirs nor the story's already.
func (d *Desk) coverHeld(tx *db.Tx, r *http.Request, e *editor, c stories.Content) error {
	if edits(r) || c.Cover.PictureID == "" || c.Cover.PictureID == e.stored.Cover.PictureID {
		return nil
	}
	held, err := d.Pictures.Offered(tx, holder(r), c.Cover.PictureID)
	if err == nil && !held {
		return fields.Fault("cover", "field.unknown")
	}
	return err
}

// made reports that a form which was sent twice has made its story already.
func (d *Desk) made(tx *db.Tx, id string) bool {
	_, err := d.Stories.ByID(tx, id)
	return err == nil
}

// named is the content with the topics and the author made that were typed as new.
func (d *Desk) named(tx *db.Tx, by members.Actor, typed draft) (stories.Content, error) {
	c := typed.content
	c.Topics, c.Authors = slices.Clone(c.Topics), slices.Clone(c.Authors)
	for _, name := range typed.topics {
		t, err := d.topicNamed(tx, by, name)
		if err != nil {
			return c, fields.Renamed(fields.Renamed(err, "name", "new_topics"), "slug", "new_topics")
		}
		c.Topics = append(c.Topics, t.ID)
	}
	if typed.author != "" {
		p, err := d.authorNamed(tx, by, typed.author)
		if err != nil {
			return c, fields.Renamed(fields.Renamed(err, "name", "new_author"), "handle", "new_author")
		}
		if !slices.Contains(c.Authors, p.ID) {
			c.Authors = append(c.Authors, p.ID)
		}
	}
	known, err := d.Topics.ByIDs(tx, c.Topics)
	if err != nil {
		return c, err
	}
	c.Topics = slices.DeleteFunc(c.Topics, func(id string) bool { return known[id].ID == "" }) // none, or one that was deleted meanwhile
	if c.Cover.PictureID == "" || c.Cover.Alt != "" {
		return c, nil
	}
	found, err := d.Pictures.ByIDs(tx, []string{c.Cover.PictureID})
	c.Cover.Alt = found[c.Cover.PictureID].Alt // as it was described when it was used before
	return c, err
}

// authorNamed finds the author whose handle was typed, or makes one of that name.
func (d *Desk) authorNamed(tx *db.Tx, by members.Actor, line string) (members.Profile, error) {
	if handle, is := strings.CutPrefix(line, "@"); is {
		return d.handled(tx, handle)
	}
	return d.Members.SaveProfileIn(tx, by.AccountID, members.Profile{Name: line})
}

// handled finds an author by handle, for a form that is at fault when there is none.
func (d *Desk) handled(tx *db.Tx, handle string) (members.Profile, error) {
	p, err := d.Members.ProfileByHandle(tx, strings.ToLower(handle))
	if problem.Is(err, problem.NotFound) {
		err = fields.Fault("handle", "desk.story.no_handle", "handle", handle)
	}
	return p, err
}

// topicNamed finds a topic by what its name would make of its address, or makes it.
func (d *Desk) topicNamed(tx *db.Tx, by members.Actor, name string) (topics.Topic, error) {
	t, err := d.Topics.BySlug(tx, slug.Make(name))
	if problem.Is(err, problem.NotFound) {
		return d.Topics.SaveIn(tx, by.AccountID, topics.Topic{Name: name})
	}
	return t, err
}

func splitCommas(line string) []string {
	parts := strings.Split(line, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}
