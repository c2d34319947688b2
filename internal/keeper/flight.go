package keeper

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"waypost/internal/problem"
)

const (
	longestRender = 30 * time.Second // ends a render that hangs, so that its page can be tried again
	mostRenders   = 8                // at once: what is half made of many pages would be most of the memory
)

// flight is one running render that any number of readers wait for.
type flight struct {
	entry *entry
	start uint64 // Keeper.seq when it began
	done  chan struct{}
	parts []Part // that the page is made of
	copy  *ready // nil when err is set
	stale bool   // something it was made from changed while it ran
	err   error
}

// Get returns the page of a key, rendering it when there is none or it is stale.
// When rendering fails the old page is returned if there is one, else an
// Unavailable problem; another problem such as "not found" is returned as it is and
// the old page goes.
func (k *Keeper) Get(ctx context.Context, key string, render Render) (*ready, error) {
	if k.config.Off {
		page, err := attempt(ctx, key, render)
		if err != nil {
			return nil, err
		}
		return makeReady(key, page, k.config.Headers)
	}
	if c := k.fresh(key); c != nil {
		return c, nil
	}
	c, err := k.await(ctx, key, render)
	if e, ok := k.kept.Load(key); ok {
		e.(*entry).used.Store(k.now.Load())
	}
	return c, err
}

// await is Get without the look beforehand, and leaves no trace of use.
func (k *Keeper) await(ctx context.Context, key string, render Render) (*ready, error) {
	k.mu.Lock()
	arrived := k.seq
	k.mu.Unlock()
	for {
		c, f, leader := k.board(key, render)
		if c != nil {
			return c, nil
		}
		if leader {
			// The render outlives the reader who started it: others wait for it too.
			go k.fly(context.WithoutCancel(ctx), f, render)
		}
		select {
		case <-f.done:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		// A render that began after this reader came, or that nothing overtook, has
		// every change this reader can know of.
		if f.start >= arrived || !f.stale {
			return f.landed()
		}
	}
}

// landed is what a reader gets of a finished flight.
func (f *flight) landed() (*ready, error) {
	switch {
	case f.err == nil:
		return f.copy, nil
	case final(f.err):
		return nil, f.err
	}
	if old := f.entry.copy.Load(); old != nil {
		return old, nil
	}
	if problem.KindOf(f.err) != 0 {
		return nil, f.err
	}
	return nil, &problem.Problem{Kind: problem.Unavailable, Message: problem.Message{Key: "problem.page"}, Cause: f.err}
}

// final reports that an error is the page's true answer and not a failure to make it.
func final(err error) bool {
	switch problem.KindOf(err) {
	case 0, problem.Unavailable:
		return false
	}
	return true
}

func (k *Keeper) fresh(key string) *ready { return k.freshIn(&k.kept, key) }

func (k *Keeper) freshIn(home *sync.Map, key string) *ready {
	v, ok := home.Load(key)
	if !ok {
		return nil
	}
	e := v.(*entry)
	c := e.fresh()
	if c == nil {
		return nil
	}
	now := k.now.Load()
	if c.until != 0 && now >= c.until {
		c.stale.Store(true)
		return nil
	}
	if e.used.Load() != now {
		e.used.Store(now)
	}
	return c
}

// board gives the copy if it became fresh meanwhile, joins the running flight of a
// key, or starts one and says so.
func (k *Keeper) board(key string, render Render) (*ready, *flight, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	v, ok := k.kept.Load(key)
	if !ok {
		v = &entry{key: key, home: &k.kept}
		v.(*entry).used.Store(k.now.Load())
		k.kept.Store(key, v)
	}
	e := v.(*entry)
	if c := e.fresh(); c != nil {
		return c, nil, false
	}
	if e.flight != nil {
		return nil, e.flight, false
	}
	e.render = render
	e.flight = &flight{entry: e, start: k.seq, done: make(chan struct{})}
	k.flying[e.flight] = struct{}{}
	return nil, e.flight, true
}

// fly renders and lands.
func (k *Keeper) fly(ctx context.Context, f *flight, render Render) {
	ctx, cancel := context.WithTimeout(ctx, longestRender)
	defer cancel()
	page, err := k.make(ctx, f, render)
	k.stats.renders.Add(1)
	f.err = err
	if err != nil && !final(err) {
		k.stats.failures.Add(1)
		k.config.Log.Error("page cannot be rendered", "page", f.entry.key, "error", err)
	}
	k.land(f, page.Tags)
}

// make renders and compresses when it is its turn.
func (k *Keeper) make(ctx context.Context, f *flight, render Render) (page Page, err error) {
	select {
	case k.turns <- struct{}{}:
		defer func() { <-k.turns }()
	case <-ctx.Done():
		return page, ctx.Err()
	}
	if page, err = attempt(context.WithValue(ctx, flying{}, f), f.entry.key, render); err == nil {
		page = f.whole(page)
		f.copy, err = makeReady(f.entry.key, page, k.config.Headers)
		if page.Done != nil {
			page.Done()
		}
	}
	return page, err
}

// land keeps the result of a flight unless it must not be seen any more.
func (k *Keeper) land(f *flight, tags []string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	defer close(f.done)
	e, forgotten := f.entry, false
	e.flight = nil
	f.stale, forgotten = k.overtaken(f, tags)
	delete(k.flying, f)
	k.forgetChanges()
	now := k.config.Clock()
	switch {
	case f.err == nil && !forgotten:
		f.copy.made = now
		f.copy.stale.Store(f.stale)
		e.retry.Store(0)
		k.store(e, f.copy, tags)
	case f.err == nil || final(f.err):
		k.drop(e)
	case e.copy.Load() == nil:
		k.kept.Delete(e.key)
	default:
		e.retry.Store(now.Add(patience).UnixMilli())
	}
}

func attempt(ctx context.Context, key string, render Render) (p Page, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic while rendering %s: %v\n%s", key, r, debug.Stack())
		}
	}()
	return render(ctx)
}

// overtaken reports whether a tag changed, or was forgotten, since a flight began.
// What a failed render was made from is not known, so any change overtakes it.
func (k *Keeper) overtaken(f *flight, tags []string) (stale, forgotten bool) {
	for _, c := range k.recent {
		if c.seq > f.start && (c.all || f.err != nil || slices.Contains(tags, c.tag)) {
			stale = true
			forgotten = forgotten || c.forget
		}
	}
	return stale, forgotten
}

// forgetChanges lets go of the changes that came before every running flight.
func (k *Keeper) forgetChanges() {
	oldest := k.seq
	for f := range k.flying {
		oldest = min(oldest, f.start)
	}
	k.recent = slices.DeleteFunc(k.recent, func(c change) bool { return c.seq <= oldest })
}
