package paths

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"waypost/internal/clock"
	"waypost/internal/db"
	"waypost/internal/id"
	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/paths/sealed"
)

// Service keeps paths.
type Service struct {
	DB    *db.DB
	IDs   *id.Source
	Clock clock.Clock
	Rings *sealed.Rings
	// Zone is where the days of the community begin.
	Zone func(tx *db.Tx) (*time.Location, error)
	// Erased hears that a path was destroyed, in the transaction in which it was.
	Erased func(tx *db.Tx, member string) error

	lost atomic.Int64 // keys that the ring did not open when all were looked through last
}

// Lost is how many members' keys the ring did not open when all were looked through last.
func (s *Service) Lost() int { return int(s.lost.Load()) }

// errStale says that a path was changed between reading and writing it.
var errStale = errors.New("the path was changed meanwhile")

// tries is how often a change is made anew on a path that others change at the time.
const tries = 5

// Edit is a change of one member's path while it is made, in memory.
type Edit struct {
	Path  Path
	Now   time.Time
	Today partdate.Date

	ids  *id.Source
	puts []part
	gone []Removed
}

// Read opens the path of a member: nobody else's can be reached by it.
func (s *Service) Read(tx *db.Tx, member string) (Path, error) {
	k, err := s.read(tx, member)
	return k.path, err
}

// Today is the day in the community.
func (s *Service) Today(tx *db.Tx) (partdate.Date, error) {
	zone, err := s.Zone(tx)
	if err != nil {
		return partdate.Date{}, err
	}
	return partdate.DayOf(s.Clock().In(zone)).Date(), nil
}

// ReadAll is Read with what the member removed and may bring back.
func (s *Service) ReadAll(tx *db.Tx, member string) (Path, []Removed, error) {
	k, err := s.read(tx, member)
	return k.path, k.gone, err
}

// change opens a member's path, lets fn change it, and keeps what fn changed as one. fn
// may run again on a path that was changed meanwhile, so it has no other effect.
func (s *Service) change(ctx context.Context, member string, fn func(e *Edit, k kept) error) error {
	for range tries {
		err := s.changeOnce(ctx, member, fn)
		if !errors.Is(err, errStale) {
			return err
		}
	}
	return problem.New(problem.Conflict, "path.changed_meanwhile")
}

func (s *Service) changeOnce(ctx context.Context, member string, fn func(e *Edit, k kept) error) error {
	var k kept
	e := &Edit{Now: s.Clock(), ids: s.IDs}
	err := s.DB.View(ctx, func(tx *db.Tx) (err error) {
		if k, err = s.read(tx, member); err != nil {
			return err
		}
		e.Today, err = s.Today(tx)
		return err
	})
	if err != nil {
		return err
	}
	e.Path = k.path
	if err := fn(e, k); err != nil {
		return err
	}
	if len(e.puts)+len(e.gone) == 0 {
		return nil
	}
	write, err := s.seal(member, k, e)
	if err != nil {
		return err
	}
	return s.DB.Update(ctx, write)
}

// seal seals what an edit changed, and returns what writes it.
func (s *Service) seal(member string, k kept, e *Edit) (func(tx *db.Tx) error, error) {
	var fresh sealed.Wrapped
	var err error
	if k.version == 0 {
		if k.key, fresh, err = s.Rings.Now().NewKey(member); err != nil {
			return nil, err
		}
	}
	e.Path.sort()
	texts := make([][]byte, len(e.puts))
	for i, x := range e.puts {
		if texts[i], err = shut(k.key, x); err != nil {
			return nil, err
		}
	}
	due := remind(e.Path, k.due, e.Today)
	return func(tx *db.Tx) error {
		if err := claim(tx, member, k.version, fresh, e.Now); err != nil {
			return err
		}
		for i, x := range e.puts {
			if err := write(tx, member, x, texts[i]); err != nil {
				return err
			}
		}
		for _, r := range e.gone {
			if err := markGone(tx, member, r.Part, r.ID(), e.Now); err != nil {
				return err
			}
		}
		return s.keepReminders(tx, member, k.due, due)
	}, nil
}

// put keeps a part, new or changed.
func (e *Edit) put(x part) {
	r := x.row()
	if r.ID == "" {
		r.ID = e.ids.New()
	}
	if r.Made.IsZero() {
		r.Made = e.Now.UTC().Truncate(time.Millisecond)
	}
	r.Version++
	e.puts = append(e.puts, x)
	e.Path.put(x)
}

// remove takes a part away; it may be brought back for a while.
func (e *Edit) remove(x part) {
	e.gone = append(e.gone, Removed{x.kind(), e.Now, x})
	e.Path.drop(x.kind(), x.row().ID)
}

// current finds what a form was made of: gone is not found, and changed since is a
// conflict.
func current[T any, P rowed[T]](list []T, given Row) (T, error) {
	x, ok := found[T, P](list, given.ID)
	if !ok {
		return x, problem.New(problem.NotFound, "problem.not_found")
	}
	if P(&x).row().Version != given.Version {
		return x, problem.New(problem.Conflict, "path.changed_meanwhile")
	}
	return x, nil
}
