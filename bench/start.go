//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"waypost/bench/proc"
	"waypost/bench/server"
)

const mebibyte = 1 << 20

// size is that of the program as a release has it.
func (b *bench) size(context.Context) error {
	info, err := os.Stat(b.binary)
	if err != nil {
		return err
	}
	b.table.add(figure{name: "binary, stripped", value: float64(info.Size()) / mebibyte, unit: " MiB", bar: 40, aim: 30})
	return nil
}

// start is the time from the start of the program to the first 200 of a story.
func (b *bench) start(ctx context.Context) error {
	took, err := b.spawned(ctx, b.times(5), server.Start{CPU: b.cpus.Server,
		Args: []string{"--data", b.data, "--access-log", filepath.Join(b.folder, "access.log")}}, b.pages.Story)
	if err != nil {
		return err
	}
	b.table.add(figure{name: fmt.Sprintf("start to first 200 of a story, %d stories", manyStories), value: milliseconds(proc.Median(took)), unit: " ms", bar: 150, aim: 60,
		note: fmt.Sprintf("median of %d starts on one processor", len(took))})
	return nil
}

// demo is the time from the start of the program to the first page of the sample
// community, which is made in between.
func (b *bench) demo(ctx context.Context) error {
	took, err := b.spawned(ctx, b.times(3), server.Start{CPU: -1, Args: []string{"--demo", "--access-log", "off"}}, "/")
	if err != nil {
		return err
	}
	b.table.add(figure{name: "first page of the sample community", value: proc.Median(took).Seconds(), unit: " s", bar: 2, aim: 1,
		note: fmt.Sprintf("median of %d starts of serve --demo", len(took))})
	return nil
}

// spawned starts the program some times and takes the time to the first 200.
func (b *bench) spawned(ctx context.Context, times int, s server.Start, path string) ([]time.Duration, error) {
	s.Binary, s.Address, s.Log = b.binary, b.address, filepath.Join(b.folder, "server.log")
	took := make([]time.Duration, times)
	for i := range took {
		began := time.Now()
		running, err := s.Run()
		if err != nil {
			return nil, err
		}
		err = server.Await(ctx, b.address, path)
		took[i] = time.Since(began)
		if err := errors.Join(err, running.Stop()); err != nil {
			return nil, err
		}
	}
	return took, nil
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func microseconds(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }
