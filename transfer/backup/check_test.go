package backup_test

import (
	"database/sql"
	"os"
	"slices"
	"strings"
	"testing"

	"waypost/internal/db"
	"waypost/internal/testkit"
	"waypost/transfer/backup"
)

// published writes a published story with a topic and an author, counted and listed
// as package stories does it.
func published(t *testing.T, d *db.DB) {
	t.Helper()
	update(t, d, func(tx *db.Tx) error {
		for _, s := range []string{
			`INSERT INTO community (id, name, tagline, language, time_zone, accent, version, updated_at) VALUES ('community', 'C', '', 'en', 'Pacific/Auckland', '', 1, 0)`,
			`INSERT INTO topics (id, slug, name, description, version, created_at, updated_at) VALUES ('t', 't', 'T', '', 1, 0, 0)`,
			`INSERT INTO profiles (id, handle, name, pronouns, place, bio, links, version, created_at, updated_at) VALUES ('p', 'p', 'P', '', '', '', '', 1, 0, 0)`,
			`INSERT INTO stories (id, slug, state, title, standfirst, language, cover_alt, cover_caption, note, version, words, has_trail, created_at, updated_at, published_at)
				VALUES ('s', 's', 'published', 'S', '', 'en', '', '', '', 1, 0, FALSE, 0, 0, 1777633200000)`, // 2026-05-01 11:00 UTC
			`INSERT INTO stories (id, slug, state, title, standfirst, language, cover_alt, cover_caption, note, version, words, has_trail, created_at, updated_at, published_at)
				VALUES ('u', 'u', 'draft', 'U', '', 'en', '', '', '', 1, 0, FALSE, 0, 0, 5)`, // published once
			`INSERT INTO story_topics (story_id, topic_id, position, published_at) VALUES ('s', 't', 0, 1777633200000), ('u', 't', 0, NULL)`,
			`INSERT INTO story_authors (story_id, profile_id, position, published_at) VALUES ('s', 'p', 0, 1777633200000), ('u', 'p', 0, NULL)`,
			`INSERT INTO story_counts (kind, name, n) VALUES ('topic', 't', 1), ('author', 'p', 1), ('month', '2026-05', 1), ('month', '2026-04', 0)`,
		} {
			if _, err := tx.Exec(s); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestCheckFindsPlantedFaults(t *testing.T) {
	t.Parallel()
	statement := func(s string) func(*testing.T, *db.DB, *os.Root, string) {
		return func(t *testing.T, d *db.DB, _ *os.Root, _ string) { execute(t, d, s) }
	}
	cases := map[string]struct {
		plant func(t *testing.T, d *db.DB, media *os.Root, picture string)
		what  string
		says  string
		grave backup.Severity
	}{
		"nothing":      {plant: func(*testing.T, *db.DB, *os.Root, string) {}},
		"missing file": {func(t *testing.T, _ *db.DB, m *os.Root, id string) { removeFile(t, m, id+"-320.jpg") }, "picture", "-320.jpg is missing", backup.Broken},
		"short file":   {func(t *testing.T, _ *db.DB, m *os.Root, id string) { writeFile(t, m, id+".jpg", "fir") }, "picture", "has 3 bytes and should have 5", backup.Broken},
		"orphan": {func(t *testing.T, _ *db.DB, m *os.Root, _ string) {
			writeFile(t, m, strings.Repeat("f", 32)+".png", "x")
		},
			"orphan", "ffff.png (1 bytes)", backup.Note},
		"topic count":  {statement(`UPDATE story_counts SET n = 2 WHERE kind = 'topic'`), "count", "topic t counts 2 published stories and has 1", backup.Warning},
		"month count":  {statement(`DELETE FROM story_counts WHERE name = '2026-05'`), "count", "month 2026-05 counts 0", backup.Warning},
		"author count": {statement(`INSERT INTO story_counts (kind, name, n) VALUES ('author', 'gone', -1)`), "count", "author gone counts -1", backup.Warning},
		"list key":     {statement(`UPDATE story_authors SET published_at = 1 WHERE story_id = 's'`), "list", "1 rows of story_authors", backup.Warning},
		"draft listed": {statement(`UPDATE story_topics SET published_at = 5 WHERE story_id = 'u'`), "list", "1 rows of story_topics", backup.Warning},
		"failed job": {statement(`INSERT INTO jobs (id, kind, payload, state, attempt, due_at, error, created_at) VALUES ('j', 'stories.due', '', 'failed', 9, 0, 'no', 0)`),
			"job", "1 jobs of kind stories.due", backup.Warning},
	}
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		for name, c := range cases {
			d, media := migrated(t, e), folder(t)
			published(t, d)
			c.plant(t, d, media, picture(t, d, media, "first"))
			report, err := backup.Check(t.Context(), d, media)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if c.what == "" {
				if len(report.Findings) > 0 || report.Files != 2 || report.Rows == 0 {
					t.Errorf("%s: %+v", name, report)
				}
				continue
			}
			if f := report.Findings; len(f) != 1 || f[0].What != c.what || !strings.Contains(f[0].Detail, c.says) || f[0].Severity != c.grave {
				t.Errorf("%s: %+v", name, f)
			}
			if report.Sound() != (c.grave != backup.Broken) {
				t.Errorf("%s: sound is %v", name, report.Sound())
			}
		}
	})
}

// The engines refuse a broken reference unless somebody goes around them.
func TestCheckFindsBrokenReferences(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		place := e.Fresh(t)
		d := testkit.Open(t, place)
		if err := d.Migrate(t.Context(), 0); err != nil {
			t.Fatal(err)
		}
		published(t, d)
		driver, address, around := "sqlite", place.Path, `PRAGMA foreign_keys = OFF`
		if place.URL != "" {
			driver, address, around = "pgx", place.URL, `SET session_replication_role = replica`
		}
		raw, err := sql.Open(driver, address)
		if err != nil {
			t.Fatal(err)
		}
		defer raw.Close()
		raw.SetMaxOpenConns(1)
		for _, s := range []string{around, `DELETE FROM topics`} {
			if _, err := raw.ExecContext(t.Context(), s); err != nil {
				t.Fatal(err)
			}
		}
		report, err := backup.Check(t.Context(), d, nil)
		if err != nil {
			t.Fatal(err)
		}
		if f := report.Findings; len(f) != 1 || f[0].What != "reference" || f[0].Detail != "2 rows of story_topics refer to rows of topics that are not there" {
			t.Errorf("%+v", f)
		}
	})
}

func TestCheckFindsADamagedFile(t *testing.T) {
	t.Parallel()
	place := testkit.Engines()[0].Fresh(t)
	d := testkit.Open(t, place)
	if err := d.Migrate(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	// An index that lacks a row its table has.
	raw, err := sql.Open("sqlite", place.Path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	raw.SetMaxOpenConns(1)
	for _, s := range []string{
		`PRAGMA writable_schema = ON`,
		`CREATE TABLE hidden AS SELECT sql FROM sqlite_schema WHERE name = 'topics_by_name'`,
		`DELETE FROM sqlite_schema WHERE name = 'topics_by_name'`,
	} {
		if _, err := raw.ExecContext(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	report, err := backup.Check(t.Context(), d, nil)
	if err != nil {
		t.Fatal(err)
	}
	kinds := []string{}
	for _, f := range report.Findings {
		kinds = append(kinds, f.What)
	}
	if !slices.Contains(kinds, "file") || report.Sound() {
		t.Errorf("%+v", report.Findings)
	}
}

func TestCheckListsAHundredOfAKind(t *testing.T) {
	t.Parallel()
	d := migrated(t, testkit.Engines()[0])
	update(t, d, func(tx *db.Tx) error {
		_, err := tx.Exec(`WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 150)
			INSERT INTO story_counts (kind, name, n) SELECT 'topic', CAST(n AS TEXT), 1 FROM n`)
		return err
	})
	report, err := backup.Check(t.Context(), d, nil)
	if err != nil || len(report.Findings) != 101 {
		t.Errorf("%d findings, error %v", len(report.Findings), err)
	}
}
