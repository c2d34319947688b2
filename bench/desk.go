//go:build linux

package main

import (
	"context"
	"fmt"
	"path/filepath"

	"waypost/bench/child"
	"waypost/bench/site"
)

// manyPeople is how many members and stories the desk is measured at.
const manyPeople = 100_000

// desk measures the pages that owners and members work with, in a large community. They
// are made anew for each request.
func (b *bench) desk(ctx context.Context) error {
	n := manyPeople
	if b.quick {
		n /= 5
	}
	b.say("writing %d members and stories", n)
	r, err := child.Call[deskTimes](ctx, "desk", b.cpus.Server, deskOrder{Place: site.Place{Folder: filepath.Join(b.folder, "large"), Base: "http://" + b.address},
		Members: n, Stories: n, Rounds: b.times(25)})
	if err != nil {
		return err
	}
	b.table.add(figure{name: fmt.Sprintf("the slowest page of desk, people and one's own at %d members and stories, median", n), value: milliseconds(r.Slowest[0].Took), unit: " ms", bar: 20, aim: 10,
		note: fmt.Sprintf("%s, then %s %.3g and %s %.3g ms; of %d pages, the median page %.2g ms", r.Slowest[0].Path, r.Slowest[1].Path, milliseconds(r.Slowest[1].Took),
			r.Slowest[2].Path, milliseconds(r.Slowest[2].Took), r.Pages, milliseconds(r.Median))})
	return nil
}

// signIn measures the way of a member through the door, less the letter.
func (b *bench) signIn(ctx context.Context) error {
	members := 1000
	if b.quick {
		members /= 10
	}
	r, err := child.Call[signInTimes](ctx, "sign in", b.cpus.Server, signInOrder{Place: b.place(""), Members: members, Rounds: b.times(200)})
	if err != nil {
		return err
	}
	b.table.add(figure{name: "sign-in page to signed-in, four requests, without the letter", value: milliseconds(r.Whole), unit: " ms", bar: 5, aim: 3,
		note: fmt.Sprintf("median; p99 %.3g ms; of it waiting for the disk about %.2g ms", milliseconds(r.Slow), milliseconds(r.Disk))})
	b.table.add(figure{name: "answers to the addresses of members and of strangers, by turns: medians apart", value: milliseconds(r.Apart), unit: " ms", bar: 1, aim: 0.1,
		note: fmt.Sprintf("of %d each", members)})
	return nil
}
