//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"waypost/bench/child"
	"waypost/bench/load"
	"waypost/bench/proc"
)

// idleAfter is how long after the first page the idle memory is read: by then that
// page has been compressed for good.
const idleAfter = 6 * time.Second

// memory reads the program's memory while nobody reads, and while 256 connections
// ask for every page.
func (b *bench) memory(ctx context.Context) (err error) {
	running, err := b.serve(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, running.Stop()) }()
	time.Sleep(b.span(idleAfter))
	idle, err := proc.PSS(running.PID)
	if err != nil {
		return err
	}
	b.table.add(figure{name: "memory (PSS), idle", value: float64(idle) / mebibyte, unit: " MiB", bar: 40, aim: 25,
		note: fmt.Sprintf("%s after the first page", b.span(idleAfter))})

	span := b.span(time.Minute)
	order := load.Order{Address: b.address, Paths: b.pages.All, Headers: []string{"Accept-Encoding: gzip"}, Status: http.StatusOK,
		Connections: 256, Duration: span, PID: running.PID}
	watch := watchMemory(running.PID)
	result, err := child.Call[load.Result](ctx, "load", b.cpus.Load, order)
	seen := watch()
	if err != nil {
		return err
	}
	b.table.add(figure{name: fmt.Sprintf("memory (PSS), after %s at 256 connections", span), value: float64(seen.last) / mebibyte, unit: " MiB", bar: 80, aim: 50,
		note: fmt.Sprintf("most in between %.1f MiB; all %d pages in turn, %.0f/s", float64(seen.most)/mebibyte, len(b.pages.All), result.PerSecond())})
	return nil
}

// memorySeen is what a process had in memory.
type memorySeen struct{ most, last int64 }

// watchMemory reads a process's memory twice a second until the function it returns
// is called.
func watchMemory(pid int) (stop func() memorySeen) {
	done, seen := make(chan struct{}), make(chan memorySeen)
	go func() {
		var m memorySeen
		tick := time.NewTicker(500 * time.Millisecond)
		defer tick.Stop()
		for {
			if n, err := proc.PSS(pid); err == nil {
				m.most, m.last = max(m.most, n), n
			}
			select {
			case <-tick.C:
			case <-done:
				seen <- m
				return
			}
		}
	}()
	return func() memorySeen { close(done); return <-seen }
}
