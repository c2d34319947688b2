package wordpress

import (
	"slices"
	"strconv"
	"strings"

	"waypost/community"
	"waypost/internal/problem"
	"waypost/stories"
	"waypost/transfer/wordpress/words"
	"waypost/transfer/wxr"
)

// redirects lets the addresses that readers of the old site knew lead to what an item
// became.
func (s *step) redirects(p *parcel, own string, to community.Target) error {
	if !p.public {
		return nil
	}
	var paths []string
	for _, address := range wxr.Addresses(p.item, s.survey.site) {
		if path := words.OldPath(address); !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
	}
	for _, path := range paths {
		if err := s.redirect(p.entry(), path, own, to); err != nil {
			return err
		}
	}
	return nil
}

// redirect lets one old path lead to a thing, unless it is the thing's own address,
// or that of another, or leads elsewhere already.
func (s *step) redirect(e Entry, path, own string, to community.Target) error {
	if path == "" || path == own {
		return nil
	}
	taken, err := s.live(path)
	if err != nil {
		return err
	}
	has, found, err := s.Community.Find(s.tx, path)
	switch {
	case err != nil:
		return err
	case found && has == to && to.ID != "":
		return nil
	case taken || found || s.taken(leading(path)):
		s.note(e, say("import.note_address_taken").with(path))
		return nil
	}
	s.made.Redirects++
	if s.dry() {
		s.claim(leading(path))
		return nil
	}
	return s.Community.Redirect(s.tx, path, to)
}

// numberRedirect leads from the address by number, "/?cat=3", that WordPress keeps
// beside the readable one.
func (s *step) numberRedirect(e Entry, name string, number int64, to community.Target) error {
	if number <= 0 {
		return nil
	}
	return s.redirect(e, s.survey.site.Below("?"+name+"="+strconv.FormatInt(number, 10)), "", to)
}

// homeRedirect leads from the front page of a site that lay in a folder; its feeds
// and archives are found by it.
func (s *step) homeRedirect() error {
	path := strings.TrimRight(words.OldPath(s.survey.site.Below()), "/")
	if path == "" {
		return nil
	}
	e := Entry{Kind: File, What: path}
	return s.redirect(e, path, "", community.Target{Kind: community.FormerHome, ID: community.FormerHome})
}

// leading is how a dry run notes that an old path leads somewhere.
func leading(path string) string { return "→ " + path }

// lists are addresses of the program that have no thing of their own.
var lists = []string{"/stories", "/authors", "/topics", "/resources"}

// live reports that an address is that of a thing here.
func (s *step) live(path string) (bool, error) {
	if s.taken(path) || slices.Contains(lists, path) {
		return true, nil
	}
	folder, slug, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	var err error
	switch {
	case slug == "" && !strings.Contains(folder, "?"):
		_, err = s.Community.PageBySlug(s.tx, folder)
	case strings.Contains(slug, "/"):
		return false, nil
	case stories.Address(slug) == path:
		_, err = s.Stories.BySlug(s.tx, slug)
	case folder == "authors":
		_, err = s.Members.ProfileByHandle(s.tx, slug)
	case folder == "topics":
		_, err = s.Topics.BySlug(s.tx, slug)
	default:
		return false, nil
	}
	if problem.Is(err, problem.NotFound) {
		return false, nil
	}
	return err == nil, err
}
