package demo

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"maps"
	"slices"
	"strings"
	"time"

	"waypost/community"
	"waypost/internal/db"
	"waypost/internal/images"
	"waypost/members"
	"waypost/members/joining"
	"waypost/news"
	"waypost/paths"
	"waypost/pictures"
	"waypost/replies"
	"waypost/resources"
	"waypost/stories"
	"waypost/topics"
)

// Site is what the sample community is put into.
type Site struct {
	DB        *db.DB
	Community *community.Service
	Members   *members.Service
	Topics    *topics.Service
	Stories   *stories.Service
	Resources *resources.Service
	Pictures  *pictures.Service
	Joining   *joining.Service
	News      *news.Service
	Replies   *replies.Service
	Paths     *paths.Service
}

// seeding is one run of Seed: what has been made so far, by its name in the texts.
type seeding struct {
	Site
	by       members.Actor
	zone     *time.Location
	topics   map[string]string
	authors  map[string]string
	portrait map[string]string
	cover    map[string]string
	stories  map[string]stories.Story // by slug and by the number of the file
	list     []author

	people   []person
	accounts map[string]members.Actor
	queue    []said
	earlier  *earlier
}

// Seed puts the sample community into an empty Waypost: its pictures first, then all
// the rest in one act, so that a Waypost either has it or is not set up.
func Seed(ctx context.Context, site Site) error {
	s := newSeeding(site)
	s.earlier = newEarlier(site)
	if err := s.judgeQueue(ctx); err != nil {
		return err
	}
	return s.seed(ctx, s.community, s.seedTopics, s.seedMembers, s.seedAuthors, s.seedProfiles, s.seedFollows, s.seedInvitations,
		s.seedResources, s.seedPages, s.seedStories, s.seedDesk, s.seedReplies, s.seedPaths)
}

// SeedPages puts in what readers see of the sample community, and nobody who could sign in.
func SeedPages(ctx context.Context, site Site) error {
	s := newSeeding(site)
	return s.seed(ctx, s.community, s.seedTopics, s.seedAuthors, s.seedResources, s.seedPages, s.seedStories)
}

func newSeeding(site Site) *seeding {
	return &seeding{Site: site, by: members.Console(), topics: map[string]string{}, authors: map[string]string{},
		portrait: map[string]string{}, cover: map[string]string{}, stories: map[string]stories.Story{}}
}

func (s *seeding) seed(ctx context.Context, steps ...func(*db.Tx) error) error {
	if err := readJSON("authors.json", &s.list); err != nil {
		return err
	}
	if err := s.pictures(ctx); err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		for _, step := range steps {
			if err := step(tx); err != nil {
				return fmt.Errorf("sample community: %w", err)
			}
		}
		return nil
	})
}

func (s *seeding) community(tx *db.Tx) error {
	var c struct {
		Name, Tagline, Language, Accent string
		TimeZone                        string `json:"time_zone"`
	}
	if err := readJSON("community.json", &c); err != nil {
		return err
	}
	settings := community.Settings{Name: c.Name, Tagline: c.Tagline, Language: c.Language, TimeZone: c.TimeZone, Accent: c.Accent}
	s.zone = settings.Location()
	return s.Community.SaveIn(tx, s.by.AccountID, settings)
}

// pictures stores the covers and portraits, which are drawn and sized already.
func (s *seeding) pictures(ctx context.Context) error {
	for _, folder := range []struct {
		path string
		into map[string]string
	}{{"pictures", s.cover}, {"pictures/authors", s.portrait}} {
		entries, err := files.ReadDir(folder.path)
		if err != nil {
			return err
		}
		for _, e := range entries {
			name, isPNG := strings.CutSuffix(e.Name(), ".png")
			if !isPNG || slices.ContainsFunc(images.Widths(), func(w int) bool { return strings.HasSuffix(name, fmt.Sprintf("-%d", w)) }) {
				continue
			}
			if folder.into[name], err = s.picture(ctx, folder.path+"/"+name); err != nil {
				return fmt.Errorf("picture %s: %w", name, err)
			}
		}
	}
	return nil
}

func (s *seeding) picture(ctx context.Context, name string) (string, error) {
	whole, err := drawn(name + ".png")
	if err != nil {
		return "", err
	}
	var sizes []images.Encoded
	for _, width := range images.Widths() {
		if width >= whole.Width {
			break
		}
		size, err := drawn(fmt.Sprintf("%s-%d.png", name, width))
		if err != nil {
			return "", err
		}
		sizes = append(sizes, size)
	}
	p, err := s.Pictures.AddReady(ctx, whole, sizes, "")
	return p.ID, err
}

func drawn(name string) (images.Encoded, error) {
	data, err := files.ReadFile(name)
	if err != nil {
		return images.Encoded{}, err
	}
	config, err := png.DecodeConfig(bytes.NewReader(data))
	return images.Encoded{Data: data, Ext: ".png", ContentType: "image/png", Width: config.Width, Height: config.Height}, err
}

func (s *seeding) seedTopics(tx *db.Tx) error {
	var list []struct{ Slug, Name, Description string }
	if err := readJSON("topics.json", &list); err != nil {
		return err
	}
	for _, t := range list {
		saved, err := s.Topics.SaveIn(tx, s.by.AccountID, topics.Topic{Slug: t.Slug, Name: t.Name, Description: t.Description})
		if err != nil {
			return err
		}
		s.topics[t.Slug] = saved.ID
	}
	return nil
}

func (s *seeding) seedAuthors(tx *db.Tx) error {
	for _, a := range s.list {
		p := a.profile(s.portrait[a.Handle])
		if p.AccountID = s.accounts[a.Handle].AccountID; p.AccountID != "" {
			p.Audience = members.Everyone
		}
		saved, err := s.Members.SaveProfileIn(tx, s.by.AccountID, p)
		if err != nil {
			return err
		}
		s.authors[a.Handle] = saved.ID
	}
	return nil
}

func (s *seeding) seedResources(tx *db.Tx) error {
	var list []struct {
		URL, Title, Note string
		Topics           []string
	}
	if err := readJSON("resources.json", &list); err != nil {
		return err
	}
	for _, r := range list {
		filed, err := named(s.topics, r.Topics)
		if err != nil {
			return err
		}
		if _, err := s.Resources.SaveIn(tx, s.by.AccountID, resources.Resource{URL: r.URL, Title: r.Title, Note: r.Note, Topics: filed}); err != nil {
			return err
		}
	}
	return nil
}

func (s *seeding) seedPages(tx *db.Tx) error {
	names, err := textsIn("pages")
	if err != nil {
		return err
	}
	for _, name := range names {
		t, err := readText(name)
		if err != nil {
			return err
		}
		_, err = s.Community.SavePageIn(tx, s.by.AccountID, community.Page{Slug: t.Slug, State: community.PagePublished, Title: t.Head["title"],
			Format: string(stories.Markdown), Body: t.Body, InMenu: true})
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *seeding) seedStories(tx *db.Tx) error {
	names, err := textsIn("stories")
	if err != nil {
		return err
	}
	for _, name := range names {
		c, err := s.content(name)
		if err != nil {
			return err
		}
		draft, err := s.Stories.CreateIn(tx, s.by, c)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		published, err := s.Stories.DoIn(tx, s.by, stories.Publish, draft.ID, draft.Version, time.Time{})
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		s.stories[published.Slug], s.stories[numberOf(name)] = published, published
	}
	return nil
}

func (s *seeding) content(name string) (stories.Content, error) {
	t, err := readText(name)
	if err != nil {
		return stories.Content{}, err
	}
	c := stories.Content{Title: t.Head["title"], Standfirst: t.Head["standfirst"], Slug: t.Slug, Language: t.Head["language"],
		Format: stories.Markdown, Body: t.Body}
	if id := s.cover[t.Slug]; id != "" {
		c.Cover = stories.Cover{PictureID: id, Alt: t.Head["cover_alt"]}
	}
	if c.Published, err = t.published(s.zone); err != nil {
		return c, err
	}
	if c.Authors, err = named(s.authors, t.list("authors")); err != nil {
		return c, err
	}
	if c.Topics, err = named(s.topics, t.list("topics")); err != nil {
		return c, err
	}
	c.Trail, err = trail(name)
	return c, err
}

// named looks up what was made under these names.
func named(made map[string]string, names []string) ([]string, error) {
	ids := make([]string, len(names))
	for i, n := range names {
		id := made[n]
		if id == "" {
			return nil, fmt.Errorf("%q is not one of %v", n, slices.Sorted(maps.Keys(made)))
		}
		ids[i] = id
	}
	return ids, nil
}
