package paths_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/paths"
	"waypost/paths/checkins"
)

func TestGoals(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		g, err := k.SaveGoal(t.Context(), ann, paths.Goal{Title: "Write for a living", Horizon: date(t, "2030")})
		must(t, err)
		if _, err := k.SaveGoal(t.Context(), ann, paths.Goal{}); faults(err) != "somebody else changed it first path.goal_active" && !problem.Is(err, problem.Conflict) {
			t.Errorf("a second active goal: %v", err)
		}
		old := g
		g.Why = "Because."
		g, err = k.SaveGoal(t.Context(), ann, g)
		must(t, err)
		if _, err := k.SaveGoal(t.Context(), ann, old); !problem.Is(err, problem.Conflict) {
			t.Errorf("saved over another version: %v", err)
		}
		must(t, k.EndGoal(t.Context(), ann, g.Row, paths.GoalLetGo, "It was enough."))
		next, err := k.SaveGoal(t.Context(), ann, paths.Goal{})
		must(t, err)
		p := k.path(t, ann)
		if now, ok := p.Goal(); !ok || now.ID != next.ID || len(p.Goals) != 2 || p.Goals[0].ReplacedBy != next.ID || p.Goals[0].Note != "It was enough." || p.Goals[0].Why != "Because." {
			t.Errorf("goals: %+v", p.Goals)
		}
		if !k.path(t, ben).Empty() {
			t.Error("another member has them")
		}
	})
}

func TestStepsRefused(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		top := k.step(t, ann, "Agency", "2025")
		role, err := k.SaveStep(t.Context(), ann, paths.Step{Kind: paths.Position, Title: "Junior", Start: date(t, "2025-02"), Parent: top.ID})
		must(t, err)
		theirs := k.step(t, ben, "Elsewhere", "2020")
		for _, c := range []struct {
			want   string
			change func(*paths.Step)
		}{
			{"kind: path.kind_missing", func(s *paths.Step) { s.Kind = "hobby" }},
			{"title: path.title_missing", func(s *paths.Step) { s.Title = "" }},
			{"title: field.too_long", func(s *paths.Step) { s.Title = strings.Repeat("é", 141) }},
			{"start: path.start_missing", func(s *paths.Step) { s.Start = partdate.Date{} }},
			{"end: path.end_before_start", func(s *paths.Step) { s.End = date(t, "2023") }},
			{"ended_by: path.ended_without_end", func(s *paths.Step) { s.EndedBy = paths.Left }},
			{"review: path.day_needed", func(s *paths.Step) { s.Review = date(t, "2026-05") }},
			{"review: path.review_before_start", func(s *paths.Step) { s.Review = date(t, "2023-05-01") }},
			{"workload: path.workload_range", func(s *paths.Step) { s.Workload = 101 }},
			{"pay: path.amount", func(s *paths.Step) { s.Pay = &paths.Pay{Amount: -1, Currency: "EUR", Per: paths.PerYear} }},
			{"currency: path.currency, per: field.unknown", func(s *paths.Step) { s.Pay = &paths.Pay{Currency: "euro"} }},
			{"cadence: field.unknown", func(s *paths.Step) { s.Cadence = 1 }},
			{"expected.goal: field.unknown", func(s *paths.Step) { s.Expected[checkins.Goal] = 6 }},
			{"parent: field.unknown", func(s *paths.Step) { s.Parent = theirs.ID }},
			{"parent: path.nested_too_deep", func(s *paths.Step) { s.Parent = role.ID }},
		} {
			s := paths.Step{Kind: paths.Gig, Title: "A", Start: date(t, "2024")}
			c.change(&s)
			if _, err := k.SaveStep(t.Context(), ann, s); faults(err) != c.want {
				t.Errorf("%s, want %s", faults(err), c.want)
			}
		}
		if _, err := k.SaveStep(t.Context(), ben, top); !problem.Is(err, problem.NotFound) {
			t.Errorf("another member's step: %v", err)
		}
		year, err := k.SaveStep(t.Context(), ann, paths.Step{Kind: paths.Gig, Title: "All year", Start: date(t, "2024-06"), End: date(t, "2024")})
		if err != nil || year.End != date(t, "2024") {
			t.Errorf("an end that may be later: %v", err)
		}
	})
}

// TestTrialIsReviewed: a trial has a review date, and is reminded of at it.
func TestTrialIsReviewed(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		s, err := k.SaveStep(t.Context(), ann, paths.Step{Kind: paths.Trial, Title: "Dream job", Start: date(t, "2026-05-01"), Cadence: paths.Weekly})
		must(t, err)
		if s.Review != date(t, "2026-07-30") {
			t.Errorf("reviewed on %s", s.Review)
		}
		if got := k.reminders(t); got != "check_in 2026-05-11 0, review 2026-07-30 0" {
			t.Errorf("reminders: %s", got)
		}
		must(t, k.EndStep(t.Context(), ann, s.Row, date(t, "2026-05-04"), paths.Left))
		if got := k.reminders(t); got != "" {
			t.Errorf("after its end: %s", got)
		}
	})
}

// TestRemindersFollow the rhythm and the last check-in, and do not repeat at once what was
// said: a member who writes something else is reminded no earlier.
func TestRemindersFollow(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		s, err := k.SaveStep(t.Context(), ann, paths.Step{Kind: paths.Position, Title: "Agency", Start: date(t, "2026-01"), Cadence: paths.Monthly})
		must(t, err)
		want := func(what, want string) {
			t.Helper()
			if got := k.reminders(t); got != want {
				t.Errorf("%s: %s, want %s", what, got, want)
			}
		}
		want("monthly", "check_in 2026-06-03 0")
		s.Cadence = paths.Weekly
		s, err = k.SaveStep(t.Context(), ann, s)
		must(t, err)
		want("weekly", "check_in 2026-05-11 0")
		remind := func() {
			t.Helper()
			k.Update(t, func(tx *db.Tx) error {
				due, err := k.Due(tx, 10)
				for _, member := range due {
					if err := k.Reminded(tx, member); err != nil {
						return err
					}
				}
				return err
			})
		}
		k.Ground.Clock.Advance(7 * 24 * time.Hour)
		remind()
		want("reminded", "check_in 2026-05-18 1")
		_, err = k.SaveEntry(t.Context(), ann, paths.Entry{Kind: paths.Learned, Date: date(t, "2026-05"), Text: "x"})
		must(t, err)
		want("back, without a check-in", "check_in 2026-05-18 0")
		k.Ground.Clock.Advance(7 * 24 * time.Hour)
		remind()
		k.Ground.Clock.Advance(24 * time.Hour)
		k.checkIn(t, ann, s.ID, 4)
		want("checked in", "check_in 2026-05-26 0")
		for range 5 { // nobody is there for long
			k.Ground.Clock.Advance(7 * 24 * time.Hour)
			remind()
		}
		want("silent", "check_in 2026-06-09 2")
		_, err = k.SaveEntry(t.Context(), ann, paths.Entry{Kind: paths.Learned, Date: date(t, "2026-06"), Text: "x"})
		must(t, err)
		want("back after long", "check_in 2026-06-23 0")
	})
}

func (k *kit) reminders(t *testing.T) string {
	t.Helper()
	var list []string
	k.Ground.View(t, func(tx *db.Tx) (err error) {
		list, err = db.List(tx, func(r db.Row) (string, error) {
			var about string
			var due, unanswered int64
			err := r.Scan(&about, &due, &unanswered)
			return fmt.Sprint(about, " ", partdate.Days(due).Date(), " ", unanswered), err
		}, `SELECT about, due_on, unanswered FROM path_reminders ORDER BY due_at, id`)
		return err
	})
	return strings.Join(list, ", ")
}

func TestEntries(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		s := k.step(t, ann, "Agency", "2025")
		x, err := k.SaveEntry(t.Context(), ann, paths.Entry{Kind: paths.Event, Date: date(t, "2025-03"), Minutes: 120, Step: s.ID})
		must(t, err)
		for _, c := range []struct {
			want   string
			change func(*paths.Entry)
		}{
			{"kind: path.kind_missing", func(e *paths.Entry) { e.Kind = "" }},
			{"date: path.date_missing", func(e *paths.Entry) { e.Date = partdate.Date{} }},
			{"text: field.too_long", func(e *paths.Entry) { e.Text = strings.Repeat("é", 4001) }},
			{"hours: path.hours_range", func(e *paths.Entry) { e.Minutes = -1 }},
			{"skills: field.too_many", func(e *paths.Entry) { e.Skills = make([]string, 9) }},
			{"step: field.unknown", func(e *paths.Entry) { e.Step = x.ID }},
			{"evidence: field.not_a_link", func(e *paths.Entry) { e.Evidence = "javascript:alert(1)" }},
			{"led_to: field.unknown", func(e *paths.Entry) { e.LedTo = "nowhere" }},
		} {
			e := paths.Entry{Kind: paths.Learned, Date: date(t, "2025"), LedTo: x.ID}
			c.change(&e)
			if _, err := k.SaveEntry(t.Context(), ann, e); faults(err) != c.want {
				t.Errorf("%s, want %s", faults(err), c.want)
			}
		}
		must(t, k.RemoveStep(t.Context(), ann, s.Row))
		if p := k.path(t, ann); len(p.Steps) != 0 || len(p.Entries) != 1 || p.Entries[0].Step != "" {
			t.Errorf("without its step: %+v", p.Entries)
		}
		must(t, k.BringBack(t.Context(), ann, paths.StepPart, s.ID))
		if p := k.path(t, ann); len(p.Steps) != 1 || p.Entries[0].Step != s.ID {
			t.Errorf("with its step again: %+v", p.Entries)
		}
	})
}

// TestCheckIns: one a day and step, its answers changeable for a week, its note for ever.
func TestCheckIns(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		s := k.step(t, ann, "Agency", "2026-01")
		first := k.checkIn(t, ann, s.ID, 4)
		again := k.checkIn(t, ann, s.ID, 2)
		if p := k.path(t, ann); again.ID != first.ID || len(p.CheckIns) != 1 || p.CheckIns[0].Answers[0] != 2 {
			t.Errorf("twice on a day: %+v", p.CheckIns)
		}
		stale := again
		stale.Version--
		if _, err := k.SaveCheckIn(t.Context(), ann, stale); !problem.Is(err, problem.Conflict) {
			t.Errorf("over another version: %v", err)
		}
		k.Ground.Clock.Advance(8 * 24 * time.Hour)
		late := again
		late.Answers[0], late.Note = 5, "I was tired."
		_, err := k.SaveCheckIn(t.Context(), ann, late)
		must(t, err)
		if c := k.path(t, ann).CheckIns[0]; c.Answers[0] != 2 || c.Note != "I was tired." {
			t.Errorf("after eight days: %+v", c)
		}
		for _, c := range []struct {
			want   string
			change func(*paths.CheckIn)
		}{
			{"day: path.day_ahead", func(c *paths.CheckIn) { c.Day = date(t, "2027-01-01") }},
			{"day: path.day_needed", func(c *paths.CheckIn) { c.Day = date(t, "2026-05") }},
			{"day: path.day_outside_step", func(c *paths.CheckIn) { c.Day = date(t, "2025-12-31") }},
			{"answers.pay: field.unknown", func(c *paths.CheckIn) { c.Answers[checkins.Pay] = 6 }},
			{"answers.learning: path.nothing_answered", func(c *paths.CheckIn) { c.Answers = checkins.Answers{} }},
			{"not there, or not yours problem.not_found", func(c *paths.CheckIn) { c.Step = "nowhere" }},
		} {
			x := paths.CheckIn{Step: s.ID, Day: k.today(t), Answers: checkins.Answers{3}}
			c.change(&x)
			if _, err := k.SaveCheckIn(t.Context(), ann, x); faults(err) != c.want && !problem.Is(err, problem.NotFound) {
				t.Errorf("%s, want %s", faults(err), c.want)
			}
		}
		if _, err := k.SaveCheckIn(t.Context(), ben, paths.CheckIn{Step: s.ID, Day: k.today(t), Answers: checkins.Answers{3}}); !problem.Is(err, problem.NotFound) {
			t.Errorf("on another member's step: %v", err)
		}
	})
}

// TestDeclaredChange: a check-in that says that something changed confirms it at its date,
// and takes it back when it says so no more.
func TestDeclaredChange(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		s := k.step(t, ann, "Agency", "2026-01")
		for range 4 {
			k.checkIn(t, ann, s.ID, 4)
			k.Ground.Clock.Advance(7 * 24 * time.Hour)
		}
		c := k.checkIn(t, ann, s.ID, 2)
		c.Changed, c.Note = true, "The team left."
		_, err := k.SaveCheckIn(t.Context(), ann, c)
		must(t, err)
		p := k.path(t, ann)
		course, err := p.Course(s)
		must(t, err)
		if len(p.Changes) != 1 || p.Changes[0].Words != "The team left." || p.Changes[0].State != paths.Confirmed || len(course.Overall) != 2 || near(course.Overall[1].Mean) != 2 {
			t.Errorf("declared: %+v, levels %+v", p.Changes, course.Overall)
		}
		apart, err := k.DeclareChange(t.Context(), ann, paths.Change{Step: s.ID, Day: c.Day, Words: "Said apart."})
		must(t, err)
		c = k.path(t, ann).CheckIns[4]
		c.Changed = false
		_, err = k.SaveCheckIn(t.Context(), ann, c)
		must(t, err)
		if p := k.path(t, ann); len(p.Changes) != 1 || p.Changes[0].ID != apart.ID || p.Changes[0].Words != "Said apart." {
			t.Errorf("taken back: %+v", p.Changes)
		}
		if _, err := k.DeclareChange(t.Context(), ann, paths.Change{Step: s.ID, Day: date(t, "1999-01-01"), Words: "x"}); faults(err) != "day: path.day_outside_step" {
			t.Errorf("before the step: %s", faults(err))
		}
		if err := k.EndStep(t.Context(), ann, s.Row, date(t, "2026-05-02"), paths.Left); faults(err) != "end: path.end_before_check_in" {
			t.Errorf("ended before its check-ins: %s", faults(err))
		}
	})
}

// TestFoundChange: what the check-ins show is asked about, muted for four check-ins after
// “not really”, and a level of its own once it is confirmed.
func TestFoundChange(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		s := k.step(t, ann, "Agency", "2026-01")
		in := func(answer, times int) {
			for range times {
				k.checkIn(t, ann, s.ID, answer)
				k.Ground.Clock.Advance(30 * 24 * time.Hour)
			}
		}
		course := func() paths.Course {
			c, err := k.path(t, ann).Course(s)
			must(t, err)
			return c
		}
		in(4, 6)
		if c := course(); c.Finding != nil || !c.TooEarly() {
			t.Errorf("of six: %+v", c.Finding)
		}
		if err := k.AnswerChange(t.Context(), ann, s.ID, paths.Confirmed, "x"); !problem.Is(err, problem.Conflict) {
			t.Errorf("answered what is not seen: %v", err)
		}
		in(2, 4)
		f := course().Finding
		if f == nil || !f.Detected || !f.Asks || !f.Dip || near(f.Before) != 4 || near(f.After) != 2 || len(f.Moves) != checkins.Items {
			t.Fatalf("found %+v", f)
		}
		must(t, k.AnswerChange(t.Context(), ann, s.ID, paths.Postponed, ""))
		if course().Finding.Asks {
			t.Error("asked again before the next check-in")
		}
		in(2, 1)
		if !course().Finding.Asks {
			t.Error("not asked after the next check-in")
		}
		must(t, k.AnswerChange(t.Context(), ann, s.ID, paths.Dismissed, ""))
		in(2, 3)
		if course().Finding.Asks {
			t.Error("asked while muted")
		}
		in(2, 1)
		if !course().Finding.Asks {
			t.Error("muted for more than four check-ins")
		}
		must(t, k.AnswerChange(t.Context(), ann, s.ID, paths.Confirmed, "My project ended."))
		if c := course(); c.Finding != nil || len(c.Overall) != 2 || near(c.Overall[0].Mean) != 4 || near(c.Overall[1].Mean) != 2 {
			t.Errorf("confirmed: %+v", c)
		}
		if p := k.path(t, ann); len(p.Changes) != 2 {
			t.Errorf("kept: %+v", p.Changes)
		}
	})
}

// near rounds a mean.
func near(mean float64) float64 { return math.Round(mean*1e6) / 1e6 }

// TestSealed looks for what two members wrote in the rows of all tables, and finds none of it.
func TestSealed(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		var planted []string
		word := func() string {
			planted = append(planted, fmt.Sprintf("canary%02dsings", len(planted)))
			return planted[len(planted)-1]
		}
		for _, member := range []string{ann, ben} {
			_, err := k.SaveGoal(t.Context(), member, paths.Goal{Title: word(), Why: word(), Occupation: word()})
			must(t, err)
			s, err := k.SaveStep(t.Context(), member, paths.Step{Kind: paths.Trial, Title: word(), Organization: word(), Start: date(t, "2026-01-05"), Had: word(), Expect: word(),
				StayIf: word(), LeaveIf: word(), Pay: &paths.Pay{Amount: 777123, Currency: "XAU", Per: paths.PerYear}})
			must(t, err)
			_, err = k.SaveEntry(t.Context(), member, paths.Entry{Kind: paths.Learned, Date: date(t, "2026-02-03"), Text: word(), Skills: []string{word(), word()}, Evidence: "https://" + word() + ".example", Step: s.ID})
			must(t, err)
			_, err = k.SaveCheckIn(t.Context(), member, paths.CheckIn{Step: s.ID, Day: k.today(t), Answers: checkins.Answers{1, 2, 3, 4, 5}, Changed: true, Note: word()})
			must(t, err)
			d := decision(word(), word(), word())
			d.Step, d.MustHaves, d.Criteria[0].Name, d.Criteria[0].Zero, d.Criteria[0].Ten = s.ID, []string{word()}, word(), word(), word()
			d, err = k.SaveDecision(t.Context(), member, d)
			must(t, err)
			must(t, k.Converse(t.Context(), member, d.Row, word(), word()))
			d, _ = k.path(t, member).Decision(d.ID)
			must(t, k.Decide(t.Context(), member, d.Row, paths.Choice{Chosen: d.Options[0].Name, Reason: word()}))
			d, _ = k.path(t, member).Decision(d.ID)
			k.Ground.Clock.Advance(70 * 24 * time.Hour)
			must(t, k.LookBack(t.Context(), member, d.Row, 0, paths.Felt{}, word()))
		}
		if len(planted) != 50 {
			t.Fatalf("%d words planted", len(planted))
		}
		dump := strings.ToLower(k.dump(t))
		for _, w := range append(planted, "777123", "xau", "organization", "answers", "2026-01-05", k.today(t).String(), "learned", "trial", "next-year") {
			if strings.Contains(dump, w) {
				t.Errorf("the database shows %q", w)
			}
		}
		text, err := json.Marshal([]paths.Path{k.path(t, ann), k.path(t, ben)})
		must(t, err)
		for _, w := range planted {
			if !bytes.Contains(text, []byte(w)) {
				t.Errorf("%q was not kept", w)
			}
		}
	})
}

// dump is every value of every row.
func (k *kit) dump(t *testing.T) string {
	t.Helper()
	var out strings.Builder
	k.Ground.View(t, func(tx *db.Tx) error {
		tables, err := tx.Tables()
		for _, table := range tables {
			if err == nil {
				err = tx.DumpSome(table, "", nil, func(row []any) error {
					for _, v := range row {
						if b, ok := v.([]byte); ok {
							out.Write(b)
						} else {
							fmt.Fprint(&out, v)
						}
						out.WriteByte('\n')
					}
					return nil
				})
			}
		}
		return err
	})
	if !strings.Contains(out.String(), ann) {
		t.Fatal("the dump has no rows")
	}
	return out.String()
}

// TestMovedRows: a row that is given to another member, or gets another version, is not read.
func TestMovedRows(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		s := k.step(t, ann, "Agency", "2025")
		k.step(t, ben, "Elsewhere", "2025")
		k.Update(t, func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE path_parts SET member_id = $1 WHERE member_id = $2`, ben, ann)
			return err
		})
		k.Ground.View(t, func(tx *db.Tx) error {
			if p, err := k.Read(tx, ben); err == nil {
				t.Errorf("read another's: %+v", p)
			}
			return nil
		})
		k.Update(t, func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE path_parts SET member_id = $1, version = 2 WHERE id = $2`, ann, s.ID)
			return err
		})
		k.Ground.View(t, func(tx *db.Tx) error {
			if p, err := k.Read(tx, ann); err == nil {
				t.Errorf("read under another version: %+v", p)
			}
			return nil
		})
	})
}

func TestErase(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.step(t, ann, "Agency", "2025")
		k.step(t, ben, "Elsewhere", "2025")
		must(t, k.Erase(t.Context(), ann))
		if !k.path(t, ann).Empty() || len(k.path(t, ben).Steps) != 1 || len(k.erased) != 1 {
			t.Errorf("erased %v", k.erased)
		}
		k.step(t, ann, "Begun anew", "2026")
		if p := k.path(t, ann); len(p.Steps) != 1 {
			t.Errorf("begun anew: %+v", p)
		}
	})
}

// TestRotation: another key wraps what an earlier one did, and without it a path says so
// and stays as it is.
func TestRotation(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		s := k.step(t, ann, "Agency", "2025")
		lost := &paths.Service{DB: k.Service.DB, IDs: k.Service.IDs, Clock: k.Service.Clock, Zone: k.Zone, Erased: k.Erased}
		lost.Rings = rings(t, 9)
		k.Ground.View(t, func(tx *db.Tx) error {
			if _, err := lost.Read(tx, ann); !problem.Is(err, problem.Unavailable) {
				t.Errorf("without its key: %v", err)
			}
			return nil
		})
		if _, err := lost.SaveStep(t.Context(), ann, s); !problem.Is(err, problem.Unavailable) {
			t.Errorf("written without its key: %v", err)
		}
		if n, err := lost.Rewrap(t.Context()); err != nil || n != (paths.Rewrapped{Lost: 1}) || lost.Lost() != 1 {
			t.Errorf("rewrapped without it: %+v, %v", n, err)
		}
		k.Rings.Put(ring(t, 9, 1))
		if n, err := k.Rewrap(t.Context()); err != nil || n != (paths.Rewrapped{Anew: 1}) {
			t.Errorf("rewrapped: %+v, %v", n, err)
		}
		if n, err := k.Rewrap(t.Context()); err != nil || n != (paths.Rewrapped{}) {
			t.Errorf("rewrapped again: %+v, %v", n, err)
		}
		k.Ground.View(t, func(tx *db.Tx) error {
			if p, err := lost.Read(tx, ann); err != nil || len(p.Steps) != 1 {
				t.Errorf("by the new key: %+v, %v", p, err)
			}
			return nil
		})
	})
}

// TestRotationMeetsAnother: a path that was destroyed and begun anew while keys are wrapped
// anew keeps the key it has now, and opens; one that was only destroyed stays so.
func TestRotationMeetsAnother(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.step(t, ann, "Agency", "2025")
		k.step(t, ben, "Elsewhere", "2025")
		k.Rings.Put(ring(t, 2, 1))
		n, err := k.RewrapLate(t.Context(), func() {
			must(t, k.Erase(t.Context(), ann))
			must(t, k.Erase(t.Context(), ben))
			k.step(t, ann, "Museum", "2026")
		})
		if err != nil || n != (paths.Rewrapped{}) {
			t.Errorf("wrapped anew: %+v, %v", n, err)
		}
		if p := k.path(t, ann); len(p.Steps) != 1 || p.Steps[0].Title != "Museum" {
			t.Errorf("the path begun anew is %+v", p)
		}
		if p := k.path(t, ben); !p.Empty() {
			t.Errorf("the destroyed path is %+v", p)
		}
	})
}

// TestTwoChangesAtOnce: of changes that meet, each is kept.
func TestTwoChangesAtOnce(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.step(t, ann, "Agency", "2025")
		done := make(chan error)
		const n = 4
		for range n {
			go func() {
				_, err := k.SaveEntry(t.Context(), ann, paths.Entry{Kind: paths.Event, Date: date(t, "2025"), Minutes: 60})
				done <- err
			}()
		}
		kept := 0
		for range n {
			if err := <-done; err == nil {
				kept++
			} else if !problem.Is(err, problem.Conflict) {
				t.Error(err)
			}
		}
		if got := len(k.path(t, ann).Entries); got != kept || kept == 0 {
			t.Errorf("%d kept, %d there", kept, got)
		}
	})
}
