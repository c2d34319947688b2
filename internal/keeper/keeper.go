package keeper

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"waypost/internal/clock"
	"waypost/internal/db"
)

// Page is what a render gives.
type Page struct {
	ContentType string
	Body        []byte
	Tags        []string  // what the page was made from
	Header      []Header  // besides those every page has, such as Link
	Until       time.Time // when it is stale by itself; zero: never
	Done        func()    // called when the body is not read any more; may be nil
}

// Header is one response header, ready to be set.
type Header struct {
	Name  string // in canonical form
	Value []string
}

// Render makes a page from the database. It must begin reading after it is called.
type Render func(ctx context.Context) (Page, error)

// Config says how a Keeper works.
type Config struct {
	DB       *db.DB
	Node     string // this process's identifier
	Alone    bool   // no other process shares the database, so there is nobody to follow
	MaxBytes int64  // of kept pages and their parts, all encodings together
	Headers  []Header
	Off      bool // render at each request and keep nothing, for development
	Clock    clock.Clock
	Log      *slog.Logger
}

// Keeper keeps rendered pages. It is safe for use by many goroutines.
type Keeper struct {
	config Config
	kept   sync.Map      // key → *entry
	parts  sync.Map      // key → *entry, of what pages are made of
	turns  chan struct{} // one for each render that runs

	mu     sync.Mutex
	byTag  map[string]map[*entry]struct{}
	bytes  int64    // of pages and parts
	inPart int64    // of parts
	seq    uint64   // counts the changes this node has heard of
	recent []change // those after the start of the oldest running flight
	flying map[*flight]struct{}

	follower follower
	stats    stats
	now      atomic.Int64 // Unix seconds at the last round, for the order of falling out
}

// change is what happened to a tag, or to all, while some render was running.
type change struct {
	seq    uint64
	tag    string
	all    bool
	forget bool
}

// entry is one address, or one part of pages. Its copy is nil until it is rendered, and after Forget.
type entry struct {
	key  string
	home *sync.Map // where it is by its key
	copy atomic.Pointer[ready]
	used atomic.Int64 // by a reader, in Unix seconds
	// retry is when Polish may try again after a failure, in Unix milliseconds.
	retry atomic.Int64

	// guarded by Keeper.mu
	tags   []string
	flight *flight
	render Render
}

// fresh is the entry's copy unless it is stale.
func (e *entry) fresh() *ready {
	if c := e.copy.Load(); c != nil && !c.stale.Load() {
		return c
	}
	return nil
}

type stats struct{ hits, renders, failures, evicted atomic.Int64 }

// Stats counts what the keeper did since it was made.
type Stats struct {
	Hits, Renders, Failures, Evicted int64
	Bytes                            int64
	Pages                            int
}

// New is an empty keeper.
func New(c Config) *Keeper {
	k := &Keeper{config: c, byTag: map[string]map[*entry]struct{}{}, flying: map[*flight]struct{}{}, turns: make(chan struct{}, mostRenders)}
	k.now.Store(c.Clock().Unix())
	return k
}

// Stats reads the counters.
func (k *Keeper) Stats() Stats {
	s := Stats{Hits: k.stats.hits.Load(), Renders: k.stats.renders.Load(), Failures: k.stats.failures.Load(), Evicted: k.stats.evicted.Load()}
	k.kept.Range(func(any, any) bool { s.Pages++; return true })
	k.mu.Lock()
	s.Bytes = k.bytes
	k.mu.Unlock()
	return s
}

// apply makes the pages of these tags stale on this node, or drops their bytes.
func (k *Keeper) apply(tags []string, forget bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.seq++
	for _, tag := range tags {
		if len(k.flying) > 0 {
			k.recent = append(k.recent, change{seq: k.seq, tag: tag, forget: forget})
		}
		for e := range k.byTag[tag] {
			k.spoil(e, forget)
		}
	}
}

// forgetAll drops every page, and what renders that are running will bring.
func (k *Keeper) forgetAll() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.seq++
	if len(k.flying) > 0 {
		k.recent = append(k.recent, change{seq: k.seq, all: true, forget: true})
	}
	for _, home := range k.homes() {
		home.Range(func(_, v any) bool {
			k.spoil(v.(*entry), true)
			return true
		})
	}
}

func (k *Keeper) spoil(e *entry, forget bool) {
	c := e.copy.Load()
	if c == nil {
		return
	}
	c.stale.Store(true)
	if forget {
		k.drop(e)
	}
}

// drop lets go of an entry's bytes and tags.
func (k *Keeper) drop(e *entry) {
	k.replace(e, nil, nil)
	if e.flight == nil {
		e.home.Delete(e.key)
	}
}

// replace puts a copy in the place of an entry's, nil for none.
func (k *Keeper) replace(e *entry, c *ready, tags []string) {
	if old := e.copy.Swap(c); old != nil {
		k.count(e, -old.size())
	}
	for _, tag := range e.tags {
		delete(k.byTag[tag], e)
		if len(k.byTag[tag]) == 0 {
			delete(k.byTag, tag)
		}
	}
	e.tags = tags
	if c != nil {
		k.count(e, c.size())
	}
	for _, tag := range tags {
		if k.byTag[tag] == nil {
			k.byTag[tag] = map[*entry]struct{}{}
		}
		k.byTag[tag][e] = struct{}{}
	}
}

// count notes that an entry holds more bytes than before, or fewer.
func (k *Keeper) count(e *entry, more int64) {
	k.bytes += more
	if e.home == &k.parts {
		k.inPart += more
	}
}

// store puts a rendered page into its entry and makes room for it.
func (k *Keeper) store(e *entry, c *ready, tags []string) {
	k.replace(e, c, tags)
	k.makeRoom(e)
}

// Round is the time between two looks at other nodes' changes, and at what readers
// would otherwise wait for.
const Round = 400 * time.Millisecond

// Run follows and polishes until ctx ends. Following does not wait for polishing,
// which may have much to compress.
func (k *Keeper) Run(ctx context.Context) {
	var wg sync.WaitGroup
	if !k.config.Alone {
		wg.Go(func() {
			everyRound(ctx, func() {
				if err := k.Follow(ctx); err != nil && ctx.Err() == nil {
					k.config.Log.Warn("kept pages cannot follow the database", "error", err)
				}
			})
		})
	}
	wg.Go(func() { everyRound(ctx, func() { k.Polish(ctx) }) })
	wg.Wait()
}

func everyRound(ctx context.Context, do func()) {
	tick := time.NewTicker(Round)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			do()
		}
	}
}
