package backup_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"waypost/transfer/backup"
)

// lay writes files into a folder.
func lay(t *testing.T, folder string, names ...string) {
	t.Helper()
	for _, name := range names {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("text"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestShelf(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	shelf := backup.Shelf(folder)
	at := time.Date(2026, time.May, 4, 9, 30, 0, 0, time.UTC)
	asked, upgrade := backup.NameAt(at), "before-schema-9-20260505T093000.000Z.zip"
	lay(t, folder, asked, upgrade, asked+".partial-12", "today.zip", "notes.txt", ".hidden.zip")
	if err := os.Symlink(filepath.Join(folder, "notes.txt"), filepath.Join(folder, "link.zip")); err != nil {
		t.Fatal(err)
	}
	list, err := shelf.List()
	if err != nil || len(list) != 3 {
		t.Fatalf("listed are %+v, %v", list, err)
	}
	kinds := map[string]backup.Kind{asked: backup.Asked, upgrade: backup.Upgrade, "today.zip": backup.Other}
	for _, k := range list {
		if k.Kind != kinds[k.Name] || k.Bytes != 4 {
			t.Errorf("%+v is not %s", k, kinds[k.Name])
		}
	}
	if list[2].Name != asked || !list[2].At.Equal(at) {
		t.Errorf("the oldest is %+v", list[2])
	}
	for _, name := range []string{"../" + filepath.Base(folder) + "/today.zip", "link.zip", "notes.txt", ".hidden.zip", "missing.zip", "", asked + ".partial-12"} {
		if _, _, err := shelf.Open(name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%q opens: %v", name, err)
		}
		if err := shelf.Remove(name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%q is removed: %v", name, err)
		}
	}
	if err := errors.Join(shelf.Tidy(), shelf.Remove("today.zip")); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Lstat(filepath.Join(folder, asked+".partial-12")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what was half written is still there: %v", err)
	}
}

// TestShelfForgets removes what is older than the term, and neither the newest of all
// nor the newest with pictures.
func TestShelfForgets(t *testing.T) {
	t.Parallel()
	at := func(day int) string {
		return backup.NameAt(time.Date(2026, time.May, day, 9, 30, 0, 0, time.UTC))
	}
	upgrade := func(day string) string { return "before-schema-9-202605" + day + "T093000.000Z.zip" }
	for name, test := range map[string]struct{ there, stay []string }{
		"the term":        {[]string{at(1), at(2), at(20), at(21), upgrade("03"), upgrade("22")}, []string{at(20), at(21), upgrade("22")}},
		"all are old":     {[]string{at(1), at(2), upgrade("01"), upgrade("04"), upgrade("05")}, []string{at(2), upgrade("05")}},
		"pictures newest": {[]string{at(1), at(6), upgrade("05")}, []string{at(6)}},
		"one":             {[]string{at(1)}, []string{at(1)}},
		"none":            {nil, nil},
		"others":          {[]string{"mine.zip", at(1), at(9)}, []string{"mine.zip", at(9)}},
	} {
		folder := t.TempDir()
		lay(t, folder, test.there...)
		gone, err := backup.Shelf(folder).Sweep(time.Date(2026, time.May, 10, 0, 0, 0, 0, time.UTC))
		if err != nil {
			t.Fatal(err)
		}
		var stay []string
		for _, name := range test.there {
			if !slices.Contains(gone, name) {
				stay = append(stay, name)
			}
		}
		slices.Sort(stay)
		slices.Sort(test.stay)
		if !slices.Equal(stay, test.stay) {
			t.Errorf("%s: %q stay, not %q", name, stay, test.stay)
		}
		list, err := backup.Shelf(folder).List()
		if err != nil || len(list) != len(stay) {
			t.Errorf("%s: listed are %v, %v", name, list, err)
		}
	}
	if _, err := backup.Shelf(filepath.Join(t.TempDir(), "none")).Sweep(time.Now()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that is not there: %v", err)
	}
}
