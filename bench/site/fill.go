//go:build linux

package site

import (
	"context"
	"fmt"
	"slices"
	"time"

	"waypost/demo"
	"waypost/internal/db"
	"waypost/members"
	"waypost/stories"
)

// batch is how many stories one transaction puts in.
const batch = 50

// sampleSize is how many stories others are made out of, at most.
const sampleSize = 100

// Fill puts the sample community and further stories into an empty site, and does
// the work that follows, such as related stories.
func (s *Site) Fill(ctx context.Context, all int, l Length) error {
	err := demo.SeedPages(ctx, demo.Site{DB: s.DB, Community: s.Community, Members: s.Members, Topics: s.Topics, Stories: s.Stories,
		Resources: s.Resources, Pictures: s.Pictures})
	if err != nil {
		return err
	}
	w, err := s.Writer(ctx, l)
	if err != nil {
		return err
	}
	for n := len(w.sample); n < all; n += batch {
		if err := s.publish(ctx, w, min(batch, all-n)); err != nil {
			return fmt.Errorf("publish stories: %w", err)
		}
	}
	if _, err := s.Jobs.Work(ctx); err != nil {
		return fmt.Errorf("do what follows: %w", err)
	}
	return nil
}

// Writer makes further stories out of the newest of a site.
func (s *Site) Writer(ctx context.Context, l Length) (*Writer, error) {
	var list []stories.Content
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		found, err := s.Stories.Newest(tx, stories.Key{}, sampleSize)
		if err != nil {
			return err
		}
		for _, st := range found {
			c, err := s.Stories.Content(tx, st)
			if err != nil {
				return err
			}
			list = append(list, c)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the sample community: %w", err)
	}
	return newWriter(l, list), nil
}

func (s *Site) publish(ctx context.Context, w *Writer, n int) error {
	texts := make([]stories.Content, n)
	for i := range texts {
		texts[i] = w.Next()
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		for _, c := range texts {
			draft, err := s.Stories.CreateIn(tx, members.Console(), c)
			if err != nil {
				return err
			}
			if _, err := s.Stories.DoIn(tx, members.Console(), stories.Publish, draft.ID, draft.Version, time.Time{}); err != nil {
				return err
			}
		}
		return nil
	})
}

// Pages are the addresses of a filled site.
type Pages struct {
	Story       string // an essay with a cover and the path behind it
	WithoutPath string // an essay without a path
	All         []string
}

// Pages lists every page that a link within the site leads to.
func (s *Site) Pages(ctx context.Context) (p Pages, err error) {
	p.All = []string{"/", "/stories", "/topics", "/authors", "/resources", "/feed.atom", "/feed.json", "/sitemap.xml"}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		found, err := s.Stories.Newest(tx, stories.Key{}, 1<<20)
		if err != nil {
			return err
		}
		for _, st := range slices.Backward(found) { // the sample's own are the newest
			switch at := stories.Address(st.Slug); {
			case p.Story == "" && st.HasTrail && st.Cover.PictureID != "":
				p.Story = at
			case p.WithoutPath == "" && !st.HasTrail && st.Cover.PictureID != "":
				p.WithoutPath = at
			}
			p.All = append(p.All, stories.Address(st.Slug))
		}
		return s.lists(tx, &p)
	})
	return p, err
}

func (s *Site) lists(tx *db.Tx, p *Pages) error {
	topics, err := s.Topics.All(tx)
	if err != nil {
		return err
	}
	for _, t := range topics {
		p.All = append(p.All, "/topics/"+t.Slug, "/topics/"+t.Slug+"/feed.atom")
	}
	authors, err := s.Members.Profiles(tx, members.ProfileKey{}, 1000)
	if err != nil {
		return err
	}
	for _, a := range authors {
		p.All = append(p.All, "/authors/"+a.Handle, "/authors/"+a.Handle+"/feed.atom")
	}
	return nil
}
