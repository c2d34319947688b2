package mail_test

import (
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/testkit/ground"
	"waypost/internal/testkit/postbox"
)

// always answers one step, each time.
func always(step, answer string) func(string, int) string {
	return func(s string, _ int) string {
		if s == step {
			return answer
		}
		return ""
	}
}

// TestServersThatRefuse gives one letter to servers that say no at each step.
func TestServersThatRefuse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		script func(string, int) string
		state  mail.State
		reason string // of the letter
		fault  string // of the server
		tries  int
	}{
		{"421 greeting", always("greet", "421 too busy"), mail.Waiting, "", "connect|421 too busy", 0},
		{"554 greeting", always("greet", "554 not you"), mail.Waiting, "", "connect|554 not you", 0},
		{"550 sender", always("from", "550 no such sender"), mail.Waiting, "sender|550 no such sender", "sender|550 no such sender", 1},
		{"530 sender", always("from", "530 sign in first"), mail.Waiting, "sender|530 sign in first", "sender|530 sign in first", 1},
		{"451 sender", always("from", "451 later"), mail.Waiting, "sender|451 later", "", 1},
		{"550 recipient", always("to", "550 5.1.1 nobody here"), mail.Failed, "recipient|550 5.1.1 nobody here", "", 1},
		{"450 recipient", always("to", "450 greylisted"), mail.Waiting, "recipient|450 greylisted", "", 1},
		{"421 recipient", always("to", "421 slow down"), mail.Waiting, "recipient|421 slow down", "", 1},
		{"554 begin", always("data", "554 no"), mail.Failed, "letter|554 no", "", 1},
		{"452 begin", always("data", "452 full"), mail.Waiting, "letter|452 full", "", 1},
		{"554 text", always("end", "554 looks like spam"), mail.Failed, "letter|554 looks like spam", "", 1},
		{"452 text", always("end", "452 no room"), mail.Waiting, "letter|452 no room", "", 1},
		{"421 text", always("end", "421 going down"), mail.Waiting, "letter|421 going down", "", 1},
		{"recipient refused, text begun", func(s string, n int) string {
			if s == "to" {
				return "550 nobody"
			}
			return ""
		}, mail.Failed, "recipient|550 nobody", "", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			g := ground.On(openDB(t))
			r := beRude(t, c.script)
			o := outbox(t, g)
			through(t, g, o, r.host, r.port, nil)
			post(t, g, o, note("a@home.example"))
			work(t, o)
			wantStates(t, g, map[mail.State]int{c.state: 1})
			if reason := value[string](t, g, `SELECT reason FROM letters`); reason != c.reason {
				t.Errorf("reason %q, want %q", reason, c.reason)
			}
			if fault := value[string](t, g, `SELECT fault FROM mail_servers`); fault != c.fault {
				t.Errorf("fault %q, want %q", fault, c.fault)
			}
			if n := value[int](t, g, `SELECT CAST(attempt AS BIGINT) FROM letters`); n != c.tries {
				t.Errorf("%d tries, want %d", n, c.tries)
			}
			r.mu.Lock()
			r.script = always("", "")
			r.mu.Unlock()
			g.Clock.Advance(24 * time.Hour)
			work(t, o)
			want := mail.Accepted
			if c.state == mail.Failed {
				want = mail.Failed
			}
			wantStates(t, g, map[mail.State]int{want: 1})
			if fault := value[string](t, g, `SELECT fault FROM mail_servers`); fault != "" {
				t.Errorf("the fault %q stays", fault)
			}
		})
	}
}

// TestServersThatHangUp break the connection at each step, or fall silent.
func TestServersThatHangUp(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		step  string
		state mail.State
	}{
		{"greet", mail.Waiting}, {"hello", mail.Waiting}, {"from", mail.Waiting}, {"to", mail.Waiting}, {"data", mail.Waiting}, {"end", mail.Unknown},
	} {
		for _, how := range []string{hangUp, stall} {
			t.Run(c.step+" "+how, func(t *testing.T) {
				t.Parallel()
				g := ground.On(openDB(t))
				r := beRude(t, always(c.step, how))
				settings := config(t, g)
				if how == stall { // the only way to hear nothing is to wait for a moment
					settings.Times = mail.Times{Connect: 50 * time.Millisecond, Answer: 50 * time.Millisecond, Take: 50 * time.Millisecond, Idle: time.Second}
				}
				o := mail.New(settings)
				through(t, g, o, r.host, r.port, nil)
				post(t, g, o, note("a@home.example"))
				work(t, o)
				wantStates(t, g, map[mail.State]int{c.state: 1})
				r.mu.Lock()
				r.script = always("", "")
				r.mu.Unlock()
				g.Clock.Advance(24 * time.Hour)
				o = outbox(t, g)
				work(t, o)
				if c.state == mail.Unknown {
					wantStates(t, g, map[mail.State]int{mail.Unknown: 1})
				} else {
					wantStates(t, g, map[mail.State]int{mail.Accepted: 1})
				}
				if r.letters() != 1 {
					t.Errorf("the server saw %d whole letters, want 1", r.letters())
				}
			})
		}
	}
}

// TestClosedConnectionsAreOpenedAnew: a server that ends idle connections costs no try.
func TestClosedConnectionsAreOpenedAnew(t *testing.T) {
	t.Parallel()
	for _, answer := range []string{hangUp, "421 too many letters on this connection"} {
		g := ground.On(openDB(t))
		r := beRude(t, func(step string, n int) string {
			if step == "from" && n%2 == 0 {
				return answer
			}
			return ""
		})
		o := outbox(t, g)
		through(t, g, o, r.host, r.port, func(s *mail.Server) { s.Connections = 1 })
		for i := range 6 {
			post(t, g, o, note(fmt.Sprintf("p%d@home.example", i)))
		}
		work(t, o)
		wantStates(t, g, map[mail.State]int{mail.Accepted: 6})
		if n := value[int](t, g, `SELECT CAST(max(attempt) AS BIGINT) FROM letters`); n != 1 {
			t.Errorf("a letter was tried %d times", n)
		}
	}
}

func TestThrottledServerIsSpared(t *testing.T) {
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) {
		r := beRude(t, func(step string, n int) string {
			if step == "from" && n > 10 && n <= 14 {
				return "450 slow down"
			}
			return ""
		})
		o := outbox(t, g)
		through(t, g, o, r.host, r.port, func(s *mail.Server) { s.Connections = 1 })
		var letters []mail.Letter
		for i := range 60 {
			letters = append(letters, note(fmt.Sprintf("p%d@home.example", i)))
		}
		post(t, g, o, letters...)
		work(t, o)
		if n := value[int](t, g, `SELECT count(*) FROM letters WHERE state = 'waiting' AND attempt = 0`); n < 30 {
			t.Errorf("%d letters were held back after the server asked to slow down, want most of them", n)
		}
		for range 20 {
			g.Clock.Advance(10 * time.Minute)
			work(t, o)
		}
		wantStates(t, g, map[mail.State]int{mail.Accepted: 60})
		if r.letters() != 60 {
			t.Errorf("the server saw %d letters, want 60", r.letters())
		}
	})
}

func TestGivesUpAfterDays(t *testing.T) {
	t.Parallel()
	g := ground.On(openDB(t))
	r := beRude(t, always("to", "450 mailbox full"))
	o := outbox(t, g)
	through(t, g, o, r.host, r.port, nil)
	post(t, g, o, note("a@home.example"))
	for range 100 {
		work(t, o)
		g.Clock.Advance(3 * time.Hour)
	}
	wantStates(t, g, map[mail.State]int{mail.Failed: 1})
	if n := value[int](t, g, `SELECT CAST(attempt AS BIGINT) FROM letters`); n < 10 || n > 40 {
		t.Errorf("tried %d times in three days", n)
	}
}

func TestNextServerWhenOneIsDown(t *testing.T) {
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		closed := l.Addr().(*net.TCPAddr).Port
		l.Close()
		box := postbox.Open(t, postbox.Options{})
		o := outbox(t, g)
		through(t, g, o, "127.0.0.1", closed, nil)
		addServer(t, g, o, box)
		var letters []mail.Letter
		for i := range 50 {
			letters = append(letters, note(fmt.Sprintf("p%d@home.example", i)))
		}
		post(t, g, o, letters...)
		work(t, o)
		wantStates(t, g, map[mail.State]int{mail.Accepted: 50})
		if n := len(box.Letters()); n != 50 {
			t.Errorf("%d letters arrived", n)
		}
		fault := value[string](t, g, `SELECT fault FROM mail_servers ORDER BY position LIMIT 1`)
		if !strings.HasPrefix(fault, "connect|") {
			t.Errorf("the first server's fault is %q", fault)
		}
		if attempt := value[int](t, g, `SELECT CAST(max(attempt) AS BIGINT) FROM letters`); attempt != 1 {
			t.Errorf("a letter was tried %d times", attempt)
		}
	})
}

func TestLimits(t *testing.T) {
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) {
		box := postbox.Open(t, postbox.Options{})
		o := outbox(t, g)
		through(t, g, o, box.Host, box.Port, func(s *mail.Server) { s.PerMinute, s.PerDay = 10, 25 })
		var letters []mail.Letter
		for i := range 40 {
			letters = append(letters, note(fmt.Sprintf("p%d@home.example", i)))
		}
		post(t, g, o, letters...)
		arrived := func(want int) {
			t.Helper()
			work(t, o)
			if n := len(box.Letters()); n != want {
				t.Fatalf("%d letters at %v, want %d", n, g.Clock.Now(), want)
			}
		}
		arrived(10)
		g.Clock.Advance(59 * time.Second)
		arrived(10)
		g.Clock.Advance(7 * time.Second)
		arrived(20)
		g.Clock.Advance(2 * time.Minute)
		arrived(25)
		g.Clock.Advance(23 * time.Hour)
		arrived(25)
		g.Clock.Advance(2 * time.Hour)
		arrived(35)
		g.Clock.Advance(2 * time.Minute)
		arrived(40)
	})
}

// TestLettersToOneGoFirst: who waits for a code does not wait for a newsletter.
func TestLettersToOneGoFirst(t *testing.T) {
	t.Parallel()
	g := ground.On(openDB(t))
	box := postbox.Open(t, postbox.Options{})
	o := outbox(t, g)
	through(t, g, o, box.Host, box.Port, func(s *mail.Server) { s.PerMinute = 1 })
	many := note("many@home.example")
	many.List, many.Unsubscribe = "stories", "https://home.example/u"
	post(t, g, o, many, many)
	g.Clock.Advance(time.Second)
	post(t, g, o, note("one@home.example"))
	work(t, o)
	if letters := box.Letters(); len(letters) != 1 || letters[0].To != "one@home.example" {
		t.Errorf("first came %v", letters)
	}
}

// TestCrashLeavesUnknown: what a dead process had in hand is not sent again.
func TestCrashLeavesUnknown(t *testing.T) {
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) {
		box := postbox.Open(t, postbox.Options{})
		o := outbox(t, g)
		into(t, g, o, box)
		post(t, g, o, note("a@home.example"), note("b@home.example"))
		g.Update(t, func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE letters SET state = 'trying', lease = 'dead', leased_until = $1 WHERE recipient = 'a@home.example'`, g.Clock.Now().Add(time.Minute).UnixMilli())
			return err
		})
		work(t, o)
		wantStates(t, g, map[mail.State]int{mail.Trying: 1, mail.Accepted: 1})
		g.Clock.Advance(time.Hour)
		work(t, o)
		wantStates(t, g, map[mail.State]int{mail.Unknown: 1, mail.Accepted: 1})
		if n := len(box.Letters()); n != 1 {
			t.Errorf("%d letters arrived, want 1", n)
		}
		g.Update(t, func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE letters SET state = 'trying', lease = 'dead', leased_until = $1 WHERE recipient = 'b@home.example'`, g.Clock.Now().Add(time.Minute).UnixMilli())
			return err
		})
		g.Update(t, o.Recover)
		wantStates(t, g, map[mail.State]int{mail.Unknown: 2})
	})
}

// TestNodesShareTheWork sends from several processes on one database.
func TestNodesShareTheWork(t *testing.T) {
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) {
		box := postbox.Open(t, postbox.Options{})
		o := outbox(t, g)
		into(t, g, o, box)
		var letters []mail.Letter
		for i := range 400 {
			letters = append(letters, note(fmt.Sprintf("p%d@home.example", i)))
		}
		post(t, g, o, letters...)
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() { work(t, outbox(t, g)) })
		}
		wg.Wait()
		work(t, o)
		wantStates(t, g, map[mail.State]int{mail.Accepted: 400})
		seen := map[string]int{}
		for _, l := range box.Letters() {
			seen[l.To]++
		}
		if len(seen) != 400 || len(box.Letters()) != 400 {
			t.Errorf("%d letters arrived at %d addresses, want 400 at 400", len(box.Letters()), len(seen))
		}
	})
}

func addServer(t *testing.T, g *ground.Ground, o *mail.Outbox, p *postbox.Postbox) {
	t.Helper()
	g.Update(t, func(tx *db.Tx) error {
		_, err := o.SaveServer(tx, mail.Server{Host: p.Host, Port: p.Port, Security: mail.Plain})
		return err
	})
}

func TestSweep(t *testing.T) {
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) {
		r := beRude(t, func(step string, n int) string {
			if step == "to" && n == 1 {
				return "550 nobody"
			}
			return ""
		})
		o := outbox(t, g)
		through(t, g, o, r.host, r.port, func(s *mail.Server) { s.Connections, s.PerDay = 1, 1000 })
		post(t, g, o, note("gone@home.example"))
		work(t, o)
		post(t, g, o, note("a@home.example"))
		work(t, o)
		g.Clock.Advance(29 * 24 * time.Hour)
		late := note("late@home.example")
		late.Secret, late.Expires = true, g.Clock.Now().Add(time.Minute)
		post(t, g, outbox(t, g), late, note("b@home.example"))
		g.Update(t, o.Sweep)
		wantStates(t, g, map[mail.State]int{mail.Accepted: 1, mail.Failed: 1, mail.Waiting: 2})
		g.Clock.Advance(23 * time.Hour)
		g.Update(t, o.Sweep)
		wantStates(t, g, map[mail.State]int{mail.Accepted: 1, mail.Failed: 2, mail.Waiting: 1})
		g.Clock.Advance(25 * time.Hour)
		g.Update(t, o.Sweep)
		g.Update(t, o.Sweep)
		wantStates(t, g, map[mail.State]int{mail.Failed: 1, mail.Waiting: 1})
		if n := value[int](t, g, `SELECT count(*) FROM letter_texts`); n != 2 {
			t.Errorf("%d texts are left, want those of the letter that failed and of the one that waits", n)
		}
		if n := value[int](t, g, `SELECT count(*) FROM mail_given`); n != 0 {
			t.Errorf("%d old counts are left", n)
		}
		g.Clock.Advance(91 * 24 * time.Hour)
		g.Update(t, o.Sweep)
		wantStates(t, g, map[mail.State]int{mail.Waiting: 1})
		g.Update(t, func(tx *db.Tx) error { return mail.Restored(tx, g.Clock.Now()) })
		wantStates(t, g, map[mail.State]int{mail.Unknown: 1})
		work(t, o)
		wantStates(t, g, map[mail.State]int{mail.Unknown: 1})
	})
}
