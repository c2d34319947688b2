package db_test

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"waypost/internal/db"
	"waypost/internal/testkit"
)

var updateGolden = flag.Bool("update", false, "write schema.golden.sql, and the latest schema in testdata/upgrade, anew")

// shipped pins the migrations. Databases out there have run a file that was
// released, so it never changes; what is to change is a new file.
var shipped = map[string]string{
	"0001_foundation.sql":   "f2e7bc7739c9b8bd003ce1c1720e2008915c2f96b1f57a470b07cacd3b8f3576",
	"0002_members.sql":      "57ae92ae5086d867852b861a3a82d8f2205499eac7f48806c759e6a484be3e62",
	"0003_mail.sql":         "161aa52ed39ee47097c5ecef72218ca41b01456903b1be475f9569ba4cad49ed",
	"0004_news.sql":         "a3407d89086e216b8ea20a18972aa5723a04fb727068f84f18fcf9367c02801a",
	"0005_proofs.sql":       "ed51917d742acab0bdf162e69ff53d25ba315c0265472ed8901edc738b25213e",
	"0006_story_drafts.sql": "3b315a8d56383e4e95b2a4c3436d4755b421cee8903960aa3d65ec358d76610e",
	"0007_passkeys.sql":     "55eb1df771dd8022cdb0978970f793932997f2128eb27b32357dc850e983c138",
	"0008_leaving.sql":      "1bee33018376b166d4ce06581973680a4796f2d35ba5e4e94589a3ad7e13ddca",
	"0009_review.sql":       "df95e278b875fb6f38d1144882e2c4918d020008f33d51f01b97e784286b0a18",
	"0010_oidc.sql":         "af97983b9e8f0b1d9364f2dbd879d87549864d6fd05462e9458324d9ea5870a8",
	"0011_profiles.sql":     "ae7e7970d53c6ef025e567d8ea5e21d682a51f148436bbcc96d3dcb78ddf381d",
	"0012_people.sql":       "45b797f570d12842e4dae74148768fa4af620cf5add5016abfe0f09cfcdccac9",
	"0013_backups.sql":      "5b2e2a8ac2095b00604c5b77d6b9e2bfd22c41bd225478ec87f63ca6a8cd3691",
	"0014_looks.sql":        "2614360d70f68d9337c69cb45bbbb5ed47cfd469ec735da6b5d7db60bea4cb2d",
	"0015_mail_signing.sql": "f429eded26952a6b5a273911498b0a51a7ccf5961cb2cffeb94d075905783cd7",
	"0016_barred.sql":       "d7abd9bcd484261366c979df6752ddd7cd129113138360c4b918a0e7681cf2ba",
	"0017_pictures.sql":     "fe804931ad228baaa910f42df95271b0755406ce94c42689eeaad3897802f5af",
	"0018_authors.sql":      "358a2b581fbf13bdc6368745d984a515e4562eb1e01aef490d7d80383bd7b740",
	"0019_arriving.sql":     "9c64f78ec773e663ae82af14a90ae387e0914911c69ee2d22fcf4c6e65a47f42",
	"0020_proved.sql":       "0dbbe93776622fa4d4cf29676296b14712719bd8d75d308f53cccae8d4b0c0d5",
	"0021_replies.sql":      "ee1074894db688ed14710b74d4a44445d149cdc5a704918fc0aed0aae87dd53e",
	"0022_by_state.sql":     "b1d05e299096f6f81877f8c77651c27e73e8c9449e7b8e9580ed978f99c7b232",
	"0023_likeness.sql":     "8f0b066dbd8135e400b3bc796234a7fe983e80602c43e13deb6760a06989abbc",
	"0024_waits_since.sql":  "91a47f86793f7f8791463ce3ae040f183aff02b119d4a61f75991ff0f61ce54b",
	"0025_paths.sql":        "b0891290cd0e70aa5bd002d0eb658dbf5b2bacf8d0568e383aca774ce75ec0f2",
}

func TestShippedMigrationsStayAsTheyAre(t *testing.T) {
	t.Parallel()
	files, err := os.ReadDir("migrations")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != len(shipped) {
		t.Errorf("%d migrations, but %d are pinned here", len(files), len(shipped))
	}
	for i, f := range files {
		text, err := os.ReadFile(filepath.Join("migrations", f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(text)
		if got := hex.EncodeToString(sum[:]); got != shipped[f.Name()] {
			t.Errorf("%s has the hash %s, pinned is %s", f.Name(), got, shipped[f.Name()])
		}
		if !strings.HasPrefix(f.Name(), fmt.Sprintf("%04d_", i+1)) {
			t.Errorf("%s is not number %d", f.Name(), i+1)
		}
	}
}

// movedTo names the tables in which the rows of one that is gone are now.
var movedTo = map[string]string{"tokens": "proofs"}

// schemaText is the schema of a SQLite database as one text.
func schemaText(t *testing.T, d *db.DB) string {
	t.Helper()
	var list []string
	err := d.View(context.Background(), func(tx *db.Tx) (err error) {
		list, err = db.List(tx, db.Value[string], `SELECT sql FROM sqlite_master
			WHERE sql IS NOT NULL AND name NOT LIKE 'goose%' AND name NOT LIKE 'sqlite%' ORDER BY tbl_name, type DESC, name`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return "-- The schema that the migrations lead to, for reading. Made by: go test ./internal/db -run Golden -update\n\n" +
		strings.Join(list, ";\n\n") + ";\n"
}

func wantGolden(t *testing.T, d *db.DB) {
	t.Helper()
	want, err := os.ReadFile("schema.golden.sql")
	if err != nil {
		t.Fatal(err)
	}
	wanted := strings.Split(string(want), "\n")
	for i, line := range strings.Split(schemaText(t, d), "\n") {
		if i >= len(wanted) || line != wanted[i] {
			t.Fatalf("line %d of the schema is %q; schema.golden.sql differs: run with -update and read what changed", i+1, line)
		}
	}
}

func TestGoldenSchema(t *testing.T) {
	t.Parallel()
	d := testkit.DB(t)
	if *updateGolden {
		if err := os.WriteFile("schema.golden.sql", []byte(schemaText(t, d)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	wantGolden(t, d)
}

func TestMigrateFromNothing(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		ctx := context.Background()
		d := testkit.Open(t, e.Fresh(t))
		s, err := d.Schema(ctx)
		if err != nil || s.Current != 0 || !s.Pending() || int(s.Latest) != len(shipped) {
			t.Errorf("an empty database has the schema %+v, error %v", s, err)
		}
		for version := int64(1); version <= s.Latest; version++ {
			if err := d.Migrate(ctx, version); err != nil {
				t.Fatal(err)
			}
			if got, err := d.Schema(ctx); err != nil || got.Current != version {
				t.Errorf("schema %+v after migrating to %d, error %v", got, version, err)
			}
		}
		write(t, d, func(tx *db.Tx) error { return put(tx, "a", "") })
		if err := d.Migrate(ctx, 0); err != nil {
			t.Errorf("migrating again: %v", err)
		}
		if s, err := d.Schema(ctx); err != nil || s.Pending() {
			t.Errorf("schema %+v, error %v", s, err)
		}
		wantNames(t, d, "a")
	})
}

func TestANewerSchemaIsRefused(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		write(t, d, func(tx *db.Tx) error {
			_, err := tx.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, TRUE)")
			return err
		})
		_, read := d.Schema(ctx)
		for _, err := range []error{read, d.Migrate(ctx, 0), d.Migrate(ctx, 1)} {
			var newer *db.NewerError
			if !errors.As(err, &newer) || newer.Schema.Current != 9999 || !strings.Contains(err.Error(), "9999") {
				t.Errorf("got %v", err)
			}
		}
	})
}

// Several programs that start on one new database migrate it once.
func TestSeveralMigrateAtOnce(t *testing.T) {
	t.Parallel()
	url, ok := testkit.Postgres(t)
	if !ok {
		t.Log("no PostgreSQL: a SQLite file has one program, which holds the lock of its folder")
		return
	}
	place := testkit.Place{URL: url}
	var wg sync.WaitGroup
	for range 3 {
		d := testkit.Open(t, place)
		wg.Go(func() {
			if _, err := d.Schema(context.Background()); err != nil {
				t.Errorf("read the schema: %v", err)
			}
			if err := d.Migrate(context.Background(), 0); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	s, err := testkit.Open(t, place).Schema(context.Background())
	if err != nil || s.Pending() {
		t.Errorf("schema %+v, error %v", s, err)
	}
}

// TestUpgrade brings small databases of earlier schemas to the latest. Each release
// leaves one: a file of what the schema of its number was, with a few rows of every
// table. With -update the latest gets the schema of the migrations and keeps its rows.
func TestUpgrade(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("testdata", "upgrade", "????.sql"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no schema of a release: %v", err)
	}
	for _, name := range files {
		version, err := strconv.Atoi(strings.TrimSuffix(filepath.Base(name), ".sql"))
		if err != nil {
			t.Fatal(err)
		}
		t.Run(fmt.Sprintf("%04d", version), func(t *testing.T) {
			t.Parallel()
			ctx := context.Background()
			if *updateGolden && version == len(shipped) {
				renewSchema(t, name)
			}
			dump, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			d := testkit.Open(t, testkit.Engines()[0].Fresh(t))
			write(t, d, func(tx *db.Tx) error {
				_, err := tx.Exec(string(dump))
				return err
			})
			before := rowCounts(t, d)
			for table, n := range before {
				if n == 0 {
					t.Errorf("the table %s of schema %d has no row to upgrade", table, version)
				}
			}
			if s, err := d.Schema(ctx); err != nil || s.Current != int64(version) {
				t.Fatalf("the file is of schema %+v, error %v", s, err)
			}
			if err := d.Migrate(ctx, 0); err != nil {
				t.Fatal(err)
			}
			wantGolden(t, d)
			after := rowCounts(t, d)
			for table, n := range before {
				if now := after[cmp.Or(movedTo[table], table)]; now < n {
					t.Errorf("%s had %d rows and now has %d", table, n, now)
				}
			}
		})
	}
}

func renewSchema(t *testing.T, name string) {
	t.Helper()
	const mark = "\n-- Rows\n"
	old, err := os.ReadFile(name)
	_, rows, ok := strings.Cut(string(old), mark)
	if err != nil || !ok {
		t.Fatalf("%s has no rows to keep: %v", name, err)
	}
	var list []string
	err = testkit.DB(t).View(context.Background(), func(tx *db.Tx) (err error) {
		list, err = db.List(tx, db.Value[string], "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%' ORDER BY rowid")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	text := "-- A database with a few rows of every table, as its schema was.\n\n" + strings.Join(list, ";\n") + ";\n" + mark + rows
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func rowCounts(t *testing.T, d *db.DB) map[string]int {
	t.Helper()
	counts := map[string]int{}
	err := d.View(context.Background(), func(tx *db.Tx) error {
		tables, err := db.List(tx, db.Value[string], "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
		if err != nil {
			return err
		}
		for _, table := range tables {
			var n int
			if err := tx.QueryRow("SELECT count(*) FROM " + table).Scan(&n); err != nil {
				return err
			}
			counts[table] = n
		}
		faults, err := db.List(tx, db.Value[string], "SELECT \"table\" FROM pragma_foreign_key_check")
		if len(faults) > 0 {
			t.Errorf("rows of %q refer to nothing", faults)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return counts
}
