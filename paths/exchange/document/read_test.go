package document_test

import (
	"errors"
	"strings"
	"testing"

	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/paths/exchange/document"
)

func TestWholeDocument(t *testing.T) {
	t.Parallel()
	p, err := document.Read([]byte("\xEF\xBB\xBF" + load(t, "testdata/path.json")))
	if err != nil {
		t.Fatal(err, faults(err))
	}
	if len(p.Goals) != 2 || len(p.Steps) != 2 || len(p.Entries) != 2 || len(p.CheckIns) != 1 || len(p.Changes) != 1 || len(p.Decisions) != 2 {
		t.Errorf("%+v", p)
	}
	p.Steps[0].Had = "<b> & >"
	if out, err := document.Write(p); err != nil || !strings.Contains(string(out), `"<b> & >"`) {
		t.Errorf("written in a way that people cannot read: %v", err)
	}
	if s := p.Steps[1]; s.Pay.Amount != 240000 || s.Expected[0] != 4 || s.End.String() != "2021-08-31" || s.Parent != "s1" {
		t.Errorf("%+v", s)
	}
}

// TestDocumented reads the document that the description of the format shows.
func TestDocumented(t *testing.T) {
	t.Parallel()
	_, text, _ := strings.Cut(load(t, "../../../docs/formats/path.md"), "```json\n")
	text, _, _ = strings.Cut(text, "```")
	p, err := document.Read([]byte(text))
	if err != nil || len(p.Decisions) != 1 {
		t.Error(err, faults(err))
	}
}

// TestFaults changes one thing of a whole document and expects the fault at its place.
func TestFaults(t *testing.T) {
	t.Parallel()
	whole := load(t, "testdata/path.json")
	today, err := partdate.Of(2026, 5, 31)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ old, new, want string }{
		{`"id": "g1"`, `"id": ""`, "goals[0].id document_id"},
		{`"id": "g1"`, `"id": "g 1"`, "goals[0].id document_id"},
		{`"id": "e2"`, `"id": "s1"`, "entries[1].id document_twice"},
		{`"id": "c1"`, `"id": "d1"`, "check_ins[0].id document_twice"},
		{`"state": "let_go"`, `"state": "lost"`, "goals[0].state document_choice"},
		{`"state": "let_go"`, `"state": "active"`, "goals[1].state document_two_goals"},
		{`"replaced_by": "g2"`, `"replaced_by": "s1"`, "goals[0].replaced_by document_dangling"},
		{`"replaced_by": "g2"`, `"replaced_by": "g1"`, "goals document_circle"},
		{`"state": "active"`, `"state": "active", "occupation": "` + strings.Repeat("x", 2001) + `"`, "goals[1].occupation document_long"},
		{`"horizon": "2029"`, `"horizon": "soon"`, "goals[1].horizon document_value"},
		{`"kind": "trial"`, `"kind": "job"`, "steps[1].kind document_choice"},
		{`"title": "Guide"`, `"title": " \u0000"`, "steps[1].title document_missing"},
		{`"title": "Guide"`, `"title": "` + strings.Repeat("ü", 141) + `"`, "steps[1].title document_long"},
		{`"had": "Patience"`, `"had": "` + strings.Repeat("ü", 4001) + `"`, "steps[1].had document_long"},
		{`"start": "2021-05"`, `"start": ""`, "steps[1].start document_missing"},
		{`"start": "2021-05"`, `"start": "2021-02-30"`, "steps[1].start document_value"},
		{`"end": "2021-08-31"`, `"end": "2020"`, "steps[1].end document_backward"},
		{`"parent": "s1"`, `"parent": "s9"`, "steps[1].parent document_dangling"},
		{`"parent": "s1"`, `"parent": "s2"`, "steps[1].parent document_deep"},
		{`"title": "Harbour Museum",`, `"title": "Harbour Museum", "parent": "s2",`, "steps[0].parent document_deep"},
		{`"goal": "g1"`, `"goal": "s2"`, "steps[0].goal document_dangling"},
		{`"workload": 60`, `"workload": -1`, "steps[1].workload document_range"},
		{`"workload": 60`, `"workload": 60.5`, "steps[1].workload document_value"},
		{`"currency": "EUR", "per"`, `"currency": "euro", "per"`, "steps[1].pay.currency document_currency"},
		{`"per": "month"`, `"per": "day"`, "steps[1].pay.per document_choice"},
		{`"per": "month"`, `"per": "month", "bonus": 1`, "steps[1].bonus document_unknown_field"},
		{`"goal": 3`, `"goal": 6`, "steps[1].expected document_value"},
		{`"goal": 3`, `"mood": 3`, "steps[1].expected document_value"},
		{`"review": "2021-08-01"`, `"review": "2021-08"`, "steps[1].review document_day"},
		{`"ended_by": "finished"`, `"ended_by": "fired"`, "steps[1].ended_by document_choice"},
		{`"cadence": 7`, `"cadence": 8`, "steps[1].cadence document_choice"},
		{`"kind": "learned"`, `"kind": "Learned"`, "entries[0].kind document_choice"},
		{`"minutes": 90`, `"minutes": -90`, "entries[1].minutes document_range"},
		{`"minutes": 90`, `"minutes": "90"`, "entries[1].minutes document_value"},
		{`["Speaking"]`, `["1","2","3","4","5","6","7","8","9"]`, "entries[0].skills document_many"},
		{`"step": "s2", "led_to"`, `"step": "e1", "led_to"`, "entries[0].step document_dangling"},
		{`"led_to": "e2"`, `"led_to": "e1"`, "entries[0].led_to document_dangling"},
		{`"date": "2021-07"`, `"date": "9999-99"`, "entries[1].date document_value"},
		{`"step": "s2", "day": "2021-06-01", "answers"`, `"day": "2021-06-01", "answers"`, "check_ins[0].step document_dangling"},
		{`"day": "2021-06-01", "answers"`, `"day": "2021-06", "answers"`, "check_ins[0].day document_day"},
		{`"changed": true`, `"changed": "yes"`, "check_ins[0].changed document_value"},
		{`"check_ins": [`, `"check_ins": [{"id": "c0", "step": "s2", "day": "2021-06-01", "answers": {}},`, "check_ins[1].day document_same_day"},
		{`"source": "declared"`, `"source": "guessed"`, "changes[0].source document_choice"},
		{`"state": "confirmed"`, `"state": ""`, "changes[0].state document_choice"},
		{`"after": 2.25`, `"after": 1e9`, "changes[0].after document_range"},
		{`"question": "Stay?", "step": "s2"`, `"question": "", "step": "s2"`, "decisions[0].question document_missing"},
		{`"copy_of": "d1"`, `"copy_of": "d3"`, "decisions[1].copy_of document_dangling"},
		{`"copy_of": "d1"`, `"copy_of": "d2"`, "decisions[1].copy_of document_dangling"},
		{`"state": "decided"`, `"state": "done"`, "decisions[0].state document_choice"},
		{`"high": 6`, `"high": 11`, "decisions[0].options[0].scores document_range"},
		{`"A day off": "yes"`, `"A day off": "no way"`, "decisions[0].options[0].met document_choice"},
		{`"confidence": 70`, `"confidence": 101`, "decisions[0].confidence document_range"},
		{`"expected": {"learning": 4}}`, `"expected": {"learning": 6}}`, "decisions[0].looks[0].expected document_range"},
		{`"due": "2021-10-15"`, `"due": "later"`, "decisions[0].looks document_value"},
		{`"workload": 60`, `"workload": 101`, "steps[1].workload document_range"},
		{`"amount": 240000`, `"amount": 1000000000001`, "steps[1].pay.amount document_range"},
		{`"end": "2021-08-31"`, `"end": "2021-05"`, "steps[1].end path.end_before_check_in"},
		{`"start": "2021-05"`, `"start": "2021-07"`, "steps[1].start path.start_after_said"},
		{`"end": "2021-08-31",`, ``, "steps[1].ended_by path.ended_without_end"},
		{`"review": "2021-08-01"`, `"review": "2021-04-01"`, "steps[1].review path.review_before_start"},
		{`"evidence": "https://example.org/talk"`, `"evidence": "ftp://example.org"`, "entries[1].evidence field.not_a_link"},
		{`"answers": {"learning": 5, "pay": 2}, "changed": true, "note": "New director"`, `"answers": {}`, "check_ins[0].answers.learning path.nothing_answered"},
		{`"day": "2021-06-01", "answers"`, `"day": "2026-06-01", "answers"`, "check_ins[0].day path.day_ahead"},
		{`"day": "2021-06-01", "source"`, `"day": "2021-06", "source"`, "changes[0].day path.day_needed"},
		{`"question": "Stay?", "step": "s2"`, `"question": "` + strings.Repeat("x", 141) + `", "step": "s2"`, "decisions[0].question document_long"},
		{`"step": "s2", "horizon": 24`, `"step": "s2", "horizon": 121`, "decisions[0].horizon document_range"},
		{`"rank": 1, "zero"`, `"rank": 9, "zero"`, "decisions[0].criteria[0].rank document_range"},
		{`"zero": "nothing"`, `"zero": "` + strings.Repeat("x", 141) + `"`, "decisions[0].criteria[0].zero document_long"},
		{`["A day off"]`, `["A day off", "1", "2", "3", "4", "5", "6", "7", "8"]`, "decisions[0].must_haves document_many"},
		{`{"name": "Leave"}]`, `{"name": "Leave"}, {"name": "Leave"}]`, "decisions[0].option.2 path.named_twice"},
		{`, {"name": "Leave"}]`, `]`, "decisions[0].option.0 path.option_count"},
		{`"low": 2, "likely": 4`, `"low": 5, "likely": 4`, "decisions[0].score.0.learning path.score_order"},
		{`"phases": [{"months": 24,`, `"phases": [{"months": 25,`, "decisions[0].months.0.0 path.phases_beyond"},
		{`"reference": 240000`, `"reference": -1000000000001`, "decisions[0].reference document_range"},
		{`"hope": "Leave"`, `"hope": "` + strings.Repeat("x", 141) + `"`, "decisions[0].hope document_long"},
		{`"due": "2021-10-15", "expected": {"learning": 4}}`, `"due": "2021-10-15"}, {"due": "2022-02-15"}, {"due": "2022-03-15"}`, "decisions[0].looks field.too_many"},
		{`"id": "h1"`, `"colour": "red", "id": "h1"`, "changes[0].colour document_unknown_field"},
		{`{"id": "g2"`, `null, {"id": "g2"`, "goals[1].id document_id"},
		{`{"id": "g2"`, `7, {"id": "g2"`, "goals[1] document_value"},
	} {
		if strings.Count(whole, c.old) != 1 {
			t.Fatalf("%s is %d times in the document", c.old, strings.Count(whole, c.old))
		}
		_, err := document.ReadOn([]byte(strings.Replace(whole, c.old, c.new, 1)), today)
		var told []string
		for _, f := range faults(err) {
			told = append(told, f.Name+" "+strings.TrimPrefix(f.Message.Key, "exchange."))
		}
		if len(told) == 0 || told[0] != c.want && !contains(told, c.want) {
			t.Errorf("%.60s: %q, expected %s", c.new, told, c.want)
		}
	}
}

func contains(all []string, one string) bool {
	for _, s := range all {
		if s == one {
			return true
		}
	}
	return false
}

func TestRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                               "exchange.not_json",
		"{\"version\": 1,\n}":            "exchange.not_json",
		`{"version": 1} {}`:              "exchange.not_json",
		"[]":                             "exchange.document_other",
		"null":                           "exchange.document_other",
		`{"work": []}`:                   "exchange.document_other",
		`{"version": "1"}`:               "exchange.document_other",
		`{"version": 0}`:                 "exchange.document_other",
		`{"version": 2}`:                 "exchange.document_newer",
		`{"version": 1, "shares": []}`:   "exchange.document_unknown",
		`{"version": 1, "steps": {}}`:    "exchange.document_faults",
		`{"version": 1, "steps": [{}]}`:  "exchange.document_faults",
		`{"version": 1, "steps": null}x`: "exchange.not_json",
		strings.Repeat(" ", document.MostBytes+1): "exchange.file_large",
	} {
		_, err := document.Read([]byte(text))
		var p *problem.Problem
		if !errors.As(err, &p) || p.Message.Key != want {
			t.Errorf("%.40q: %v, expected %s", text, err, want)
		}
	}
	long := `{"version": 1, "goals": [` + strings.TrimSuffix(strings.Repeat(`{"id": "a", "state": "let_go"},`, document.MostGoals+1), ",") + `]}`
	if _, err := document.Read([]byte(long)); len(faults(err)) != 1 || faults(err)[0].Name != "goals" || faults(err)[0].Message.Key != "exchange.document_many" {
		t.Errorf("a long list: %v", faults(err))
	}
	many := `{"version": 1, "steps": [` + strings.TrimSuffix(strings.Repeat("{},", 200), ",") + `]}`
	if _, err := document.Read([]byte(many)); len(faults(err)) != 20 {
		t.Errorf("%d faults are told at once", len(faults(err)))
	}
	large := `{"version": 1, "entries": [{"text": "` + strings.Repeat("x", 1<<20) + `"}]}`
	if _, err := document.Read([]byte(large)); len(faults(err)) != 1 || faults(err)[0].Message.Key != "exchange.document_large" {
		t.Errorf("a large row: %v", faults(err))
	}
	if _, err := document.Read([]byte(`{"version": 1}`)); err != nil {
		t.Errorf("an empty path: %v", err)
	}
}

// FuzzRead reads anything; what can be read is written and read again to the same.
func FuzzRead(f *testing.F) {
	f.Add([]byte(load(f, "testdata/path.json")))
	f.Add([]byte(`{"version":1,"entries":[{"id":"a","kind":"event","date":"2019","text":"e\u0301\u0000\r\n\u2028"}]}`))
	f.Add([]byte(`{"version":1,"goals":[{"ID":"a","STATE":"active","made":"0001-01-01T00:00:00+01:00"}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		p, err := document.Read(text)
		if err != nil {
			if problem.KindOf(err) == 0 {
				t.Errorf("an error that nobody can read: %v", err)
			}
			return
		}
		out, err := document.Write(p)
		if err != nil {
			t.Fatal(err)
		}
		again, err := document.Read(out)
		if err != nil {
			t.Fatal(err, faults(err))
		}
		second, err := document.Write(again)
		if err != nil || string(second) != string(out) {
			t.Errorf("is written as\n%s\nand then as\n%s", out, second)
		}
	})
}
