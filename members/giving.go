package members

import (
	"cmp"
	"fmt"
	"maps"

	"waypost/internal/db"
	"waypost/internal/problem"
)

// Give makes an author who has no account, such as an import brings, the page of a
// member. What the member says of themselves stands there from then on, and the author's
// address leads to theirs. A page they had is gone: move lets all that refers to it refer
// to the author.
func (s *Service) Give(tx *db.Tx, by Actor, account, handle string, move func(from, to string) error) (Profile, error) {
	p, err := s.ruled(tx, by, account)
	if err != nil {
		return Profile{}, err
	}
	author, err := s.ProfileByHandle(tx, handle)
	var f problem.Fields
	switch {
	case problem.Is(err, problem.NotFound) || author.ID == FormerID:
		f.Add("author", "desk.story.no_handle", "handle", handle)
		return author, f.Err()
	case err != nil:
		return author, err
	case author.AccountID != "":
		f.Add("author", "give.has_account", "name", author.Name)
		return author, f.Err()
	}
	given := author
	if p.Author != "" {
		if given, err = s.ProfileByID(tx, p.Author); err != nil {
			return given, err
		}
		if err := move(given.ID, author.ID); err != nil {
			return given, err
		}
		s.Keeper.Forget(tx, TagProfile(given.ID), TagProfiles)
		if _, err := tx.Exec(`DELETE FROM profiles WHERE id = $1`, given.ID); err != nil {
			return given, fmt.Errorf("give author %s to a member: %w", handle, err)
		}
		given.ID, given.Version, given.Created = author.ID, author.Version, author.Created
		given.hide()
		given.Bio, given.PictureID = cmp.Or(given.Bio, author.Bio), cmp.Or(given.PictureID, author.PictureID)
		given.Pronouns, given.Place = cmp.Or(given.Pronouns, author.Pronouns), cmp.Or(given.Place, author.Place)
		if len(given.Links) == 0 {
			given.Links = author.Links
		}
	}
	given.AccountID = account
	if given, err = s.SaveProfileIn(tx, by.AccountID, given); err != nil {
		return given, err
	}
	return given, s.Record(tx, by.AccountID, "author.given", TagProfile(given.ID), author.Handle)
}

// hide keeps to their holder what stands on a page that nobody finds, for the stories that
// come to it are found by everybody. What they chose about a field stays.
func (p *Profile) hide() {
	if p.Audience != NoOne {
		return
	}
	written := map[string]bool{"pronouns": p.Pronouns != "", "place": p.Place != "", "bio": p.Bio != "", "links": len(p.Links) > 0, "picture": p.PictureID != ""}
	p.Shown = maps.Clone(p.Shown)
	for _, field := range ShownFields {
		if _, chosen := p.Shown[field]; written[field] && !chosen {
			if p.Shown == nil {
				p.Shown = map[string]Audience{}
			}
			p.Shown[field] = NoOne
		}
	}
}
