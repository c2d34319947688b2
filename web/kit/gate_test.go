package kit_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"waypost/internal/clock"
	"waypost/internal/keeper"
	"waypost/internal/problem"
	"waypost/web/kit"
)

// timed notes that a connection was given more time to be read.
type timed struct {
	*httptest.ResponseRecorder
	given int
}

func (w *timed) SetReadDeadline(time.Time) error { w.given++; return nil }

func newKeeper() *keeper.Keeper {
	return keeper.New(keeper.Config{Alone: true, MaxBytes: 1 << 20, Clock: clock.System, Log: slog.New(slog.DiscardHandler)})
}

// gated is the handler of a route; whoever has a cookie is an owner.
func gated(t *testing.T, k *keeper.Keeper, route kit.Route) http.Handler {
	t.Helper()
	base, err := url.Parse("http://community.test")
	if err != nil {
		t.Fatal(err)
	}
	g := &kit.Gate{Hosts: kit.NewHosts(base), Errors: slog.New(slog.DiscardHandler), Keeper: k,
		Roles: func(r *http.Request) (context.Context, []string, error) {
			if r.Header.Get("Cookie") == "" {
				return nil, nil, problem.New(problem.Unauthenticated, "signin.needed")
			}
			return r.Context(), []string{"owner"}, nil
		},
		Fail: func(w http.ResponseWriter, _ *http.Request, status int, _ error) { w.WriteHeader(status) }}
	h, err := g.Handler([]kit.Route{route})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// TestOnlyThoseWhoMayHaveTimeToUpload keeps strangers from holding connections for
// as long as an upload may take.
func TestOnlyThoseWhoMayHaveTimeToUpload(t *testing.T) {
	t.Parallel()
	h := gated(t, newKeeper(), kit.Route{Path: "/upload", Methods: []string{http.MethodPost}, Roles: []string{"owner"}, Body: 2 << 20, Cache: kit.Private,
		Handler: func(http.ResponseWriter, *http.Request) error { return nil }})
	for cookie, want := range map[string]int{"": 0, "owner": 1} {
		r := httptest.NewRequest(http.MethodPost, "http://community.test/upload", strings.NewReader("a=b"))
		if cookie != "" {
			r.Header.Set("Cookie", cookie)
		}
		w := &timed{ResponseRecorder: httptest.NewRecorder()}
		h.ServeHTTP(w, r)
		if w.given != want {
			t.Errorf("with the cookie %q the answer is %d and the connection was given time %d times", cookie, w.Code, w.given)
		}
	}
}

// TestAQueryInThePathIsNone asks for a kept page by an address that only looks like
// its own once the percent signs are undone.
func TestAQueryInThePathIsNone(t *testing.T) {
	t.Parallel()
	k := newKeeper()
	h := gated(t, k, kit.Route{Path: "/list", Methods: []string{http.MethodGet}, Roles: []string{kit.Anyone}, Cache: kit.Kept,
		Handler: func(w http.ResponseWriter, r *http.Request) error {
			return k.Serve(w, r, "/list?year=2026", func(context.Context) (keeper.Page, error) {
				return keeper.Page{ContentType: "text/plain", Body: []byte("2026")}, nil
			})
		}})
	for _, c := range []struct {
		address string
		want    int
	}{{"/list?year=2026", http.StatusOK}, {"/list%3Fyear=2026", http.StatusNotFound}} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://community.test"+c.address, nil))
		if w.Code != c.want {
			t.Errorf("%s answers %d, want %d", c.address, w.Code, c.want)
		}
	}
}
