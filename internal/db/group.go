package db

import (
	"context"
	"errors"
	"fmt"
)

// maxGroup bounds how many closures share one transaction, and so how long the
// first of them waits for the rest.
const maxGroup = 256

// mostFailed is how many closures may fail in a transaction before it ends: they are
// answered at once and may come again, and those that succeeded wait for the commit.
const mostFailed = 32

// errShared is what the closures of a group get when the transaction was lost to
// one of them, such as a full disk that one write met; they run again.
var errShared = errors.New("db: the shared transaction was lost to another change")

// errCut stands for the result of a closure that ended by a panic.
var errCut = errors.New("db: the closure did not return")

// group runs waiting closures in one transaction, a savepoint for each after the first, and commits
// once: many writers share one fsync. Its goroutine gives the connection to one
// closure after the other; each runs on its caller's own goroutine, so that a panic
// goes where it belongs with its stack.
type group struct {
	conn    *conn
	waiting chan *write
	held    *write // what came for a transaction of others and has to wait for its end
	stopped chan struct{}
}

// write is one caller's closure on its way through a group. The group and the
// caller take turns with it, in the order of its channels.
type write struct {
	ctx  context.Context // the caller's
	tx   *Tx
	err  error         // what undid it
	turn chan struct{} // closed: the caller may run its closure
	ran  chan struct{} // closed: it has
	done chan struct{} // closed: err is final, and without one the change is on disk

	alone func() error // runs outside any transaction, instead of a closure
}

func startGroup(c *conn) *group {
	g := &group{conn: c, waiting: make(chan *write, maxGroup), stopped: make(chan struct{})}
	go g.loop()
	return g
}

// update waits for its turn, runs fn and waits for the outcome. From its turn on it
// does not give up when ctx ends, so that what it returns is what is on disk.
func (g *group) update(ctx context.Context, fn func(*Tx) error) error {
	w := &write{ctx: ctx, turn: make(chan struct{}), ran: make(chan struct{}), done: make(chan struct{})}
	// An interrupted statement would undo the whole transaction with other
	// callers' changes in it, so statements do not end with the caller's context.
	w.tx = &Tx{engine: SQLite, run: g.conn, ctx: context.WithoutCancel(ctx)}
	g.waiting <- w
	select {
	case <-w.turn:
		w.run(fn)
	case <-w.done: // its turn did not come
	}
	if w.err != nil {
		return w.err
	}
	w.tx.committed()
	return nil
}

// run calls fn and returns, or panics on, once its fate is known.
func (w *write) run(fn func(*Tx) error) {
	defer func() {
		close(w.ran)
		<-w.done
	}()
	w.err = errCut
	w.err = w.tx.complete(fn)
}

// take gives the caller their turn and waits until the closure has run.
func (w *write) take() {
	close(w.turn)
	<-w.ran
}

func (w *write) finish(err error) {
	w.err = err
	close(w.done)
}

// stop ends the goroutine and closes the connection. Nobody may call update then.
func (g *group) stop() error {
	close(g.waiting)
	<-g.stopped
	return g.conn.close()
}

func (g *group) loop() {
	defer close(g.stopped)
	for first := range g.waiting {
		for ; first != nil; first, g.held = g.held, nil {
			if first.alone != nil {
				first.finish(first.alone())
			} else {
				g.commit(first)
			}
		}
	}
}

// runOutside runs what cannot be in a transaction, when no closure runs.
func (g *group) runOutside(ctx context.Context, fn func(*conn) error) error {
	w := &write{ctx: ctx, done: make(chan struct{})}
	w.alone = func() error { return fn(g.conn) }
	g.waiting <- w
	<-w.done
	return w.err
}

// commit runs first and everything that waits by then in one transaction. First alone
// has no savepoint: when it fails, nothing else is in the transaction yet.
func (g *group) commit(first *write) {
	if first.err = first.ctx.Err(); first.err != nil {
		first.finish(first.err)
		return
	}
	if err := g.exec("BEGIN IMMEDIATE"); err != nil {
		_ = g.conn.rollback() // in case an earlier one failed
		first.finish(fmt.Errorf("begin writing: %w", err))
		return
	}
	if first.take(); first.err != nil {
		_ = g.conn.rollback() // fails where SQLite has already left the transaction by itself
		first.finish(first.err)
		return
	}
	kept, broken := g.runMore(first)
	if broken == nil {
		if err := g.exec("COMMIT"); err != nil {
			broken = fmt.Errorf("commit: %w", err)
		}
	}
	if broken != nil {
		_ = g.conn.rollback()
	}
	for _, w := range kept {
		w.finish(broken)
	}
}

// runMore runs what waits after first, answers those that failed, and returns the rest
// with first; with an error when the transaction is lost to all of them.
func (g *group) runMore(first *write) (kept []*write, broken error) {
	kept = append(kept, first)
	failed := 0
	for n := 1; failed < mostFailed; n++ {
		w := g.next(n)
		if w == nil {
			return kept, nil
		}
		lost := g.runOne(w)
		if w.err == nil {
			kept = append(kept, w)
		} else {
			w.finish(w.err)
			failed++
		}
		if lost {
			return kept, errShared
		}
	}
	return kept, nil
}

// next is a closure that waits already, or nil.
func (g *group) next(have int) *write {
	if have >= maxGroup {
		return nil
	}
	select {
	case w := <-g.waiting:
		if w != nil && w.alone != nil {
			g.held = w
			return nil
		}
		return w
	default:
		return nil
	}
}

// runOne runs a closure in its savepoint and leaves its own error in it, which
// undoes the savepoint only. It reports whether the whole transaction is lost.
func (g *group) runOne(w *write) (lost bool) {
	if w.err = w.ctx.Err(); w.err != nil {
		return false
	}
	if w.err = g.exec("SAVEPOINT one"); w.err != nil {
		return true
	}
	if w.take(); w.err != nil {
		// Where SQLite has left the transaction there is no savepoint to go back to.
		return g.exec("ROLLBACK TO one") != nil || g.exec("RELEASE one") != nil
	}
	w.err = g.exec("RELEASE one")
	return w.err != nil
}

func (g *group) exec(statement string) error {
	_, err := g.conn.ExecContext(context.Background(), statement)
	return err
}
