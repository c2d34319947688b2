package document

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"

	"waypost/internal/problem"
	"waypost/paths"
	"waypost/paths/exchange"
)

// What a document may hold.
const (
	MostBytes     = 16 << 20
	MostGoals     = 200
	MostSteps     = 1000
	MostEntries   = 20_000
	MostCheckIns  = 40_000
	MostChanges   = 4000
	MostDecisions = 500

	mostFaults = 20 // that are told at once
)

// Write gives the document of a path.
func Write(p paths.Path) ([]byte, error) {
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

// written is a document of which the rows have not been read.
type written struct {
	Version   json.RawMessage   `json:"version"`
	Goals     []json.RawMessage `json:"goals"`
	Steps     []json.RawMessage `json:"steps"`
	Entries   []json.RawMessage `json:"entries"`
	CheckIns  []json.RawMessage `json:"check_ins"`
	Changes   []json.RawMessage `json:"changes"`
	Decisions []json.RawMessage `json:"decisions"`
}

// Read reads a document. The error is a problem.Problem, whose fields are named by their
// places in the document.
func Read(in []byte) (paths.Path, error) {
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
	p := paths.Path{
		Version:   version,
		Goals:     rows[paths.Goal](c, "goals", w.Goals, MostGoals),
		Steps:     rows[paths.Step](c, "steps", w.Steps, MostSteps),
		Entries:   rows[paths.Entry](c, "entries", w.Entries, MostEntries),
		CheckIns:  rows[paths.CheckIn](c, "check_ins", w.CheckIns, MostCheckIns),
		Changes:   rows[paths.Change](c, "changes", w.Changes, MostChanges),
		Decisions: rows[paths.Decision](c, "decisions", w.Decisions, MostDecisions),
	}
	if c.count == 0 {
		c.path(&p)
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

// rows reads the rows of a list.
func rows[T any](c *checker, list string, in []json.RawMessage, most int) []T {
	if len(in) > most {
		c.fault(list, "exchange.document_many", "max", most)
		return nil
	}
	var all []T
	for n, text := range in {
		var row T
		place := fmt.Sprintf("%s[%d]", list, n)
		if err := strictly(text, &row); err != nil {
			if name := unknownName(err); name != "" {
				c.fault(place+"."+name, "exchange.document_unknown_field")
			} else {
				c.fault(place+culprit[T](text), "exchange.document_value")
			}
		}
		all = append(all, row)
	}
	return all
}

// culprit is the field of a row that cannot be read, with a point before it.
func culprit[T any](text []byte) string {
	var fields map[string]json.RawMessage
	if json.Unmarshal(text, &fields) != nil {
		return ""
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		one, err := json.Marshal(map[string]json.RawMessage{name: fields[name]})
		var row T
		if err == nil && strictly(one, &row) != nil {
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
