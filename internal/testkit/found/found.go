// Package found writes what an import found as lines, for tests that compare it with
// what was looked up by hand.
package found

import (
	"fmt"
	"strings"

	"waypost/internal/problem"
	"waypost/paths/exchange"
)

// Lines writes one line for each item and for each thing skipped.
func Lines(f exchange.Found) string {
	var b strings.Builder
	for _, i := range f.Items {
		fmt.Fprintln(&b, item(i))
	}
	for _, s := range f.Skipped {
		fmt.Fprintf(&b, "skipped %s: %s\n", place(s.At), message(s.Why))
	}
	if f.More > 0 {
		fmt.Fprintf(&b, "skipped %d more\n", f.More)
	}
	return b.String()
}

func item(i exchange.Item) string {
	parts := []string{i.ID, i.Kind()}
	add := func(name, value string) {
		if value != "" && value != "0" {
			parts = append(parts, fmt.Sprintf("%s=%q", name, value))
		}
	}
	add("in", i.Parent())
	start, end := i.Dates()
	switch {
	case i.Step != nil:
		add("title", i.Step.Title)
		add("organization", i.Step.Organization)
		parts = append(parts, start.String()+"/"+end.String())
	case i.Entry != nil:
		parts = append(parts, start.String())
		add("text", i.Entry.Text)
		add("minutes", fmt.Sprint(i.Entry.Minutes))
		add("skills", strings.Join(i.Entry.Skills, "|"))
		add("evidence", i.Entry.Evidence)
	case i.Goal != nil:
		add("title", i.Goal.Title)
		add("why", i.Goal.Why)
	}
	if i.Unsure {
		parts = append(parts, "unsure")
	}
	if i.Undated {
		parts = append(parts, "undated")
	}
	for _, note := range i.Notes {
		parts = append(parts, "("+message(note)+")")
	}
	return strings.Join(parts, " ") + " @" + place(i.At)
}

func place(p exchange.Place) string {
	text := p.File
	if p.Part != "" {
		text += " " + p.Part
	}
	if p.Row > 0 {
		text += fmt.Sprintf(":%d", p.Row)
	}
	return strings.TrimSpace(text)
}

func message(m problem.Message) string {
	parts := []string{strings.TrimPrefix(m.Key, "exchange.")}
	for i := 0; i+1 < len(m.Args); i += 2 {
		parts = append(parts, fmt.Sprintf("%s=%v", m.Args[i], m.Args[i+1]))
	}
	return strings.Join(parts, " ")
}
