package write

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/internal/slug"
	"waypost/stories"
	"waypost/web/desk/fields"
	"waypost/web/desk/trailform"
	"waypost/web/kit"
	"waypost/web/messages"
	"waypost/web/render"
	"waypost/web/shell"
)

// previewStory answers POST /desk/stories/preview with what readers would get of the
// form, above it what has to be mended first. It saves nothing but a picture that came
// with the form, which is among the pictures then, as if it had been uploaded there.
func (d *Desk) previewStory(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	settings, err := d.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	trailform.Prune(r.PostForm)
	taken := d.takePictures(r, &editor{})
	typed, unread := storyTyped(r, previewed(r, settings.Location()))
	var faults fields.Form
	if err := allFaults(taken, unread, typed.content.Check()); err != nil {
		if faults, _, err = faults.Refused(err); err != nil {
			return err
		}
	}
	typed.content.Trail = trailform.Drawable(typed.content.Trail, faults.Faults)
	preview, err := d.previewOf(r, typed)
	if err != nil {
		return err
	}
	preview.Mending = mending(d.Words(r, settings), faults.Faults)
	body, err := d.Preview(r.Context(), preview)
	if err != nil {
		return err
	}
	kit.Policy(w, shell.PreviewPolicy...)
	return shell.Write(w, r, http.StatusOK, body)
}

// previewed is the story that a member's preview is of, as far as the form does not say
// it: it is theirs.
func previewed(r *http.Request, zone *time.Location) *editor {
	e := &editor{zone: zone, actor: shell.ActorOf(r)}
	e.stored.Format = stories.Markdown
	if e.actor.ProfileID != "" {
		e.stored.Authors = []string{e.actor.ProfileID}
	}
	return e
}

// mending says in words what has to be mended; nil if nothing has.
func mending(words *messages.Catalog, faults []problem.Field) *render.Mending {
	if len(faults) == 0 {
		return nil
	}
	m := &render.Mending{Language: words.Language, Direction: words.Direction, Title: words.T("desk.preview_faults")}
	for _, f := range faults {
		var line strings.Builder
		for _, place := range fields.Places(f.Name) {
			line.WriteString(words.T(place.Key, place.Args...) + ": ")
		}
		m.List = append(m.List, line.String()+words.T(f.Message.Key, f.Message.Args...))
	}
	return m
}

// previewOf is what was typed as a story, with the people and topics that a save
// would make.
func (d *Desk) previewOf(r *http.Request, typed draft) (render.Preview, error) {
	c := typed.content
	s := stories.Story{ID: "preview", Slug: c.Slug, State: stories.Draft, Title: c.Title, Standfirst: c.Standfirst, Language: c.Language,
		Cover: c.Cover, Published: c.Published, Updated: d.Clock(), HasTrail: len(c.Trail.Steps) > 0}
	if !slug.Valid(s.Slug) {
		s.Slug = "preview"
	}
	p := render.Preview{Text: stories.Text{Format: c.Format, Body: c.Body, Trail: c.Trail}}
	if c.Format != stories.HTML {
		p.Text.Format = stories.Markdown
	}
	err := d.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		p.Topics, p.Authors = nil, nil
		if s.Authors, s.Topics, err = d.known(tx, c); err != nil {
			return err
		}
		for _, name := range typed.topics {
			t, err := d.Topics.BySlug(tx, slug.Make(name))
			switch {
			case problem.Is(err, problem.NotFound):
				p.Topics = append(p.Topics, name)
			case err != nil:
				return err
			case !slices.Contains(s.Topics, t.ID):
				s.Topics = append(s.Topics, t.ID)
			}
		}
		if !edits(r) && len(s.Authors) == 0 {
			p.Authors = []string{shell.SessionOf(r).Account.Name} // the name under which they will write
		}
		if handle, is := strings.CutPrefix(typed.author, "@"); is {
			named, err := d.Members.ProfileByHandle(tx, strings.ToLower(handle))
			switch {
			case problem.Is(err, problem.NotFound):
				p.Authors = []string{typed.author}
			case err != nil:
				return err
			case !slices.Contains(s.Authors, named.ID):
				s.Authors = append(s.Authors, named.ID)
			}
		} else if typed.author != "" {
			p.Authors = []string{typed.author}
		}
		if s.Cover.PictureID != "" && s.Cover.Alt == "" {
			found, err := d.Pictures.ByIDs(tx, []string{s.Cover.PictureID})
			if err != nil {
				return err
			}
			s.Cover.Alt = found[s.Cover.PictureID].Alt
		}
		p.Text.Rendered, err = d.Stories.Render(tx, p.Text.Format, c.Body, c.Language, "story-")
		s.Words = p.Text.Rendered.Words
		return err
	})
	p.Story = s
	return p, err
}

// known are the authors and topics of a content that exist, each once.
func (d *Desk) known(tx *db.Tx, c stories.Content) (authors, subjects []string, err error) {
	people, err := d.Members.ProfilesByID(tx, c.Authors)
	if err != nil {
		return nil, nil, err
	}
	byTopic, err := d.Topics.ByIDs(tx, c.Topics)
	for _, id := range c.Authors {
		if _, ok := people[id]; ok && !slices.Contains(authors, id) {
			authors = append(authors, id)
		}
	}
	for _, id := range c.Topics {
		if _, ok := byTopic[id]; ok && !slices.Contains(subjects, id) {
			subjects = append(subjects, id)
		}
	}
	return authors, subjects, err
}
