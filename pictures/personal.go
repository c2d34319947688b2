package pictures

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"waypost/internal/db"
	"waypost/internal/personal"
)

// UploadedBy lists the pictures that an account uploaded.
func (s *Service) UploadedBy(tx *db.Tx, account string) ([]string, error) {
	return db.List(tx, db.Value[string], `SELECT picture_id FROM picture_uploads WHERE account_id = $1`, account)
}

// Uploaded reports that a picture is somebody's who is still here.
func (s *Service) Uploaded(tx *db.Tx, id string) (bool, error) {
	return db.Value[bool](tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM picture_uploads WHERE picture_id = $1)`, id))
}

// Held hands over what somebody uploaded, and of these and other pictures the files.
func (s *Service) Held(tx *db.Tx, p personal.Person, others []string, out personal.Out) error {
	if err := personal.Rows(tx, out, personal.Find{Table: "picture_uploads", Where: `account_id = $1`, Args: []any{p.Account}}); err != nil {
		return err
	}
	own, err := s.UploadedBy(tx, p.Account)
	if err != nil {
		return err
	}
	given := map[string]bool{}
	for _, id := range append(own, others...) {
		if given[id] {
			continue
		}
		given[id] = true
		if err := s.hand(tx, id, out); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) hand(tx *db.Tx, id string, out personal.Out) error {
	found, err := s.ByIDs(tx, []string{id})
	p, ok := found[id]
	if err != nil || !ok {
		return err
	}
	file, info, err := s.Open(strings.TrimPrefix(p.Address(), "/media/"))
	if err != nil {
		return fmt.Errorf("hand over picture %s: %w", id, err)
	}
	defer file.Close()
	return out.File("pictures/"+p.ID+p.Extension, info.ModTime(), file)
}

// Forget takes away who uploaded what; the pictures stay.
func (s *Service) Forget(tx *db.Tx, p personal.Person) error {
	if _, err := tx.Exec(`DELETE FROM picture_uploads WHERE account_id = $1`, p.Account); err != nil {
		return fmt.Errorf("take a name off pictures: %w", err)
	}
	return nil
}

// Remove takes a picture away that nobody shows any more, and returns the names of its
// files for Unlink, which comes after the commit.
func (s *Service) Remove(tx *db.Tx, id string) ([]string, error) {
	found, err := s.ByIDs(tx, []string{id})
	p, ok := found[id]
	if err != nil || !ok {
		return nil, err
	}
	if _, err := tx.Exec(`DELETE FROM pictures WHERE id = $1`, id); err != nil {
		return nil, fmt.Errorf("remove picture %s: %w", id, err)
	}
	s.Keeper.Forget(tx, Tag(id))
	var names []string
	for _, v := range p.Variants() {
		names = append(names, strings.TrimPrefix(v.URL, "/media/"))
	}
	return names, nil
}

// Unlink removes the files of pictures that are gone.
func (s *Service) Unlink(names []string) error {
	var errs []error
	for _, name := range names {
		if err := s.Files.Remove(name); !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	if err := errors.Join(errs...); err != nil || len(names) == 0 {
		return err
	}
	return s.syncFolder()
}

// FilesOf lists the names of the files that begin with a picture's ID, whether or not
// its row is still there.
func (s *Service) FilesOf(id string) ([]string, error) {
	if len(id) != idDigits || strings.Trim(id, "0123456789abcdef") != "" {
		return nil, nil
	}
	return fs.Glob(s.Files.FS(), id+"*")
}
