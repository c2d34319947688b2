package mail_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/testkit/ground"
	"waypost/internal/testkit/postbox"
)

func TestLettersArrive(t *testing.T) {
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) {
		box := postbox.Open(t, postbox.Options{})
		o := outbox(t, g)
		var letters []mail.Letter
		for i := range 120 {
			letters = append(letters, note(fmt.Sprintf("p%d@home.example", i)))
		}
		post(t, g, o, letters...)
		work(t, o)
		wantStates(t, g, map[mail.State]int{mail.Waiting: 120})
		into(t, g, o, box)
		work(t, o)
		wantStates(t, g, map[mail.State]int{mail.Accepted: 120})
		got := map[string]int{}
		for _, l := range box.Letters() {
			got[l.To]++
		}
		for i := range 120 {
			if n := got[fmt.Sprintf("p%d@home.example", i)]; n != 1 {
				t.Errorf("p%d got %d letters", i, n)
			}
		}
		if n := box.Calls(); n > 4 {
			t.Errorf("%d connections for 120 letters, want at most the 4 of the setting", n)
		}
	})
}

// delivered sends one letter and gives it back as it arrived.
func delivered(t *testing.T, from mail.Sender, l mail.Letter) postbox.Read {
	t.Helper()
	return carrier(t)(from, l)
}

// carrier delivers one letter after the other.
func carrier(t *testing.T) func(mail.Sender, mail.Letter) postbox.Read {
	t.Helper()
	g := ground.On(openDB(t))
	box := postbox.Open(t, postbox.Options{UTF8: true})
	o := outbox(t, g)
	into(t, g, o, box)
	arrived := 0
	return func(from mail.Sender, l mail.Letter) postbox.Read {
		t.Helper()
		g.Update(t, func(tx *db.Tx) error {
			if err := o.SaveSender(tx, from, int64(arrived+1)); err != nil {
				return err
			}
			return o.Post(tx, l)
		})
		work(t, o)
		arrived++
		letters := box.Letters()
		if len(letters) != arrived {
			t.Fatalf("%d letters arrived, not %d; reason %q", len(letters), arrived, value[string](t, g, `SELECT max(reason) FROM letters`))
		}
		return letters[arrived-1].Read(t)
	}
}

// headerNames are what a letter of a list has, and no more.
var headerNames = []string{"From", "To", "Subject", "Date", "Message-Id", "Auto-Submitted", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "Mime-Version", "Content-Type"}

func TestHeadersStayTheirOwn(t *testing.T) {
	t.Parallel()
	carry := carrier(t)
	for _, c := range headerCases(t) {
		text := mail.HeaderText(c.Value)
		from := sender
		if len(text) <= 200 && text != "" {
			from.Name = text
		}
		subject := strings.TrimSpace("x" + text)
		if len(subject) > 900 {
			subject = subject[:900]
		}
		l := mail.Letter{Kind: "note", To: "a@home.example", Subject: subject, Text: c.Value + ".", HTML: "<p>x</p>", List: "stories", Unsubscribe: "https://home.example/u/1"}
		l.Text = strings.ToValidUTF8(strings.ReplaceAll(l.Text, "\x00", ""), "")
		p := carry(from, l)
		if len(p.Header) != len(headerNames) {
			t.Errorf("%q: headers %v", c.Value, p.Header)
		}
		for _, name := range headerNames {
			if len(p.Header[name]) != 1 {
				t.Errorf("%q: %d times %s", c.Value, len(p.Header[name]), name)
			}
		}
		if got := p.Subject(); got != subject {
			t.Errorf("the subject %q came as %q", subject, got)
		}
		a, err := p.Header.AddressList("From")
		if err != nil || len(a) != 1 || a[0].Address != sender.Address || a[0].Name != from.Name {
			t.Errorf("the name %q came as %v, %v", from.Name, a, err)
		}
		want := strings.ReplaceAll(strings.ReplaceAll(l.Text, "\r\n", "\n"), "\r", "\n")
		if got := p.Parts["text/plain"]; strings.TrimRight(got, "\n") != strings.TrimRight(want, "\n") {
			t.Errorf("the text %q came as %q", want, got)
		}
	}
}

func TestWhatALetterSays(t *testing.T) {
	t.Parallel()
	l := mail.Letter{Kind: "new-story", To: "leser+stories@münchen.example", Subject: "Über Umwege",
		Text: "Grüße\n\n.\nFrom here on: " + strings.Repeat("lang ", 60) + "\n-- \nHome\n",
		HTML: "<p>Gr&uuml;&szlig;e</p>\n<p>" + strings.Repeat("a", 2000) + "</p>\n",
		List: "stories", Unsubscribe: "https://home.example/u/abc?x=1"}
	p := delivered(t, mail.Sender{Name: "Zuhause \"hier\", dort", Address: "hello@home.example"}, l)
	for name, want := range map[string]string{
		"To": "<leser+stories@xn--mnchen-3ya.example>", "Auto-Submitted": "auto-generated", "List-Id": "<stories.home.example>",
		"List-Unsubscribe": "<https://home.example/u/abc?x=1>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "Mime-Version": "1.0",
	} {
		if got := p.Header.Get(name); got != want && "<"+got+">" != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if id := p.Header.Get("Message-Id"); !strings.HasSuffix(id, "@home.example>") || len(id) < 30 {
		t.Errorf("Message-ID %q", id)
	}
	if date, err := p.Header.Date(); err != nil || !date.Equal(ground.Start()) {
		t.Errorf("Date %v, %v", date, err)
	}
	if got := p.Parts["text/plain"]; strings.TrimSpace(got) != strings.TrimSpace(l.Text) {
		t.Errorf("the text came as %q", got)
	}
	if got := p.Parts["text/html"]; strings.TrimSpace(got) != strings.TrimSpace(l.HTML) {
		t.Errorf("the page came as %q", got)
	}
	arabic := note("a@home.example")
	arabic.Text, arabic.HTML = "مرحبا بكم في بيتنا، أهلا وسهلا", ""
	if got := delivered(t, sender, arabic).Parts["text/plain"]; strings.TrimSpace(got) != arabic.Text {
		t.Errorf("the text came as %q", got)
	}
}

func TestSharedTextIsFilled(t *testing.T) {
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) {
		box := postbox.Open(t, postbox.Options{})
		o := outbox(t, g)
		into(t, g, o, box)
		g.Update(t, func(tx *db.Tx) error {
			shared, err := o.Share(tx, "For %name%", "Dear %name%,\n\na story. End: %end%", "<p>Dear %name%, <a href=\"%end%\">end</a></p>")
			if err != nil {
				return err
			}
			for i, name := range []string{"Ana", "<b>Bo</b> & Zoë", ".\n%end%"} {
				l := mail.Letter{Kind: "story", To: fmt.Sprintf("p%d@home.example", i), Shared: shared, List: "stories", Unsubscribe: "https://home.example/u",
					Filling: map[string]string{"%name%": name, "%end%": "https://home.example/u/" + strings.Repeat("k", 80)}}
				if err := o.Post(tx, l); err != nil {
					return err
				}
			}
			return nil
		})
		work(t, o)
		wantStates(t, g, map[mail.State]int{mail.Accepted: 3})
		end := "https://home.example/u/" + strings.Repeat("k", 80)
		want := map[string][3]string{
			"p0@home.example": {"For Ana", "Dear Ana,\n\na story. End: " + end, `<p>Dear Ana, <a href="` + end + `">end</a></p>`},
			"p1@home.example": {"For <b>Bo</b> & Zoë", "Dear <b>Bo</b> & Zoë,\n\na story. End: " + end, `<p>Dear &lt;b&gt;Bo&lt;/b&gt; &amp; Zoë, <a href="` + end + `">end</a></p>`},
			"p2@home.example": {"For . %end%", "Dear .\n%end%,\n\na story. End: " + end, "<p>Dear .\n%end%, <a href=\"" + end + `">end</a></p>`},
		}
		for _, l := range box.Letters() {
			p := l.Read(t)
			got := [3]string{p.Subject(), strings.TrimSpace(p.Parts["text/plain"]), strings.TrimSpace(p.Parts["text/html"])}
			if got != want[l.To] {
				t.Errorf("%s got %q, want %q", l.To, got, want[l.To])
			}
		}
		if n := value[int](t, g, `SELECT count(*) FROM letter_texts`); n != 1 {
			t.Errorf("%d texts, want the one that is shared", n)
		}
	})
}

func TestSecretsAreWipedOnceAccepted(t *testing.T) {
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) {
		box := postbox.Open(t, postbox.Options{})
		o := outbox(t, g)
		into(t, g, o, box)
		secret := note("a@home.example")
		secret.Secret, secret.Text = true, "The code is 4711."
		late := secret
		late.To, late.Expires = "late@home.example", g.Clock.Now().Add(15*time.Minute)
		post(t, g, o, secret, note("b@home.example"))
		work(t, o)
		post(t, g, o, late)
		g.Clock.Advance(time.Hour)
		work(t, o)
		wantStates(t, g, map[mail.State]int{mail.Accepted: 2, mail.Failed: 1})
		if letters := box.Letters(); len(letters) != 2 || !strings.Contains(string(letters[0].Data)+string(letters[1].Data), "4711") {
			t.Errorf("%d letters arrived", len(letters))
		}
		if n := value[int](t, g, `SELECT count(*) FROM letter_texts`); n != 1 {
			t.Errorf("%d texts are left, want the one that was not secret", n)
		}
		if reason := value[string](t, g, `SELECT reason FROM letters WHERE state = 'failed'`); !strings.HasPrefix(reason, mail.ReasonExpired) {
			t.Errorf("reason %q", reason)
		}
	})
}

func TestTLSAndSignIn(t *testing.T) {
	t.Parallel()
	certificate, roots := postbox.Certificate(t, "127.0.0.1")
	elsewhere, elsewhereRoots := postbox.Certificate(t, "mail.elsewhere.example")
	for name, c := range map[string]struct {
		options  postbox.Options
		security mail.Security
		password string
		arrives  bool
		step     mail.Step
	}{
		"starttls":              {postbox.Options{TLS: certificate, User: "u", Password: "p"}, mail.StartTLS, "p", true, ""},
		"tls":                   {postbox.Options{TLS: certificate, Implicit: true, User: "u", Password: "p"}, mail.TLS, "p", true, ""},
		"wrong password":        {postbox.Options{TLS: certificate, User: "u", Password: "p"}, mail.StartTLS, "q", false, mail.StepSignIn},
		"no starttls":           {postbox.Options{User: "u", Password: "p"}, mail.StartTLS, "p", false, mail.StepSecure},
		"another's certificate": {postbox.Options{TLS: elsewhere, Implicit: true}, mail.TLS, "", false, mail.StepSecure},
		"unknown authority":     {postbox.Options{TLS: elsewhere}, mail.StartTLS, "", false, mail.StepSecure},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := ground.On(openDB(t))
			box := postbox.Open(t, c.options)
			trusted := roots
			if name == "another's certificate" {
				trusted = elsewhereRoots
			}
			o := trusting(t, g, trusted)
			through(t, g, o, box.Host, box.Port, func(s *mail.Server) {
				s.Security = c.security
				if c.password != "" {
					s.User, s.Password = "u", c.password
				}
			})
			post(t, g, o, note("a@home.example"))
			work(t, o)
			if c.arrives {
				wantStates(t, g, map[mail.State]int{mail.Accepted: 1})
				return
			}
			wantStates(t, g, map[mail.State]int{mail.Waiting: 1})
			if n := value[int](t, g, `SELECT CAST(attempt AS BIGINT) FROM letters`); n != 0 {
				t.Errorf("a letter that no server saw was tried %d times", n)
			}
			if fault := value[string](t, g, `SELECT fault FROM mail_servers`); !strings.HasPrefix(fault, string(c.step)+"|") {
				t.Errorf("fault %q, want the step %q", fault, c.step)
			}
			if len(box.Letters()) != 0 {
				t.Error("a letter arrived")
			}
		})
	}
}
