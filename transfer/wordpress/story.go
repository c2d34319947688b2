package wordpress

import (
	"context"
	"fmt"

	"waypost/community"
	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/stories"
	"waypost/transfer/wordpress/words"
)

// prepare renders the posts of a batch that are new or have changed, so that nobody who
// writes waits for that. What cannot be made ready is refused in the transaction,
// where it is reported.
func (r *run) prepare(ctx context.Context, parcels []*parcel) error {
	if r.options.DryRun {
		return nil
	}
	wanted := map[*parcel]bool{}
	err := r.DB.View(ctx, func(tx *db.Tx) error {
		s := &step{run: r, tx: tx}
		for _, p := range parcels {
			if p.kind != kindStory {
				continue
			}
			was, here, err := s.lookUp(kindStory, p.id)
			if err != nil {
				return err
			}
			wanted[p] = !here || was.hash != p.hash
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, p := range parcels {
		if !wanted[p] {
			continue
		}
		ready, err := r.Stories.Prepare(ctx, "", p.content)
		switch {
		case err == nil:
			p.ready = &ready
		case problem.KindOf(err) != problem.Invalid:
			return fmt.Errorf("%s: %w", p.entry().What, err)
		}
	}
	return nil
}

// story takes a post over.
func (s *step) story(p *parcel) error {
	was, here, err := s.lookUp(kindStory, p.id)
	if err != nil {
		return err
	}
	if !here {
		return s.makeStory(p)
	}
	st, err := s.Stories.ByID(s.tx, was.subject)
	gone := problem.Is(err, problem.NotFound)
	switch {
	case err != nil && !gone:
		return err
	case !gone && was.hash != p.hash && st.Version == was.version:
		return s.updateStory(p, st)
	}
	s.kept.Stories++
	s.notTaken(p, was, gone)
	return nil
}

// notTaken tells why a change of the old site was not taken over.
func (s *step) notTaken(p *parcel, was known, gone bool) {
	switch {
	case gone:
		s.note(p.entry(), say("import.kept_gone"))
	case was.hash != p.hash:
		s.note(p.entry(), say("import.kept_edited"))
	}
}

func (s *step) makeStory(p *parcel) error {
	c := p.content
	var err error
	c.Slug, err = words.FreeSlug(p.wish, func(slug string) (bool, error) {
		return s.live(stories.Address(slug))
	})
	if err != nil {
		return err
	}
	s.made.Stories++
	s.tell(p, c.Slug)
	address := stories.Address(c.Slug)
	if s.dry() {
		s.claim(address)
		return s.redirects(p, address, community.Target{Kind: kindStory})
	}
	c.Note = s.noteOf(p)
	st, err := s.create(p, c)
	if err != nil {
		return err
	}
	if st, err = s.forward(st, p); err != nil {
		return err
	}
	return s.rememberStory(p, st)
}

// updateStory takes a post over again, under the address that its story has.
func (s *step) updateStory(p *parcel, st stories.Story) error {
	s.updated.Stories++
	s.tell(p, p.wish)
	if s.dry() {
		return s.redirects(p, stories.Address(st.Slug), community.Target{Kind: kindStory, ID: st.ID})
	}
	c, err := s.Stories.Content(s.tx, st)
	if err != nil {
		return err
	}
	c.Title, c.Standfirst, c.Format, c.Body, c.Language = p.content.Title, p.content.Standfirst, p.content.Format, p.content.Body, p.content.Language
	c.Authors, c.Topics, c.Published, c.Note = p.content.Authors, p.content.Topics, p.content.Published, s.noteOf(p)
	if st, err = s.back(st, p); err != nil {
		return err
	}
	if st, err = s.save(p, st, c); err != nil {
		return err
	}
	if st, err = s.forward(st, p); err != nil {
		return err
	}
	return s.rememberStory(p, st)
}

func (s *step) create(p *parcel, c stories.Content) (stories.Story, error) {
	if p.ready == nil {
		return s.Stories.CreateIn(s.tx, s.options.By, c)
	}
	return s.Stories.CreateReady(s.tx, s.options.By, c, *p.ready)
}

// save writes a story again; one with a path, which no export has, is drawn here.
func (s *step) save(p *parcel, st stories.Story, c stories.Content) (stories.Story, error) {
	if p.ready == nil || st.HasTrail {
		return s.Stories.SaveIn(s.tx, s.options.By, st.ID, st.Version, c)
	}
	return s.Stories.SaveReady(s.tx, s.options.By, st.ID, st.Version, c, *p.ready)
}

func (s *step) rememberStory(p *parcel, st stories.Story) error {
	if err := s.remember(kindStory, p.id, known{st.ID, p.hash, st.Version}); err != nil {
		return err
	}
	if p.cover != "" {
		if err := s.remember(kindCover, p.id, known{subject: p.cover}); err != nil {
			return err
		}
	}
	return s.redirects(p, stories.Address(st.Slug), community.Target{Kind: kindStory, ID: st.ID})
}

// settled reports that a story is where the parcel wants it.
func settled(st stories.Story, p *parcel) bool {
	return st.State == p.state && (p.state != stories.Scheduled || st.Scheduled.Equal(p.scheduled))
}

// back makes a draft of a story that is not where it should be.
func (s *step) back(st stories.Story, p *parcel) (stories.Story, error) {
	if settled(st, p) || st.State == stories.Draft {
		return st, nil
	}
	verbs := map[stories.State]stories.Verb{
		stories.InReview: stories.Return, stories.Scheduled: stories.Unschedule,
		stories.Published: stories.Unpublish, stories.Archived: stories.Unpublish,
	}
	return s.Stories.DoIn(s.tx, s.options.By, verbs[st.State], st.ID, st.Version, p.scheduled)
}

// forward brings a draft to where it should be.
func (s *step) forward(st stories.Story, p *parcel) (stories.Story, error) {
	if settled(st, p) {
		return st, nil
	}
	verbs := map[stories.State]stories.Verb{
		stories.InReview: stories.Submit, stories.Scheduled: stories.Schedule, stories.Published: stories.Publish,
	}
	return s.Stories.DoIn(s.tx, s.options.By, verbs[p.state], st.ID, st.Version, p.scheduled)
}

// tell reports what is different from the old site.
func (s *step) tell(p *parcel, slug string) {
	for _, m := range p.notes {
		s.note(p.entry(), m)
	}
	if slug != p.wish {
		s.note(p.entry(), say("import.note_slug_taken").with(p.wish+" → "+slug))
	}
}
