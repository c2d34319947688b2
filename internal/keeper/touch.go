package keeper

import (
	"fmt"
	"slices"
	"strings"

	"waypost/internal/db"
)

// pending is what one transaction does to the kept pages.
type pending struct {
	touched   []string
	forgotten []string
	clock     int64
	asked     bool // to be written before the commit
}

// Touch makes the pages of these tags stale when the transaction commits.
func (k *Keeper) Touch(tx *db.Tx, tags ...string) {
	p := k.pending(tx)
	p.touched = append(p.touched, tags...)
}

// Forget drops the pages of these tags when the transaction commits, for what must
// not be seen any more: if they cannot be rendered anew, readers get an error and
// never the old page.
func (k *Keeper) Forget(tx *db.Tx, tags ...string) {
	p := k.pending(tx)
	p.forgotten = append(p.forgotten, tags...)
}

func (k *Keeper) pending(tx *db.Tx) *pending {
	p := tx.Local(k, func() any {
		p := &pending{}
		tx.AfterCommit(func() { k.committed(p) })
		return p
	}).(*pending)
	if !p.asked { // for the first time, or again by what runs before the commit too
		p.asked = true
		tx.BeforeCommit(p.write)
	}
	return p
}

// write notes the tags in the transaction. The clock's row is locked from here to
// the commit, so its values follow the order of the commits on every engine.
func (p *pending) write(tx *db.Tx) error {
	p.asked = false
	slices.Sort(p.forgotten)
	p.forgotten = slices.Compact(p.forgotten)
	slices.Sort(p.touched)
	p.touched = slices.Compact(p.touched)
	if p.clock == 0 {
		err := tx.QueryRow(`UPDATE kept_clock SET value = value + 1 WHERE id = 'clock' RETURNING value`).Scan(&p.clock)
		if err != nil {
			return fmt.Errorf("count the change: %w", err)
		}
	}
	if err := p.note(tx, p.touched, 0); err != nil {
		return err
	}
	return p.note(tx, p.forgotten, p.clock)
}

// atOnce is how many tags a statement notes at most.
const atOnce = 4

func (p *pending) note(tx *db.Tx, tags []string, forgotten int64) error {
	for some := range slices.Chunk(tags, atOnce) {
		rows, args := make([]string, len(some)), []any{p.clock, forgotten}
		for i, tag := range some {
			rows[i] = fmt.Sprintf("($%d, $1, $2)", i+3)
			args = append(args, tag)
		}
		_, err := tx.Exec(`INSERT INTO kept_tags (tag, touched, forgotten) VALUES `+strings.Join(rows, ", ")+`
			ON CONFLICT (tag) DO UPDATE SET touched = excluded.touched,
				forgotten = CASE WHEN excluded.forgotten > 0 THEN excluded.forgotten ELSE kept_tags.forgotten END`, args...)
		if err != nil {
			return fmt.Errorf("touch %q: %w", some, err)
		}
	}
	return nil
}

// committed applies the change here, before the writer is answered.
func (k *Keeper) committed(p *pending) {
	if !k.config.Alone {
		k.follower.own.add(p.clock)
	}
	k.apply(p.touched, false)
	k.apply(p.forgotten, true)
}
