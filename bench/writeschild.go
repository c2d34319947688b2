//go:build linux

package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	_ "modernc.org/sqlite" // the driver of internal/db, for writing without it

	"waypost/bench/proc"
	"waypost/internal/db"
)

// writeOrder asks how many rows a second become durable in a folder.
type writeOrder struct {
	Folder string
	Rounds int
	Span   time.Duration // of each way in a round
}

// writeRates are rows a second, medians of the rounds.
type writeRates struct {
	Single float64 // one row per transaction, SQLite alone
	Shared float64 // many writers through db.Update
	Alone  float64 // one writer through db.Update
	Fsync  time.Duration
}

// insertRow writes one row, of the size that an act of a person leaves.
const insertRow = `INSERT INTO audit (id, at, account_id, act, subject, detail) VALUES ($1, $2, NULL, 'bench.written', 'story:01J', 'a-story-of-that-name')`

func measureWrites(ctx context.Context, o writeOrder) (rates writeRates, err error) {
	if err := os.MkdirAll(o.Folder, 0o700); err != nil {
		return rates, err
	}
	ours, err := migratedDatabase(ctx, filepath.Join(o.Folder, "ours.db"))
	if err != nil {
		return rates, err
	}
	defer func() { err = errors.Join(err, ours.Close()) }()
	bare, err := bareDatabase(ctx, filepath.Join(o.Folder, "bare.db"))
	if err != nil {
		return rates, err
	}
	defer func() { err = errors.Join(err, bare.Close()) }()
	var next atomic.Int64
	through := func() error {
		n := next.Add(1)
		return ours.Update(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(insertRow, fmt.Sprint(n), n)
			return err
		})
	}
	insert, err := bare.PrepareContext(ctx, insertRow)
	if err != nil {
		return rates, err
	}
	directly := func() error {
		n := next.Add(1)
		_, err := insert.ExecContext(ctx, fmt.Sprint(n), n)
		return err
	}
	var single, shared, alone []float64
	for range o.Rounds {
		for _, way := range []struct {
			into    *[]float64
			writers int
			write   func() error
		}{{&single, 1, directly}, {&shared, writers, through}, {&alone, 1, through}} {
			rate, err := rowsPerSecond(o.Span, way.writers, way.write)
			if err != nil {
				return rates, err
			}
			*way.into = append(*way.into, rate)
		}
	}
	rates = writeRates{Single: proc.Median(single), Shared: proc.Median(shared), Alone: proc.Median(alone)}
	rates.Fsync, err = proc.Fsync(o.Folder)
	return rates, err
}

// rowsPerSecond lets some writers write for a while.
func rowsPerSecond(span time.Duration, writers int, write func() error) (float64, error) {
	var rows atomic.Int64
	errs := make([]error, writers)
	began := time.Now()
	var wg sync.WaitGroup
	for i := range writers {
		wg.Go(func() {
			for time.Since(began) < span && errs[i] == nil {
				if errs[i] = write(); errs[i] == nil {
					rows.Add(1)
				}
			}
		})
	}
	wg.Wait()
	return float64(rows.Load()) / time.Since(began).Seconds(), errors.Join(errs...)
}

func migratedDatabase(ctx context.Context, path string) (*db.DB, error) {
	d, err := db.Open(ctx, db.Config{Path: path})
	if err != nil {
		return nil, err
	}
	if err := d.Migrate(ctx, 0); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// bareDatabase is a file of the same schema and settings, opened without internal/db.
func bareDatabase(ctx context.Context, path string) (*sql.DB, error) {
	d, err := migratedDatabase(ctx, path)
	if err != nil {
		return nil, err
	}
	if err := d.Close(); err != nil {
		return nil, err
	}
	bare, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_pragma=cache_size(-2000)")
	if err != nil {
		return nil, err
	}
	bare.SetMaxOpenConns(1)
	return bare, nil
}
