package backup

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"unicode/utf8"

	"waypost/internal/db"
)

// longestLine bounds one row of a table, in bytes of JSON.
const longestLine = 64 << 20

// lineMaker makes rows into lines of JSON, one at a time.
type lineMaker struct {
	line    bytes.Buffer
	encoder *json.Encoder
	cells   []any
	longest int
}

func newLineMaker() *lineMaker {
	m := &lineMaker{longest: longestLine}
	m.encoder = json.NewEncoder(&m.line)
	m.encoder.SetEscapeHTML(false)
	return m
}

// make returns the line of a row as db.Dump gives it, good until the next call.
func (m *lineMaker) make(columns []Column, row []any) ([]byte, error) {
	m.line.Reset()
	m.cells = m.cells[:0]
	for i, value := range row {
		switch v := value.(type) {
		case string:
			if len(v) > m.longest { // encoding it would take as much memory again
				return nil, m.tooLong()
			}
			if !utf8.ValidString(v) { // the encoder would change it without a word
				return nil, fmt.Errorf("column %s: a text is not UTF-8", columns[i].Name)
			}
		case float64:
			if math.IsNaN(v) || math.IsInf(v, 0) {
				value = strconv.FormatFloat(v, 'g', -1, 64)
			}
		}
		m.cells = append(m.cells, value)
	}
	if err := m.encoder.Encode(m.cells); err != nil {
		return nil, err
	}
	if m.line.Len() > m.longest {
		return nil, m.tooLong()
	}
	return m.line.Bytes(), nil
}

func (m *lineMaker) tooLong() error {
	return fmt.Errorf("a row has more than %d bytes", m.longest)
}

// parseLine is the reverse of lineMaker.make.
func parseLine(line []byte, columns []Column) ([]any, error) {
	if !utf8.Valid(line) {
		return nil, errors.New("is not UTF-8")
	}
	var cells []json.RawMessage
	if err := json.Unmarshal(line, &cells); err != nil {
		return nil, err
	}
	if len(cells) != len(columns) {
		return nil, fmt.Errorf("has %d values for %d columns", len(cells), len(columns))
	}
	row := make([]any, len(cells))
	for i, c := range cells {
		value, err := parseCell(c, columns[i].Type)
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", columns[i].Name, err)
		}
		row[i] = value
	}
	return row, nil
}

func parseCell(cell json.RawMessage, t db.ColumnType) (any, error) {
	if string(cell) == "null" {
		return nil, nil
	}
	switch t {
	case db.TypeText:
		return parseInto[string](cell)
	case db.TypeInteger:
		return strconv.ParseInt(string(cell), 10, 64)
	case db.TypeBoolean:
		return parseInto[bool](cell)
	case db.TypeFloat:
		return parseFloat(cell)
	default:
		return parseInto[[]byte](cell)
	}
}

func parseInto[T any](cell json.RawMessage) (any, error) {
	var v T
	err := json.Unmarshal(cell, &v)
	return v, err
}

func parseFloat(cell json.RawMessage) (any, error) {
	text := string(cell)
	if cell[0] == '"' {
		if err := json.Unmarshal(cell, &text); err != nil {
			return nil, err
		}
	}
	return strconv.ParseFloat(text, 64)
}
