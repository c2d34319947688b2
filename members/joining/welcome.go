package joining

import (
	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
)

// Introduced gives somebody who has joined their name and the language they are spoken
// to in, and a page as an author of that name if they have none.
func (s *Service) Introduced(tx *db.Tx, by members.Actor, name, language string) error {
	var f problem.Fields
	members.CheckName(&f, "name", name)
	if err := f.Err(); err != nil {
		return err
	}
	if by.ProfileID == "" {
		if _, err := s.Members.SaveProfileIn(tx, by.AccountID, members.Profile{Name: name, AccountID: by.AccountID}); err != nil {
			return err
		}
	}
	return s.Members.NameAccount(tx, by.AccountID, name, language)
}
