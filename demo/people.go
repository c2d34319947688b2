package demo

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"waypost/community"
	"waypost/internal/db"
	"waypost/internal/id"
	"waypost/internal/mail"
	"waypost/members"
	"waypost/members/joining"
	"waypost/news"
	"waypost/stories"
)

// person is a member of the sample community. The name and the words of one who is an
// author stand with the authors.
type person struct {
	author
	Email    string
	Joined   int // days ago
	Roles    []members.Role
	Trusted  bool
	Language string
	Audience members.Audience
	Hidden   []string // fields of the profile that nobody else sees
	Follows  []string // "author:HANDLE", "topic:SLUG"
	Letters  news.Pace
}

// author is somebody with a page.
type author struct {
	Handle, Name, Pronouns, Place, Bio string
	Links                              []members.Link
}

func (a author) profile(picture string) members.Profile {
	return members.Profile{Handle: a.Handle, Name: a.Name, Pronouns: a.Pronouns, Place: a.Place, Bio: a.Bio, Links: a.Links, PictureID: picture}
}

// SignIn is somebody as whom the sample community can be looked at.
type SignIn struct {
	Role  members.Role
	Name  string
	Email string
	Note  string // what makes them worth a look besides the role, as it goes on after their name
}

// SignIns are one of each role, those that may more first, then members with something
// of their own to look at.
func SignIns() []SignIn {
	return []SignIn{
		{members.Owner, "Adaeze Whitlock", "adaeze.whitlock@example.org", ""},
		{members.Editor, "Dez Achterberg", "dez@example.org", ""},
		{members.Organizer, "Folasade Brandt", "folasade.brandt@example.org", ""},
		{members.Moderator, "Lorcan Mistry", "lorcan.mistry@example.org", ""},
		{members.Member, "Mei Castellano", "mei.castellano@example.com", "who waits for a review"},
		{members.Member, "Noor van Eck", "noor.vaneck@example.com", "who had a first story sent back"},
		{members.Member, "Tamsin Oyelaran", "tamsin@example.com", "whose whole path is there"},
		{members.Member, "Shanice Amoah", "shanice.amoah@example.org", "whose path shows a change"},
		{members.Member, "Sunniva Rao", "sunniva.rao@example.org", "who is three weeks into a trial"},
	}
}

// earlier is the services by a clock that stands where it is put: what they do was done
// then, and nobody is written to about it.
type earlier struct {
	start, now time.Time
	members    members.Service
	joining    joining.Service
	news       news.Service
	stories    stories.Service
}

func newEarlier(site Site) *earlier {
	e := &earlier{start: site.Members.Clock(), members: *site.Members, joining: *site.Joining, news: *site.News, stories: *site.Stories}
	clock := func() time.Time { return e.now }
	ids := id.NewSource(clock)
	record := (&community.Service{IDs: ids, Clock: clock}).Record
	e.members.Clock, e.members.IDs, e.members.Record = clock, ids, record
	e.joining.Clock, e.joining.IDs, e.joining.Record = clock, ids, record
	e.news.Clock, e.news.IDs = clock, ids
	e.stories.Clock, e.stories.IDs, e.stories.Record, e.stories.Tell = clock, ids, record, nil
	return e
}

// ago puts the clock.
func (e *earlier) ago(d time.Duration) { e.now = e.start.Add(-d) }

const day = 24 * time.Hour

// seedMembers makes the accounts, in the order in which their holders joined.
func (s *seeding) seedMembers(tx *db.Tx) error {
	if err := readJSON("members.json", &s.people); err != nil {
		return err
	}
	slices.SortStableFunc(s.people, func(a, b person) int { return cmp.Compare(b.Joined, a.Joined) })
	names := map[string]string{}
	for _, a := range s.list {
		names[a.Handle] = a.Name
	}
	s.accounts = map[string]members.Actor{}
	for _, p := range s.people {
		s.earlier.ago(time.Duration(p.Joined) * day)
		address, err := mail.ParseAddress(p.Email)
		if err != nil {
			return fmt.Errorf("%s: %w", p.Email, err)
		}
		a, err := s.earlier.members.CreateAccount(tx, "", members.NewAccount{Name: cmp.Or(p.Name, names[p.Handle]), Email: address.String(),
			EmailKey: address.Key(), Language: p.Language, Roles: p.Roles})
		if err != nil {
			return fmt.Errorf("%s: %w", p.Email, err)
		}
		if err := s.earlier.members.Trust(tx, "", a.ID, p.Trusted); err != nil {
			return err
		}
		s.accounts[p.Handle] = members.Actor{AccountID: a.ID, Roles: a.Roles, Trusted: p.Trusted}
	}
	return nil
}

// seedProfiles gives those a page who are no authors.
func (s *seeding) seedProfiles(tx *db.Tx) error {
	for _, p := range s.people {
		by := s.accounts[p.Handle]
		if by.ProfileID = s.authors[p.Handle]; by.ProfileID == "" {
			s.earlier.ago(time.Duration(p.Joined) * day)
			profile := p.profile("")
			profile.AccountID, profile.Audience, profile.Shown = by.AccountID, p.Audience, map[string]members.Audience{}
			for _, field := range members.ShownFields {
				profile.Shown[field] = p.Audience
				if slices.Contains(p.Hidden, field) {
					profile.Shown[field] = members.NoOne
				}
			}
			saved, err := s.earlier.members.SaveProfileIn(tx, by.AccountID, profile)
			if err != nil {
				return fmt.Errorf("%s: %w", p.Handle, err)
			}
			by.ProfileID = saved.ID
		}
		s.accounts[p.Handle] = by
	}
	return nil
}

// seedFollows is what members hear of.
func (s *seeding) seedFollows(tx *db.Tx) error {
	for _, p := range s.people {
		s.earlier.ago(time.Duration(p.Joined) * day)
		account := s.accounts[p.Handle].AccountID
		if err := s.earlier.news.Choose(tx, account, news.Choice{Stories: cmp.Or(p.Letters, news.Never), Followed: news.AtOnce}); err != nil {
			return fmt.Errorf("%s: %w", p.Handle, err)
		}
		for _, f := range p.Follows {
			kind, name, _ := strings.Cut(f, ":")
			made := map[news.Kind]map[string]string{news.Author: s.authors, news.Topic: s.topics}[news.Kind(kind)]
			ids, err := named(made, []string{name})
			if err != nil {
				return fmt.Errorf("%s: %w", p.Handle, err)
			}
			if err := s.earlier.news.Follow(tx, account, news.Subject{Kind: news.Kind(kind), ID: ids[0]}); err != nil {
				return err
			}
		}
	}
	return nil
}

// seedInvitations are links that members hand out, one of them used up by none.
func (s *seeding) seedInvitations(tx *db.Tx) error {
	for _, v := range []struct {
		by  string
		ago time.Duration
		joining.NewInvite
	}{
		{"yusra-kaplan", 20 * day, joining.NewInvite{Role: members.Member, Note: "The autumn’s placements", Uses: 60, Days: 120}},
		{"folasade-brandt", 9 * day, joining.NewInvite{Role: members.Member, Note: "The card on the tables at the Railway Arms", Uses: 40, Days: 90}},
		{"adaeze-whitlock", 2 * day, joining.NewInvite{Role: members.Editor, Note: "Somebody from the paper, if she says yes", Uses: 1, Days: 30}},
	} {
		s.earlier.ago(v.ago)
		if _, err := s.earlier.joining.InviteIn(tx, s.accounts[v.by], v.NewInvite); err != nil {
			return fmt.Errorf("invitation of %s: %w", v.by, err)
		}
	}
	return nil
}
