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
	"waypost/bench/proc"
)

// manyLetters go over letterConnections.
const (
	manyLetters       = 10_000
	letterConnections = 10
)

// letters compares durable letters with a bare loop of net/smtp in the same run, by turns:
// the same sink, as many connections, letters of the same size.
func (b *bench) letters(ctx context.Context) error {
	sink, err := child.Begin(ctx, "sink", b.cpus.Load)
	if err != nil {
		return err
	}
	defer func() { _ = sink.End() }() // it has nothing to say any more
	var address string
	if err := sink.Ask(struct{}{}, &address); err != nil {
		return err
	}
	if err := proc.GiveWay(sink.PID); err != nil { // to the reader, whose processor it shares
		return err
	}
	n := manyLetters
	if b.quick {
		n /= 5
	}
	order := letterOrder{Sink: address, Letters: n, Connections: letterConnections}
	var rates, costs, memory []float64
	var ours, bare letterCost
	for round := range b.times(3) {
		if bare, err = child.Call[letterCost](ctx, "bare letters", b.cpus.Server, order); err != nil {
			return err
		}
		order.Folder = filepath.Join(b.folder, fmt.Sprintf("letters-%d", round))
		if ours, err = child.Call[letterCost](ctx, "letters", b.cpus.Server, order); err != nil {
			return err
		}
		rates = append(rates, ours.Rate/bare.Rate)
		costs = append(costs, float64(ours.CPU)/float64(bare.CPU))
		memory = append(memory, float64(ours.Memory)/mebibyte)
		if err := os.RemoveAll(order.Folder); err != nil {
			return err
		}
	}
	fsync, err := proc.Fsync(b.folder)
	if err != nil {
		return err
	}
	what := fmt.Sprintf("%d letters over %d connections ÷ a bare loop of net/smtp", n, letterConnections)
	note := fmt.Sprintf("last round %.0f by %.0f letters/s; fsync p50 %.2f ms", ours.Rate, bare.Rate, milliseconds(fsync))
	b.table.add(figure{name: what + ", rate", value: proc.Median(rates), bar: 0.7, aim: 0.95, atLeast: true, note: note})
	b.table.add(figure{name: what + ", CPU per letter", value: proc.Median(costs), bar: 1.5, aim: 1.15,
		note: fmt.Sprintf("last round %.0f by %.0f µs", float64(ours.CPU.Microseconds()), float64(bare.CPU.Microseconds()))})
	b.table.add(figure{name: "memory (PSS) of the outbox at most while sending them", value: proc.Median(memory), unit: " MiB", bar: 80, aim: 50, note: "with its database, without the rest of the program"})
	return b.readersMeanwhile(ctx, address)
}

// readersMeanwhile asks for a page while the program sends letters and while it does
// not, by turns.
func (b *bench) readersMeanwhile(ctx context.Context, sink string) error {
	var ratios, memory []float64
	var idle, busy reading
	for range b.times(5) {
		var err error
		if idle, err = b.read(ctx); err != nil {
			return err
		}
		if _, err := child.Call[letterCost](ctx, "write letters", -1, letterOrder{Sink: sink, Letters: 4 * manyLetters, Connections: letterConnections, Folder: b.data}); err != nil {
			return err
		}
		if busy, err = b.read(ctx); err != nil {
			return err
		}
		ratios = append(ratios, float64(busy.wait)/float64(max(idle.wait, 1)))
		memory = append(memory, float64(busy.memory)/mebibyte)
	}
	b.table.add(figure{name: "a reader's page while letters are sent ÷ idle, p99", value: proc.Median(ratios), bar: 3, aim: 1.5,
		note: fmt.Sprintf("last round %.2f by %.2f ms; letters, pages and their database share one processor", milliseconds(busy.wait), milliseconds(idle.wait))})
	b.table.add(figure{name: "memory (PSS) of the whole program at most meanwhile", value: proc.Median(memory), unit: " MiB", bar: 80, aim: 50})
	return nil
}

// reading is what one reader and the program they read saw.
type reading struct {
	wait   time.Duration // for nearly every page
	memory int64
}

// read asks the running program for a page for a while.
func (b *bench) read(ctx context.Context) (reading, error) {
	running, err := b.serve(ctx)
	if err != nil {
		return reading{}, err
	}
	watch := watchMemory(running.PID)
	wait, err := child.Call[time.Duration](ctx, "slowest", b.cpus.Load, readOrder{URL: "http://" + b.address + b.pages.Story, Settle: b.span(2 * time.Second), Span: b.span(3 * time.Second)})
	seen := watch()
	return reading{wait, seen.most}, errors.Join(err, running.Stop())
}
