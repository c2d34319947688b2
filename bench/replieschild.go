//go:build linux

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"waypost/app"
	"waypost/bench/server"
	"waypost/bench/site"
	"waypost/internal/db"
	"waypost/internal/tuning"
	"waypost/members"
	"waypost/replies"
	"waypost/web/kit"
)

// unlimitedOrder asks for a server that bounds no replies.
type unlimitedOrder struct {
	Place   site.Place
	Address string
}

// serveUnlimited is the program's server, but for the limits of replies, until it is
// told no more.
func serveUnlimited(ctx context.Context, in *json.Decoder, out *json.Encoder) (err error) {
	var o unlimitedOrder
	if err := in.Decode(&o); err != nil {
		return err
	}
	tuning.CollectEarly()
	tuning.ReadWhileWriting()
	s, err := site.Open(ctx, o.Place, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	s.Replies.Rates = replies.Rates{}
	l, err := net.Listen("tcp", o.Address)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		_, _ = io.Copy(io.Discard, in.Buffered())
		_, _ = io.Copy(io.Discard, os.Stdin) // until the bench needs it no more
		stop()
	}()
	return s.Serve(ctx, app.Listening{Listener: l, MaxConnections: 2000, Shutdown: time.Second, Announce: func() { _ = out.Encode(true) }})
}

// bareOrder asks how many rows a second become durable one by one.
type bareOrder struct {
	Folder string
	Span   time.Duration
}

func measureBareRows(ctx context.Context, o bareOrder) (rate float64, err error) {
	if err := os.MkdirAll(o.Folder, 0o700); err != nil {
		return 0, err
	}
	bare, err := bareDatabase(ctx, filepath.Join(o.Folder, "bare.db"))
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, bare.Close()) }()
	insert, err := bare.PrepareContext(ctx, insertRow)
	if err != nil {
		return 0, err
	}
	n := 0
	return rowsPerSecond(o.Span, 1, func() error {
		n++
		_, err := insert.ExecContext(ctx, fmt.Sprint(n), n)
		return err
	})
}

// readersOrder asks readers to reply, one after the other: each gets the stamp of the
// form from the server, as the form's script does, types, and sends.
type readersOrder struct {
	Address string
	Paths   []string // stories that are answered by turns
	Forms   []string // of a reader each
	Every   time.Duration
}

// replyTimes are those between sending a reply and its answer, the shortest first.
type replyTimes struct {
	Took []time.Duration
	Span time.Duration
}

func sendReplies(ctx context.Context, o readersOrder) (t replyTimes, err error) {
	t.Took = make([]time.Duration, len(o.Forms))
	errs := make([]error, len(o.Forms))
	var wg sync.WaitGroup
	began := time.Now()
	for i, form := range o.Forms {
		time.Sleep(time.Until(began.Add(time.Duration(i) * o.Every)))
		wg.Go(func() { t.Took[i], errs[i] = sendReply(ctx, o.Address, o.Paths[i%len(o.Paths)], form, i) })
	}
	wg.Wait()
	slices.Sort(t.Took)
	t.Span = time.Since(began)
	return t, errors.Join(errs...)
}

// sendReply is one reader, from a network of their own.
func sendReply(ctx context.Context, address, path, form string, n int) (time.Duration, error) {
	from := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, byte(1+n/62_500), byte(n/250%250), byte(1+n%250))}}
	transport := &http.Transport{DialContext: from.DialContext}
	defer transport.CloseIdleConnections()
	reader := http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	ask := func(r *http.Request, err error) (*http.Response, []byte, error) {
		if err != nil {
			return nil, nil, err
		}
		r.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0")
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		answer, err := reader.Do(r)
		if err != nil {
			return nil, nil, err
		}
		body, err := io.ReadAll(answer.Body)
		return answer, body, errors.Join(err, answer.Body.Close())
	}
	_, body, err := ask(http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/replies/stamp", nil))
	if err != nil {
		return 0, err
	}
	stamp, err := readStamp(body)
	if err != nil {
		return 0, err
	}
	time.Sleep(typingTime)
	began := time.Now()
	answer, body, err := ask(http.NewRequestWithContext(ctx, http.MethodPost, "http://"+address+path+"/replies", strings.NewReader(form+"&stamp="+url.QueryEscape(stamp))))
	took := time.Since(began)
	if err == nil && answer.StatusCode != http.StatusSeeOther {
		err = fmt.Errorf("a reply is answered %d: %.300s", answer.StatusCode, body)
	}
	return took, err
}

// stampOf asks for the stamp of a form.
func stampOf(ctx context.Context, address string) (string, error) {
	page, err := server.Fetch(ctx, address, "/replies/stamp")
	if err != nil {
		return "", err
	}
	return readStamp(page.Body)
}

func readStamp(body []byte) (string, error) {
	var answer struct{ Stamp string }
	err := json.Unmarshal(body, &answer)
	if err == nil && answer.Stamp == "" {
		err = errors.New("no stamp for the form of a reply")
	}
	return answer.Stamp, err
}

// approvalOrder asks what approvals bring about.
type approvalOrder struct {
	Place  site.Place
	Story  string
	Rounds int
}

// approvalCost is how many pages were rendered for each, and what pages of those who are
// signed in cost, the slowest first.
type approvalCost struct {
	Renders []int64
	AtOnce  int64 // of them for those who asked at once, at most
	Pages   []pageCost
}

const (
	readersAtOnce = 32
	// queued is how many replies wait in the queue: a page of it.
	queued = 30
)

func measureApprovals(ctx context.Context, o approvalOrder) (cost approvalCost, err error) {
	tuning.CollectEarly()
	var ahead atomic.Int64
	s, err := site.Open(ctx, o.Place, func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) })
	if err != nil {
		return cost, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if err := holdAll(ctx, s); err != nil {
		return cost, err
	}
	waiting := make([]string, queued)
	for i := range waiting {
		v := s.Visitor(fmt.Sprintf("198.18.0.%d", i+1))
		stamp, err := v.Get(ctx, "/replies/stamp")
		if err != nil {
			return cost, err
		}
		text, err := stamp.Text()
		if err != nil {
			return cost, err
		}
		known, err := readStamp([]byte(text))
		if err != nil {
			return cost, err
		}
		ahead.Add(int64(typingTime))
		sent, err := v.Post(ctx, o.Story+"/replies", url.Values{"name": {"A reader"}, "email": {site.MemberAddress(i)}, "body": {fmt.Sprintf("I read this on the bus, page %d, and it is how it was with us.", i)}, "stamp": {known}}.Encode())
		if err != nil {
			return cost, err
		}
		waiting[i] = strings.TrimPrefix(sent.Header().Get("Location"), "/replies/")
	}
	owner, _, err := s.Owner(ctx)
	if err != nil {
		return cost, err
	}
	for _, path := range []string{o.Story + "/reply", "/desk/replies", "/desk/replies/" + waiting[0] + "/answer"} {
		took, err := pageTime(ctx, owner, path, 200)
		if err != nil {
			return cost, err
		}
		cost.Pages = append(cost.Pages, pageCost{path, took})
	}
	slices.SortFunc(cost.Pages, func(a, b pageCost) int { return int(b.Took - a.Took) })
	for _, id := range waiting[:o.Rounds] {
		atOnce, n, err := approve(ctx, s, owner, o.Story, id)
		if err != nil {
			return cost, err
		}
		cost.Renders, cost.AtOnce = append(cost.Renders, n), max(cost.AtOnce, atOnce)
	}
	return cost, nil
}

func holdAll(ctx context.Context, s *site.Site) error {
	var rules replies.Settings
	err := s.DB.View(ctx, func(tx *db.Tx) (err error) {
		rules, err = s.Replies.SettingsIn(tx)
		return err
	})
	if err != nil {
		return err
	}
	rules.Mode = replies.HoldAll
	return s.Replies.SaveSettings(ctx, members.Console(), rules)
}

// approve lets all pages be in memory, approves a reply, has readers ask for the story at
// once, who must see it, and then all pages again; it returns how many were rendered for
// the former and in all.
func approve(ctx context.Context, s *site.Site, owner *site.Visitor, story, id string) (atOnce, all int64, err error) {
	pages, err := s.Pages(ctx)
	if err != nil {
		return 0, 0, err
	}
	for _, r := range s.Routes {
		if path := strings.Replace(r.Path, "/stories/{slug}", story, 1); r.Cache == kit.Kept && strings.Contains(path, "repl") && !strings.Contains(path, "{") {
			pages.All = append(pages.All, path)
		}
	}
	askAll := func() (err error) {
		for _, path := range pages.All {
			err = errors.Join(err, s.Ask(ctx, path))
		}
		return err
	}
	if err := askAll(); err != nil {
		return 0, 0, err
	}
	before := s.Keeper.Stats().Renders
	if _, err := owner.Post(ctx, "/desk/replies", url.Values{"do": {"approve " + id}, "reply": {id}}.Encode()); err != nil {
		return 0, 0, err
	}
	errs := make([]error, readersAtOnce)
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() {
			page, err := s.Visitor("198.18.1.1").Get(ctx, story)
			if err == nil {
				var text string
				if text, err = page.Text(); err == nil && !strings.Contains(text, "reply-"+id) {
					err = errors.New("a reply was approved, and a reader does not see it")
				}
			}
			errs[i] = err
		})
	}
	wg.Wait()
	atOnce = s.Keeper.Stats().Renders - before
	if err := errors.Join(append(errs, askAll())...); err != nil {
		return 0, 0, err
	}
	return atOnce, s.Keeper.Stats().Renders - before, nil
}
