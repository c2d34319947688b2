package app_test

import (
	"fmt"
	"testing"
	"time"

	"waypost/app"
	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/testkit"
	"waypost/internal/testkit/postbox"
	"waypost/internal/testkit/site"
)

const (
	lettersToKill = 2000
	letterKills   = 10
	takenAtATime  = 45
)

// TestKillSendsNoLetterTwice kills the program again and again while it sends. The mail
// server takes some letters in each of its lives, the last of them when nobody is there
// any more to hear so. In the end every letter arrived once, except those that are
// marked unknown.
func TestKillSendsNoLetterTwice(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	tokens, used := make(chan struct{}, lettersToKill), make(chan struct{}, 2*lettersToKill)
	box := postbox.Open(t, postbox.Options{Refuse: func(step, _ string) error {
		if step == "data" {
			<-tokens
			used <- struct{}{}
		}
		return nil
	}})
	t.Cleanup(func() { close(tokens) }) // connections that nobody is at any more
	s := site.New(t, site.In(p.folder, testkit.Place{}), site.RealTime)
	writeLetters(t, s.App, box)
	s.Stop()
	for round := range letterKills {
		p.start()
		for range takenAtATime {
			tokens <- struct{}{}
		}
		for range takenAtATime - round%5 { // some are taken while the program is being killed
			waitFor(t, used)
		}
		p.kill()
	}
	p.start()
	ended := make(chan struct{})
	go func() {
		for {
			select {
			case tokens <- struct{}{}:
			case <-ended:
				return
			}
		}
	}()
	deadline := time.Now().Add(time.Minute)
	for p.lettersLeft() {
		if time.Now().After(deadline) {
			t.Fatal("letters still wait after a minute")
		}
	}
	close(ended)
	p.kill()
	s = site.New(t, site.In(p.folder, testkit.Place{}), site.RealTime)
	arrived := map[string]int{}
	for _, l := range box.Letters() {
		arrived[l.To]++
	}
	unknown := 0
	for i := range lettersToKill {
		to := fmt.Sprintf("p%d@readers.example", i)
		state := mail.State(site.Rows[string](s, `SELECT state FROM letters WHERE recipient = $1`, to)[0])
		switch n := arrived[to]; {
		case state == mail.Unknown && n <= 1:
			unknown++
		case state != mail.Accepted || n != 1:
			t.Errorf("%s is %s and arrived %d times", to, state, n)
		}
	}
	const most = 4 * 20 * (letterKills + 1)
	if unknown == 0 || unknown > most {
		t.Errorf("%d letters are unknown, want some, at most %d", unknown, most)
	}
	t.Logf("%d letters, %d kills, %d unknown", lettersToKill, letterKills+1, unknown)
}

func waitFor(t *testing.T, used <-chan struct{}) {
	t.Helper()
	select {
	case <-used:
	case <-time.After(time.Minute):
		t.Fatal("no letter was taken for a minute")
	}
}

// lettersLeft asks the running program's database; it reads while the program writes.
func (p *program) lettersLeft() bool {
	p.t.Helper()
	d, err := db.Open(p.t.Context(), db.Config{Path: p.folder + "/" + app.DatabaseName})
	if err != nil {
		p.t.Fatal(err)
	}
	defer d.Close()
	var n int
	err = d.View(p.t.Context(), func(tx *db.Tx) error {
		return tx.QueryRow(`SELECT count(*) FROM letters WHERE state IN ('waiting', 'trying')`).Scan(&n)
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return n > 0
}

func writeLetters(t *testing.T, a *app.App, box *postbox.Postbox) {
	t.Helper()
	err := a.DB.Update(t.Context(), func(tx *db.Tx) error {
		if err := a.Mail.SaveSender(tx, mail.Sender{Name: "Home", Address: "hello@home.example"}, 0); err != nil {
			return err
		}
		if _, err := a.Mail.SaveServer(tx, mail.Server{Host: box.Host, Port: box.Port, Security: mail.Plain, Connections: 4}); err != nil {
			return err
		}
		for i := range lettersToKill {
			l := mail.Letter{Kind: "note", To: fmt.Sprintf("p%d@readers.example", i), Subject: "A note", Text: "Hello."}
			if err := a.Mail.Post(tx, l); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
