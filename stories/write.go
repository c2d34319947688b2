package stories

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/internal/slug"
	"waypost/members"
	"waypost/stories/trails"
)

// ConflictError is a save over a version that somebody else changed meanwhile. It
// holds both texts: nothing is lost.
type ConflictError struct {
	Theirs  Content // what is stored now
	Version int64   // its version: saving over this one settles the conflict
	Mine    Content // what was to be saved
}

// Error is for logs; the desk shows both texts.
func (e *ConflictError) Error() string {
	return fmt.Sprintf("story was changed meanwhile, now at version %d", e.Version)
}

// Unwrap makes a conflict a problem of its kind.
func (e *ConflictError) Unwrap() error { return problem.New(problem.Conflict, "story.changed") }

// Ready is a text that was checked, rendered and drawn before the transaction that
// stores it, so that no writer waits for that.
type Ready struct {
	text Text
	id   string
}

// As gives the story that CreateReady makes the identifier that its draft had before.
func (r Ready) As(id string) Ready {
	r.id = id
	return r
}

// Prepare makes content ready for CreateReady, or for SaveReady over a story.
func (s *Service) Prepare(ctx context.Context, id string, c Content) (Ready, error) {
	c = c.tidy()
	var r Ready
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		published := c.Published
		if id != "" && published.IsZero() {
			before, err := s.ByID(tx, id)
			if err != nil {
				return err
			}
			published = before.Published
		}
		var err error
		r.text, err = s.make(tx, c, published)
		return err
	})
	return r, err
}

// of is the text that goes with content, which may have got other people, topics or
// words for its cover since.
func (r Ready) of(c Content) (Text, error) {
	if r.text.Format != c.Format || r.text.Body != c.Body {
		return r.text, errors.New("stories: another text was made ready")
	}
	return r.text, c.check()
}

// Create writes a new draft.
func (s *Service) Create(ctx context.Context, by members.Actor, c Content) (Story, error) {
	var saved Story
	ready, err := s.Prepare(ctx, "", c)
	if err != nil {
		return saved, err
	}
	err = s.DB.Update(ctx, func(tx *db.Tx) (err error) {
		saved, err = s.CreateReady(tx, by, c, ready)
		return err
	})
	return saved, err
}

// CreateReady is Create within a transaction, with the text made ready before.
func (s *Service) CreateReady(tx *db.Tx, by members.Actor, c Content, r Ready) (Story, error) {
	c = c.tidy()
	text, err := r.of(c)
	if err != nil {
		return Story{}, err
	}
	return s.create(tx, by, c, text, r.id)
}

// CreateIn is Create within a transaction, for those who write many stories in one.
func (s *Service) CreateIn(tx *db.Tx, by members.Actor, c Content) (Story, error) {
	c = c.tidy()
	text, err := s.make(tx, c, c.Published)
	if err != nil {
		return Story{}, err
	}
	return s.create(tx, by, c, text, "")
}

func (s *Service) create(tx *db.Tx, by members.Actor, c Content, text Text, id string) (Story, error) {
	if id == "" {
		id = s.IDs.New()
	}
	now := s.Clock()
	st := Story{ID: id, State: Draft, Created: now, Updated: now, Version: 1}
	if !by.Machine() {
		st.AccountID = by.AccountID
	}
	err := allow(by, Save, st)
	if err != nil {
		return st, err
	}
	if !by.May(members.ReviewStories) {
		if st.Authors, err = s.authorOf(tx, by); err != nil {
			return st, err
		}
	}
	if c, err = keepToOwn(by, st, Markdown, c); err != nil {
		return st, err
	}
	st.Published, st.Authors = c.Published, c.Authors
	if st.Slug, err = s.freeSlug(tx, c, ""); err != nil {
		return st, err
	}
	st = fill(st, c, text)
	if text, err = s.provisional(tx, text); err != nil {
		return st, err
	}
	if err := insertStory(tx, st, text); err != nil {
		return st, taken(err, st.Slug, "create story")
	}
	return st, s.written(tx, by, st, c, "story.created")
}

// Save writes content over the version it was read at. If the story has moved on,
// the error is a *ConflictError with both texts.
func (s *Service) Save(ctx context.Context, by members.Actor, id string, version int64, c Content) (Story, error) {
	var saved Story
	ready, err := s.Prepare(ctx, id, c)
	if err != nil {
		return saved, err
	}
	err = s.DB.Update(ctx, func(tx *db.Tx) (err error) {
		saved, err = s.SaveReady(tx, by, id, version, c, ready)
		return err
	})
	return saved, err
}

// SaveReady is Save within a transaction, with the text made ready before.
func (s *Service) SaveReady(tx *db.Tx, by members.Actor, id string, version int64, c Content, r Ready) (Story, error) {
	c = c.tidy()
	text, err := r.of(c)
	if err != nil {
		return Story{}, err
	}
	return s.save(tx, by, id, version, c, text)
}

// SaveIn is Save within a transaction, for those who write many stories in one.
func (s *Service) SaveIn(tx *db.Tx, by members.Actor, id string, version int64, c Content) (Story, error) {
	c = c.tidy()
	before, err := s.ByID(tx, id)
	if err != nil {
		return before, err
	}
	if c.Published.IsZero() {
		c.Published = before.Published
	}
	text, err := s.make(tx, c, c.Published)
	if err != nil {
		return before, err
	}
	return s.save(tx, by, id, version, c, text)
}

func (s *Service) save(tx *db.Tx, by members.Actor, id string, version int64, c Content, text Text) (Story, error) {
	before, err := s.ByID(tx, id)
	if err != nil {
		return before, err
	}
	if err := allow(by, Save, before); err != nil {
		return before, err
	}
	format, _, err := Source(tx, id)
	if err != nil {
		return before, fmt.Errorf("save story %s: %w", id, err)
	}
	if c, err = keepToOwn(by, before, format, c); err != nil {
		return before, err
	}
	if public(before.State) || before.State == Scheduled {
		if err := c.complete(); err != nil {
			return before, err
		}
	}
	if before.Version != version {
		return before, s.conflict(tx, id, c)
	}
	after := before
	after.Updated, after.Version = s.Clock(), version+1
	if after.Slug, err = s.freeSlug(tx, c, id); err != nil {
		return before, err
	}
	if !c.Published.IsZero() {
		after.Published = c.Published
	}
	after = fill(after, c, text)
	if text, err = s.provisional(tx, text); err != nil {
		return before, err
	}
	ok, err := updateStory(tx, after, text)
	if err != nil {
		return before, taken(err, after.Slug, "save story "+id)
	}
	if !ok {
		return before, s.conflict(tx, id, c)
	}
	if err := s.moved(tx, before, after); err != nil {
		return after, err
	}
	return after, s.written(tx, by, after, c, "story.saved")
}

func (s *Service) conflict(tx *db.Tx, id string, mine Content) error {
	now, err := s.ByID(tx, id)
	if err != nil {
		return err
	}
	theirs, err := s.Content(tx, now)
	if err != nil {
		return err
	}
	return &ConflictError{Theirs: theirs, Version: now.Version, Mine: mine}
}

// make checks content and renders it as readers get it.
func (s *Service) make(tx *db.Tx, c Content, published time.Time) (Text, error) {
	text := Text{Format: c.Format, Body: c.Body, Trail: c.Trail}
	if err := c.check(); err != nil {
		return text, err
	}
	var err error
	if text.Rendered, err = s.rendered(tx, text, c.Language); err != nil {
		return text, err
	}
	text.Drawing, err = s.drawn(tx, c.Trail, published)
	return text, err
}

// rendered renders a text, with each of its pictures named once.
func (s *Service) rendered(tx *db.Tx, t Text, language string) (Rendered, error) {
	r, err := s.Render(tx, t.Format, t.Body, language, "story-")
	if err != nil {
		return r, fmt.Errorf("render a story's text: %w", err)
	}
	r.Pictures = unique(r.Pictures)
	return r, nil
}

// fill puts content and its rendered text into a story.
func fill(st Story, c Content, text Text) Story {
	st.Title, st.Standfirst, st.Language, st.Cover, st.Note = c.Title, c.Standfirst, c.Language, c.Cover, c.Note
	st.Authors, st.Topics = c.Authors, c.Topics
	st.HasTrail, st.Words = len(c.Trail.Steps) > 0, text.Rendered.Words
	return st
}

// drawn draws the path behind a story, up to its publication.
func (s *Service) drawn(tx *db.Tx, t trails.Trail, published time.Time) (Drawing, error) {
	if len(t.Steps) == 0 {
		return Drawing{}, nil
	}
	if published.IsZero() {
		published = s.Clock()
	}
	d, err := s.Draw(tx, t, published)
	if err != nil {
		return d, fmt.Errorf("draw the path behind a story: %w", err)
	}
	return d, nil
}

// redraw draws the path anew after the date of publication changed.
func (s *Service) redraw(tx *db.Tx, before, after Story) error {
	if !after.HasTrail || before.Published.Equal(after.Published) {
		return nil
	}
	text, err := storedText(tx, after.ID)
	if err != nil {
		return err
	}
	if text.Drawing, err = s.drawn(tx, text.Trail, after.Published); err != nil {
		return err
	}
	return replaceDrawing(tx, after.ID, text.Drawing)
}

// written finishes every save: byline, topics, revision, stale pages, record.
func (s *Service) written(tx *db.Tx, by members.Actor, st Story, c Content, act string) error {
	if err := replaceLinks(tx, st); err != nil {
		return fmt.Errorf("save byline and topics: %w", err)
	}
	document, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("save revision: %w", err)
	}
	if err := insertRevision(tx, st, by.AccountID, string(document)); err != nil {
		return fmt.Errorf("save revision: %w", err)
	}
	return s.record(tx, by, act, st)
}

// record notes an act. The address of what is its authors' alone says what it is about:
// it is not for those who read the record.
func (s *Service) record(tx *db.Tx, by members.Actor, act string, st Story) error {
	detail := st.Slug
	if st.Private() {
		detail = ""
	}
	return s.Record(tx, by.AccountID, act, TagStory(st.ID), detail)
}

// authorOf is the byline of who begins a story: their profile, made now if they have none.
func (s *Service) authorOf(tx *db.Tx, by members.Actor) ([]string, error) {
	if by.ProfileID != "" {
		return []string{by.ProfileID}, nil
	}
	profile, err := s.Author(tx, by.AccountID)
	return []string{profile}, err
}

// moved follows a save: redirects, counts, lists. An address that readers never
// had leaves no redirect.
func (s *Service) moved(tx *db.Tx, before, after Story) error {
	if before.Slug != after.Slug && !before.Since.IsZero() {
		if err := s.Redirect(tx, Address(before.Slug), after.ID); err != nil {
			return err
		}
		if err := s.Release(tx, Address(after.Slug)); err != nil {
			return err
		}
	}
	return s.republish(tx, before, after)
}

// freeSlug is the slug that was asked for, or one made from the title. Asked-for
// words that another story has are a fault; made ones get a number. They do not take
// another's old address either: that is for somebody to decide.
func (s *Service) freeSlug(tx *db.Tx, c Content, own string) (string, error) {
	base := c.Slug
	if base == "" {
		base = slug.Make(c.Title)
	}
	if base == "" || !slug.Valid(base) {
		base = strings.Trim("story-"+base, "-")
	}
	for n := 1; ; n++ {
		candidate := base
		if n > 1 {
			candidate = slug.Numbered(base, n)
		}
		taken, err := slugTaken(tx, candidate, own)
		if err == nil && !taken && c.Slug == "" {
			taken, err = s.formerlyOf(tx, candidate, own)
		}
		if err != nil || !taken {
			return candidate, err
		}
		if c.Slug != "" {
			return "", slugFault(c.Slug)
		}
	}
}

// formerlyOf reports that a slug is in the old address of something else.
func (s *Service) formerlyOf(tx *db.Tx, slug, own string) (bool, error) {
	if s.Formerly == nil {
		return false, nil
	}
	who, err := s.Formerly(tx, Address(slug))
	return who != "" && who != own, err
}

func slugFault(slug string) error {
	var f problem.Fields
	f.Add("slug", "slug.taken", "slug", slug)
	return f.Err()
}

// taken makes a slug that somebody took in the same moment a fault of its field, and a
// cover that is not there one of the cover's.
func taken(err error, slug, doing string) error {
	switch {
	case db.Duplicate(err):
		return slugFault(slug)
	case db.Dangling(err):
		return unknownFault("cover")
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// unknownFault is that of a field which names what is not there.
func unknownFault(field string) error {
	var f problem.Fields
	f.Add(field, "field.unknown")
	return f.Err()
}

// Content reads a story back as what somebody wrote. It renders nothing, since it is
// read while a change holds up others.
func (s *Service) Content(tx *db.Tx, st Story) (Content, error) {
	text, err := storedText(tx, st.ID)
	if err != nil {
		return Content{}, err
	}
	return Content{Title: st.Title, Standfirst: st.Standfirst, Slug: st.Slug, Language: st.Language, Format: text.Format, Body: text.Body,
		Cover: st.Cover, Authors: st.Authors, Topics: st.Topics, Trail: text.Trail, Published: st.Published, Note: st.Note}, nil
}

// addTrail hands the trail's faults on as faults of the form's trail fields.
func addTrail(f *problem.Fields, err error) {
	var p *problem.Problem
	if !errors.As(err, &p) {
		return
	}
	for _, field := range p.Fields {
		f.Add("trail."+field.Name, field.Message.Key, field.Message.Args...)
	}
}
