//go:build linux

package site

import (
	"context"
	"fmt"

	"waypost/internal/db"
	"waypost/members"
)

// Populate lets so many members join, each with a profile that other members see.
// Member n has the address of MemberAddress.
func (s *Site) Populate(ctx context.Context, all int) error {
	for from := 0; from < all; from += 10 * batch {
		err := s.DB.Update(ctx, func(tx *db.Tx) error {
			for n := from; n < min(from+10*batch, all); n++ {
				if err := s.join(tx, n); err != nil {
					return fmt.Errorf("make member %d: %w", n, err)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Site) join(tx *db.Tx, n int) error {
	name, address := fmt.Sprintf("%s %s%04d", firstNames[n%len(firstNames)], lastNames[n/len(firstNames)%len(lastNames)], n), MemberAddress(n)
	a, err := s.Members.CreateAccount(tx, "", members.NewAccount{Name: name, Email: address, EmailKey: address})
	if err != nil {
		return err
	}
	_, err = s.Members.SaveProfileIn(tx, a.ID, members.Profile{Handle: fmt.Sprintf("member-%d", n), Name: name, Audience: members.MembersOnly, AccountID: a.ID})
	return err
}

var (
	firstNames = []string{"Ada", "Bruno", "Chidi", "Dana", "Elif", "Farid", "Greta", "Hana", "Iker", "Jun"}
	lastNames  = []string{"Abel", "Brandt", "Costa", "Diaz", "Erdem", "Fischer", "Gomez", "Haddad", "Ito", "Jansen"}
)

// MemberAddress is the address of a member that Populate has made.
func MemberAddress(n int) string { return fmt.Sprintf("member-%06d@people.example", n) }
