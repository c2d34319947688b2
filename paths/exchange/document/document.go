package document

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"regexp"
	"slices"

	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/paths"
	"waypost/paths/exchange"
)

// What a document may hold.
const (
	MostBytes     = 16 << 20
	MostGoals     = paths.MaxGoals
	MostSteps     = paths.MaxSteps
	MostEntries   = paths.MaxEntries
	MostCheckIns  = paths.MaxCheckIns
	MostChanges   = paths.MaxChanges
	MostDecisions = paths.MaxDecisions

	mostOfRow  = 1 << 20 // bytes
	mostFaults = 20      // that are told at once
)

// Write gives the document of a path. What refers to something that was removed from the
// path refers to nothing in the document.
func Write(p paths.Path) ([]byte, error) {
	p = whole(p)
	p.Version = paths.PathVersion
	var out bytes.Buffer
	w := json.NewEncoder(&out)
	w.SetEscapeHTML(false)
	w.SetIndent("", "  ")
	if err := w.Encode(p); err != nil {
		return nil, fmt.Errorf("write a path: %w", err)
	}
	return out.Bytes(), nil
}

// written is a document of which the lists have not been read.
type written struct {
	Version   json.RawMessage `json:"version"`
	Goals     json.RawMessage `json:"goals"`
	Steps     json.RawMessage `json:"steps"`
	Entries   json.RawMessage `json:"entries"`
	CheckIns  json.RawMessage `json:"check_ins"`
	Changes   json.RawMessage `json:"changes"`
	Decisions json.RawMessage `json:"decisions"`
}

// Read reads a document for a path that knows no day yet: none in it is ahead.
func Read(in []byte) (paths.Path, error) { return ReadOn(in, partdate.Date{}) }

// ReadOn reads a document on a day, and takes what a path can hold then and nothing else.
// The error is a problem.Problem, whose fields are named by their places in the document.
func ReadOn(in []byte, today partdate.Date) (paths.Path, error) {
	if len(in) > MostBytes {
		return paths.Path{}, problem.New(problem.TooLarge, "exchange.file_large", "max", MostBytes>>20)
	}
	in = bytes.TrimPrefix(in, []byte("\xEF\xBB\xBF"))
	if !json.Valid(in) {
		return paths.Path{}, invalid(in)
	}
	var w written
	if err := strictly(in, &w); err != nil {
		if name := unknownName(err); name != "" && w.Version != nil {
			return paths.Path{}, problem.New(problem.Invalid, "exchange.document_unknown", "place", name)
		}
		return paths.Path{}, problem.New(problem.Invalid, "exchange.document_other")
	}
	var version int
	if w.Version == nil || json.Unmarshal(w.Version, &version) != nil || version < 1 {
		return paths.Path{}, problem.New(problem.Invalid, "exchange.document_other")
	}
	if version > paths.PathVersion {
		return paths.Path{}, problem.New(problem.Invalid, "exchange.document_newer", "version", version)
	}
	c := &checker{}
	p := paths.Path{Version: version}
	c.rows("goals", w.Goals, MostGoals, func() any { return added(&p.Goals) })
	c.rows("steps", w.Steps, MostSteps, func() any { return added(&p.Steps) })
	c.rows("entries", w.Entries, MostEntries, func() any { return added(&p.Entries) })
	c.rows("check_ins", w.CheckIns, MostCheckIns, func() any { return added(&p.CheckIns) })
	c.rows("changes", w.Changes, MostChanges, func() any { return added(&p.Changes) })
	c.rows("decisions", w.Decisions, MostDecisions, func() any { return added(&p.Decisions) })
	if c.count == 0 {
		c.path(&p)
	}
	if c.count == 0 {
		p.Check(today, c.refused)
	}
	if c.count > 0 {
		return paths.Path{}, &problem.Problem{Kind: problem.Invalid, Fields: c.faults,
			Message: problem.Message{Key: "exchange.document_faults", Args: []any{"count", c.count}}}
	}
	return p, nil
}

// invalid says in which line a document stops to be JSON.
func invalid(in []byte) error {
	var any json.RawMessage
	err := json.Unmarshal(in, &any)
	if err == nil {
		err = io.ErrUnexpectedEOF
	}
	return exchange.NotJSON(in, int64(len(in)), err)
}

// strictly reads one value and no names that it does not know.
func strictly(in []byte, into any) error {
	read := json.NewDecoder(bytes.NewReader(in))
	read.DisallowUnknownFields()
	return read.Decode(into)
}

// added is a new row at the end of a list.
func added[T any](all *[]T) *T {
	var row T
	*all = append(*all, row)
	return &(*all)[len(*all)-1]
}

// rows reads the rows of a list one after the other, each into a new one.
func (c *checker) rows(list string, in json.RawMessage, most int, next func() any) {
	if c.place = list; len(in) == 0 || string(in) == "null" {
		return
	}
	read := json.NewDecoder(bytes.NewReader(in))
	if start, err := read.Token(); err != nil || start != json.Delim('[') {
		c.fault("", "exchange.document_value")
		return
	}
	for n := 0; read.More(); n++ {
		var text json.RawMessage
		switch err := read.Decode(&text); {
		case n == most:
			c.place = list
			c.fault("", "exchange.document_many", "max", most)
			return
		case err != nil: // the document was valid
			c.fault("", "exchange.document_value")
			return
		}
		c.at(list, n)
		c.row(text, next())
	}
}

// row reads one row.
func (c *checker) row(text []byte, into any) {
	if len(text) > mostOfRow {
		c.fault("", "exchange.document_large")
		return
	}
	err := strictly(text, into)
	if err == nil {
		return
	}
	if name := unknownName(err); name != "" {
		c.fault("."+name, "exchange.document_unknown_field")
	} else {
		c.fault(culprit(text, into), "exchange.document_value")
	}
}

// culprit is the field of a row that cannot be read, with a point before it.
func culprit(text []byte, row any) string {
	var fields map[string]json.RawMessage
	if json.Unmarshal(text, &fields) != nil {
		return ""
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		one, err := json.Marshal(map[string]json.RawMessage{name: fields[name]})
		fresh := reflect.New(reflect.TypeOf(row).Elem()).Interface()
		if err == nil && strictly(one, fresh) != nil {
			return "." + short(name)
		}
	}
	return ""
}

var unknownField = regexp.MustCompile(`^json: unknown field (".*")$`)

// unknownName is the name that an error of encoding/json says is not known.
func unknownName(err error) string {
	var syntax *json.SyntaxError
	if found := unknownField.FindStringSubmatch(err.Error()); found != nil && !errors.As(err, &syntax) {
		var name string
		if json.Unmarshal([]byte(found[1]), &name) != nil {
			name = found[1]
		}
		return short(name)
	}
	return ""
}

// short is a name of a stranger's making, as it can be shown.
func short(name string) string {
	if name, _ = exchange.Line(name, 40); name == "" {
		return "?"
	}
	return name
}
