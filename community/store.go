package community

import (
	"time"

	"waypost/internal/db"
)

func selectSettings(tx *db.Tx) (Settings, error) {
	var c Settings
	var setUp *int64
	var updated int64
	err := tx.QueryRow(`SELECT name, tagline, language, time_zone, accent, record_days, backup_days, trusted_publish, version, set_up_at, updated_at FROM community WHERE id = 'community'`).
		Scan(&c.Name, &c.Tagline, &c.Language, &c.TimeZone, &c.Accent, &c.RecordDays, &c.BackupDays, &c.TrustedPublish, &c.Version, &setUp, &updated)
	c.SetUp = setUp != nil
	c.Updated = time.UnixMilli(updated)
	return c, err
}

// upsertSettings writes settings that were read at their version and reports
// whether they were still at it. The first save is the set-up.
func upsertSettings(tx *db.Tx, c Settings, now time.Time) (bool, error) {
	n, err := tx.Exec(`INSERT INTO community (id, name, tagline, language, time_zone, accent, version, set_up_at, updated_at, trusted_publish, record_days, backup_days)
		VALUES ('community', $1, $2, $3, $4, $5, $6, $7, $7, $8, $9, $10)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, tagline = excluded.tagline, language = excluded.language,
			time_zone = excluded.time_zone, accent = excluded.accent, version = excluded.version, updated_at = excluded.updated_at,
			trusted_publish = excluded.trusted_publish, record_days = excluded.record_days,
			backup_days = excluded.backup_days
		WHERE community.version = excluded.version - 1`,
		c.Name, c.Tagline, c.Language, c.TimeZone, c.Accent, c.Version+1, now.UnixMilli(), c.TrustedPublish, c.RecordDays, c.BackupDays)
	return n == 1, err
}

const pageColumns = `id, slug, state, title, format, body, in_menu, version, created_at, updated_at`

func scanPage(r db.Row) (Page, error) {
	var p Page
	var created, updated int64
	err := r.Scan(&p.ID, &p.Slug, &p.State, &p.Title, &p.Format, &p.Body, &p.InMenu, &p.Version, &created, &updated)
	p.Created, p.Updated = time.UnixMilli(created), time.UnixMilli(updated)
	return p, err
}

func insertPage(tx *db.Tx, p Page) error {
	_, err := tx.Exec(`INSERT INTO pages (`+pageColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		p.ID, p.Slug, p.State, p.Title, p.Format, p.Body, p.InMenu, p.Version, p.Created.UnixMilli(), p.Updated.UnixMilli())
	return err
}

// updatePage writes a page whose Version is one above the stored one.
func updatePage(tx *db.Tx, p Page) (bool, error) {
	n, err := tx.Exec(`UPDATE pages SET slug = $1, state = $2, title = $3, format = $4, body = $5, in_menu = $6, version = $7, updated_at = $8
		WHERE id = $9 AND version = $7 - 1`, p.Slug, p.State, p.Title, p.Format, p.Body, p.InMenu, p.Version, p.Updated.UnixMilli(), p.ID)
	return n == 1, err
}

func insertPageRevision(tx *db.Tx, p Page, by any, document string) error {
	_, err := tx.Exec(`INSERT INTO page_revisions (page_id, version, saved_at, account_id, document) VALUES ($1, $2, $3, $4, $5)`,
		p.ID, p.Version, p.Updated.UnixMilli(), by, document)
	return err
}
