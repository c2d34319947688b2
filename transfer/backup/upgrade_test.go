package backup_test

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"waypost/internal/clock"
	"waypost/internal/testkit"
	"waypost/transfer/backup"
)

func TestBeforeUpgradeKeepsTheNewestFive(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		d, dir, now := migrated(t, e), t.TempDir(), clock.NewFake(start)
		fill(t, d, folder(t))
		o := backup.Options{Program: "test", Clock: now.Now}
		var paths []string
		for schema := range int64(7) {
			path, err := backup.BeforeUpgrade(t.Context(), d, dir, 8+schema, o)
			if err != nil {
				t.Fatal(err)
			}
			paths = append(paths, path)
			now.Advance(24 * time.Hour)
			for _, other := range []string{"mine.zip", filepath.Base(path) + ".partial-123"} {
				if err := os.WriteFile(filepath.Join(dir, "backups", other), nil, 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
		if want := filepath.Join(dir, "backups", "before-schema-9-20260505T093000.000Z.zip"); paths[1] != want {
			t.Errorf("named %s, not %s", paths[1], want)
		}
		found, err := filepath.Glob(filepath.Join(dir, "backups", "*.zip"))
		if err != nil {
			t.Fatal(err)
		}
		want := append(slices.Clone(paths[2:]), filepath.Join(dir, "backups", "mine.zip"))
		slices.Sort(want)
		if !slices.Equal(found, want) {
			t.Errorf("kept %q\nand not %q", found, want)
		}
		halves, err := filepath.Glob(filepath.Join(dir, "backups", "*.partial-*"))
		if err != nil || len(halves) > 1 {
			t.Errorf("half-written files %q, error %v", halves, err)
		}
		target := testkit.Open(t, e.Fresh(t))
		if _, err := backup.Restore(t.Context(), paths[6], target, nil, backup.RestoreOptions{}); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(contents(t, d), contents(t, target)) {
			t.Error("the way back leads elsewhere")
		}
	})
}

func TestBeforeTheFirstMigrationThereIsNothingToKeep(t *testing.T) {
	t.Parallel()
	path, err := backup.BeforeUpgrade(t.Context(), testkit.Open(t, testkit.Engines()[0].Fresh(t)), t.TempDir(), 1, options())
	if path != "" || err != nil {
		t.Errorf("path %q, error %v", path, err)
	}
}
