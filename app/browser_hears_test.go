package app_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"waypost/internal/testkit/browser"
	"waypost/internal/testkit/postbox"
	"waypost/internal/testkit/site"
	"waypost/members"
)

// linkTo is the first address in the newest letter at somebody's that fits.
func linkTo(t *testing.T, box *postbox.Postbox, to string, of *regexp.Regexp) string {
	t.Helper()
	letters := box.Letters()
	for i := len(letters) - 1; i >= 0; i-- {
		if letters[i].To != to {
			continue
		}
		text := letters[i].Read(t).Parts["text/plain"]
		if found := of.FindString(text); found != "" {
			return found
		}
		t.Fatalf("the newest letter to %s holds no %s: %s", to, of, text)
	}
	t.Fatalf("no letter to %s", to)
	return ""
}

var (
	joinLink    = regexp.MustCompile(`https?://\S+/(?:join/confirm|sign-in)/[A-Za-z0-9_-]{43}`)
	confirmLink = regexp.MustCompile(`https?://\S+/subscribe/\S+`)
)

// TestBrowserHears lets two people on telephones ask for new stories, one who joins and
// one who only subscribes, without script. An editor publishes, the letter arrives, and
// each ends such letters by the link in it and one button.
func TestBrowserHears(t *testing.T) {
	t.Parallel()
	box := postbox.Open(t, postbox.Options{})
	s := site.New(t, site.Demo)
	sendThrough(t, s, box)
	member, reader := browser.New(t, s.URL), browser.New(t, s.URL)
	reader.Script(false)
	for _, tab := range []*browser.Tab{member, reader} {
		tab.Size(390, 844)
	}
	fine := func(tab *browser.Tab) {
		t.Helper()
		if tab == member {
			tab.NoAxeFindings() // which needs script
		}
		if tab.Overflow() != 0 {
			t.Errorf("%s is %d points too wide", tab.Address(), tab.Overflow())
		}
	}
	member.Open("/join")
	member.Fill("#email", "ann@readers.example")
	member.Follow("main .primary")
	reader.Open("/")
	reader.Follow("a[href='/subscribe']")
	fine(reader)
	s.Clock.Advance(10 * time.Second) // nobody types so fast
	reader.Fill("#email", "ben@readers.example")
	reader.Follow("main .primary")
	send(t, s)
	member.Open(linkTo(t, box, "ann@readers.example", joinLink))
	member.Follow("main .primary")
	member.Fill("#name", "Ann Lee")
	if member.Count("input[name=stories]") != 3 || member.Count("input[name=followed]") != 1 {
		t.Error("the welcome offers other letters than those that are sent")
	}
	member.Click("input[name=stories][value=at-once]")
	fine(member)
	member.Follow("main .primary")
	reader.Open(linkTo(t, box, "ben@readers.example", confirmLink))
	reader.Follow("main .primary")
	if !strings.HasPrefix(reader.Address(), "/letters/") {
		t.Errorf("subscribing ends at %s: %s", reader.Address(), reader.Text("main"))
	}
	fine(reader)

	publish := func(title string) {
		t.Helper()
		form := s.As(s.Account("editor of "+strings.ToLower(title), members.Editor).ID).Get("/desk/stories/new").OK().Form("#editor")
		form.Set("title", title).Set("body", "Why I left.").Set("new_author", "Cleo Adeyemi").Press("publish").OK()
		send(t, s)
	}
	publish("One")
	for to, tab := range map[string]*browser.Tab{"ann@readers.example": member, "ben@readers.example": reader} {
		if _, n := sentTo(t, box, to); n != 1 {
			t.Fatalf("%d letters of the story arrived at %s", n, to)
		}
		tab.Open(linkTo(t, box, to, endLink))
		fine(tab)
		if tab.Count("main .primary") != 1 {
			t.Errorf("%s has %d buttons", tab.Address(), tab.Count("main .primary"))
		}
		tab.Follow("main .primary")
		fine(tab)
		if !strings.Contains(tab.Text("[role=status]"), "No more letters") {
			t.Errorf("the page of the end says %q", tab.Text("main"))
		}
	}
	publish("Two")
	for _, to := range []string{"ann@readers.example", "ben@readers.example"} {
		if _, n := sentTo(t, box, to); n != 1 {
			t.Errorf("%d letters arrived at %s after they were ended", n-1, to)
		}
	}
}
