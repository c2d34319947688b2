package app_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"waypost/internal/testkit/site"
)

// weighed is a decision between two ways, saved part by part up to its scores.
func weighed(wanda *site.Visitor) *site.Page {
	form := wanda.Get("/path/decisions/new").OK().Form("main form").Set("question", "Stay or walk away?").Set("option.1", "A detour").Set("must_haves", "Home by six\n\n Home by  six \nA desk")
	matters := form.Press("on").OK().Form("main form")
	for _, n := range []string{"2", "3", "4", "5", "6"} {
		matters.Set("rank."+n, "0")
	}
	scores := matters.Set("rank.1", "2").Set("ten.0", "A page a week").Set("criterion.7", "Evenings").Set("rank.7", "3").Press("on").OK().Form("main form")
	for _, name := range []string{"score.0.0", "score.0.1", "score.0.2"} {
		scores.Set(name+".likely", "3")
	}
	scores.Set("score.1.0.low", "6,5").Set("score.1.0.likely", "8").Set("score.1.0.high", "9").Set("score.1.1.likely", "7").Set("met.0.0", "yes").Set("met.1.0", "yes")
	return scores.Press("").OK()
}

// TestDecision goes the whole way: the ways, what matters, scores, hope and result, the
// conversation, the decision, two looks back, and a copy that is dropped and taken up.
func TestDecision(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	account, wanda := walker(t, s)
	page := weighed(wanda)
	if got := page.Text("#ask"); !strings.Contains(got, "1 score is missing") || !strings.Contains(got, "A detour: Evenings") {
		t.Fatalf("what lacks: %s", got)
	}
	edit := wanda.Get(page.Attrs("#ask li a", "href")[0]).OK()
	if edit.Attrs("[name='score.1.0.low']", "value")[0] != "6.5" || edit.Attrs("[name='score.0.0.high']", "value")[0] != "3" || !strings.Contains(edit.Text("main"), "A page a week") {
		t.Errorf("the scores show %s", edit.Text("main"))
	}
	ready := edit.Form("main form").Set("score.1.2.likely", "4").Press("").OK()
	asked := ready.Form("#ask form").Set("hope", "Stay as is").Press("").OK()
	result := asked.Text("#result")
	for _, want := range []string{"Clear on what you wrote: A detour", "You hoped for: Stay as is.", "nearly every draw", "Does this feel wrong?", "A desk"} {
		if !strings.Contains(result, want) {
			t.Errorf("%q is not in the result: %s", want, result)
		}
	}
	if asked.Has("#ask") || !strings.Contains(asked.Attrs("#result .asks a", "href")[0], "kind=conversation&") {
		t.Errorf("asked, the page says %s", asked.Text("main"))
	}
	links := asked.Attrs("#result .asks a", "href")
	if got := wanda.Get(links[0]).OK().Text("#text"); got != "To ask about “Stay as is”: A desk" {
		t.Errorf("to ask becomes %q", got)
	}
	if got := wanda.Get(links[1]).OK().Attrs("#title", "value"); got[0] != "A week of “Stay as is”: A desk" {
		t.Errorf("to try becomes %q", got)
	}
	address := bare(asked)
	wanda.Get(address+"/edit?part=ways").OK().Form("main form").Set("option.1", "A long detour").Press("").OK()
	changed := wanda.Get(address).OK()
	if got := changed.Text("#ask"); !strings.Contains(got, "since the result") || strings.Contains(got, "missing") || !strings.Contains(changed.Text("#result"), "A detour") {
		t.Errorf("called otherwise, the page says %s", changed.Text("main"))
	}
	refused := changed.Form("#decide form").Set("reason", "To learn.").Set("confidence", "very").Press("").Want(http.StatusUnprocessableEntity)
	if refused.Text("#reason") != "To learn." || !refused.Has("#decide[open]") {
		t.Errorf("refused: %s", refused.Text("#decide"))
	}
	decided := refused.Form("#decide form").Set("chosen", "A long detour").Set("confidence", "70").Set("expected.0.learning", "5").Press("").OK()
	decided = decided.Form("#talk form").Set("to_say", "To Dez: I go.").Press("").OK()
	if got := decided.Text("main"); !strings.Contains(got, "You decided: A long detour") || !strings.Contains(got, "70 % sure") || decided.Text("#to_say") != "To Dez: I go." || decided.Has("#decide") {
		t.Errorf("decided: %s", got)
	}
	s.Clock.Advance(62 * 24 * time.Hour)
	wanda = s.As(account.ID)
	if due := wanda.Get("/path").OK().Text(".needs"); !strings.Contains(due, "Stay or walk away?") {
		t.Errorf("due is %q", due)
	}
	looked := wanda.Get(address).OK().Form("form[action$='/looks/1']").Set("found.1.learning", "3").Set("note.1", "Less than I thought.").Press("").OK()
	if got := looked.Texts("#looks tbody tr")[0]; !strings.Contains(got, "5") || !strings.Contains(got, "3") || !strings.Contains(looked.Text("#looks"), "Less than I thought.") {
		t.Errorf("looked back: %s", looked.Text("#looks"))
	}
	wanda.Get(address + "/edit").OK()
	again := looked.Form("form[action$='/reopen']").Press("").OK()
	if bare(again) == address || !again.Has("main a[href='"+address+"']") || !wanda.Get(address).OK().Has("main a[href='"+bare(again)+"']") {
		t.Errorf("reopened at %s: %s", bare(again), again.Text("main"))
	}
	dropped := again.Form("form[action$='/drop']").Press("").OK()
	up := dropped.Form("form[action$='/take-up']").Press("").OK()
	gone := up.Form("form[action$='/remove']").Press("").OK()
	if !strings.Contains(gone.Text("#removed"), "Stay or walk away?") {
		t.Errorf("removed: %s", gone.Text("main"))
	}
}

// TestDecisionKeepsWhatIsTyped: what is refused, or was changed in another tab, comes back
// with all that was typed, and a way with its scores though the one above it went.
func TestDecisionKeepsWhatIsTyped(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	_, wanda := walker(t, s)
	address := bare(weighed(wanda))
	part := func(name string) *site.Form { return wanda.Get(address + "/edit?part=" + name).OK().Form("main form") }
	for field, c := range map[string]struct{ part, value, anchor, says string }{
		"score.1.0.high": {"scores", "NaN", "score.1.0", "A detour: Learning: “NaN” is no number"},
		"score.0.1.low":  {"scores", "11", "score.0.1", "Stay as is: Toward the goal: From 0 to 10"},
		"option.5":       {"ways", "A detour", "option.5", "Way 6: Each needs a name of its own"},
		"horizon":        {"ways", "-1", "horizon", "A whole number of months"},
		"must_haves":     {"ways", "a\nb\nc\nd\ne\nf\ng\nh\ni", "must_haves", "At most 8"},
		"rank.7":         {"matters", "0", "rank.7", "Give it a rank"},
		"months.1.1":     {"pay", "99", "months.1.0", "A detour: Together"},
		"currency":       {"pay", "dollars", "currency", "“dollars” may be one of several currencies. Write its three letters, such as USD, CAD, AUD."},
	} {
		refused := part(c.part).Set(field, c.value).Press("").Want(http.StatusUnprocessableEntity)
		if got := refused.Text(".summary"); !strings.Contains(got, c.says) || !refused.Has("[id='"+c.anchor+"']") || !refused.Has(".summary a[href='#"+c.anchor+"']") {
			t.Errorf("%s: %s", field, got)
		}
		if back := refused.Form("main form").Values[field]; len(back) != 1 || strings.ReplaceAll(back[0], "\r", "") != c.value {
			t.Errorf("%s comes back as %q", field, back)
		}
	}
	one, two := part("ways"), part("scores")
	one.Set("option.0", "").Set("option.2", "Leave").Press("").OK()
	late := two.Set("score.1.2.likely", "2").Press("").Want(http.StatusConflict)
	if got := late.Text(".summary"); !strings.Contains(got, "changed meanwhile") {
		t.Errorf("changed meanwhile: %s", got)
	}
	kept := part("scores").Values
	if kept.Get("score.0.0.likely") != "8" || kept.Get("met.0.0") != "yes" || kept.Get("score.1.0.likely") != "" {
		t.Errorf("after the first way went: %v", kept)
	}
	wanda.Get(address + "/edit?part=nonsense").OK()
	wanda.Get("/path/decisions/nobodys").Want(http.StatusNotFound)
}

// bare is the address of a page without its query.
func bare(p *site.Page) string {
	address, _, _ := strings.Cut(p.Path, "?")
	return address
}
