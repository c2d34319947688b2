package members

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"waypost/internal/db"
	"waypost/internal/looks"
	"waypost/internal/problem"
	"waypost/internal/slug"
)

// Profile is an author: somebody with a page here.
type Profile struct {
	ID        string
	Handle    string // the readable part of the page's address
	Name      string
	Pronouns  string
	Place     string
	Bio       string // Markdown, the small subset
	Links     []Link
	PictureID string // empty: drawn initials
	AccountID string // empty: no account
	// Audience may find the profile without having read what it published; Shown says of
	// each field who sees it, and nothing of those that all see. "" is nobody.
	Audience Audience
	Shown    map[string]Audience
	Version  int64
	Created  time.Time
	Updated  time.Time
}

// Link is an outside page that a person names as theirs.
type Link struct {
	Label string `json:"label"`
	URL   string `json:"url"`
}

// Initials are one or two letters to draw where there is no picture.
func (p Profile) Initials() string {
	words := strings.Fields(p.Name)
	if len(words) == 0 {
		return "?"
	}
	first, _ := utf8.DecodeRuneInString(words[0])
	if len(words) == 1 {
		return strings.ToUpper(string(first))
	}
	last, _ := utf8.DecodeRuneInString(words[len(words)-1])
	return strings.ToUpper(string([]rune{first, last}))
}

// TagProfile is carried by pages that show a profile's name, picture or words.
func TagProfile(id string) string { return "author:" + id }

// TagProfiles is carried by lists of profiles.
const TagProfiles = "authors"

const (
	maxName  = 80
	maxShort = 80
	maxBio   = 2000
	maxLinks = 6
	maxURL   = 2000
)

func (p Profile) check() error {
	var f problem.Fields
	switch n := utf8.RuneCountInString(p.Name); {
	case n == 0:
		f.Add("name", "author.name_missing")
	case n > maxName:
		f.Add("name", "field.too_long", "max", maxName)
	}
	for _, short := range [...]struct{ name, value string }{{"pronouns", p.Pronouns}, {"place", p.Place}} {
		checkText(&f, short.name, short.value, maxShort)
	}
	checkText(&f, "bio", p.Bio, maxBio)
	if !slug.Valid(p.Handle) {
		f.Add("handle", "slug.form")
	}
	if len(p.Links) > maxLinks {
		f.Add("links", "author.links_many", "max", maxLinks)
	}
	for _, l := range p.Links {
		if !l.outside() {
			f.Add("links", "field.not_a_link", "value", l.URL)
		}
		checkText(&f, "links", l.Label, maxShort)
	}
	p.checkShown(&f)
	return f.Err()
}

func checkText(f *problem.Fields, field, text string, most int) {
	if utf8.RuneCountInString(text) > most {
		f.Add(field, "field.too_long", "max", most)
	}
	if looks.Misleads(text) {
		f.Add(field, "field.misleads")
	}
}

// outside reports that a link leads to a web page, with no name or password in it.
func (l Link) outside() bool {
	u, err := url.Parse(l.URL)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil && len(l.URL) <= maxURL
}

// ProfileByID finds an author; NotFound if there is none.
func (s *Service) ProfileByID(tx *db.Tx, id string) (Profile, error) {
	return oneProfile(tx, `SELECT `+profileColumns+` FROM profiles WHERE id = $1`, id)
}

// ProfileByHandle finds an author by their address; NotFound if there is none.
func (s *Service) ProfileByHandle(tx *db.Tx, handle string) (Profile, error) {
	return oneProfile(tx, `SELECT `+profileColumns+` FROM profiles WHERE handle = $1`, handle)
}

// ProfilesByID finds several authors at once, by ID.
func (s *Service) ProfilesByID(tx *db.Tx, ids []string) (map[string]Profile, error) {
	in, args := db.In(1, ids)
	list, err := db.List(tx, scanProfile, `SELECT `+profileColumns+` FROM profiles WHERE id IN `+in, args...)
	if err != nil {
		return nil, fmt.Errorf("read authors: %w", err)
	}
	byID := make(map[string]Profile, len(list))
	for _, p := range list {
		byID[p.ID] = p
	}
	return byID, nil
}

// Handles lists the handles of several authors, in order.
func (s *Service) Handles(tx *db.Tx, ids []string) ([]string, error) {
	in, args := db.In(1, ids)
	return db.List(tx, db.Value[string], `SELECT handle FROM profiles WHERE id IN `+in+` ORDER BY handle`, args...)
}

// Profiles lists authors by name from after a key on, at most limit.
func (s *Service) Profiles(tx *db.Tx, after ProfileKey, limit int) ([]Profile, error) {
	return db.List(tx, scanProfile, `SELECT `+profileColumns+` FROM profiles WHERE (name, id) > ($1, $2) ORDER BY name, id LIMIT $3`,
		after.Name, after.ID, limit)
}

// WithoutAccount lists authors who have no account, by name, at most limit.
func (s *Service) WithoutAccount(tx *db.Tx, limit int) ([]Profile, error) {
	return db.List(tx, scanProfile, `SELECT `+profileColumns+` FROM profiles WHERE account_id IS NULL ORDER BY name, id LIMIT $1`, limit)
}

// ProfileKey is a place in the list of authors.
type ProfileKey struct{ Name, ID string }

// SaveProfile writes an author: a new one if it has no ID, otherwise over the
// version it was read at. A changed handle leaves a redirect.
func (s *Service) SaveProfile(ctx context.Context, by string, p Profile) (Profile, error) {
	var saved Profile
	err := s.DB.Update(ctx, func(tx *db.Tx) (err error) {
		saved, err = s.SaveProfileIn(tx, by, p)
		return err
	})
	return saved, err
}

// SaveProfileIn is SaveProfile within a transaction.
func (s *Service) SaveProfileIn(tx *db.Tx, by string, p Profile) (Profile, error) {
	p.Name, p.Handle = strings.TrimSpace(p.Name), strings.TrimSpace(p.Handle)
	if p.Audience == "" {
		p.Audience = NoOne
	}
	chosen := p.Handle == ""
	if chosen {
		handle, err := s.freeHandle(tx, p.Name)
		if err != nil {
			return p, err
		}
		p.Handle = handle
	}
	if err := p.check(); err != nil {
		return p, err
	}
	p.Updated = s.Clock()
	p.Version++
	if err := s.accountFree(tx, p); err != nil {
		return p, err
	}
	var err error
	if p.ID == "" {
		if !chosen {
			if err := s.handleFree(tx, p); err != nil {
				return p, err
			}
		}
		p.ID, p.Created = s.IDs.New(), p.Updated
		err = insertProfile(tx, p)
	} else {
		err = s.replaceProfile(tx, &p)
	}
	switch {
	case db.Duplicate(err) && chosen:
		return p, db.Again(err) // and choose another one
	case db.Duplicate(err):
		var f problem.Fields
		f.Add("handle", "slug.taken", "slug", p.Handle)
		return p, f.Err()
	case err != nil:
		return p, fmt.Errorf("save author %s: %w", p.Handle, err)
	}
	if err := nameAgain(tx, p); err != nil {
		return p, err
	}
	s.Keeper.Touch(tx, TagProfile(p.ID), TagProfiles)
	if err := index(tx, p.AccountID); err != nil {
		return p, err
	}
	return p, s.Record(tx, by, "author.saved", TagProfile(p.ID), p.Handle)
}

func (s *Service) replaceProfile(tx *db.Tx, p *Profile) error {
	before, err := s.ProfileByID(tx, p.ID)
	if err != nil {
		return err
	}
	p.Created = before.Created
	if p.Handle != before.Handle {
		if err := s.handleFree(tx, *p); err != nil {
			return err
		}
	}
	ok, err := updateProfile(tx, *p)
	if err != nil {
		return err
	}
	if !ok {
		return problem.New(problem.Conflict, "author.changed")
	}
	if before.AccountID != "" && before.AccountID != p.AccountID {
		if err := index(tx, before.AccountID); err != nil {
			return err
		}
	}
	if before.Audience != p.Audience || !maps.Equal(before.Shown, p.Shown) {
		s.Keeper.Forget(tx, TagProfile(p.ID), TagProfiles) // what is hidden is gone before anything else
	}
	if before.Handle == p.Handle {
		return nil
	}
	return s.Redirect(tx, address(before.Handle), p.ID)
}

// accountFree reports a link to an account that another author is linked with.
func (s *Service) accountFree(tx *db.Tx, p Profile) error {
	if p.AccountID == "" {
		return nil
	}
	var taken bool
	err := tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM profiles WHERE account_id = $1 AND id <> $2)`, p.AccountID, p.ID).Scan(&taken)
	if err != nil {
		return fmt.Errorf("link author %s: %w", p.Handle, err)
	}
	if !taken {
		return nil
	}
	var f problem.Fields
	f.Add("account", "author.account_taken")
	return f.Err()
}

// freeHandle makes a handle of a name that nobody has or had: an old address must not
// come to lead to another person.
func (s *Service) freeHandle(tx *db.Tx, name string) (string, error) {
	base := slug.Make(name)
	if base == "" {
		base = "author"
	}
	for n := 1; ; n++ {
		handle := base
		if n > 1 || !slug.Valid(base) {
			handle = slug.Numbered(base, n)
		}
		taken, err := looksTaken(tx, handle, "")
		if err != nil {
			return "", err
		}
		had, err := s.formerly(tx, handle)
		if err != nil {
			return "", err
		}
		if !taken && had == "" {
			return handle, nil
		}
	}
}

// handleFree refuses a handle that somebody else has or that looks like theirs, and that
// of somebody who has left: what leads there must not come to lead to another person.
func (s *Service) handleFree(tx *db.Tx, p Profile) error {
	fault := func(key string) error {
		var f problem.Fields
		f.Add("handle", key, "slug", p.Handle)
		return f.Err()
	}
	had, err := s.formerly(tx, p.Handle)
	if err != nil {
		return err
	}
	if had == GoneHandle {
		return fault("slug.taken")
	}
	if other, err := s.ProfileByHandle(tx, p.Handle); err == nil && other.ID != p.ID {
		return fault("slug.taken")
	} else if err != nil && !problem.Is(err, problem.NotFound) {
		return err
	}
	taken, err := looksTaken(tx, p.Handle, p.ID)
	if err == nil && taken {
		err = fault("handle.looks_like")
	}
	return err
}

// GoneHandle is what Formerly answers for the address of somebody who has left.
const GoneHandle = "gone"

func (s *Service) formerly(tx *db.Tx, handle string) (string, error) {
	if s.Formerly == nil {
		return "", nil
	}
	return s.Formerly(tx, address(handle))
}

func address(handle string) string { return "/authors/" + handle }
