package keeper_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"waypost/internal/keeper"
	"waypost/internal/problem"
	"waypost/internal/testkit"
)

// pieced makes pages of a head that is read each time and a part that is kept.
type pieced struct {
	head, talk *source
	node       *node
	until      time.Time
	weight     int64
}

func newPieced(n *node) *pieced {
	return &pieced{head: newSource("story:1"), talk: newSource("replies:1"), node: n, weight: 10}
}

func (p *pieced) render(ctx context.Context) (keeper.Page, error) {
	part, err := p.node.Part(ctx, "talk "+p.talk.tags[0], func() (keeper.Part, error) {
		made, err := p.talk.render(ctx)
		return keeper.Part{Value: string(made.Body), Bytes: p.weight, Tags: made.Tags, Until: p.until}, err
	})
	if err != nil {
		return keeper.Page{}, err
	}
	page, err := p.head.render(ctx)
	page.Body = fmt.Appendf(page.Body, " with %v", part.Value)
	return page, err
}

func TestAPartIsKeptUnderItsOwnTags(t *testing.T) {
	t.Parallel()
	eachPair(t, func(t *testing.T, a, b *node) {
		p := newPieced(a)
		a.wantBody("/a", p.render, "page 1 with page 1")
		a.touch("story:1") // a page that is made again keeps its parts
		a.wantBody("/a", p.render, "page 2 with page 2")
		a.touch("story:1")
		a.wantBody("/a", p.render, "page 3 with page 2")
		a.touch("replies:1")
		a.wantBody("/a", p.render, "page 4 with page 3")
		b.touch("replies:1")
		a.follow()
		a.wantBody("/a", p.render, "page 5 with page 4")
		a.touch("story:1", "replies:1")
		a.wantBody("/a", p.render, "page 6 with page 5")
		a.touch("other")
		a.wantBody("/a", p.render, "page 6 with page 5")
	})
}

// What a part shows goes at once, wherever it is kept.
func TestAPartIsForgotten(t *testing.T) {
	t.Parallel()
	eachPair(t, func(t *testing.T, a, b *node) {
		p := newPieced(a)
		for _, forgetting := range []*node{a, b} {
			for range 2 {
				a.touch("story:1")
				if _, err := a.get("/a", p.render); err != nil {
					t.Fatal(err)
				}
			}
			p.talk.failing(errors.New("template"))
			forgetting.forget("replies:1")
			a.follow()
			if got := a.Stats(); got.Bytes != 0 {
				t.Errorf("forgotten, and it keeps %+v", got)
			}
			a.wantProblem("/a", p.render, problem.Unavailable)
			p.talk.fail.Store(nil)
		}
	})
}

// A change while a page is made spoils the part that it has made and the page with it.
func TestAPartThatIsOvertaken(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, n *node) {
		for name, change := range map[string]func(...string){"touch": n.touch, "forget": n.forget} {
			p := newPieced(n)
			p.head.tags, p.talk.tags = []string{"story:" + name}, []string{"replies:" + name}
			for _, held := range []*source{p.talk, p.head} { // before the part is kept, and after
				if _, err := n.get("/"+name, p.render); err != nil {
					t.Fatal(err)
				}
				n.touch("replies:" + name)
				g := held.hold()
				ended := make(chan struct{})
				go func() {
					defer close(ended)
					_, _ = n.get("/"+name, p.render)
				}()
				<-g.in
				held.gate.Store(nil)
				change("replies:" + name)
				close(g.out)
				<-ended
				made := p.talk.count.Load()
				w, err := n.get("/"+name, p.render)
				if want := fmt.Sprintf("with page %d", made+1); err != nil || !strings.HasSuffix(w.Body.String(), want) {
					t.Errorf("%s: %q, error %v; want %s", name, w.Body, err, want)
				}
			}
		}
	})
}

func TestAPartEndsThePage(t *testing.T) {
	t.Parallel()
	n := newNode(t, testkit.DB(t), "a")
	p := newPieced(n)
	p.until = n.clock.Now().Add(time.Minute)
	for _, want := range []string{"page 1 with page 1", "page 2 with page 2", "page 3 with page 2"} {
		n.wantBody("/a", p.render, want)
		n.touch("story:1")
	}
	n.wantBody("/a", p.render, "page 4 with page 2")
	n.clock.Advance(time.Minute)
	n.tick()
	n.wantBody("/a", p.render, "page 5 with page 3")
}

// Parts take an eighth of the memory at most, and those unused for longest go first.
func TestPartsAreBounded(t *testing.T) {
	t.Parallel()
	n := newNode(t, testkit.DB(t), "a", func(c *keeper.Config) { c.MaxBytes = 80_000 })
	p := newPieced(n)
	p.weight = 6_000
	n.wantBody("/a", p.render, "page 1 with page 1") // and no part of it is kept
	p.weight = 9_000
	n.touch("replies:1")
	n.wantBody("/a", p.render, "page 2 with page 2")
	n.touch("story:1")
	n.wantBody("/a", p.render, "page 3 with page 3")
	p.weight = 6_000
	n.touch("story:1")
	n.wantBody("/a", p.render, "page 4 with page 4")
	n.touch("story:1")
	n.wantBody("/a", p.render, "page 5 with page 4")
	if got := n.Stats(); got.Pages != 1 || got.Bytes < 6_000 || got.Bytes > 10_000 {
		t.Errorf("kept: %+v", got)
	}
}

func TestOutsideOfARenderNoPartIsKept(t *testing.T) {
	t.Parallel()
	for name, n := range map[string]*node{"alone": newNode(t, testkit.DB(t), "a"), "off": newNode(t, testkit.DB(t), "a", func(c *keeper.Config) { c.Off = true })} {
		p := newPieced(n)
		for i := range 2 {
			page, err := p.render(t.Context())
			if name == "off" {
				n.wantBody("/a", p.render, fmt.Sprintf("page %d with page %d", 2*i+2, 2*i+2))
			}
			if want := fmt.Sprintf("with page %d", p.talk.count.Load()); err != nil || name == "alone" && !strings.HasSuffix(string(page.Body), want) {
				t.Errorf("%s: %q, error %v", name, page.Body, err)
			}
		}
		if got := n.Stats(); got.Bytes != 0 {
			t.Errorf("%s keeps %+v", name, got)
		}
	}
}
