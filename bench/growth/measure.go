//go:build linux

package growth

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"waypost/bench/proc"
	"waypost/bench/site"
	"waypost/internal/db"
	"waypost/members"
	"waypost/stories"
)

// A question is asked so often, or for so long.
const (
	mostAsked  = 300
	longestAsk = 2 * time.Second
)

// measure asks a site of some stories every question and notes what each took.
func (t *table) measure(ctx context.Context, s *site.Site, stories int) error {
	a, err := newAsker(ctx, s, stories)
	if err != nil {
		return err
	}
	for i, q := range questions {
		took := make([]time.Duration, 0, mostAsked)
		for began := time.Now(); len(took) < mostAsked && (len(took) < 5 || time.Since(began) < longestAsk); {
			start := time.Now()
			if err := q.ask(a); err != nil {
				return fmt.Errorf("%s: %w", q.name, err)
			}
			took = append(took, time.Since(start))
		}
		if len(t.rows) <= i {
			t.rows = append(t.rows, row{name: q.name})
		}
		slices.Sort(took)
		t.rows[i].times = append(t.rows[i].times, times{proc.Median(took), took[len(took)*95/100]})
	}
	return nil
}

// newAsker reads what the questions are about.
func newAsker(ctx context.Context, s *site.Site, all int) (*asker, error) {
	a := &asker{Site: s, ctx: ctx, dice: rand.New(rand.NewPCG(7, 7))}
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		newest, err := s.Stories.Newest(tx, stories.Key{}, 1)
		if err != nil {
			return err
		}
		a.newest = newest[0].Published
		first, err := oldest(tx)
		if err != nil {
			return err
		}
		a.span = a.newest.Sub(first)
		for part := range 50 {
			at := a.newest.Add(-a.span / 50 * time.Duration(part))
			some, err := s.Stories.Newest(tx, stories.Key{Published: at, ID: "~"}, 10)
			if err != nil {
				return err
			}
			a.some = append(a.some, some...)
		}
		return a.lists(tx)
	})
	if err != nil {
		return nil, fmt.Errorf("look at the %d stories: %w", all, err)
	}
	return a, nil
}

// oldest is when the first story of all was published.
func oldest(tx *db.Tx) (time.Time, error) {
	var ms int64
	err := tx.QueryRow(`SELECT published_at FROM stories WHERE state = 'published' ORDER BY published_at, id LIMIT 1`).Scan(&ms)
	return time.UnixMilli(ms), err
}

func (a *asker) lists(tx *db.Tx) error {
	topics, err := a.Topics.All(tx)
	if err != nil {
		return err
	}
	for _, t := range topics {
		a.topics = append(a.topics, t.Slug)
	}
	authors, err := a.Members.Profiles(tx, members.ProfileKey{}, 100)
	for _, p := range authors {
		a.authors = append(a.authors, p.Handle)
	}
	return err
}
