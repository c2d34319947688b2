package db

import (
	"database/sql"
	"fmt"
	"strconv"
	"strings"
)

// Count is how many rows a table has.
func (tx *Tx) Count(t Table) (int64, error) {
	n, err := Value[int64](tx.QueryRow(`SELECT count(*) FROM ` + quoted(t.Name)))
	if err != nil {
		return 0, fmt.Errorf("count %s: %w", t.Name, err)
	}
	return n, nil
}

// Dump calls fn with each row of a table, ordered by its primary key in the order
// of bytes, which is the same on both engines. The values are string, int64, bool,
// float64 or []byte as the column's type says, or nil for NULL; the slice is used
// again for the next row. It reads one row at a time, and fn runs no statement.
func (tx *Tx) Dump(t Table, fn func(row []any) error) error {
	return tx.DumpSome(t, "", nil, fn)
}

// DumpSome is Dump for the rows that fit a condition; an empty one fits all.
func (tx *Tx) DumpSome(t Table, where string, args []any, fn func(row []any) error) error {
	rows, err := tx.Query(tx.dumpQuery(t, where), args...)
	if err != nil {
		return fmt.Errorf("read %s: %w", t.Name, err)
	}
	defer rows.Close()
	cells, row := make([]any, len(t.Columns)), make([]any, len(t.Columns))
	for i, c := range t.Columns {
		cells[i] = cell(c.Type)
	}
	for rows.Next() {
		if err := rows.Scan(cells...); err != nil {
			return fmt.Errorf("read a row of %s: %w", t.Name, err)
		}
		for i := range cells {
			row[i] = cellValue(cells[i])
		}
		if err := fn(row); err != nil {
			return err
		}
	}
	if err := tx.note(rows.Err()); err != nil {
		return fmt.Errorf("read %s: %w", t.Name, err)
	}
	return nil
}

func (tx *Tx) dumpQuery(t Table, where string) string {
	var columns, order []string
	for _, c := range t.Columns {
		columns = append(columns, quoted(c.Name))
	}
	key := t.Key
	if len(key) == 0 {
		key = t.Columns
	}
	for _, c := range key {
		order = append(order, tx.byBytes(c))
	}
	if where != "" {
		where = ` WHERE ` + where
	}
	return `SELECT ` + strings.Join(columns, ", ") + ` FROM ` + quoted(t.Name) + where + ` ORDER BY ` + strings.Join(order, ", ")
}

// byBytes is a term of ORDER BY that does not depend on the database's language.
func (tx *Tx) byBytes(c Column) string {
	term := quoted(c.Name)
	if tx.engine == Postgres && c.Type == TypeText {
		term += ` COLLATE "C"`
	}
	return term + ` NULLS FIRST`
}

// cell is where a value of a type is scanned to.
func cell(t ColumnType) any {
	switch t {
	case TypeText:
		return new(sql.Null[string])
	case TypeInteger:
		return new(sql.Null[int64])
	case TypeBoolean:
		return new(sql.Null[bool])
	case TypeFloat:
		return new(sql.Null[float64])
	default:
		return new(sql.Null[[]byte])
	}
}

func cellValue(c any) any {
	var v any
	switch c := c.(type) {
	case *sql.Null[string]:
		v, _ = c.Value()
	case *sql.Null[int64]:
		v, _ = c.Value()
	case *sql.Null[bool]:
		v, _ = c.Value()
	case *sql.Null[float64]:
		v, _ = c.Value()
	case *sql.Null[[]byte]:
		if c.Valid && c.V == nil { // how SQLite's driver gives no bytes at all
			return []byte{}
		}
		v, _ = c.Value()
	}
	return v
}

// Insert writes rows of a table in one statement; the values are those of Dump. Rows
// times columns must stay below 32,767, the engines' limit of values.
func (tx *Tx) Insert(t Table, rows ...[]any) error {
	var columns []string
	for _, c := range t.Columns {
		columns = append(columns, quoted(c.Name))
	}
	var query strings.Builder
	query.WriteString(`INSERT INTO ` + quoted(t.Name) + ` (` + strings.Join(columns, ", ") + `) VALUES `)
	args := make([]any, 0, len(rows)*len(columns))
	for i, row := range rows {
		query.WriteString([]string{"(", ", ("}[min(i, 1)])
		for j, value := range row {
			args = append(args, value)
			query.WriteString([]string{"$", ", $"}[min(j, 1)])
			query.WriteString(strconv.Itoa(len(args)))
		}
		query.WriteString(")")
	}
	if _, err := tx.Exec(query.String(), args...); err != nil {
		return fmt.Errorf("write rows of %s: %w", t.Name, err)
	}
	return nil
}

// Clear deletes every row of a table.
func (tx *Tx) Clear(t Table) error {
	if _, err := tx.Exec(`DELETE FROM ` + quoted(t.Name)); err != nil {
		return fmt.Errorf("clear %s: %w", t.Name, err)
	}
	return nil
}

// Orphans counts the rows of a table whose reference names a row that is not there.
func (tx *Tx) Orphans(t Table, r Reference) (int64, error) {
	var set, same []string
	for i, own := range r.Columns {
		set = append(set, `c.`+quoted(own)+` IS NOT NULL`)
		same = append(same, `p.`+quoted(r.ParentColumns[i])+` = c.`+quoted(own))
	}
	n, err := Value[int64](tx.QueryRow(`SELECT count(*) FROM ` + quoted(t.Name) + ` c WHERE ` + strings.Join(set, " AND ") +
		` AND NOT EXISTS (SELECT 1 FROM ` + quoted(r.Parent) + ` p WHERE ` + strings.Join(same, " AND ") + `)`))
	if err != nil {
		return 0, fmt.Errorf("look for what %s refers to in %s: %w", t.Name, r.Parent, err)
	}
	return n, nil
}

// Integrity lists what SQLite finds wrong with its own file, at most a hundred
// sentences. PostgreSQL looks after its files itself, so there is nothing to ask.
func (tx *Tx) Integrity() ([]string, error) {
	if tx.engine == Postgres {
		return nil, nil
	}
	list, err := List(tx, Value[string], `PRAGMA integrity_check`)
	if err != nil {
		return nil, fmt.Errorf("check the file's integrity: %w", err)
	}
	if len(list) == 1 && list[0] == "ok" {
		return nil, nil
	}
	return list, nil
}

func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
