package app_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/testkit/browser"
	"waypost/internal/testkit/site"
	"waypost/members"
	"waypost/stories"
)

// typedOf is what the server keeps of what was typed of a story, by name of field.
func typedOf(t *testing.T, s *site.Site, id string) map[string][]string {
	t.Helper()
	typed := map[string][]string{}
	for _, document := range site.Rows[string](s, `SELECT document FROM story_drafts WHERE story_id = $1 AND dropped = FALSE`, id) {
		if err := json.Unmarshal([]byte(document), &typed); err != nil {
			t.Fatal(err)
		}
	}
	return typed
}

// keptText waits until the server keeps this text of a story.
func keptText(t *testing.T, s *site.Site, id, text string) {
	t.Helper()
	eventually(t, "the server to keep "+text, func() bool { return strings.Join(typedOf(t, s, id)["body"], "") == text })
}

// draftIn is how many copies of unsaved stories the browser has that hold some words.
func draftIn(tab *browser.Tab, words string) int {
	return browser.Eval[int](tab, fmt.Sprintf(`Object.keys(localStorage).filter(k => k.startsWith('waypost-draft:'))
		.flatMap(k => JSON.parse(localStorage.getItem(k))).filter(c => c.fields.includes(%q)).length`, words))
}

func typeBody(tab *browser.Tab, text string) {
	browser.Eval[bool](tab, fmt.Sprintf(`(b => { b.focus(); b.value = %q; b.dispatchEvent(new Event('input', {bubbles: true})); return true })(document.getElementById('body'))`, text))
}

// said waits until the line in the bar says something.
func said(t *testing.T, tab *browser.Tab, words string) {
	t.Helper()
	eventually(t, "the line to say "+words, func() bool {
		return strings.Contains(browser.Eval[string](tab, `document.querySelector('[data-saving]').textContent`), words)
	})
}

// draftStory is a draft of the sample community with a text, in the desk.
func draftStory(t *testing.T, s *site.Site, tab *browser.Tab) (address, id string) {
	t.Helper()
	tab.Open("/desk/stories/new")
	tab.Fill("#title", "The quiet season")
	tab.Type("#body", "It began.")
	tab.Follow("[data-save]")
	address, _, _ = strings.Cut(tab.Address(), "?")
	return address, strings.TrimPrefix(address, "/desk/stories/")
}

func statement(t *testing.T, s *site.Site, query string, args ...any) {
	t.Helper()
	err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(query, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// saveAsAnother saves a text over a story's last version, from the console.
func saveAsAnother(t *testing.T, s *site.Site, id, text string) {
	t.Helper()
	var st stories.Story
	var c stories.Content
	s.View(func(tx *db.Tx) (err error) {
		if st, err = s.Stories.ByID(tx, id); err == nil {
			c, err = s.Stories.Content(tx, st)
		}
		return err
	})
	c.Body = text
	if _, err := s.Stories.Save(t.Context(), members.Console(), id, st.Version, c); err != nil {
		t.Fatal(err)
	}
}

// TestBrowserSavesAsTyped types a new story: it gets an address without a button, a
// browser that goes down loses none of it, and nothing of it is a version.
func TestBrowserSavesAsTyped(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	first := browser.New(t, s.URL)
	signIn(t, s, first)
	tab := first.Another()
	tab.Open("/desk/stories/new")
	tab.Fill("#title", "A lamp of one's own")
	tab.Type("#body", "First words")
	eventually(t, "an address", func() bool { return tab.Address() != "/desk/stories/new" })
	id := strings.TrimPrefix(tab.Address(), "/desk/stories/")
	keptText(t, s, id, "First words")
	said(t, tab, "Saved at 09:30")
	if n := len(site.Rows[string](s, `SELECT id FROM stories WHERE id = $1`, id)); n != 0 {
		t.Error("what is typed is a story before anybody saved it")
	}
	eventually(t, "no copy in the browser", func() bool { return draftIn(tab, "First words") == 0 })
	tab.Type("#body", ", and more")
	keptText(t, s, id, "First words, and more")
	tab.Close()

	tab = first
	tab.Open("/desk/stories/" + id)
	if got := tab.Value("#body"); got != "First words, and more" {
		t.Errorf("after the crash the text is %q", got)
	}
	if said := tab.Text(".draft"); !strings.Contains(said, "not yet saved as a version") {
		t.Errorf("the page says %q", said)
	}
	tab.Follow("[data-save]")
	if tab.Count(".done") != 1 || tab.Count(".draft") != 0 || tab.Value("#body") != "First words, and more" {
		t.Errorf("after the save: %q", tab.Value("#body"))
	}
	if left := typedOf(t, s, id); len(left) != 0 {
		t.Errorf("beside the version the working copy is there: %v", left)
	}
	if at := strings.TrimPrefix(tab.Address(), "/desk/stories/"); at != id {
		t.Errorf("the story is at %s, what was typed at %s", at, id)
	}
}

// TestBrowserOfflineAndBack writes without a network: the text is kept on the device, a
// crash does not lose it, and it is saved when the network is there again.
func TestBrowserOfflineAndBack(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	first := browser.New(t, s.URL)
	signIn(t, s, first)
	address, id := draftStory(t, s, first)
	tab := first.Another()
	first.Open("/")
	tab.Open(address)
	tab.Over(browser.Network{Offline: true})
	typeBody(tab, "Written on a train.")
	said(t, tab, "Not saved: no connection")
	if words := tab.Text(".banner"); words != "Kept on this device. It will be saved when you are back online." {
		t.Errorf("the banner says %q", words)
	}
	tab.NoAxeFindings()
	if draftIn(tab, "Written on a train.") != 1 || len(typedOf(t, s, id)) != 0 {
		t.Error("the text is not kept on the device alone")
	}
	tab.Over(browser.Network{})
	tab.Errors() // the saves that found no network
	keptText(t, s, id, "Written on a train.")
	said(t, tab, "Saved at")
	if tab.Count(".banner[hidden]") != 1 || draftIn(tab, "Written on a train.") != 0 {
		t.Error("the banner or the copy is still there")
	}

	tab.Over(browser.Network{Offline: true})
	typeBody(tab, "Written in a tunnel.")
	eventually(t, "a copy", func() bool { return draftIn(tab, "Written in a tunnel.") == 1 })
	said(t, tab, "Not saved: no connection")
	tab.Errors()
	tab.Close()
	first.Open(address)
	eventually(t, "the text to be back", func() bool { return first.Value("#body") == "Written in a tunnel." })
	keptText(t, s, id, "Written in a tunnel.")
	eventually(t, "no copy", func() bool { return draftIn(first, "Written in a tunnel.") == 0 })
}

// TestBrowserSlowNetwork types while answers take seconds: the last word counts, however
// the saves come in.
func TestBrowserSlowNetwork(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	tab := browser.New(t, s.URL)
	signIn(t, s, tab)
	address, id := draftStory(t, s, tab)
	tab.Over(browser.Network{Latency: 2500 * time.Millisecond, Bytes: 20_000})
	for n := range 8 {
		typeBody(tab, fmt.Sprintf("Sentence %d. %s", n, strings.Repeat("word ", 600)))
		eventually(t, "a copy", func() bool { return draftIn(tab, fmt.Sprintf("Sentence %d.", n)) == 1 })
	}
	said(t, tab, "Saving…")
	tab.NoAxeFindings()
	tab.Type("#body", "The end.")
	eventually(t, "the end", func() bool { return strings.HasSuffix(strings.Join(typedOf(t, s, id)["body"], ""), "The end.") })
	said(t, tab, "Saved at")
	tab.Type("#body", " And a word more.")
	tab.Follow("[data-save]") // while a save runs
	if got := tab.Value("#body"); !strings.HasSuffix(got, "The end. And a word more.") || tab.Count(".draft") != 0 {
		t.Errorf("the version ends with %q, %d notices", got[max(0, len(got)-40):], tab.Count(".draft"))
	}
	tab.Over(browser.Network{})
	tab.Open(address)
	if left := typedOf(t, s, id); len(left) != 0 || tab.Count(".draft") != 0 {
		t.Errorf("what was on its way is there beside the version: %.80v", left)
	}
}

// TestBrowserSignedOutMeanwhile ends the session while somebody writes; they sign in
// again in another tab and go on.
func TestBrowserSignedOutMeanwhile(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	tab := browser.New(t, s.URL)
	signIn(t, s, tab)
	_, id := draftStory(t, s, tab)
	statement(t, s, `DELETE FROM sessions`)
	typeBody(tab, "Nobody is signed in.")
	said(t, tab, "Not saved: you are signed out")
	if words := tab.Text(".banner"); !strings.Contains(words, "sign in again in another tab") || tab.Count(".banner a:not([hidden])") != 1 {
		t.Errorf("the banner says %q", words)
	}
	other := tab.Another()
	signIn(t, s, other)
	keptText(t, s, id, "Nobody is signed in.")
	said(t, tab, "Saved at")
	tab.Errors() // the answers 401
}

// TestBrowserTwoTabs opens a story twice: one tab writes at a time, each hands over what
// was typed, and none is shown a conflict with itself.
func TestBrowserTwoTabs(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	one := browser.New(t, s.URL)
	signIn(t, s, one)
	address, id := draftStory(t, s, one)
	typeBody(one, "Typed in the first.")
	two := one.Another()
	two.Open(address)
	two.Visible(".draft button")
	if words := two.Text(".draft p"); !strings.Contains(words, "open in another tab") || two.Count(".columns[inert]") != 1 {
		t.Errorf("the second tab says %q", words)
	}
	two.NoAxeFindings()
	typeBody(one, "Typed in the first, and not yet saved.")
	press := func(tab *browser.Tab) {
		t.Helper()
		tab.Visible("[data-tab] button")
		tab.Click("[data-tab] button")
		eventually(t, "the tab to take over", func() bool { return tab.Count("[data-tab]") == 0 && tab.Count("[inert]") == 0 })
	}
	press(two)
	if got := two.Value("#body"); got != "Typed in the first, and not yet saved." {
		t.Fatalf("handed over is %q", got)
	}
	eventually(t, "the first tab to wait", func() bool { return one.Count("[data-tab]") == 1 })
	two.Type("#body", " Then the second.")
	keptText(t, s, id, "Typed in the first, and not yet saved. Then the second.")
	press(one)
	one.Type("#body", " And the first.")
	keptText(t, s, id, "Typed in the first, and not yet saved. Then the second. And the first.")
	one.Follow("[data-save]")
	if one.Count(".done") != 1 || one.Value("#body") != "Typed in the first, and not yet saved. Then the second. And the first." {
		t.Errorf("saved is %q, at %s", one.Value("#body"), one.Address())
	}
	two.Close()
	if n := len(site.Rows[int64](s, `SELECT version FROM story_revisions WHERE story_id = $1`, id)); n != 2 {
		t.Errorf("%d versions, want the two that were saved by the button", n)
	}
}

// TestBrowserTwoDevices types on another device, unseen: both texts stay.
func TestBrowserTwoDevices(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	laptop, phone := browser.New(t, s.URL), browser.New(t, s.URL)
	signIn(t, s, laptop)
	signIn(t, s, phone)
	address, id := draftStory(t, s, laptop)
	phone.Open(address)
	typeBody(laptop, "An hour at the desk.")
	keptText(t, s, id, "An hour at the desk.")
	typeBody(phone, "A line on the way.")
	said(t, phone, "you have written elsewhere")
	phone.Size(390, 844)
	phone.NoAxeFindings()
	if got := typedOf(t, s, id)["body"][0]; got != "An hour at the desk." {
		t.Fatalf("the server keeps %q", got)
	}
	phone.Click(".draft button:last-of-type")
	keptText(t, s, id, "A line on the way.")
	if draftIn(phone, "An hour at the desk.") != 1 {
		t.Error("the text of the desk is gone")
	}
	phone.Open(address)
	phone.Visible(".draft button")
	if got := phone.Value("#body"); got != "A line on the way." {
		t.Errorf("the editor holds %q", got)
	}
	eventually(t, "the other text on offer", func() bool {
		return strings.Contains(browser.Eval[string](phone, `document.querySelector('#editor').innerText`), "never saved")
	})
}

// TestBrowserAnotherPersonSaved meets a version that somebody else saved: both texts are
// shown and both are kept.
func TestBrowserAnotherPersonSaved(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	tab := browser.New(t, s.URL)
	signIn(t, s, tab)
	address, id := draftStory(t, s, tab)
	typeBody(tab, "Mine, of the morning.")
	keptText(t, s, id, "Mine, of the morning.")
	saveAsAnother(t, s, id, "Theirs, of the morning.")
	tab.Open(address)
	if words := tab.Text(".draft"); tab.Value("#body") != "Mine, of the morning." || !strings.Contains(words, "another version was saved") {
		t.Errorf("the editor holds %q and says %q", tab.Value("#body"), words)
	}
	tab.Follow("[data-save]")
	text := tab.Text("main")
	if !strings.Contains(text, "Mine, of the morning.") || !strings.Contains(text, "Theirs, of the morning.") {
		t.Fatalf("the page shows %.200q", text)
	}
	if len(typedOf(t, s, id)) == 0 {
		t.Error("what was typed is gone before it is a version")
	}
	tab.Follow(".sides section:last-child button")
	if tab.Count(".done") != 1 || tab.Value("#body") != "Mine, of the morning." || tab.Count(".draft") != 0 {
		t.Errorf("saved is %q", tab.Value("#body"))
	}
	var all strings.Builder
	for _, document := range site.Rows[string](s, `SELECT document FROM story_revisions WHERE story_id = $1`, id) {
		all.WriteString(document)
	}
	if !strings.Contains(all.String(), "Theirs, of the morning.") || !strings.Contains(all.String(), "Mine, of the morning.") {
		t.Error("one of the two texts is no version")
	}
}
