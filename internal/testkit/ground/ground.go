// Package ground is what a feature stands on, for its tests: a fresh database, a
// clock that moves when told, identifiers, jobs and kept pages. It tells which
// kept pages a change made stale and which it dropped. Only tests import it.
package ground

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"waypost/internal/clock"
	"waypost/internal/db"
	"waypost/internal/id"
	"waypost/internal/jobs"
	"waypost/internal/keeper"
	"waypost/internal/testkit"
)

// Start is the moment at which every ground's clock stands at first.
func Start() time.Time { return time.Date(2026, time.May, 4, 9, 30, 0, 0, time.UTC) }

// Ground is the machinery under a feature.
type Ground struct {
	DB     *db.DB
	IDs    *id.Source
	Clock  *clock.Fake
	Jobs   *jobs.Queue
	Keeper *keeper.Keeper

	kept int // pages that Effects has kept so far
}

// Each runs a test on each engine, with a ground of its own.
func Each(t *testing.T, test func(t *testing.T, g *Ground)) {
	t.Helper()
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) { test(t, On(d)) })
}

// On puts a ground over an open database.
func On(d *db.DB) *Ground {
	g := &Ground{DB: d, Clock: clock.NewFake(Start())}
	log := slog.New(slog.DiscardHandler)
	g.IDs = id.NewSource(g.Clock.Now)
	g.Jobs = jobs.New(d, g.IDs, g.Clock.Now, log)
	g.Keeper = keeper.New(keeper.Config{DB: d, Node: "test", Alone: true, MaxBytes: 64 << 20, Clock: g.Clock.Now, Log: log})
	return g
}

// Update runs fn in a transaction and fails the test with its error.
func (g *Ground) Update(t testing.TB, fn func(tx *db.Tx) error) {
	t.Helper()
	if err := g.DB.Update(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// View reads, and fails the test with fn's error.
func (g *Ground) View(t testing.TB, fn func(tx *db.Tx) error) {
	t.Helper()
	if err := g.DB.View(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// Work does the jobs that are due, fails the test if one went wrong, and returns
// how many there were.
func (g *Ground) Work(t testing.TB) int {
	t.Helper()
	n, err := g.Jobs.Work(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	g.View(t, func(tx *db.Tx) error {
		wrong, err := db.List(tx, db.Value[string], `SELECT kind || ': ' || error FROM jobs WHERE state <> 'done' AND error <> ''`)
		for _, w := range wrong {
			t.Errorf("job went wrong: %s", w)
		}
		return err
	})
	return n
}

// Effect is what a change did to the kept page of a tag.
type Effect string

// The effects.
const (
	Fresh     Effect = "fresh"
	Stale     Effect = "stale"     // rendered again; the old bytes stay until that works
	Forgotten Effect = "forgotten" // the old bytes are gone
)

// Effects keeps a page for each tag, makes a change and tells what became of the
// pages that are not fresh any more.
func (g *Ground) Effects(t testing.TB, tags []string, change func()) map[string]Effect {
	t.Helper()
	g.kept++
	key := func(tag string) string { return fmt.Sprintf("/%d/%s", g.kept, tag) }
	for _, tag := range tags {
		page := keeper.Page{ContentType: "text/plain", Body: []byte(tag), Tags: []string{tag}}
		_, err := g.Keeper.Get(t.Context(), key(tag), func(context.Context) (keeper.Page, error) { return page, nil })
		if err != nil {
			t.Fatal(err)
		}
	}
	change()
	effects := map[string]Effect{}
	for _, tag := range tags {
		if e := g.effect(t.Context(), key(tag)); e != Fresh {
			effects[tag] = e
		}
	}
	return effects
}

// effect asks for a page with a render that fails: what is answered then is old.
func (g *Ground) effect(ctx context.Context, key string) Effect {
	rendered := false
	_, err := g.Keeper.Get(ctx, key, func(context.Context) (keeper.Page, error) {
		rendered = true
		return keeper.Page{}, errors.New("fails to tell old bytes from none")
	})
	switch {
	case err != nil:
		return Forgotten
	case rendered:
		return Stale
	}
	return Fresh
}
