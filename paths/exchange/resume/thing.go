package resume

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"waypost/paths/exchange"
)

// reader reads things into a list, and notes what has a form that it should not have.
type reader struct{ list *exchange.List }

// thing is an object of a section, and where it stands.
type thing struct {
	at     exchange.Place
	fields map[string]any
}

// things are the objects of a section.
func (r reader) things(section string, value any) (all []thing) {
	if value == nil {
		return nil
	}
	values, ok := value.([]any)
	if !ok {
		r.list.Skip(exchange.Place{Part: section}, "exchange.skipped_form")
		return nil
	}
	for n, value := range values {
		at := exchange.Place{Part: fmt.Sprintf("%s[%d]", section, n)}
		switch fields := value.(type) {
		case map[string]any:
			all = append(all, thing{at, fields})
		case nil:
		default:
			r.list.Skip(at, "exchange.skipped_form")
		}
	}
	return all
}

// text is a field that is a text; a number is one too.
func (r reader) text(t thing, field string) string {
	switch value := t.fields[field].(type) {
	case nil:
		return ""
	case string:
		return value
	case json.Number:
		return value.String()
	}
	r.list.Skip(exchange.Place{Part: t.at.Part + "." + field}, "exchange.skipped_form")
	return ""
}

// texts is a field that is a list of texts; a text alone is a list of one.
func (r reader) texts(t thing, field string) (list []string) {
	values, ok := t.fields[field].([]any)
	if !ok {
		return present(r.text(t, field))
	}
	for n, value := range values {
		switch value := value.(type) {
		case nil:
		case string:
			list = append(list, value)
		case json.Number:
			list = append(list, value.String())
		default:
			r.list.Skip(exchange.Place{Part: fmt.Sprintf("%s.%s[%d]", t.at.Part, field, n)}, "exchange.skipped_form")
		}
	}
	return present(list...)
}

// left names the fields of a section in which something stands that is not taken.
func (r reader) left(section string, things []thing, taken []string) {
	names := map[string]bool{}
	for _, t := range things {
		for name, value := range t.fields {
			if !empty(value) && !slices.Contains(taken, name) {
				names[name] = true
			}
		}
	}
	if len(names) > 0 {
		r.list.Skip(exchange.Place{Part: section}, "exchange.skipped_fields", "fields", strings.Join(slices.Sorted(maps.Keys(names)), ", "))
	}
}

// empty reports a value that says nothing.
func empty(value any) bool {
	switch value := value.(type) {
	case nil:
		return true
	case string:
		return strings.TrimSpace(value) == ""
	case []any:
		return len(value) == 0
	case map[string]any:
		return len(value) == 0
	}
	return false
}
