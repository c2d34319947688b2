package mail_test

import (
	"errors"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/testkit"
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

// TestLackIsWhatIsMissing: who has named one half is asked for the other alone.
func TestLackIsWhatIsMissing(t *testing.T) {
	t.Parallel()
	sender, servers := mail.Sender{Address: "hello@home.example"}, []mail.Server{{Worked: true}}
	for want, s := range map[mail.Lack]mail.Settings{mail.LackSetting: {}, mail.LackName: {Sender: sender}, mail.LackSender: {Servers: servers}, "": {Sender: sender, Servers: servers}} {
		if got := s.Lack(); got != want {
			t.Errorf("%+v lacks %q, want %q", s, got, want)
		}
	}
}

// TestServersFromBefore upgrades a community that noted of no server whether it works.
func TestServersFromBefore(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		d := testkit.Open(t, e.Fresh(t))
		if err := d.Migrate(t.Context(), 19); err != nil {
			t.Fatal(err)
		}
		err := d.Update(t.Context(), func(tx *db.Tx) error {
			for _, host := range []string{"worked", "new"} {
				if _, err := tx.Exec(`INSERT INTO mail_servers (id, position, host, port, security, open_anyway, username, per_minute, per_day, connections, fault, version)
					VALUES ($1, 0, $1, 25, 'plain', FALSE, '', 0, 0, 1, '', 1)`, host); err != nil {
					return err
				}
			}
			_, err := tx.Exec(`INSERT INTO letters (id, state, kind, recipient, recipient_key, list, unsubscribe, secret, bulk, attempt, reason, created_at, due_at, server, filling)
				VALUES ('l', 'accepted', 'note', 'a@home.example', 'a@home.example', '', '', FALSE, FALSE, 1, '', 1, 1, 'worked', '{}')`)
			return err
		})
		if err = errors.Join(err, d.Migrate(t.Context(), 0)); err != nil {
			t.Fatal(err)
		}
		noted := map[string]string{}
		err = d.View(t.Context(), func(tx *db.Tx) error {
			_, err := db.List(tx, func(r db.Row) (struct{}, error) {
				var name, value string
				err := r.Scan(&name, &value)
				noted[name] = value
				return struct{}{}, err
			}, `SELECT name, value FROM instance WHERE name LIKE 'mail-worked-%'`)
			return err
		})
		if err != nil || noted["mail-worked-worked"] != "yes" || noted["mail-worked-new"] != "no" {
			t.Errorf("noted is %v: %v", noted, err)
		}
	})
}
