package members

import (
	"fmt"
	"maps"
	"slices"

	"waypost/internal/db"
	"waypost/internal/problem"
)

// Audience is who may see something of a profile.
type Audience string

// The audiences.
const (
	Everyone    Audience = "everyone"
	MembersOnly Audience = "members"
	NoOne       Audience = "nobody"
)

func (a Audience) valid() bool { return slices.Contains([]Audience{Everyone, MembersOnly, NoOne}, a) }

// admits reports that somebody is among an audience.
func (a Audience) admits(by Actor) bool {
	return a == Everyone || a == MembersOnly && by.AccountID != ""
}

// ShownFields are the fields of a profile of which its holder says who sees them. The
// name and the handle are seen by whoever finds the profile.
var ShownFields = []string{"pronouns", "place", "bio", "links", "picture"}

// SeenBy is a profile as somebody gets to see it. Every page, feed and list that shows
// more of a person than their name takes it from here; only the forms of the person and
// of the owner hold the rest.
func (p Profile) SeenBy(by Actor) Profile {
	if by.ProfileID != "" && by.ProfileID == p.ID {
		return p
	}
	hide := func(field string) bool {
		a, chosen := p.Shown[field]
		return chosen && !a.admits(by) // what nobody chose about is an author's whom the desk made
	}
	if hide("pronouns") {
		p.Pronouns = ""
	}
	if hide("place") {
		p.Place = ""
	}
	if hide("bio") {
		p.Bio = ""
	}
	if hide("links") {
		p.Links = nil
	}
	if hide("picture") {
		p.PictureID = ""
	}
	p.Shown, p.AccountID = nil, ""
	return p
}

// FoundBy reports that somebody may find the profile without having read anything by
// that person.
func (p Profile) FoundBy(by Actor) bool {
	return by.ProfileID != "" && by.ProfileID == p.ID || p.Audience.admits(by)
}

func (p Profile) checkShown(f *problem.Fields) {
	if !p.Audience.valid() {
		f.Add("audience", "field.unknown")
	}
	for _, field := range slices.Sorted(maps.Keys(p.Shown)) {
		if !slices.Contains(ShownFields, field) || !p.Shown[field].valid() {
			f.Add("shown_"+field, "field.unknown")
		}
	}
}

// ProfileOf finds the profile of an account; NotFound if it has none.
func (s *Service) ProfileOf(tx *db.Tx, account string) (Profile, error) {
	return oneProfile(tx, `SELECT `+profileColumns+` FROM profiles WHERE account_id = $1`, account)
}

// PublicProfiles lists the identifiers of those who chose to be found by everybody.
func (s *Service) PublicProfiles(tx *db.Tx) ([]string, error) {
	list, err := db.List(tx, db.Value[string], `SELECT id FROM profiles WHERE audience = 'everyone'`)
	if err != nil {
		return nil, fmt.Errorf("list public profiles: %w", err)
	}
	return list, nil
}
