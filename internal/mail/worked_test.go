package mail_test

import (
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/testkit/ground"
	"waypost/internal/testkit/postbox"
)

// TestLack follows a server from its first setting to its last.
func TestLack(t *testing.T) {
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) {
		o := outbox(t, g)
		settings := func() (s mail.Settings) {
			g.View(t, func(tx *db.Tx) (err error) {
				s, err = o.SettingsIn(tx)
				return err
			})
			return s
		}
		want := func(when string, lack mail.Lack) {
			t.Helper()
			if got := settings().Lack(); got != lack {
				t.Errorf("%s: letters lack %q, want %q", when, got, lack)
			}
		}
		save := func(change func(*mail.Server)) {
			t.Helper()
			s := settings().Servers[0]
			change(&s)
			g.Update(t, func(tx *db.Tx) error {
				_, err := o.SaveServer(tx, s)
				return err
			})
		}
		want("nothing is set", mail.LackSetting)
		box, silent := postbox.Open(t, postbox.Options{}), beRude(t, always("greet", "421 too busy"))
		into(t, g, o, box)
		want("a server is named", mail.LackProof)
		post(t, g, o, note("a@home.example"))
		work(t, o)
		want("it took a letter", "")
		save(func(s *mail.Server) { s.PerDay = 100 })
		want("its limit is set", "")
		g.Clock.Advance(40 * 24 * time.Hour)
		g.Update(t, o.Sweep)
		want("its letters are forgotten", "")
		save(func(s *mail.Server) { s.Host, s.Port = silent.host, silent.port })
		want("it is another one", mail.LackProof)
		post(t, g, o, note("b@home.example"))
		work(t, o)
		want("that one does not answer", mail.LackServer)
		was := settings().Servers[0]
		g.Update(t, func(tx *db.Tx) error { return o.Works(tx, was) })
		want("it took a test letter", "")
		save(func(s *mail.Server) { s.Port = box.Port })
		g.Update(t, func(tx *db.Tx) error { return o.Works(tx, was) })
		want("a test letter tells of settings that changed meanwhile", mail.LackProof)
	})
}

// TestServersFromBefore are those of which nobody noted whether they work.
func TestServersFromBefore(t *testing.T) {
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) {
		o := outbox(t, g)
		into(t, g, o, postbox.Open(t, postbox.Options{}))
		post(t, g, o, note("a@home.example"))
		work(t, o)
		for _, before := range []struct {
			query string
			lack  mail.Lack
		}{{`DELETE FROM instance WHERE name LIKE 'mail-worked-%'`, ""}, {`UPDATE letters SET server = 'elsewhere.example'`, mail.LackProof}} {
			g.Update(t, func(tx *db.Tx) error {
				if _, err := tx.Exec(before.query); err != nil {
					return err
				}
				settings, err := o.SettingsIn(tx)
				if got := settings.Lack(); got != before.lack {
					t.Errorf("after %s: letters lack %q, want %q", before.query, got, before.lack)
				}
				return err
			})
		}
	})
}
