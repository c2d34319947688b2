package stories

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"waypost/internal/db"
	"waypost/internal/jobs"
)

// renewedAtOnce is how many stories one job renders anew.
const renewedAtOnce = 50

// Renew lets a job render and draw anew what an earlier renderer made. Until it has,
// Text does so at each reading.
func (s *Service) Renew(tx *db.Tx) error {
	return s.Jobs.Enqueue(tx, JobOutdated, outdated{}, jobs.Once("all"))
}

// outdated is the payload of JobOutdated.
type outdated struct {
	After string `json:"after,omitempty"` // the last story that was looked at
}

// PictureChanged marks the texts that show a picture, or looked for it in vain, as
// outdated. The pages carry the picture's own tag.
func (s *Service) PictureChanged(tx *db.Tx, pictureID string) error {
	n, err := markShowing(tx, pictureID)
	if err != nil {
		return fmt.Errorf("mark who shows picture %s: %w", pictureID, err)
	}
	if n == 0 {
		return nil
	}
	return s.Renew(tx)
}

// provisional marks a text with pictures as outdated before it is stored. It was
// rendered when no picture could know of it yet, so one may have changed unnoticed.
func (s *Service) provisional(tx *db.Tx, t Text) (Text, error) {
	if len(t.Rendered.Pictures) == 0 {
		return t, nil
	}
	t.Rendered.By = 0
	return t, s.Renew(tx)
}

// renewal is a story's text as it was stored and as it is now made.
type renewal struct {
	story    Story
	old, new Text
}

// Outdated handles JobOutdated, some stories at a time. A text that cannot be made
// anew stays as it is and holds up no other.
func (s *Service) Outdated(ctx context.Context, j *jobs.Job) error {
	var from outdated
	if err := j.Payload(&from); err != nil {
		return err
	}
	var list []renewal
	var next string
	err := s.DB.View(ctx, func(tx *db.Tx) (err error) {
		list, next, err = s.renewals(tx, from.After)
		return err
	})
	if err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		for _, r := range list {
			if err := s.renew(tx, r); err != nil {
				return fmt.Errorf("store story %s rendered anew: %w", r.story.ID, err)
			}
		}
		if next != "" {
			if err := s.Jobs.Enqueue(tx, JobOutdated, outdated{next}, jobs.Once("after:"+next)); err != nil {
				return err
			}
		}
		return j.Done(tx)
	})
}

// renewals makes the next few texts anew; next is where to go on, or "".
func (s *Service) renewals(tx *db.Tx, after string) (list []renewal, next string, err error) {
	current, err := s.Renderer(tx)
	if err != nil {
		return nil, "", err
	}
	found, err := db.List(tx, scanStory, selectOutdated, current, after, renewedAtOnce)
	if err != nil {
		return nil, "", fmt.Errorf("find outdated texts: %w", err)
	}
	for _, st := range found {
		old, err := storedText(tx, st.ID)
		if err != nil {
			return nil, "", err
		}
		anew, err := s.anew(tx, st, old)
		if fatal := cmp.Or(tx.Failed(), tx.Context().Err()); fatal != nil {
			return nil, "", fatal
		}
		if err != nil {
			s.leave(st, err)
			continue
		}
		list = append(list, renewal{st, old, anew})
	}
	if len(found) == renewedAtOnce {
		next = found[len(found)-1].ID
	}
	return list, next, nil
}

func (s *Service) leave(st Story, err error) {
	if s.Log != nil {
		s.Log.Error("a text could not be rendered anew and was left as it was", "story", st.ID, "error", err)
	}
}

// renew stores a text unless it was saved or marked anew since it was read: whoever
// did that asked for another job if one is needed.
func (s *Service) renew(tx *db.Tx, r renewal) error {
	if ok, err := holdStory(tx, r.story); err != nil || !ok {
		return err
	}
	if ok, err := updateRendered(tx, r.story.ID, r.old.Rendered.By, r.new); err != nil || !ok {
		return err
	}
	if public(r.story.State) && !r.looksTheSame() {
		s.Keeper.Touch(tx, TagStory(r.story.ID))
	}
	return nil
}

func (r renewal) looksTheSame() bool {
	drawing := r.new.Drawing
	drawing.By = r.old.Drawing.By
	return drawing == r.old.Drawing && r.new.Rendered.HTML == r.old.Rendered.HTML && slices.Equal(r.new.Rendered.Outline, r.old.Rendered.Outline)
}
