package mail_test

import (
	"log/slog"
	"testing"

	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/testkit"
	"waypost/internal/testkit/ground"
)

// derive stands for the instance key.
func derive(label string, n int) []byte {
	key := make([]byte, n)
	copy(key, label)
	return key
}

func outbox(g *ground.Ground) *mail.Outbox {
	return mail.New(mail.Config{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Log: slog.New(slog.DiscardHandler), Host: "home.example", Derive: derive})
}

// note is a letter to one person.
func note(to string) mail.Letter {
	return mail.Letter{Kind: "note", To: to, Subject: "A note", Text: "Hello.", HTML: "<p>Hello.</p>"}
}

func post(t *testing.T, g *ground.Ground, o *mail.Outbox, letters ...mail.Letter) {
	t.Helper()
	g.Update(t, func(tx *db.Tx) error { return o.Post(tx, letters...) })
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

func openDB(t *testing.T) *db.DB {
	t.Helper()
	return testkit.DB(t)
}
