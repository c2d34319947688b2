//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"waypost/bench/child"
	"waypost/bench/site"
)

// stale measures what it costs to make a page anew that a change has just made
// stale: the questions, the template, the first compression.
func (b *bench) stale(ctx context.Context) error {
	sqlite, err := b.staleAt(ctx, b.place(""), b.pages)
	if err != nil {
		return err
	}
	b.table.add(figure{name: "the same page just made stale: query, render, compress", value: milliseconds(sqlite.story.Render), unit: " ms", bar: 2, aim: 1,
		note: fmt.Sprintf("with the path behind it; without %.3g ms; brotli and best gzip, made later: %.3g ms",
			milliseconds(sqlite.plain.Render), milliseconds(sqlite.story.Best))})
	postgres, err := b.stalePostgres(ctx)
	if err != nil {
		return err
	}
	b.table.add(figure{name: "PostgreSQL ÷ SQLite, stale page CPU", value: float64(postgres.story.Render) / float64(sqlite.story.Render), bar: 2, aim: 1.5,
		note: fmt.Sprintf("%.3g ms; CPU of the program alone, not of PostgreSQL", milliseconds(postgres.story.Render))})
	return nil
}

// staleCosts are those of a story with its path and of one without.
type staleCosts struct{ story, plain staleCost }

func (b *bench) staleAt(ctx context.Context, p site.Place, pages site.Pages) (c staleCosts, err error) {
	for path, into := range map[string]*staleCost{pages.Story: &c.story, pages.WithoutPath: &c.plain} {
		*into, err = child.Call[staleCost](ctx, "stale", b.cpus.Server, staleOrder{Place: p, Path: path, Blocks: b.times(15), Cycles: 40})
		if err != nil {
			return c, err
		}
	}
	return c, nil
}

func (b *bench) stalePostgres(ctx context.Context) (c staleCosts, err error) {
	server := os.Getenv(serverVariable)
	if server == "" {
		return c, fmt.Errorf("%s names no server; scripts/with-postgres starts one", serverVariable)
	}
	url, drop, err := site.NewDatabase(ctx, server)
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, drop()) }()
	began := time.Now()
	pages, err := b.fill(ctx, b.place(url))
	if err != nil {
		return c, err
	}
	b.say("wrote the stories into PostgreSQL in %s", time.Since(began).Round(time.Second))
	return b.staleAt(ctx, b.place(url), pages)
}
