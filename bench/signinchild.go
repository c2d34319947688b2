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

	"waypost/bench/proc"
	"waypost/bench/site"
	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/tuning"
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
	Apart time.Duration // by which the answer to a stranger's address differs, medians
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
	tuning.CollectEarly()
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
	slices.Sort(took)
	times = signInTimes{Whole: took[len(took)/2], Slow: took[len(took)*99/100]}
	if times.Apart, err = d.apart(ctx, o); err != nil {
		return times, err
	}
	fsync, err := proc.Fsync(o.Place.Folder)
	times.Disk = 2 * fsync
	return times, err
}

// apart asks for members and strangers by turns, and is how much longer the answer to one
// of them takes than to the other.
func (d *door) apart(ctx context.Context, o signInOrder) (time.Duration, error) {
	var took [2][]time.Duration
	for i := range 2 * o.Members {
		v := d.Visitor(fmt.Sprintf("203.0.%d.%d", 113+i/250, i%250))
		_, stamp, err := d.form(ctx, v)
		if err != nil {
			return 0, err
		}
		address := site.MemberAddress(i / 2)
		if i%2 == 1 {
			address = "x" + address
		}
		asked, err := v.Post(ctx, "/sign-in", url.Values{"email": {address}, "stamp": {stamp}}.Encode())
		if err != nil {
			return 0, err
		}
		took[i%2] = append(took[i%2], asked.Took)
	}
	return (proc.Median(took[0]) - proc.Median(took[1])).Abs(), nil
}

// form opens the form to sign in and reads its stamp, some seconds later.
func (d *door) form(ctx context.Context, v *site.Visitor) (site.Answer, string, error) {
	form, err := v.Get(ctx, "/sign-in")
	if err != nil {
		return form, "", err
	}
	d.ahead.Add(int64(10 * time.Second)) // a person needs some to type
	text, err := form.Text()
	if err != nil {
		return form, "", err
	}
	stamp := doorStamp.FindStringSubmatch(text)
	if stamp == nil {
		return form, "", errors.New("the form to sign in has no stamp")
	}
	return form, stamp[1], nil
}

func (d *door) signIn(ctx context.Context, address, network string) (time.Duration, error) {
	v := d.Visitor(network)
	form, stamp, err := d.form(ctx, v)
	if err != nil {
		return 0, err
	}
	asked, err := v.Post(ctx, "/sign-in", url.Values{"email": {address}, "stamp": {stamp}}.Encode())
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
