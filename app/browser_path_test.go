package app_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"waypost/internal/testkit/browser"
	"waypost/internal/testkit/site"
)

// TestBrowserTheOwnStory keeps the path that the product's own story tells of, on a
// telephone and without script: a year of gigs and hours at events, a trial with weekly
// check-ins, the first day's words beside today's, something that changed, the decision,
// and walking away.
func TestBrowserTheOwnStory(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	s.Account("wanda")
	tab := signedInAs(t, s, "wanda")
	tab.Size(390, 844)
	tab.Script(false)
	w := wanderer{t, s, tab}
	w.gigs()
	trial := w.trial()
	for _, answer := range []string{"5", "5", "4", "5", "4"} {
		s.Clock.Advance(7 * 24 * time.Hour)
		if presses := w.checkIn(answer, ""); presses > 9 {
			t.Errorf("a check-in takes %d presses", presses)
		}
	}
	s.Clock.Advance(7 * 24 * time.Hour)
	w.checkIn("2", "I had been picturing the chair next to mine.")
	w.says("main", "I write for the page by July.", "I only carry boxes.", "To write every day", "less than expected",
		"I had been picturing the chair next to mine.", "You said: something changed", "From five check-ins on")
	w.decision(trial)
	tab.Open(trial)
	w.unfold()
	tab.Follow("form[action$='/end'] button")
	tab.Open("/path")
	w.says("main", "Freelance technician", "Dream job", "Walk away")
	w.unfold()
	w.says(".trail-list", "Left", "I had been picturing the chair next to mine.", "Walk away", "6 check-ins")
	w.fits()
}

// wanderer is somebody who keeps a path.
type wanderer struct {
	*testing.T
	s   *site.Site
	tab *browser.Tab
}

// says looks for words in a part of the page.
func (w wanderer) says(part string, words ...string) {
	w.Helper()
	text := w.tab.Text(part)
	for _, want := range words {
		if !strings.Contains(text, want) {
			w.Errorf("%s does not say %q: %s", w.tab.Address(), want, text)
		}
	}
}

// unfold opens what is folded, as a press on each summary does.
func (w wanderer) unfold() {
	w.Helper()
	browser.Eval[bool](w.tab, `(document.querySelectorAll('details').forEach(d => d.open = true), true)`)
}

func (w wanderer) fits() {
	w.Helper()
	if over := w.tab.Overflow(); over != 0 {
		w.Errorf("%s is %d points too wide", w.tab.Address(), over)
	}
}

// chooses picks an option of a select, as it is picked in a list that the system shows.
func (w wanderer) chooses(field, value string) {
	w.Helper()
	browser.Eval[bool](w.tab, fmt.Sprintf(`(document.getElementById(%q).value = %q, true)`, field, value))
}

// gigs writes down the goal, the year of gigs and hours at events.
func (w wanderer) gigs() {
	w.Helper()
	w.tab.Open("/path")
	w.says("main", "Nobody lived this path")
	w.fits()
	w.tab.Open("/path/goal")
	w.tab.Fill("#title", "Write for a living")
	w.tab.Follow("main .primary")
	w.tab.Open("/path/steps/new?kind=gig")
	w.tab.Fill("#title", "Freelance technician")
	w.tab.Fill("#start", "2025-10")
	w.tab.Fill("#end", "2026-10")
	w.tab.Follow("main .primary")
	for i, hours := range []string{"3", "2:30", "1.5"} {
		w.tab.Open("/path/entries/new?kind=event")
		w.tab.Type("#text", fmt.Sprint("Networking dinner ", i+1))
		w.tab.Fill("#date", "2026-0"+fmt.Sprint(i+1))
		w.tab.Fill("#hours", hours)
		w.tab.Follow("main .primary")
	}
	w.tab.Open("/path/entries")
	w.says("main", "Event 7 h")
}

// trial begins the trial with what is expected of it, and returns its address.
func (w wanderer) trial() string {
	w.Helper()
	w.tab.Open("/path/steps/new?kind=trial")
	w.tab.Fill("#title", "Dream job")
	w.tab.Fill("#start", "2 November 2026")
	w.chooses("cadence", "7")
	w.tab.Type("#expect", "To write every day")
	w.tab.Type("#stay_if", "I write for the page by July.")
	w.tab.Type("#leave_if", "I only carry boxes.")
	for _, item := range []string{"learning", "growth", "happiness"} {
		w.tab.Click("[id='expected." + item + "'] [value='5']")
	}
	w.tab.Follow("main .primary")
	w.says("#first-day", "To write every day", "31 January 2027")
	w.fits()
	address, _, _ := strings.Cut(w.tab.Address(), "?")
	return address
}

// checkIn answers all seven alike, with a note where something has changed, and returns
// how many presses it took from My path on.
func (w wanderer) checkIn(answer, changed string) (presses int) {
	w.Helper()
	press := func(selector string) { w.tab.Click(selector); presses++ }
	w.tab.Open("/path")
	w.tab.Follow("main a[href='/path/check-in']")
	presses++
	for _, item := range []string{"learning", "growth", "belonging", "workload", "pay", "happiness", "goal"} {
		press("[id='answers." + item + "'] [value='" + answer + "']")
	}
	if changed != "" {
		press("#changed [value='yes']")
		w.tab.Type("#note", changed)
	}
	w.fits()
	w.tab.Follow("main .primary")
	presses++
	return presses
}

// decision compares staying with walking away, and decides.
func (w wanderer) decision(trial string) {
	w.Helper()
	w.tab.Open(trial)
	w.tab.Follow("main a[href^='/path/decisions/new']")
	w.tab.Fill("#question", "Stay, or walk away?")
	w.tab.Fill("[id='option.1']", "Walk away")
	w.tab.Follow("main .primary") // the ways
	w.fits()
	w.tab.Follow("main .primary") // what matters, in the order that is there
	for _, key := range browser.Eval[[]string](w.tab, `[...document.querySelectorAll('.score[id]')].map(e => e.id)`) {
		value := "3"
		if strings.HasPrefix(key, "score.1.") {
			value = "7"
		}
		w.tab.Fill("[name='"+key+".likely']", value)
	}
	w.fits()
	w.tab.Follow("main .primary")
	address, _, _ := strings.Cut(w.tab.Address(), "?")
	address = strings.TrimSuffix(address, "/edit")
	w.tab.Open(address)
	w.tab.Click("#hope [value='Walk away']")
	w.tab.Follow("form[action$='/ask'] .primary")
	w.says("#result", "Clear on what you wrote: Walk away", "You hoped for", "Does this feel wrong?")
	w.fits()
	w.unfold()
	w.tab.Click("#chosen [value='Walk away']")
	w.tab.Type("#reason", "I am not learning here.")
	w.tab.Follow("form[action$='/decide'] .primary")
	w.says("#decided", "Walk away", "I am not learning here.")
	w.fits()
}
