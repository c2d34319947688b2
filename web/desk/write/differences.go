package write

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/pictures"
	"waypost/stories/trails"
	"waypost/web/desk/diff"
	"waypost/web/desk/fields"
	"waypost/web/messages"
)

// Difference is a field besides the text in which two versions differ, with the names
// and words of what was chosen.
type Difference struct {
	Labels       []problem.Message // from the outside in
	Theirs, Mine string            // the value before, and after
	Was, Is      *pictures.Picture // of a cover
}

// Words is what became of the value.
func (d Difference) Words() diff.Text { return diff.Words(d.Theirs, d.Mine) }

// differing gathers differences.
type differing struct {
	words        *messages.Catalog
	theirs, mine url.Values
	list         []Difference
}

func (d *differing) add(name, a, b string) {
	if a, b = lineEnds(a), lineEnds(b); a != b {
		d.list = append(d.list, Difference{Labels: fields.Places(name), Theirs: a, Mine: b})
	}
}

// named adds what is otherwise without a name.
func (d *differing) named(key, a, b string) {
	if a != b {
		d.list = append(d.list, Difference{Labels: []problem.Message{{Key: key}}, Theirs: a, Mine: b})
	}
}

func lineEnds(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

// words are those of whoever asks.
func (d *Desk) words(r *http.Request) (*messages.Catalog, error) {
	settings, err := d.Community.Settings(r.Context())
	return d.Words(r, settings), err
}

// differences lists the fields besides the text in which two forms differ.
func (d *Desk) differences(tx *db.Tx, words *messages.Catalog, theirs, mine fields.Form) ([]Difference, error) {
	people, err := d.Members.ProfilesByID(tx, slices.Concat(theirs.Values["authors"], mine.Values["authors"]))
	if err != nil {
		return nil, err
	}
	subjects, err := d.Topics.ByIDs(tx, slices.Concat(subjectsOf(theirs), subjectsOf(mine)))
	if err != nil {
		return nil, err
	}
	x := &differing{words: words, theirs: theirs.Values, mine: mine.Values}
	for _, name := range []string{"title", "standfirst"} {
		x.add(name, theirs.Value(name), mine.Value(name))
	}
	if err := d.covers(tx, x); err != nil {
		return nil, err
	}
	byline := func(f fields.Form) string {
		return fields.Joined(f.Values["authors"], f.Value("new_author"), func(id string) string { return people[id].Name })
	}
	filed := func(f fields.Form) string {
		return fields.Joined(subjectsOf(f), f.Value("new_topics"), func(id string) string { return subjects[id].Name })
	}
	x.trail()
	x.add("topics", filed(theirs), filed(mine))
	x.add("authors", byline(theirs), byline(mine))
	x.add("language", theirs.Value("language"), mine.Value("language"))
	if theirs.Value("slug") != "" && mine.Value("slug") != "" { // else it was made of the title
		x.add("slug", theirs.Value("slug"), mine.Value("slug"))
	}
	x.add("published", theirs.Value("published"), mine.Value("published"))
	x.named("desk.story.note", theirs.Value("note"), lineEnds(mine.Value("note")))
	return x.list, nil
}

func subjectsOf(f fields.Form) []string { return slices.Concat(f.Values["topic"], f.Values["topics"]) }

// covers compares the pictures at the head, in the words that each version has for its own.
func (d *Desk) covers(tx *db.Tx, x *differing) error {
	was, is := x.theirs.Get("cover"), x.mine.Get("cover")
	if was != is {
		found, err := d.Pictures.ByIDs(tx, []string{was, is})
		if err != nil {
			return err
		}
		none := x.words.T("desk.story.cover_none")
		described := func(v url.Values) (string, *pictures.Picture) {
			p, ok := found[v.Get("cover")]
			if !ok {
				return none, nil
			}
			p.Alt = v.Get("cover_alt")
			return p.Alt, &p
		}
		c := Difference{Labels: fields.Places("cover")}
		c.Theirs, c.Was = described(x.theirs)
		c.Mine, c.Is = described(x.mine)
		x.list = append(x.list, c)
	}
	for _, name := range []string{"cover_alt", "cover_caption"} {
		if was == is || name == "cover_caption" {
			x.add(name, x.theirs.Get(name), x.mine.Get(name))
		}
	}
	return nil
}

// stepFields are the fields of a step in the order of the form.
var stepFields = []string{"title", "kind", "start", "end", "shown", "organization", "parent", "ended_by", "detour", "learned"}

// trail compares two paths step by step: a step is the same as long as it has its
// identifier, wherever it stands.
func (d *differing) trail() {
	d.add("trail.goal", d.theirs.Get("trail.goal"), d.mine.Get("trail.goal"))
	was, is := steps(d.theirs), steps(d.mine)
	for i, id := range is {
		d.step(fmt.Sprintf("trail.steps.%d.", i), slices.Index(was, id), i)
	}
	for i, id := range was {
		if !slices.Contains(is, id) {
			d.step(fmt.Sprintf("trail.steps.%d.", i), i, -1)
		}
	}
	stayed := func(ids, others []string, v url.Values) string {
		var titles []string
		for i, id := range ids {
			if slices.Contains(others, id) {
				titles = append(titles, v.Get(fmt.Sprintf("trail.steps.%d.title", i)))
			}
		}
		return strings.Join(titles, "\n")
	}
	both := func(id string) bool { return !slices.Contains(was, id) || !slices.Contains(is, id) }
	if !slices.Equal(slices.DeleteFunc(slices.Clone(was), both), slices.DeleteFunc(slices.Clone(is), both)) {
		d.named("desk.compare.order", stayed(was, is, d.theirs), stayed(is, was, d.mine))
	}
	d.named("desk.compare.marks", d.marks(d.theirs), d.marks(d.mine))
}

// steps are the identifiers of a form's steps.
func steps(v url.Values) []string {
	var ids []string
	for i := 0; i <= trails.MaxTrailSteps && v.Has(fmt.Sprintf("trail.steps.%d.title", i)); i++ {
		ids = append(ids, v.Get(fmt.Sprintf("trail.steps.%d.id", i)))
	}
	return ids
}

// step compares a step's fields; a place of -1 means that it is not there.
func (d *differing) step(name string, was, is int) {
	for _, field := range stepFields {
		a, b := d.said(d.theirs, was, field), d.said(d.mine, is, field)
		d.add(name+field, a, b)
	}
}

// said is what a step says in one field, in words.
func (d *differing) said(v url.Values, at int, field string) string {
	if at < 0 {
		return ""
	}
	name := fmt.Sprintf("trail.steps.%d.%s", at, field)
	value := v.Get(name)
	switch key := fields.Chosen(name, value); {
	case value == "":
		return ""
	case key != "":
		return d.words.T(key)
	case field == "detour":
		return d.words.T("desk.compare.yes")
	case field == "parent":
		return titleOf(v, value)
	}
	return value
}

// titleOf is what a step is called.
func titleOf(v url.Values, id string) string {
	if i := slices.Index(steps(v), id); id != "" && i >= 0 {
		return v.Get(fmt.Sprintf("trail.steps.%d.title", i))
	}
	return ""
}

// marks are the moments at which something changed, a line each.
func (d *differing) marks(v url.Values) string {
	var lines []string
	for i := 0; i <= trails.MaxTrailSteps && v.Has(fmt.Sprintf("trail.changes.%d.words", i)); i++ {
		name := fmt.Sprintf("trail.changes.%d.", i)
		line := strings.TrimSpace(v.Get(name+"date") + " " + v.Get(name+"words"))
		if step := titleOf(v, v.Get(name+"step")); step != "" {
			line += " (" + step + ")"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}
