package wordpress

import (
	"slices"

	"waypost/community"
	"waypost/internal/problem"
	"waypost/internal/slug"
	"waypost/stories"
	"waypost/transfer/wordpress/words"
)

// page takes a page over.
func (s *step) page(p *parcel) error {
	was, here, err := s.lookUp(kindPage, p.id)
	if err != nil {
		return err
	}
	if !here {
		return s.makePage(p)
	}
	page, err := s.Community.PageByID(s.tx, was.subject)
	gone := problem.Is(err, problem.NotFound)
	switch {
	case err != nil && !gone:
		return err
	case !gone && was.hash != p.hash && page.Version == was.version:
		s.updated.Pages++
		s.tell(p, p.wish)
		return s.writePage(p, page)
	}
	s.kept.Pages++
	s.notTaken(p, was, gone)
	return nil
}

func (s *step) makePage(p *parcel) error {
	free, err := s.pageSlug(p)
	if err != nil {
		return err
	}
	s.made.Pages++
	s.tell(p, free)
	if s.dry() {
		s.claim("/" + free)
	}
	return s.writePage(p, community.Page{Slug: free})
}

// pageSlug is the page's own slug; that of its parent before it where the own one
// is taken; and something else where the program needs the word.
func (s *step) pageSlug(p *parcel) (string, error) {
	taken := func(slug string) (bool, error) { return s.live("/" + slug) }
	wish := p.wish
	if slices.Contains(community.Reserved, wish) {
		wish += "-page"
	}
	used, err := taken(wish)
	if err != nil {
		return "", err
	}
	if parent := s.survey.parent[p.item.Parent]; used && parent != "" {
		if both := slug.Make(words.Unescaped(parent) + "-" + wish); slug.Valid(both) {
			wish = both
		}
	}
	return words.FreeSlug(wish, taken)
}

// writePage saves a new page, or one that is here, with the parcel's text.
func (s *step) writePage(p *parcel, page community.Page) error {
	page.Title, page.Format, page.Body = p.content.Title, string(p.content.Format), p.content.Body
	page.State = community.PageDraft
	if p.state == stories.Published {
		page.State = community.PagePublished
	}
	if !s.dry() {
		saved, err := s.Community.SavePageIn(s.tx, s.account(), page)
		if err != nil {
			return err
		}
		if err := s.remember(kindPage, p.id, known{saved.ID, p.hash, saved.Version}); err != nil {
			return err
		}
		page = saved
	}
	return s.redirects(p, "/"+page.Slug, community.Target{Kind: kindPage, ID: page.ID})
}
