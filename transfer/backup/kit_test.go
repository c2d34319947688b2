package backup_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"waypost/internal/clock"
	"waypost/internal/db"
	"waypost/internal/testkit"
	"waypost/transfer/backup"
)

var start = time.Date(2026, 5, 4, 9, 30, 0, 0, time.UTC)

func options() backup.Options {
	return backup.Options{Program: "test", Clock: clock.NewFake(start).Now}
}

// migrated opens a fresh database with this program's tables.
func migrated(t testing.TB, e testkit.Engine) *db.DB {
	t.Helper()
	if e.Name == "sqlite" {
		return testkit.DB(t)
	}
	d := testkit.Open(t, e.Fresh(t))
	if err := d.Migrate(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	return d
}

func folder(t testing.TB) *os.Root {
	t.Helper()
	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	return root
}

func update(t testing.TB, d *db.DB, fn func(*db.Tx) error) {
	t.Helper()
	if err := d.Update(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}

func execute(t testing.TB, d *db.DB, statement string, args ...any) {
	t.Helper()
	update(t, d, func(tx *db.Tx) error {
		_, err := tx.Exec(statement, args...)
		return err
	})
}

// picture stores a picture with one smaller size and returns its ID.
func picture(t testing.TB, d *db.DB, media *os.Root, content string) string {
	t.Helper()
	sum := sha256.Sum256([]byte(content))
	id := hex.EncodeToString(sum[:16])
	for name, text := range map[string]string{id + ".jpg": content, id + "-320.jpg": "small " + content} {
		if err := media.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	execute(t, d, `INSERT INTO pictures (id, extension, content_type, width, height, bytes, alt, created_at)
		VALUES ($1, '.jpg', 'image/jpeg', 640, 480, $2, 'a <hill>', 1)`, id, len(content))
	execute(t, d, `INSERT INTO picture_sizes (picture_id, width, height, bytes) VALUES ($1, 320, 240, $2)`, id, len(content)+6)
	return id
}

// fill puts rows into every table and files into the media folder: whatever a
// migration adds, the tests cover it.
func fill(t testing.TB, d *db.DB, media *os.Root) {
	t.Helper()
	for _, content := range []string{"first", "second", "third"} {
		picture(t, d, media, content)
	}
	execute(t, d, `INSERT INTO community (id, name, tagline, language, time_zone, accent, version, set_up_at, updated_at)
		VALUES ('community', 'Wegmarken & Söhne', '', 'de', 'Europe/Berlin', '#aabbcc', 1, NULL, 1)`)
	execute(t, d, `INSERT INTO mail_settings (id, name, address, selector, version, updated_at) VALUES ('mail', 'Wegmarken', 'a@wegmarken.example', '', 1, 1)`)
	execute(t, d, `INSERT INTO joining (id, mode, domains, letter_budget, version, reached_at) VALUES ('joining', 'open', '', 200, 1, NULL)`)
	special := []string{"community", "joining", "pictures", "picture_sizes", "kept_clock", "mail_settings"}
	update(t, d, func(tx *db.Tx) error {
		list, err := tx.Tables()
		if err != nil {
			return err
		}
		written := map[string][]map[string]any{}
		for _, table := range list {
			for n := range 3 {
				row := sample(table, n, written)
				if slices.Contains(special, table.Name) {
					continue
				}
				if err := tx.Insert(table, row); err != nil {
					return err
				}
			}
			if table.Name == "pictures" {
				written[table.Name] = nil
				err := tx.Dump(table, func(row []any) error {
					written[table.Name] = append(written[table.Name], map[string]any{"id": row[0]})
					return nil
				})
				if err != nil {
					return err
				}
			}
		}
		return nil
	})
	execute(t, d, `INSERT INTO accounts (id, name, email, email_key, language, created_at, disabled_at) VALUES ('nulls', '', NULL, NULL, NULL, -1, NULL)`)
}

// sample makes the n-th row of a table and keeps it for the tables that refer to it.
func sample(t db.Table, n int, written map[string][]map[string]any) []any {
	row, named := make([]any, len(t.Columns)), map[string]any{}
	for i, c := range t.Columns {
		switch c.Type {
		case db.TypeInteger:
			row[i] = int64(1<<53) + int64(n) + 1
		case db.TypeBoolean:
			row[i] = n%2 == 0
		case db.TypeFloat:
			row[i] = 0.1 + float64(n)
		case db.TypeBytes:
			row[i] = []byte{0, byte(n), 255}
		default:
			row[i] = fmt.Sprintf("%s.%s %d \"\\\u2028\t𝄞 äẞ\u0301 <&> \u0001", t.Name, c.Name, n)
		}
		for _, r := range t.References {
			if at := slices.Index(r.Columns, c.Name); at >= 0 {
				row[i] = written[r.Parent][n][r.ParentColumns[at]]
			}
		}
		named[c.Name] = row[i]
	}
	written[t.Name] = append(written[t.Name], named)
	return row
}

// contents reads every row that a backup has to hold, by table.
func contents(t testing.TB, d *db.DB) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	err := d.View(context.Background(), func(tx *db.Tx) error {
		list, err := tx.Tables()
		if err != nil {
			return err
		}
		for _, table := range list {
			if slices.Contains([]string{"kept_clock", "kept_tags", "nodes"}, table.Name) {
				continue
			}
			all[table.Name] = nil
			err := tx.Dump(table, func(row []any) error {
				all[table.Name] = append(all[table.Name], fmt.Sprintf("%#v", row))
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// files reads a folder.
func files(t testing.TB, root *os.Root) map[string]string {
	t.Helper()
	all := map[string]string{}
	entries, err := os.ReadDir(root.Name())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		text, err := root.ReadFile(e.Name())
		if err != nil {
			t.Fatal(err)
		}
		all[e.Name()] = string(text)
	}
	return all
}

// written takes a backup of a filled database.
func written(t testing.TB, d *db.DB, media *os.Root) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "site.zip")
	if _, err := backup.Write(t.Context(), d, media, path, options()); err != nil {
		t.Fatal(err)
	}
	return path
}

// filledSQLite is a backup of a filled database, with the media folder it came from.
func filledSQLite(t testing.TB) (path string, media *os.Root) {
	t.Helper()
	d, media := migrated(t, testkit.Engines()[0]), folder(t)
	fill(t, d, media)
	return written(t, d, media), media
}
