//go:build linux

package growth

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"waypost/bench/proc"
	"waypost/bench/site"
)

// mostOnServer is the most stories that are written to PostgreSQL, which takes them
// one by one.
const mostOnServer = 30_000

// sixtyWords is the length of the stories: the questions are about many, not long ones.
var sixtyWords = site.Length{Paragraphs: 1, Words: 60}

// run is one measuring on both engines.
type run struct {
	out    io.Writer
	folder string
	server string   // PostgreSQL; empty: SQLite alone
	asked  []string // the statements that the questions came down to, as PostgreSQL noted them
}

// Run fills sites of these sizes, ascending, asks each the same questions and prints
// what they took.
func Run(ctx context.Context, out io.Writer, folder, server string, sizes []int) error {
	r := &run{out: out, folder: folder, server: server}
	fmt.Fprintf(out, "%s; load before the run %s\n", proc.Machine(), proc.Busy())
	if server != "" {
		few := make([]int, 0, len(sizes))
		for _, n := range sizes {
			if n <= mostOnServer {
				few = append(few, n)
			}
		}
		if err := r.engine(ctx, "PostgreSQL", few); err != nil {
			return err
		}
	} else {
		fmt.Fprintln(out, "No PostgreSQL: scripts/with-postgres starts one. Without it no plans of queries are shown.")
	}
	return r.engine(ctx, "SQLite", sizes)
}

func (r *run) engine(ctx context.Context, name string, sizes []int) error {
	t := table{engine: name, sizes: sizes}
	for i, n := range sizes {
		if err := r.size(ctx, &t, n, i == len(sizes)-1); err != nil {
			return fmt.Errorf("%s, %d stories: %w", name, n, err)
		}
	}
	t.print(r.out)
	for _, line := range t.plans {
		fmt.Fprintln(r.out, line)
	}
	return nil
}

// size measures one site. Plans are read of the largest, where they matter.
func (r *run) size(ctx context.Context, t *table, stories int, largest bool) (err error) {
	p := site.Place{Folder: filepath.Join(r.folder, fmt.Sprintf("%s-%d", t.engine, stories)), Base: "http://localhost:8080",
		Pages: 1, Conns: 1} // no page is kept, so each request makes it anew; one connection knows all statements
	defer func() { err = errors.Join(err, os.RemoveAll(p.Folder)) }()
	if t.engine == "PostgreSQL" {
		url, drop, err := site.NewDatabase(ctx, r.server)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, drop()) }()
		p.Database = url
	}
	began := time.Now()
	if err := write(ctx, p, stories); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%s: %d stories written in %s\n", t.engine, stories, time.Since(began).Round(time.Second))
	s, err := site.Open(ctx, p, nil) // anew, so that its connection knows no statement but those of the questions
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if err := t.measure(ctx, s, stories); err != nil || !largest {
		return err
	}
	t.plans, err = r.plans(ctx, s)
	return err
}

// realStories is how many stories are written as people write them; the others are
// their copies.
const realStories = 300

func write(ctx context.Context, p site.Place, stories int) (err error) {
	s, err := site.Open(ctx, p, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if err := s.Fill(ctx, min(stories, realStories), sixtyWords); err != nil {
		return err
	}
	return s.Multiply(ctx, stories)
}
