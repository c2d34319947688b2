//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"sync/atomic"
	"time"

	"waypost/app"
	"waypost/bench/proc"
	"waypost/bench/site"
	"waypost/internal/db"
	"waypost/internal/mail"
)

// signInOrder asks how long it takes members to sign in by a letter.
type signInOrder struct {
	Place   site.Place
	Members int
	Rounds  int // that many members sign in
}

// signInTimes are the handler's times of one sign-in: the form, the address typed, the
// page of the link and its button.
type signInTimes struct {
	Whole time.Duration // median
	Slow  time.Duration // 99 of 100 are faster
	Disk  time.Duration // of two commits
}

var (
	doorStamp  = regexp.MustCompile(`name="stamp" value="([^"]+)"`)
	signInLink = regexp.MustCompile(`/sign-in/[A-Za-z0-9_-]{43}`)
)

// door is a community whose letters the bench reads as they are written.
type door struct {
	*site.Site
	ahead  atomic.Int64 // of the real time, in nanoseconds
	letter string
}

func measureSignIn(ctx context.Context, o signInOrder) (times signInTimes, err error) {
	app.CollectEarly()
	d := &door{}
	d.Site, err = site.Open(ctx, o.Place, func() time.Time { return time.Now().Add(time.Duration(d.ahead.Load())) })
	if err != nil {
		return times, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	if err := d.Populate(ctx, o.Members); err != nil {
		return times, err
	}
	post := d.Proofs.Post
	d.Proofs.Post = func(tx *db.Tx, letters ...mail.Letter) error {
		d.letter = letters[len(letters)-1].Text
		return post(tx, letters...)
	}
	took := make([]time.Duration, o.Rounds)
	for i := range took {
		d.ahead.Add(int64(time.Minute))
		if took[i], err = d.signIn(ctx, site.MemberAddress(i*7%o.Members), fmt.Sprintf("198.18.%d.%d", i/250, i%250)); err != nil {
			return times, err
		}
	}
	fsync, err := proc.Fsync(o.Place.Folder)
	slices.Sort(took)
	return signInTimes{Whole: took[len(took)/2], Slow: took[len(took)*99/100], Disk: 2 * fsync}, err
}

func (d *door) signIn(ctx context.Context, address, network string) (time.Duration, error) {
	v := d.Visitor(network)
	form, err := v.Get(ctx, "/sign-in")
	if err != nil {
		return 0, err
	}
	d.ahead.Add(int64(10 * time.Second)) // a person needs some to type
	text, err := form.Text()
	if err != nil {
		return 0, err
	}
	stamp := doorStamp.FindStringSubmatch(text)
	if stamp == nil {
		return 0, errors.New("the form to sign in has no stamp")
	}
	asked, err := v.Post(ctx, "/sign-in", url.Values{"email": {address}, "stamp": {stamp[1]}}.Encode())
	if err != nil {
		return 0, err
	}
	if _, err := d.Jobs.Work(ctx); err != nil {
		return 0, err
	}
	link := signInLink.FindString(d.letter)
	d.letter = ""
	button, err := v.Get(ctx, link)
	if err != nil {
		return 0, fmt.Errorf("open the link %q: %w", link, err)
	}
	in, err := v.Post(ctx, link, "")
	if err != nil {
		return 0, err
	}
	if _, err := v.Get(ctx, "/me/sessions"); err != nil {
		return 0, fmt.Errorf("signed in, and yet: %w", err)
	}
	return form.Took + asked.Took + button.Took + in.Took, nil
}
