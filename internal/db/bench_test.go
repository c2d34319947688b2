package db_test

import (
	"context"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"waypost/internal/db"
	"waypost/internal/testkit"
)

// BenchmarkUpdateBy1 writes one row per transaction, one after the other.
func BenchmarkUpdateBy1(b *testing.B) { benchmarkUpdate(b, 1) }

// BenchmarkUpdateBy32 writes as many rows by 32 writers, who share commits.
func BenchmarkUpdateBy32(b *testing.B) { benchmarkUpdate(b, 32) }

func benchmarkUpdate(b *testing.B, writers int) {
	d := testkit.DB(b)
	var next atomic.Int64
	b.ResetTimer()
	var wg sync.WaitGroup
	for range writers {
		wg.Go(func() {
			for n := next.Add(1); n <= int64(b.N); n = next.Add(1) {
				err := d.Update(context.Background(), func(tx *db.Tx) error { return put(tx, strconv.FormatInt(n, 10), "") })
				if err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
}

// BenchmarkView reads one row in a transaction.
func BenchmarkView(b *testing.B) {
	d := testkit.DB(b)
	write(b, d, func(tx *db.Tx) error { return put(tx, "a", "b") })
	for b.Loop() {
		err := d.View(context.Background(), func(tx *db.Tx) error {
			return tx.QueryRow("SELECT value FROM instance WHERE name = $1", "a").Scan(new(string))
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}
