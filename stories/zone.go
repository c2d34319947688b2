package stories

import (
	"context"
	"fmt"
	"time"

	"waypost/internal/db"
	"waypost/internal/jobs"
)

// straddle is longer than any transaction lasts: after it no story is published any
// more by one that read the time zone of before.
const straddle = time.Minute

// ZoneMoved follows a change of the community's time zone: a job counts the months
// anew at once, and another when the last publication under the old zone has ended.
// The change itself does not wait for either.
func (s *Service) ZoneMoved(tx *db.Tx, _ *time.Location) error {
	if err := s.Jobs.Enqueue(tx, JobZoneMoved, struct{}{}, jobs.Once("months-now")); err != nil {
		return err
	}
	if err := s.Jobs.Enqueue(tx, JobZoneMoved, struct{}{}, jobs.At(s.Clock().Add(straddle)), jobs.Once("months")); err != nil {
		return err
	}
	return s.Renew(tx) // drawings end at a day of the zone
}

// CountAgain handles JobZoneMoved.
func (s *Service) CountAgain(ctx context.Context, j *jobs.Job) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		zone, err := s.Zone(tx)
		if err != nil {
			return err
		}
		if err := s.Recount(tx, zone); err != nil {
			return err
		}
		s.Keeper.Touch(tx, TagStories)
		return j.Done(tx)
	})
}

// Recount counts the months anew. The old counts go first: that waits for those who
// are adding to them, so that the stories they publish are seen.
func (s *Service) Recount(tx *db.Tx, zone *time.Location) error {
	if _, err := tx.Exec(`DELETE FROM story_counts WHERE kind = $1`, countMonth); err != nil {
		return fmt.Errorf("recount months: %w", err)
	}
	times, err := db.List(tx, db.Value[int64], `SELECT published_at FROM stories WHERE state = 'published'`)
	if err != nil {
		return fmt.Errorf("recount months: %w", err)
	}
	months := map[string]int{}
	for _, t := range times {
		months[Month(time.UnixMilli(t), zone)]++
	}
	for month, n := range months {
		if err := addCount(tx, countMonth, month, n); err != nil {
			return err
		}
	}
	return nil
}
