package keeper

import (
	"context"
	"fmt"
	"maps"
	"sync"
	"time"

	"waypost/internal/db"
)

const (
	heartbeat = 10 * time.Second
	nodeAlive = time.Minute // a node silent for longer is taken for gone
)

// follower is how far this node has followed the changes of all nodes.
type follower struct {
	mu      sync.Mutex // held while following
	started bool
	clock   int64
	beat    time.Time

	own own
}

// own is this node's own changes that it has not yet followed, by clock value. Its
// lock is held for no longer than a look, since writers wait for it.
type own struct {
	mu   sync.Mutex
	made map[int64]struct{}
}

func (o *own) add(clock int64) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.made == nil {
		o.made = map[int64]struct{}{}
	}
	o.made[clock] = struct{}{}
}

func (o *own) has(clock int64) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	_, ok := o.made[clock]
	return ok
}

// followed lets go of everything up to clock.
func (o *own) followed(clock int64) {
	o.mu.Lock()
	defer o.mu.Unlock()
	maps.DeleteFunc(o.made, func(c int64, _ struct{}) bool { return c <= clock })
}

type noted struct {
	tag                string
	touched, forgotten int64
}

// Follow applies what other nodes changed since the last call. The first call only
// drops what was rendered before this node began to follow and notes where the clock
// stands: nothing older can be in memory then.
func (k *Keeper) Follow(ctx context.Context) error {
	f := &k.follower
	f.mu.Lock()
	defer f.mu.Unlock()
	var clock int64
	var news []noted
	err := k.config.DB.View(ctx, func(tx *db.Tx) error {
		if err := tx.QueryRow(`SELECT value FROM kept_clock WHERE id = 'clock'`).Scan(&clock); err != nil {
			return err
		}
		if !f.started || clock <= f.clock {
			return nil
		}
		var err error
		news, err = db.List(tx, scanNoted, `SELECT tag, touched, forgotten FROM kept_tags WHERE touched > $1 AND touched <= $2`, f.clock, clock)
		return err
	})
	if err != nil {
		return fmt.Errorf("follow the kept pages: %w", err)
	}
	forgot := k.applyNews(f, news)
	if !f.started || clock < f.clock { // a clock that went back is that of a restored database
		k.forgetAll()
		forgot = true
	}
	f.started, f.clock = true, clock
	f.own.followed(clock)
	return k.beat(ctx, f, forgot)
}

func scanNoted(r db.Row) (noted, error) {
	var n noted
	return n, r.Scan(&n.tag, &n.touched, &n.forgotten)
}

// applyNews skips this node's own changes: they were applied at their commit, which
// came after every other mark of the same tag that they hide. Only that another node
// forgot the tag before is not hidden and still to be done. It reports whether
// anything was forgotten, here or elsewhere.
func (k *Keeper) applyNews(f *follower, news []noted) (forgot bool) {
	for _, n := range news {
		forgot = forgot || n.forgotten > f.clock
		forget := n.forgotten > f.clock && !f.own.has(n.forgotten)
		if forget || !f.own.has(n.touched) {
			k.apply([]string{n.tag}, forget)
		}
	}
	return forgot
}

// beat tells the other nodes how far this one is: now and then, and at once after
// it had to forget something.
func (k *Keeper) beat(ctx context.Context, f *follower, urgent bool) error {
	now := k.config.Clock()
	if !urgent && now.Sub(f.beat) < heartbeat {
		return nil
	}
	err := k.config.DB.Update(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(`INSERT INTO nodes (id, seen_at, clock) VALUES ($1, $2, $3)
			ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at, clock = excluded.clock`, k.config.Node, now.UnixMilli(), f.clock)
		if err != nil {
			return err
		}
		_, err = tx.Exec(`DELETE FROM nodes WHERE seen_at < $1`, now.Add(-nodeAlive).UnixMilli())
		return err
	})
	if err != nil {
		return fmt.Errorf("tell the other nodes: %w", err)
	}
	f.beat = now
	return nil
}

// ForgottenEverywhere reports whether every living node has dropped what was
// forgotten so far; a revocation is done only then.
func (k *Keeper) ForgottenEverywhere(ctx context.Context) (bool, error) {
	behind := true
	err := k.config.DB.View(ctx, func(tx *db.Tx) error {
		return tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM nodes WHERE id <> $1 AND seen_at >= $2
			AND clock < (SELECT coalesce(max(forgotten), 0) FROM kept_tags))`,
			k.config.Node, k.config.Clock().Add(-nodeAlive).UnixMilli()).Scan(&behind)
	})
	if err != nil {
		return false, fmt.Errorf("ask whether all nodes have forgotten: %w", err)
	}
	return !behind, nil
}

// Leave takes this node off the list when it stops.
func (k *Keeper) Leave(ctx context.Context) error {
	return k.config.DB.Update(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(`DELETE FROM nodes WHERE id = $1`, k.config.Node)
		return err
	})
}
