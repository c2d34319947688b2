//go:build linux

package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"waypost/bench/child"
	"waypost/bench/site"
)

// drafts compares saves of what somebody types, as the editor sends them, with one row
// per transaction of the same size.
func (b *bench) drafts(ctx context.Context) error {
	folder := filepath.Join(b.folder, "drafts")
	r, err := child.Call[draftRates](ctx, "drafts", -1, draftOrder{Place: site.Place{Folder: filepath.Join(folder, "data"), Base: "http://" + b.address},
		Bare: filepath.Join(folder, "bare.db"), Rounds: b.times(3), Span: b.span(3 * time.Second)})
	if err != nil {
		return err
	}
	note := fmt.Sprintf("%.0f by %.0f a second; %d writers %.0f; a save has %.0f kB; fsync p50 %.2f ms", r.Alone, r.Bare, writers, r.Shared, float64(r.Bytes)/1000, milliseconds(r.Fsync))
	if r.Fsync < judged {
		note += ", too fast a disk to judge by"
	}
	b.table.add(figure{name: "saves of a text of 3,000 words as it is typed, one writer, request to answer ÷ one row per transaction, SQLite", value: r.Alone / r.Bare,
		bar: 0.5, aim: 0.8, atLeast: true, note: note})
	return nil
}
