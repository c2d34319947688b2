package personal

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"waypost/internal/db"
)

// Find says which rows of a table are about somebody.
type Find struct {
	Table string
	Where string // a condition, with $1 and so on
	Args  []any
	Omit  []string // columns that are not handed over, such as the hash of a secret
}

// Rows hands over rows of a table, each an object with all columns but the omitted ones
// under their names: a column that comes later is in it without another word. Moments
// are written out, and JSON in a text is JSON.
func Rows(tx *db.Tx, out Out, f Find) error {
	table, err := tableOf(tx, f.Table)
	if err != nil {
		return err
	}
	return out.Rows("data/"+f.Table+".json", func(add func(any) error) error {
		return tx.DumpSome(table, f.Where, f.Args, func(row []any) error {
			return add(object(table, row, f.Omit))
		})
	})
}

type tablesKey struct{}

// tableOf is a table as the catalogue has it, which is read once a transaction.
func tableOf(tx *db.Tx, name string) (db.Table, error) {
	type catalogue struct {
		tables []db.Table
		err    error
	}
	c := tx.Local(tablesKey{}, func() any {
		tables, err := tx.Tables()
		return catalogue{tables, err}
	}).(catalogue)
	if c.err != nil {
		return db.Table{}, c.err
	}
	at := slices.IndexFunc(c.tables, func(t db.Table) bool { return t.Name == name })
	if at < 0 {
		return db.Table{}, fmt.Errorf("there is no table %s", name)
	}
	return c.tables[at], nil
}

// object is a row as an object whose members are in the order of the columns.
func object(t db.Table, row []any, omit []string) any {
	o := make(members, 0, len(row))
	for i, c := range t.Columns {
		if !slices.Contains(omit, c.Name) {
			o = append(o, member{c.Name, readable(c, row[i])})
		}
	}
	return o
}

type member struct {
	name  string
	value any
}

// members are an object of JSON in an order of its own.
type members []member

// MarshalJSON writes the members in their order.
func (o members) MarshalJSON() ([]byte, error) {
	text := []byte{'{'}
	for i, m := range o {
		name, err := json.Marshal(m.name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(m.value)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			text = append(text, ", "...)
		}
		text = append(append(append(text, name...), ": "...), value...)
	}
	return append(text, '}'), nil
}

// readable is a value as a person reads it.
func readable(c db.Column, value any) any {
	switch v := value.(type) {
	case int64:
		if moment(c.Name) {
			return time.UnixMilli(v).UTC().Format("2006-01-02T15:04:05.000Z")
		}
	case string:
		if (strings.HasPrefix(v, "{") || strings.HasPrefix(v, "[")) && json.Valid([]byte(v)) {
			return json.RawMessage(v)
		}
	}
	return value
}

// moment reports that a column of whole numbers holds moments: their names end so.
func moment(name string) bool {
	for _, ending := range []string{"_at", "_until", "_since", "_for"} {
		if strings.HasSuffix(name, ending) {
			return true
		}
	}
	return name == "at"
}
