package mail_test

import (
	"crypto/x509"
	"log/slog"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/testkit"
	"waypost/internal/testkit/ground"
	"waypost/internal/testkit/postbox"
)

// derive stands for the instance key.
func derive(label string, n int) []byte {
	key := make([]byte, n)
	copy(key, label)
	return key
}

// patient are times that no test waits for.
var patient = mail.Times{Connect: time.Minute, Answer: time.Minute, Take: time.Minute, Idle: time.Minute}

func config(t testing.TB, g *ground.Ground) mail.Config {
	return mail.Config{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Log: slog.New(slog.NewTextHandler(t.Output(), nil)), Host: "home.example", Derive: derive, Times: patient}
}

func outbox(t testing.TB, g *ground.Ground) *mail.Outbox { return mail.New(config(t, g)) }

// trusting is an outbox that believes an authority of the test.
func trusting(t testing.TB, g *ground.Ground, roots *x509.CertPool) *mail.Outbox {
	c := config(t, g)
	c.Roots = roots
	return mail.New(c)
}

// note is a letter to one person.
func note(to string) mail.Letter {
	return mail.Letter{Kind: "note", To: to, Subject: "A note", Text: "Hello.", HTML: "<p>Hello.</p>"}
}

// sender is who letters come from in tests.
var sender = mail.Sender{Name: "Home", Address: "hello@home.example"}

// through lets an outbox send through a server on this machine.
func through(t *testing.T, g *ground.Ground, o *mail.Outbox, host string, port int, change func(*mail.Server)) string {
	t.Helper()
	var id string
	g.Update(t, func(tx *db.Tx) error {
		settings, err := o.SettingsIn(tx)
		if err != nil {
			return err
		}
		if err := o.SaveSender(tx, sender, settings.Version); err != nil {
			return err
		}
		s := mail.Server{Host: host, Port: port, Security: mail.Plain}
		if change != nil {
			change(&s)
		}
		id, err = o.SaveServer(tx, s)
		return err
	})
	return id
}

func into(t *testing.T, g *ground.Ground, o *mail.Outbox, p *postbox.Postbox) {
	t.Helper()
	through(t, g, o, p.Host, p.Port, nil)
}

func post(t *testing.T, g *ground.Ground, o *mail.Outbox, letters ...mail.Letter) {
	t.Helper()
	g.Update(t, func(tx *db.Tx) error { return o.Post(tx, letters...) })
}

// work sends what is due.
func work(t *testing.T, o *mail.Outbox) {
	t.Helper()
	if _, err := o.Work(t.Context()); err != nil {
		t.Errorf("letters could not be claimed or recorded: %v", err)
	}
}

// value is what one query of one row and column gives.
func value[T any](t *testing.T, g *ground.Ground, query string, args ...any) (v T) {
	t.Helper()
	g.View(t, func(tx *db.Tx) (err error) {
		v, err = db.Value[T](tx.QueryRow(query, args...))
		return err
	})
	return v
}

// wantStates compares how many letters are in each state.
func wantStates(t *testing.T, g *ground.Ground, want map[mail.State]int) {
	t.Helper()
	for _, s := range []mail.State{mail.Waiting, mail.Trying, mail.Accepted, mail.Failed, mail.Unknown} {
		if n := value[int](t, g, `SELECT count(*) FROM letters WHERE state = $1`, string(s)); n != want[s] {
			t.Errorf("%d letters are %s, want %d", n, s, want[s])
		}
	}
}

func openDB(t *testing.T) *db.DB {
	t.Helper()
	return testkit.DB(t)
}
