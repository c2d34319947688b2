package linkedin

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"waypost/paths/exchange"
)

// mostRows is how many rows of one file are read.
const mostRows = 5000

// table is one file of an archive.
type table struct {
	file    string
	columns []string
	rows    []row
	long    bool // it has more rows than are read
	garbled bool // it is not all UTF-8
}

// row is one row of it, by the names of the columns.
type row struct {
	number int // as a spreadsheet counts: the head is row 1
	cells  map[string]string
}

// parse reads a file as a table whose head has the named columns. Lines before the head
// are passed over. ok is false where there is no such head.
func parse(m member, head ...string) (t table, ok bool) {
	t = table{file: m.name, garbled: !utf8.Valid(m.text)}
	in := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(m.text, []byte("\xEF\xBB\xBF"))))
	in.FieldsPerRecord = -1
	in.LazyQuotes = true
	in.ReuseRecord = true
	for number := 1; ; number++ {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			return t, t.columns != nil
		}
		switch {
		case err != nil: // with LazyQuotes no line is faulty; what was read stands
			return t, t.columns != nil
		case t.columns == nil:
			t.columns = headOf(cells, head)
			if t.columns == nil && number > 20 {
				return t, false
			}
		case len(t.rows) == mostRows:
			t.long = true
			return t, true
		default:
			if r, any := t.row(number, cells); any {
				t.rows = append(t.rows, r)
			}
		}
	}
}

// headOf are the names of columns, where the cells are a head with the names that it must have.
func headOf(cells, must []string) []string {
	names := make([]string, len(cells))
	for i, cell := range cells {
		names[i] = strings.ToLower(strings.TrimSpace(cell))
	}
	for _, name := range must {
		if !slices.Contains(names, name) {
			return nil
		}
	}
	return names
}

// row takes the cells of one row, and reports whether any says something.
func (t table) row(number int, cells []string) (r row, any bool) {
	r = row{number: number, cells: map[string]string{}}
	for i, cell := range cells {
		if cell = strings.TrimSpace(cell); cell == "" {
			continue
		}
		any = true
		if i < len(t.columns) {
			r.cells[t.columns[i]] = cell
		}
	}
	return r, any
}

// left are the columns in which something stands that is not taken.
func (t table) left(taken ...string) []string {
	var names []string
	for _, column := range t.columns {
		if slices.Contains(taken, column) || slices.Contains(names, column) {
			continue
		}
		if slices.ContainsFunc(t.rows, func(r row) bool { return r.cells[column] != "" }) {
			names = append(names, column)
		}
	}
	return names
}

func (t table) place(r row) exchange.Place { return exchange.Place{File: t.file, Row: r.number} }
