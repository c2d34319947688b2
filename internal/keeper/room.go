package keeper

import (
	"context"
	"slices"
	"time"
)

// makeRoom lets the pages unused for longest fall out until a tenth of the bound
// is free, so that it happens seldom. The page just stored stays, unless it is
// larger than the bound by itself.
func (k *Keeper) makeRoom(stored *entry) {
	if k.bytes <= k.config.MaxBytes {
		return
	}
	type old struct {
		e    *entry
		used int64
	}
	var all []old
	k.kept.Range(func(_, v any) bool {
		if e := v.(*entry); e != stored && e.copy.Load() != nil {
			all = append(all, old{e, e.used.Load()})
		}
		return true
	})
	slices.SortFunc(all, func(a, b old) int { return int(a.used - b.used) })
	for _, o := range all {
		if k.bytes <= k.config.MaxBytes/10*9 {
			return
		}
		k.evict(o.e)
	}
	if k.bytes > k.config.MaxBytes {
		k.evict(stored)
	}
}

func (k *Keeper) evict(e *entry) {
	k.drop(e)
	k.stats.evicted.Add(1)
}

const (
	settled   = 2 * time.Second  // a page unchanged for this long is worth the best compression
	patience  = 10 * time.Second // between tries to render a page that fails
	perRound  = 64               // pages that one round renders or compresses, so that it ends soon
	interests = time.Hour        // a stale page unused for longer is left until somebody asks
)

// Polish renders stale pages that readers use, so that nobody waits, and gives
// settled pages their best compression. Only pages in memory are made again.
func (k *Keeper) Polish(ctx context.Context) {
	now := k.config.Clock()
	k.now.Store(now.Unix())
	for _, e := range k.due(now) {
		if ctx.Err() != nil {
			return
		}
		c := e.copy.Load()
		if c == nil {
			continue
		}
		if c.stale.Load() {
			k.mu.Lock()
			render := e.render
			k.mu.Unlock()
			_, _ = k.await(ctx, e.key, render) // reported where it failed
			continue
		}
		k.compressBest(e, c)
	}
}

// due lists some of the pages that Polish has something to do for.
func (k *Keeper) due(now time.Time) []*entry {
	var list []*entry
	k.kept.Range(func(_, v any) bool {
		e := v.(*entry)
		c := e.copy.Load()
		if c == nil {
			return true
		}
		age := now.Sub(c.made)
		if c.stale.Load() {
			used := now.Unix()-e.used.Load() < int64(interests.Seconds())
			if used && age >= settled && now.UnixMilli() >= e.retry.Load() {
				list = append(list, e)
			}
		} else if !c.polished.Load() && age >= settled {
			list = append(list, e)
		}
		return len(list) < perRound
	})
	return list
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
	k.bytes -= c.size()
	c.gzip.Store(gz)
	c.brotli.Store(br)
	k.bytes += c.size()
	k.makeRoom(e)
}
