package ways_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"waypost/internal/partdate"
	"waypost/paths"
	"waypost/web/desk/fields"
	"waypost/web/messages"
	"waypost/web/paths/typed"
	"waypost/web/paths/ways"
	"waypost/web/render"
)

// kept is a decision between two ways, by two criteria and with a must-have.
func kept() paths.Decision {
	return paths.Decision{Row: paths.Row{ID: "d", Version: 3}, Question: "Stay?", Horizon: 12, State: paths.DecisionOpen, MustHaves: []string{"Home by six"}, Currency: "EUR", Reference: 200000,
		Criteria: []paths.Criterion{{Key: "pay", Rank: 2}, {Key: "learning", Rank: 1, Ten: "A page a week"}},
		Options: []paths.Option{
			{Name: "Stay", Met: map[string]paths.Met{"Home by six": paths.MetYes}, Scores: map[string]paths.Score{"pay": {Low: 6, Likely: 7, High: 8}, "learning": {Low: 1, Likely: 2, High: 5}, "doors": {Likely: 3, High: 3}}},
			{Name: "Leave", Scores: map[string]paths.Score{"pay": {Low: 2, Likely: 3, High: 9}, "learning": {Low: 3, Likely: 6, High: 9}}},
		}}
}

func read(part, form string, d paths.Decision) (paths.Decision, error) {
	values, _ := url.ParseQuery(form) // what can be read of it
	f := typed.Fields{R: &http.Request{PostForm: values}}
	d, _ = ways.Read(&f, part, d)
	return d, f.Faults.Err()
}

func TestRead(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		part, form, fault string
		shown             func(d paths.Decision) any
		want              string
	}{
		"a new question": {part: ways.Ways, form: "question=+What+now?&horizon=&option.0=Stay&option.3=Leave",
			shown: func(d paths.Decision) any { return []any{d.Question, d.Horizon, d.Options[1].Name} }, want: `["What now?",0,"Leave"]`},
		"a way called otherwise keeps its scores": {part: ways.Ways, form: "option.0=Remain&option.1=Leave&must_haves=Home+by+six",
			shown: func(d paths.Decision) any {
				return []any{d.Options[0].Name, d.Options[0].Scores["pay"].Likely, d.Options[0].Met}
			}, want: `["Remain",7,{"Home by six":"yes"}]`},
		"so does a must-have": {part: ways.Ways, form: "option.0=Stay&must_haves=Home+by+seven%0D%0AA+desk",
			shown: func(d paths.Decision) any { return []any{d.MustHaves, d.Options[0].Met} }, want: `[["Home by seven","A desk"],{"Home by seven":"yes"}]`},
		"a must-have that moves": {part: ways.Ways, form: "option.0=Stay&must_haves=A+desk%0AHome+by+six",
			shown: func(d paths.Decision) any { return d.Options[0].Met }, want: `{"Home by six":"yes"}`},
		"what is left out": {part: ways.Matters, form: "rank.0=2&rank.5=0&rank.7=2&criterion.7=Evenings&zero.7=none",
			shown: func(d paths.Decision) any { return d.Criteria }, want: `[{"key":"learning","name":"","rank":2},{"key":"own","name":"Evenings","rank":2,"zero":"none"}]`},
		"a rank that is none": {part: ways.Matters, form: "rank.0=first", fault: "rank.0: path.not_a_number"},
		"a name without rank": {part: ways.Matters, form: "rank.0=1&criterion.7=Evenings", fault: "rank.7: path.rank_missing"},
		"likely alone, and scores of what is left out": {part: ways.Scores, form: "score.0.0.likely=6,5&score.1.1.low=1&score.1.1.likely=2",
			shown: func(d paths.Decision) any { return []any{d.Options[0].Scores, d.Options[1].Scores} },
			want:  `[{"doors":{"low":0,"likely":3,"high":3},"pay":{"low":6.5,"likely":6.5,"high":6.5}},{"learning":{"low":1,"likely":2,"high":2}}]`},
		"low without likely": {part: ways.Scores, form: "score.0.0.low=6", fault: "score.0.0: path.likely_missing"},
		"no number":          {part: ways.Scores, form: "score.0.0.likely=NaN", fault: "score.0.0: path.not_a_number"},
		"must-haves":         {part: ways.Scores, form: "met.0.0=no&met.1.0=unknown&met.7.7=no", shown: func(d paths.Decision) any { return []any{d.Options[0].Met, d.Options[1].Met} }, want: `[{"Home by six":"no"},{"Home by six":"unknown"}]`},
		"pay": {part: ways.Pay, form: "reference=2.400,50&currency=usd&months.1.0=6&pay.1.0=1800&months.1.1=&pay.1.1=&one_off.1=900",
			shown: func(d paths.Decision) any {
				return []any{d.Reference, d.Currency, d.Options[1].Phases, d.Options[1].OneOff}
			}, want: `[240050,"USD",[{"months":6,"pay":180000}],90000]`},
		"pay that is none": {part: ways.Pay, form: "months.0.0=few", fault: "months.0.0: path.not_a_number"},
	} {
		d, err := read(c.part, c.form, kept())
		if c.fault != "" {
			if err == nil || !strings.Contains(err.Error(), c.fault) {
				t.Errorf("%s: %v, want %s", name, err, c.fault)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got, _ := json.Marshal(c.shown(d)); string(got) != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	if d, err := read(ways.Ways, "question=x&option.0=a&option.1=b", paths.Decision{}); err != nil || len(d.Criteria) != 7 || slices.ContainsFunc(d.Criteria, func(c paths.Criterion) bool { return c.Rank != 1 }) {
		t.Errorf("a new decision: %+v, %v", d, err)
	}
}

// TestKept shows each part of a decision in its form and reads it: it is the same.
func TestKept(t *testing.T) {
	t.Parallel()
	d := kept()
	slices.Reverse(d.Criteria) // as the form has them
	d.Options[1].Phases, d.Options[1].OneOff = []paths.Phase{{Months: 3, Pay: 150050}}, -500
	form := ways.Kept(paths.Path{}, d)
	for i := range d.Options {
		form.Values.Set("option."+string(rune('0'+i)), d.Options[i].Name)
	}
	for _, part := range []string{ways.Ways, ways.Matters, ways.Scores, ways.Pay} {
		got, err := read(part, form.Values.Encode(), d)
		a, _ := json.Marshal(ways.Kept(paths.Path{}, got).Values)
		b, _ := json.Marshal(form.Values)
		if err != nil || string(a) != string(b) {
			t.Errorf("%s: %s, %v, want %s", part, a, err, b)
		}
	}
	step := paths.Step{Row: paths.Row{ID: "s"}, Pay: &paths.Pay{Amount: 270000, Currency: "CHF", Per: paths.PerMonth}}
	d.Step, d.Reference, d.Currency = "s", 0, ""
	if f := ways.Kept(paths.Path{Steps: []paths.Step{step}}, d); f.Value("reference") != "2700" || f.Value("currency") != "CHF" {
		t.Errorf("the pay of the step: %v", f.Values)
	}
}

func FuzzRead(f *testing.F) {
	for _, form := range []string{"", "option.0=a&option.1=a", "rank.0=99999999999999999999&rank.1=-1", "score.0.0.likely=1e999&score.0.0.low=-Inf&score.1.0.likely=0x1p-2", "months.0.0=9&pay.0.0=9.999,9", "must_haves=%00%0A%FF&horizon=٣", "met.0.0=maybe"} {
		for _, part := range []string{ways.Ways, ways.Matters, ways.Scores, ways.Pay, "other"} {
			f.Add(part, form)
		}
	}
	words, err := messages.Load()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, part, form string) {
		d, err := read(part, form, kept())
		if err != nil {
			return
		}
		if _, err := json.Marshal(d); err != nil {
			t.Errorf("cannot be kept: %v", err)
		}
		ways.NewView(paths.Path{}, d, partdate.Date{}, fields.Form{}, render.Charts(words["en"]))
		ways.NewForm(paths.Path{}, d, ways.PartOf(part), ways.Kept(paths.Path{}, d))
	})
}

func TestView(t *testing.T) {
	t.Parallel()
	words, err := messages.Load()
	if err != nil {
		t.Fatal(err)
	}
	say := words["en"].T
	d := kept()
	d.Options[1].Phases, d.Options[1].OneOff = []paths.Phase{{Months: 6, Pay: 150000}}, 60050
	d.Options = append(d.Options, paths.Option{Name: "Detour", Met: map[string]paths.Met{"Home by six": paths.MetNo}, Scores: d.Options[0].Scores, Phases: []paths.Phase{{Months: 12, Pay: 100000}}})
	d.Hope = "Leave"
	d.Result = &paths.Result{Method: 1, Criteria: d.Criteria, MustHaves: d.MustHaves, Options: d.Options,
		Outcomes: []paths.Outcome{{Name: "Stay", ShareBest: 0.22, Low: 2, Mean: 3.4, High: 5, Regret: 2}, {Name: "Leave", ShareBest: 0.78, Low: 4, Mean: 5, High: 7, Regret: 0.2}}}
	view := ways.NewView(paths.Path{}, d, partdate.Date{}, fields.Form{}, render.Charts(words["en"]))
	if r := view.Rows[0]; say(r.Says.Key) != "Learning" || r.Cells[0].ID != "score.0.1" || r.Cells[2].Likely != "2" || !r.Cells[2].Out || r.Cells[0].Out || view.LackCount != 0 {
		t.Errorf("the table: %+v", view.Rows)
	}
	res := view.Result
	if res.Outdated || res.Word != "path.word.leans" || res.Leader != "Leave" || !slices.Equal(res.Out, []string{"Detour"}) || !res.Rows[1].Hoped || say(res.Rows[0].Share.Key, res.Rows[0].Share.Args...) != "Came out best in about 20 % of the draws." {
		t.Errorf("the result: %+v", res)
	}
	if res.First != "Leave" || len(res.Shifts) == 0 || res.Shifts[0].With == res.Shifts[0].Way || res.Ask[0].MustHave != "Home by six" || !strings.Contains(res.Ask[0].Talk, "kind=conversation") || !strings.Contains(res.Ask[0].Try, "kind=trial") {
		t.Errorf("what would change: %+v", res)
	}
	if !res.Ask[1].Turns || res.Firm() {
		t.Errorf("what turns: %+v", res.Ask)
	}
	// 6 months at 500 less and 600.50 once are 3,600.50; over 6 months left that is 600.09 a month
	if l := view.Later; len(l) != 2 || say(l[0].Cost.Key, l[0].Cost.Args...) != "Costs 3,600.50 EUR within its 6 months." || !strings.Contains(say(l[0].Rise.Key, l[0].Rise.Args...), "600.09 EUR a month") || l[1].Rise.Key != "path.later.never" {
		t.Errorf("now against later: %+v", l)
	}
	d.Options = slices.Clone(d.Options)
	d.Options[0].Scores = map[string]paths.Score{"pay": {Likely: 1, High: 1}}
	view = ways.NewView(paths.Path{}, d, partdate.Date{}, fields.Form{}, render.Charts(words["en"]))
	if !view.Result.Outdated || view.LackCount != 1 || view.Lacks[0].Way != "Stay" || !view.Asks() || len(view.Result.Shifts) == 0 {
		t.Errorf("changed since: %+v", view)
	}
	view.Faults = nil
	if p := view.Places("score.0.1"); len(p) != 2 || say(p[0].Key, p[0].Args...) != "Stay" || say(p[1].Key) != "Learning" {
		t.Errorf("a place: %v", p)
	}
	for _, name := range []string{"score.9.9", "score.x", "rank.99", "option", ".", "score.-1.-1"} {
		view.Places(name)
	}
}

// TestMoneyComesBackAsTyped: amounts of a currency without hundredths, and of one with
// thousandths, are shown as they were typed.
func TestMoneyComesBackAsTyped(t *testing.T) {
	t.Parallel()
	words, err := messages.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ code, reference, oneOff, pay, cost string }{
		{"JPY", "250000", "90000", "240000", "Costs 150,000 JPY within its 6 months."}, {"KWD", "850.500", "90.125", "840", "Costs 153.125 KWD within its 6 months."}, {"EUR", "2500.50", "90", "2400", "Costs 693 EUR within its 6 months."},
	} {
		d := kept()
		form := url.Values{"currency": {strings.ToLower(c.code)}, "reference": {c.reference}, "one_off.0": {c.oneOff}, "months.0.0": {"6"}, "pay.0.0": {c.pay}}
		d, err := read("pay", form.Encode(), d)
		if err != nil {
			t.Fatal(err)
		}
		shown := ways.Kept(paths.Path{}, d)
		for name := range form {
			if got := shown.Value(name); !strings.EqualFold(got, form.Get(name)) {
				t.Errorf("%s: %s was typed as %q and is shown as %q", c.code, name, form.Get(name), got)
			}
		}
		later := ways.NewView(paths.Path{}, d, partdate.Date{}, fields.Form{}, render.Charts(words["en"])).Later
		if len(later) == 0 || words["en"].T(later[0].Cost.Key, later[0].Cost.Args...) != c.cost {
			t.Errorf("%s: said is %+v", c.code, later)
		}
	}
}
