package write

import (
	"errors"
	"net/http"
	"slices"
	"time"

	"waypost/internal/problem"
	"waypost/stories"
	"waypost/web/desk/fields"
	"waypost/web/desk/trailform"
	"waypost/web/kit"
)

// StoryForm puts a story into the editor's form.
func StoryForm(c stories.Content, zone *time.Location) fields.Form {
	form := fields.New("title", c.Title, "standfirst", c.Standfirst, "body", c.Body, "format", string(c.Format), "slug", c.Slug,
		"language", c.Language, "published", kit.FormatLocal(c.Published, zone), "cover", c.Cover.PictureID, "cover_alt", c.Cover.Alt,
		"cover_caption", c.Cover.Caption, "note", c.Note)
	if len(c.Topics) > 0 {
		form.Values.Set("topic", c.Topics[0])
		form.Values["topics"] = c.Topics[1:]
	}
	form.Values["authors"] = c.Authors
	trailform.Fill(form.Values, c.Trail)
	return form
}

// draft is what the editor's form says: the content, and names to be made first.
type draft struct {
	content   stories.Content
	topics    []string // new ones, by name
	author    string   // a new one, by name
	version   int64
	scheduled time.Time
	message   string // to the others, with what happens next
}

// storyTyped reads the editor's form. What cannot be read at all is an Invalid
// problem of its field; whether the story makes sense is for stories to say.
func storyTyped(r *http.Request, e *editor) (draft, error) {
	d := draft{topics: names(kit.Line(r, "new_topics")), author: kit.Line(r, "new_author"), message: kit.Block(r, "message")}
	form := r.PostForm
	d.content = stories.Content{Title: kit.Line(r, "title"), Standfirst: kit.Block(r, "standfirst"), Body: kit.Block(r, "body"),
		Format: stories.Format(form.Get("format")), Slug: kit.Slug(r, "slug"), Language: kit.Line(r, "language"), Note: kit.Block(r, "note"),
		Authors: chosenIn(form["authors"]), Topics: slices.Concat(form["topic"], form["topics"])}
	if cover := form.Get("cover"); cover != "" {
		d.content.Cover = stories.Cover{PictureID: cover, Alt: kit.Line(r, "cover_alt"), Caption: kit.Line(r, "cover_caption")}
	}
	var errs [4]error
	d.content.Trail, errs[0] = trailform.Read(form)
	d.content.Published, errs[1] = kit.LocalTime(r, "published", e.zone)
	d.scheduled, errs[2] = kit.LocalTime(r, "at", e.zone)
	d.version, errs[3] = kit.Version(r)
	if kit.FormatLocal(e.stored.Published, e.zone) == form.Get("published") {
		d.content.Published = e.stored.Published // the field has no seconds
	}
	if !edits(r) {
		d.keepToOwn(e.stored)
	}
	return d, allFaults(errs[:]...)
}

// keepToOwn is what a member may say with the form: the rest stays as it is stored.
func (d *draft) keepToOwn(stored stories.Content) {
	d.topics, d.author = nil, ""
	d.content.Authors, d.content.Published, d.content.Note, d.content.Format = stored.Authors, stored.Published, stored.Note, stored.Format
}

// names are what stands between commas.
func names(line string) []string {
	var list []string
	for _, n := range splitCommas(line) {
		if n != "" && !slices.Contains(list, n) {
			list = append(list, n)
		}
	}
	return list
}

// allFaults is one Invalid problem of several, or the first error that is none.
func allFaults(errs ...error) error {
	var all problem.Fields
	seen := map[string]bool{}
	for _, err := range errs {
		var p *problem.Problem
		if err != nil && (!errors.As(err, &p) || p.Kind != problem.Invalid) {
			return err
		}
		if err != nil {
			for _, f := range p.Fields {
				if seen[f.Name] {
					continue // what cannot be read is not missing as well
				}
				seen[f.Name] = true
				all.Add(f.Name, f.Message.Key, f.Message.Args...)
			}
		}
	}
	return all.Err()
}
