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

// Newest lists the pictures stored last.
func (s *Service) Newest(tx *db.Tx, limit int) ([]Picture, error) {
	return db.List(tx, func(r db.Row) (Picture, error) { return scan(r) }, `SELECT `+columns+` FROM pictures ORDER BY created_at DESC, id DESC LIMIT $1`, limit)
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

// upsert stores a picture and reports whether it is new or got another alt.
func upsert(tx *db.Tx, p Picture, now time.Time) (bool, error) {
	n, err := tx.Exec(`INSERT INTO pictures (`+columns+`, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (id) DO UPDATE SET alt = excluded.alt WHERE excluded.alt NOT IN ('', pictures.alt)`,
		p.ID, p.Extension, p.ContentType, p.Width, p.Height, p.Bytes, p.Alt, now.UnixMilli())
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
