package occupations

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"waypost/internal/problem"
	"waypost/paths/exchange"
)

// What a table may hold.
const (
	MostBytes  = 8 << 20
	MostRows   = 20_000
	MostOthers = 200 // names of one occupation beside its label

	mostFaults = 20 // that are told at once
)

// columns are those that a table has; more are passed over, and "code" may be missing.
var columns = []string{"uri", "isco", "code", "label", "alt_labels"}

// Read reads a table: CSV in UTF-8 with a head that names the columns uri, isco (the group
// of ISCO-08), code, label and alt_labels (with | between them). The error is a
// problem.Problem, whose fields are rows as a spreadsheet counts them.
func Read(in []byte) (List, error) {
	if len(in) > MostBytes {
		return List{}, problem.New(problem.TooLarge, "exchange.file_large", "max", MostBytes>>20)
	}
	if !utf8.Valid(in) {
		return List{}, problem.New(problem.Invalid, "exchange.occupations_utf8")
	}
	table := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(in, []byte("\xEF\xBB\xBF"))))
	table.FieldsPerRecord = -1
	table.ReuseRecord = true
	head, err := table.Read()
	places, ok := placesOf(head)
	if err != nil || !ok {
		return List{}, problem.New(problem.Invalid, "exchange.occupations_head", "columns", strings.Join(columns, ", "))
	}
	r := reading{list: List{byURI: map[string]int{}}, places: places}
	for row := 2; ; row++ {
		cells, err := table.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if len(r.list.all) == MostRows {
			return List{}, problem.New(problem.TooLarge, "exchange.skipped_rows", "max", MostRows)
		}
		if err != nil {
			r.fault(row, "exchange.occupations_quotes") // what follows it cannot be told apart
			break
		}
		r.row(row, cells)
	}
	if r.count > 0 {
		return List{}, &problem.Problem{Kind: problem.Invalid, Fields: r.faults,
			Message: problem.Message{Key: "exchange.occupations_faults", Args: []any{"count", r.count}}}
	}
	return r.list, nil
}

// placesOf says where each column stands, -1 for one that is missing.
func placesOf(head []string) (places map[string]int, ok bool) {
	places = map[string]int{}
	for _, name := range columns {
		places[name] = slices.IndexFunc(head, func(cell string) bool { return strings.EqualFold(strings.TrimSpace(cell), name) })
		if places[name] < 0 && name != "code" {
			return nil, false
		}
	}
	return places, true
}

// reading is a list while it is read.
type reading struct {
	list   List
	places map[string]int
	faults []problem.Field
	count  int
}

func (r *reading) fault(row int, key string, args ...any) {
	if r.count++; r.count <= mostFaults {
		r.faults = append(r.faults, problem.Field{Name: fmt.Sprint(row), Message: problem.Message{Key: key, Args: args}})
	}
}

// row takes one row.
func (r *reading) row(number int, cells []string) {
	cell := func(name string) string {
		if at := r.places[name]; at >= 0 && at < len(cells) {
			return exchange.OneLine(cells[at])
		}
		return ""
	}
	o := Occupation{URI: cell("uri"), Group: cell("isco"), Code: cell("code"), Label: cell("label")}
	_, twice := r.list.byURI[o.URI]
	switch {
	case exchange.Link(o.URI) != o.URI || o.URI == "":
		r.fault(number, "exchange.occupations_uri")
		return
	case twice:
		r.fault(number, "exchange.document_twice")
		return
	case len(o.Group) > 4 || strings.Trim(o.Group, "0123456789") != "":
		r.fault(number, "exchange.occupations_group")
		return
	case o.Label == "":
		r.fault(number, "exchange.document_missing")
		return
	case utf8.RuneCountInString(o.Label) > exchange.MostTitle, utf8.RuneCountInString(o.Code) > exchange.MostTitle:
		r.fault(number, "exchange.document_long", "max", exchange.MostTitle)
		return
	}
	seen := map[string]bool{compared(o.Label): true}
	text := line(compared(o.Label))
	labels := len(text)
	for other := range strings.SplitSeq(cell("alt_labels"), "|") {
		other, _ = exchange.Line(other, exchange.MostTitle)
		key := compared(other)
		if key == "" || seen[key] {
			continue
		}
		seen[key] = true
		if o.Others = append(o.Others, other); len(o.Others) > MostOthers {
			r.fault(number, "exchange.document_many", "max", MostOthers)
			return
		}
		text += line(key)
	}
	r.list.byURI[o.URI] = len(r.list.all)
	r.list.all = append(r.list.all, o)
	r.list.names = append(r.list.names, names{text, labels})
}

// line is a compared name among the names of an occupation.
func line(name string) string {
	return " " + name + "\n"
}
