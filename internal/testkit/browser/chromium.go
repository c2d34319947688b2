package browser

import (
	"context"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/chromedp/chromedp"
)

// chromium is the one browser of the process: it starts with its first tab and
// ends with its last, for starting one takes over a second.
var chromium shared

type shared struct {
	mu   sync.Mutex
	tabs int
	ctx  context.Context // of the browser; every tab's context comes from it
	stop func()
}

// tab opens a tab that shares nothing with others but the process. The func
// closes it, and the browser after the last.
func (s *shared) tab() (ctx context.Context, closeTab func(), err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.tabs == 0 {
		if err := s.start(); err != nil {
			return nil, nil, err
		}
	}
	s.tabs++
	tab, cancel := chromedp.NewContext(s.ctx, chromedp.WithNewBrowserContext())
	return tab, func() {
		end(tab)
		cancel()
		s.release()
	}, nil
}

func (s *shared) start() error {
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(), options()...)
	ctx, cancel := chromedp.NewContext(allocator)
	if err := chromedp.Do(ctx); err != nil {
		cancel()
		stopAllocator()
		return fmt.Errorf("start Chromium, which scripts/test-deps installs: %w", err)
	}
	s.ctx = ctx
	s.stop = func() {
		end(ctx)
		cancel()
		stopAllocator()
	}
	return nil
}

func (s *shared) release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tabs--
	if s.tabs == 0 {
		s.stop()
	}
}

// end closes a tab or the browser in good order; one that does not answer is
// killed by the cancel that follows.
func end(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	_ = chromedp.Cancel(ctx)
}

// options keep Chromium quiet: it speaks to the site under test and to nobody
// else, and draws the same on every machine.
func options() []chromedp.ExecAllocatorOption {
	o := append([]chromedp.ExecAllocatorOption{}, chromedp.DefaultExecAllocatorOptions[:]...)
	o = append(o,
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-domain-reliability", true),
		chromedp.Flag("no-pings", true),
		chromedp.Flag("no-proxy-server", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"),
		chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("font-render-hinting", "none"),
		chromedp.Flag("lang", "en-GB"),
		chromedp.WindowSize(1280, 800),
		chromedp.WSURLReadTimeout(patience), // until Chromium listens
	)
	if os.Geteuid() == 0 {
		o = append(o, chromedp.NoSandbox) // Chromium refuses to sandbox as root
	}
	return o
}
