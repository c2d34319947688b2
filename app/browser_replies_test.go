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

// TestBrowserRepliesInPlace answers a reply where it stands. What was typed is there again
// after a lost connection and a closed page, and is forgotten when it was sent.
func TestBrowserRepliesInPlace(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo, site.RealTime)
	judging(s, "casino")
	by := members.Actor{AccountID: s.Account("Olu", members.Owner).ID, Roles: []members.Role{members.Owner}}
	first, err := s.Replies.Post(t.Context(), replies.Draft{StoryID: site.Rows[string](s, `SELECT id FROM stories WHERE '/stories/' || slug = '`+story+`'`)[0], Body: "A first one.", By: by})
	if err != nil {
		t.Fatal(err)
	}
	tab := browser.New(t, s.URL)
	tab.Open(story)
	in := "#reply-" + first.ID + " + .reply-form "
	tab.Click("[data-answer='" + first.ID + "']")
	tab.Visible(in + "textarea")
	if got := tab.Focused(); !strings.Contains(got, "reply-body") {
		t.Errorf("the focus is on %s", got)
	}
	if got, to := tab.Text(in+"h2"), tab.Text(in+"h2 + a[href='#reply-"+first.ID+"']"); got != "Answering Olu" || to != "A first one." {
		t.Errorf("the form is called %q and quotes %q", got, to)
	}
	if lines := browser.Eval[float64](tab, `(field => field.clientHeight / parseFloat(getComputedStyle(field).lineHeight))(document.querySelector("#reply-body"))`); lines < 6 {
		t.Errorf("the field is %.1f lines high", lines)
	}
	eventually(t, "the button that sends at once", func() bool { return tab.Text(in+"[data-send]") == "Send this reply" })
	tab.NoAxeFindings()
	tab.Click(in + "[data-send] + button")
	if tab.Count(in+"textarea") != 0 || tab.Value("[name=parent]") != "" || tab.Count("#replies + .reply-form") != 1 || tab.Text(".reply-form h2") != "Leave a reply" || tab.Count(".reply-form h2 + a:not([hidden])") != 0 {
		t.Error("the form has not gone back beneath the story")
	}
	tab.Click("[data-answer='" + first.ID + "']")
	tab.Fill("#reply-name", "Priya N.")
	tab.Fill("#reply-email", "priya@readers.example")
	tab.Type("#reply-body", "Typed on a train.")
	tab.Over(browser.Network{Offline: true})
	tab.Click("[data-send]")
	tab.Visible("[data-said]")
	if got := tab.Text("[data-said]"); !strings.Contains(got, "The connection was lost") || tab.Value("#reply-body") != "Typed on a train." {
		t.Errorf("without a connection: %q, %q", got, tab.Value("#reply-body"))
	}
	tab.Over(browser.Network{})
	tab.Errors() // of the lost connection
	tab.Refused()
	tab.Open("/")
	tab.Open(story)
	tab.Visible(in + "textarea")
	if got := tab.Value("#reply-body") + tab.Value("#reply-name") + tab.Value("[name=parent]"); got != "Typed on a train.Priya N."+first.ID {
		t.Errorf("after another page stands there: %q", got)
	}
	tab.Click("[data-send]") // soon after the page was opened
	tab.Visible("main h1")
	eventually(t, "an answer", func() bool { return !strings.HasSuffix(tab.Address(), story) })
	if strings.HasSuffix(tab.Address(), "/replies") { // shown once more, for the stamp had not come
		shown := time.Now()
		eventually(t, "a look at it", func() bool { return time.Since(shown) > time.Second })
		tab.Follow("[data-send]")
	}
	eventually(t, "the page that says what became of it", func() bool { return tab.Count("[data-sent]") == 1 })
	if got := site.Rows[string](s, `SELECT parent_id FROM replies WHERE name = 'Priya N.'`); len(got) != 1 || got[0] != first.ID {
		t.Errorf("it answers %v", got)
	}
	if held := site.Rows[string](s, `SELECT c.held FROM reply_checks c JOIN replies r ON r.id = c.reply_id WHERE r.name = 'Priya N.'`); held[0] == string(replies.ByHaste) {
		t.Error("what was typed long before is held for haste")
	}
	eventually(t, "the draft to be forgotten", func() bool {
		return browser.Eval[bool](tab, `!Object.keys(localStorage).some(k => k.startsWith('reply'))`)
	})
	own := tab.Address()
	tab.Open(story)
	if got := tab.Value("#reply-body"); got != "" {
		t.Errorf("after it was sent stands there: %q", got)
	}
	tab.Type("#reply-body", "Newer.")
	tab.Open(own)
	tab.Open(story)
	if got := tab.Value("#reply-body"); got != "Newer." {
		t.Errorf("after a look at what was sent stands there: %q", got)
	}
	browser.Eval[bool](tab, `localStorage.setItem(Object.keys(localStorage).find(k => k.startsWith('reply:')), JSON.stringify(['Newer.', 'on another page', false, '', ''])) === undefined`)
	tab.Open(story)
	if got := tab.Value("#reply-body") + tab.Value("[name=parent]"); got != "Newer.on another page" {
		t.Errorf("of a draft to what another page shows stands there: %q", got)
	}
	if got := tab.Text(".reply-form h2") + ": " + tab.Text(".reply-form h2 + a[href='"+story+"/replies/on another page']"); got != "Answering a reply: The reply that you answer" {
		t.Errorf("a form to what another page shows says %q", got)
	}
	for _, damaged := range []string{`["Newer.`, `{}`, `7`, `null`, `[]`, `[{}]`} {
		browser.Eval[bool](tab, fmt.Sprintf(`localStorage.setItem("reply:" + %q.split("/")[2], %q) === undefined`, story, damaged))
		tab.Open(story)
		tab.Type("#reply-body", "Typed over it.")
		if key := browser.Eval[string](tab, fmt.Sprintf(`localStorage.getItem("reply:" + %q.split("/")[2])`, story)); !strings.HasPrefix(key, `["Typed over it."`) {
			t.Errorf("over a draft that is %s was kept %q", damaged, key)
		}
	}
}

// TestBrowserReplyAsMember asks a member neither for a name nor for an address on a page
// that is the same for everybody.
func TestBrowserReplyAsMember(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo, site.RealTime)
	tab := browser.New(t, s.URL)
	signIn(t, s, tab)
	tab.Open("/join/welcome")
	tab.Fill("[name=name]", "Olu Ade")
	tab.Follow("main form button")
	tab.Open(story)
	tab.Click("#reply-body")
	eventually(t, "the name of the member", func() bool { return strings.Contains(tab.Text("form[data-reply]"), "You reply as Olu Ade") })
	if said := tab.Text(".reply-form"); strings.Contains(said, "e-mail address") || strings.Contains(said, "You are a member?") {
		t.Errorf("a member is told: %s", said)
	}
	if tab.Count("[name=email]") != 0 {
		t.Error("a member is asked for an address")
	}
}
