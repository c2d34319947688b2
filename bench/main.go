//go:build linux

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"waypost/bench/child"
	"waypost/bench/growth"
	"waypost/bench/server"
	"waypost/bench/soak"
)

// options are the flags.
type options struct {
	growth, soak bool
	million      bool
	quick        bool
	strict       bool
	only         string
	dir          string
	write        string
	role         string
}

// database is a PostgreSQL server whose user may make databases, as scripts/with-postgres
// sets it.
const serverVariable = "WAYPOST_TEST_POSTGRES"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, flags())
	stop()
	if err != nil {
		fmt.Fprintf(os.Stderr, "bench: %v\n", err)
		os.Exit(1)
	}
}

func flags() options {
	var o options
	flag.BoolVar(&o.growth, "growth", false, "measure how answers grow with the number of stories")
	flag.BoolVar(&o.million, "million", false, "with -growth: a million stories too")
	flag.BoolVar(&o.soak, "soak", false, "do harm and count what is lost")
	flag.BoolVar(&o.quick, "quick", false, "short runs, to try the bench itself; the figures are worth little")
	flag.BoolVar(&o.strict, "strict", false, "end with status 1 when a bar is missed")
	flag.StringVar(&o.only, "only", "", "parts to run, with commas, of: "+strings.Join(partNames(), ", "))
	flag.StringVar(&o.dir, "dir", os.TempDir(), "folder on the disk to measure on")
	flag.StringVar(&o.write, "write", "", "document whose table of figures is replaced by this run's")
	flag.StringVar(&o.role, child.Flag, "", "used by the bench for the processes it starts")
	flag.Parse()
	return o
}

func run(ctx context.Context, o options) (err error) {
	if o.role != "" {
		return child.Play(ctx, roles, o.role)
	}
	folder, err := os.MkdirTemp(o.dir, "waypost-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	switch {
	case o.growth:
		sizes := []int{1000, 30_000}
		if o.million {
			sizes = append(sizes, 1_000_000)
		}
		return growth.Run(ctx, os.Stdout, folder, os.Getenv(serverVariable), sizes)
	case o.soak:
		binary := filepath.Join(folder, "waypost")
		if err := server.Build(ctx, binary); err != nil {
			return err
		}
		return soak.Run(ctx, os.Stdout, soak.Options{Folder: folder, Binary: binary, Quick: o.quick})
	}
	return speed(ctx, o, folder)
}
