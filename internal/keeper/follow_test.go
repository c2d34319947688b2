package keeper_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/keeper"
	"waypost/internal/problem"
	"waypost/internal/testkit"
)

// eachPair runs a test with two nodes, a and b, of one database, both following.
func eachPair(t *testing.T, test func(t *testing.T, a, b *node)) {
	t.Helper()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		place := testkit.Migrated(t, e)
		a := newNode(t, testkit.Open(t, place), "a")
		b := newNode(t, testkit.Open(t, place), "b", func(c *keeper.Config) { c.Clock = a.clock.Now })
		b.clock = a.clock
		a.follow()
		b.follow()
		test(t, a, b)
	})
}

func (n *node) wantForgotten(want bool) {
	n.t.Helper()
	got, err := n.ForgottenEverywhere(context.Background())
	if err != nil || got != want {
		n.t.Errorf("forgotten everywhere: %v, error %v; want %v", got, err, want)
	}
}

func TestTouchReachesTheOtherNode(t *testing.T) {
	t.Parallel()
	eachPair(t, func(t *testing.T, a, b *node) {
		ofA, ofB, other := newSource("story:1"), newSource("story:1"), newSource("story:2")
		a.wantBody("/a", ofA.render, "page 1")
		b.wantBody("/a", ofB.render, "page 1")
		b.wantBody("/b", other.render, "page 1")
		a.touch("story:1")
		a.wantBody("/a", ofA.render, "page 2")
		b.wantBody("/a", ofB.render, "page 1")
		b.follow()
		b.wantBody("/a", ofB.render, "page 2")
		b.wantBody("/b", other.render, "page 1")
		for range 3 { // one's own change is not news
			a.follow()
			b.follow()
			a.wantBody("/a", ofA.render, "page 2")
			b.wantBody("/a", ofB.render, "page 2")
		}
		// Old bytes stay when the render fails: it was a touch.
		ofB.failing(errors.New("template"))
		a.touch("story:1")
		b.follow()
		b.wantBody("/a", ofB.render, "page 2")
	})
}

func TestForgetReachesTheOtherNode(t *testing.T) {
	t.Parallel()
	eachPair(t, func(t *testing.T, a, b *node) {
		s := newSource("story:1")
		b.wantBody("/a", s.render, "page 1")
		a.wantForgotten(true)
		a.forget("story:1")
		a.wantForgotten(false)
		a.follow()
		a.wantForgotten(false)
		b.follow()
		a.wantForgotten(true)
		b.wantForgotten(true)
		s.failing(errors.New("template"))
		b.wantProblem("/a", s.render, problem.Unavailable)
		if got := b.Stats(); got.Bytes != 0 {
			t.Errorf("b keeps %+v", got)
		}
	})
}

// A row of a tag shows its last change only. What b forgets must reach a even when
// a has touched the tag since.
func TestForgetBehindOnesOwnTouch(t *testing.T) {
	t.Parallel()
	eachPair(t, func(t *testing.T, a, b *node) {
		s := newSource("story:1")
		a.wantBody("/a", s.render, "page 1")
		b.forget("story:1")
		a.touch("story:1")
		a.follow()
		b.wantForgotten(true)
		s.failing(errors.New("template"))
		a.wantProblem("/a", s.render, problem.Unavailable)
		s.fail.Store(nil)
		a.wantBody("/a", s.render, "page 3")
		a.follow()
		a.wantBody("/a", s.render, "page 3")
	})
}

func TestATouchAfterAForgetIsATouch(t *testing.T) {
	t.Parallel()
	eachPair(t, func(t *testing.T, a, b *node) {
		s := newSource("story:1")
		a.forget("story:1")
		b.follow()
		b.wantBody("/a", s.render, "page 1")
		a.touch("story:1")
		b.follow()
		s.failing(errors.New("template"))
		b.wantBody("/a", s.render, "page 1")
	})
}

// What was rendered before the first Follow may be older than the clock it notes.
func TestTheFirstFollow(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		a, b := newNode(t, d, "a"), newNode(t, d, "b")
		a.follow()
		ready, inFlight := newSource("story:1"), newSource("story:2")
		b.wantBody("/a", ready.render, "page 1")
		g := inFlight.hold()
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			b.wantBody("/b", inFlight.render, "page 1")
		}()
		<-g.in
		a.forget("story:1", "story:2")
		b.follow()
		close(g.out)
		<-ended
		if got := b.Stats(); got.Bytes != 0 {
			t.Errorf("b keeps what it rendered before it began to follow: %+v", got)
		}
		b.wantBody("/a", ready.render, "page 2")
		b.wantBody("/b", inFlight.render, "page 2")
		a.wantForgotten(true)
	})
}

func TestADeadNodeDoesNotHoldUp(t *testing.T) {
	t.Parallel()
	eachPair(t, func(t *testing.T, a, b *node) {
		a.forget("story:1")
		a.clock.Advance(time.Minute)
		a.wantForgotten(false) // b was heard of a minute ago
		a.clock.Advance(time.Millisecond)
		a.wantForgotten(true)
		a.follow() // and takes b off the list
		b.follow()
		a.wantForgotten(true)
	})
}

func TestANodeThatLeaves(t *testing.T) {
	t.Parallel()
	eachPair(t, func(t *testing.T, a, b *node) {
		a.forget("story:1")
		a.wantForgotten(false)
		if err := b.Leave(context.Background()); err != nil {
			t.Fatal(err)
		}
		a.wantForgotten(true)
	})
}

// A node that has nothing to do is heard of all the same.
func TestHeartbeat(t *testing.T) {
	t.Parallel()
	eachPair(t, func(t *testing.T, a, b *node) {
		for range 10 {
			a.clock.Advance(10 * time.Second)
			a.follow()
			b.follow()
		}
		a.forget("story:1")
		a.wantForgotten(false)
		b.forget("story:1") // both must hear of it from the other
		a.wantForgotten(false)
		b.follow()
		a.wantForgotten(true)
		b.wantForgotten(false)
		a.follow()
		b.wantForgotten(true)
	})
}

// A database restored from a backup has a clock that went back.
func TestAClockThatWentBack(t *testing.T) {
	t.Parallel()
	eachPair(t, func(t *testing.T, a, b *node) {
		for range 5 {
			a.touch("story:1")
		}
		b.follow()
		s := newSource("story:2")
		b.wantBody("/a", s.render, "page 1")
		a.update(func(tx *db.Tx) error {
			_, err := tx.Exec("UPDATE kept_clock SET value = 1")
			return err
		})
		b.follow()
		b.wantBody("/a", s.render, "page 2")
		a.touch("story:2")
		b.follow()
		b.wantBody("/a", s.render, "page 3")
	})
}

// Writers, who wait for their change to be applied, and a node that follows and
// writes its own heartbeat must not wait for each other.
func TestFollowingAmongWriters(t *testing.T) {
	t.Parallel()
	eachPair(t, func(t *testing.T, a, b *node) {
		var writers, others sync.WaitGroup
		stop := make(chan struct{})
		for _, n := range []*node{a, b} {
			for range 3 {
				writers.Go(func() {
					for range 20 {
						n.forget("story:1", "story:2")
					}
				})
			}
			others.Go(func() {
				for {
					select {
					case <-stop:
						return
					default:
						a.clock.Advance(11 * time.Second)
						n.follow()
					}
				}
			})
		}
		writers.Wait()
		close(stop)
		others.Wait()
		a.follow()
		b.follow()
		a.wantForgotten(true)
		b.wantForgotten(true)
	})
}

func TestRun(t *testing.T) {
	t.Parallel()
	eachPair(t, func(t *testing.T, a, b *node) {
		ctx, cancel := context.WithCancel(context.Background())
		var wg sync.WaitGroup
		wg.Go(func() { a.Run(ctx) })
		wg.Go(func() { b.Run(ctx) })
		s := newSource("story:1")
		b.wantBody("/a", s.render, "page 1")
		a.forget("story:1")
		eventually(t, "b has forgotten", func() bool {
			done, err := a.ForgottenEverywhere(ctx)
			return err == nil && done
		})
		if got := b.Stats(); got.Bytes != 0 {
			t.Errorf("b keeps %+v", got)
		}
		b.wantBody("/long", textPage, text)
		a.clock.Advance(3 * time.Second)
		eventually(t, "b has polished", func() bool {
			w, err := b.get("/long", textPage, "Accept-Encoding", "br")
			return err == nil && w.Header().Get("Content-Encoding") == "br"
		})
		cancel()
		wg.Wait()
	})
}

func TestAloneThereIsNobodyToFollow(t *testing.T) {
	t.Parallel()
	n := newNode(t, testkit.DB(t), "a", func(c *keeper.Config) { c.Alone = true })
	s := newSource("story:1")
	n.wantBody("/a", s.render, "page 1")
	n.forget("story:1")
	n.wantForgotten(true)
	n.wantBody("/a", s.render, "page 2")
}
