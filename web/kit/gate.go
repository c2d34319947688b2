package kit

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"waypost/internal/id"
	"waypost/internal/keeper"
	"waypost/internal/problem"
)

// Gate is the way every request takes: kept pages first, then host, origin, body
// cap, role, handler; and what becomes of an error.
type Gate struct {
	Hosts   Hosts
	Headers Headers
	Keeper  *keeper.Keeper
	Log     *Log
	Errors  *slog.Logger
	// Roles tells which roles a request's session has; none if there is no session.
	Roles func(r *http.Request) (context.Context, []string, error)
	// Refused hears of somebody signed in who asked for what they may not; may be nil.
	Refused func(ctx context.Context, path string)
	// Fail shows an error as a page.
	Fail func(w http.ResponseWriter, r *http.Request, status int, err error)

	mux    *http.ServeMux
	origin *http.CrossOriginProtection
	meters sync.Pool
}

// Handler builds the program's handler from the table of routes. It refuses a
// table in which a rule is missing.
func (g *Gate) Handler(routes []Route) (http.Handler, error) {
	if err := CheckRoutes(routes); err != nil {
		return nil, err
	}
	g.mux = http.NewServeMux()
	g.meters.New = func() any { return new(meter) }
	g.origin = http.NewCrossOriginProtection()
	byPath := map[string]methods{}
	for _, r := range routes {
		if byPath[r.Path] == nil {
			byPath[r.Path] = methods{}
		}
		for _, m := range r.Methods {
			byPath[r.Path][m] = routed{r, g}
		}
	}
	for path, m := range byPath {
		g.mux.Handle(path, m)
	}
	return http.HandlerFunc(g.serve), nil
}

// serve is the outermost handler. A kept page is answered before anything else is
// looked at but the host.
func (g *Gate) serve(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	m := g.meters.Get().(*meter)
	*m = meter{ResponseWriter: w}
	defer g.done(m, r, start)
	if g.Hosts.Has(r.Host) {
		// A query written into the path, as %3F, is no query: it must not find a page that
		// is kept under one.
		if strings.IndexByte(r.URL.Path, '?') < 0 && g.Keeper.Fast(m, r) {
			m.kept = true
			return
		}
	} else if !g.anyHost(r) {
		g.Headers.set(m, Unstored)
		http.Error(m, "This address is not served here. Readers reach this community at "+g.Hosts.base+" instead.", http.StatusMisdirectedRequest)
		return
	}
	if !plain(r.URL) {
		g.fail(m, r, problem.New(problem.NotFound, "problem.not_found"))
		return
	}
	g.Headers.set(m, Unstored) // for what the mux answers itself, such as the way to an address without "//"
	g.mux.ServeHTTP(m, r)
}

// plain reports that an address is text: what no page's address holds, such as NUL
// or broken UTF-8, is not asked of a database.
func plain(u *url.URL) bool {
	if !utf8.ValidString(u.Path) || strings.ContainsAny(u.Path, "\x00?") {
		return false
	}
	query, err := url.QueryUnescape(u.RawQuery)
	return err == nil && utf8.ValidString(query) && !strings.ContainsRune(query, 0)
}

func (g *Gate) done(m *meter, r *http.Request, start time.Time) {
	if cause := recover(); cause != nil {
		if cause == http.ErrAbortHandler {
			panic(cause)
		}
		g.Errors.Error("panic while answering", "path", r.Pattern, "panic", fmt.Sprint(cause), "stack", string(debug.Stack()))
		if m.status != 0 {
			panic(http.ErrAbortHandler) // part of an answer is out: only a broken connection tells that
		}
		g.fail(m, r, fmt.Errorf("panic: %v", cause))
	}
	where := r.Pattern // never the path of other routes: it may hold a secret
	switch {
	case m.kept:
		where = r.URL.Path
	case where == "":
		where = "-"
	}
	g.Log.write(entry{at: start, took: time.Since(start), method: r.Method, where: where, status: m.status, bytes: m.bytes})
	m.ResponseWriter = nil
	g.meters.Put(m)
}

// anyHost reports that a request is for a route that answers under every name.
func (g *Gate) anyHost(r *http.Request) bool {
	h, _ := g.mux.Handler(r)
	m, ok := h.(methods)
	return ok && m.find(r.Method).AnyHost
}

// methods are the routes of one path.
type methods map[string]routed

func (m methods) find(method string) routed {
	if method == http.MethodHead {
		method = http.MethodGet
	}
	return m[method]
}

func (m methods) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if route := m.find(r.Method); route.gate != nil {
		route.ServeHTTP(w, r)
		return
	}
	for _, any := range m {
		any.otherMethod(w, r, slices.Sorted(maps.Keys(m)))
		return
	}
}

// everywhere is the pattern that takes what no other route takes.
const everywhere = "/"

// otherMethod answers a method that a path does not take.
func (h routed) otherMethod(w http.ResponseWriter, r *http.Request, allowed []string) {
	if h.Path == everywhere {
		h.gate.fail(w, r, problem.New(problem.NotFound, "problem.not_found"))
		return
	}
	h.gate.Headers.set(w, Unstored)
	w.Header().Set("Allow", strings.Join(allowed, ", "))
	h.gate.Fail(w, r, http.StatusMethodNotAllowed, &MethodError{strings.Join(allowed, ", ")})
}

// routed is a route as the mux calls it.
type routed struct {
	Route
	gate *Gate
}

func (h routed) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := h.answer(w, r); err != nil {
		h.gate.fail(w, r, err)
	}
}

// A route that takes more than largeBody is an upload, which may take uploadTime.
const (
	largeBody  = 1 << 20
	uploadTime = 10 * time.Minute
)

func (h routed) answer(w http.ResponseWriter, r *http.Request) error {
	g := h.gate
	g.Headers.set(w, h.Cache)
	if err := g.origin.Check(r); err != nil {
		return &problem.Problem{Kind: problem.Forbidden, Message: problem.Message{Key: "problem.cross_origin"}, Cause: err}
	}
	r.Body = http.MaxBytesReader(w, r.Body, h.Body)
	if r.ContentLength > h.Body {
		w.Header().Set("Connection", "close") // the answer goes out at once, and nothing of the body is waited for
		return problem.New(problem.TooLarge, "problem.too_large")
	}
	if !slices.Contains(h.Roles, Anyone) {
		ctx, roles, err := g.Roles(r)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(h.Roles, func(role string) bool { return slices.Contains(roles, role) }) {
			g.refused(ctx, h.Path)
			return &problem.Problem{Kind: problem.Forbidden, Message: problem.Message{Key: "problem.forbidden"}, Cause: &RoleError{h.Roles}}
		}
		r = r.WithContext(ctx)
	}
	if h.Body > largeBody {
		// Only for who may: a stranger's connection ends when any other's would. One that
		// cannot be given more time keeps what it has.
		control := http.NewResponseController(w)
		_ = control.SetReadDeadline(time.Now().Add(uploadTime))
		_ = control.SetWriteDeadline(time.Now().Add(uploadTime))
	}
	defer func() {
		if r.MultipartForm != nil {
			_ = r.MultipartForm.RemoveAll() // what is left goes with the temporary folder
		}
	}()
	err := h.Handler(w, r)
	if problem.Is(err, problem.Forbidden) {
		g.refused(r.Context(), h.Path)
	}
	return err
}

func (g *Gate) refused(ctx context.Context, path string) {
	if g.Refused != nil {
		g.Refused(ctx, path)
	}
}

// fail answers with an error: its page, its status, and never a copy of it kept.
func (g *Gate) fail(w http.ResponseWriter, r *http.Request, err error) {
	status := Status(err)
	switch {
	case r.Context().Err() != nil && status == http.StatusInternalServerError:
		return // the reader went away
	case status == http.StatusInternalServerError, status == http.StatusServiceUnavailable:
		incident := &Incident{ID: id.Secret()[:10], Cause: err}
		g.Errors.Error("request failed", "incident", incident.ID, "path", r.Pattern, "status", status, "error", err)
		err = incident
	case status == http.StatusForbidden, status == http.StatusUnauthorized:
		g.Errors.Info("request refused", "path", r.Pattern, "status", status, "reason", err)
	}
	g.Headers.set(w, Private)
	for _, name := range []string{"Etag", "Content-Encoding", "Content-Length", "Last-Modified"} {
		w.Header().Del(name)
	}
	if status == http.StatusServiceUnavailable || status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", RetryAfter(err))
	}
	g.Fail(w, r, status, err)
}

// RetryAfter is how many seconds to wait, as an error knows, or a few.
func RetryAfter(err error) string {
	var later interface{ RetryAfter() time.Duration }
	if !errors.As(err, &later) {
		return "5"
	}
	return strconv.Itoa(int((later.RetryAfter() + time.Second - 1) / time.Second))
}
