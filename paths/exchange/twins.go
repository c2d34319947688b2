package exchange

import (
	"slices"
	"strings"
	"time"

	"waypost/internal/partdate"
	"waypost/paths"
)

// Duplicates finds items that the member has already, and items that the list has twice.
// The result maps an item's ID to the ID of the step, entry, goal or decision of the path
// that is the same, or to "#" and the ID of an earlier item of the list.
//
// Steps are the same by organization, title and start; entries by kind, date and text;
// goals by title; decisions by their question and the moment they were begun, which stays
// while all else of them goes on, or where that is not known by the day they were decided.
// Texts are compared without case, accents and spacing, dates by what both of them say:
// 2016 and 2016-05 are the same.
func Duplicates(found Found, have paths.Path) map[string]string {
	all := map[string][]known{}
	for _, s := range have.Steps {
		all[stepKey(s)] = append(all[stepKey(s)], known{id: s.ID, date: s.Start})
	}
	for _, e := range have.Entries {
		all[entryKey(e)] = append(all[entryKey(e)], known{id: e.ID, date: e.Date})
	}
	for _, g := range have.Goals {
		all[goalKey(g)] = append(all[goalKey(g)], known{id: g.ID})
	}
	for _, d := range have.Decisions {
		all[decisionKey(d)] = append(all[decisionKey(d)], knownDecision(d.ID, d))
	}
	twins := map[string]string{}
	for _, item := range found.Items {
		key, own := item.known()
		if i := slices.IndexFunc(all[key], own.same); i >= 0 {
			twins[item.ID] = all[key][i].id
			continue
		}
		all[key] = append(all[key], own)
	}
	return twins
}

// known is what is compared of a thing beside its key.
type known struct {
	id      string
	date    partdate.Date
	undated bool
	made    time.Time // of a decision
	again   bool      // a decision that was reopened
}

func (k known) same(other known) bool {
	if !k.made.IsZero() && !other.made.IsZero() {
		return k.made.Equal(other.made)
	}
	if k.again != other.again {
		return false
	}
	return k.undated || other.undated || agree(k.date, other.date)
}

// known gives what an item is compared by.
func (i Item) known() (key string, k known) {
	id := "#" + i.ID
	switch {
	case i.Step != nil:
		return stepKey(*i.Step), known{id: id, date: i.Step.Start}
	case i.Entry != nil:
		return entryKey(*i.Entry), known{id: id, date: i.Entry.Date, undated: i.Undated}
	case i.Goal != nil:
		return goalKey(*i.Goal), known{id: id}
	case i.Decision != nil:
		return decisionKey(*i.Decision), knownDecision(id, *i.Decision)
	}
	return "", known{id: id}
}

func stepKey(s paths.Step) string {
	return "step\n" + Fold(s.Organization) + "\n" + Fold(s.Title)
}

// entryKey takes the skills of an entry that has no text.
func entryKey(e paths.Entry) string {
	said := Fold(e.Text)
	if said == "" {
		skills := make([]string, len(e.Skills))
		for i, skill := range e.Skills {
			skills[i] = Fold(skill)
		}
		slices.Sort(skills)
		said = "\n" + strings.Join(skills, "\n")
	}
	return "entry\n" + string(e.Kind) + "\n" + said
}

func goalKey(g paths.Goal) string {
	if said := Fold(g.Title); said != "" {
		return "goal\n" + said
	}
	return "goal\n\n" + Fold(g.Why)
}

func decisionKey(d paths.Decision) string { return "decision\n" + Fold(d.Question) }

func knownDecision(id string, d paths.Decision) known {
	return known{id: id, date: d.Decided, undated: d.Decided.IsZero(), made: d.Made, again: d.CopyOf != ""}
}

// agree reports whether two dates say the same as far as both of them go.
func agree(a, b partdate.Date) bool {
	precision := min(a.Precision(), b.Precision())
	switch {
	case a.Precision() == partdate.None || b.Precision() == partdate.None:
		return a == b
	case a.Year() != b.Year():
		return false
	case precision >= partdate.Month && a.Month() != b.Month():
		return false
	}
	return precision < partdate.Day || a.Day() == b.Day()
}
