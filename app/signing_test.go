package app_test

import (
	"bytes"
	"crypto/x509"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-msgauth/dkim"

	"waypost/app"
	"waypost/internal/mail"
	"waypost/internal/testkit"
	"waypost/internal/testkit/postbox"
	"waypost/internal/testkit/site"
)

// TestLettersAreSigned makes a key on the desk, publishes it, and checks what arrives as
// a receiver does. Nothing is signed before the record can be found and holds the key.
func TestLettersAreSigned(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		box, dns := postbox.Open(t, postbox.Options{}), fakeDNS{}
		s := site.New(t, site.On(e), site.Demo, site.With(func(c *app.Config) { c.DNS = dns }))
		owner := s.SignIn()
		owner.Post("/desk/mail/signing", url.Values{"act": {"make"}}).Want(http.StatusUnprocessableEntity) // nobody sends yet
		sendThrough(t, s, box)
		arrives := func() postbox.Letter {
			t.Helper()
			before := len(box.Letters())
			postTo(t, s, mail.Letter{Kind: "note", To: "ana@readers.example", Subject: "Über Umwege", Text: "Greetings.\n\n\n", HTML: "<p>Grüße</p>", List: "stories", Unsubscribe: s.URL + "/letters/x"})
			s.Clock.Advance(time.Minute)
			send(t, s)
			if list := box.Letters(); len(list) == before+1 {
				return list[before]
			}
			t.Fatal("no letter arrived")
			return postbox.Letter{}
		}
		press := func(act string) *site.Page {
			return owner.Get("/desk/mail/records").OK().Form("form[action$=signing]:has(button[value=" + act + "])").Press(act)
		}
		page := press("make").OK()
		codes := page.Texts("code.link-once")
		if len(codes) != 2 || !strings.HasSuffix(codes[0], "._domainkey.home.example") || !strings.HasPrefix(codes[1], "v=DKIM1; k=rsa; p=MIIBIj") {
			t.Fatalf("the record is told as %q", codes)
		}
		host, record := codes[0], codes[1]
		for _, published := range []string{"", "v=DKIM1; p=", record[:len(record)-40] + strings.Repeat("A", 40)} {
			if dns[host] = []string{published}; published == "" {
				delete(dns, host)
			}
			press("start").Want(http.StatusUnprocessableEntity)
			if signed(t, dns, arrives()) != nil {
				t.Errorf("letters are signed though the record is %q", published)
			}
		}
		dns[host] = []string{strings.Replace(record, "; p=", ";  p= ", 1)}
		on := press("start").OK()
		if text := on.Text("main"); !strings.Contains(text, "Letters from home.example are signed") {
			t.Errorf("it says %q", text)
		}
		if told := on.Texts("code.link-once"); !slices.Equal(told, codes) {
			t.Errorf("while letters are signed the record is told as %q", told)
		}
		l := arrives()
		v := signed(t, dns, l)
		if v == nil || v.Err != nil || v.Domain != "home.example" {
			t.Fatalf("the signature is %+v in\n%s", v, l.Data)
		}
		for _, covered := range []string{"From", "To", "Subject", "Date", "List-Unsubscribe", "List-Unsubscribe-Post", "Content-Type"} {
			if !strings.Contains(strings.ToLower(strings.Join(v.HeaderKeys, " ")+" "), strings.ToLower(covered)+" ") {
				t.Errorf("the signature does not cover %s: %v", covered, v.HeaderKeys)
			}
		}
		for was, is := range map[string]string{"/letters/x>": "/letters/y>", "Greetings": "Threats", "From: ": "From: Thief <thief@elsewhere.example>\r\nFrom: "} {
			changed := postbox.Letter{Data: bytes.Replace(l.Data, []byte(was), []byte(is), 1)}
			if v := signed(t, dns, changed); bytes.Equal(changed.Data, l.Data) || v != nil && v.Err == nil {
				t.Errorf("with %q changed the signature holds", was)
			}
		}
		if key := site.Rows[[]byte](s, `SELECT private_key FROM mail_signing`)[0]; len(key) < 1000 || parses(key) {
			t.Error("the private key lies open in the database")
		}
		owner.Post("/desk/mail/signing", url.Values{"act": {"make"}}).Want(http.StatusConflict) // it is in use
		owner.Get("/desk/mail").OK().Form("main form").Set("address", "hello@other.example").Press("").OK()
		if signed(t, dns, arrives()) != nil {
			t.Error("letters of another domain are signed")
		}
		owner.Get("/desk/mail").OK().Form("main form").Set("address", "hello@home.example").Press("").OK()
		press("stop").OK()
		if signed(t, dns, arrives()) != nil {
			t.Error("letters are signed after that was stopped")
		}
		again := press("make").OK().Texts("code.link-once")
		if again[0] == host || again[1] == record {
			t.Error("another key has the name or the text of the first")
		}
		dns[again[0]] = []string{again[1]}
		press("start").OK()
		delete(dns, again[0])
		if text := owner.Get("/desk/mail/records").OK().Text("main .rows"); !strings.Contains(text, "Nothing stands there yet") || strings.Contains(text, "mail provider tells you name and text") {
			t.Errorf("the record of our own key that went is told as %q", text)
		}
		owner.Get("/desk/mail").OK().Form("main form").Set("address", "hello@third.example").Press("").OK()
		if third := press("make").OK().Texts("code.link-once"); third[0] == again[0] || !strings.HasSuffix(third[0], "._domainkey.third.example") || third[1] == again[1] {
			t.Errorf("after the sender moved the new key is told as %q", third)
		}
		if domain := site.Rows[string](s, `SELECT domain FROM mail_signing`)[0]; domain != "" {
			t.Errorf("a key that nobody has published signs for %q", domain)
		}
		owner.Post("/desk/mail/signing", nil).Want(http.StatusBadRequest)
	})
}

func parses(key []byte) bool {
	_, err := x509.ParsePKCS8PrivateKey(key)
	return err == nil
}

// signed is the verdict on a letter's one signature; nil if it has none.
func signed(t *testing.T, dns fakeDNS, l postbox.Letter) *dkim.Verification {
	t.Helper()
	list, err := dkim.VerifyWithOptions(bytes.NewReader(l.Data), &dkim.VerifyOptions{LookupTXT: func(name string) ([]string, error) { return dns.LookupTXT(t.Context(), name) }})
	if err != nil {
		t.Fatal(err)
	}
	if len(list) == 0 {
		return nil
	}
	return list[0]
}
