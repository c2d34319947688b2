package pathing

import (
	"context"
	"fmt"
	"slices"

	"waypost/internal/datadir"
	"waypost/paths"
	"waypost/paths/sealed"
)

// Take puts the ring in force: the keys given as a setting, those of the folder, and last,
// for what it protected before there were others, a key that follows from the instance
// key.
func (k *Pathing) Take() error {
	kept, err := k.Dir.PathsKeys()
	if err != nil {
		return fmt.Errorf("read the keys of paths: %w", err)
	}
	keys := slices.Concat(k.Given, kept)
	ring, err := sealed.NewRing(append(keys, k.Instance.Derive("paths: what wraps members' keys", sealed.KeySize))...)
	if err != nil {
		return err
	}
	k.Paths.Rings.Put(ring)
	return nil
}

// Settle protects by the newest key what an older one still does: at each start, as a
// rotation may have been cut off, or a backup from before it restored.
func (k *Pathing) Settle(ctx context.Context) error {
	n, err := k.Paths.Rewrap(ctx)
	if err != nil {
		return fmt.Errorf("protect paths by the newest key: %w", err)
	}
	if n.Anew > 0 {
		k.Log.Info("paths are protected by another key now", "members", n.Anew)
	}
	if n.Lost > 0 {
		k.Log.Error("the key that protects some paths is not here: put it back into "+k.Dir.Join(datadir.PathsKeyName)+" or WAYPOST_PATHS_KEYS, else nobody can read them", "members", n.Lost)
	}
	return nil
}

// Rotated says what a rotation did.
type Rotated struct {
	paths.Rewrapped
	File string // that holds the new key now; empty where the keys are a setting
}

// Rotate protects all paths by a new key, or by the first one of the setting.
func (k *Pathing) Rotate(ctx context.Context) (Rotated, error) {
	var done Rotated
	if len(k.Given) == 0 {
		if err := k.Dir.AddPathsKey(); err != nil {
			return done, err
		}
		if err := k.Take(); err != nil {
			return done, err
		}
		done.File = k.Dir.Join(datadir.PathsKeyName)
	}
	var err error
	if done.Rewrapped, err = k.Paths.Rewrap(ctx); err != nil || done.Anew == 0 {
		return done, err
	}
	return done, k.DB.Update(ctx, k.Scrub) // what an older key wraps is in no free page then
}
