// Package quarters makes the one figure about paths that others than their members may
// see, where an owner turned it on: how the check-ins of a quarter were in the mean, over
// all members who joined it by themselves.
//
// It is made once, after the quarter, of ten members or more, overall and of learning
// and growth only, rounded to half an answer; there is no split and no text, and it never
// changes once it is made. Of fewer members there is none for that quarter, for good.
// Who came, or began a path, after the quarter had begun is not counted in it, nor is a
// check-in that was written later or came from a file: else accounts could be made up to
// fit the one that somebody wants to know of.
package quarters

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"waypost/internal/clock"
	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/paths"
	"waypost/paths/checkins"
)

// Fewest is how many members a figure is made of at least.
const Fewest = 10

// Service makes the figures.
type Service struct {
	DB     *db.DB
	Clock  clock.Clock
	Paths  *paths.Service
	Record func(tx *db.Tx, by, act, subject, detail string) error
}

// Quarter is three months of a year, 1 to 4.
type Quarter struct{ Year, Number int }

// Figure is what a quarter came to.
type Figure struct {
	Quarter
	Enough            bool
	Overall, Learning float64 // means of answers, 1 to 5, in halves
}

// Of is the quarter of a moment.
func Of(at time.Time) Quarter { return Quarter{at.Year(), (int(at.Month())-1)/3 + 1} }

// Before is the quarter before.
func (q Quarter) Before() Quarter {
	if q.Number == 1 {
		return Quarter{q.Year - 1, 4}
	}
	return Quarter{q.Year, q.Number - 1}
}

// On reports that an owner turned the figure on.
func (s *Service) On(tx *db.Tx) (bool, error) {
	var on bool
	err := tx.QueryRow(`SELECT quarterly FROM path_settings WHERE id = 'paths'`).Scan(&on)
	if db.Missing(err) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("read whether there is a quarterly figure: %w", err)
	}
	return on, nil
}

// Turn turns the figure on or off. Off, nobody is counted, and figures that were made stay.
func (s *Service) Turn(ctx context.Context, by string, on bool) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(`INSERT INTO path_settings (id, quarterly) VALUES ('paths', $1) ON CONFLICT (id) DO UPDATE SET quarterly = excluded.quarterly`, on)
		if err != nil {
			return fmt.Errorf("turn the quarterly figure: %w", err)
		}
		return s.Record(tx, by, "community.changed", "community", fmt.Sprint(on))
	})
}

// Join has a member counted in the figures that are made from now on, or not any more.
func (s *Service) Join(ctx context.Context, member string, in bool) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		n, err := tx.Exec(`UPDATE path_keys SET counted = $1 WHERE member_id = $2`, in, member)
		if err != nil {
			return fmt.Errorf("join the quarterly figure: %w", err)
		}
		if n == 0 {
			return problem.New(problem.NotFound, "path.feed_empty")
		}
		return nil
	})
}

// Joined reports that a member is counted.
func (s *Service) Joined(tx *db.Tx, member string) (bool, error) {
	var n int
	if err := tx.QueryRow(`SELECT count(*) FROM path_keys WHERE member_id = $1 AND counted`, member).Scan(&n); err != nil {
		return false, fmt.Errorf("look who is counted: %w", err)
	}
	return n > 0, nil
}

// Figures lists what was made, the latest first.
func (s *Service) Figures(tx *db.Tx) ([]Figure, error) {
	list, err := db.List(tx, func(r db.Row) (f Figure, err error) {
		err = r.Scan(&f.Year, &f.Number, &f.Enough, &f.Overall, &f.Learning)
		return f, err
	}, `SELECT year, quarter, enough, overall, learning FROM path_quarters ORDER BY year DESC, quarter DESC`)
	if err != nil {
		return nil, fmt.Errorf("read quarterly figures: %w", err)
	}
	return list, nil
}

// Make makes the figure of the quarter that is over, if it is on and there is none yet.
func (s *Service) Make(ctx context.Context) error {
	var f Figure
	due := false
	err := s.DB.View(ctx, func(tx *db.Tx) (err error) {
		zone, err := s.Paths.Zone(tx)
		if err != nil {
			return err
		}
		f = Figure{Quarter: Of(s.Clock().In(zone)).Before()}
		if due, err = s.due(tx, f.Quarter); err != nil || !due {
			return err
		}
		f, err = s.measure(tx, f.Quarter, zone)
		return err
	})
	if err != nil || !due {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(`INSERT INTO path_quarters (year, quarter, enough, overall, learning) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (year, quarter) DO NOTHING`,
			f.Year, f.Number, f.Enough, f.Overall, f.Learning)
		if err != nil {
			return fmt.Errorf("keep a quarterly figure: %w", err)
		}
		return nil
	})
}

func (s *Service) due(tx *db.Tx, q Quarter) (bool, error) {
	on, err := s.On(tx)
	if err != nil || !on {
		return false, err
	}
	var n int
	if err := tx.QueryRow(`SELECT count(*) FROM path_quarters WHERE year = $1 AND quarter = $2`, q.Year, q.Number).Scan(&n); err != nil {
		return false, fmt.Errorf("look for a quarterly figure: %w", err)
	}
	return n == 0, nil
}

// measure is the mean over the members who are counted and checked in within the quarter,
// each of them once.
func (s *Service) measure(tx *db.Tx, q Quarter, zone *time.Location) (Figure, error) {
	f := Figure{Quarter: q}
	begun := time.Date(q.Year, time.Month(q.Number*3-2), 1, 0, 0, 0, 0, zone)
	counted, err := db.List(tx, db.Value[string], `SELECT k.member_id FROM path_keys k JOIN accounts a ON a.id = k.member_id
		WHERE k.counted AND k.made_at < $1 AND a.created_at < $1 AND a.disabled_at IS NULL ORDER BY k.member_id`, begun.UnixMilli())
	if err != nil {
		return f, fmt.Errorf("look who is counted: %w", err)
	}
	n := 0
	for _, member := range counted {
		p, err := s.Paths.Read(tx, member)
		if damaged(err) { // for good: the others go on
			continue
		}
		if err != nil { // whose key is not here would make another figure
			return f, fmt.Errorf("read what is counted: %w", err)
		}
		overall, learning, ok := means(p, q, begun.AddDate(0, 3, 0))
		if ok {
			f.Overall, f.Learning, n = f.Overall+overall, f.Learning+learning, n+1
		}
	}
	if n < Fewest {
		return Figure{Quarter: q}, nil
	}
	f.Enough, f.Overall, f.Learning = true, halves(f.Overall/float64(n)), halves(f.Learning/float64(n))
	return f, nil
}

// means are those of a member's check-ins within a quarter, as it was over; false without
// any that answer enough for both.
func means(p paths.Path, q Quarter, over time.Time) (overall, learning float64, ok bool) {
	var all, learned []checkins.Point
	for _, s := range p.Steps {
		var within []checkins.CheckIn
		for _, c := range p.CheckInsOf(s.ID) {
			if c.Day.Year() == q.Year && (c.Day.Month()-1)/3+1 == q.Number && c.Made.Before(over) && c.Import == "" {
				within = append(within, checkins.CheckIn{Day: c.Day.First(), Answers: c.Answers})
			}
		}
		all = append(all, checkins.Overall.Points(within)...)
		learned = append(learned, checkins.LearningAndGrowth.Points(within)...)
	}
	return checkins.Mean(all), checkins.Mean(learned), len(all) > 0 && len(learned) > 0
}

func damaged(err error) bool {
	var p *problem.Problem
	return errors.As(err, &p) && p.Message.Key == "path.damaged"
}

func halves(v float64) float64 { return math.Round(v*2) / 2 }
