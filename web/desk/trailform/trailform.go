// Package trailform puts the path behind a story into a form and reads it back. Its
// fields are named as the faults of trails.Trail.Check are, behind "trail.":
// "trail.goal", "trail.steps.0.title", "trail.changes.1.words".
//
// It knows the form alone; whether a trail makes sense is for stories to say.
package trailform

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/stories/trails"
)

// The fields of one row of each list.
var (
	stepFields   = []string{"id", "kind", "title", "shown", "organization", "start", "end", "parent", "detour", "ended_by", "learned"}
	changeFields = []string{"date", "step", "words"}
)

const (
	goal    = "trail.goal"
	steps   = "trail.steps"
	changes = "trail.changes"
)

// row is what stands in the fields of one step or change.
type row map[string]string

// rows reads a list: as many rows as there are, one after the other, whose first
// choice was sent. A form has at most a few more than a trail may hold.
func rows(v url.Values, list string, fields []string) []row {
	var all []row
	for i := 0; i <= trails.MaxTrailSteps; i++ {
		name := list + "." + strconv.Itoa(i) + "."
		r := row{}
		for _, f := range fields {
			if v.Has(name + f) {
				r[f] = v.Get(name + f)
			}
		}
		if len(r) == 0 {
			break
		}
		all = append(all, r)
	}
	return all
}

// put writes a list in the place of the one that was there.
func put(v url.Values, list string, all []row) {
	for name := range v {
		if strings.HasPrefix(name, list+".") {
			delete(v, name)
		}
	}
	for i, r := range all {
		for f, value := range r {
			v.Set(fmt.Sprintf("%s.%d.%s", list, i, f), value)
		}
	}
}

// Fill puts a trail into a form.
func Fill(v url.Values, t trails.Trail) {
	v.Set(goal, t.Goal)
	list := make([]row, len(t.Steps))
	for i, s := range t.Steps {
		list[i] = row{"id": s.ID, "kind": string(s.Kind), "title": s.Title, "shown": string(s.Organization.Shown),
			"organization": s.Organization.Text, "start": s.Start.String(), "end": s.End.String(), "parent": s.Parent,
			"ended_by": string(s.EndedBy), "learned": strings.Join(s.Learned, "\n")}
		if s.Detour {
			list[i]["detour"] = "yes"
		}
	}
	put(v, steps, list)
	list = make([]row, len(t.Changes))
	for i, c := range t.Changes {
		list[i] = row{"date": c.Date.String(), "step": c.Step, "words": c.Words}
	}
	put(v, changes, list)
}

// Read reads a trail from a form. What is no date is an Invalid problem.
func Read(v url.Values) (trails.Trail, error) {
	var f problem.Fields
	t := trails.Trail{Goal: line(v.Get(goal))}
	for i, r := range rows(v, steps, stepFields) {
		name := fmt.Sprintf("%s.%d.", steps, i)
		t.Steps = append(t.Steps, trails.Step{
			ID: r["id"], Kind: trails.StepKind(r["kind"]), Title: line(r["title"]),
			Organization: organization(r),
			Start:        date(&f, name+"start", r["start"]), End: date(&f, name+"end", r["end"]),
			Parent: r["parent"], Detour: r["detour"] != "", EndedBy: trails.EndedBy(r["ended_by"]), Learned: notes(r["learned"]),
		})
	}
	for i, r := range rows(v, changes, changeFields) {
		name := fmt.Sprintf("%s.%d.date", changes, i)
		t.Changes = append(t.Changes, trails.Change{Date: date(&f, name, r["date"]), Step: r["step"], Words: line(r["words"])})
	}
	if len(t.Steps) > 0 {
		t.Version = trails.TrailVersion
	}
	return t, f.Err()
}

// organization is what was typed of it. A name beside the choice that nobody has
// touched means the one that is named.
func organization(r row) trails.Organization {
	o := trails.Organization{Shown: trails.Shown(r["shown"]), Text: line(r["organization"])}
	if o.Shown == "" && o.Text != "" {
		o.Shown = trails.Named
	}
	return o
}

func date(f *problem.Fields, name, text string) partdate.Date {
	text = strings.TrimSpace(text)
	if text == "" {
		return partdate.Date{}
	}
	d, err := Date(text)
	if err != nil {
		f.Add(name, "trail.date_form")
	}
	return d
}

func line(s string) string { return strings.Join(strings.Fields(s), " ") }

// notes are the lines of a box, without empty ones.
func notes(s string) []string {
	var list []string
	for n := range strings.Lines(s) {
		if n = line(n); n != "" {
			list = append(list, n)
		}
	}
	return list
}

// Drawable is a trail without the steps and changes that have a fault; none if it
// cannot be drawn without them either.
func Drawable(t trails.Trail, faults []problem.Field) trails.Trail {
	faulty := func(list string, i int) bool {
		name := fmt.Sprintf("%s.%d.", list, i)
		return slices.ContainsFunc(faults, func(f problem.Field) bool { return strings.HasPrefix(f.Name, name) })
	}
	out := t
	out.Steps, out.Changes = nil, nil
	for i, s := range t.Steps {
		if !faulty(steps, i) {
			out.Steps = append(out.Steps, s)
		}
	}
	for i := range out.Steps {
		if _, there := out.StepByID(out.Steps[i].Parent); !there {
			out.Steps[i].Parent = ""
		}
	}
	for i, c := range t.Changes {
		if _, there := out.StepByID(c.Step); !faulty(changes, i) && (there || c.Step == "") {
			out.Changes = append(out.Changes, c)
		}
	}
	if out.Check() != nil {
		return trails.Trail{}
	}
	return out
}
