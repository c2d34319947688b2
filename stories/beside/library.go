package beside

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"waypost/internal/db"
	"waypost/internal/jobs"
	"waypost/stories"
	"waypost/stories/related"
	"waypost/stories/terms"
)

const (
	mostResources = 4   // beside a story
	mostRefiled   = 200 // stories whose resources are chosen anew when one resource changes, twice
)

// shelf is the library while one job looks at it: the words of a resource are
// found once, however many stories it is held against.
type shelf struct {
	service *Service
	words   map[string]map[string]bool // resource and language → words
}

func newShelf(s *Service) *shelf { return &shelf{s, map[string]map[string]bool{}} }

// beside chooses the resources for a story among those under its topics.
func (h *shelf) beside(tx *db.Tx, st stories.Story, own []terms.Term) ([]related.Link, error) {
	if len(st.Topics) == 0 {
		return nil, nil
	}
	candidates, err := h.service.Resources(tx, st.Topics)
	if err != nil {
		return nil, fmt.Errorf("look through the library: %w", err)
	}
	list := make([]related.Link, 0, len(candidates))
	for _, c := range candidates {
		if l := h.hold(c, st, own); len(l.Topics) > 0 {
			list = append(list, l)
		}
	}
	return related.Best(list, mostResources), nil
}

// hold compares a resource with a story. The more topics both have the better,
// each one more adding less; then the more of what the story is about.
func (h *shelf) hold(c Candidate, st stories.Story, own []terms.Term) related.Link {
	l := related.Link{Of: st.ID, To: c.ID}
	for _, topic := range c.Topics {
		if slices.Contains(st.Topics, topic) {
			l.Topics = append(l.Topics, topic)
		}
	}
	n := float64(len(l.Topics))
	l.Score = n / (n + 1)
	words := h.wordsOf(c, st.Language)
	var shared []terms.Term
	for _, t := range own {
		if words[t.Word] {
			shared = append(shared, t)
			l.Score += t.Weight
		}
	}
	slices.SortStableFunc(shared, func(a, b terms.Term) int { return cmp.Compare(b.Weight, a.Weight) })
	shared = slices.DeleteFunc(shared, func(t terms.Term) bool { return t.Weight < terms.LeastWeight })
	for _, t := range shared[:min(len(shared), related.MostWords)] {
		l.Words = append(l.Words, t.Shown)
	}
	return l
}

func (h *shelf) wordsOf(c Candidate, language string) map[string]bool {
	key := terms.Base(language) + ":" + c.ID
	words, known := h.words[key]
	if !known {
		words = terms.Words(c.Text, language)
		h.words[key] = words
	}
	return words
}

// ResourceChanged handles the job that says that a resource was saved or deleted:
// it chooses anew for the stories that show it and for the newest under its topics.
func (s *Service) ResourceChanged(ctx context.Context, j *jobs.Job) error {
	var changed struct {
		ID     string   `json:"id"`
		Topics []string `json:"topics"`
	}
	if err := j.Payload(&changed); err != nil {
		return err
	}
	var chosen []choice
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		ids, err := s.concerned(tx, changed.ID, changed.Topics)
		if err != nil {
			return err
		}
		chosen, err = s.chooseAnew(tx, ids)
		return err
	})
	if err != nil {
		return fmt.Errorf("choose resources anew: %w", err)
	}
	slices.SortFunc(chosen, func(a, b choice) int { return strings.Compare(a.story.ID, b.story.ID) }) // no two wait for each other
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		for _, c := range chosen {
			current, err := stories.Unchanged(tx, c.story)
			if err != nil {
				return err
			}
			if !current {
				continue // its own job chooses for it
			}
			if err := s.writeLibrary(tx, c.story.ID, c.list); err != nil {
				return err
			}
		}
		return j.Done(tx)
	})
}

// concerned lists the stories for which a resource may matter.
func (s *Service) concerned(tx *db.Tx, resource string, topics []string) ([]string, error) {
	ids, err := related.ShowingResource(tx, resource, mostRefiled)
	if err != nil {
		return nil, err
	}
	var filed []stories.Story
	for _, topic := range distinct(topics) {
		list, err := s.UnderTopic(tx, topic, stories.Key{}, mostRefiled)
		if err != nil {
			return nil, err
		}
		filed = append(filed, list...)
	}
	slices.SortFunc(filed, func(a, b stories.Story) int {
		return cmp.Or(b.Published.Compare(a.Published), strings.Compare(b.ID, a.ID))
	})
	filed = slices.CompactFunc(filed, func(a, b stories.Story) bool { return a.ID == b.ID })
	for _, st := range filed[:min(len(filed), mostRefiled)] {
		ids = append(ids, st.ID)
	}
	return distinct(ids), nil
}

// choice is the resources for one story as it was read.
type choice struct {
	story stories.Story
	list  []related.Link
}

// chooseAnew chooses for the stories among ids that are published.
func (s *Service) chooseAnew(tx *db.Tx, ids []string) ([]choice, error) {
	found, err := s.ByIDs(tx, ids)
	if err != nil {
		return nil, err
	}
	rows, err := related.TermsAmong(tx, ids)
	if err != nil {
		return nil, err
	}
	words := map[string][]terms.Term{}
	for _, r := range rows {
		words[r.Story] = append(words[r.Story], r.Term)
	}
	h := newShelf(s)
	chosen := make([]choice, 0, len(found))
	for _, st := range found {
		list, err := h.beside(tx, st, words[st.ID])
		if err != nil {
			return nil, err
		}
		chosen = append(chosen, choice{st, list})
	}
	return chosen, nil
}

// writeLibrary writes a story's resources if they are others than before.
func (s *Service) writeLibrary(tx *db.Tx, id string, list []related.Link) error {
	lists, err := related.ResourceLists(tx, []string{id})
	if err != nil || slices.EqualFunc(lists[id], list, related.Link.Equal) {
		return err
	}
	if err := related.ReplaceResources(tx, id, list); err != nil {
		return fmt.Errorf("write the resources of story %s: %w", id, err)
	}
	s.Keeper.Touch(tx, stories.TagBeside(id))
	return nil
}
