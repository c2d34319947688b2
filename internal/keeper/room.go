package keeper

import (
	"context"
	"slices"
	"sync"
	"time"
)

// makeRoom lets the parts, and then the pages, unused for longest fall out until a tenth
// of the bound is free, so that it happens seldom. What was just stored stays, unless it
// is larger than the bound by itself.
func (k *Keeper) makeRoom(stored *entry) {
	k.shrink(&k.parts, &k.inPart, k.config.MaxBytes/shareOfParts, stored)
	k.shrink(&k.kept, &k.bytes, k.config.MaxBytes, stored)
}

func (k *Keeper) shrink(home *sync.Map, bytes *int64, most int64, stored *entry) {
	if *bytes <= most {
		return
	}
	type old struct {
		e    *entry
		used int64
	}
	var all []old
	home.Range(func(_, v any) bool {
		if e := v.(*entry); e != stored && e.copy.Load() != nil {
			all = append(all, old{e, e.used.Load()})
		}
		return true
	})
	slices.SortFunc(all, func(a, b old) int { return int(a.used - b.used) })
	for _, o := range all {
		if *bytes <= most/10*9 {
			return
		}
		k.evict(o.e)
	}
	if *bytes > most && stored.home == home {
		k.evict(stored)
	}
}

func (k *Keeper) evict(e *entry) {
	k.drop(e)
	k.stats.evicted.Add(1)
}

const (
	settled      = 2 * time.Second  // a page unchanged for this long is worth the best compression
	patience     = 10 * time.Second // between tries to render a page that fails
	perRound     = 64               // pages that one round renders or compresses, so that it ends soon
	longestRound = time.Second      // of compressing, so that pages made stale meanwhile do not wait
	interests    = time.Hour        // a stale page unused for longer is left until somebody asks
)

// Polish renders stale pages that readers use, so that nobody waits, and then gives
// settled pages their best compression, for as long as a round may take. Only pages
// in memory are made again.
func (k *Keeper) Polish(ctx context.Context) {
	now := k.config.Clock()
	k.now.Store(now.Unix())
	stale, settled := k.due(now)
	for _, e := range stale {
		if ctx.Err() != nil {
			return
		}
		k.mu.Lock()
		render := e.render
		k.mu.Unlock()
		_, _ = k.await(ctx, e.key, render) // reported where it failed
	}
	for _, e := range settled {
		if ctx.Err() != nil || k.config.Clock().Sub(now) > longestRound {
			return
		}
		if c := e.copy.Load(); c != nil {
			k.compressBest(e, c)
		}
	}
}

// due lists some of the pages that Polish has something to do for.
func (k *Keeper) due(now time.Time) (stale, ready []*entry) {
	k.kept.Range(func(_, v any) bool {
		e := v.(*entry)
		c := e.copy.Load()
		if c == nil || now.Sub(c.made) < settled {
			return true
		}
		used := now.Unix()-e.used.Load() < int64(interests.Seconds())
		switch {
		case c.stale.Load() && used && now.UnixMilli() >= e.retry.Load():
			stale = append(stale, e)
		case !c.stale.Load() && !c.polished.Load():
			ready = append(ready, e)
		}
		return len(stale)+len(ready) < perRound
	})
	return stale, ready
}

func (k *Keeper) compressBest(e *entry, c *ready) {
	c.polished.Store(true)
	gz, br, err := c.best()
	if err != nil {
		k.config.Log.Error("page cannot be compressed", "page", e.key, "error", err)
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if gz == nil || e.copy.Load() != c { // not worth it, or fallen out meanwhile
		return
	}
	before := c.size()
	c.gzip.Store(gz)
	c.brotli.Store(br)
	k.count(e, c.size()-before)
	k.makeRoom(e)
}
