//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"waypost/bench/child"
	"waypost/bench/proc"
	"waypost/bench/site"
	"waypost/internal/partdate"
	"waypost/paths"
	"waypost/paths/checkins"
)

// A path is measured at so much as a member has after many years.
const (
	manySteps    = 40
	manyEntries  = 500
	manyCheckIns = 200
)

// path measures My path: read, opened, looked through for changes, drawn, and shown.
func (b *bench) path(ctx context.Context) error {
	r, err := child.Call[pathTimes](ctx, "path", b.cpus.Server, pathOrder{Place: b.place(""), Rounds: b.times(101)})
	if err != nil {
		return err
	}
	b.table.add(figure{name: fmt.Sprintf("My path with %d steps, %d entries, %d check-ins: from request to page, median", manySteps, manyEntries, manyCheckIns),
		value: milliseconds(r.Page), unit: " ms", bar: 30, aim: 15,
		note: fmt.Sprintf("the page of a step %.3g ms; the processor's time for the first %.3g ms", milliseconds(r.Step), milliseconds(r.Busy))})
	b.table.add(figure{name: "its trail, the larger of the two drawings", value: float64(r.Largest) / 1000, unit: " kB", bar: 60, aim: 45})
	return nil
}

// pathOrder asks how long the pages of a large path take.
type pathOrder struct {
	Place  site.Place
	Rounds int
}

type pathTimes struct {
	Page, Step, Busy time.Duration
	Largest          int // bytes of a drawing
}

func measurePath(ctx context.Context, o pathOrder) (times pathTimes, err error) {
	s, err := site.Open(ctx, o.Place, nil)
	if err != nil {
		return times, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	owner, account, err := s.Owner(ctx)
	if err != nil {
		return times, err
	}
	if _, err := s.Paths.BringIn(ctx, account, "document", "", largePath(time.Now())); err != nil {
		return times, fmt.Errorf("write a large path: %w", err)
	}
	page, err := owner.Get(ctx, "/path")
	if err != nil {
		return times, err
	}
	times.Largest = largestDrawing(page.Body.String())
	_, step, _ := strings.Cut(page.Body.String(), `href="/path/steps/`)
	step, _, _ = strings.Cut(step, `"`)
	step, _, _ = strings.Cut(step, "/")
	took := func(path string) (time.Duration, error) {
		all := make([]time.Duration, o.Rounds)
		for i := range all {
			began := time.Now()
			if _, err := owner.Get(ctx, path); err != nil {
				return 0, err
			}
			all[i] = time.Since(began)
		}
		return proc.Median(all), nil
	}
	if times.Page, err = took("/path"); err != nil {
		return times, err
	}
	if times.Step, err = took("/path/steps/" + step); err != nil {
		return times, err
	}
	times.Busy, err = pageTime(ctx, owner, "/path", o.Rounds)
	return times, err
}

// largestDrawing is the length of the longest SVG of a page.
func largestDrawing(page string) (most int) {
	for _, rest := range strings.Split(page, "<svg")[1:] {
		drawing, _, _ := strings.Cut(rest, "</svg>")
		most = max(most, len(drawing)+len("<svg</svg>"))
	}
	return most
}

// largePath is twenty years of steps that overlap and nest, entries in all of them, and
// check-ins on the last ones, whose answers fall once.
func largePath(now time.Time) paths.Path {
	random := rand.New(rand.NewPCG(5, 40))
	today := partdate.DayOf(now)
	p := paths.Path{Goals: []paths.Goal{{Row: paths.Row{ID: "goal"}, Title: "Lead a lab of my own", State: paths.GoalActive}}}
	kinds := paths.Kinds()
	for i := range manySteps {
		start := today - partdate.Days(7300-180*i)
		s := paths.Step{Row: paths.Row{ID: fmt.Sprint("step", i)}, Kind: kinds[i%len(kinds)], Title: fmt.Sprint("What I did for a while, part ", i), Organization: "A house in the harbour",
			Start: start.Date(), End: (start + partdate.Days(150+random.IntN(200))).Date()}
		if s.End.First() > today || i >= manySteps-4 {
			s.End = partdate.Date{}
		}
		if i%5 == 3 {
			s.Parent = fmt.Sprint("step", i-1)
		}
		p.Steps = append(p.Steps, s)
	}
	for i := range manyEntries {
		p.Entries = append(p.Entries, paths.Entry{Row: paths.Row{ID: fmt.Sprint("entry", i)}, Kind: paths.EntryKinds()[i%5], Date: (today - partdate.Days(7200-14*i)).Date(),
			Text: "Somebody showed me how the lamps are wired, and I wrote it down.", Minutes: 30 * random.IntN(6), Step: fmt.Sprint("step", i*manySteps/manyEntries)})
	}
	for i := range manyCheckIns {
		step := manySteps - 4 + i%4
		base := 4 - i/120
		c := paths.CheckIn{Step: fmt.Sprint("step", step), Day: (p.Steps[step].Start.First() + partdate.Days(i/4)).Date()}
		for item := range checkins.Items {
			c.Answers[item] = min(max(base+random.IntN(2), checkins.Lowest), checkins.Highest)
		}
		p.CheckIns = append(p.CheckIns, c)
	}
	return p
}
