package community

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"waypost/internal/db"
	"waypost/internal/personal"
)

// Held hands over the lines of the record that somebody made or that are about them,
// and which saved pages are theirs.
func (s *Service) Held(tx *db.Tx, p personal.Person, out personal.Out) error {
	err := personal.Rows(tx, out, personal.Find{Table: "audit", Where: `account_id = $1 OR subject IN ($2, $3)`,
		Args: []any{p.Account, "account:" + p.Account, "author:" + p.Profile}})
	if err != nil {
		return err
	}
	return personal.Rows(tx, out, personal.Find{Table: "page_revisions", Where: `account_id = $1`, Args: []any{p.Account}, Omit: []string{"document"}})
}

// Forget lets acts stay and takes away who did them.
func (s *Service) Forget(tx *db.Tx, p personal.Person) error {
	for _, statement := range []struct {
		query string
		args  []any
	}{
		{`UPDATE audit SET account_id = $1, detail = '' WHERE account_id = $2`, []any{personal.Left, p.Account}},
		{`UPDATE audit SET subject = $1, detail = '' WHERE subject = $2`, []any{"account:" + personal.Left, "account:" + p.Account}},
		{`UPDATE audit SET subject = $1, detail = '' WHERE subject = $2`, []any{"author:" + personal.Left, "author:" + p.Profile}},
		{`UPDATE page_revisions SET account_id = $1 WHERE account_id = $2`, []any{personal.Left, p.Account}},
	} {
		if _, err := tx.Exec(statement.query, statement.args...); err != nil {
			return fmt.Errorf("take a name out of the record: %w", err)
		}
	}
	return nil
}

// Vanish says of a thing that was removed for good that its address, if it had one that
// readers knew, and all that led there are gone, and takes its words out of the record.
// What an address said about somebody is not kept: only a keyed hash is.
func (s *Service) Vanish(tx *db.Tx, t Target, path string) error {
	paths, err := db.List(tx, db.Value[string], `SELECT path FROM redirects WHERE kind = $1 AND subject_id = $2`, t.Kind, t.ID)
	if err != nil {
		return fmt.Errorf("find what led to %s %s: %w", t.Kind, t.ID, err)
	}
	if path != "" {
		paths = append(paths, path)
	}
	for _, p := range paths {
		if err := s.MarkGone(tx, p); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(`DELETE FROM redirects WHERE kind = $1 AND subject_id = $2`, t.Kind, t.ID); err != nil {
		return fmt.Errorf("end what led to %s %s: %w", t.Kind, t.ID, err)
	}
	if _, err := tx.Exec(`UPDATE audit SET detail = '' WHERE subject = $1`, t.Kind+":"+t.ID); err != nil {
		return fmt.Errorf("take words out of the record: %w", err)
	}
	return nil
}

// MarkGone notes that a path led to something that was removed for good, or that a name
// of another kind meant it.
func (s *Service) MarkGone(tx *db.Tx, path string) error {
	_, err := tx.Exec(`INSERT INTO gone (hash, gone_at) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING`, s.Keyed(path), s.Clock().UnixMilli())
	if err != nil {
		return fmt.Errorf("note that an address is gone: %w", err)
	}
	return nil
}

// Gone reports that a path was marked so.
func (s *Service) Gone(tx *db.Tx, path string) (bool, error) {
	gone, err := db.Value[bool](tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM gone WHERE hash = $1)`, s.Keyed(path)))
	if err != nil {
		return false, fmt.Errorf("look up whether an address is gone: %w", err)
	}
	return gone, nil
}

// Keyed is a text as nobody can read or guess it who has not got the instance key.
func (s *Service) Keyed(text string) string {
	mac := hmac.New(sha256.New, s.GoneKey)
	mac.Write([]byte(text))
	return hex.EncodeToString(mac.Sum(nil))
}

// Shows reports that a page, or a version of one, shows a picture.
func (s *Service) Shows(tx *db.Tx, pictureID string) (bool, error) {
	return db.Value[bool](tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM pages WHERE body LIKE '%' || $1 || '%')
		OR EXISTS (SELECT 1 FROM page_revisions WHERE document LIKE '%' || $1 || '%')`, pictureID))
}
