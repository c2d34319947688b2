package members

import (
	"encoding/json"
	"fmt"
	"time"

	"waypost/internal/db"
	"waypost/internal/looks"
	"waypost/internal/problem"
)

const profileColumns = `id, handle, name, pronouns, place, bio, links, picture_id, account_id, version, created_at, updated_at, audience, shown`

func scanProfile(r db.Row) (Profile, error) {
	var p Profile
	var links, shown string
	var picture, account *string
	var created, updated int64
	err := r.Scan(&p.ID, &p.Handle, &p.Name, &p.Pronouns, &p.Place, &p.Bio, &links, &picture, &account, &p.Version, &created, &updated, &p.Audience, &shown)
	if err != nil {
		return p, err
	}
	if picture != nil {
		p.PictureID = *picture
	}
	if account != nil {
		p.AccountID = *account
	}
	p.Created, p.Updated = time.UnixMilli(created), time.UnixMilli(updated)
	if err := json.Unmarshal([]byte(shown), &p.Shown); err != nil {
		return p, err
	}
	if len(p.Shown) == 0 {
		p.Shown = nil
	}
	return p, json.Unmarshal([]byte(links), &p.Links)
}

func oneProfile(tx *db.Tx, query, key string) (Profile, error) {
	p, err := scanProfile(tx.QueryRow(query, key))
	if db.Missing(err) {
		return p, notFound()
	}
	if err != nil {
		return p, fmt.Errorf("read author %s: %w", key, err)
	}
	return p, nil
}

func notFound() error { return problem.New(problem.NotFound, "problem.not_found") }

func profileValues(p Profile) ([]any, error) {
	links, err := json.Marshal(p.Links)
	if err != nil {
		return nil, err
	}
	shown := []byte("{}")
	if len(p.Shown) > 0 {
		if shown, err = json.Marshal(p.Shown); err != nil {
			return nil, err
		}
	}
	return []any{p.ID, p.Handle, p.Name, p.Pronouns, p.Place, p.Bio, string(links), db.OrNull(p.PictureID), db.OrNull(p.AccountID),
		p.Version, p.Created.UnixMilli(), p.Updated.UnixMilli(), p.Audience, string(shown), looks.Handle(p.Handle), looks.Name(p.Name)}, nil
}

func insertProfile(tx *db.Tx, p Profile) error {
	values, err := profileValues(p)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO profiles (`+profileColumns+`, handle_looks, name_looks) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`, values...)
	return err
}

// updateProfile writes a profile whose Version is one above the stored one. A handle that
// stays keeps what is known of its look: two may have been there before anybody looked.
func updateProfile(tx *db.Tx, p Profile) (bool, error) {
	values, err := profileValues(p)
	if err != nil {
		return false, err
	}
	n, err := tx.Exec(`UPDATE profiles SET handle = $2, name = $3, pronouns = $4, place = $5, bio = $6, links = $7, picture_id = $8,
		account_id = $9, version = $10, created_at = $11, updated_at = $12, audience = $13, shown = $14,
		handle_looks = CASE WHEN handle = $2 THEN handle_looks ELSE $15 END, name_looks = $16 WHERE id = $1 AND version = $10 - 1`, values...)
	return n == 1, err
}
