package app_test

import (
	"fmt"
	"slices"
	"strings"
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
	subscribersToKill = 2400
	mostEarlyKills    = 4
	letterKills       = 8
	takenAtATime      = 45
)

// TestKillSendsNoLetterTwice publishes a story for many subscribers and kills the program
// again and again: first while it writes their letters down, then while it sends them.
// The mail server takes some letters in each of its lives, the last of them when nobody
// is there any more to hear so. In the end everybody has a letter, which arrived once,
// but for those that are marked unknown.
func TestKillSendsNoLetterTwice(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	tokens, used := make(chan struct{}, subscribersToKill), make(chan struct{}, 2*subscribersToKill)
	box := postbox.Open(t, postbox.Options{Refuse: func(step, _ string) error {
		if step == "data" {
			<-tokens
			used <- struct{}{}
		}
		return nil
	}})
	t.Cleanup(func() { close(tokens) }) // connections that nobody is at any more
	s := site.New(t, site.In(p.folder, testkit.Place{}), site.RealTime)
	sendThrough(t, s, box)
	subscribeMany(t, s, subscribersToKill)
	publishNew(t, s, "One", "", "")
	s.Stop()
	early := 0
	for p.count(`SELECT count(*) FROM mailings WHERE state = 'done'`) == 0 && early < mostEarlyKills {
		p.start()
		tokens <- struct{}{}
		waitFor(t, used) // the first step is on disk, and most are not
		p.kill()
		early++
	}
	if early < 2 {
		t.Errorf("all letters were written before the program was killed")
	}
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
	for p.count(`SELECT (SELECT count(*) FROM letters WHERE state IN ('waiting', 'trying')) + (SELECT count(*) FROM mailings WHERE state <> 'done')`) > 0 {
		if time.Now().After(deadline) {
			t.Fatal("letters still wait, or are not written, after a minute")
		}
	}
	close(ended)
	p.kill()
	s = site.New(t, site.In(p.folder, testkit.Place{}), site.RealTime)
	arrived := map[string]int{}
	for _, l := range box.Letters() {
		arrived[l.To]++
	}
	states := map[string]mail.State{}
	for _, row := range site.Rows[string](s, `SELECT recipient || ' ' || state FROM letters`) {
		to, state, _ := strings.Cut(row, " ")
		if states[to] != "" {
			t.Errorf("two letters were written to %s", to)
		}
		states[to] = mail.State(state)
	}
	unknown := 0
	for i := range subscribersToKill {
		to := manyAddress(i)
		switch n := arrived[to]; {
		case states[to] == mail.Unknown && n <= 1:
			unknown++
		case states[to] != mail.Accepted || n != 1:
			t.Errorf("the letter to %s is %q and arrived %d times", to, states[to], n)
		}
	}
	kills := early + letterKills + 1
	if most := 4 * 20 * kills; unknown == 0 || unknown > most {
		t.Errorf("%d letters are unknown, want some, at most %d", unknown, most)
	}
	t.Logf("%d letters, %d kills, %d of them while letters were written; %d unknown", subscribersToKill, kills, early, unknown)
}

func waitFor(t *testing.T, used <-chan struct{}) {
	t.Helper()
	select {
	case <-used:
	case <-time.After(time.Minute):
		t.Fatal("no letter was taken for a minute")
	}
}

// count asks the program's database; it reads while the program writes.
func (p *program) count(query string) (n int) {
	p.t.Helper()
	d, err := db.Open(p.t.Context(), db.Config{Path: p.folder + "/" + app.DatabaseName})
	if err != nil {
		p.t.Fatal(err)
	}
	defer d.Close()
	if err := d.View(p.t.Context(), func(tx *db.Tx) error { return tx.QueryRow(query).Scan(&n) }); err != nil {
		p.t.Fatal(err)
	}
	return n
}

func manyAddress(i int) string { return fmt.Sprintf("p%d@readers.example", i) }

// subscribeMany lets addresses hear of every new story at once, as if each had confirmed.
func subscribeMany(t *testing.T, s *site.Site, n int) {
	t.Helper()
	err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
		for from := range slices.Chunk(numbers(n), 500) {
			var rows []string
			var args []any
			for _, i := range from {
				k := len(args)
				rows = append(rows, fmt.Sprintf("($%d, 'stories', 'at-once', '', $%d, $%d, '', 'letter', 0, 0, 0)", k+1, k+2, k+3))
				args = append(args, fmt.Sprintf("s%08d", i), manyAddress(i), manyAddress(i))
			}
			_, err := tx.Exec(`INSERT INTO subscriptions (id, list, pace, ended_pace, email, email_key, language, proof, since, confirmed_at, changed_at) VALUES `+strings.Join(rows, ", "), args...)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func numbers(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}
