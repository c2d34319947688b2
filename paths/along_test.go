package paths_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/personal"
	"waypost/internal/problem"
	"waypost/paths"
	"waypost/paths/checkins"
	"waypost/paths/exchange/document"
)

// TestTakenAlong takes a path with everything in it out as a document, reads that and
// brings it into the empty path of another member: it is the same, but for its IDs. What
// was removed is not in it, and nothing refers to that.
func TestTakenAlong(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		rich(t, k)
		before := k.path(t, ann)
		text, err := document.Write(before)
		must(t, err)
		read, err := document.Read(text)
		if err != nil {
			t.Fatalf("%v: %s in\n%s", err, faults(err), text)
		}
		_, err = k.BringIn(t.Context(), ben, "document", "", read)
		if err != nil {
			t.Fatalf("%v: %s", err, faults(err))
		}
		if got, want := plain(t, k.path(t, ben)), plain(t, read); got != want {
			t.Errorf("came as\n%s\nexpected\n%s", got, want)
		}
		if got, want := plain(t, read), plain(t, before); got != want {
			t.Errorf("was read as\n%s\nexpected\n%s", got, want)
		}
		for what, n := range map[string]int{"goals": len(read.Goals), "steps": len(read.Steps), "entries": len(read.Entries),
			"check-ins": len(read.CheckIns), "changes": len(read.Changes), "decisions": len(read.Decisions)} {
			if n < 2 {
				t.Errorf("the path has %d %s, which shows little", n, what)
			}
		}
	})
}

// plain is the document of a path with IDs that are numbers in the order of its parts.
func plain(t *testing.T, p paths.Path) string {
	t.Helper()
	n := 0
	text, err := document.Write(p.Renewed(func() string { n++; return fmt.Sprint(n) }))
	must(t, err)
	return string(text)
}

// rich gives ann a path with everything in it.
func rich(t *testing.T, k *kit) {
	t.Helper()
	ctx := t.Context()
	g, err := k.SaveGoal(ctx, ann, paths.Goal{Title: "Run a museum", Why: "Because\n\n\nof rain", Horizon: date(t, "2030")})
	must(t, err)
	must(t, k.EndGoal(ctx, ann, g.Row, paths.GoalLetGo, "Somebody else's wish"))
	g, err = k.SaveGoal(ctx, ann, paths.Goal{Title: "Print books"})
	must(t, err)
	whole := k.step(t, ann, "Museum", "2019")
	gone := k.step(t, ann, "Gone", "2019")
	trial, err := k.SaveStep(ctx, ann, paths.Step{Kind: paths.Trial, Title: "Guide  <of> the \"house\"", Parent: whole.ID, Goal: g.ID, Start: date(t, "2026-01"),
		Workload: 60, Pay: &paths.Pay{Amount: 1234, Currency: "NOK", Per: paths.PerHour}, Expected: checkins.Answers{4, 0, 3}, StayIf: "a team", Cadence: paths.Weekly})
	must(t, err)
	within, err := k.SaveStep(ctx, ann, paths.Step{Kind: paths.Project, Title: "Within what is gone", Parent: gone.ID, Start: date(t, "2020"), End: date(t, "2021-05"), EndedBy: paths.LetGo})
	must(t, err)
	first, err := k.SaveEntry(ctx, ann, paths.Entry{Kind: paths.Learned, Date: date(t, "2026-02"), Text: "Silence\thelps", Skills: []string{"Speaking", "café"}, Step: trial.ID})
	must(t, err)
	_, err = k.SaveEntry(ctx, ann, paths.Entry{Kind: paths.Event, Date: date(t, "2020"), Minutes: 90, Step: gone.ID, LedTo: gone.ID, Evidence: "https://example.org/a"})
	must(t, err)
	_, err = k.SaveEntry(ctx, ann, paths.Entry{Kind: paths.Practice, Date: date(t, "2020"), Minutes: 1, LedTo: first.ID})
	must(t, err)
	for n := range 3 {
		k.checkIn(t, ann, trial.ID, 5-n)
		k.Ground.Clock.Advance(24 * time.Hour)
	}
	for range 2 {
		_, err = k.SaveCheckIn(ctx, ann, paths.CheckIn{Step: trial.ID, Day: k.today(t), Changed: true, Note: "New head"})
		must(t, err)
		k.Ground.Clock.Advance(24 * time.Hour)
	}
	d := decision("Stay?", "Stay as is", "A detour")
	d.Step, d.MustHaves, d.Currency, d.Reference = within.ID, []string{"Home  by six"}, "NOK", -5
	d.Options[0].Phases = []paths.Phase{{Months: 3, Pay: 100}}
	d, err = k.SaveDecision(ctx, ann, d)
	must(t, err)
	must(t, k.Ask(ctx, ann, d.Row, "A detour"))
	d, _ = k.path(t, ann).Decision(d.ID)
	must(t, k.Decide(ctx, ann, d.Row, paths.Choice{Chosen: "A detour", Reason: "To learn", Confidence: 70, Expected: []paths.Felt{{Learning: 4}, {Goal: 4}}}))
	d = decision("And now?", "One", "Two")
	d.Step = gone.ID
	_, err = k.SaveDecision(ctx, ann, d)
	must(t, err)
	gone, _ = k.path(t, ann).Step(gone.ID)
	must(t, k.RemoveStep(ctx, ann, gone.Row))
}

// TestDaysStayWithinStep: a step keeps the days that are kept of it, so that what goes out
// is what comes in.
func TestDaysStayWithinStep(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		s := k.step(t, ann, "Agency", "2026-01")
		_, err := k.DeclareChange(t.Context(), ann, paths.Change{Step: s.ID, Day: date(t, "2026-02-01"), Words: "New head"})
		must(t, err)
		for want, change := range map[string]func(*paths.Step){
			"start: path.start_after_said": func(s *paths.Step) { s.Start = date(t, "2026-03") },
			"end: path.end_before_said":    func(s *paths.Step) { s.End = date(t, "2026-01") },
		} {
			x := s
			change(&x)
			if _, err := k.SaveStep(t.Context(), ann, x); faults(err) != want {
				t.Errorf("%s, want %s", faults(err), want)
			}
		}
		k.checkIn(t, ann, s.ID, 3)
		must(t, k.RemoveChange(t.Context(), ann, k.path(t, ann).Changes[0].Row))
		s.Start = k.today(t)
		_, err = k.SaveStep(t.Context(), ann, s)
		must(t, err)
	})
}

// TestDamaged: one part that cannot be opened costs the archive that part alone, and it
// is named; what is of it is handed over beside. The path itself is not shown in part.
func TestDamaged(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		rich(t, k)
		before := k.path(t, ann)
		k.Ground.Update(t, func(tx *db.Tx) error { // what was removed is missed by nobody
			_, err := tx.Exec(`UPDATE path_parts SET sealed = $1 WHERE member_id = $2 AND gone_at IS NOT NULL`, []byte("not sealed by anything here"), ann)
			return err
		})
		if p := k.path(t, ann); len(p.Steps) != len(before.Steps) {
			t.Errorf("with a damaged part that was removed: %+v", p)
		}
		trial, entry := before.CheckIns[0].Step, before.Entries[0]
		k.Ground.Update(t, func(tx *db.Tx) error {
			for kind, id := range map[paths.Part]string{paths.StepPart: trial, paths.EntryPart: entry.ID} {
				if n, err := tx.Exec(`UPDATE path_parts SET sealed = $1 WHERE member_id = $2 AND kind = $3 AND id = $4`, []byte("not sealed by anything here"), ann, string(kind), id); err != nil || n != 1 {
					return fmt.Errorf("damage %d rows: %w", n, err)
				}
			}
			return nil
		})
		k.Ground.View(t, func(tx *db.Tx) error {
			if _, err := k.Read(tx, ann); !problem.Is(err, problem.Unavailable) || faults(err) != "unavailable path.damaged" {
				t.Errorf("the path is read: %s, %v", faults(err), err)
			}
			return nil
		})
		files := k.held(t, ann)
		rest, err := document.Read(files["path.json"])
		must(t, err)
		if len(rest.Goals) != len(before.Goals) || len(rest.Steps) != len(before.Steps)-1 || len(rest.Entries) != len(before.Entries)-1 || len(rest.Decisions) != len(before.Decisions) || len(rest.CheckIns) != 0 {
			t.Errorf("the rest is %s", files["path.json"])
		}
		var lost []struct {
			Part, ID, Unreadable string
			Removed              bool
			Is                   *struct{ Note string }
		}
		must(t, json.Unmarshal(files["path-unreadable.json"], &lost))
		damaged, whole := map[string]string{}, 0
		for _, x := range lost {
			if x.Is != nil {
				whole++
			} else if x.Unreadable != "" && !x.Removed {
				damaged[x.ID] = x.Part
			}
		}
		if len(damaged) != 2 || damaged[trial] != "step" || damaged[entry.ID] != "entry" || whole != len(before.CheckIns)+len(before.Changes) {
			t.Errorf("named is %s", files["path-unreadable.json"])
		}
		k.Ground.Update(t, func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE path_keys SET wrapped = $1 WHERE member_id = $2`, []byte("no key at all"), ann)
			return err
		})
		if got := string(k.held(t, ann)["path.json"]); !strings.Contains(got, "unreadable") {
			t.Errorf("with a damaged key: %s", got)
		}
		k.step(t, ben, "Elsewhere", "2025")
		k.Rings.Put(ring(t, 2, 1))
		if n, err := k.Rewrap(t.Context()); err != nil || n != (paths.Rewrapped{Anew: 1, Lost: 1}) {
			t.Errorf("a damaged key when all are wrapped anew: %+v, %v", n, err)
		}
	})
}

// held are the files of a member's archive.
func (k *kit) held(t *testing.T, member string) map[string][]byte {
	t.Helper()
	var packed bytes.Buffer
	out := personal.NewArchive(&packed, k.Ground.Clock.Now())
	k.Ground.View(t, func(tx *db.Tx) error { return k.Held(tx, personal.Person{Account: member}, out) })
	must(t, out.Close())
	archive, err := zip.NewReader(bytes.NewReader(packed.Bytes()), int64(packed.Len()))
	must(t, err)
	files := map[string][]byte{}
	for _, f := range archive.File {
		files[f.Name], err = fs.ReadFile(archive, f.Name)
		must(t, err)
	}
	return files
}
