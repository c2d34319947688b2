package keeper_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"waypost/internal/clock"
	"waypost/internal/db"
	"waypost/internal/keeper"
	"waypost/internal/problem"
	"waypost/internal/testkit"
)

// node is one process with a keeper of its own.
type node struct {
	*keeper.Keeper
	t     testing.TB
	db    *db.DB
	clock *clock.Fake
}

func newNode(t testing.TB, d *db.DB, name string, change ...func(*keeper.Config)) *node {
	c := clock.NewFake(time.UnixMilli(1_790_000_000_000))
	config := keeper.Config{
		DB: d, Node: name, MaxBytes: 1 << 20, Clock: c.Now, Log: slog.New(slog.DiscardHandler),
		Headers: []keeper.Header{{Name: "Vary", Value: []string{"Accept-Encoding"}}, {Name: "Cache-Control", Value: []string{"public, no-cache"}}},
	}
	for _, f := range change {
		f(&config)
	}
	return &node{keeper.New(config), t, d, c}
}

func each(t *testing.T, test func(t *testing.T, n *node)) {
	t.Helper()
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) { test(t, newNode(t, d, "a")) })
}

func (n *node) update(fn func(*db.Tx) error) {
	n.t.Helper()
	if err := n.db.Update(context.Background(), fn); err != nil {
		n.t.Error(err)
	}
}

func (n *node) touch(tags ...string) {
	n.t.Helper()
	n.update(func(tx *db.Tx) error { n.Touch(tx, tags...); return nil })
}

func (n *node) forget(tags ...string) {
	n.t.Helper()
	n.update(func(tx *db.Tx) error { n.Forget(tx, tags...); return nil })
}

// tick lets the keeper look at the clock, and do nothing more.
func (n *node) tick() {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	n.Polish(ctx)
}

func (n *node) follow() {
	n.t.Helper()
	if err := n.Follow(context.Background()); err != nil {
		n.t.Error(err)
	}
}

// get asks as a reader does: Fast first, then the page's route.
func (n *node) get(path string, render keeper.Render, header ...string) (*httptest.ResponseRecorder, error) {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	if n.Fast(w, r) {
		return w, nil
	}
	return w, n.Serve(w, r, r.URL.Path, render)
}

func (n *node) wantBody(path string, render keeper.Render, want string) {
	n.t.Helper()
	w, err := n.get(path, render)
	if err != nil || w.Code != http.StatusOK || w.Body.String() != want {
		n.t.Errorf("%s: %d %.100q, error %v; want %.100q", path, w.Code, w.Body, err, want)
	}
}

func (n *node) wantProblem(path string, render keeper.Render, want problem.Kind) {
	n.t.Helper()
	w, err := n.get(path, render)
	if !problem.Is(err, want) || w.Body.Len() > 0 || len(w.Header()) > 0 {
		n.t.Errorf("%s: %q, error %v; want nothing written and %s", path, w.Body, err, want)
	}
}

// source makes pages that show how many were made, and fails or waits when told.
type source struct {
	tags  []string
	count atomic.Int64
	fail  atomic.Pointer[error]
	gate  atomic.Pointer[gate]
}

// gate holds a render between its beginning and its end.
type gate struct{ in, out chan struct{} }

func newSource(tags ...string) *source { return &source{tags: tags} }

func (s *source) failing(err error) { s.fail.Store(&err) }

// hold lets the next render wait: it says so on in, and ends when out is closed.
func (s *source) hold() *gate {
	g := &gate{make(chan struct{}), make(chan struct{})}
	s.gate.Store(g)
	return g
}

func (s *source) render(context.Context) (keeper.Page, error) {
	n := s.count.Add(1)
	var failure error
	if p := s.fail.Load(); p != nil {
		failure = *p
	}
	if g := s.gate.Swap(nil); g != nil {
		close(g.in)
		<-g.out
	}
	if failure != nil {
		return keeper.Page{}, failure
	}
	return keeper.Page{ContentType: "text/html; charset=utf-8", Body: []byte("page " + strconv.FormatInt(n, 10)), Tags: s.tags}, nil
}

func (s *source) wantRenders(t testing.TB, want int64) {
	t.Helper()
	if got := s.count.Load(); got != want {
		t.Errorf("rendered %d times, want %d", got, want)
	}
}

// eventually waits for what another goroutine is about to do.
func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !ok(); runtime.Gosched() {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain until %s", what)
		}
	}
}

func TestOneRenderForAThousandReaders(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, n *node) {
		s := newSource("story:1")
		for round := int64(1); round <= 3; round++ {
			var ready, wg sync.WaitGroup
			ready.Add(1000)
			for range 1000 {
				wg.Go(func() {
					ready.Done()
					ready.Wait()
					n.wantBody("/stories/a", s.render, "page "+strconv.FormatInt(round, 10))
				})
			}
			wg.Wait()
			s.wantRenders(t, round)
			n.touch("story:1")
		}
	})
}

// A reader who saw a stale page may be overtaken by the render of it, and must not
// ask for another.
func TestOneRenderForReadersWhoComeLate(t *testing.T) {
	t.Parallel()
	n := newNode(t, testkit.DB(t), "a")
	s := newSource("story:1")
	for round := int64(1); round <= 300; round++ {
		var wg sync.WaitGroup
		for range 16 {
			wg.Go(func() { n.wantBody("/a", s.render, "page "+strconv.FormatInt(round, 10)) })
		}
		wg.Wait()
		n.touch("story:1")
	}
	s.wantRenders(t, 300)
}

func TestTouchCountsFromTheCommitOn(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, n *node) {
		s, other := newSource("story:1", "topic:1"), newSource("story:2")
		n.wantBody("/a", s.render, "page 1")
		n.wantBody("/b", other.render, "page 1")
		undone := errors.New("undone")
		for _, change := range []func(*db.Tx, ...string){n.Touch, n.Forget} {
			err := n.db.Update(context.Background(), func(tx *db.Tx) error { change(tx, "story:1"); return undone })
			if !errors.Is(err, undone) {
				t.Error(err)
			}
		}
		n.wantBody("/a", s.render, "page 1")
		n.update(func(tx *db.Tx) error {
			n.Touch(tx, "topic:1", "story:1", "topic:1")
			n.Touch(tx, "story:none")
			n.wantBody("/a", s.render, "page 1")
			return nil
		})
		n.wantBody("/a", s.render, "page 2")
		n.wantBody("/b", other.render, "page 1")
		n.update(func(tx *db.Tx) error { // touched when the closure is over
			n.Touch(tx, "story:none")
			tx.BeforeCommit(func(tx *db.Tx) error { n.Touch(tx, "story:2"); return nil })
			return nil
		})
		n.wantBody("/b", other.render, "page 2")
		var touched, clock int64
		err := n.db.View(context.Background(), func(tx *db.Tx) error {
			return tx.QueryRow("SELECT t.touched, c.value FROM kept_tags t, kept_clock c WHERE t.tag = 'story:2'").Scan(&touched, &clock)
		})
		if err != nil || touched != clock || clock != 2 {
			t.Errorf("touched at %d, the clock is %d, error %v; want 2 changes", touched, clock, err)
		}
	})
}

// TestNeverOlderThanOnesOwnChange is the promise of the package, hammered: whoever
// knows of a change, because it was acknowledged, sees a page that has it.
func TestNeverOlderThanOnesOwnChange(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, n *node) {
		ctx := context.Background()
		n.update(func(tx *db.Tx) error {
			_, err := tx.Exec("INSERT INTO kept_tags (tag, touched, forgotten) VALUES ('number', 0, 0)")
			return err
		})
		number := func(tx *db.Tx, query string) (v int64, err error) { return v, tx.QueryRow(query).Scan(&v) }
		render := func(ctx context.Context) (p keeper.Page, err error) {
			err = n.db.View(ctx, func(tx *db.Tx) error {
				v, err := number(tx, "SELECT touched FROM kept_tags WHERE tag = 'number'")
				p = keeper.Page{ContentType: "text/plain", Body: []byte(strconv.FormatInt(v, 10)), Tags: []string{"story:1"}}
				return err
			})
			return p, err
		}
		var known atomic.Int64
		check := func() {
			least := known.Load()
			w, err := n.get("/a", render)
			shown, _ := strconv.ParseInt(w.Body.String(), 10, 64)
			if err != nil || shown < least {
				t.Errorf("shown %q, error %v; %d was acknowledged before", w.Body, err, least)
			}
		}
		var writers, readers sync.WaitGroup
		stop := make(chan struct{})
		for range 4 {
			writers.Go(func() {
				for i := range 25 {
					var mine int64
					err := n.db.Update(ctx, func(tx *db.Tx) (err error) {
						if i%2 == 0 {
							n.Touch(tx, "story:1")
						} else {
							n.Forget(tx, "story:1")
						}
						mine, err = number(tx, "UPDATE kept_tags SET touched = touched + 1 WHERE tag = 'number' RETURNING touched")
						return err
					})
					if err != nil {
						t.Error(err)
					}
					for old := known.Load(); old < mine && !known.CompareAndSwap(old, mine); old = known.Load() {
					}
					check()
				}
			})
			readers.Go(func() {
				for {
					select {
					case <-stop:
						return
					default:
						check()
					}
				}
			})
		}
		writers.Wait()
		close(stop)
		readers.Wait()
		n.wantBody("/a", render, "100")
	})
}

func TestAFailedRenderKeepsTheOldPage(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, n *node) {
		for i, failure := range []error{errors.New("template"), problem.New(problem.Unavailable, "problem.storage"), nil} {
			path, tag := fmt.Sprint("/", i), fmt.Sprint("story:", i)
			s := newSource(tag)
			render := s.render
			n.wantBody(path, render, "page 1")
			s.failing(failure)
			if failure == nil {
				render = func(context.Context) (keeper.Page, error) { panic("template") }
			}
			before := n.Stats().Failures
			n.touch(tag)
			n.wantBody(path, render, "page 1")
			n.touch(tag)
			n.wantBody(path, render, "page 1")
			if failures := n.Stats().Failures - before; failures != 2 {
				t.Errorf("%d failures were counted, want 2", failures)
			}
			n.forget(tag)
			n.wantProblem(path, render, problem.Unavailable)
			n.touch(tag)
			n.wantProblem(path, render, problem.Unavailable)
			s.fail.Store(nil)
			n.wantBody(path, s.render, fmt.Sprint("page ", s.count.Load()+1))
		}
	})
}

func TestAPageThatIsNotThere(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, n *node) {
		s := newSource("story:1")
		n.wantBody("/a", s.render, "page 1")
		for failures, kind := range []problem.Kind{problem.NotFound, problem.Gone} {
			s.failing(problem.New(kind, "problem.notfound"))
			n.touch("story:1")
			n.wantProblem("/a", s.render, kind)
			n.wantProblem("/none", s.render, kind)
			if got := n.Stats(); got.Pages != 0 || got.Bytes != 0 || got.Failures != int64(failures) {
				t.Errorf("kept of pages that are not there: %+v", got)
			}
			s.failing(errors.New("template"))
			n.wantProblem("/a", s.render, problem.Unavailable) // the old page does not come back
		}
	})
}

// A render that began before a story was published says "not found". Who asks after
// the publication must not be told so.
func TestNotFoundIsOvertakenToo(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, n *node) {
		for _, failure := range []error{problem.New(problem.NotFound, "problem.notfound"), errors.New("template")} {
			s := newSource("story:1")
			s.failing(failure)
			g := s.hold()
			early := make(chan error)
			go func() {
				_, err := n.get("/a", s.render)
				early <- err
			}()
			<-g.in
			s.fail.Store(nil)
			n.touch("story:1")
			late := make(chan struct{})
			go func() {
				defer close(late)
				n.wantBody("/a", s.render, "page 2")
			}()
			for range 100 {
				runtime.Gosched() // the late reader boards the early one's flight, mostly
			}
			close(g.out)
			if err := <-early; err == nil {
				t.Error("the early reader got a page")
			}
			<-late
			n.forget("story:1")
		}
	})
}

func TestForgetDuringARender(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, n *node) {
		s := newSource("story:1")
		g := s.hold()
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			n.wantBody("/a", s.render, "page 1") // asked before the page was to be forgotten
		}()
		<-g.in
		n.forget("story:1")
		close(g.out)
		<-ended
		s.failing(errors.New("template"))
		n.wantProblem("/a", s.render, problem.Unavailable)
		if got := n.Stats(); got.Bytes != 0 || got.Pages != 0 {
			t.Errorf("kept: %+v", got)
		}
	})
}

func TestTouchDuringARender(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, n *node) {
		s := newSource("story:1")
		g := s.hold()
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			n.wantBody("/a", s.render, "page 1")
		}()
		<-g.in
		n.touch("story:other")
		n.touch("story:1")
		close(g.out)
		<-ended
		s.failing(errors.New("template"))
		n.wantBody("/a", s.render, "page 1") // kept, as a stale one
		s.fail.Store(nil)
		n.wantBody("/a", s.render, "page 3")
		s.wantRenders(t, 3)
	})
}

func TestAReaderWhoGoesAway(t *testing.T) {
	t.Parallel()
	n := newNode(t, testkit.DB(t), "a")
	s := newSource("story:1")
	g := s.hold()
	ctx, cancel := context.WithCancel(context.Background())
	left := make(chan error)
	go func() {
		r := httptest.NewRequestWithContext(ctx, http.MethodGet, "/a", nil)
		left <- n.Serve(httptest.NewRecorder(), r, "/a", s.render)
	}()
	<-g.in
	cancel()
	if err := <-left; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	close(g.out)
	n.wantBody("/a", s.render, "page 1") // the render went on for all others
	s.wantRenders(t, 1)
}

func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	const most = 200_000
	n := newNode(t, testkit.DB(t), "a", func(c *keeper.Config) { c.MaxBytes = most; c.Alone = true })
	renders := map[string]int{}
	var mu sync.Mutex
	page := func(path string, size int) keeper.Render {
		return func(context.Context) (keeper.Page, error) {
			mu.Lock()
			renders[path]++
			mu.Unlock()
			body := strings.Repeat(path+" lorem ipsum ", size)
			return keeper.Page{ContentType: "text/html", Body: []byte(body), Tags: []string{"story:" + path, "all"}}, nil
		}
	}
	within := func() {
		t.Helper()
		if got := n.Stats(); got.Bytes > most || got.Bytes < 0 {
			t.Fatalf("more is kept than allowed: %+v", got)
		}
	}
	for i := range 3000 {
		path := fmt.Sprint("/", i)
		if _, err := n.get(path, page(path, i%20)); err != nil {
			t.Fatal(err)
		}
		within()
		if i%20 == 0 { // the first page is in use all the time, and the clock goes on
			n.clock.Advance(time.Second)
			n.tick()
			if _, err := n.get("/0", page("/0", 0)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if renders["/0"] != 1 {
		t.Errorf("the page in use was rendered %d times", renders["/0"])
	}
	if got := n.Stats(); got.Evicted < 2000 || got.Pages < 40 || got.Bytes < most/2 {
		t.Errorf("stats %+v", got)
	}
	if _, err := n.get("/1", page("/1", 1)); err != nil || renders["/1"] != 2 {
		t.Errorf("a page that fell out was rendered %d times, error %v", renders["/1"], err)
	}
	if w, err := n.get("/huge", page("/huge", most)); err != nil || w.Body.Len() < most {
		t.Errorf("a page above the bound: %d bytes, error %v", w.Body.Len(), err)
	}
	within()
	n.forget("all")
	if got := n.Stats(); got.Bytes != 0 || got.Pages != 0 {
		t.Errorf("after all was forgotten there is %+v", got)
	}
}

// The count of bytes stays true while pages change, fall out and are compressed.
func TestBytesAreCountedRight(t *testing.T) {
	t.Parallel()
	n := newNode(t, testkit.DB(t), "a", func(c *keeper.Config) { c.MaxBytes = 50_000 })
	var wg sync.WaitGroup
	stop := make(chan struct{})
	wg.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				n.clock.Advance(time.Second)
				n.Polish(context.Background())
			}
		}
	})
	var asking sync.WaitGroup
	for w := range 3 {
		asking.Go(func() {
			for i := range 300 {
				path := fmt.Sprint("/", (i*7+w)%40)
				render := func(context.Context) (keeper.Page, error) {
					return keeper.Page{Body: []byte(strings.Repeat(path, 500)), Tags: []string{path, "all"}}, nil
				}
				if _, err := n.get(path, render); err != nil {
					t.Error(err)
				}
				if i%10 == 0 {
					n.forget(path)
				}
				if got := n.Stats(); got.Bytes > 50_000 || got.Bytes < 0 {
					t.Errorf("bytes %d", got.Bytes)
				}
			}
		})
	}
	asking.Wait()
	close(stop)
	wg.Wait()
	n.forget("all")
	if got := n.Stats(); got.Bytes != 0 || got.Pages != 0 {
		t.Errorf("after all was forgotten there is %+v", got)
	}
}
