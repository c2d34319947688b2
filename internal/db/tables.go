package db

import (
	"fmt"
	"slices"
	"strings"
)

// ColumnType is the type of a column, spelled as the migrations do, in small letters.
type ColumnType string

// The types that both engines share.
const (
	TypeText    ColumnType = "text"             // string
	TypeInteger ColumnType = "bigint"           // int64
	TypeBoolean ColumnType = "boolean"          // bool
	TypeFloat   ColumnType = "double precision" // float64
	TypeBytes   ColumnType = "bytea"            // []byte
)

// Known reports that the type is one of those both engines share.
func (t ColumnType) Known() bool {
	return slices.Contains([]ColumnType{TypeText, TypeInteger, TypeBoolean, TypeFloat, TypeBytes}, t)
}

// Table is a table as the engine's catalogue has it, without the engine's own words.
type Table struct {
	Name       string
	Columns    []Column // in the order of their making
	Key        []Column // of the primary key
	References []Reference
}

// Column is one column of a table.
type Column struct {
	Name string
	Type ColumnType
}

// Reference is a foreign key: Columns of this table name ParentColumns of Parent.
type Reference struct {
	Columns       []string
	Parent        string
	ParentColumns []string
}

// Has reports that the schema has a table: an older one may not.
func (tx *Tx) Has(table string) (bool, error) {
	tables, err := tx.Tables()
	return slices.ContainsFunc(tables, func(t Table) bool { return t.Name == table }), err
}

// Tables lists the tables that the migrations made, each after those it refers to
// and otherwise by name, so that both engines give the same order. The tables that
// keep the migrations' own state and virtual tables are left out.
func (tx *Tx) Tables() ([]Table, error) {
	columnQuery, referenceQuery := sqliteColumns, sqliteReferences
	if tx.engine == Postgres {
		columnQuery, referenceQuery = postgresColumns, postgresReferences
	}
	columns, err := List(tx, scanCatalogColumn, columnQuery)
	if err != nil {
		return nil, fmt.Errorf("read the columns of the tables: %w", err)
	}
	references, err := List(tx, scanCatalogReference, referenceQuery)
	if err != nil {
		return nil, fmt.Errorf("read the references of the tables: %w", err)
	}
	tables, err := assemble(columns, references)
	if err != nil {
		return nil, err
	}
	return parentsFirst(tables)
}

const sqliteColumns = `SELECT t.name, c.name, c.type, c.pk
	FROM pragma_table_list t JOIN pragma_table_info(t.name) c
	WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\' AND t.name NOT LIKE 'goose\_%' ESCAPE '\'
	ORDER BY t.name, c.cid`

const sqliteReferences = `SELECT t.name, CAST(f.id AS TEXT), f."table", f."from", f."to"
	FROM pragma_table_list t JOIN pragma_foreign_key_list(t.name) f
	WHERE t.schema = 'main' AND t.type = 'table'
	ORDER BY t.name, f.id, f.seq`

// The positions in indkey count from 0.
const postgresColumns = `SELECT t.relname, a.attname, format_type(a.atttypid, a.atttypmod),
		coalesce(array_position(i.indkey::int2[], a.attnum) + 1, 0)
	FROM pg_class t
	JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = current_schema()
	JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
	LEFT JOIN pg_index i ON i.indrelid = t.oid AND i.indisprimary
	WHERE t.relkind = 'r' AND t.relname NOT LIKE 'goose\_%'
	ORDER BY t.relname COLLATE "C", a.attnum`

const postgresReferences = `SELECT t.relname, c.conname, p.relname, own.attname, other.attname
	FROM pg_constraint c
	JOIN pg_class t ON t.oid = c.conrelid
	JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = current_schema()
	JOIN pg_class p ON p.oid = c.confrelid
	CROSS JOIN LATERAL unnest(c.conkey, c.confkey) WITH ORDINALITY AS k (own, other, place)
	JOIN pg_attribute own ON own.attrelid = c.conrelid AND own.attnum = k.own
	JOIN pg_attribute other ON other.attrelid = c.confrelid AND other.attnum = k.other
	WHERE c.contype = 'f'
	ORDER BY t.relname COLLATE "C", c.conname COLLATE "C", k.place`

type catalogColumn struct {
	table, column, declared string
	keyPlace                int // from 1; 0 outside the primary key
}

func scanCatalogColumn(r Row) (catalogColumn, error) {
	var c catalogColumn
	return c, r.Scan(&c.table, &c.column, &c.declared, &c.keyPlace)
}

type catalogReference struct{ table, name, parent, own, other string }

func scanCatalogReference(r Row) (catalogReference, error) {
	var c catalogReference
	return c, r.Scan(&c.table, &c.name, &c.parent, &c.own, &c.other)
}

// assemble makes tables of catalogue rows that are ordered by table.
func assemble(columns []catalogColumn, references []catalogReference) ([]Table, error) {
	var tables []Table
	for _, c := range columns {
		if len(tables) == 0 || tables[len(tables)-1].Name != c.table {
			tables = append(tables, Table{Name: c.table})
		}
		t := &tables[len(tables)-1]
		kind := ColumnType(strings.ToLower(c.declared))
		if !kind.Known() {
			return nil, fmt.Errorf("column %s of table %s has the type %q, which only one engine knows", c.column, c.table, c.declared)
		}
		t.Columns = append(t.Columns, Column{c.column, kind})
		if c.keyPlace > 0 {
			t.Key = append(t.Key, make([]Column, max(0, c.keyPlace-len(t.Key)))...)
			t.Key[c.keyPlace-1] = Column{c.column, kind}
		}
	}
	last := ""
	for _, r := range references {
		i := slices.IndexFunc(tables, func(t Table) bool { return t.Name == r.table })
		if i < 0 {
			continue
		}
		t := &tables[i]
		if name := r.table + "\x00" + r.name; name != last {
			t.References = append(t.References, Reference{Parent: r.parent})
			last = name
		}
		to := &t.References[len(t.References)-1]
		to.Columns, to.ParentColumns = append(to.Columns, r.own), append(to.ParentColumns, r.other)
	}
	return tables, nil
}

// parentsFirst orders tables so that each comes after those it refers to.
func parentsFirst(tables []Table) ([]Table, error) {
	placed := map[string]bool{}
	ordered := make([]Table, 0, len(tables))
	for len(ordered) < len(tables) {
		next := slices.IndexFunc(tables, func(t Table) bool { return !placed[t.Name] && t.ready(placed) })
		if next < 0 {
			return nil, fmt.Errorf("the tables refer to each other in a circle; in order are only %d of %d", len(ordered), len(tables))
		}
		ordered = append(ordered, tables[next])
		placed[tables[next].Name] = true
	}
	return ordered, nil
}

// ready reports that every table it refers to is placed; itself does not count.
func (t Table) ready(placed map[string]bool) bool {
	return !slices.ContainsFunc(t.References, func(r Reference) bool { return r.Parent != t.Name && !placed[r.Parent] })
}
