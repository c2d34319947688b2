package paths_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/paths"
	"waypost/paths/checkins"
)

// decision is one between options, with every score there.
func decision(question string, options ...string) paths.Decision {
	d := paths.NewDecision("")
	d.Question = question
	for i, name := range options {
		o := paths.Option{Name: name, Scores: map[string]paths.Score{}}
		for _, c := range d.Criteria {
			o.Scores[c.Key] = paths.Score{Low: float64(2 + 4*i), Likely: float64(3 + 4*i), High: float64(4 + 4*i)}
		}
		d.Options = append(d.Options, o)
	}
	return d
}

func TestDecision(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		d := decision("Stay or walk away?", "Stay as is", "A detour")
		delete(d.Options[1].Scores, "pay")
		d, err := k.SaveDecision(t.Context(), ann, d)
		must(t, err)
		if err := k.Ask(t.Context(), ann, d.Row, ""); faults(err) != "score.1.pay: path.score_missing" {
			t.Errorf("asked with a score missing: %v", faults(err))
		}
		d.Options[1].Scores["pay"] = paths.Score{Low: 1, Likely: 2, High: 3}
		d.MustHaves = []string{"Home by six"}
		d.Options[0].Met = map[string]paths.Met{"Home by six": paths.MetNo}
		d.Options[1].Met = map[string]paths.Met{"Home by six": paths.MetNo}
		d, err = k.SaveDecision(t.Context(), ann, d)
		must(t, err)
		if err := k.Ask(t.Context(), ann, d.Row, ""); faults(err) != "what was sent cannot be taken path.no_option_counts" && !strings.HasSuffix(faults(err), "path.no_option_counts") {
			t.Errorf("no option counts: %v", faults(err))
		}
		d.Options[1].Met["Home by six"] = paths.MetUnknown
		d.Options[0].Met["Home by six"] = paths.MetYes
		d, err = k.SaveDecision(t.Context(), ann, d)
		must(t, err)
		must(t, k.Ask(t.Context(), ann, d.Row, "A detour"))
		d, _ = k.path(t, ann).Decision(d.ID)
		if d.Hope != "A detour" || d.Result == nil || len(d.Result.Outcomes) != 2 || d.Result.Outcomes[1].ShareBest < 0.9 {
			t.Fatalf("came out: %+v", d.Result)
		}
		changed := d
		changed.MustHaves, changed.Question = nil, "Stay?"
		if then := changed.Then(); d.Outdated() || !changed.Outdated() || len(then.MustHaves) != 1 {
			t.Errorf("changed since the result: %v, %v, %+v", d.Outdated(), changed.Outdated(), then)
		}
		must(t, k.Decide(t.Context(), ann, d.Row, paths.Choice{Chosen: "A detour", Reason: " To learn. ", Confidence: 70, Expected: []paths.Felt{{Learning: 4}, {Learning: 5, Goal: 4}}}))
		d, _ = k.path(t, ann).Decision(d.ID)
		if d.State != paths.DecisionDecided || d.Reason != "To learn." || len(d.Looks) != 2 || d.Looks[0].Due != date(t, "2026-07-04") || d.Looks[1].Expected.Goal != 4 {
			t.Errorf("decided: %+v", d)
		}
		if got := k.reminders(t); got != "look 2026-07-04 0, look 2026-11-04 0" {
			t.Errorf("reminders: %s", got)
		}
		if _, err := k.SaveDecision(t.Context(), ann, d); !problem.Is(err, problem.Conflict) {
			t.Errorf("changed after it was decided: %v", err)
		}
		if err := k.Ask(t.Context(), ann, d.Row, ""); !problem.Is(err, problem.Conflict) {
			t.Errorf("asked after it was decided: %v", err)
		}
		k.Ground.Clock.Advance(61 * 24 * time.Hour)
		must(t, k.LookBack(t.Context(), ann, d.Row, 0, paths.Felt{Learning: 5}, "Better than I thought."))
		d, _ = k.path(t, ann).Decision(d.ID)
		if err := k.LookBack(t.Context(), ann, d.Row, 1, paths.Felt{}, ""); !problem.Is(err, problem.Conflict) {
			t.Errorf("looked back before the day: %v", err)
		}
		k.Ground.Clock.Advance(150 * 24 * time.Hour)
		must(t, k.LookBack(t.Context(), ann, d.Row, 1, paths.Felt{Learning: 5}, ""))
		d, _ = k.path(t, ann).Decision(d.ID)
		if d.State != paths.DecisionReviewed || d.Looks[0].Note != "Better than I thought." {
			t.Errorf("looked back: %+v", d)
		}
		again, err := k.ReopenDecision(t.Context(), ann, d.Row)
		if err != nil || again.CopyOf != d.ID || again.State != paths.DecisionOpen || again.Result != nil || again.Chosen != "" {
			t.Errorf("reopened: %+v, %v", again, err)
		}
		must(t, k.DropDecision(t.Context(), ann, again.Row))
		if p := k.path(t, ann); p.Decisions[0].State != paths.DecisionReviewed || p.Decisions[1].State != paths.DecisionDropped {
			t.Errorf("dropped: %+v", p.Decisions)
		}
	})
}

func TestDecisionRefused(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		for _, c := range []struct {
			want   string
			change func(*paths.Decision)
		}{
			{"question: path.question_missing", func(d *paths.Decision) { d.Question = "" }},
			{"horizon: path.horizon_range", func(d *paths.Decision) { d.Horizon = 0 }},
			{"option.0: path.option_count", func(d *paths.Decision) { d.Options = d.Options[:1] }},
			{"option.1: path.named_twice", func(d *paths.Decision) { d.Options[1].Name = d.Options[0].Name }},
			{"score.0.pay: path.score_order", func(d *paths.Decision) { d.Options[0].Scores["pay"] = paths.Score{Low: 3, Likely: 2, High: 4} }},
			{"score.0.pay: path.score_order", func(d *paths.Decision) { d.Options[0].Scores["pay"] = paths.Score{Low: 3, Likely: 4, High: 11} }},
			{"criteria: path.criteria_count", func(d *paths.Decision) { d.Criteria = nil }},
			{"rank.0: field.unknown", func(d *paths.Decision) { d.Criteria[0].Rank = 0 }},
			{"criterion.0: field.unknown", func(d *paths.Decision) { d.Criteria[0].Key = "own" }},
			{"must_have.1: path.named_twice", func(d *paths.Decision) { d.MustHaves = []string{"a", "a"} }},
			{"months.0.0: path.phases_beyond", func(d *paths.Decision) { d.Options[0].Phases = []paths.Phase{{Months: 25}} }},
			{"step: field.unknown", func(d *paths.Decision) { d.Step = "nowhere" }},
		} {
			d := decision("What now?", "Stay", "Leave")
			c.change(&d)
			if _, err := k.SaveDecision(t.Context(), ann, d); faults(err) != c.want {
				t.Errorf("%s, want %s", faults(err), c.want)
			}
		}
	})
}

// TestBringIn brings a path that was taken along into another member's, finds it the same
// but for its IDs, takes it back whole, and brings it back.
func TestBringIn(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		s := k.step(t, ann, "Agency", "2026-01")
		_, err := k.SaveStep(t.Context(), ann, paths.Step{Kind: paths.Position, Title: "Junior", Start: date(t, "2026-02"), Parent: s.ID})
		must(t, err)
		_, err = k.SaveEntry(t.Context(), ann, paths.Entry{Kind: paths.Learned, Date: date(t, "2026-03"), Text: "To ask.", Step: s.ID})
		must(t, err)
		_, err = k.SaveCheckIn(t.Context(), ann, paths.CheckIn{Step: s.ID, Day: k.today(t), Answers: checkins.Answers{1, 2}, Changed: true, Note: "New team."})
		must(t, err)
		own := k.step(t, ben, "Own", "2025")
		taken := k.path(t, ann)
		brought, err := k.BringIn(t.Context(), ben, "document", "", taken)
		must(t, err)
		p := k.path(t, ben)
		if len(p.Steps) != 3 || len(p.Entries) != 1 || len(p.CheckIns) != 1 || len(p.Changes) != 1 {
			t.Fatalf("brought in: %+v", p)
		}
		if p.Steps[2].Parent != p.Steps[1].ID || p.Entries[0].Step != p.Steps[1].ID || p.CheckIns[0].Step != p.Steps[1].ID || p.Steps[1].ID == s.ID {
			t.Errorf("what refers to what: %+v", p)
		}
		if got := p.Imports(); !reflect.DeepEqual(got, []paths.Brought{{ID: brought, Source: "document", Parts: 5}}) {
			t.Errorf("imports: %+v", got)
		}
		if !reflect.DeepEqual(k.path(t, ann), taken) {
			t.Error("the one it was taken from is another")
		}
		n, err := k.TakeBack(t.Context(), ben, brought)
		if p := k.path(t, ben); err != nil || n != 5 || len(p.Steps) != 1 || p.Steps[0].ID != own.ID || len(p.Entries)+len(p.CheckIns)+len(p.Changes) != 0 {
			t.Errorf("%d taken back: %+v, %v", n, p, err)
		}
		if _, err := k.TakeBack(t.Context(), ben, brought); !problem.Is(err, problem.NotFound) {
			t.Errorf("taken back twice: %v", err)
		}
		must(t, k.BringBack(t.Context(), ben, paths.StepPart, p.Steps[1].ID))
		if p := k.path(t, ben); len(p.Steps) != 2 || len(p.CheckIns) != 1 {
			t.Errorf("brought back: %+v", p)
		}
	})
}

// TestKeepIn keeps a whole path as it is, once, with what was asked at its time.
func TestKeepIn(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		then := k.Ground.Clock.Now().AddDate(0, -2, 0).UTC()
		d := decision("Stay or walk away?", "Stay as is", "A detour")
		d.Row = paths.Row{ID: "walk", Made: then}
		must(t, d.Ask("no such way", then))
		if d.Hope != "" || d.Result == nil || !d.Result.Made.Equal(then) {
			t.Errorf("what came out is %+v, hoped for %q", d.Result, d.Hope)
		}
		whole := paths.Path{Steps: []paths.Step{{Row: paths.Row{ID: "trial", Made: then}, Kind: paths.Trial, Title: "Trial", Start: date(t, "2026-03-02"), Cadence: paths.Weekly}},
			Decisions: []paths.Decision{d}}
		keep := func(p paths.Path) error {
			return k.Ground.DB.Update(t.Context(), func(tx *db.Tx) error { return k.KeepIn(tx, ann, p) })
		}
		wrong := whole
		wrong.CheckIns = []paths.CheckIn{{Row: paths.Row{ID: "trial.2099-01-01"}, Step: "trial", Day: date(t, "2099-01-01")}}
		if err := keep(wrong); err == nil {
			t.Error("a check-in that lies ahead is kept")
		}
		must(t, keep(whole))
		got := k.path(t, ann)
		if len(got.Imports()) != 0 || len(got.Decisions) != 1 || got.Decisions[0].ID != "walk" || !got.Steps[0].Made.Equal(then) || !got.Decisions[0].Result.Made.Equal(then) {
			t.Errorf("kept is %+v", got)
		}
		if err := keep(whole); faults(err) != "conflict path.changed_meanwhile" {
			t.Errorf("a second path is kept: %v", err)
		}
		k.step(t, ann, "After", "2026-04")
	})
}

// TestBringInRefuses what would make a path that cannot be read: too many check-ins on a
// step, and two on a day.
func TestBringInRefuses(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		many := paths.Path{Steps: []paths.Step{{Row: paths.Row{ID: "1"}, Kind: paths.Study, Title: "x", Start: date(t, "2000")}}}
		for i := range checkins.Most + 1 {
			many.CheckIns = append(many.CheckIns, paths.CheckIn{Step: "1", Day: (date(t, "2000-01-01").First() + partdate.Days(i)).Date(), Answers: checkins.Answers{3}})
		}
		if _, err := k.BringIn(t.Context(), ann, "document", "", many); !problem.Is(err, problem.Invalid) {
			t.Errorf("too many: %v", err)
		}
		many.CheckIns = append(many.CheckIns[:1], many.CheckIns[0])
		if _, err := k.BringIn(t.Context(), ann, "document", "", many); !problem.Is(err, problem.Invalid) {
			t.Errorf("two on a day: %v", err)
		}
		many.CheckIns = many.CheckIns[:1]
		for range 2 {
			if _, err := k.BringIn(t.Context(), ann, "document", "list", many); err != nil {
				t.Fatal(err)
			}
		}
		if p := k.path(t, ann); len(p.Steps) != 1 || len(p.CheckIns) != 1 {
			t.Errorf("sent twice: %+v", p)
		}
		brought := k.path(t, ann).Imports()[0].ID
		_, err := k.TakeBack(t.Context(), ann, brought)
		must(t, err)
		must(t, k.BringBack(t.Context(), ann, paths.ImportPart, brought))
		if p := k.path(t, ann); len(p.Steps) != 1 || len(p.CheckIns) != 1 {
			t.Errorf("brought back: %+v", p)
		}
	})
}
