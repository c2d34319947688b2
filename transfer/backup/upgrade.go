package backup

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"waypost/internal/db"
)

// upgradesKept is how many backups of earlier upgrades stay.
const upgradesKept = 5

// BeforeUpgrade writes DIR/backups/before-schema-N-TIME.zip, where N is the schema
// that the migration to come leads to, and returns its path. It holds the database
// alone: media files never change, so those beside the database stay right whichever
// schema it has. The newest five such files are kept. A database without tables has
// nothing to keep, and the path is empty.
//
// Only the process that holds the data folder calls it.
func BeforeUpgrade(ctx context.Context, d *db.DB, dir string, schema int64, o Options) (string, error) {
	folder := filepath.Join(dir, "backups")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", fmt.Errorf("make the folder for backups: %w", err)
	}
	path := filepath.Join(folder, fmt.Sprintf("before-schema-%d-%s.zip", schema, o.now().Format(stamp)))
	o.Overwrite = false
	if _, err := Write(ctx, d, nil, path, o); errors.Is(err, ErrNothing) {
		return "", nil
	} else if err != nil {
		return "", err
	}
	return path, prune(folder)
}

// upgradeName is how BeforeUpgrade names files; what Write left half written follows it.
var upgradeName = regexp.MustCompile(`^before-schema-[0-9]+-([0-9]{8}T[0-9]{6}\.[0-9]{3}Z)\.zip(` + regexp.QuoteMeta(partial) + `[0-9]+)?$`)

// prune removes all but the newest backups of upgrades, and half-written ones.
func prune(folder string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return fmt.Errorf("look for old backups: %w", err)
	}
	type old struct{ name, time string }
	var whole []old
	var errs []error
	for _, e := range entries {
		switch parts := upgradeName.FindStringSubmatch(e.Name()); {
		case parts == nil:
		case parts[2] != "":
			errs = append(errs, os.Remove(filepath.Join(folder, e.Name())))
		default:
			whole = append(whole, old{e.Name(), parts[1]})
		}
	}
	slices.SortFunc(whole, func(a, b old) int {
		return cmp.Or(strings.Compare(b.time, a.time), strings.Compare(b.name, a.name))
	})
	for _, o := range whole[min(len(whole), upgradesKept):] {
		errs = append(errs, os.Remove(filepath.Join(folder, o.name)))
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("remove old backups: %w", err)
	}
	return nil
}
