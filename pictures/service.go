package pictures

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"waypost/internal/clock"
	"waypost/internal/db"
	"waypost/internal/images"
	"waypost/internal/jobs"
	"waypost/internal/keeper"
	"waypost/internal/problem"
)

// Service stores pictures.
type Service struct {
	DB       *db.DB
	Clock    clock.Clock
	Keeper   *keeper.Keeper
	Jobs     *jobs.Queue
	Preparer *images.Preparer
	Files    *os.Root // the media folder
	// Changed hears of every picture that came, got sizes or got another alt. May be nil.
	Changed func(tx *db.Tx, pictureID string) error
}

// JobAdded says that a picture was stored and wants its sizes.
const JobAdded = "pictures.added"

// Added is the payload of JobAdded.
type Added struct {
	ID string `json:"id"`
}

// By says who brings a picture, and whether all who edit are offered it.
type By struct {
	Account string // empty: an import, or the program
	Shared  bool
}

// Add stores a picture, re-encoded, for all who edit. The same picture twice is one.
func (s *Service) Add(ctx context.Context, r io.Reader, alt string) (Picture, error) {
	return s.AddBy(ctx, By{Shared: true}, r, alt)
}

// AddBy stores an upload. A member alone is offered theirs again: an editor sees it where
// it is used. What others have brought before keeps their words.
func (s *Service) AddBy(ctx context.Context, by By, r io.Reader, alt string) (Picture, error) {
	prepared, err := s.Preparer.Prepare(ctx, r)
	var refusal *images.Refusal
	if errors.As(err, &refusal) {
		var f problem.Fields
		f.Add("picture", "picture.refused_"+string(refusal.Reason))
		return Picture{}, f.Err()
	}
	if err == nil {
		err = ctx.Err() // nothing is stored for who has gone
	}
	if err != nil {
		return Picture{}, err
	}
	return s.store(ctx, by, prepared, nil, alt)
}

// AddReady stores a picture that this program drew itself, with its sizes.
func (s *Service) AddReady(ctx context.Context, whole images.Encoded, sizes []images.Encoded, alt string) (Picture, error) {
	return s.store(ctx, By{Shared: true}, whole, sizes, alt)
}

// store writes the files first and then the row that names them.
func (s *Service) store(ctx context.Context, by By, whole images.Encoded, sizes []images.Encoded, alt string) (Picture, error) {
	p := Picture{ID: whole.Name()[:32], Extension: whole.Ext, ContentType: whole.ContentType,
		Width: whole.Width, Height: whole.Height, Bytes: int64(len(whole.Data)), Alt: alt}
	if err := s.write(p.ID+p.Extension, whole.Data); err != nil {
		return p, err
	}
	if err := s.writeSizes(&p, sizes); err != nil {
		return p, err
	}
	err := s.DB.Update(ctx, func(tx *db.Tx) error {
		changed, err := upsert(tx, p, by, s.Clock())
		if err != nil {
			return fmt.Errorf("store picture: %w", err)
		}
		if err := insertSizes(tx, p); err != nil {
			return err
		}
		if changed || len(p.Sizes) > 0 {
			if err := s.changed(tx, p.ID); err != nil {
				return err
			}
		}
		if len(p.Sizes) > 0 {
			return nil
		}
		return s.Jobs.Enqueue(tx, JobAdded, Added{p.ID}, jobs.Once("picture:"+p.ID))
	})
	return p, err
}

// changed tells the pages that show a picture, and who made something of it.
func (s *Service) changed(tx *db.Tx, id string) error {
	s.Keeper.Touch(tx, Tag(id))
	if s.Changed == nil {
		return nil
	}
	return s.Changed(tx, id)
}

func (s *Service) writeSizes(p *Picture, sizes []images.Encoded) error {
	p.Sizes = nil
	for _, size := range sizes {
		if err := s.write(fmt.Sprintf("%s-%d%s", p.ID, size.Width, p.Extension), size.Data); err != nil {
			return err
		}
		p.Sizes = append(p.Sizes, Size{size.Width, size.Height, int64(len(size.Data))})
	}
	return nil
}

// MakeSizes handles JobAdded: it makes the versions that pages need and lets the
// pages that show the picture be rendered anew.
func (s *Service) MakeSizes(ctx context.Context, j *jobs.Job) error {
	var added Added
	if err := j.Payload(&added); err != nil {
		return err
	}
	p, err := s.byID(ctx, added.ID)
	if problem.Is(err, problem.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	whole, err := s.read(p.ID + p.Extension)
	if err != nil {
		return err
	}
	sizes, err := s.Preparer.Sizes(ctx, whole)
	if err != nil {
		return fmt.Errorf("make sizes of %s: %w", p.ID, err)
	}
	if err := s.writeSizes(&p, sizes); err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if err := insertSizes(tx, p); err != nil {
			return err
		}
		if err := s.changed(tx, p.ID); err != nil {
			return err
		}
		return j.Done(tx)
	})
}
