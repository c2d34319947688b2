package paths

import (
	"context"

	"waypost/internal/db"
)

// RewrapLate is Rewrap of so many members as go into one transaction, with something that
// happens between reading their keys and keeping them.
func (s *Service) RewrapLate(ctx context.Context, meanwhile func()) (some Rewrapped, err error) {
	list, err := s.wrappedBefore(ctx, "")
	if err != nil {
		return some, err
	}
	meanwhile()
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		some, err = s.rewrap(tx, list)
		return err
	})
	return some, err
}
