//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"waypost/bench/child"
	"waypost/bench/load"
	"waypost/bench/proc"
	"waypost/bench/server"
)

// target is one thing that is measured in turn with others, and what came of it.
type target struct {
	load.Order
	cost []time.Duration // CPU for a request, a round each
	rate []float64       // requests per second
}

// warm compares the program with the reference on a page that lies ready, and the
// answer "not modified" with the whole one.
func (b *bench) warm(ctx context.Context) (err error) {
	running, err := b.serve(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, running.Stop()) }()
	page, err := b.settled(ctx)
	if err != nil {
		return err
	}
	unchanged := b.order(b.address, running.PID, 32, "If-None-Match: "+page.Header.Get("Etag"))
	unchanged.Status = http.StatusNotModified
	ours, err := b.besideReference(ctx, "story page", page, running, 5, unchanged)
	if err != nil {
		return err
	}
	b.table.add(figure{name: "304 on a matching ETag ÷ warm 200, CPU", value: ratio(unchanged, ours), bar: 0.85, aim: 0.70,
		note: fmt.Sprintf("%.1f µs; %.0f/s", microseconds(proc.Median(unchanged.cost)), proc.Median(unchanged.rate))})
	return nil
}

// order asks for the story again and again.
func (b *bench) order(address string, pid, connections int, more ...string) *target {
	return &target{Order: load.Order{Address: address, Paths: []string{b.pages.Story}, Headers: append([]string{"Accept-Encoding: gzip"}, more...),
		Status: http.StatusOK, Connections: connections, PID: pid, WarmUp: b.span(500 * time.Millisecond), Duration: b.span(4 * time.Second)}}
}

// besideReference measures the story's page in turn with a reference that hands out the
// same one, and with what else is to be compared; it returns ours at 32 connections.
func (b *bench) besideReference(ctx context.Context, what string, page server.Page, running *server.Server, rounds int, more ...*target) (_ *target, err error) {
	reference, err := child.Begin(ctx, "reference", b.cpus.Server)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, reference.End()) }()
	var address string
	if err := reference.Ask(page, &address); err != nil {
		return nil, err
	}
	bare32, ours32 := b.order(address, reference.PID, 32), b.order(b.address, running.PID, 32)
	bare256, ours256 := b.order(address, reference.PID, 256), b.order(b.address, running.PID, 256)
	if err := b.inTurn(ctx, b.times(rounds), append([]*target{bare32, ours32, bare256, ours256}, more...)...); err != nil {
		return nil, err
	}
	b.addWarm(what, bare32, ours32)
	b.addWarm(what, bare256, ours256)
	return ours32, nil
}

func (b *bench) addWarm(what string, bare, ours *target) {
	b.table.add(figure{name: fmt.Sprintf("%s, warm, gzip, %d connections: reference CPU ÷ ours", what, ours.Connections),
		value: ratio(bare, ours), bar: 0.80, aim: 0.90, atLeast: true,
		note: fmt.Sprintf("%.1f and %.1f µs; %.0f and %.0f/s", microseconds(proc.Median(bare.cost)), microseconds(proc.Median(ours.cost)),
			proc.Median(bare.rate), proc.Median(ours.rate))})
}

// ratio is the median over the rounds of a's cost by b's: what disturbs a round
// disturbs both.
func ratio(a, b *target) float64 {
	of := make([]float64, len(a.cost))
	for i := range of {
		of[i] = float64(a.cost[i]) / float64(b.cost[i])
	}
	return proc.Median(of)
}

// inTurn measures the targets one after the other, round after round.
func (b *bench) inTurn(ctx context.Context, rounds int, targets ...*target) error {
	for range rounds {
		for _, t := range targets {
			r, err := child.Call[load.Result](ctx, "load", b.cpus.Load, t.Order)
			if err != nil {
				return err
			}
			if r.Requests == 0 {
				return fmt.Errorf("%s%s gave no answer", t.Address, t.Paths[0])
			}
			t.cost, t.rate = append(t.cost, r.PerRequest()), append(t.rate, r.PerSecond())
		}
	}
	return nil
}

// settled waits until the story has its best compression, and returns it as it is
// then: it does not change any more while it is measured.
func (b *bench) settled(ctx context.Context) (server.Page, error) {
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		page, err := server.Fetch(ctx, b.address, b.pages.Story)
		if err != nil {
			return page, err
		}
		if strings.HasSuffix(page.Header.Get("Etag"), `-g9"`) {
			return page, nil
		}
	}
	return server.Page{}, errors.New("the story never got its best compression")
}
