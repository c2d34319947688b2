//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"waypost/bench/proc"
	"waypost/bench/server"
	"waypost/bench/site"
)

// manyStories is how many stories the measured community has.
const manyStories = 1000

// bench is one run: where everything is, and the table it fills.
type bench struct {
	options
	folder  string
	cpus    proc.CPUs
	binary  string
	address string
	data    string // the data folder with the stories
	pages   site.Pages
	table   table
}

// part is a measurement that gives one or more lines of the table.
type part struct {
	name    string
	measure func(*bench, context.Context) error
}

var parts = []part{
	{"size", (*bench).size},
	{"start", (*bench).start},
	{"demo", (*bench).demo},
	{"warm", (*bench).warm},
	{"memory", (*bench).memory},
	{"stale", (*bench).stale},
	{"writes", (*bench).writes},
	{"letters", (*bench).letters},
	{"drafts", (*bench).drafts},
	{"sign-in", (*bench).signIn},
	{"desk", (*bench).desk},
	{"replies", (*bench).replies},
	{"path", (*bench).path},
}

func partNames() []string {
	names := make([]string, len(parts))
	for i, p := range parts {
		names[i] = p.name
	}
	return names
}

// speed runs the parts and prints the table.
func speed(ctx context.Context, o options, folder string) error {
	b := &bench{options: o, folder: folder, binary: filepath.Join(folder, "waypost"), data: filepath.Join(folder, "data")}
	wanted := slices.Clone(parts)
	if o.only != "" {
		names := strings.Split(o.only, ",")
		wanted = slices.DeleteFunc(wanted, func(p part) bool { return !slices.Contains(names, p.name) })
	}
	began := time.Now()
	if err := b.prepare(ctx); err != nil {
		return err
	}
	var failed []error
	for _, p := range wanted {
		b.say("measuring: %s", p.name)
		if err := p.measure(b, ctx); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			failed = append(failed, fmt.Errorf("%s could not be measured: %w", p.name, err))
		}
	}
	fmt.Printf("\n%s\nload before the run %s; %d stories; took %s\n\n", proc.Machine(), b.table.busy, manyStories, time.Since(began).Round(time.Second))
	b.table.print(os.Stdout)
	if o.write != "" {
		failed = append(failed, b.table.write(o.write))
	}
	if missed := b.table.missed(); o.strict && missed > 0 {
		failed = append(failed, fmt.Errorf("%d bars are missed", missed))
	}
	return errors.Join(failed...)
}

// prepare builds the program and fills the community.
func (b *bench) prepare(ctx context.Context) (err error) {
	b.table.busy = proc.Busy()
	if b.cpus, err = proc.Pick(); err != nil {
		return err
	}
	if b.cpus.Server == b.cpus.Load {
		b.say("one processor only: server and load share it")
	}
	b.say("building the program")
	if err := server.Build(ctx, b.binary); err != nil {
		return err
	}
	if b.address, err = server.FreeAddress(); err != nil {
		return err
	}
	b.say("writing %d stories", manyStories)
	b.pages, err = b.fill(ctx, b.place(""))
	return err
}

func (b *bench) place(database string) site.Place {
	folder := b.data
	if database != "" {
		folder += "-postgres"
	}
	return site.Place{Folder: folder, Database: database, Base: "http://" + b.address}
}

func (b *bench) fill(ctx context.Context, p site.Place) (pages site.Pages, err error) {
	s, err := site.Open(ctx, p, nil)
	if err != nil {
		return pages, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if err := s.Fill(ctx, manyStories, site.TenBySeventyFive); err != nil {
		return pages, fmt.Errorf("fill the community: %w", err)
	}
	return s.Pages(ctx)
}

// say tells on standard error what is going on.
func (b *bench) say(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }

// serve starts the program on the filled data folder, with its defaults and its
// access log in a file, and waits until it answers.
func (b *bench) serve(ctx context.Context) (*server.Server, error) {
	s, err := server.Start{Binary: b.binary, Address: b.address, CPU: b.cpus.Server, Log: filepath.Join(b.folder, "server.log"),
		Args: []string{"--data", b.data, "--access-log", filepath.Join(b.folder, "access.log")}}.Run()
	if err != nil {
		return nil, err
	}
	if err := server.Await(ctx, b.address, b.pages.Story); err != nil {
		return nil, errors.Join(err, s.Stop())
	}
	return s, nil
}

// times is n, or few in a quick run.
func (b *bench) times(n int) int {
	if b.quick {
		return min(n, 2)
	}
	return n
}

// span is d, or a second in a quick run.
func (b *bench) span(d time.Duration) time.Duration {
	if b.quick {
		return min(d, time.Second)
	}
	return d
}
