package replies

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"waypost/internal/db"
	"waypost/internal/limits"
	"waypost/internal/problem"
	"waypost/replies/reported"
)

// reportsHold is how many readers' reports take a reply out of sight until a moderator has looked.
const reportsHold = 3

// Report notes that a reader finds something wrong with a reply, once for each network.
// It reports whether the reply now waits for a moderator; they hear of it in any case.
func (s *Service) Report(ctx context.Context, id, network, reason string) (held bool, err error) {
	if !slices.Contains(reported.Reasons(), reason) {
		var f problem.Fields
		f.Add("reason", "reply.report_missing")
		return false, f.Err()
	}
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		held = false
		r, err := s.Reportable(tx, id)
		if err != nil {
			return err
		}
		if s.Rates.Network != (limits.Rate{}) {
			wait, err := limits.Take(tx, s.Clock(), "reply:report:"+s.Marks.Of("network", network), s.Rates.Network)
			if err != nil || wait > 0 {
				return cmp.Or(err, limits.Refused("reply.too_many", wait))
			}
		}
		if r, err = locked(tx, id); db.Missing(err) {
			err = notFound()
		}
		if err != nil {
			return err
		}
		n, err := reported.Note(tx, id, s.Marks.Of("reporter", id, network), reason, s.Clock())
		switch {
		case err != nil || n == 0 || r.State != Published: // another report took it out of sight just now
			return err
		case n < reportsHold:
			return s.Waits(tx)
		}
		_, err = s.put(tx, r, Pending, ByReports, "")
		held = err == nil
		return err
	})
	return held, err
}

// Reportable finds a reply that readers see under a story that they see.
func (s *Service) Reportable(tx *db.Tx, id string) (Reply, error) {
	r, err := s.ByID(tx, id)
	if err == nil {
		_, err = s.Story(tx, r.StoryID)
	}
	return r, err
}

// Appeal asks for a person's judgement on a reply that the filter took for spam. Only its
// sender may, and once; a moderator's decision stands. Conflict: there is nothing to ask.
func (s *Service) Appeal(ctx context.Context, id string) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		r, err := locked(tx, id)
		if db.Missing(err) {
			err = notFound()
		}
		if err != nil {
			return err
		}
		c, err := checkOf(tx, id)
		if err != nil || r.State == Pending && c.held == ByAppeal { // asked already
			return err
		}
		may, err := s.MayAppeal(tx, id)
		if err == nil && !may {
			err = problem.New(problem.Conflict, "reply.appeal_over")
		}
		if err != nil {
			return err
		}
		if _, err := tx.Exec(`UPDATE reply_checks SET appealed_at = $1 WHERE reply_id = $2`, s.Clock().UnixMilli(), id); err != nil {
			return fmt.Errorf("note an appeal: %w", err)
		}
		_, err = s.put(tx, r, Pending, ByAppeal, "")
		return err
	})
}

// Why is why a reply is where it is, as its writer may know.
func (s *Service) Why(tx *db.Tx, id string) (Held, error) {
	c, err := checkOf(tx, id)
	return c.held, err
}

// MayAppeal reports that the sender of a reply may still ask for a person's judgement.
func (s *Service) MayAppeal(tx *db.Tx, id string) (bool, error) {
	return db.Value[bool](tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM reply_checks c JOIN replies r ON r.id = c.reply_id
		WHERE r.id = $1 AND r.state = 'spam' AND c.appealed_at IS NULL AND c.decided_at IS NULL)`, id))
}
