package app_test

import (
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"waypost/app"
	"waypost/app/pathing"
	"waypost/internal/datadir"
	"waypost/internal/db"
	"waypost/internal/partdate"
	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
	"waypost/members"
	"waypost/paths"
	"waypost/paths/exchange/document"
)

// walker is a member of a sample community who begins a path.
func walker(t *testing.T, s *site.Site) (members.Account, *site.Visitor) {
	t.Helper()
	account := s.Account("wanda")
	return account, s.As(account.ID)
}

// TestPathBeginsInMinutes: an empty path teaches by an example, three steps typed make a
// trail, and one check-in makes a dot.
func TestPathBeginsInMinutes(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	_, wanda := walker(t, s)
	empty := wanda.Get("/path").OK()
	if !empty.Has(".example svg") || !strings.Contains(empty.Text(".example"), "Nobody lived this path") || !empty.Has("main a[href='/path/import']") {
		t.Errorf("an empty path says %q", empty.Text("main"))
	}
	form := wanda.Get("/path/start").OK().Form("main form")
	form.Set("steps.0.title", "Journalism course").Set("steps.0.start", "September 2022").Set("steps.0.end", "2024")
	form.Set("steps.2.title", "Editor").Set("steps.2.organization", "A local paper").Set("steps.2.start", "soon")
	refused := form.Press("").Want(http.StatusUnprocessableEntity)
	if got := refused.Text("[id='steps.2.start-fault']"); !strings.Contains(got, "soon") || refused.Attrs("[id='steps.0.title']", "value")[0] != "Journalism course" {
		t.Errorf("refused with %q", got)
	}
	shown := refused.Form("main form").Set("steps.2.start", "2026-10").Press("").OK()
	if shown.Has(".example") || len(shown.Texts(".trail-wide svg title")) != 1 || !strings.Contains(shown.Text(".trail-list"), "Editor") {
		t.Errorf("the path shows %q", shown.Text("main"))
	}
	check := wanda.Get("/path/check-in").Follow().OK().Form("main form")
	for _, item := range []string{"learning", "growth", "happiness", "goal", "belonging"} {
		check.Set("answers."+item, "4")
	}
	after := check.Press("").OK()
	if n := after.Find("#curve .ch-dots circle").Length(); n == 0 || !strings.Contains(after.Text("#curve"), "From five check-ins on") {
		t.Errorf("%d dots: %s", n, after.Text("#curve"))
	}
	if got := after.Text("#curve"); !strings.Contains(got, "Clarity") || strings.Contains(got, "Toward the goal") {
		t.Errorf("without a goal clarity is asked for, and shown is %s", got)
	}
}

// TestPathKeepsWhatIsTyped: what is refused, and what was changed in another tab, is given
// back with all that was typed.
func TestPathKeepsWhatIsTyped(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	_, wanda := walker(t, s)
	step := wanda.Get("/path/steps/new?kind=trial").OK().Form("main form").Set("title", "Dream job").Set("start", "2026-08-03").Set("stay_if", "I write.").Press("").OK()
	if got := step.Text("#first-day"); !strings.Contains(got, "I write.") || !strings.Contains(got, "1 November 2026") {
		t.Errorf("the first day says %q", got)
	}
	edit := step.Attrs("main a[href$='/edit']", "href")[0]
	one, two := wanda.Get(edit).OK(), wanda.Get(edit).OK()
	one.Form("main form").Set("title", "Dream job at last").Press("").OK()
	late := two.Form("main form").Set("expect", "To write a whole page.").Press("").Want(http.StatusConflict)
	if !strings.Contains(late.Text("main"), "changed meanwhile") || late.Text("#expect") != "To write a whole page." {
		t.Errorf("changed meanwhile: %s", late.Text("main"))
	}
	removed := wanda.Get(edit).OK().Form("main form[action$='/remove']").Press("").OK()
	if !strings.Contains(removed.Text("#removed"), "Dream job at last") {
		t.Errorf("removed: %s", removed.Text("main"))
	}
	back := removed.Form("#removed form").Press("").OK()
	if back.Has("#removed") || !strings.Contains(back.Text("main"), "Dream job at last") {
		t.Errorf("brought back: %s", back.Text("main"))
	}
}

// TestOccupationIsLookedUp: without script a button answers with some of the list and keeps
// what was typed; what is chosen of it is kept, and Enter saves as before.
func TestOccupationIsLookedUp(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	if _, err := s.Occupations.Add(t.Context(), []byte("uri,isco,code,label,alt_labels\nhttp://example.org/1,2641,1,author,writer|novelist\nhttp://example.org/2,2642,2,journalist,\n")); err != nil {
		t.Fatal(err)
	}
	_, wanda := walker(t, s)
	form := wanda.Get("/path/goal").OK().Form("form[action='/path/goal']").Set("title", "To write for a living").Set("why", "Words\n\nlast").Set("horizon", "some day")
	found := form.Set("occupation", "writ").Press("look-up").OK()
	if got := found.Attrs("input[name=choice]", "value"); len(got) != 1 || got[0] != "author" {
		t.Errorf("offered is %q", got)
	}
	if found.Attrs("#title", "value")[0] != "To write for a living" || strings.TrimSpace(found.Find("#why").Text()) != "Words\n\nlast" || found.Attrs("#horizon", "value")[0] != "some day" || found.Has(".fault") {
		t.Errorf("what was typed: %s", found.Text("main"))
	}
	if got := found.Form("form[action='/path/goal']").Set("occupation", "zither").Press("look-up").OK(); got.Has("input[name=choice]") || !strings.Contains(got.Text("main"), "Nothing in the list") {
		t.Errorf("nothing to find: %s", got.Text("main"))
	}
	found.Form("form[action='/path/goal']").Set("choice", "author").Set("horizon", "2030").Press("").OK()
	again := wanda.Get("/path/goal").OK()
	if got := again.Attrs("#occupation", "value")[0]; got != "author" {
		t.Errorf("kept is %q", got)
	}
	if first := again.Find("form[action='/path/goal'] button").First(); first.AttrOr("name", "") != "" {
		t.Error("Enter in a field would look up")
	}
}

// TestPathAsksWhoIsThere: the button of a letter leads somebody whose session has ended to
// the door, and what they were typing is kept.
func TestPathAsksWhoIsThere(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	if door := s.Reader().Get("/path/check-in").Want(http.StatusUnauthorized); !door.Has("form[action='/sign-in']") {
		t.Errorf("without a session: %s", door.Text("main"))
	}
	if kept := s.Reader().Post("/path/goal", url.Values{"title": {"To write for a living"}}).Want(http.StatusUnauthorized); !strings.Contains(string(kept.Body), "To write for a living") {
		t.Errorf("what was typed: %s", kept.Text("main"))
	}
}

// TestPathReminders: a letter says that a check-in is due, at the rhythm of the step, and
// nothing of what it is about; after two without an answer there are none until the
// member is back.
func TestPathReminders(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	account, _ := walker(t, s)
	step, err := s.Paths.SaveStep(t.Context(), account.ID, paths.Step{Kind: paths.Trial, Title: "Secret dream", Organization: "Hidden house", Start: day(t, "2026-11-02"), Cadence: paths.Weekly})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Schedule(t.Context()); err != nil {
		t.Fatal(err)
	}
	letters := func(days int) int {
		t.Helper()
		for range days {
			s.Clock.Advance(24 * time.Hour)
			s.Work()
		}
		return len(site.Rows[string](s, `SELECT id FROM letters WHERE kind = 'path-due'`))
	}
	for _, c := range []struct{ days, want int }{{6, 0}, {2, 1}, {7, 2}, {40, 2}} {
		if n := letters(c.days); n != c.want {
			t.Errorf("after %d more days %d letters, want %d", c.days, n, c.want)
		}
	}
	var text string
	s.View(func(tx *db.Tx) error {
		for _, id := range site.Rows[string](s, `SELECT id FROM letters WHERE kind = 'path-due'`) {
			content, _, err := s.Mail.ContentOf(tx, id)
			if err != nil {
				return err
			}
			text += content.Subject + content.Text + content.HTML
		}
		return nil
	})
	if list := s.SignIn().Get("/desk/mail/letters").OK().Text("main"); strings.Contains(list, "check-in") {
		t.Errorf("an owner reads who keeps a path: %s", list)
	}
	if !strings.Contains(text, "Your check-in is due") || strings.Contains(text, "Secret") || strings.Contains(text, "Hidden") || strings.Contains(text, step.ID) {
		t.Errorf("the letter says %s", text)
	}
	s.As(account.ID).Get("/path/steps/"+step.ID+"/check-in").OK().Form("main form").Set("answers.learning", "3").Press("").OK()
	if n := letters(8); n != 3 {
		t.Errorf("after coming back %d letters, want 3", n)
	}
}

// TestPathInNoFile: of fifty words that a member writes on their path none stands in any
// file of the data folder, nor in any row: who has a copy of it without the keys has
// nothing.
func TestPathInNoFile(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e))
		account, _ := walker(t, s)
		var planted []string
		for i := range 50 {
			word := fmt.Sprintf("planted%02dword", i)
			planted = append(planted, word)
			if _, err := s.Paths.SaveEntry(t.Context(), account.ID, paths.Entry{Kind: paths.Learned, Date: day(t, "2026-10"), Text: word}); err != nil {
				t.Fatal(err)
			}
		}
		s.Work()
		var all strings.Builder
		for table, rows := range s.State() {
			all.WriteString(table + rows)
		}
		err := filepath.WalkDir(s.Folder, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || !entry.Type().IsRegular() {
				return err
			}
			text, err := os.ReadFile(name)
			all.Write(text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range planted {
			if strings.Contains(all.String(), word) {
				t.Errorf("%s is in the data folder or the database", word)
			}
		}
	})
}

// TestPathKeys: a rotation keeps every path readable, a start without the key says so and
// serves the rest, and the key put back opens the path again.
func TestPathKeys(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		account, wanda := walker(t, s)
		if _, err := s.Paths.SaveEntry(t.Context(), account.ID, paths.Entry{Kind: paths.Learned, Date: day(t, "2026"), Text: "To ask twice"}); err != nil {
			t.Fatal(err)
		}
		call(t, s, pathing.CallRotate, nil)
		if got := wanda.Get("/path").OK().Text("main"); !strings.Contains(got, "To ask twice") {
			t.Errorf("after the rotation: %s", got)
		}
		if _, err := s.Paths.SaveEntry(t.Context(), s.Account("later").ID, paths.Entry{Kind: paths.Event, Date: day(t, "2026"), Minutes: 60}); err != nil {
			t.Fatal(err)
		}
		key := filepath.Join(s.Folder, datadir.PathsKeyName)
		info, err := os.Stat(key)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Fatalf("the key: %v, %v", info, err)
		}
		s.Stop()
		if err := os.Rename(key, key+".away"); err != nil {
			t.Fatal(err)
		}
		without := site.New(t, site.In(s.Folder, s.Place))
		lost := without.As(account.ID)
		if got := lost.Get("/path").Want(http.StatusServiceUnavailable).Text("main"); !strings.Contains(got, "its key is not on this server") {
			t.Errorf("without its key: %s", got)
		}
		keep := lost.Get("/path/keep").OK() // it can be destroyed
		if got := keep.Text("main"); !keep.Has("#erase") || !strings.Contains(got, "its key is not on this server") || strings.Contains(got, "nothing to take along") {
			t.Errorf("without its key, to take along: %s", got)
		}
		lost.Get("/stories").OK()
		if got := without.SignIn().Get("/desk").OK().Text("[role=alert]"); !strings.Contains(got, "paths.key") {
			t.Errorf("the owner is told %q", got)
		}
		without.Stop()
		if err := os.Rename(key+".away", key); err != nil {
			t.Fatal(err)
		}
		again := site.New(t, site.In(s.Folder, s.Place))
		if got := again.As(account.ID).Get("/path").OK().Text("main"); !strings.Contains(got, "To ask twice") {
			t.Errorf("with its key again: %s", got)
		}
	})
}

// TestPathComesAlongAndGoes: the whole path is in one file that brings it in again; once
// destroyed it is in nothing, and stays so when a backup from before is restored.
func TestPathComesAlongAndGoes(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		account, wanda := walker(t, s)
		step, err := s.Paths.SaveStep(t.Context(), account.ID, paths.Step{Kind: paths.Gig, Title: "Ice show", Start: day(t, "2025")})
		if err == nil {
			_, err = s.Paths.SaveEntry(t.Context(), account.ID, paths.Entry{Kind: paths.Learned, Date: day(t, "2025-12"), Text: "December pays for January", Step: step.ID})
		}
		if err != nil {
			t.Fatal(err)
		}
		taken := wanda.Get("/path/path.json").OK()
		whole, err := document.Read(taken.Body)
		if err != nil || len(whole.Steps) != 1 || len(whole.Entries) != 1 {
			t.Fatalf("taken along: %+v, %v", whole, err)
		}
		file := filepath.Join(t.TempDir(), "backup.zip")
		call(t, s, app.CallBackup, app.FileRequest{Path: file})
		refused := wanda.Post("/path/erase", url.Values{}).Want(http.StatusUnprocessableEntity)
		if !strings.Contains(refused.Text("#erase"), "sure") {
			t.Errorf("not sure: %s", refused.Text("main"))
		}
		wanda.Post("/path/erase", url.Values{"sure": {"yes"}}).Want(http.StatusSeeOther)
		s.Work()
		if n := site.Rows[int64](s, `SELECT count(*) FROM path_keys WHERE member_id = $1`, account.ID)[0]; n != 0 {
			t.Error("its key is still there")
		}
		list := wanda.Get("/path/import").OK().Form("main form").Attach("file", "path.json", taken.Body).Press("").OK()
		back := list.Form("main form").Press("").OK()
		if !strings.Contains(back.Text("main"), "December pays for January") || !strings.Contains(back.Text("main"), "A whole path") {
			t.Errorf("brought in again: %s", back.Text("main"))
		}
		s.Stop()
		again := startedFrom(t, e, s, file)
		again.Work()
		if n := site.Rows[int64](again, `SELECT count(*) FROM path_keys WHERE member_id = $1`, account.ID)[0]; n != 0 {
			t.Error("a restored backup brought it back")
		}
	})
}

// TestPayOfAStep is written in a currency that there is, and stands on the step's page.
func TestPayOfAStep(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	_, wanda := walker(t, s)
	form := wanda.Get("/path/steps/new").OK().Form("main form").Set("title", "Night shifts").Set("start", "2026-01").Set("pay", "280,000")
	for typed, want := range map[string]string{"moons": "no currency that is known", "$": "USD, CAD, AUD", "": "Three letters"} {
		if got := form.Set("currency", typed).Press("").Want(http.StatusUnprocessableEntity).Text("main"); !strings.Contains(got, want) {
			t.Errorf("%q: %s", typed, got)
		}
	}
	if got := form.Set("currency", "yen").Press("").OK().Text("#paid"); got != "Pay, seen by you alone: 280,000 JPY a month" {
		t.Errorf("the step pays %q", got)
	}
	entry := wanda.Get("/path/entries/new").OK()
	given, _ := partdate.Parse(strings.Join(entry.Attrs("#date", "value"), ""))
	if hint := entry.Text("#date-hint"); given.Precision() != partdate.Day || !strings.Contains(hint, "2016-05-02") {
		t.Errorf("a day is given as %s, the hint is %q", given, hint)
	}
}

// TestUnknownCurrencyStays: a currency that is kept already, and is in no list, can be saved
// as it is, in a step and in the decision about it; no other such can.
func TestUnknownCurrencyStays(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	account, wanda := walker(t, s)
	start, _ := partdate.Parse("1999-01")
	step, err := s.Paths.SaveStep(t.Context(), account.ID, paths.Step{Kind: paths.Gig, Title: "Old money", Start: start, Pay: &paths.Pay{Amount: 280_000, Currency: "XYZ", Per: paths.PerMonth}})
	if err != nil {
		t.Fatal(err)
	}
	edit := func() *site.Form { return wanda.Get("/path/steps/" + step.ID + "/edit").OK().Form("main form") }
	edit().Set("currency", "XYY").Press("").Want(http.StatusUnprocessableEntity)
	if got := edit().Set("title", "Older money").Press("").OK(); got.Text("#paid") != "Pay, seen by you alone: 2,800 XYZ a month" || !strings.Contains(got.Text("h1"), "Older money") {
		t.Errorf("saved is %s", got.Text("main"))
	}
	about := wanda.Get("/path/decisions/new").OK().Form("main form").Set("question", "Stay?").Set("option.1", "Leave").Set("step", step.ID).Press("").OK()
	pay := func() *site.Form { return wanda.Get(bare(about) + "?part=pay").OK().Form("main form") }
	if got := pay().Values.Get("currency"); got != "XYZ" {
		t.Errorf("the decision offers %q", got)
	}
	pay().Set("currency", "XYY").Press("").Want(http.StatusUnprocessableEntity)
	pay().Set("months.1.0", "6").Set("pay.1.0", "2000").Press("").OK()
	edit().Set("pay", "").Set("currency", "").Press("").OK()
	pay().Set("pay.1.0", "2500").Press("").OK()
}

// TestLargePathComesBack: what goes out as one file of many megabytes comes in again whole,
// also after the list was sent with nothing ticked.
func TestLargePathComesBack(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	account, wanda := walker(t, s)
	var whole paths.Path
	whole.Steps = []paths.Step{{Row: paths.Row{ID: "s"}, Kind: paths.Gig, Title: "Ice show", Start: day(t, "2025")}}
	for n := range 1300 {
		whole.Entries = append(whole.Entries, paths.Entry{Row: paths.Row{ID: fmt.Sprint("e", n)}, Kind: paths.Learned, Date: day(t, "2025-12"), Step: "s", Text: strings.Repeat(fmt.Sprint(n, " <&> "), 700)[:paths.MaxText]})
	}
	if _, err := s.Paths.BringIn(t.Context(), account.ID, "document", "", whole); err != nil {
		t.Fatal(err)
	}
	taken := wanda.Get("/path/path.json").OK()
	if len(taken.Body) < 5<<20 {
		t.Fatalf("the file has %d bytes alone", len(taken.Body))
	}
	wanda.Post("/path/erase", url.Values{"sure": {"yes"}}).Want(http.StatusSeeOther)
	list := wanda.Get("/path/import").OK().Form("main form").Attach("file", "path.json", taken.Body).Press("").OK()
	ticked := list.Form("main form")
	none := ticked.Set("take").Press("").Want(http.StatusUnprocessableEntity)
	if got := none.Text("main"); !strings.Contains(got, "comes with its step") {
		t.Errorf("with nothing ticked: %.300s", got)
	}
	none.Form("main form").Press("").OK()
	again, err := document.Read(wanda.Get("/path/path.json").OK().Body)
	if err != nil || len(again.Entries) != 1300 || again.Entries[7].Text != whole.Entries[7].Text || again.Entries[7].Step != again.Steps[0].ID {
		t.Errorf("%d entries came back: %v", len(again.Entries), err)
	}
}

// TestPathCalendar: whoever has the address sees the days, and nothing of what they are.
func TestPathCalendar(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) { pathCalendar(t, site.New(t, site.On(e), site.Demo)) })
}

func pathCalendar(t *testing.T, s *site.Site) {
	t.Helper()
	account, wanda := walker(t, s)
	if _, err := s.Paths.SaveStep(t.Context(), account.ID, paths.Step{Kind: paths.Trial, Title: "Secret dream", Start: day(t, "2026-11-01"), Cadence: paths.Weekly}); err != nil {
		t.Fatal(err)
	}
	made := wanda.Post("/path/feed", url.Values{"act": {"make"}}).OK()
	_, address, ok := strings.Cut(made.Text("#feed code"), s.URL)
	if !ok {
		address = made.Text("#feed code")[strings.Index(made.Text("#feed code"), "/path/"):]
	}
	feed := s.Reader().Get(address).OK()
	if !strings.HasPrefix(string(feed.Body), "BEGIN:VCALENDAR\r\n") || strings.Count(string(feed.Body), "BEGIN:VEVENT") != 2 || strings.Contains(string(feed.Body), "Secret") {
		t.Errorf("the calendar says %s", string(feed.Body))
	}
	statement(t, s, `UPDATE accounts SET disabled_at = 1 WHERE id = $1`, account.ID)
	closed, never := s.Reader().Get(address).Want(http.StatusNotFound), s.Reader().Get("/path/calendar/"+strings.Repeat("A", 43)).Want(http.StatusNotFound)
	if closed.Text("main") != never.Text("main") {
		t.Errorf("while the account is closed the calendar says %q, and one that never was %q", closed.Text("main"), never.Text("main"))
	}
	statement(t, s, `UPDATE accounts SET disabled_at = NULL WHERE id = $1`, account.ID)
	if again := s.Reader().Get(address).OK(); string(again.Body) != string(feed.Body) {
		t.Errorf("opened again the calendar says %s", again.Body)
	}
	wanda = s.As(account.ID)
	wanda.Post("/path/feed", url.Values{"act": {"end"}}).Want(http.StatusSeeOther)
	s.Reader().Get(address).Want(http.StatusNotFound)
}

func day(t testing.TB, text string) partdate.Date {
	t.Helper()
	d, err := partdate.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
