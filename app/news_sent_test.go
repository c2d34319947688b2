package app_test

import (
	"io"
	"maps"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/testkit"
	"waypost/internal/testkit/postbox"
	"waypost/internal/testkit/site"
)

// sendThrough lets a site send its letters through a mail server of the test.
func sendThrough(t *testing.T, s *site.Site, box *postbox.Postbox) {
	t.Helper()
	err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
		if err := s.Mail.SaveSender(tx, mail.Sender{Name: "Home", Address: "hello@home.example"}, 0); err != nil {
			return err
		}
		_, err := s.Mail.SaveServer(tx, mail.Server{Host: box.Host, Port: box.Port, Security: mail.Plain})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// send does what is due and lets the letters leave that come of it.
func send(t *testing.T, s *site.Site) {
	t.Helper()
	s.Work()
	if _, err := s.Mail.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// sentTo is the one letter of a list that arrived at an address, and how many did.
func sentTo(t *testing.T, box *postbox.Postbox, to string) (letter postbox.Read, n int) {
	t.Helper()
	for _, l := range box.Letters() {
		if l.To != to {
			continue
		}
		if r := l.Read(t); r.Header.Get("List-Id") != "" {
			letter, n = r, n+1
		}
	}
	return letter, n
}

var endLink = regexp.MustCompile(`https?://[^\s"<>]+/letters/[A-Za-z0-9._-]+`)

// TestANewStoryIsSentAndEnded goes all the way over a mail server: a story is published,
// its letters arrive at a member and at somebody who only subscribes, a mail program
// ends each with one POST as RFC 8058 has it, and of the next story they do not hear.
func TestANewStoryIsSentAndEnded(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		box := postbox.Open(t, postbox.Options{})
		s := site.New(t, site.On(e), site.Demo)
		sendThrough(t, s, box)
		p := postOf(s)
		v := s.Reader()
		asks(v, "/join", "ann@readers.example").OK()
		_, link, _ := p.last(t, "ann@readers.example")
		welcome := v.Get(link).OK().Form("main form").Press("").OK().Form("main form").Set("name", "Ann Lee")
		if offered := welcome.Values.Get("stories"); offered != "never" {
			t.Errorf("a new member gets %q before they choose", offered)
		}
		welcome.Set("stories", "at-once").Press("").OK()
		for _, name := range []string{"ben", "cleo"} {
			subscribe(t, s, name+"@readers.example")
			letter, _, _ := p.last(t, name+"@readers.example")
			_, rest, _ := strings.Cut(letter.Text, s.URL+"/subscribe/")
			s.Reader().Get("/subscribe/" + strings.Fields(rest)[0]).OK().Form("main form").Press("").OK()
		}
		first := publishNew(t, s, "A door & a “key”", "tamsin-oyelaran", "leaving")
		send(t, s)
		for _, to := range []string{"ann@readers.example", "ben@readers.example"} {
			letter, n := sentTo(t, box, to)
			if n != 1 {
				t.Fatalf("%d letters of the story arrived at %s", n, to)
			}
			tellsOf(t, letter, s.URL+"/stories/"+first.Slug, "A door & a “key”")
			endByOneClick(t, s, letter)
		}
		second := publishNew(t, s, "Two", "tamsin-oyelaran", "leaving")
		send(t, s)
		for to, want := range map[string]int{"ann@readers.example": 1, "ben@readers.example": 1, "cleo@readers.example": 2} {
			letter, n := sentTo(t, box, to)
			if n != want {
				t.Errorf("%d letters arrived at %s, want %d", n, to, want)
			}
			if want == 2 {
				tellsOf(t, letter, s.URL+"/stories/"+second.Slug, "Two")
			}
		}
	})
}

// tellsOf looks at both parts of a letter of a list: the way to the story, and how to end
// such letters; nothing that is fetched.
func tellsOf(t *testing.T, r postbox.Read, address, title string) {
	t.Helper()
	if got := r.Subject(); got != title {
		t.Errorf("the subject is %q", got)
	}
	end := strings.Trim(r.Header.Get("List-Unsubscribe"), "<>")
	if len(r.Parts) != 2 || !endLink.MatchString(end) {
		t.Fatalf("the letter has %d parts and ends by %q", len(r.Parts), end)
	}
	for kind, text := range r.Parts {
		for _, want := range []string{address, end, "Tamsin Oyelaran"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %q:\n%s", kind, want, text)
			}
		}
		for _, fetched := range []string{"<img", "src=", "url(", "<link"} {
			if strings.Contains(text, fetched) {
				t.Errorf("%s fetches something: %s", kind, fetched)
			}
		}
	}
}

// endByOneClick is what a provider's program does: it looks, which changes nothing, and
// then sends one POST without a cookie, an origin, or anything that a browser says.
func endByOneClick(t *testing.T, s *site.Site, r postbox.Read) {
	t.Helper()
	if got := r.Header.Get("List-Unsubscribe-Post"); got != "List-Unsubscribe=One-Click" {
		t.Errorf("List-Unsubscribe-Post: %q", got)
	}
	end := strings.Trim(r.Header.Get("List-Unsubscribe"), "<>")
	before := s.State()
	ask := func(method string, body io.Reader) {
		t.Helper()
		request, err := http.NewRequestWithContext(t.Context(), method, end, body)
		if err != nil {
			t.Fatal(err)
		}
		if method == http.MethodPost {
			request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		request.Header.Set("User-Agent", "a program of a mail provider")
		answer, err := http.DefaultTransport.RoundTrip(request) // which follows nothing and keeps no cookie
		if err != nil {
			t.Fatal(err)
		}
		if err := answer.Body.Close(); err != nil {
			t.Error(err)
		}
		if answer.StatusCode != http.StatusOK || answer.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s %s answers %d", method, end, answer.StatusCode)
		}
	}
	ask(http.MethodGet, nil)
	ask(http.MethodHead, nil)
	if after := s.State(); !maps.Equal(before, after) {
		t.Errorf("looking changed %v", difference(before, after))
	}
	ask(http.MethodPost, strings.NewReader("List-Unsubscribe=One-Click"))
}
