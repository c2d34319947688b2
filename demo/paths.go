package demo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"waypost/internal/db"
	"waypost/internal/partdate"
	"waypost/paths"
)

// writtenPath is a member's private path as a file has it. The times at which its parts
// were made, and the IDs of what nothing refers to, are left out.
type writtenPath struct {
	// Today is the day on which it was written where it goes on until today: it moves
	// by whole weeks then. Without it the days are fixed, as in the story it belongs to.
	Today partdate.Date `json:"today"`
	Path  paths.Path    `json:"path"`
}

// pathsFolder holds the private paths, each in a file named by its member's handle.
const pathsFolder = "content/paths/"

// seedPaths keeps the private paths, each its member's alone.
func (s *seeding) seedPaths(tx *db.Tx) error {
	entries, err := files.ReadDir(strings.TrimSuffix(pathsFolder, "/"))
	if err != nil {
		return err
	}
	for _, e := range entries {
		handle := strings.TrimSuffix(e.Name(), ".json")
		account := s.accounts[handle].AccountID
		if account == "" {
			return fmt.Errorf("nobody is called %q", handle)
		}
		p, err := PathOf(handle, s.earlier.start.In(s.zone))
		if err != nil {
			return err
		}
		if err := s.Paths.KeepIn(tx, account, p); err != nil {
			return fmt.Errorf("path of %s: %w", handle, err)
		}
	}
	return nil
}

// PathOf is the private path of a member, as far as it goes at a time.
func PathOf(handle string, now time.Time) (paths.Path, error) {
	w, err := readPath(handle)
	if err != nil {
		return w.Path, fmt.Errorf("path of %s: %w", handle, err)
	}
	today := partdate.DayOf(now)
	if !w.Today.IsZero() {
		moveDays(&w.Path, wholeWeeks(today-w.Today.First()))
	}
	cutGoals(&w.Path, now)
	cutAfter(&w.Path, today)
	date(&w.Path, now)
	for i := range w.Path.Decisions {
		if d := &w.Path.Decisions[i]; d.Result != nil {
			if err := d.Ask(d.Hope, d.Result.Made); err != nil {
				return w.Path, fmt.Errorf("path of %s: ask: %w", handle, err)
			}
		}
	}
	return w.Path, nil
}

func readPath(handle string) (w writtenPath, err error) {
	data, err := files.ReadFile(pathsFolder + handle + ".json")
	if err != nil {
		return w, err
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	err = d.Decode(&w)
	return w, err
}

// wholeWeeks is so many days without those that make no week of seven; none of them
// lies ahead of the day that is reached.
func wholeWeeks(n partdate.Days) partdate.Days {
	const week = 7
	return n - (n%week+week)%week
}

// moveDays moves every day of a path by so many.
func moveDays(p *paths.Path, by partdate.Days) {
	move := func(dates ...*partdate.Date) {
		for _, d := range dates {
			*d = moved(*d, by)
		}
	}
	for i := range p.Goals {
		move(&p.Goals[i].Horizon)
		p.Goals[i].Made = p.Goals[i].Made.AddDate(0, 0, int(by))
	}
	for i := range p.Steps {
		move(&p.Steps[i].Start, &p.Steps[i].End, &p.Steps[i].Review)
	}
	for i := range p.Entries {
		move(&p.Entries[i].Date)
	}
	for i := range p.CheckIns {
		move(&p.CheckIns[i].Day)
	}
	for i := range p.Changes {
		move(&p.Changes[i].Day)
	}
	for i := range p.Decisions {
		d := &p.Decisions[i]
		move(&d.Decided)
		for j := range d.Looks {
			move(&d.Looks[j].Due, &d.Looks[j].At)
		}
		d.Made = d.Made.AddDate(0, 0, int(by))
		if d.Result != nil {
			d.Result.Made = d.Result.Made.AddDate(0, 0, int(by))
		}
	}
}

// moved is a date so many days later, known as well as before.
func moved(d partdate.Date, by partdate.Days) partdate.Date {
	later := (d.First() + by).Date()
	switch d.Precision() {
	case partdate.None:
		return d
	case partdate.Year:
		later, _ = partdate.Of(later.Year(), 0, 0)
	case partdate.Month:
		later, _ = partdate.Of(later.Year(), later.Month(), 0)
	}
	return later
}

// cutGoals leaves out goals that are set later, and takes up those that they replace.
func cutGoals(p *paths.Path, now time.Time) {
	p.Goals = slices.DeleteFunc(p.Goals, func(g paths.Goal) bool { return g.Made.After(now) })
	there := func(id string) bool {
		return slices.ContainsFunc(p.Goals, func(g paths.Goal) bool { return g.ID == id })
	}
	for i := range p.Goals {
		if g := &p.Goals[i]; g.ReplacedBy != "" && !there(g.ReplacedBy) {
			g.State, g.ReplacedBy, g.Note = paths.GoalActive, "", ""
		}
	}
	for i := range p.Steps {
		if s := &p.Steps[i]; !there(s.Goal) {
			s.Goal = ""
		}
	}
}

// cutAfter leaves out what lies after a day: where the clock stands earlier than a path
// reaches, it reaches until then.
func cutAfter(p *paths.Path, today partdate.Days) {
	ahead := func(d partdate.Date) bool { return d.First() > today }
	gone := map[string]bool{}
	p.Steps = slices.DeleteFunc(p.Steps, func(s paths.Step) bool {
		gone[s.ID] = ahead(s.Start)
		return gone[s.ID]
	})
	for i := range p.Steps {
		if s := &p.Steps[i]; ahead(s.End) {
			s.End, s.EndedBy = partdate.Date{}, ""
		}
	}
	p.CheckIns = slices.DeleteFunc(p.CheckIns, func(c paths.CheckIn) bool { return ahead(c.Day) })
	p.Changes = slices.DeleteFunc(p.Changes, func(c paths.Change) bool { return ahead(c.Day) })
	p.Entries = slices.DeleteFunc(p.Entries, func(e paths.Entry) bool {
		out := ahead(e.Date) || gone[e.Step]
		gone[e.ID] = gone[e.ID] || out && e.ID != ""
		return out
	})
	for i := range p.Entries {
		if e := &p.Entries[i]; gone[e.LedTo] {
			e.LedTo = ""
		}
	}
	p.Decisions = slices.DeleteFunc(p.Decisions, func(d paths.Decision) bool { return ahead(d.Decided) || gone[d.Step] })
	for i := range p.Decisions {
		for j := range p.Decisions[i].Looks {
			if look := &p.Decisions[i].Looks[j]; ahead(look.At) {
				look.At, look.Found, look.Note = partdate.Date{}, paths.Felt{}, ""
			}
		}
	}
}

// evening is the hour at which parts of a path were written down.
const evening = 20 * time.Hour

// date gives every part its ID, where it has none, and the time at which it was made:
// the evening of its day, or now where that is still to come.
func date(p *paths.Path, now time.Time) {
	name := func(r *paths.Row, kind string, n int, day partdate.Date) {
		if r.ID == "" {
			r.ID = fmt.Sprintf("%s-%03d", kind, n+1)
		}
		if r.Made.IsZero() {
			first := day.First().Date()
			r.Made = time.Date(first.Year(), time.Month(first.Month()), first.Day(), 0, 0, 0, 0, now.Location()).Add(evening)
		}
		r.Made = earliest(r.Made, now).UTC()
	}
	for i := range p.Goals {
		name(&p.Goals[i].Row, "goal", i, partdate.Date{})
	}
	for i, x := range p.Steps {
		name(&p.Steps[i].Row, "step", i, x.Start)
	}
	for i, x := range p.Entries {
		name(&p.Entries[i].Row, "entry", i, x.Date)
	}
	for i, x := range p.CheckIns {
		p.CheckIns[i].ID = x.Step + "." + x.Day.String()
		name(&p.CheckIns[i].Row, "", i, x.Day)
	}
	for i, x := range p.Changes {
		name(&p.Changes[i].Row, "change", i, x.Day)
	}
	for i, x := range p.Decisions {
		name(&p.Decisions[i].Row, "decision", i, x.Decided)
	}
}
