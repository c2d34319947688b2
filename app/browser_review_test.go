package app_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"waypost/internal/testkit/browser"
	"waypost/internal/testkit/postbox"
	"waypost/internal/testkit/site"
	"waypost/members"
)

// signedInAs is a browser in which somebody is signed in.
func signedInAs(t *testing.T, s *site.Site, name string) *browser.Tab {
	t.Helper()
	link, err := s.SignInLink(t.Context(), name+"@people.example")
	if err != nil {
		t.Fatal(err)
	}
	tab := browser.New(t, s.URL)
	tab.Open(link)
	tab.Follow("main form button")
	return tab
}

// fine holds what every page promises: axe finds nothing, and it is as wide as the screen.
func fine(t *testing.T, tab *browser.Tab) {
	t.Helper()
	tab.NoAxeFindings()
	if over := tab.Overflow(); over != 0 {
		t.Errorf("%s is %d points too wide", tab.Address(), over)
	}
}

// TestBrowserReview is a member's first story, written on a telephone: handed in, sent
// back by an editor who has only a keyboard, mended, handed in again, compared, scheduled,
// published.
func TestBrowserReview(t *testing.T) {
	t.Parallel()
	box := postbox.Open(t, postbox.Options{})
	s := site.New(t, site.Demo)
	sendThrough(t, s, box)
	s.Account("ann")
	s.Account("ed", members.Editor)
	writer, editor := signedInAs(t, s, "ann"), signedInAs(t, s, "ed")
	writer.Size(390, 844)
	editor.Size(1280, 900)

	writer.Open("/desk")
	fine(t, writer)
	writer.Follow(".empty a.button")
	writer.Fill("#title", "My first month")
	writer.Type("#standfirst", "On foot.")
	writer.Type("#body", "I walked to the red house.\n\nIt rained.")
	writer.Type("#message", "Is it too short?")
	fine(t, writer)
	writer.Follow("button[value=submit]")
	if text := writer.Text("#thread"); !strings.Contains(text, "Is it too short?") {
		t.Fatalf("after it was handed in: %s", writer.Text("main"))
	}
	id := strings.TrimPrefix(strings.Split(writer.Address(), "?")[0], "/desk/stories/")
	told(t, s, box, "ed@people.example", "handed in “My first month”")

	editor.Open("/desk")
	fine(t, editor)
	if text := editor.Text("main"); !strings.Contains(text, "First story") || !strings.Contains(text, "My first month") {
		t.Errorf("an editor's today says %q", text)
	}
	editor.Press("j")
	focused(t, editor, "My first month")
	editor.Follow("a[href='/desk/review']")
	fine(t, editor)
	editor.Press("k") // from the end
	focused(t, editor, "My first month")
	press(t, editor, "Enter", "/desk/review/"+id)
	fine(t, editor)
	keysAreHelp(t, editor)
	editor.Press("r")
	focused(t, editor, "textarea#message")
	for _, key := range []string{"N", "i", "c", "e", "?", "p", "j"} { // letters, while one types
		editor.Press(key)
	}
	if got := editor.Value("#message"); got != "Nice?pj" {
		t.Errorf("what was typed is %q", got)
	}
	press(t, editor, "Ctrl+Enter", "/desk/review?done=sent-back")
	fine(t, editor)
	told(t, s, box, "ann@people.example", "came back with a note")

	writer.Open("/desk")
	if text := writer.Text("main"); !strings.Contains(text, "Sent back to you") || !strings.Contains(text, "Nice?pj") {
		t.Errorf("the writer's today says %q", text)
	}
	fine(t, writer)
	writer.Follow(".rows a")
	typeBody(writer, "I walked to the blue house.\n\nIt rained.")
	writer.Follow("button[value=submit]")

	editor.Open("/desk/review")
	editor.Press("j")
	focused(t, editor, "My first month")
	press(t, editor, "s", "/desk/review/"+id) // from the list straight to the time
	focused(t, editor, "input#at")
	editor.Press("Escape")
	press(t, editor, "d", "/desk/stories/"+id+"/revisions/compare")
	fine(t, editor)
	if out, in := editor.Text("main .text del"), editor.Text("main .text ins"); !strings.Contains(out, "red") || !strings.Contains(in, "blue") {
		t.Errorf("compared: out %q, in %q: %s", out, in, editor.Text("main"))
	}

	editor.Open("/desk/review/" + id)
	editor.Press("s")
	browser.Eval[bool](editor, `(e => { e.value = '2026-11-02T12:00'; return true })(document.getElementById('at'))`)
	press(t, editor, "Enter", "/desk/review?done=schedule")
	told(t, s, box, "ann@people.example", "is scheduled")
	writer.Open("/desk")
	if text := writer.Text("main"); !strings.Contains(text, "Will be published") {
		t.Errorf("the writer's today says %q", text)
	}
	s.Clock.Advance(4 * time.Hour)
	told(t, s, box, "ann@people.example", "is published")
	writer.Open("/stories/my-first-month")
	fine(t, writer)
	if text := writer.Text("main"); !strings.Contains(text, "My first month") || !strings.Contains(text, "ann") || !strings.Contains(text, "blue house") {
		t.Errorf("the story says %q", text)
	}
}

// TestBrowserReviewKeys are off where somebody turned them off, and publish by Enter alone.
func TestBrowserReviewKeys(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	author := s.As(s.Account("ann").ID)
	s.Account("ed", members.Editor)
	story := func(title string) string {
		p := author.Get("/desk/stories/new").OK().Form("#editor").Set("title", title).Set("standfirst", "Short.").Set("body", "One two.").Send("submit").Want(http.StatusSeeOther)
		return strings.TrimPrefix(strings.Split(p.Header.Get("Location"), "?")[0], "/desk/stories/")
	}
	first, second := story("The first"), story("The second")
	editor := signedInAs(t, s, "ed")
	editor.Open("/desk/review/" + first)
	for _, key := range []string{"a", "Ctrl+p", "Alt+r"} {
		editor.Press(key)
	}
	editor.Press("p")
	focused(t, editor, "button[name=do]")
	editor.Press("p")
	if at := editor.Address(); at != "/desk/review/"+first {
		t.Fatalf("a letter alone leads to %s", at)
	}
	press(t, editor, "Enter", "/desk/review?done=publish")

	editor.Open("/desk/review/" + second)
	browser.Eval[bool](editor, `(f => { f.contentDocument.body.tabIndex = 0; f.contentDocument.body.focus(); return true })(document.querySelector('iframe'))`)
	editor.Press("r")
	focused(t, editor, "textarea#message") // though the focus was in the frame
	browser.Eval[bool](editor, `(e => { e.focus(); return true })(document.getElementById('at'))`)
	editor.Press("Enter") // without a time
	eventually(t, "the time to be asked for", func() bool { return editor.Count("#at-fault") == 1 })
	editor.Errors() // the answer 422
	editor.Click("[data-keys-help] > button")
	editor.Click("[data-keys-help] [data-off]")
	editor.Click("[data-keys-help] [data-close]")
	browser.Eval[bool](editor, `(document.activeElement.blur(), true)`)
	editor.Press("u")
	focused(t, editor, "body")
	editor.Open("/desk/review/" + second)
	editor.Press("r")
	if at, on := editor.Address(), editor.Focused(); at != "/desk/review/"+second || on != "body" {
		t.Errorf("keys that are off lead to %s and %s", at, on)
	}
}

// keysAreHelp opens the note about keys by its own, and goes on where it was.
func keysAreHelp(t *testing.T, tab *browser.Tab) {
	t.Helper()
	tab.Press("j")
	at, top := tab.Focused(), browser.Eval[float64](tab, `scrollY`)
	open := func() bool { return browser.Eval[bool](tab, `document.querySelector('[data-keys-help] dialog').open`) }
	for _, closes := range []string{"Escape", "?", "Enter"} {
		tab.Press("?")
		focused(t, tab, "Close the note")
		if !open() {
			t.Error("the note about keys stays closed")
		}
		if closes == "Escape" {
			tab.NoAxeFindings()
			tab.Press("j") // is for the list, which is not at hand
			focused(t, tab, "Close the note")
		}
		tab.Press(closes)
		eventually(t, "the focus to be back on "+at, func() bool { return tab.Focused() == at })
		if now := browser.Eval[float64](tab, `scrollY`); open() || now != top {
			t.Errorf("after %s the note is open: %t, and the page at %v, not %v", closes, open(), now, top)
		}
	}
}

// press presses a key that leads to another page.
func press(t *testing.T, tab *browser.Tab, key, to string) {
	t.Helper()
	tab.Press(key)
	eventually(t, key+" to lead to "+to, func() bool {
		return tab.Address() == to && browser.Eval[string](tab, `document.readyState`) == "complete"
	})
}

func focused(t *testing.T, tab *browser.Tab, on string) {
	t.Helper()
	if got := tab.Focused(); !strings.Contains(got, on) {
		t.Errorf("the focus is on %s, not on %s", got, on)
	}
}

// told sends what waits and expects the newest letter to somebody to say something in its
// subject.
func told(t *testing.T, s *site.Site, box *postbox.Postbox, to, subject string) {
	t.Helper()
	send(t, s)
	said := ""
	for _, l := range box.Letters() {
		if l.To == to {
			said = l.Read(t).Subject()
		}
	}
	if !strings.Contains(said, subject) {
		t.Errorf("the newest letter to %s is %q, not %q", to, said, subject)
	}
}
