package backup_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"waypost/internal/testkit"
	"waypost/transfer/backup"
)

func save(t testing.TB, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "case.zip")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// pack makes a sealed zip of parts, in the order of their names.
func pack(t testing.TB, p map[string][]byte) string {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, name := range slices.Sorted(maps.Keys(p)) {
		part, err := w.Create(name)
		if err == nil {
			_, err = part.Write(p[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.SetComment(strings.Repeat("0", 64)), w.Close()); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(buf.Bytes())
	return save(t, append(buf.Bytes()[:buf.Len()-64], hex.EncodeToString(sum[:])...))
}

// rewrite makes a copy of a backup with other parts.
func rewrite(t *testing.T, path string, change func(map[string][]byte)) string {
	t.Helper()
	p := map[string][]byte{}
	for name, text := range parts(t, path) {
		p[name] = []byte(text)
	}
	change(p)
	return pack(t, p)
}

func TestOneBadByteInAnyPartIsFound(t *testing.T) {
	t.Parallel()
	path, _ := filledSQLite(t)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(whole), int64(len(whole)))
	if err != nil {
		t.Fatal(err)
	}
	flipped := 0
	for _, f := range z.File {
		if f.UncompressedSize64 == 0 {
			continue
		}
		at, err := f.DataOffset()
		if err != nil {
			t.Fatal(err)
		}
		damaged := bytes.Clone(whole)
		damaged[at+int64(f.CompressedSize64)/2] ^= 0x10
		_, err = backup.Verify(t.Context(), save(t, damaged), nil)
		if e, ok := errors.AsType[*backup.PartError](err); !ok || e.Part != f.Name {
			t.Errorf("a bad byte in %s: error %v", f.Name, err)
		}
		flipped++
	}
	if flipped < 20 {
		t.Errorf("%d parts tried", flipped)
	}
}

func TestOneBadByteAnywhereIsFound(t *testing.T) {
	t.Parallel()
	d := migrated(t, testkit.Engines()[0])
	execute(t, d, `INSERT INTO instance (name, value) VALUES ('a', 'b')`)
	whole, err := os.ReadFile(written(t, d, nil))
	if err != nil {
		t.Fatal(err)
	}
	path := save(t, nil)
	for at := 0; at < len(whole); at += 37 {
		damaged := bytes.Clone(whole)
		damaged[at] ^= 1 << (at % 8)
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := backup.Verify(t.Context(), path, nil); err == nil {
			t.Errorf("accepted with a bad byte at %d of %d", at, len(whole))
		}
	}
	for name, other := range map[string][]byte{"before": append([]byte("x"), whole...), "after": append(bytes.Clone(whole), 'x')} {
		if _, err := backup.Verify(t.Context(), save(t, other), nil); err == nil {
			t.Errorf("accepted with a byte %s it", name)
		}
	}
}

func TestTruncatedAndForeignFiles(t *testing.T) {
	t.Parallel()
	path, _ := filledSQLite(t)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, length := range []int{len(whole) - 1, len(whole) - 30, len(whole) / 2, 100, 4} {
		_, err := backup.Verify(t.Context(), save(t, whole[:length]), nil)
		if e, ok := errors.AsType[*backup.PartError](err); !ok || e.Part != "archive" {
			t.Errorf("cut to %d of %d bytes: error %v", length, len(whole), err)
		}
	}
	for name, content := range map[string][]byte{
		"empty": nil, "text": []byte("Dear diary"), "SQLite": []byte("SQLite format 3\x00"), "gzip": []byte("\x1f\x8b\x08"),
	} {
		if _, err := backup.Verify(t.Context(), save(t, content), nil); !errors.Is(err, backup.ErrNotBackup) {
			t.Errorf("%s: error %v", name, err)
		}
	}
	for name, p := range map[string]map[string][]byte{
		"another zip":      {"index.html": []byte("<p>")},
		"another manifest": {"manifest.json": []byte(`{"name": "app", "format": 7}`)},
	} {
		if _, err := backup.Verify(t.Context(), pack(t, p), nil); !errors.Is(err, backup.ErrNotBackup) {
			t.Errorf("%s: error %v", name, err)
		}
	}
	if _, err := backup.Verify(t.Context(), t.TempDir(), nil); !errors.Is(err, backup.ErrNotBackup) {
		t.Errorf("a folder: error %v", err)
	}
}

// forged is an archive whose sums are right, with one table and one file.
func forged(table backup.Table, rows string, file, content string) map[string][]byte {
	sum := func(s string) string {
		h := sha256.Sum256([]byte(s))
		return hex.EncodeToString(h[:])
	}
	table.Bytes, table.SHA256 = int64(len(rows)), sum(rows)
	m := backup.Manifest{Kind: "waypost-backup", Format: 1, Schema: 1, WithMedia: true, Tables: []backup.Table{table},
		Media: []backup.File{{Name: file, Bytes: int64(len(content)), SHA256: sum(content)}}}
	text, err := json.Marshal(m)
	if err != nil {
		panic(err)
	}
	return map[string][]byte{"manifest.json": text, "tables/" + table.Name + ".jsonl": []byte(rows), "media/" + file: []byte(content)}
}

func TestForgedArchivesAreRefused(t *testing.T) {
	t.Parallel()
	instance := backup.Table{Name: "instance", Rows: 1, Columns: []backup.Column{{Name: "name", Type: "text"}, {Name: "value", Type: "text"}}}
	named := func(name string) backup.Table {
		t := instance
		t.Name = name
		return t
	}
	row, file := `["a","b"]`+"\n", strings.Repeat("0", 32)+".jpg"
	if _, err := backup.Verify(t.Context(), pack(t, forged(instance, row, file, "x")), nil); err != nil {
		t.Fatalf("the sound one: %v", err)
	}
	cases := map[string]map[string][]byte{
		"table outside":     forged(named("../instance"), row, file, "x"),
		"table with quotes": forged(named(`x"; DROP TABLE stories; --`), row, file, "x"),
		"file outside":      forged(instance, row, "../../etc/passwd", "x"),
		"absolute file":     forged(instance, row, "/etc/passwd", "x"),
		"hidden file":       forged(instance, row, ".profile", "x"),
		"too few values":    forged(instance, `["a"]`, file, "x"),
		"wrong type":        forged(instance, `["a",7]`, file, "x"),
		"too many rows":     forged(instance, row+row, file, "x"),
		"an object":         forged(instance, `{"name":"a","value":"b"}`, file, "x"),
		"not UTF-8":         forged(instance, "[\"a\",\"\xff\"]", file, "x"),
	}
	for _, name := range []string{"../../evil", "/evil", `..\evil`, "media/" + strings.Repeat("1", 32) + ".jpg", "media/"} {
		p := forged(instance, row, file, "x")
		p[name] = nil
		cases["entry "+name] = p
	}
	for name, p := range cases {
		d, media := testkit.Open(t, testkit.Engines()[0].Fresh(t)), folder(t)
		_, err := backup.Restore(t.Context(), pack(t, p), d, media, backup.RestoreOptions{})
		if _, ok := errors.AsType[*backup.PartError](err); !ok {
			t.Errorf("%s: error %v", name, err)
		}
		if left := files(t, media); len(left) > 0 {
			t.Errorf("%s: it left %v", name, left)
		}
	}
}

// Archives that the zip's own writer would not make.
func TestCraftedEntriesAreRefused(t *testing.T) {
	t.Parallel()
	link := &zip.FileHeader{Name: "media/" + strings.Repeat("1", 32) + ".jpg"}
	link.SetMode(os.ModeSymlink | 0o777)
	for name, headers := range map[string][]*zip.FileHeader{
		"link":      {link},
		"twice":     {{Name: "media/a"}, {Name: "media/a"}},
		"encrypted": {{Name: "media/a", Flags: 1}},
		"method":    {{Name: "media/a", Method: 99}},
		"bomb":      {{Name: "media/a", Method: zip.Deflate, UncompressedSize64: 1 << 40, CompressedSize64: 3}},
		"overlap":   {{Name: "media/a", CompressedSize64: 1 << 40, UncompressedSize64: 1 << 40}},
	} {
		var buf bytes.Buffer
		w := zip.NewWriter(&buf)
		for _, h := range headers {
			part, err := w.CreateRaw(h)
			if err == nil {
				_, err = io.WriteString(part, "abc")
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		_, err := backup.Verify(t.Context(), save(t, buf.Bytes()), nil)
		if e, ok := errors.AsType[*backup.PartError](err); !ok || !strings.HasPrefix(e.Part, "media/") {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// A table that the program does not have is found when its tables are made.
func TestRestoreRefusesTablesItDoesNotKnow(t *testing.T) {
	t.Parallel()
	path, _ := filledSQLite(t)
	other := rewrite(t, path, func(p map[string][]byte) {
		p["manifest.json"] = bytes.Replace(p["manifest.json"], []byte(`"name": "audit"`), []byte(`"name": "spare"`), 1)
		p["tables/spare.jsonl"] = p["tables/audit.jsonl"]
		delete(p, "tables/audit.jsonl")
	})
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		d := testkit.Open(t, e.Fresh(t))
		_, err := backup.Restore(t.Context(), other, d, folder(t), backup.RestoreOptions{})
		if _, ok := errors.AsType[*backup.PartError](err); !ok {
			t.Errorf("error %v", err)
		}
		for table, rows := range contents(t, d) {
			if len(rows) > 0 {
				t.Errorf("table %s has %d rows", table, len(rows))
			}
		}
	})
}

func FuzzVerify(f *testing.F) {
	instance := backup.Table{Name: "instance", Rows: 1, Columns: []backup.Column{{Name: "name", Type: "text"}, {Name: "n", Type: "double precision"}}}
	for _, rows := range []string{`["a",-0.5e3]` + "\n", `[null,"NaN"]`, "{}"} {
		whole, err := os.ReadFile(pack(f, forged(instance, rows, strings.Repeat("0", 32)+".jpg", "x")))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(whole)
		f.Add(whole[:len(whole)-9])
	}
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	path := filepath.Join(f.TempDir(), "case.zip")
	f.Fuzz(func(t *testing.T, content []byte) {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		m, err := backup.Verify(t.Context(), path, nil)
		if err != nil {
			return
		}
		for _, file := range m.Media {
			if !filepath.IsLocal(file.Name) || strings.ContainsAny(file.Name, `/\`) {
				t.Errorf("accepted the file name %q", file.Name)
			}
		}
	})
}
