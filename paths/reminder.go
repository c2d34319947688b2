package paths

import (
	"fmt"
	"time"

	"waypost/internal/db"
	"waypost/internal/partdate"
)

// About says what a reminder is for. What it says to the member is the same for all.
type About string

// What a member may be reminded of.
const (
	AboutCheckIn About = "check_in"
	AboutReview  About = "review" // of a step, at the day set for it
	AboutLook    About = "look"   // back at a decision
)

// Unanswered is after how many reminders without an answer there are no more, until the
// member comes back.
const Unanswered = 2

// remindHour is when on the day letters go, in the zone of the community.
const remindHour = 8

// Reminder is a day on which a member wants to hear that something is due.
type Reminder struct {
	ID         string // what it is about, unique within the path
	About      About
	Due        partdate.Days
	Every      int // days until it is due again; 0 for what is due once
	Unanswered int
}

// remind returns the reminders of a path, by their ID. One of a day that has come, which
// was sent already, stays where it moved to; the member is here, so none has gone without
// an answer.
func remind(p Path, have map[string]Reminder, today partdate.Date) map[string]Reminder {
	want := map[string]Reminder{}
	add := func(id string, about About, due partdate.Days, every int) {
		r := Reminder{ID: id, About: about, Due: due, Every: every}
		old, ok := have[id]
		switch {
		case about != AboutCheckIn && ok && old.Due == due:
			r.Unanswered = old.Unanswered
		case about == AboutCheckIn && ok && old.Every == every && old.Due > due && due <= today.First():
			r.Due = old.Due
		}
		if about == AboutCheckIn {
			r.Due = ahead(r.Due, every, today)
		}
		want[id] = r
	}
	for _, s := range p.Steps {
		if !s.GoesOn(today) {
			continue
		}
		if s.Cadence != Never {
			add(s.ID, AboutCheckIn, NextCheckIn(s, p.CheckInsOf(s.ID), today), int(s.Cadence))
		}
		if s.Review.First() >= today.First() {
			add("review-"+s.ID, AboutReview, s.Review.First(), 0)
		}
	}
	for _, d := range p.Decisions {
		for i, look := range d.Looks {
			if d.State == DecisionDecided && look.At.IsZero() {
				add(fmt.Sprintf("look-%s-%d", d.ID, i), AboutLook, look.Due.First(), 0)
			}
		}
	}
	return want
}

// ahead moves a day that is over by its rhythm until it is not: whoever is here just now
// needs no letter at once.
func ahead(due partdate.Days, every int, today partdate.Date) partdate.Days {
	if late := today.First() - due; late > 0 && every > 0 {
		due += partdate.Days((int(late) + every - 1) / every * every)
	}
	return due
}

// NextCheckIn is the day on which a check-in on a step is due by its cadence: so long
// after the last one, or after the step began or was put down, whichever is later.
func NextCheckIn(s Step, done []CheckIn, today partdate.Date) partdate.Days {
	last := max(s.Start.First(), partdate.DayOf(s.Made))
	if s.Made.IsZero() {
		last = max(s.Start.First(), today.First())
	}
	if n := len(done); n > 0 {
		last = done[n-1].Day.First()
	}
	return last + partdate.Days(s.Cadence)
}

// Reminders are those of a member, by their ID.
func Reminders(tx *db.Tx, member string) (map[string]Reminder, error) {
	list, err := db.List(tx, func(r db.Row) (x Reminder, err error) {
		err = r.Scan(&x.ID, &x.About, &x.Due, &x.Every, &x.Unanswered)
		return x, err
	}, `SELECT id, about, due_on, every_days, unanswered FROM path_reminders WHERE member_id = $1`, member)
	if err != nil {
		return nil, fmt.Errorf("read reminders: %w", err)
	}
	byID := make(map[string]Reminder, len(list))
	for _, r := range list {
		byID[r.ID] = r
	}
	return byID, nil
}

// keepReminders writes what differs.
func (s *Service) keepReminders(tx *db.Tx, member string, have, want map[string]Reminder) error {
	zone, err := s.Zone(tx)
	if err != nil {
		return err
	}
	for id, r := range want {
		if have[id] == r {
			continue
		}
		_, err := tx.Exec(`INSERT INTO path_reminders (member_id, id, about, due_on, due_at, every_days, unanswered) VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (member_id, id) DO UPDATE SET due_on = excluded.due_on, due_at = excluded.due_at, every_days = excluded.every_days, unanswered = excluded.unanswered`,
			member, id, string(r.About), int64(r.Due), dueAt(r.Due, zone).UnixMilli(), r.Every, r.Unanswered)
		if err != nil {
			return fmt.Errorf("keep a reminder: %w", err)
		}
	}
	for id := range have {
		if _, stays := want[id]; stays {
			continue
		}
		if _, err := tx.Exec(`DELETE FROM path_reminders WHERE member_id = $1 AND id = $2`, member, id); err != nil {
			return fmt.Errorf("end a reminder: %w", err)
		}
	}
	return nil
}

// dueAt is the moment of a day at which letters go.
func dueAt(day partdate.Days, zone *time.Location) time.Time {
	d := day.Date()
	return time.Date(d.Year(), time.Month(d.Month()), d.Day(), remindHour, 0, 0, 0, zone)
}

// Due lists the members of whom something is due now, at most so many.
func (s *Service) Due(tx *db.Tx, most int) ([]string, error) {
	list, err := db.List(tx, db.Value[string], `SELECT DISTINCT member_id FROM path_reminders WHERE due_at <= $1 AND unanswered < $2 ORDER BY member_id LIMIT $3`,
		s.Clock().UnixMilli(), Unanswered, most)
	if err != nil {
		return nil, fmt.Errorf("look for reminders that are due: %w", err)
	}
	return list, nil
}

// Reminded notes that a member heard of what is due now: a check-in is due again its
// cadence later, other things are not said twice.
func (s *Service) Reminded(tx *db.Tx, member string) error {
	now := s.Clock()
	if _, err := tx.Exec(`UPDATE path_reminders SET unanswered = $1 WHERE member_id = $2 AND due_at <= $3 AND about <> $4`,
		Unanswered, member, now.UnixMilli(), string(AboutCheckIn)); err != nil {
		return fmt.Errorf("note a reminder: %w", err)
	}
	zone, err := s.Zone(tx)
	if err != nil {
		return err
	}
	have, err := Reminders(tx, member)
	if err != nil {
		return err
	}
	today := partdate.DayOf(now.In(zone)).Date()
	for id, r := range have {
		if r.About != AboutCheckIn || dueAt(r.Due, zone).After(now) {
			continue
		}
		next := ahead(r.Due+partdate.Days(r.Every), r.Every, (today.First() + 1).Date())
		if _, err := tx.Exec(`UPDATE path_reminders SET unanswered = unanswered + 1, due_on = $1, due_at = $2 WHERE member_id = $3 AND id = $4`,
			int64(next), dueAt(next, zone).UnixMilli(), member, id); err != nil {
			return fmt.Errorf("note a reminder: %w", err)
		}
	}
	return nil
}

const day = 24 * time.Hour
