//go:build linux

package soak

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"waypost/bench/child"
	"waypost/bench/site"
	"waypost/internal/db"
	"waypost/transfer/backup"
)

// ledger is what was acknowledged: the newest version of each story, and replies.
type ledger struct {
	mu      sync.Mutex
	stories map[string]int64
	replies []string
	dying   time.Time // from when on the disk dies; zero: it lives
	dead    time.Time // when it is dead
	late    int       // acknowledgements since it was dead
	entries int
	refused int
	why     string // of the last refusal
}

func newLedger() *ledger { return &ledger{stories: map[string]int64{}} }

// keep hears what a writing child says until it says no more. The channel is closed
// then.
func (l *ledger) keep(c *child.Child) <-chan struct{} {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			var e entry
			if c.Hear(&e) != nil { // a last line may be cut by the kill
				return
			}
			l.note(e)
		}
	}()
	return ended
}

func (l *ledger) note(e entry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if e.Refused != "" {
		l.refused++
		l.why = e.Refused
		return
	}
	if !l.dead.IsZero() && e.At > l.dead.UnixNano() {
		l.late++
	}
	if !l.dying.IsZero() && e.At > l.dying.UnixNano() {
		return
	}
	l.entries++
	if e.Reply != "" {
		l.replies = append(l.replies, e.Reply)
		return
	}
	l.stories[e.Story] = max(l.stories[e.Story], e.Version)
}

// diskDies notes that the disk dies now, and whether it is dead. What is said to be durable
// meanwhile counts no more: a file system that is stopped can answer a sync that is under
// way as if it were done, and where the power is gone nobody hears it.
func (l *ledger) diskDies(dead bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if dead {
		l.dead = time.Now()
	} else {
		l.dying = time.Now()
	}
}

// diskIsBack forgets that the disk was dead. It is an error if more was acknowledged
// meanwhile than can have been under way: then somebody does not wait for the disk.
func (l *ledger) diskIsBack(underWay int) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	late := l.late
	l.dying, l.dead, l.late = time.Time{}, time.Time{}, 0
	if late > underWay {
		return fmt.Errorf("%d writes were acknowledged on a dead disk", late)
	}
	return nil
}

// count is how many writes were acknowledged and refused so far.
func (l *ledger) count() (entries, refused int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.entries, l.refused
}

// longestWait is how long a child may take until it writes.
const longestWait = 30 * time.Second

// more waits until further writes are acknowledged.
func (l *ledger) more(ctx context.Context, ended <-chan struct{}) error {
	begun, _ := l.count()
	for end := time.Now().Add(longestWait); time.Now().Before(end) && ctx.Err() == nil; time.Sleep(5 * time.Millisecond) {
		if n, _ := l.count(); n > begun {
			return nil
		}
		select {
		case <-ended:
			return errors.New("the writing process ended by itself")
		default:
		}
	}
	return fmt.Errorf("nothing was written in %s; last refusal: %s", longestWait, l.why)
}

// verify opens the site as after a crash and compares it with the ledger.
func (l *ledger) verify(ctx context.Context, p site.Place) (err error) {
	s, err := site.Open(ctx, p, nil)
	if err != nil {
		return fmt.Errorf("open after the harm: %w", err)
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	found := map[string]int64{}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		_, err := db.List(tx, func(r db.Row) (struct{}, error) {
			var id string
			var version int64
			err := r.Scan(&id, &version)
			found[id] = version
			return struct{}{}, err
		}, `SELECT id, version FROM stories UNION ALL SELECT id, version FROM replies`)
		return err
	})
	if err != nil {
		return err
	}
	lost := 0
	for id, version := range l.stories {
		if found[id] < version {
			lost++
		}
	}
	if lost > 0 {
		return fmt.Errorf("%d of %d acknowledged stories are lost or older than acknowledged", lost, len(l.stories))
	}
	for _, id := range l.replies {
		if found[id] == 0 {
			return fmt.Errorf("reply %s was acknowledged and is lost", id)
		}
	}
	report, err := backup.Check(ctx, s.DB, s.Config.Dir.Media())
	if err == nil && !report.Sound() {
		err = fmt.Errorf("the check finds: %v", report.Findings)
	}
	return err
}
