//go:build linux

package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"waypost/bench/child"
)

// writers is how many goroutines write at a time.
const writers = 32

// judged is the least fsync of a disk on which ratios to it mean something.
const judged = 300 * time.Microsecond

// writes compares writers who share commits with one row per transaction.
func (b *bench) writes(ctx context.Context) error {
	r, err := child.Call[writeRates](ctx, "writes", -1, writeOrder{Folder: filepath.Join(b.folder, "writes"), Rounds: b.times(3), Span: b.span(3 * time.Second)})
	if err != nil {
		return err
	}
	note := fmt.Sprintf("%.0f by %.0f rows/s; one writer through db.Update %.0f; fsync p50 %.2f ms", r.Shared, r.Single, r.Alone, milliseconds(r.Fsync))
	if r.Fsync < judged {
		note += ", too fast a disk to judge by"
	}
	b.table.add(figure{name: fmt.Sprintf("durable single-row writes by %d writers ÷ one row per transaction, SQLite", writers), value: r.Shared / r.Single,
		bar: 3, aim: 8, atLeast: true, note: note})
	return nil
}
