//go:build linux

package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"waypost/bench/proc"
	"waypost/bench/site"
	"waypost/internal/db"
	"waypost/internal/tuning"
)

// deskOrder asks how long the pages take that are made anew for each request.
type deskOrder struct {
	Place   site.Place
	Members int
	Stories int
	Rounds  int // the time of a page is the median of so many
}

// deskTimes are of the processor.
type deskTimes struct {
	Pages   int
	Slowest []pageCost    // the first is the slowest
	Median  time.Duration // of all pages
}

type pageCost struct {
	Path string
	Took time.Duration
}

func measureDesk(ctx context.Context, o deskOrder) (times deskTimes, err error) {
	tuning.CollectEarly()
	s, err := site.Open(ctx, o.Place, nil)
	if err != nil {
		return times, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if err := errors.Join(s.Fill(ctx, 100, site.TenBySeventyFive), s.Multiply(ctx, o.Stories), s.Populate(ctx, o.Members)); err != nil {
		return times, err
	}
	owner, account, err := s.Owner(ctx)
	if err != nil {
		return times, err
	}
	paths, err := deskPaths(ctx, s, account)
	if err != nil {
		return times, err
	}
	each := make([]pageCost, len(paths))
	for i, path := range paths {
		each[i].Path = path
		if each[i].Took, err = pageTime(ctx, owner, path, o.Rounds); err != nil {
			return times, err
		}
	}
	slices.SortFunc(each, func(a, b pageCost) int { return cmp.Compare(b.Took, a.Took) })
	times.Pages, times.Slowest, times.Median = len(paths), each[:3], each[len(each)/2].Took
	return times, nil
}

// pageTime is the processor's time for one answer. Nothing in it waits for a disk, so a
// machine that does nothing else needs as long.
func pageTime(ctx context.Context, v *site.Visitor, path string, rounds int) (time.Duration, error) {
	took := make([]time.Duration, rounds)
	for i := range took {
		before, err := proc.Own()
		if err != nil {
			return 0, err
		}
		if _, err := v.Get(ctx, path); err != nil {
			return 0, err
		}
		after, err := proc.Own()
		if err != nil {
			return 0, err
		}
		took[i] = after - before
	}
	return proc.Median(took), nil
}

// notPages lead on, are files, or ask for more than their address says.
var notPages = []string{"/desk/set-up", "/me/data/everything.zip", "/me/follow"}

// deskPaths are the pages of the table of routes that ask who one is and need no more
// than an address to be asked for, and pages of one thing, of a search and deep in a list.
func deskPaths(ctx context.Context, s *site.Site, account string) ([]string, error) {
	var paths []string
	for _, r := range s.Routes {
		inside := strings.HasPrefix(r.Path, "/desk") || strings.HasPrefix(r.Path, "/me/") || strings.HasPrefix(r.Path, "/people")
		other := slices.Contains(notPages, r.Path)
		if inside && !other && slices.Contains(r.Methods, http.MethodGet) && !strings.Contains(r.Path, "{") {
			paths = append(paths, r.Path)
		}
	}
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		var story, member string
		err := errors.Join(tx.QueryRow(`SELECT id FROM stories ORDER BY published_at LIMIT 1`).Scan(&story),
			tx.QueryRow(`SELECT id FROM accounts WHERE id <> $1 ORDER BY id LIMIT 1`, account).Scan(&member))
		paths = append(paths, "/desk/stories/"+story, "/desk/stories/"+story+"/revisions", "/desk/people/"+member, "/people/member-7",
			"/desk/people?q=brandt", "/desk/people?q=ada+brandt", "/desk/people?role=owner", "/people?q=brandt", "/desk/stories?state=published", "/desk/stories?q=lamp")
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("choose pages: %w", err)
	}
	return paths, nil
}
