package app_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"waypost/internal/testkit/browser"
	"waypost/internal/testkit/site"
	"waypost/members"
	"waypost/replies"
)

// pending counts what waits for a moderator.
func pending(s *site.Site) int {
	return site.Rows[int](s, `SELECT count(*) FROM replies WHERE state = 'pending'`)[0]
}

// TestBrowserModerating clears a hundred mixed replies by keyboard. Who presses a key
// every two and a half seconds is through in five minutes.
func TestBrowserModerating(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	for i := 0; pending(s) < 100; i++ {
		body := []string{"I was the one who left, in year %d. Nobody asked me why.", "Thanks. Number %d on my list of things to try on Monday.", "Our office sells chairs at shop%d.example, cheap, today only."}[i%3]
		reply(t, s, fmt.Sprintf("Reader %d", i), fmt.Sprintf(body, i))
		s.Clock.Advance(time.Minute)
	}
	s.Account("mo", members.Moderator)
	tab := signedInAs(t, s, "mo")
	tab.Size(1280, 900)
	tab.Open("/desk/replies")
	tab.NoAxeFindings()
	keysAreHelp(t, tab)
	tab.Open("/desk/replies")
	presses, began := 0, time.Now()
	press := func(key string) {
		t.Helper()
		tab.Press(key)
		presses++
	}
	left := func() int { return browser.Eval[int](tab, `document.querySelectorAll('.queue > li').length`) }
	settled := func(n int) {
		t.Helper()
		eventually(t, fmt.Sprintf("%d to wait, not %d", n, pending(s)), func() bool { return pending(s) == n })
	}

	press("j")
	press("a")
	settled(99)
	eventually(t, "what takes it back", func() bool { return tab.Count(".bar [formaction]:not([hidden])") == 1 })
	browser.Eval[bool](tab, `document.querySelector('.queue [name=reply]').focus() === undefined`)
	tab.Press("Enter")
	browser.Eval[bool](tab, `new Promise(on => setTimeout(() => on(true), 500))`)
	if n := pending(s); n != 99 {
		t.Errorf("Enter on a box decided: %d wait", n)
	}
	press("u")
	settled(100)
	eventually(t, "the reply to be back", func() bool { return left() == 50 })
	if at := tab.Focused(); !strings.HasPrefix(at, "li") {
		t.Errorf("after it was taken back the focus is on %s", at)
	}
	press("x")
	press("j")
	press("x")
	press("t")
	settled(98)
	for waits := 98; waits > 0; {
		eventually(t, "the next page", func() bool { return left() > 0 && strings.HasPrefix(tab.Focused(), "li") })
		for n := left(); n > 0; n-- {
			key := "a"
			if text := browser.Eval[string](tab, `document.activeElement.innerText`); strings.Contains(text, "cheap") {
				key = "s"
			}
			press(key)
			waits--
		}
		settled(waits)
	}
	eventually(t, "the page to say that nothing waits", func() bool {
		return strings.Contains(browser.Eval[string](tab, `document.querySelector('main')?.innerText ?? ''`), "Nothing waits")
	})
	fine(t, tab)
	if presses > 120 {
		t.Errorf("it took %d presses", presses)
	}
	t.Logf("%d presses, %s", presses, time.Since(began).Round(time.Second))
	for state, want := range map[string]int{"published": 50, "spam": 20, "trash": 2} {
		if n := site.Rows[int](s, `SELECT count(*) FROM reply_acts a JOIN replies r ON r.id = a.reply_id WHERE a.undone_at IS NULL AND r.state = '`+state+`'`)[0]; n < want {
			t.Errorf("%d are %s", n, state)
		}
	}
}

// TestBrowserModeratingByThumb decides on a telephone, and goes on where the server
// refuses or cannot be reached.
func TestBrowserModeratingByThumb(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	var ids []string
	for _, name := range []string{"Ada Tull", "Ben Orr", "Cy Young"} {
		s.Clock.Advance(time.Minute)
		ids = append(ids, reply(t, s, name, "This is what I think, and my name is "+name+"."))
	}
	s.Account("mo", members.Moderator)
	tab := signedInAs(t, s, "mo")
	tab.Size(390, 844)
	tab.Open("/desk/replies")
	fine(t, tab)
	tab.Click(`button[value="approve ` + ids[2] + `"]`)
	eventually(t, "the newest to be published", func() bool { return stateOf(s, ids[2]) == "published" })
	eventually(t, "word of it", func() bool { return strings.Contains(tab.Text(".bar [role=status]"), "1 approved.") })
	fine(t, tab)
	tab.Click(".bar [formaction]")
	eventually(t, "it to be taken back", func() bool { return stateOf(s, ids[2]) == "pending" })
	eventually(t, "it to be in the list", func() bool { return tab.Count(`[value="`+ids[2]+`"]`) == 1 })
	for _, id := range ids[:2] {
		tab.Click(`[name=reply][value="` + id + `"]`)
	}
	tab.Click(`.bar button[value=spam]`)
	eventually(t, "both to be spam", func() bool { return stateOf(s, ids[0]) == "spam" && stateOf(s, ids[1]) == "spam" })

	tab.Over(browser.Network{Offline: true})
	browser.Eval[bool](tab, `new Promise(on => setTimeout(() => on(true), 500))`) // as between two taps
	tab.Click(`button[value="approve ` + ids[2] + `"]`)
	eventually(t, "word of the lost connection", func() bool { return strings.Contains(tab.Text(".bar [role=status]"), "connection was lost") })
	if tab.Count(`[name=reply][value="`+ids[2]+`"]`) != 1 || stateOf(s, ids[2]) != "pending" {
		t.Error("what was not noted has left the list")
	}
	fine(t, tab)
	tab.Over(browser.Network{})
	statement(t, s, `DELETE FROM sessions`)
	browser.Eval[bool](tab, `new Promise(on => setTimeout(() => on(true), 500))`)
	tab.Click(`button[value="approve ` + ids[2] + `"]`)
	eventually(t, "the server's reason", func() bool { return strings.Contains(tab.Text(".bar [role=status]"), "not signed in any more") })
	if tab.Count(`[name=reply][value="`+ids[2]+`"]`) != 1 {
		t.Error("what was refused has left the list")
	}
	tab.Errors() // of the two answers
}

// TestBrowserLeavingAfterModerating leaves the page before the server has answered.
func TestBrowserLeavingAfterModerating(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	var ids []string
	for _, name := range []string{"Ada Tull", "Ben Orr", "Cy Young"} {
		s.Clock.Advance(time.Minute)
		ids = append(ids, reply(t, s, name, "This is what I think, and my name is "+name+"."))
	}
	s.Account("mo", members.Moderator)
	tab := signedInAs(t, s, "mo")
	tab.Open("/desk/replies")
	tab.Over(browser.Network{Latency: 400 * time.Millisecond})
	browser.Eval[bool](tab, `new Promise(on => {
		document.dispatchEvent(new CustomEvent('desk-key', { detail: 'j', cancelable: true }));
		for (const _ of '123') document.dispatchEvent(new CustomEvent('desk-key', { detail: 't', cancelable: true }));
		location.assign('/');
		on(true);
	})`)
	eventually(t, "all three to be in the trash", func() bool {
		return stateOf(s, ids[0]) == "trash" && stateOf(s, ids[1]) == "trash" && stateOf(s, ids[2]) == "trash"
	})
}

// TestBrowserTakingBackPastNothing decides what somebody else has decided meanwhile: what
// came before it can be taken back all the same.
func TestBrowserTakingBackPastNothing(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	var ids []string
	for _, name := range []string{"Ada Tull", "Ben Orr", "Cy Young", "Di Fox"} {
		s.Clock.Advance(time.Minute)
		ids = append(ids, reply(t, s, name, "This is what I think, and my name is "+name+"."))
	}
	mo := members.Actor{AccountID: s.Account("mo", members.Moderator).ID, Roles: []members.Role{members.Moderator}}
	tab := signedInAs(t, s, "mo")
	tab.Open("/desk/replies")
	decide := func(act, id string, gone func() bool) {
		t.Helper()
		browser.Eval[bool](tab, `new Promise(on => setTimeout(() => on(true), 500))`) // as between two taps
		tab.Click(`button[value="` + act + ` ` + id + `"]`)
		eventually(t, act, gone)
	}
	status := func(has string) func() bool {
		return func() bool { return strings.Contains(tab.Text(".bar [role=status]"), has) }
	}
	decide("approve", ids[2], status("1 approved."))
	if _, err := s.Replies.Decide(t.Context(), mo, replies.Discard, []string{ids[1]}, time.Time{}); err != nil {
		t.Fatal(err)
	}
	decide("trash", ids[1], func() bool { return !status("1 approved.")() })
	decide("approve", ids[0], status("1 approved."))
	tab.Click(".bar [formaction]")
	eventually(t, "the last to be taken back", func() bool { return stateOf(s, ids[0]) == "pending" })
	eventually(t, "a way back further", func() bool {
		return tab.Count(`[value="`+ids[0]+`"]`) == 1 && tab.Count(".bar [formaction]:not([hidden])") == 1
	})
	tab.Click(".bar [formaction]")
	eventually(t, "the first to be taken back", func() bool { return stateOf(s, ids[2]) == "pending" })
}

// TestBrowserModeratingTellsWhatIs: the page says what the server says, counts as it
// counts, and takes an answer back with the approval.
func TestBrowserModeratingTellsWhatIs(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	var ids []string
	for _, name := range []string{"Ada Tull", "Ben Orr", "Cy Young"} {
		s.Clock.Advance(time.Minute)
		ids = append(ids, reply(t, s, name, "This is what I think, and my name is "+name+"."))
	}
	mo := members.Actor{AccountID: s.Account("mo", members.Moderator).ID, Roles: []members.Role{members.Moderator}}
	tab := signedInAs(t, s, "mo")
	tab.Open("/desk/replies")
	counted := func(state string) int {
		return browser.Eval[int](tab, `Number(document.querySelector('.tabs [data-count=`+state+`]').textContent)`)
	}
	toStory := func() string {
		return browser.Eval[string](tab, `document.querySelector('#story option:not([value=""])').textContent`)
	}
	says := func(what string) {
		t.Helper()
		eventually(t, what, func() bool {
			return strings.Contains(browser.Eval[string](tab, `document.querySelector('main')?.innerText ?? ''`), what)
		})
	}
	waits, refused := counted("pending"), counted("spam")
	tab.Click(".bar button[value=spam]")
	says("Tick the replies first")
	tab.Click(`button[value="spam ` + ids[0] + `"]`)
	says("1 marked as spam.")
	if counted("pending") != waits-1 || counted("spam") != refused+1 || !strings.HasSuffix(toStory(), "(2)") {
		t.Errorf("of %d and %d the tabs count %d and %d, and the story %q", waits, refused, counted("pending"), counted("spam"), toStory())
	}
	if _, err := s.Replies.Decide(t.Context(), mo, replies.Discard, []string{ids[1]}, time.Time{}); err != nil {
		t.Fatal(err)
	}
	browser.Eval[bool](tab, `new Promise(on => setTimeout(() => on(true), 500))`) // as between two taps
	tab.Click(`button[value="trash ` + ids[1] + `"]`)
	says("Nothing changed: it was done already.")

	tab.Open("/desk/replies/" + ids[2] + "/answer?state=pending")
	if at := tab.Focused(); !strings.HasPrefix(at, "textarea") {
		t.Errorf("the focus is on %s", at)
	}
	reply(t, s, "Dee Fox", "This is what I think, and my name is Dee Fox.")
	tab.Press("Escape")
	tab.Press("?")
	focused(t, tab, "Close the note")
	tab.Press("Escape")
	press(t, tab, "u", "/desk/replies?state=pending")
	tab.Open("/desk/replies/" + ids[2] + "/answer?state=pending")
	tab.Type("#answer", "So do I.")
	tab.Click("main .primary")
	says("Your answer is there")
	tab.Click(".bar [formaction]")
	says("the answer to it is not shown any more")
	tab.Click(`button[value="trash ` + ids[2] + `"]`)
	says("1 put into the trash.")
	if text := tab.Text("main"); strings.Contains(text, "not shown any more") {
		t.Errorf("what was done before is still said: %s", text)
	}
	tab.Click(".bar [formaction]")
	eventually(t, "it to be back", func() bool { return stateOf(s, ids[2]) == "pending" })
	if text := tab.Text("body"); strings.Contains(text, "Your answer is there") || stateOf(s, ids[2]) != "pending" {
		t.Errorf("it is %s: %s", stateOf(s, ids[2]), text)
	}
}

// TestBrowserModeratingWhatChangedMeanwhile: what its writer changed is in the list again
// as it is now, said in the bar, and decided with the next key. The bar is no wider than a
// telephone, in German too, and a key that would change nothing does nothing.
func TestBrowserModeratingWhatChangedMeanwhile(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	var ids []string
	for _, name := range []string{"Ada Tull", "Ben Orr"} {
		s.Clock.Advance(time.Minute)
		ids = append(ids, reply(t, s, name, "This is what I think, and my name is "+name+"."))
	}
	s.Account("mo", members.Moderator)
	tab := signedInAs(t, s, "mo")
	tab.Open("/desk/replies")
	text := func(of string) string {
		return browser.Eval[string](tab, `document.querySelector('`+of+`')?.innerText ?? ''`)
	}
	changedMeanwhile(t, s, ids[0], "I think otherwise by now.")
	tab.Press("j")
	tab.Press("j")
	tab.Press("a")
	eventually(t, "word of the change", func() bool {
		return strings.Contains(text(".bar [role=status]"), "changed by its writer since you saw it") && strings.Contains(text(".queue"), "I think otherwise by now.")
	})
	eventually(t, "the focus on it", func() bool {
		return browser.Eval[string](tab, `document.activeElement.querySelector('[name=reply]')?.value ?? ''`) == ids[0]
	})
	if got := stateOf(s, ids[0]); got != "pending" {
		t.Errorf("unread it is %s", got)
	}
	tab.Press("s")
	eventually(t, "it to be spam", func() bool { return stateOf(s, ids[0]) == "spam" })
	tab.Open("/desk/replies?state=spam")
	n := tab.Count(".queue > li")
	tab.Press("j")
	tab.Press("s")
	browser.Eval[bool](tab, `new Promise(on => setTimeout(() => on(true), 300))`)
	if tab.Count(".queue > li") != n {
		t.Error("spam has left the spam as spam")
	}
	speak(t, s, "de")
	tab.Size(390, 844)
	tab.Open("/desk/replies")
	fine(t, tab)
	if rows := browser.Eval[int](tab, `new Set([...document.querySelectorAll('.ticked > :not(.hint)')].map(x => Math.round(x.getBoundingClientRect().bottom))).size`); rows != 1 {
		t.Errorf("what is done with those that are ticked stands in %d rows", rows)
	}
	if over := browser.Eval[int](tab, `(bar => bar.scrollWidth - bar.clientWidth)(document.querySelector('.bar'))`); over > 0 || !strings.Contains(text(".bar"), "Freigeben") {
		t.Errorf("the bar is %d points too wide: %s", over, text(".bar"))
	}
}
