package copies

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"waypost/internal/db"
	"waypost/internal/personal"
	"waypost/members"
	"waypost/stories"
)

// Copies hands over stories.
type Copies struct{ Stories *stories.Service }

// atOnce is how many stories are in memory at a time.
const atOnce = 20

// Held hands over every story whose byline has somebody, whatever its state, and notes
// which versions of which stories they saved.
func (c Copies) Held(tx *db.Tx, p personal.Person, out personal.Out) error {
	err := personal.Rows(tx, out, personal.Find{Table: "story_revisions", Where: `account_id = $1`, Args: []any{p.Account}, Omit: []string{"document"}})
	if err == nil {
		err = personal.Rows(tx, out, personal.Find{Table: "story_notes", Where: `account_id = $1`, Args: []any{p.Account}})
	}
	if err == nil { // those that they began
		err = personal.Rows(tx, out, personal.Find{Table: "stories", Where: `account_id = $1`, Args: []any{p.Account}})
	}
	if err != nil || p.Profile == "" {
		return err
	}
	names := names{tx: tx, known: map[string]string{}}
	for after := ""; ; {
		list, err := c.Stories.WrittenBy(tx, p.Profile, after, atOnce)
		if err != nil {
			return err
		}
		for _, st := range list {
			if err := c.story(tx, st, &names, out); err != nil {
				return fmt.Errorf("hand over story %s: %w", st.ID, err)
			}
		}
		if len(list) < atOnce {
			return nil
		}
		after = list[len(list)-1].ID
	}
}

func (c Copies) story(tx *db.Tx, st stories.Story, n *names, out personal.Out) error {
	folder := "stories/" + cmp.Or(st.Slug, st.ID) + "/"
	now, err := c.Stories.Content(tx, st)
	if err != nil {
		return err
	}
	if err := write(out, folder+"story", file{content: now, story: &st, saved: st.Updated}, n); err != nil {
		return err
	}
	versions, err := c.Stories.Revisions(tx, members.Console(), st)
	if err != nil {
		return err
	}
	for _, v := range versions {
		was, err := c.Stories.RevisionContent(tx, members.Console(), st, v.Version)
		if err != nil {
			return err
		}
		name := fmt.Sprintf("%sversions/%04d", folder, v.Version)
		if err := write(out, name, file{content: was, version: v.Version, saved: v.Saved}, n); err != nil {
			return err
		}
	}
	return nil
}

// file is one text: a story as it is now, or a version of it.
type file struct {
	content stories.Content
	story   *stories.Story // nil for a version
	version int64
	saved   time.Time
}

// write writes a text and, beside it, the path behind it.
func write(out personal.Out, name string, f file, n *names) error {
	front, err := f.front(n)
	if err != nil {
		return err
	}
	if err := out.File(name+".md", f.saved, strings.NewReader(front+f.content.Body+"\n")); err != nil {
		return err
	}
	if len(f.content.Trail.Steps) == 0 {
		return nil
	}
	document, err := f.content.Trail.Document()
	if err != nil {
		return err
	}
	return out.File(name+".path.json", f.saved, bytes.NewReader(document))
}

// front is what stands before a text: YAML, whose strings are written as those of JSON.
func (f file) front(n *names) (string, error) {
	c := f.content
	authors, err := n.of(`SELECT name FROM profiles WHERE id = $1`, c.Authors)
	if err != nil {
		return "", err
	}
	topics, err := n.of(`SELECT name FROM topics WHERE id = $1`, c.Topics)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	b.WriteString("---\n")
	line := func(name string, value any) {
		text, _ := json.Marshal(value) // strings, numbers and lists of strings cannot fail
		fmt.Fprintf(&b, "%s: %s\n", name, text)
	}
	line("title", c.Title)
	line("standfirst", c.Standfirst)
	line("slug", c.Slug)
	line("language", c.Language)
	line("format", c.Format)
	line("authors", authors)
	line("topics", topics)
	if c.Cover != (stories.Cover{}) {
		line("cover", c.Cover.PictureID)
		line("cover_alt", c.Cover.Alt)
		line("cover_caption", c.Cover.Caption)
	}
	if !c.Published.IsZero() {
		line("published", c.Published.UTC().Format(time.RFC3339))
	}
	if f.story != nil {
		line("state", f.story.State)
		line("written", f.story.Created.UTC().Format(time.RFC3339))
	} else {
		line("version", f.version)
	}
	line("saved", f.saved.UTC().Format(time.RFC3339))
	if c.Note != "" {
		line("note", c.Note)
	}
	b.WriteString("---\n\n")
	return b.String(), nil
}

// names are those of authors and topics, each read once.
type names struct {
	tx    *db.Tx
	known map[string]string
}

func (n *names) of(query string, ids []string) ([]string, error) {
	list := make([]string, 0, len(ids))
	for _, id := range ids {
		name, known := n.known[id]
		if !known {
			var err error
			if name, err = db.Value[string](n.tx.QueryRow(query, id)); err != nil && !db.Missing(err) {
				return nil, fmt.Errorf("read the name of %s: %w", id, err)
			}
			n.known[id] = name
		}
		list = append(list, cmp.Or(name, id))
	}
	return list, nil
}
