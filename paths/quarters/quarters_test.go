package quarters_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/partdate"
	"waypost/internal/testkit/ground"
	"waypost/paths"
	"waypost/paths/checkins"
	"waypost/paths/quarters"
	"waypost/paths/sealed"
)

// TestQuarters: nine members make no figure and ten do, of those alone who joined; it is
// rounded to halves, made once, and stays as it was made.
func TestQuarters(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		joined int
		want   string
	}{{9, "[{{2026 1} false 0 0}]"}, {10, "[{{2026 1} true 3.5 2}]"}} {
		t.Run(fmt.Sprint(c.joined), func(t *testing.T) {
			ground.Each(t, func(t *testing.T, g *ground.Ground) {
				s := service(t, g)
				must := func(err error) {
					t.Helper()
					if err != nil {
						t.Fatal(err)
					}
				}
				for i := range 12 {
					member := fmt.Sprint("m", i)
					step, err := s.Paths.SaveStep(t.Context(), member, paths.Step{Kind: paths.Position, Title: "A job", Start: day(t, "2025")})
					must(err)
					answers := checkins.Answers{2, 2, 4, 4, 4, 4, 4}
					if i >= c.joined { // who did not join would change it
						answers = checkins.Answers{5, 5, 5, 5, 5, 5, 5}
					}
					_, err = s.Paths.SaveCheckIn(t.Context(), member, paths.CheckIn{Step: step.ID, Day: day(t, "2026-02-10"), Answers: answers})
					must(err)
					_, err = s.Paths.SaveCheckIn(t.Context(), member, paths.CheckIn{Step: step.ID, Day: day(t, "2026-04-10"), Answers: checkins.Answers{1, 1, 1, 1, 1, 1, 1}})
					must(err)
					must(s.Join(t.Context(), member, i < c.joined))
				}
				must(s.Make(t.Context())) // it is off
				must(s.Turn(t.Context(), "", true))
				ring := s.Paths.Rings.Now()
				other, err := sealed.NewRing(bytes.Repeat([]byte{2}, sealed.KeySize))
				must(err)
				s.Paths.Rings.Put(other)
				if s.Make(t.Context()) == nil {
					t.Error("a figure was made without the keys")
				}
				s.Paths.Rings.Put(ring)
				must(s.Make(t.Context()))
				must(s.Join(t.Context(), "m11", true))
				must(s.Make(t.Context()))
				g.View(t, func(tx *db.Tx) error {
					list, err := s.Figures(tx)
					if got := fmt.Sprint(list); got != c.want {
						t.Errorf("figures %s, want %s", got, c.want)
					}
					return err
				})
			})
		})
	}
}

func service(t *testing.T, g *ground.Ground) *quarters.Service {
	t.Helper()
	ring, err := sealed.NewRing(bytes.Repeat([]byte{1}, sealed.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	var rings sealed.Rings
	rings.Put(ring)
	g.Update(t, func(tx *db.Tx) error {
		for i := range 12 {
			if _, err := tx.Exec(`INSERT INTO accounts (id, name, created_at) VALUES ($1, $1, 0)`, fmt.Sprint("m", i)); err != nil {
				return err
			}
		}
		return nil
	})
	p := &paths.Service{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Rings: &rings, Zone: func(*db.Tx) (*time.Location, error) { return time.UTC, nil }}
	return &quarters.Service{DB: g.DB, Clock: g.Clock.Now, Paths: p, Record: func(*db.Tx, string, string, string, string) error { return nil }}
}

func day(t *testing.T, text string) partdate.Date {
	t.Helper()
	d, err := partdate.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
