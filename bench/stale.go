//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"waypost/bench/child"
	"waypost/bench/site"
)

// stale measures what it costs to make a page anew that a change has just made
// stale: the questions, the template, the first compression.
//
// It is measured on a copy in memory, where the processor goes from the change to
// the page without waiting for a disk: behind a sync its caches hold what others left
// there, and the figure follows the neighbours. That one is given beside it.
func (b *bench) stale(ctx context.Context) (err error) {
	memory, err := os.MkdirTemp(inMemory(b.folder), "waypost-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(memory)) }()
	swift := b.place("")
	swift.Folder = filepath.Join(memory, "data")
	if err := site.Copy(b.data, swift.Folder); err != nil {
		return err
	}
	story, err := b.staleAt(ctx, swift, b.pages.Story)
	if err != nil {
		return err
	}
	plain, err := b.staleAt(ctx, swift, b.pages.WithoutPath)
	if err != nil {
		return err
	}
	behindSync, err := b.staleAt(ctx, b.place(""), b.pages.Story)
	if err != nil {
		return err
	}
	b.table.add(figure{name: "the same page just made stale: query, render, compress", value: milliseconds(story.Render), unit: " ms", bar: 2, aim: 1,
		note: fmt.Sprintf("with the path behind it; without %.3g ms; right after a sync to the disk %.3g ms; brotli and best gzip, made later: %.3g ms",
			milliseconds(plain.Render), milliseconds(behindSync.Render), milliseconds(story.Best))})
	postgres, err := b.stalePostgres(ctx)
	if err != nil {
		return err
	}
	b.table.add(figure{name: "PostgreSQL ÷ SQLite, stale page CPU", value: float64(postgres.Render) / float64(story.Render), bar: 2, aim: 1.5,
		note: fmt.Sprintf("%.3g ms; CPU of the program alone, not of PostgreSQL", milliseconds(postgres.Render))})
	return nil
}

// inMemory is a folder of a file system in memory, or the one given where there is none.
func inMemory(otherwise string) string {
	const shared = "/dev/shm"
	if info, err := os.Stat(shared); err == nil && info.IsDir() {
		return shared
	}
	return otherwise
}

func (b *bench) staleAt(ctx context.Context, p site.Place, path string) (staleCost, error) {
	return child.Call[staleCost](ctx, "stale", b.cpus.Server, staleOrder{Place: p, Path: path, Blocks: b.times(15), Cycles: 40})
}

func (b *bench) stalePostgres(ctx context.Context) (c staleCost, err error) {
	url, drop, err := b.newDatabase(ctx)
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
	return b.staleAt(ctx, b.place(url), pages.Story)
}

// newDatabase makes a database on the PostgreSQL server there is.
func (b *bench) newDatabase(ctx context.Context) (string, func() error, error) {
	server := os.Getenv(serverVariable)
	if server == "" {
		return "", nil, fmt.Errorf("%s names no server; scripts/with-postgres starts one", serverVariable)
	}
	return site.NewDatabase(ctx, server)
}
