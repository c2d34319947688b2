package pictures

import (
	"context"
	"fmt"
	"time"

	"waypost/internal/db"
	"waypost/internal/problem"
)

const columns = `id, extension, content_type, width, height, bytes, alt`

// scan reads a picture and what columns follow it.
func scan(r db.Row, more ...any) (Picture, error) {
	var p Picture
	return p, r.Scan(append([]any{&p.ID, &p.Extension, &p.ContentType, &p.Width, &p.Height, &p.Bytes, &p.Alt}, more...)...)
}

// ByIDs finds pictures with their sizes, by ID; those that are not there are left out.
func (s *Service) ByIDs(tx *db.Tx, ids []string) (map[string]Picture, error) {
	byID := make(map[string]Picture, len(ids))
	if len(ids) == 0 {
		return byID, nil
	}
	in, args := db.In(1, ids)
	_, err := db.List(tx, func(r db.Row) (struct{}, error) {
		var width, height *int
		var bytes *int64
		p, err := scan(r, &width, &height, &bytes)
		if earlier, ok := byID[p.ID]; ok {
			p = earlier
		}
		if width != nil {
			p.Sizes = append(p.Sizes, Size{*width, *height, *bytes})
		}
		byID[p.ID] = p
		return struct{}{}, err
	}, `SELECT p.id, p.extension, p.content_type, p.width, p.height, p.bytes, p.alt, z.width, z.height, z.bytes
		FROM pictures p LEFT JOIN picture_sizes z ON z.picture_id = p.id WHERE p.id IN `+in+` ORDER BY p.id, z.width`, args...)
	if err != nil {
		return nil, fmt.Errorf("read pictures: %w", err)
	}
	return byID, nil
}

// Newest lists the pictures stored last that all who edit share or, with an account, what
// a member uploaded.
func (s *Service) Newest(tx *db.Tx, account string, limit int) ([]Picture, error) {
	whole := func(r db.Row) (Picture, error) { return scan(r) }
	if account == "" {
		return db.List(tx, whole, `SELECT `+columns+` FROM pictures WHERE shared ORDER BY created_at DESC, id DESC LIMIT $1`, limit)
	}
	return db.List(tx, whole, `SELECT `+columns+` FROM pictures p JOIN (SELECT picture_id, uploaded_at FROM picture_uploads WHERE account_id = $1
		ORDER BY uploaded_at DESC, picture_id DESC LIMIT $2) AS mine ON mine.picture_id = p.id ORDER BY mine.uploaded_at DESC, p.id DESC`, account, limit)
}

// Offered reports that a picture is among those that Newest lists, however old.
func (s *Service) Offered(tx *db.Tx, account, id string) (bool, error) {
	var held bool
	query, args := `SELECT EXISTS (SELECT 1 FROM picture_uploads WHERE picture_id = $1 AND account_id = $2)`, []any{id, account}
	if account == "" {
		query, args = `SELECT EXISTS (SELECT 1 FROM pictures WHERE id = $1 AND shared)`, []any{id}
	}
	err := tx.QueryRow(query, args...).Scan(&held)
	if err != nil {
		return false, fmt.Errorf("look whose picture %s is: %w", id, err)
	}
	return held, nil
}

func (s *Service) byID(ctx context.Context, id string) (Picture, error) {
	var p Picture
	err := s.DB.View(ctx, func(tx *db.Tx) (err error) {
		p, err = scan(tx.QueryRow(`SELECT `+columns+` FROM pictures WHERE id = $1`, id))
		return err
	})
	if db.Missing(err) {
		return p, problem.New(problem.NotFound, "problem.not_found")
	}
	return p, err
}

// upsert stores a picture, notes who brought it, and reports whether it is new or got
// another alt. A member gives another alt only to what nobody else has brought.
func upsert(tx *db.Tx, p Picture, by By, now time.Time) (bool, error) {
	n, err := tx.Exec(`INSERT INTO pictures (`+columns+`, created_at, shared) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (id) DO UPDATE SET alt = excluded.alt WHERE excluded.alt NOT IN ('', pictures.alt) AND (excluded.shared OR NOT pictures.shared
			AND NOT EXISTS (SELECT 1 FROM picture_uploads u WHERE u.picture_id = pictures.id AND u.account_id <> $10))`,
		p.ID, p.Extension, p.ContentType, p.Width, p.Height, p.Bytes, p.Alt, now.UnixMilli(), by.Shared, by.Account)
	if err != nil {
		return false, err
	}
	if by.Shared {
		if _, err := tx.Exec(`UPDATE pictures SET shared = TRUE WHERE id = $1 AND NOT shared`, p.ID); err != nil {
			return false, err
		}
	}
	if by.Account != "" {
		_, err = tx.Exec(`INSERT INTO picture_uploads (account_id, picture_id, uploaded_at) VALUES ($1, $2, $3)
			ON CONFLICT (picture_id, account_id) DO UPDATE SET uploaded_at = excluded.uploaded_at`, by.Account, p.ID, now.UnixMilli())
	}
	return n > 0, err
}

func insertSizes(tx *db.Tx, p Picture) error {
	for _, z := range p.Sizes {
		_, err := tx.Exec(`INSERT INTO picture_sizes (picture_id, width, height, bytes) VALUES ($1, $2, $3, $4)
			ON CONFLICT (picture_id, width) DO UPDATE SET height = excluded.height, bytes = excluded.bytes`,
			p.ID, z.Width, z.Height, z.Bytes)
		if err != nil {
			return fmt.Errorf("store picture sizes: %w", err)
		}
	}
	return nil
}
