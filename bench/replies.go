//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"waypost/app"
	"waypost/bench/child"
	"waypost/bench/load"
	"waypost/bench/proc"
	"waypost/bench/server"
	"waypost/bench/site"
	"waypost/internal/db"
	"waypost/members"
	"waypost/replies"
)

const (
	someReplies = 50
	manyReplies = 2000
	// typing is how long a reader has the form open: longer than what is held for haste.
	typingTime = 4 * time.Second
	idleSpan   = 10 * time.Second
)

// answered is a copy of the community in which readers answer the story that is measured.
type answered struct {
	*bench
	texts *site.Writer
	sent  int
}

// replies measures a story with replies, and replying.
func (b *bench) replies(ctx context.Context) (err error) {
	a := &answered{bench: b}
	plain := b.data
	defer func() { b.data = plain }()
	b.data = filepath.Join(b.folder, "replies")
	if err := site.Copy(plain, b.data); err != nil {
		return err
	}
	if err := a.bring(ctx, b.place(""), someReplies); err != nil {
		return err
	}
	for _, measure := range []func(context.Context) error{a.staleWithReplies, a.onePerSecond, a.approvals, a.flood} {
		if err := measure(ctx); err != nil {
			return err
		}
	}
	return nil
}

// bring puts replies under the story until there are so many, and lets what the filter
// finds honest be published at once.
func (a *answered) bring(ctx context.Context, p site.Place, all int) (err error) {
	s, err := site.Open(ctx, p, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if a.texts == nil {
		if a.texts, err = s.Writer(ctx, site.Length{Paragraphs: 1, Words: 45}); err != nil {
			return err
		}
	}
	rules := replies.Defaults()
	err = s.DB.View(ctx, func(tx *db.Tx) (err error) {
		rules, err = s.Replies.SettingsIn(tx)
		return err
	})
	if rules.Mode = replies.HoldNone; err == nil {
		err = s.Replies.SaveSettings(ctx, members.Console(), rules)
	}
	if err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		st, err := s.Stories.BySlug(tx, strings.TrimPrefix(a.pages.Story, "/stories/"))
		if err != nil {
			return err
		}
		talk, err := s.Replies.TalkOf(tx, st.ID)
		if err != nil {
			return err
		}
		var thread, last string
		for n := talk.Published; n < all; n++ {
			to := [...]string{"", thread, last, last, thread}[n%5] // answers to answers, and to those
			r, err := s.Replies.Bring(tx, replies.Brought{StoryID: st.ID, Language: st.Language, ParentID: to, State: replies.Published,
				Name: "A reader", Email: site.MemberAddress(n), Body: a.texts.Next().Body, Written: st.Since.Add(time.Duration(n+1) * time.Minute), Since: st.Since, Decided: true})
			if err != nil {
				return err
			}
			if last = r.ID; to == "" {
				thread = r.ID
			}
		}
		return nil
	})
}

// forms are replies by as many readers, each with their own words, but for the stamp.
func (a *answered) forms(n int) []string {
	list := make([]string, n)
	for i := range list {
		a.sent++
		list[i] = url.Values{"name": {"A reader"}, "email": {site.MemberAddress(1_000_000 + a.sent)}, "body": {a.texts.Next().Body}, "parent": {""}, "website": {""}}.Encode()
	}
	return list
}

// staleWithReplies is the page behind a change, as part stale has it, with some replies
// and with many.
func (a *answered) staleWithReplies(ctx context.Context) (err error) {
	memory, err := os.MkdirTemp(inMemory(a.folder), "waypost-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(memory)) }()
	swift := a.place("")
	swift.Folder = filepath.Join(memory, "data")
	if err := site.Copy(a.data, swift.Folder); err != nil {
		return err
	}
	cost := func(path string) (staleCost, error) {
		return child.Call[staleCost](ctx, "stale", a.cpus.Server, staleOrder{Place: swift, Path: path, Blocks: a.times(9), Cycles: 40})
	}
	some, err := cost(a.pages.Story)
	if err != nil {
		return err
	}
	if err := a.bring(ctx, swift, manyReplies); err != nil {
		return err
	}
	many, err := cost(a.pages.Story)
	if err != nil {
		return err
	}
	a.table.add(figure{name: fmt.Sprintf("story page with %d replies just made stale", someReplies), value: milliseconds(some.Render), unit: " ms", bar: 2, aim: 1,
		note: fmt.Sprintf("CPU, as the stale page above, with the path behind it; brotli and best gzip, made later: %.3g ms", milliseconds(some.Best))})
	a.table.add(figure{name: fmt.Sprintf("story with %d replies ÷ with %d, CPU of a stale page", manyReplies, someReplies), value: float64(many.Render) / float64(some.Render), bar: 3, aim: 2,
		note: fmt.Sprintf("%.3g by %.3g ms", milliseconds(many.Render), milliseconds(some.Render))})
	return nil
}

// onePerSecond measures the program as an operator starts it: the warm page, and replies
// one after the other, each by another reader from another network.
func (a *answered) onePerSecond(ctx context.Context) (err error) {
	running, err := a.serve(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, running.Stop()) }()
	page, err := a.settled(ctx)
	if err != nil {
		return err
	}
	if _, err := a.besideReference(ctx, fmt.Sprintf("story page with %d replies", someReplies), page, running, 3); err != nil {
		return err
	}
	fsync, err := proc.Fsync(a.data)
	if err != nil {
		return err
	}
	idle, err := cpuOf(running.PID, func() error { time.Sleep(idleSpan); return nil })
	if err != nil {
		return err
	}
	series := func(path string, n int) (t replyTimes, cpu time.Duration, err error) {
		cpu, err = cpuOf(running.PID, func() (err error) {
			t, err = child.Call[replyTimes](ctx, "readers", a.cpus.Load, readersOrder{Address: a.address, Paths: []string{path}, Forms: a.forms(n), Every: time.Second})
			return err
		})
		return t, (cpu - time.Duration(float64(idle)*float64(t.Span)/float64(idleSpan))) / time.Duration(n), err
	}
	n := 30
	if a.quick {
		n = 16 // fewer say nothing
	}
	_, alone, err := series(a.pages.WithoutPath, n/2)
	if err != nil {
		return err
	}
	sent, withPage, err := series(a.pages.Story, n)
	if err != nil {
		return err
	}
	became, err := a.became(ctx, n+n/2)
	if err != nil {
		return err
	}
	p50, p90 := sent.Took[n/2], sent.Took[n*9/10]
	note := fmt.Sprintf("%.2f and %.2f ms; fsync p50 %.2f ms", milliseconds(p50), milliseconds(p90), milliseconds(fsync))
	if fsync < judged {
		note += ", too fast a disk to judge by"
	}
	what := "a reply posted at 1 a second, with the filter: "
	a.table.add(figure{name: what + "p50 ÷ the disk's fsync p50", value: float64(p50) / float64(fsync), bar: 10, aim: 5, note: note})
	a.table.add(figure{name: what + "p90 ÷ the disk's fsync p50", value: float64(p90) / float64(fsync), bar: 40, aim: 15, note: "of " + became})
	a.table.add(figure{name: what + "CPU", value: milliseconds(alone), unit: " ms", bar: 2, aim: 0.7,
		note: fmt.Sprintf("with the form's stamp and the jobs that follow, less what the program takes idle; %.3g ms where readers use the page, which is then rendered every other second", milliseconds(withPage))})
	return nil
}

// cpuOf is what a process takes while something is done.
func cpuOf(pid int, do func() error) (time.Duration, error) {
	before, err := proc.CPU(pid)
	if err != nil {
		return 0, err
	}
	if err := do(); err != nil {
		return 0, err
	}
	after, err := proc.CPU(pid)
	return after - before, err
}

// became says what became of the latest replies.
func (a *answered) became(ctx context.Context, latest int) (text string, err error) {
	d, err := db.Open(ctx, db.Config{Path: filepath.Join(a.data, app.DatabaseName)})
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	err = d.View(ctx, func(tx *db.Tx) error {
		list, err := db.List(tx, func(r db.Row) (string, error) {
			var n int
			var state, held string
			err := r.Scan(&n, &state, &held)
			return strings.TrimSpace(fmt.Sprintf("%d %s %s", n, state, held)), err
		}, `SELECT count(*), state, held FROM (SELECT state, held FROM replies JOIN reply_checks ON reply_id = id WHERE email LIKE 'member-1%' ORDER BY id DESC LIMIT $1) AS latest
			GROUP BY state, held ORDER BY 1 DESC`, latest)
		text = strings.Join(list, ", ")
		return err
	})
	return text, err
}

// approvals measures what a moderator's approval brings about, and the pages of those
// who are signed in.
func (a *answered) approvals(ctx context.Context) error {
	r, err := child.Call[approvalCost](ctx, "approvals", a.cpus.Server, approvalOrder{Place: a.place(""), Story: a.pages.WithoutPath, Rounds: a.times(5)})
	if err != nil {
		return err
	}
	a.table.add(figure{name: "pages rendered for an approval, all of the community in memory", value: float64(slices.Max(r.Renders)), bar: 5, aim: 1,
		note: fmt.Sprintf("at most of %d approvals, the story's lists and feeds of replies among them; %d for %d anonymous readers who ask for the story at once and see the reply", len(r.Renders), r.AtOnce, readersAtOnce)})
	a.table.add(figure{name: "the slowest signed-in page on replies, CPU", value: milliseconds(r.Pages[0].Took), unit: " ms", bar: 2.5, aim: 1,
		note: fmt.Sprintf("%s; then %s %.3g, %s %.3g ms", r.Pages[0].Path, r.Pages[1].Path, milliseconds(r.Pages[1].Took), r.Pages[2].Path, milliseconds(r.Pages[2].Took))})
	return nil
}

// flood measures many replies at once, without limits.
func (a *answered) flood(ctx context.Context) (err error) {
	if err := a.bring(ctx, a.place(""), 0); err != nil { // the approvals left everything held
		return err
	}
	sqlite, err := a.floodAt(ctx, a.place(""), a.readerMeanwhile)
	if err != nil {
		return err
	}
	note := fmt.Sprintf("%.0f by %.0f a second; %.2f ms CPU for a reply; fsync p50 %.2f ms", sqlite.Rate, sqlite.Bare, milliseconds(sqlite.CPU), milliseconds(sqlite.Fsync))
	if sqlite.Fsync < judged {
		note += ", too fast a disk to judge by"
	}
	a.table.add(figure{name: fmt.Sprintf("replies a second by %d readers through HTTP, limits off ÷ one row per transaction, SQLite", writers), value: sqlite.Ratio, bar: 1, aim: 3, atLeast: true, note: note})
	url, drop, err := a.newDatabase(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, drop()) }()
	p, large := a.place(url), a.pages
	defer func() { a.pages = large }()
	if a.pages, err = a.fillSome(ctx, p); err != nil {
		return err
	}
	if err := a.bring(ctx, p, someReplies); err != nil {
		return err
	}
	postgres, err := a.floodAt(ctx, p, nil)
	if err != nil {
		return err
	}
	a.table.add(figure{name: "PostgreSQL ÷ SQLite, CPU of a posted reply", value: float64(postgres.CPU) / float64(sqlite.CPU), bar: 2, aim: 1.5,
		note: fmt.Sprintf("%.2f ms, of the program alone; %.0f a second", milliseconds(postgres.CPU), postgres.Rate)})
	return nil
}

// fillSome makes a smaller community: what is posted goes to one story.
func (a *answered) fillSome(ctx context.Context, p site.Place) (pages site.Pages, err error) {
	s, err := site.Open(ctx, p, nil)
	if err != nil {
		return pages, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if err := s.Fill(ctx, 100, site.TenBySeventyFive); err != nil {
		return pages, err
	}
	return s.Pages(ctx)
}

// readerMeanwhile asks for a page while replies arrive and while none do, by turns.
func (a *answered) readerMeanwhile(ctx context.Context) error {
	const perSecond = 100
	reading := a.span(2 * time.Second)
	settle := typingTime + time.Second
	read := func(settle time.Duration) (time.Duration, error) {
		return child.Call[time.Duration](ctx, "slowest", a.cpus.Load, readOrder{URL: "http://" + a.address + a.pages.Story, Settle: settle, Span: reading})
	}
	while := func(paths []string) (wait time.Duration, err error) {
		c, err := child.Begin(ctx, "readers", a.cpus.Load)
		if err != nil {
			return 0, err
		}
		defer func() { err = errors.Join(err, c.End()) }()
		n := int((settle - typingTime + reading + time.Second).Seconds() * perSecond)
		if err := c.Tell(readersOrder{Address: a.address, Paths: paths, Forms: a.forms(n), Every: time.Second / perSecond}); err != nil {
			return 0, err
		}
		if err := proc.GiveWay(c.PID); err != nil { // to the reader, whose processor it shares
			return 0, err
		}
		if wait, err = read(settle); err != nil {
			return 0, err
		}
		var t replyTimes
		return wait, c.Hear(&t)
	}
	others := slices.DeleteFunc(slices.Clone(a.pages.All), func(path string) bool { return !strings.HasPrefix(path, "/stories/") || path == a.pages.Story })
	var ratios, here []float64
	var without, with, same time.Duration
	for range a.times(3) {
		var err error
		if without, err = read(time.Second); err != nil {
			return err
		}
		if with, err = while(others); err != nil {
			return err
		}
		if same, err = while([]string{a.pages.Story}); err != nil {
			return err
		}
		ratios = append(ratios, float64(with)/float64(max(without, 1)))
		here = append(here, float64(same)/float64(max(without, 1)))
	}
	a.table.add(figure{name: fmt.Sprintf("anonymous page, p99 while %d replies a second arrive ÷ without", perSecond), value: proc.Median(ratios), bar: 2, aim: 1.3,
		note: fmt.Sprintf("last round %.2f by %.2f ms; where all answer the very story that is read, so that each makes its page stale, %.3g (%.2f ms)",
			milliseconds(with), milliseconds(without), proc.Median(here), milliseconds(same))})
	return nil
}

// floods is what many readers at once came to; medians of the rounds.
type floods struct {
	Ratio, Rate, Bare float64
	CPU, Fsync        time.Duration
}

// floodAt lets readers send replies as fast as they are taken, by turns with one row per
// transaction.
func (a *answered) floodAt(ctx context.Context, p site.Place, before func(context.Context) error) (f floods, err error) {
	unlimited, err := a.serveUnlimited(ctx, p)
	if err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, unlimited.End()) }()
	bare := before != nil
	if bare {
		if err := before(ctx); err != nil {
			return f, err
		}
	}
	stamp, err := stampOf(ctx, a.address)
	if err != nil {
		return f, err
	}
	time.Sleep(typingTime)
	var ratios, rates, bares []float64
	var costs []time.Duration
	for range a.times(3) {
		o := load.Order{Address: a.address, Paths: []string{a.pages.Story + "/replies"}, Status: 303, Connections: writers, PID: unlimited.PID, Duration: a.span(3 * time.Second)}
		for _, form := range a.forms(12_000) {
			o.Forms = append(o.Forms, form+"&stamp="+url.QueryEscape(stamp))
		}
		r, err := child.Call[load.Result](ctx, "load", a.cpus.Load, o)
		if err != nil {
			return f, err
		}
		rates, costs = append(rates, r.PerSecond()), append(costs, r.PerRequest())
		if !bare {
			continue
		}
		one, err := child.Call[float64](ctx, "bare rows", -1, bareOrder{Folder: filepath.Join(a.folder, fmt.Sprintf("bare-%d", len(rates))), Span: a.span(2 * time.Second)})
		if err != nil {
			return f, err
		}
		bares, ratios = append(bares, one), append(ratios, r.PerSecond()/one)
	}
	f = floods{Rate: proc.Median(rates), CPU: proc.Median(costs)}
	if bare {
		f.Ratio, f.Bare = proc.Median(ratios), proc.Median(bares)
	}
	f.Fsync, err = proc.Fsync(a.folder)
	return f, err
}

// serveUnlimited starts the server without limits on replies.
func (a *answered) serveUnlimited(ctx context.Context, p site.Place) (*child.Child, error) {
	c, err := child.Begin(ctx, "without limits", a.cpus.Server)
	if err != nil {
		return nil, err
	}
	var ready bool
	if err := c.Ask(unlimitedOrder{Place: p, Address: a.address}, &ready); err != nil {
		return nil, errors.Join(err, c.End())
	}
	return c, server.Await(ctx, a.address, a.pages.Story)
}
