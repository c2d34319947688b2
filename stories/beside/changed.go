package beside

import (
	"context"
	"fmt"
	"slices"

	"waypost/internal/db"
	"waypost/internal/jobs"
	"waypost/internal/problem"
	"waypost/stories"
	"waypost/stories/related"
	"waypost/stories/terms"
)

// mostRecomputed bounds how many stories get their list made anew because another
// one left it.
const mostRecomputed = 200

// ChangedJob handles JobChanged: it brings related stories and resources to what a
// story now is, its own and those of the stories that show it or should.
//
// The story's words are written first and compared with others afterwards. So of
// two stories published at the same moment at least one sees the other.
func (s *Service) ChangedJob(ctx context.Context, j *jobs.Job) error {
	var changed stories.Changed
	if err := j.Payload(&changed); err != nil {
		return err
	}
	st, words, err := s.settleTerms(ctx, changed.ID)
	if problem.Is(err, problem.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if st.State != stories.Published {
		return s.unrelate(ctx, j, st)
	}
	var r related.Relation
	var library []related.Link
	err = s.DB.View(ctx, func(tx *db.Tx) (err error) {
		if r, err = related.Relate(tx, st.ID, st.Topics, words); err != nil {
			return err
		}
		library, err = newShelf(s).beside(tx, st, words)
		return err
	})
	if err != nil {
		return fmt.Errorf("relate story %s: %w", st.ID, err)
	}
	if changed.Lost {
		r = related.Relation{Own: r.Own, Seen: r.Seen}
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if err := s.writeRelation(tx, st, r, library); err != nil {
			return fmt.Errorf("relate story %s: %w", st.ID, err)
		}
		return j.Done(tx)
	})
}

// settleTerms reads a story, finds its words and writes them if they are new.
func (s *Service) settleTerms(ctx context.Context, id string) (stories.Story, []terms.Term, error) {
	var st stories.Story
	var rendered stories.Rendered
	var stored []related.StoredTerm
	err := s.DB.View(ctx, func(tx *db.Tx) (err error) {
		if st, err = s.ByID(tx, id); err != nil || st.State != stories.Published {
			return err
		}
		format, body, err := stories.Source(tx, id)
		if err != nil {
			return err
		}
		// Plain is not stored; it is there only right after rendering.
		if rendered, err = s.Render(tx, format, body, st.Language, "story-"); err != nil {
			return err
		}
		stored, err = related.TermsAmong(tx, []string{id})
		return err
	})
	if err != nil || st.State != stories.Published {
		return st, nil, err
	}
	words := terms.Of(st.Title+"\n"+st.Standfirst, rendered.Plain, st.Language)
	if sameTerms(st, words, stored) {
		return st, words, nil
	}
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		current, err := stories.Unchanged(tx, st)
		if err != nil || !current {
			return err
		}
		return related.ReplaceTerms(tx, id, st.Published, words)
	})
	if err != nil {
		return st, nil, fmt.Errorf("write the words of story %s: %w", id, err)
	}
	return st, words, nil
}

func sameTerms(st stories.Story, words []terms.Term, stored []related.StoredTerm) bool {
	return slices.EqualFunc(words, stored, func(t terms.Term, s related.StoredTerm) bool {
		return t == s.Term && s.At == st.Published.UnixMilli()
	})
}

// writeRelation writes what relate found, if the story is still the one it was
// found for: otherwise what changed it has asked for the job again.
func (s *Service) writeRelation(tx *db.Tx, st stories.Story, r related.Relation, library []related.Link) error {
	current, err := stories.Unchanged(tx, st)
	if err != nil || !current {
		return err
	}
	if err := s.writeOwn(tx, st.ID, r); err != nil {
		return err
	}
	for _, l := range r.Offers {
		if err := related.Put(tx, l); err != nil {
			return err
		}
		if err := related.Trim(tx, l.Of); err != nil {
			return err
		}
		s.Keeper.Touch(tx, stories.TagBeside(l.Of))
	}
	for _, id := range r.Ended {
		if err := related.Drop(tx, id, st.ID); err != nil {
			return err
		}
		s.Keeper.Touch(tx, stories.TagBeside(id))
	}
	if err := s.Recompute(tx, r.Poorer); err != nil {
		return err
	}
	return s.writeLibrary(tx, st.ID, library)
}

// writeOwn writes a story's own list. What another story put into it since it was
// looked at was not considered and stays.
func (s *Service) writeOwn(tx *db.Tx, id string, r related.Relation) error {
	lists, err := related.Lists(tx, []string{id})
	if err != nil {
		return err
	}
	wanted := slices.Clone(r.Own)
	for _, l := range lists[id] {
		if !slices.Contains(r.Seen, l.To) {
			wanted = append(wanted, l)
		}
	}
	wanted = related.Best(wanted, related.MostShown)
	if slices.EqualFunc(lists[id], wanted, related.Link.Equal) {
		return nil
	}
	for _, l := range lists[id] {
		if err := related.Drop(tx, id, l.To); err != nil {
			return err
		}
	}
	for _, l := range wanted {
		if err := related.Put(tx, l); err != nil {
			return err
		}
	}
	if err := related.Trim(tx, id); err != nil {
		return err
	}
	s.Keeper.Touch(tx, stories.TagBeside(id))
	return nil
}

// unrelate takes a story that is not published any more out of related reading.
// Those that showed it look for another.
func (s *Service) unrelate(ctx context.Context, j *jobs.Job, st stories.Story) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if current, err := stories.Unchanged(tx, st); err != nil {
			return err
		} else if !current {
			return j.Done(tx)
		}
		poorer, err := related.Showing(tx, st.ID, mostRecomputed)
		if err != nil {
			return err
		}
		if err := related.DropAll(tx, st.ID); err != nil {
			return fmt.Errorf("take story %s out of related reading: %w", st.ID, err)
		}
		if err := s.Recompute(tx, poorer); err != nil {
			return err
		}
		s.Keeper.Touch(tx, stories.TagBeside(st.ID))
		return j.Done(tx)
	})
}
