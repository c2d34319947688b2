package keeper

import (
	"context"
	"slices"
	"sync"
	"time"
)

// Part is a piece of a page with tags of its own; the page has them too.
type Part struct {
	Value any   // never changed
	Bytes int64 // that it holds, roughly
	Tags  []string
	Until time.Time // when it is stale by itself; zero: never
}

// shareOfParts is which share of the memory parts may hold: a page in gzip is a small
// part of what it is made of.
const shareOfParts = 8

type flying struct{}

// Part returns a piece of the page that is being rendered in ctx, so that a change of
// the rest does not make it anew. It is kept as pages are: touched and forgotten by its
// tags. What it depends on has one of these or is in its key.
//
// Make reads in the page's own transaction. What has no value is not kept, and neither is
// anything outside of a render or of a page that was not made before: most pages never
// change.
func (k *Keeper) Part(ctx context.Context, key string, make func() (Part, error)) (Part, error) {
	f, ok := ctx.Value(flying{}).(*flight)
	if !ok {
		return make()
	}
	if c := k.freshIn(&k.parts, key); c != nil {
		f.parts = append(f.parts, *c.part)
		return *c.part, nil
	}
	p, err := make()
	if err == nil && p.Value != nil {
		f.parts = append(f.parts, p)
		if f.entry.copy.Load() != nil {
			k.keepPart(f, key, p)
		}
	}
	return p, err
}

// whole gives a page the tags of its parts, each once, and their end.
func (f *flight) whole(p Page) Page {
	tags := slices.Clone(p.Tags)
	for _, part := range f.parts {
		tags = append(tags, part.Tags...)
		if p.Until.IsZero() || !part.Until.IsZero() && part.Until.Before(p.Until) {
			p.Until = part.Until
		}
	}
	slices.Sort(tags)
	p.Tags = slices.Clone(slices.Compact(tags))
	return p
}

// keepPart keeps what a page's render made, unless something changed since that began.
func (k *Keeper) keepPart(f *flight, key string, p Part) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if stale, _ := k.overtaken(f, p.Tags); stale {
		return
	}
	v, ok := k.parts.Load(key)
	if !ok {
		v = &entry{key: key, home: &k.parts}
		k.parts.Store(key, v)
	}
	e := v.(*entry)
	e.used.Store(k.now.Load())
	k.store(e, &ready{part: &p, until: untilOf(p.Until), weight: weigh(key, p.Tags) + p.Bytes}, p.Tags)
}

// untilOf is the Unix second from which something is stale by itself, 0 for never.
func untilOf(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Add(time.Second - 1).Unix()
}

// homes are where entries are: of pages and of parts.
func (k *Keeper) homes() [2]*sync.Map { return [2]*sync.Map{&k.kept, &k.parts} }
