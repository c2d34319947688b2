package app_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
	"waypost/members"
	"waypost/replies"
	"waypost/spam"
)

// settleReplies changes the settings of replies.
func settleReplies(t *testing.T, s *site.Site, change func(c *replies.Settings)) {
	t.Helper()
	var c replies.Settings
	s.View(func(tx *db.Tx) (err error) {
		c, err = s.Replies.SettingsIn(tx)
		return err
	})
	change(&c)
	if err := s.Replies.SaveSettings(t.Context(), members.Actor{Roles: []members.Role{members.Owner}}, c); err != nil {
		t.Fatal(err)
	}
}

// judging lets the filter take for spam what has the word.
func judging(s *site.Site, word string) {
	s.Replies.Check = func(m spam.Message, _ replies.Settings) (spam.Verdict, error) {
		if strings.Contains(m.Text, word) {
			return spam.Verdict{Kind: spam.Spam, Probability: .99}, nil
		}
		return spam.Verdict{Kind: spam.Ham, Probability: .01}, nil
	}
}

// typedReply is a reply as a stranger types it.
func typedReply(body string) url.Values {
	return url.Values{"name": {"Priya N."}, "email": {"priya@readers.example"}, "body": {body}, "parent": {""}, "stamp": {""}, "website": {""}}
}

// sendReply sends a reply by the form on a page of its own, ten seconds after it was shown,
// and returns the page that says what became of it.
func sendReply(s *site.Site, v *site.Visitor, body string) *site.Page {
	form := v.Get(story + "/reply").OK().Form("form[data-reply]")
	for name, value := range typedReply(body) {
		if name != "parent" && name != "stamp" && form.Values.Has(name) {
			form.Values[name] = value
		}
	}
	s.Clock.Advance(10 * time.Second)
	return form.Press("")
}

// TestThePageOnProcessingSaysWhatIsInForce looks before and after an owner has changed
// how long things are kept and who looks first.
func TestThePageOnProcessingSaysWhatIsInForce(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e))
		says := func(want ...string) {
			t.Helper()
			p := s.Reader().Get("/privacy/replies").OK()
			if got := p.Header.Get("Cache-Control"); got != "public, no-cache" {
				t.Errorf("it is kept as %q", got)
			}
			for _, part := range want {
				if text := p.Text("main"); !strings.Contains(text, part) {
					t.Errorf("it does not say %q: %s", part, text)
				}
			}
		}
		says("network address is deleted after 7 days", "deleted together with the reply", "gone for good after 30 days", "Your first reply is looked at", "No outside service", "15 minutes",
			"network address is kept for 7 days", "no reply kept here has it any more")
		settleReplies(t, s, func(c *replies.Settings) { c.NetworkDays, c.EmailDays, c.SpamDays, c.Mode = 0, 180, 7, replies.HoldAll })
		says("network address is not kept", "deleted after 180 days", "gone for good after 7 days", "A person looks at every reply")
	})
}

// TestALookAtAReplyTakesTime: a form without script is shown once more, and nobody sends
// that in the same instant.
func TestALookAtAReplyTakesTime(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		settleReplies(t, s, func(c *replies.Settings) { c.Mode = replies.HoldNone })
		judging(s, "casino")
		for looked, want := range map[time.Duration]string{0: "pending haste", 999 * time.Millisecond: "pending haste", time.Second: "published ", time.Hour: "published "} {
			look := s.Reader().Post(story+"/replies", typedReply("Looked at for "+looked.String())).OK().Form("form[data-reply]")
			s.Clock.Advance(looked)
			look.Press("").OK()
			if got := site.Rows[string](s, `SELECT r.state || ' ' || c.held FROM replies r JOIN reply_checks c ON c.reply_id = r.id WHERE r.body = $1`, "Looked at for "+looked.String()); len(got) != 1 || got[0] != want {
				t.Errorf("sent after %s: %v, want %q", looked, got, want)
			}
		}
	})
}

// TestJourneyOfAReply is a stranger's without script: from the form that is the same for
// everybody by a look at what was typed to the page that says what became of it; there
// it is changed and taken back, by the browser that sent it and as long as it may.
func TestJourneyOfAReply(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		judging(s, "casino")
		settleReplies(t, s, func(c *replies.Settings) { c.Mode = replies.HoldAll })
		before := s.State("sessions")
		priya, other := s.Reader(), s.Reader()
		look := priya.Post(story+"/replies", typedReply("I sat in *that* chair too.")).OK()
		if look.Text("h1") != "Your reply, as it will look" || look.Text(".panel em") != "that" || look.Header.Get("Set-Cookie") != "" {
			t.Errorf("before sending: %s", look.Text("main"))
		}
		if after := s.State("sessions"); len(difference(before, after)) > 0 {
			t.Errorf("a look changed rows: %v", difference(before, after))
		}
		s.Clock.Advance(2 * time.Second)
		sent := look.Form("form[data-reply]").Press("").OK()
		if !strings.Contains(sent.Text("h1"), "waits for a person") || sent.Text(".panel em") != "that" || !strings.Contains(sent.Text("main"), "looks at every reply") || !strings.Contains(sent.Text("main"), "decides whether it is shown") {
			t.Errorf("after sending: %s", sent.Text("main"))
		}
		if p := look.Form("form[data-reply]").Press("").OK(); p.Path != sent.Path+"?done=sent-twice" || !strings.Contains(p.Text(".done"), "sent this already") { // by the back button
			t.Errorf("sent twice, it leads to %s and %s: %s", sent.Path, p.Path, p.Text(".done"))
		}
		for _, path := range []string{sent.Path, sent.Path + "/edit"} {
			other.Get(path).Want(http.StatusNotFound)
		}
		for _, path := range []string{"/edit", "/delete", "/appeal"} {
			other.Post(sent.Path+path, url.Values{"body": {"Mine now."}}).Want(http.StatusNotFound)
		}
		edited := priya.Get(sent.Path+"/edit").OK().Form("form[action$='/edit']").Set("body", "I sat in **this** chair.").Press("").OK()
		if edited.Text(".panel strong") != "this" || edited.Has(".panel em") {
			t.Errorf("after the change: %s", edited.Text("main"))
		}
		gone := edited.Form("form[action$='/delete']").Press("").OK()
		if gone.Text("h1") != "Readers do not see this reply" || !strings.Contains(gone.Text("main"), "You deleted it") || gone.Has("form[action$='/edit']") {
			t.Errorf("after the deletion: %s", gone.Text("main"))
		}
		late := sendReply(s, priya, "Another thing.")
		form := priya.Get(late.Path+"/edit").OK().Form("form[action$='/edit']").Set("body", "Too late, and still here.")
		s.Clock.Advance(15 * time.Minute)
		p := form.Send("").Want(http.StatusForbidden)
		if !strings.Contains(p.Text("main"), "cannot be changed any more") || p.Text("textarea[name=body]") != "Too late, and still here." {
			t.Errorf("a change after its time: %s", p.Text("main"))
		}
		if p := priya.Get(late.Path).OK(); p.Text(".panel .body") != "Another thing." || p.Has("form[action$='/delete']") {
			t.Errorf("after its time: %s", p.Text("main"))
		}
	})
}

// TestReplyingAsAMember needs no name and no address; the author of a story waits for
// nobody.
func TestReplyingAsAMember(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	judging(s, "casino")
	ann, owner := s.As(memberOf(t, s, "Ann Lee", "")), s.As(s.Account("Olu", members.Owner).ID)
	if p := ann.Get(story + "/reply").OK(); p.Has("[name=email]") || !strings.Contains(p.Text("main"), "You reply as Ann Lee") {
		t.Errorf("the form of a member: %s", p.Text("main"))
	}
	if p := sendReply(s, ann, "A first one."); !strings.Contains(p.Text("h1"), "waits for a person") {
		t.Errorf("a member's first: %s", p.Text("main"))
	}
	published := sendReply(s, owner, "Thank you both.")
	link := published.Find("main p a[href*='/replies/']").AttrOr("href", "")
	if published.Text("h1") != "Your reply is here" || !strings.HasPrefix(link, story+"/replies/") {
		t.Errorf("an owner's: %s", published.Text("main"))
	}
	if p := s.Reader().Get(published.Path).Want(http.StatusSeeOther); p.Header.Get("Location") != link {
		t.Errorf("others are led to %s", p.Header.Get("Location"))
	}
	ended := ann.Get(story+"/reply").OK().Form("form[data-reply]").Set("body", "Typed while signed in.")
	ann.Post("/sign-out", nil)
	s.Clock.Advance(10 * time.Second)
	if p := ended.Send("").Want(http.StatusUnprocessableEntity); p.Text("textarea[name=body]") != "Typed while signed in." || !p.Has("[name=email]") ||
		!strings.Contains(p.Text("[role=alert]"), "can be sent") {
		t.Errorf("after a session's end: %s", p.Text("main"))
	}
}

// TestReportingAndAppealing: one report of a network counts once; what the filter took
// for spam goes before a person by one click, once.
func TestReportingAndAppealing(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		judging(s, "casino")
		shown := sendReply(s, s.As(s.Account("Olu", members.Moderator).ID), "Everybody reads this.")
		form := s.Reader().Get(shown.Path + "/report").OK().Form("form[action$='/report']")
		p := form.Send("").Want(http.StatusUnprocessableEntity)
		if p.Text("[role=alert] a[href='#reason']") != "Say what is wrong with it." || p.Text("fieldset#reason .fault") != "Say what is wrong with it." ||
			!strings.Contains(p.Text("[role=alert]"), "can be sent") {
			t.Errorf("a report without a reason: %s", p.Text("main"))
		}
		for range 3 {
			form.Values.Set("reason", "unkind")
			p := form.Press("").OK()
			if p.Path != "/replies/reported?story="+strings.TrimPrefix(story, "/stories/") || !p.Has("main a[href='"+story+"#replies']") {
				t.Errorf("a report leads to %s: %s", p.Path, p.Text("main"))
			}
		}
		if p := s.Reader().Get("/replies/reported?story=nothing").OK(); p.Has("main a[href*=stories]") {
			t.Errorf("of no story: %s", p.Text("main"))
		}
		if n := site.Rows[int64](s, `SELECT sum(reports) FROM reply_checks`); n[0] != 1 {
			t.Errorf("%d reports of one network count", n[0])
		}
		execute(t, s, `UPDATE reply_reports SET at = at - 1`)
		if _, err := s.Replies.Report(t.Context(), strings.TrimPrefix(shown.Path, "/replies/"), "192.0.2.77", "private"); err != nil {
			t.Fatal(err)
		}
		queue := s.As(s.Account("Mo", members.Moderator).ID).Get("/desk/replies?state=published").OK()
		if text := queue.Text(".queue .mark"); text != "2 readers reported it: It tells something private · It is unkind or hurts somebody" {
			t.Errorf("of the reports the queue says %q", text)
		}
		priya := s.Reader()
		spam := sendReply(s, priya, "Come to my casino.")
		s.Reader().Get(spam.Path + "/report").Want(http.StatusNotFound)
		if spam.Text("h1") != "Your reply was taken for spam" || !strings.Contains(spam.Text("main"), "filter") {
			t.Errorf("spam: %s", spam.Text("main"))
		}
		asked := spam.Form("form[action$='/appeal']").Press("").OK()
		if !strings.Contains(asked.Text("main"), "it waits for them") || asked.Has("form[action$='/appeal']") {
			t.Errorf("after the appeal: %s", asked.Text("main"))
		}
		if states := site.Rows[string](s, `SELECT state FROM replies WHERE name = 'Priya N.'`); len(states) != 1 || states[0] != "pending" {
			t.Errorf("it is %v", states)
		}
		s.As(s.Account("Mia", members.Moderator).ID).Get("/desk/replies").OK().Form("form[data-replies]").Press("spam " + strings.TrimPrefix(spam.Path, "/replies/"))
		if text := priya.Get(spam.Path).OK().Text("main"); !strings.Contains(text, "A person has looked at it already") {
			t.Errorf("of a moderator's decision its writer's page says %s", text)
		}
	})
}

// TestHearingOfAnswers: the tick is kept with the address; the link in a letter shows a
// button, and what a mail provider sends by itself ends the letters.
func TestHearingOfAnswers(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		priya := s.Reader()
		const told = "You asked for letters on answers"
		zone, err := time.LoadLocation("Europe/Paris")
		if err != nil {
			t.Fatal(err)
		}
		execute(t, s, `UPDATE community SET time_zone = 'Europe/Paris'`)
		p := sendReply(s, priya, "I do not want to hear of it.")
		if strings.Contains(p.Text("main"), told) {
			t.Error("who did not tick is told of letters")
		}
		if until := "in this browser until " + s.Clock.Now().Add(15*time.Minute).In(zone).Format("15:04"); !strings.Contains(p.Text("main"), until) {
			t.Errorf("does not say %q: %s", until, p.Text("main"))
		}
		if got := site.Rows[string](s, `SELECT email FROM reply_watches`); len(got) != 0 {
			t.Errorf("letters to %v without the tick", got)
		}
		values := typedReply("I want to hear of it.")
		values.Set("watch", "yes")
		look := priya.Post(story+"/replies", values).OK()
		if _, ticked := look.Find("[name=watch]").Attr("checked"); !ticked {
			t.Error("the look before sending loses the tick")
		}
		if p := look.Form("form[data-reply]").Press("").OK(); !strings.Contains(p.Text("main"), told) {
			t.Errorf("who ticked is not told what comes: %s", p.Text("main"))
		}
		if got := site.Rows[string](s, `SELECT email FROM reply_watches`); len(got) != 1 || got[0] != "priya@readers.example" {
			t.Errorf("letters to %v", got)
		}
		var token string
		if err := s.DB.Update(t.Context(), func(tx *db.Tx) (err error) {
			token, _, err = s.Replies.AskOnce(tx, "priya@readers.example")
			return err
		}); err != nil {
			t.Fatal(err)
		}
		path := "/letters/answers/" + token
		state := func() string {
			return site.Rows[string](s, `SELECT CASE WHEN refused_at IS NOT NULL THEN 'ended' WHEN confirmed_at IS NOT NULL THEN 'come' ELSE 'asked' END FROM reply_addresses`)[0]
		}
		for range 3 {
			s.Reader().Get(path).OK()
			s.Reader().Head(path).OK()
		}
		if state() != "asked" {
			t.Error("looking at the link confirmed the address")
		}
		p = s.Reader().Get(path).OK()
		if p.Header.Get("Referrer-Policy") != "no-referrer" || strings.Contains(string(p.Body), "priya@") {
			t.Errorf("the page of the link tells of it: %v", p.Header)
		}
		if p := p.Form("form").Send("listen").OK(); state() != "come" || !p.Has("main a[href='/']") {
			t.Errorf("after the button: %s, %s", state(), p.Text("main"))
		}
		for who, want := range map[string]int{"somebody else": 0, "her": 1} {
			v := priya
			if who != "her" {
				v = s.Reader()
			}
			values := typedReply("Another one, by " + who)
			values.Set("watch", "yes")
			v.Post(story+"/replies", values).OK().Form("form[data-reply]").Press("").OK()
			if got := site.Rows[string](s, `SELECT w.email FROM reply_watches w JOIN replies r ON r.id = w.reply_id WHERE r.body LIKE '%' || $1`, who); len(got) != want {
				t.Errorf("letters on answers to what was written by %s: %v", who, got)
			}
		}
		s.Reader().Post(path, url.Values{"List-Unsubscribe": {"One-Click"}}).OK()
		if state() != "ended" {
			t.Errorf("after one click: %s", state())
		}
		s.Reader().Post(path, url.Values{"act": {"listen"}}).OK()
		if state() != "come" {
			t.Errorf("after they were let come again: %s", state())
		}
		for _, wrong := range []string{"x", token + "x", "x" + token, strings.ToUpper(token), "%00"} {
			if p := s.Reader().Get("/letters/answers/" + wrong); p.Status != http.StatusNotFound {
				t.Errorf("a link that is none answers %d", p.Status)
			}
		}
	})
}

// TestWhoIsTrustedReadsSo: whose replies nobody looks at is not told that somebody will.
func TestWhoIsTrustedReadsSo(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		author := s.Account("Ida").ID
		alter(t, s, `UPDATE profiles SET account_id = $1 WHERE id = (SELECT a.profile_id FROM story_authors a JOIN stories s ON s.id = a.story_id WHERE s.slug = $2 AND a.position = 0)`,
			author, strings.TrimPrefix(story, "/stories/"))
		for who, v := range map[string]*site.Visitor{"a moderator": s.As(s.Account("Mo", members.Moderator).ID), "its author": s.As(author)} {
			if text := v.Get(story + "/reply").OK().Text("main"); !strings.Contains(text, "is shown at once: you moderate here, or the story is yours") {
				t.Errorf("%s reads %s", who, text)
			}
		}
		if text := s.As(memberOf(t, s, "ben", "")).Get(story + "/reply").OK().Text("main"); !strings.Contains(text, "Your first reply is looked at") {
			t.Errorf("a member reads %s", text)
		}
	})
}

// TestAChangedReply: a moderator is told that it changed since somebody looked, and can
// keep it anew; whoever changes it too often is told to wait and loses nothing.
func TestAChangedReply(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		judging(s, "casino")
		priya, moderator := s.Reader(), s.As(s.Account("Mo", members.Moderator).ID)
		sent := sendReply(s, priya, "I sat in that chair too.")
		id := strings.TrimPrefix(sent.Path, "/replies/")
		moderator.Get("/desk/replies").OK().Form("form[data-replies]").Press("approve " + id)
		row := func() *site.Page { return moderator.Get("/desk/replies?state=published").OK() }
		const says = "Changed since somebody looked at it"
		if p := row(); strings.Contains(p.Text(".queue li:has([value='approve "+id+"'])"), says) {
			t.Errorf("before any change the queue says %s", p.Text(".queue"))
		}
		s.Clock.Advance(time.Second)
		form := priya.Get(sent.Path + "/edit").OK().Form("form[action$='/edit']")
		for i := range 5 {
			form.Set("body", strings.Repeat("I sat there. ", i+1)).Press("").OK()
		}
		p := form.Set("body", "Once more, and kept.").Send("").Want(http.StatusTooManyRequests)
		if p.Text("textarea[name=body]") != "Once more, and kept." || !strings.Contains(p.Text("[role=alert]"), "in 1 minute") || p.Header.Get("Retry-After") == "" {
			t.Errorf("changed too often: %s", p.Text("main"))
		}
		if text := row().Text(".queue li:has([value='approve " + id + "'])"); !strings.Contains(text, says) {
			t.Errorf("after the change the queue says %s", row().Text(".queue"))
		}
		s.Clock.Advance(time.Minute)
		row().Form("form[data-replies]").Press("approve " + id)
		if p := row(); strings.Contains(p.Text(".queue"), says) || p.Has("[value='approve "+id+"']") {
			t.Errorf("kept anew, the queue says %s", p.Text(".queue"))
		}
		priya.Post(sent.Path+"/appeal", nil).Want(http.StatusConflict)
	})
}
