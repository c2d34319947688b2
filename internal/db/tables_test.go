package db_test

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"waypost/internal/db"
	"waypost/internal/testkit"
)

func statements(tx *db.Tx, list ...string) error {
	for _, s := range list {
		if _, err := tx.Exec(s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}

func tables(t *testing.T, d *db.DB) []db.Table {
	t.Helper()
	var list []db.Table
	err := d.View(t.Context(), func(tx *db.Tx) (err error) {
		list, err = tx.Tables()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestTablesAreTheSameOnBothEngines(t *testing.T) {
	t.Parallel()
	var first []db.Table
	for _, e := range testkit.Engines() {
		d := testkit.Open(t, e.Fresh(t))
		if err := d.Migrate(t.Context(), 0); err != nil {
			t.Fatal(err)
		}
		list := tables(t, d)
		for i := range list {
			slices.SortFunc(list[i].References, func(a, b db.Reference) int {
				return strings.Compare(fmt.Sprint(a), fmt.Sprint(b))
			})
		}
		if first == nil {
			first = list
		}
		if !reflect.DeepEqual(list, first) {
			t.Errorf("%s has other tables:\n%+v\nthan %s:\n%+v", e.Name, list, testkit.Engines()[0].Name, first)
		}
	}
	seen := map[string]bool{}
	for _, table := range first {
		if strings.HasPrefix(table.Name, "goose") || len(table.Key) == 0 {
			t.Errorf("table %+v", table)
		}
		for _, r := range table.References {
			if !seen[r.Parent] {
				t.Errorf("%s comes before %s, which it refers to", table.Name, r.Parent)
			}
		}
		seen[table.Name] = true
	}
	if !seen["stories"] || !seen["instance"] {
		t.Errorf("the tables are %v", seen)
	}
}

func TestRowsComeBackAsTheyWere(t *testing.T) {
	t.Parallel()
	rows := [][]any{
		{"A", "", int64(math.MinInt64), false, -0.5, []byte{}},
		{"Z", "line\nend \u2028 ü 𝄞 \u007f", int64(math.MaxInt64), true, math.MaxFloat64, []byte{0, 255, '\n'}},
		{"a", nil, nil, nil, nil, nil},
		{"ä", strings.Repeat("x", 1<<20), int64(1<<53 + 1), true, 0.1, []byte("text")},
	}
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		d := testkit.Open(t, e.Fresh(t))
		write(t, d, func(tx *db.Tx) error {
			return statements(tx, `CREATE TABLE samples (id TEXT PRIMARY KEY, words TEXT, n BIGINT, yes BOOLEAN, x DOUBLE PRECISION, raw BYTEA)`)
		})
		table := tables(t, d)[0]
		write(t, d, func(tx *db.Tx) error {
			if err := tx.Insert(table, rows[2], rows[0], rows[3]); err != nil {
				return err
			}
			return tx.Insert(table, rows[1])
		})
		if got := dump(t, d, table); !reflect.DeepEqual(got, rows) {
			t.Errorf("dumped   %.300s\ninserted %.300s", fmt.Sprintf("%#v", got), fmt.Sprintf("%#v", rows))
		}
		write(t, d, func(tx *db.Tx) error {
			if n, err := tx.Count(table); n != 4 || err != nil {
				t.Errorf("%d rows, error %v", n, err)
			}
			return tx.Clear(table)
		})
		if got := dump(t, d, table); len(got) != 0 {
			t.Errorf("after clearing there are %d rows", len(got))
		}
	})
}

func dump(t *testing.T, d *db.DB, table db.Table) [][]any {
	t.Helper()
	var all [][]any
	err := d.View(t.Context(), func(tx *db.Tx) error {
		all = nil
		return tx.Dump(table, func(row []any) error {
			all = append(all, slices.Clone(row))
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestTablesRefuseWhatOneEngineAloneKnows(t *testing.T) {
	t.Parallel()
	for name, made := range map[string][]string{
		"a type":   {`CREATE TABLE odd (id TEXT PRIMARY KEY, at TIMESTAMP)`},
		"a circle": {`CREATE TABLE one (id TEXT PRIMARY KEY, other TEXT REFERENCES two (id))`, `CREATE TABLE two (id TEXT PRIMARY KEY, other TEXT REFERENCES one (id))`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := testkit.Open(t, testkit.Engines()[0].Fresh(t))
			write(t, d, func(tx *db.Tx) error { return statements(tx, made...) })
			err := d.View(t.Context(), func(tx *db.Tx) error {
				_, err := tx.Tables()
				return err
			})
			if err == nil {
				t.Error("accepted")
			}
		})
	}
}

// A reference is broken here by making it after the rows.
func TestOrphansAreCounted(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		d := testkit.Open(t, e.Fresh(t))
		write(t, d, func(tx *db.Tx) error {
			return statements(tx,
				`CREATE TABLE parents (a TEXT, b TEXT, PRIMARY KEY (b, a))`,
				`CREATE TABLE children (id TEXT PRIMARY KEY, a TEXT, b TEXT)`,
				`INSERT INTO parents (a, b) VALUES ('1', '2')`,
				`INSERT INTO children (id, a, b) VALUES ('fine', '1', '2'), ('lost', '2', '1'), ('none', NULL, '2')`)
		})
		reference := db.Reference{Columns: []string{"a", "b"}, Parent: "parents", ParentColumns: []string{"a", "b"}}
		err := d.View(t.Context(), func(tx *db.Tx) error {
			n, err := tx.Orphans(db.Table{Name: "children"}, reference)
			if n != 1 {
				t.Errorf("%d orphans", n)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		list := tables(t, d)
		if want := []db.Column{{Name: "b", Type: db.TypeText}, {Name: "a", Type: db.TypeText}}; !slices.Equal(list[1].Key, want) {
			t.Errorf("the key of %s is %v", list[1].Name, list[1].Key)
		}
	})
}

func TestIntegrityOfASoundFile(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		d := testkit.Open(t, e.Fresh(t))
		err := d.View(t.Context(), func(tx *db.Tx) error {
			faults, err := tx.Integrity()
			if len(faults) > 0 {
				t.Error(faults)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
