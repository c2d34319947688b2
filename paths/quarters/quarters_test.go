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

// TestQuarters: nine members make no figure and ten do, of those alone who joined and were
// there before the quarter began; it is rounded to halves, made once, and stays as it was
// made.
func TestQuarters(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		joined int
		want   string
	}{{9, "[{{2026 1} false 0 0}]"}, {10, "[{{2026 1} true 3.5 2}]"}} {
		t.Run(fmt.Sprint(c.joined), func(t *testing.T) {
			ground.Each(t, func(t *testing.T, g *ground.Ground) {
				k := &kit{T: t, Ground: g, Service: service(t, g)}
				for i := range 12 {
					answers := checkins.Answers{2, 2, 4, 4, 4, 4, 4}
					if i >= c.joined { // who did not join would change it
						answers = all(5)
					}
					member := fmt.Sprint("m", i)
					k.checksIn(member, "2025-12-30", "2026-02-10", answers)
					k.checkIn(member, "2026-04-10", "2026-04-10", all(1))
					k.must(k.Join(t.Context(), member, i < c.joined))
				}
				k.strangers()
				k.now("2026-05-04")
				k.must(k.Make(t.Context())) // it is off
				k.must(k.Turn(t.Context(), "", true))
				ring := k.Paths.Rings.Now()
				other, err := sealed.NewRing(bytes.Repeat([]byte{2}, sealed.KeySize))
				k.must(err)
				k.Paths.Rings.Put(other)
				if k.Make(t.Context()) == nil {
					t.Error("a figure was made without the keys")
				}
				k.Paths.Rings.Put(ring)
				k.must(k.Make(t.Context()))
				k.must(k.Join(t.Context(), "m11", true))
				k.must(k.Make(t.Context()))
				g.View(t, func(tx *db.Tx) error {
					list, err := k.Figures(tx)
					if got := fmt.Sprint(list); got != c.want {
						t.Errorf("figures %s, want %s", got, c.want)
					}
					return err
				})
			})
		})
	}
}

// strangers are members who joined and would change the figure, were they counted.
func (k *kit) strangers() {
	k.Helper()
	k.checksIn("young", "2025-12-30", "2026-02-10", all(5))
	k.checksIn("fresh", "2026-01-05", "2026-02-10", all(5))
	k.checksIn("closed", "2025-12-30", "2026-02-10", all(5))
	k.checksIn("damaged", "2025-12-30", "2026-02-10", all(5))
	k.checksIn("late", "2025-12-30", "2025-12-31", all(5))
	k.checkIn("late", "2026-05-04", "2026-02-10", all(5))
	k.checksIn("file", "2025-12-30", "2025-12-31", all(5))
	k.now("2026-05-04")
	made := time.Date(2026, time.February, 10, 9, 0, 0, 0, time.UTC)
	_, err := k.Paths.BringIn(k.Context(), "file", "document", "", paths.Path{
		Steps:    []paths.Step{{Row: paths.Row{ID: "s"}, Kind: paths.Gig, Title: "A gig", Start: day(k.T, "2025")}},
		CheckIns: []paths.CheckIn{{Row: paths.Row{ID: "c", Made: made}, Step: "s", Day: day(k.T, "2026-02-10"), Answers: all(5)}}})
	k.must(err)
	k.Ground.Update(k.T, func(tx *db.Tx) error {
		if _, err := tx.Exec(`UPDATE accounts SET disabled_at = 1 WHERE id = 'closed'`); err != nil {
			return err
		}
		_, err := tx.Exec(`UPDATE path_parts SET sealed = $1 WHERE member_id = 'damaged'`, []byte("not sealed by anything here"))
		return err
	})
	for _, member := range strangers {
		k.must(k.Join(k.Context(), member, true))
	}
}

var strangers = []string{"young", "fresh", "closed", "damaged", "late", "file"}

type kit struct {
	*testing.T
	*ground.Ground
	*quarters.Service
	step paths.Step
}

func (k *kit) must(err error) {
	k.Helper()
	if err != nil {
		k.Fatal(err)
	}
}

// now moves the clock to a day.
func (k *kit) now(text string) {
	d := day(k.T, text)
	k.Ground.Clock.Advance(time.Date(d.Year(), time.Month(d.Month()), d.Day(), 12, 0, 0, 0, time.UTC).Sub(k.Ground.Clock.Now()))
}

// checksIn has a member begin a path on one day, and check in on another.
func (k *kit) checksIn(member, begun, on string, answers checkins.Answers) {
	k.Helper()
	k.now(begun)
	var err error
	k.step, err = k.Paths.SaveStep(k.Context(), member, paths.Step{Kind: paths.Position, Title: "A job", Start: day(k.T, "2025")})
	k.must(err)
	k.checkIn(member, on, on, answers)
}

// checkIn writes a check-in of a day.
func (k *kit) checkIn(member, written, of string, answers checkins.Answers) {
	k.Helper()
	k.now(written)
	_, err := k.Paths.SaveCheckIn(k.Context(), member, paths.CheckIn{Step: k.step.ID, Day: day(k.T, of), Answers: answers})
	k.must(err)
}

func all(answer int) (a checkins.Answers) {
	for i := range a {
		a[i] = answer
	}
	return a
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
		for _, member := range strangers {
			if _, err := tx.Exec(`INSERT INTO accounts (id, name, created_at) VALUES ($1, $1, 0)`, member); err != nil {
				return err
			}
		}
		_, err := tx.Exec(`UPDATE accounts SET created_at = $1 WHERE id = 'young'`, time.Date(2026, time.January, 5, 9, 0, 0, 0, time.UTC).UnixMilli())
		return err
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
