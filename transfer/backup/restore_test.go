package backup_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"waypost/internal/db"
	"waypost/internal/testkit"
	"waypost/transfer/backup"
)

// Every engine restores what every engine gave, and gives the same backup again.
func TestRestoreBringsEverythingBack(t *testing.T) {
	t.Parallel()
	for _, from := range testkit.Engines() {
		for _, to := range testkit.Engines() {
			t.Run(from.Name+" to "+to.Name, func(t *testing.T) {
				t.Parallel()
				source, media := migrated(t, from), folder(t)
				fill(t, source, media)
				path := written(t, source, media)
				target, restored := testkit.Open(t, to.Fresh(t)), folder(t)
				m, err := backup.Restore(t.Context(), path, target, restored, backup.RestoreOptions{})
				if err != nil {
					t.Fatal(err)
				}
				if m.Community != "Wegmarken & Söhne" || m.Program != "test" || string(m.Engine) != from.Name || !m.TakenAt.Equal(start) {
					t.Errorf("manifest %+v", m)
				}
				want, got := contents(t, source), contents(t, target)
				for table := range want {
					if len(want[table]) == 0 || !reflect.DeepEqual(want[table], got[table]) {
						t.Errorf("table %s:\n%q\nshould be\n%q", table, got[table], want[table])
					}
				}
				if !maps.Equal(files(t, media), files(t, restored)) {
					t.Errorf("media: %q", files(t, restored))
				}
				again := written(t, target, restored)
				compareParts(t, path, again)
			})
		}
	}
}

// compareParts holds the parts of two backups against each other, but for the manifest.
func compareParts(t *testing.T, one, other string) {
	t.Helper()
	a, b := parts(t, one), parts(t, other)
	for _, p := range []map[string]string{a, b} {
		if !strings.Contains(p["manifest.json"], `"kind": "waypost-backup"`) {
			t.Errorf("manifest %s", p["manifest.json"])
		}
		delete(p, "manifest.json")
	}
	if !maps.Equal(a, b) {
		t.Errorf("the backup of the restored database differs:\n%q\n%q", a, b)
	}
}

func parts(t *testing.T, path string) map[string]string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	all := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(text)
	}
	return all
}

func TestRestoreWantsAnEmptyPlace(t *testing.T) {
	t.Parallel()
	path, _ := filledSQLite(t)
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		for name, prepare := range map[string]func(*db.DB, *os.Root){
			"rows":    func(d *db.DB, _ *os.Root) { execute(t, d, `INSERT INTO instance (name, value) VALUES ('a', 'b')`) },
			"picture": func(_ *db.DB, media *os.Root) { writeFile(t, media, strings.Repeat("0", 32)+".jpg", "x") },
			"file":    func(_ *db.DB, media *os.Root) { writeFile(t, media, "holiday.txt", "x") },
		} {
			d, media := migrated(t, e), folder(t)
			prepare(d, media)
			before := contents(t, d)
			_, err := backup.Restore(t.Context(), path, d, media, backup.RestoreOptions{})
			if _, ok := errors.AsType[*backup.NotEmptyError](err); !ok {
				t.Errorf("%s: error %v", name, err)
			}
			if !reflect.DeepEqual(before, contents(t, d)) || len(files(t, media)) > 1 {
				t.Errorf("%s: the refused restore changed something", name)
			}
		}
	})
}

func writeFile(t *testing.T, root *os.Root, name, content string) {
	t.Helper()
	if err := root.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestRestoreRefusesTablesOfOthers(t *testing.T) {
	t.Parallel()
	path, _ := filledSQLite(t)
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		d := testkit.Open(t, e.Fresh(t))
		execute(t, d, `CREATE TABLE wp_posts (id TEXT PRIMARY KEY)`)
		_, err := backup.Restore(t.Context(), path, d, folder(t), backup.RestoreOptions{})
		if _, ok := errors.AsType[*backup.NotEmptyError](err); !ok {
			t.Errorf("error %v", err)
		}
	})
}

// What an interrupted restore leaves is a database with tables and no rows, some
// pictures and a half one.
func TestRestoreGoesOnAfterAnInterruption(t *testing.T) {
	t.Parallel()
	path, media := filledSQLite(t)
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		d, restored := migrated(t, e), folder(t)
		taken := 0
		for name, content := range files(t, media) {
			if taken++; taken <= 2 {
				writeFile(t, restored, name, content)
			}
		}
		writeFile(t, restored, ".restoring-"+strings.Repeat("0", 32)+".jpg", "ha")
		if err := restored.Mkdir("lost+found", 0o700); err != nil {
			t.Fatal(err)
		}
		if _, err := backup.Restore(t.Context(), path, d, restored, backup.RestoreOptions{}); err != nil {
			t.Fatal(err)
		}
		if err := restored.Remove("lost+found"); err != nil {
			t.Fatal(err)
		}
		if !maps.Equal(files(t, media), files(t, restored)) {
			t.Errorf("media: %q", files(t, restored))
		}
	})
}

func TestRestoreOfTheDatabaseAloneLeavesMediaAlone(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		d, media := migrated(t, e), folder(t)
		fill(t, d, media)
		path := written(t, d, nil)
		if m, err := backup.Verify(t.Context(), path, nil); err != nil || m.WithMedia || len(m.Media) > 0 {
			t.Errorf("manifest %+v, error %v", m, err)
		}
		target := testkit.Open(t, e.Fresh(t))
		if _, err := backup.Restore(t.Context(), path, target, nil, backup.RestoreOptions{}); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(contents(t, d), contents(t, target)) {
			t.Error("the rows differ")
		}
		whole := written(t, d, media)
		if _, err := backup.Restore(t.Context(), whole, testkit.Open(t, e.Fresh(t)), nil, backup.RestoreOptions{}); err == nil {
			t.Error("pictures were restored to nowhere")
		}
	})
}

func TestRestoreRefusesANewerSchema(t *testing.T) {
	t.Parallel()
	path, _ := filledSQLite(t)
	newer := rewrite(t, path, func(p map[string][]byte) {
		p["manifest.json"] = bytes.Replace(p["manifest.json"], []byte(`"schema": `), []byte(`"schema": 9`), 1)
	})
	_, err := backup.Restore(t.Context(), newer, testkit.Open(t, testkit.Engines()[0].Fresh(t)), folder(t), backup.RestoreOptions{})
	if e, ok := errors.AsType[*db.NewerError](err); !ok || e.Schema.Current < 90 {
		t.Errorf("error %v", err)
	}
	later := rewrite(t, path, func(p map[string][]byte) {
		p["manifest.json"] = bytes.Replace(p["manifest.json"], []byte(`"format": 1`), []byte(`"format": 2`), 1)
	})
	_, err = backup.Verify(t.Context(), later, nil)
	if e, ok := errors.AsType[*backup.FormatError](err); !ok || e.Format != 2 {
		t.Errorf("error %v", err)
	}
}

func TestWriteKeepsWhatIsThere(t *testing.T) {
	t.Parallel()
	d, media := migrated(t, testkit.Engines()[0]), folder(t)
	path := filepath.Join(t.TempDir(), "site.zip")
	if err := os.WriteFile(path, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	o := options()
	if _, err := backup.Write(t.Context(), d, media, path, o); !errors.Is(err, fs.ErrExist) {
		t.Errorf("error %v", err)
	}
	if text, _ := os.ReadFile(path); string(text) != "precious" {
		t.Errorf("the file is now %.20q", text)
	}
	o.Overwrite = true
	if _, err := backup.Write(t.Context(), d, media, path, o); err != nil {
		t.Error(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, error %v", info.Mode(), err)
	}
	if left, _ := filepath.Glob(path + "?*"); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestWriteRefusesWhatItCannotHold(t *testing.T) {
	t.Parallel()
	for name, harm := range map[string]func(t *testing.T, d *db.DB, media *os.Root, id string){
		"missing original": func(t *testing.T, _ *db.DB, media *os.Root, id string) { removeFile(t, media, id+".jpg") },
		"missing size":     func(t *testing.T, _ *db.DB, media *os.Root, id string) { removeFile(t, media, id+"-320.jpg") },
		"damaged original": func(t *testing.T, _ *db.DB, media *os.Root, id string) { writeFile(t, media, id+".jpg", "First") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, media := migrated(t, testkit.Engines()[0]), folder(t)
			id := picture(t, d, media, "first")
			harm(t, d, media, id)
			place := t.TempDir()
			_, err := backup.Write(t.Context(), d, media, filepath.Join(place, "site.zip"), options())
			if e, ok := errors.AsType[*backup.MediaError](err); !ok || !strings.HasPrefix(e.Name, id) {
				t.Errorf("error %v", err)
			}
			if left, _ := os.ReadDir(place); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
	if _, err := backup.Write(t.Context(), testkit.Open(t, testkit.Engines()[0].Fresh(t)), nil, filepath.Join(t.TempDir(), "x"), options()); !errors.Is(err, backup.ErrNothing) {
		t.Errorf("an empty database: error %v", err)
	}
}

func removeFile(t *testing.T, root *os.Root, name string) {
	t.Helper()
	if err := root.Remove(name); err != nil {
		t.Fatal(err)
	}
}

func TestBigValues(t *testing.T) {
	t.Parallel()
	big := strings.Repeat("ä\"\n", 1<<18)
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		d := migrated(t, e)
		execute(t, d, `INSERT INTO pages (id, slug, state, title, format, body, in_menu, version, created_at, updated_at)
			VALUES ('p', 'p', 'draft', '', '', $1, FALSE, 9223372036854775807, -9223372036854775807, 0)`, big)
		target := testkit.Open(t, e.Fresh(t))
		if _, err := backup.Restore(t.Context(), written(t, d, nil), target, nil, backup.RestoreOptions{}); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(contents(t, d), contents(t, target)) {
			t.Error("the page differs")
		}
	})
}

// What no restore would read is not written.
func TestWriteRefusesARowThatIsTooLong(t *testing.T) {
	t.Parallel()
	d := migrated(t, testkit.Engines()[0])
	execute(t, d, `INSERT INTO instance (name, value) VALUES ('long', $1)`, strings.Repeat("x", 64<<20+1))
	_, err := backup.Write(t.Context(), d, nil, filepath.Join(t.TempDir(), "x"), options())
	if err == nil || !strings.Contains(err.Error(), "table instance") {
		t.Errorf("error %v", err)
	}
	columns := []backup.Column{{Name: "a", Type: "text"}, {Name: "b", Type: "text"}}
	for text, fits := range map[string]bool{"xxx": true, "xxxx": false, `""`: false, `"`: true} {
		line, err := backup.Line(12, columns, []any{text, "y"})
		if (err == nil) != fits {
			t.Errorf("a line of %q: %d bytes, error %v", text, len(line), err)
		}
	}
}

func TestWriteRefusesTextThatIsNotUTF8(t *testing.T) {
	t.Parallel()
	d := migrated(t, testkit.Engines()[0])
	execute(t, d, `INSERT INTO instance (name, value) VALUES ('odd', CAST(x'61ff' AS TEXT))`)
	_, err := backup.Write(t.Context(), d, nil, filepath.Join(t.TempDir(), "x"), options())
	if err == nil || !strings.Contains(err.Error(), "column value") {
		t.Errorf("error %v", err)
	}
}
