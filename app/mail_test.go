package app_test

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"waypost/app"
	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/testkit/postbox"
	"waypost/internal/testkit/site"
)

// fakeDNS knows one domain.
type fakeDNS map[string][]string

func (f fakeDNS) LookupTXT(_ context.Context, name string) ([]string, error) {
	if list := f[name]; list != nil {
		return list, nil
	}
	return nil, &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
}

// postTo writes a letter in a running site.
func postTo(t *testing.T, s *site.Site, l mail.Letter) {
	t.Helper()
	if err := s.DB.Update(t.Context(), func(tx *db.Tx) error { return s.Mail.Post(tx, l) }); err != nil {
		t.Fatal(err)
	}
}

func TestMailIsSetUpOnTheDesk(t *testing.T) {
	t.Parallel()
	box := postbox.Open(t, postbox.Options{User: "hello", Password: "open sesame"})
	s := site.New(t, site.Demo, site.With(func(c *app.Config) {
		c.DNS = fakeDNS{"home.example": {"v=spf1 mx -all"}, "_dmarc.home.example": {"v=DMARC1; p=none"}}
	}))
	owner := s.SignIn()
	postTo(t, s, mail.Letter{Kind: "note", To: "ana@readers.example", Subject: "A note for Ana", Text: "Hello Ana.", HTML: "<p>Hello <b>Ana</b>.</p>"})
	if owner.Get("/desk").OK().Has("main > .notice[role=alert]") {
		t.Error("a letter of this minute is trouble")
	}
	s.Clock.Advance(2 * time.Minute)
	if text := owner.Get("/desk").OK().Text("main > .notice[role=alert]"); !strings.Contains(text, "no mail server") {
		t.Errorf("a letter that waits for two minutes is told as %q", text)
	}
	owner = s.SignIn()
	alter(t, s, `UPDATE accounts SET email = 'me@home.example', email_key = 'me@home.example' WHERE id IN (SELECT account_id FROM account_roles WHERE role = 'owner')`)
	owner.Get("/desk/mail").OK().Form("main form").Set("name", "Home").Set("address", "hello@home.example").Press("").OK()
	form := owner.Get("/desk/mail/servers/new").OK().Form("main form").Set("host", box.Host).Set("port", strconv.Itoa(box.Port)).Set("security", "plain").
		Set("user", "hello").Set("password", "wrong word")
	if said := form.Press("try").OK().Text("main"); !strings.Contains(said, "Not signed in") {
		t.Errorf("saving a server sends a test letter and says %q", said)
	}
	form.Set("password", "wrong word").Press("try").OK() // after a step back
	if n := len(site.Rows[string](s, `SELECT id FROM mail_servers`)); n != 1 {
		t.Errorf("one server, typed twice, is there %d times", n)
	}
	address := "/desk/mail/servers/" + site.Rows[string](s, `SELECT id FROM mail_servers`)[0]
	tells := func(silent bool) { // a server that was only named may be wrong
		t.Helper()
		if open := owner.Get("/desk/guide").OK().Has("form[action='/desk/guide/mail/leave']"); open != silent {
			t.Errorf("the guide's step of mail is open: %v", open)
		}
		if told := owner.Get("/desk/mail").OK().Has("main section.notice"); told != silent {
			t.Errorf("the page of mail says that letters do not go out: %v", told)
		}
		if told := s.Reader().Get("/join").OK().Has("main .notice"); told != silent {
			t.Errorf("whoever wants to join is told that no letter will come: %v", told)
		}
	}
	tells(true)
	try := func() *site.Page { return owner.Post(address+"/try", url.Values{"to": {"me@home.example"}}).OK() }
	refused := try()
	if text := refused.Text("main"); !strings.Contains(text, "Not signed in") || !strings.Contains(text, "does not take user name and password") || strings.Contains(text, "wrong word") {
		t.Errorf("a wrong password is told as %q", text)
	}
	if says := refused.Text("main [role=status]"); !strings.Contains(says, "made for programs") {
		t.Errorf("what to do is not said first: %q", says)
	}
	tells(true)
	page := owner.Get(address).OK()
	if strings.Contains(string(page.Body), "wrong word") {
		t.Error("the password came back to the browser")
	}
	page.Form("main form").Set("password", "open sesame").Press("").OK()
	if said := owner.Get(address).OK().Form("main form").Set("password", "open sesame").Press("try").OK().Text("main"); !strings.Contains(said, "Letter taken") {
		t.Errorf("saving it with the right password says %q", said)
	}
	if l := string(box.Letters()[0].Data); !strings.Contains(l, "text/html") || !strings.Contains(l, "text/plain") {
		t.Errorf("a test letter has no part in HTML, or none in plain text: %.400s", l)
	}
	for _, words := range []string{"Connected", "Not protected, as set", "Signed in", "Sender taken", "Recipient taken", "Letter taken"} {
		if text := try().Text("main"); !strings.Contains(text, words) {
			t.Errorf("a letter that is taken is told as %q, without %q", text, words)
		}
	}
	tells(false)
	if _, err := s.Mail.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
	if owner.Get("/desk").OK().Has("main > .notice[role=alert]") {
		t.Error("there is trouble after the letter was sent")
	}
	text := owner.Get("/desk/mail/records").OK().Text("main")
	if !strings.Contains(text, "No key was found") || strings.Contains(text, "_dmarc.home.example is missing") || strings.Contains(text, "v=spf1 and names") {
		t.Errorf("the records are told as %q", text)
	}
	other := owner.Get(address).OK().Form("main form").Set("host", "127.0.0.2").Press("")
	if other.Status != http.StatusUnprocessableEntity {
		t.Errorf("a password goes to a server that it was not typed for: %d", other.Status)
	}
}

// TestADeadServerIsToldWithinMinutes sets up a server behind which nobody is.
func TestADeadServerIsToldWithinMinutes(t *testing.T) {
	t.Parallel()
	dead, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := dead.Addr().(*net.TCPAddr).Port
	dead.Close()
	s := site.New(t, site.Demo)
	owner := s.SignIn()
	owner.Get("/desk/mail").OK().Form("main form").Set("name", "Home").Set("address", "hello@home.example").Press("").OK()
	owner.Get("/desk/mail/servers/new").OK().Form("main form").Set("host", "127.0.0.1").Set("port", strconv.Itoa(port)).Set("security", "plain").Press("").OK()
	postTo(t, s, mail.Letter{Kind: "note", To: "ana@readers.example", Subject: "A note for Ana", Text: "Hello Ana."})
	if _, err := s.Mail.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.Clock.Advance(100 * time.Second)
	if text := owner.Get("/desk").OK().Text("main > .notice[role=alert]"); !strings.Contains(text, "127.0.0.1") {
		t.Errorf("after 100 seconds the desk says %q", text)
	}
}

func TestFailedLettersAreToldAndSentAgain(t *testing.T) {
	t.Parallel()
	refuse := true
	box := postbox.Open(t, postbox.Options{Refuse: func(step, _ string) error {
		if step == "to" && refuse {
			return postbox.Refusal(550, "5.1.1 nobody of that name")
		}
		return nil
	}})
	s := site.New(t, site.Demo)
	owner := s.SignIn()
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
	postTo(t, s, mail.Letter{Kind: "note", To: "ana@readers.example", Subject: "A note for Ana", Text: "Hello."})
	work := func() {
		t.Helper()
		if _, err := s.Mail.Work(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	work()
	if text := owner.Get("/desk/stories").OK().Text("main > .notice[role=alert]"); !strings.Contains(text, "not sent") {
		t.Errorf("a letter that failed is told as %q", text)
	}
	list := owner.Get("/desk/mail/letters?state=stuck").OK()
	if text := list.Text("main .rows"); !strings.Contains(text, "nobody of that name") || !strings.Contains(text, "ana@readers.example") {
		t.Errorf("the list says %q", text)
	}
	refuse = false
	letter := owner.Get(list.Attrs("main .rows a", "href")[0]).OK()
	letter.Form("main form").Press("").OK()
	work()
	if n := len(box.Letters()); n != 1 {
		t.Errorf("%d letters arrived after it was sent again", n)
	}
}

// TestSecretLettersAreForTheirReaders looks for a code on every page an owner has.
func TestSecretLettersAreForTheirReaders(t *testing.T) {
	t.Parallel()
	const code = "714-025"
	secret := mail.Letter{Kind: "sign-in", To: "ana@readers.example", Subject: "Your code " + code, Text: "It is " + code + ". Open it: http://home.example/sign-in/" + code, HTML: "<p>" + code + "</p>", Secret: true}
	for name, open := range map[string]func(*app.Config){"usual": func(*app.Config) {}, "demo": func(c *app.Config) { c.Demo = true }, "dev": func(c *app.Config) { c.Dev = true }} {
		s := site.New(t, site.Demo, site.With(open))
		owner := s.SignIn()
		postTo(t, s, secret)
		list := owner.Get("/desk/mail/letters").OK()
		letter := list.Attrs("main .rows a", "href")[0]
		if text := list.Text("main .rows li a"); text != "Link and code to sign in" {
			t.Errorf("%s: the list calls it %q", name, text)
		}
		for _, address := range []string{"/desk/mail/letters", letter} {
			said := owner.Get(address).OK().Text("main")
			if strings.Contains(said, "for its reader alone") != (name == "usual") || strings.Contains(said, "in this sample you can read it") == (name == "usual") {
				t.Errorf("%s: %s says %.300q", name, address, said)
			}
		}
		if linked := owner.Get(letter).OK().Has("main a[href='http://home.example/sign-in/" + code + "']"); linked != (name != "usual") {
			t.Errorf("%s: the letter's link can be followed: %v", name, linked)
		}
		shown := strings.Contains(string(list.Body), code)
		for _, address := range []string{letter, letter + "/page"} {
			shown = shown || strings.Contains(string(owner.Get(address).Body), code)
		}
		if shown != (name != "usual") {
			t.Errorf("%s: a secret letter's code is shown: %v", name, shown)
		}
		if dev := owner.Get("/_dev/mail/" + strings.TrimPrefix(letter, "/desk/mail/letters/")); strings.Contains(string(dev.Body), code) != (name == "dev") {
			t.Errorf("%s: /_dev/mail answers %d", name, dev.Status)
		}
	}
}
