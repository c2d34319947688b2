package trailform

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"waypost/internal/partdate"
	"waypost/stories/trails"
)

// Edit does what a button of the form asks for: "step.add", "step.remove.2",
// "step.up.2", "step.down.2", "change.add", "change.remove.0". It reports whether
// the button is one of these. Everything typed stays.
func Edit(v url.Values, button string) bool {
	what, rest, _ := strings.Cut(button, ".")
	act, at, _ := strings.Cut(rest, ".")
	list, fields, fresh := steps, stepFields, row{"kind": string(trails.Position)}
	switch what {
	case "step":
	case "change":
		list, fields, fresh = changes, changeFields, row{"date": ""}
	default:
		return false
	}
	all := rows(v, list, fields)
	i, err := strconv.Atoi(at)
	inside := err == nil && i >= 0 && i < len(all)
	switch {
	case act == "add":
		if what == "step" {
			fresh["id"] = freshID(all)
		}
		all = append(all, fresh)
	case act == "remove" && inside:
		all = slices.Delete(all, i, i+1)
	case act == "up" && inside && i > 0:
		all[i-1], all[i] = all[i], all[i-1]
	case act == "down" && inside && i+1 < len(all):
		all[i+1], all[i] = all[i], all[i+1]
	}
	put(v, list, all)
	return true
}

// freshID names a step that has no name yet.
func freshID(all []row) string {
	for n := len(all) + 1; ; n++ {
		id := "s" + strconv.Itoa(n)
		if !slices.ContainsFunc(all, func(r row) bool { return r["id"] == id }) {
			return id
		}
	}
}

// Prune takes steps and changes out in which nothing was typed.
func Prune(v url.Values) {
	put(v, steps, slices.DeleteFunc(rows(v, steps, stepFields), func(r row) bool {
		return blank(r, "title", "organization", "start", "end", "learned")
	}))
	put(v, changes, slices.DeleteFunc(rows(v, changes, changeFields), func(r row) bool { return blank(r, "date", "words") }))
}

func blank(r row, fields ...string) bool {
	return !slices.ContainsFunc(fields, func(f string) bool { return strings.TrimSpace(r[f]) != "" })
}

// Row is a step or change as the form shows it.
type Row struct {
	Name        string // before the names of its fields: "trail.steps.0"
	Number      int    // from 1
	ID          string
	Title       string
	First, Last bool
	Early       bool // a change dated before the first step began
}

// Steps lists the steps of a form.
func Steps(v url.Values) []Row { return shown(rows(v, steps, stepFields), steps) }

// Changes lists the changes of a form.
func Changes(v url.Values) []Row {
	all := rows(v, changes, changeFields)
	list := shown(all, changes)
	first, known := firstDay(v)
	for i, r := range all {
		if d, err := Date(strings.TrimSpace(r["date"])); err == nil && known {
			list[i].Early = d.Last() < first
		}
	}
	return list
}

// firstDay is the day on which the first step began, as far as its date can be read.
func firstDay(v url.Values) (first partdate.Days, known bool) {
	for _, r := range rows(v, steps, stepFields) {
		if d, err := Date(strings.TrimSpace(r["start"])); err == nil && (!known || d.First() < first) {
			first, known = d.First(), true
		}
	}
	return first, known
}

func shown(all []row, list string) []Row {
	out := make([]Row, len(all))
	for i, r := range all {
		out[i] = Row{Name: fmt.Sprintf("%s.%d", list, i), Number: i + 1, ID: r["id"], Title: line(r["title"]), First: i == 0, Last: i == len(all)-1}
	}
	return out
}
