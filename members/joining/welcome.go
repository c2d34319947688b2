package joining

import (
	"waypost/internal/db"
	"waypost/members"
)

// Introduced gives somebody who has joined their name and the language they are spoken
// to in, and a page as an author of that name if they have none.
func (s *Service) Introduced(tx *db.Tx, by members.Actor, name, language string) error {
	if err := s.Members.Naming(tx, by, name, ""); err != nil {
		return err
	}
	if by.ProfileID == "" {
		if _, err := s.Members.SaveProfileIn(tx, by.AccountID, members.Profile{Name: name, AccountID: by.AccountID}); err != nil {
			return err
		}
	}
	return s.Members.NameAccount(tx, by.AccountID, name, language)
}
