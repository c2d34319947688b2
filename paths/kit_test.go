package paths_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/internal/testkit/ground"
	"waypost/paths"
	"waypost/paths/checkins"
	"waypost/paths/sealed"
)

// kit is a ground with two members who may keep a path.
type kit struct {
	*ground.Ground
	*paths.Service
	erased []string
}

func each(t *testing.T, test func(t *testing.T, k *kit)) {
	t.Helper()
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) {
		k := &kit{Ground: g}
		k.Service = &paths.Service{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Rings: rings(t, 1),
			Zone:   func(*db.Tx) (*time.Location, error) { return time.UTC, nil },
			Erased: func(_ *db.Tx, member string) error { k.erased = append(k.erased, member); return nil }}
		g.Update(t, func(tx *db.Tx) error {
			for _, id := range []string{ann, ben} {
				if _, err := tx.Exec(`INSERT INTO accounts (id, name, created_at) VALUES ($1, $1, 0)`, id); err != nil {
					return err
				}
			}
			return nil
		})
		test(t, k)
	})
}

const ann, ben = "ann", "ben"

func ring(t *testing.T, fills ...byte) sealed.Ring {
	t.Helper()
	var secrets [][]byte
	for _, fill := range fills {
		secrets = append(secrets, bytes.Repeat([]byte{fill}, sealed.KeySize))
	}
	r, err := sealed.NewRing(secrets...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func rings(t *testing.T, fills ...byte) *sealed.Rings {
	t.Helper()
	var r sealed.Rings
	r.Put(ring(t, fills...))
	return &r
}

func date(t testing.TB, text string) partdate.Date {
	t.Helper()
	d, err := partdate.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// path is the path of a member as it is kept.
func (k *kit) path(t testing.TB, member string) paths.Path {
	t.Helper()
	var p paths.Path
	k.Ground.View(t, func(tx *db.Tx) (err error) {
		p, err = k.Read(tx, member)
		return err
	})
	return p
}

// step keeps a step that began at a date.
func (k *kit) step(t testing.TB, member, title, start string) paths.Step {
	t.Helper()
	s, err := k.SaveStep(t.Context(), member, paths.Step{Kind: paths.Position, Title: title, Start: date(t, start)})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// checkIn keeps a check-in of today that answers every item alike.
func (k *kit) checkIn(t testing.TB, member, step string, answer int) paths.CheckIn {
	t.Helper()
	var a checkins.Answers
	for i := range a {
		a[i] = answer
	}
	there, _ := k.path(t, member).CheckInOn(step, paths.CheckIn{Day: k.today(t)})
	c, err := k.SaveCheckIn(t.Context(), member, paths.CheckIn{Row: there.Row, Step: step, Day: k.today(t), Answers: a})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (k *kit) today(t testing.TB) (day partdate.Date) {
	t.Helper()
	k.Ground.View(t, func(tx *db.Tx) (err error) {
		day, err = k.Today(tx)
		return err
	})
	return day
}

// faults are the fields and messages of a refusal.
func faults(err error) string {
	var p *problem.Problem
	if !errors.As(err, &p) {
		return "no problem"
	}
	list := []string{p.Kind.String()}
	if len(p.Fields) == 0 {
		return p.Kind.String() + " " + p.Message.Key
	}
	for _, f := range p.Fields {
		list = append(list, f.Name+": "+f.Message.Key)
	}
	return strings.Join(list[1:], ", ")
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
