package exchange

import (
	"slices"
	"strings"

	"waypost/internal/partdate"
	"waypost/paths"
)

// Duplicates finds items that the member has already, and items that the list has twice.
// The result maps an item's ID to the ID of the step, entry or goal of the path that is
// the same, or to "#" and the ID of an earlier item of the list.
//
// Steps are the same by organization, title and start; entries by kind, date and text;
// goals by title. Texts are compared without case, accents and spacing, dates by what both
// of them say: 2016 and 2016-05 are the same.
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
}

func (k known) same(other known) bool {
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
