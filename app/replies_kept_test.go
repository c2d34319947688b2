package app_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/testkit/site"
	"waypost/replies"
	"waypost/stories"
)

// TestWhatWasTypedComesBack sends replies that cannot be taken: each is answered with the
// status and a sentence, and what was typed stands in the form again.
func TestWhatWasTypedComesBack(t *testing.T) {
	t.Parallel()
	const words = "Typed with care, & <b>kept</b> whole.\nSecond line."
	for what, c := range map[string]struct {
		status int
		says   string
		change func(t *testing.T, s *site.Site, f *site.Form)
	}{
		"no name":          {422, "Give a name", func(_ *testing.T, _ *site.Site, f *site.Form) { f.Set("name", " ") }},
		"two alphabets":    {422, "two alphabets", func(_ *testing.T, _ *site.Site, f *site.Form) { f.Set("name", "Tаmsin") }},
		"an author's name": {422, "known here", func(_ *testing.T, _ *site.Site, f *site.Form) { f.Set("name", "Tamsin Oyelaran") }},
		"no address":       {422, "Please give an e-mail", func(_ *testing.T, _ *site.Site, f *site.Form) { f.Set("email", "") }},
		"a wrong address":  {422, "does not look like", func(_ *testing.T, _ *site.Site, f *site.Form) { f.Set("email", "priya@") }},
		"a header in it":   {422, "does not look like", func(_ *testing.T, _ *site.Site, f *site.Form) { f.Set("email", "p@e.example\r\nBcc: q@e.example") }},
		"too long a text":  {422, "10,000", func(_ *testing.T, _ *site.Site, f *site.Form) { f.Set("body", words+strings.Repeat("é", 10_000)) }},
		"no text in UTF-8": {400, "could not be read", func(_ *testing.T, _ *site.Site, f *site.Form) { f.Set("body", words+"\xff\x00") }},
		"an old page":      {422, "open for more than a day", func(_ *testing.T, s *site.Site, _ *site.Form) { s.Clock.Advance(25 * time.Hour) }},
		"a forged stamp":   {422, "sent once more", func(_ *testing.T, _ *site.Site, f *site.Form) { f.Set("stamp", f.Values.Get("stamp")+"x") }},
		"what it answers is gone": {409, "no longer there", func(_ *testing.T, _ *site.Site, f *site.Form) {
			f.Set("parent", "no-such-reply")
		}},
		"what it answers is gone, and no name": {409, "no longer there", func(_ *testing.T, _ *site.Site, f *site.Form) {
			f.Set("parent", "no-such-reply").Set("name", "")
		}},
		"a closed story": {409, "no longer takes replies", func(t *testing.T, s *site.Site, _ *site.Form) {
			settleReplies(t, s, func(c *replies.Settings) { c.CloseDays = 14 })
			s.Clock.Advance(60 * 24 * time.Hour)
		}},
		"a story taken away": {404, "no longer takes replies", func(t *testing.T, s *site.Site, _ *site.Form) {
			execute(t, s, `UPDATE stories SET state = 'draft'`)
		}},
		"too many": {429, "", func(t *testing.T, s *site.Site, f *site.Form) {
			for n := range 5 {
				f.Set("body", strings.Repeat("More. ", n+1)).Send("").Want(http.StatusSeeOther)
			}
			f.Set("body", words)
		}},
		"a full disk": {503, "keep a copy", func(t *testing.T, s *site.Site, _ *site.Form) {
			execute(t, s, `ALTER TABLE reply_checks RENAME TO away`)
		}},
		"no stories":        {503, "keep a copy", func(t *testing.T, s *site.Site, _ *site.Form) { execute(t, s, `ALTER TABLE stories RENAME TO away`) }},
		"a broken database": {503, "keep a copy", func(t *testing.T, s *site.Site, _ *site.Form) { breakIt(t, s) }},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			s := site.New(t, site.Demo)
			form := s.Reader().Get(story+"/reply").OK().Form("form[data-reply]").Set("name", "Priya N.").Set("email", "priya@readers.example").Set("body", words).Set("watch", "yes")
			s.Clock.Advance(10 * time.Second)
			c.change(t, s, form)
			p := form.Send("").Want(c.status)
			if !p.Has("[role=alert]") || !strings.Contains(p.Text("main"), c.says) {
				t.Errorf("it does not say %q: %s", c.says, p.Text("main"))
			}
			if later := p.Header.Get("Retry-After") != ""; later != (c.status == 429 || c.status == 503) {
				t.Errorf("Retry-After: %q", p.Header.Get("Retry-After"))
			}
			kept := strings.ReplaceAll(strings.ToValidUTF8(form.Values.Get("body"), ""), "\x00", "")
			if got := strings.TrimPrefix(p.Find("textarea").Text(), "\n"); got != kept {
				t.Errorf("of the text is kept: %q", got)
			}
			if strings.Contains(string(p.Body), "<b>kept") {
				t.Error("what was typed is markup")
			}
			if !p.Has("form[data-reply]") { // a story that takes none
				return
			}
			for _, name := range []string{"name", "email"} {
				if got := p.Find("[name="+name+"]").AttrOr("value", ""); got != asShown(form.Values.Get(name)) {
					t.Errorf("the %s is now %q", name, got)
				}
			}
			if _, ticked := p.Find("[name=watch]").Attr("checked"); !ticked {
				t.Error("the tick is gone")
			}
		})
	}
}

func execute(t *testing.T, s *site.Site, statement string) {
	t.Helper()
	if err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(statement)
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// breakIt lets nothing be read any more, the settings of the community neither.
func breakIt(t *testing.T, s *site.Site) {
	t.Helper()
	execute(t, s, `ALTER TABLE stories RENAME TO away`)
	execute(t, s, `ALTER TABLE community RENAME TO astray`)
}

// TestAnExpiredFormIsTakenWhenItComesAgain: nothing has to be typed twice.
func TestAnExpiredFormIsTakenWhenItComesAgain(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	priya := s.Reader()
	form := priya.Get(story+"/reply").OK().Form("form[data-reply]").Set("name", "Priya N.").Set("email", "priya@readers.example").Set("body", "A day later.")
	s.Clock.Advance(25 * time.Hour)
	if p := form.Send("").Want(http.StatusUnprocessableEntity).Form("form[data-reply]").Press("").OK(); p.Text(".panel .body") != "A day later." {
		t.Errorf("sent once more: %s", p.Text("main"))
	}
}

// TestAReplyFollowsItsStory: the address of a story changes while somebody types; the
// reply comes to it all the same.
func TestAReplyFollowsItsStory(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	author := site.Rows[string](s, `SELECT id FROM profiles WHERE handle = 'tamsin-oyelaran'`)[0]
	id, address := publish(t, s, stories.Content{Title: "It moves", Format: stories.Markdown, Body: "Words.", Authors: []string{author}})
	priya := s.Reader()
	form := priya.Get(address+"/reply").OK().Form("form[data-reply]").Set("name", "Priya N.").Set("email", "priya@readers.example").Set("body", "Where are you?")
	owner := s.SignIn()
	owner.Get("/desk/stories/"+id).OK().Form("#editor").Set("slug", "it-has-moved").Send("save").Want(http.StatusSeeOther)
	s.Clock.Advance(10 * time.Second)
	if p := form.Press("").OK(); p.Text(".panel .body") != "Where are you?" || !p.Has("a[href='/stories/it-has-moved']") {
		t.Errorf("the reply led to %s: %s", p.Path, p.Text("main"))
	}
	if p := priya.Get(address + "/reply").OK(); !p.Has("form[action='/stories/it-has-moved/replies']") {
		t.Errorf("the form at the old address: %s", p.Text("main"))
	}
}

// TestTheTrapIsSilent: who fills in what people do not see is told nothing of it, and no
// reader sees the text.
func TestTheTrapIsSilent(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	judging(s, "casino")
	settleReplies(t, s, func(c *replies.Settings) { c.Mode = replies.HoldNone })
	form := s.Reader().Get(story+"/reply").OK().Form("form[data-reply]").Set("name", "Bot").Set("email", "bot@readers.example").Set("body", "Nice post.").Set("website", "https://bot.example")
	s.Clock.Advance(10 * time.Second)
	form.Press("").OK()
	quick := s.Reader().Get(story+"/reply").OK().Form("form[data-reply]").Set("name", "Quick").Set("email", "quick@readers.example").Set("body", "Fast as light.")
	quick.Press("").OK()
	for name, want := range map[string]string{"Bot": "spam trap", "Quick": "pending haste"} {
		if got := site.Rows[string](s, `SELECT r.state || ' ' || c.held FROM replies r JOIN reply_checks c ON c.reply_id = r.id WHERE r.name = '`+name+`'`); len(got) != 1 || got[0] != want {
			t.Errorf("%s: %v, want %s", name, got, want)
		}
	}
}

// TestForgedCookies opens nobody's reply by a cookie that was changed, cut or made by
// another site, and forgets what is over.
func TestForgedCookies(t *testing.T) {
	t.Parallel()
	s, elsewhere := site.New(t, site.Demo), site.New(t, site.Demo)
	const name = "waypost-replies"
	priya, ben := s.Reader(), s.Reader()
	mine, his := sendReply(s, priya, "Priya's own."), sendReply(s, ben, "Ben's own.")
	cookie, foreign := priya.Cookie(name), elsewhere.Reader()
	sendReply(elsewhere, foreign, "From elsewhere.")
	id, other := strings.TrimPrefix(mine.Path, "/replies/"), strings.TrimPrefix(his.Path, "/replies/")
	text, signature, _ := strings.Cut(cookie, "~")
	asks := func(value, path string) int {
		return s.Reader().Get(path, "Cookie", name+"="+value).Status
	}
	if asks(cookie, mine.Path) != http.StatusOK || asks(cookie, his.Path) != http.StatusNotFound {
		t.Fatal("a true cookie opens something else")
	}
	for _, forged := range []string{"", "~", text, "~" + signature, text + "~", text + "~" + signature[1:], text + "~x" + signature, strings.Replace(text, id, other, 1) + "~" + signature,
		other + "-zzzzzz~" + signature, text + "." + other + "-zzzzzz~" + signature, strings.Replace(foreign.Cookie(name), elsewhereID(foreign.Cookie(name)), other, 1), strings.Repeat("x", 3000)} {
		for _, path := range []string{his.Path, his.Path + "/edit"} {
			if status := asks(forged, path); status != http.StatusNotFound {
				t.Errorf("%.80q opens %s: %d", forged, path, status)
			}
		}
	}
	s.Clock.Advance(31 * 24 * time.Hour)
	if status := asks(cookie, mine.Path); status != http.StatusNotFound {
		t.Errorf("a cookie of a month ago: %d", status)
	}
	last := ""
	for n := range 12 {
		s.Clock.Advance(time.Hour)
		last = sendReply(s, priya, strings.Repeat("One more. ", n+1)).Path
	}
	if n := strings.Count(priya.Cookie(name), "-"); n < 10 || n > 12 { // a signature may have one too
		t.Errorf("the cookie remembers %d: %s", n, priya.Cookie(name))
	}
	priya.Get(last).OK()
}

func elsewhereID(cookie string) string {
	id, _, _ := strings.Cut(cookie, "-")
	return id
}

// FuzzReplyForm sends what no browser would: every answer is a page with what could be
// read of the text, and nothing of it is markup.
func FuzzReplyForm(f *testing.F) {
	kinds := []string{"application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"}
	for _, body := range []string{
		"", "body=", "body=a&name=Ann&email=a%40b.example", "body=a&name=Ann&email=a%40b.example&stamp=x", "body=%3Cscript%3Ealert(1)%3C%2Fscript%3E", "body=%ff%00a", "body=a;b", "body=a&body=b", "%zz=x",
		"body=%5Bx%5D(javascript:alert(1))&name=A&email=a%40b.example", "body=a&parent=%00", "body=" + strings.Repeat("a", 11_000), "body=a&website=x&name=Bot&email=b%40b.example", "body=%0d%0a%0d%0ax&name=%e2%80%ae",
	} {
		f.Add(uint8(0), body)
	}
	f.Add(uint8(1), "--x\r\nContent-Disposition: form-data; name=\"body\"\r\n\r\nhello\r\n--x--\r\n")
	f.Add(uint8(1), "--x\r\nContent-Disposition: form-data; name=\"body\"; filename=\"a\"\r\n\r\nhello\r\n--x--\r\n")
	f.Add(uint8(2), "body=a")
	s := site.New(f, site.Demo)
	s.Replies.Rates = replies.Rates{}
	judging(s, "casino")
	f.Fuzz(func(t *testing.T, kind uint8, body string) {
		p := site.At(t, s.URL).Ask(http.MethodPost, story+"/replies", strings.NewReader(body), "Content-Type", kinds[int(kind)%len(kinds)])
		if !slices.Contains([]int{200, 303, 400, 409, 413, 422}, p.Status) {
			t.Fatalf("answered %d", p.Status)
		}
		if p.Has("main script, main [onload], main [onerror], main [href^='javascript:']") {
			t.Errorf("it has markup of its own: %s", p.Body)
		}
		sent, err := url.ParseQuery(body)
		if err != nil || kind%3 != 0 || p.Status == http.StatusSeeOther || p.Status == http.StatusRequestEntityTooLarge || sent.Get("body") == "" {
			return
		}
		want := strings.ReplaceAll(strings.ToValidUTF8(sent.Get("body"), ""), "\x00", "")
		if got := p.Find("textarea[name=body]").Text(); want != "" && got != asShown(want) {
			t.Errorf("of %q is given back %q", want, got)
		}
	})
}
