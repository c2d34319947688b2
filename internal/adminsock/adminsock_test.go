package adminsock_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"waypost/internal/adminsock"
	"waypost/internal/datadir"
	"waypost/internal/problem"
)

// served is a server in a test.
type served struct {
	t    testing.TB
	dir  *datadir.Dir
	stop func() // ends the server and waits for it
}

func serve(t testing.TB, path string, server adminsock.Server) *served {
	t.Helper()
	dir, err := datadir.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(ctx, dir) }()
	s := &served{t: t, dir: dir}
	s.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Serve = %v", err)
		}
	})
	t.Cleanup(func() {
		s.stop()
		dir.Close()
	})
	s.wait()
	return s
}

// wait returns once the server answers.
func (s *served) wait() {
	s.t.Helper()
	for range 6000 {
		if err := s.call("", nil, nil); !errors.Is(err, adminsock.ErrNoServer) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	s.t.Fatal("the server does not answer")
}

func (s *served) call(name string, request, answer any) error {
	return adminsock.Call(s.t.Context(), s.dir.Path(), name, request, answer, nil)
}

// handlers are calls of several kinds.
func handlers() map[string]adminsock.Handler {
	return map[string]adminsock.Handler{
		"echo": func(_ context.Context, request json.RawMessage, _ func(adminsock.Progress)) (any, error) {
			return request, nil
		},
		"nothing": func(context.Context, json.RawMessage, func(adminsock.Progress)) (any, error) {
			return nil, nil
		},
		"steps": func(_ context.Context, _ json.RawMessage, progress func(adminsock.Progress)) (any, error) {
			for i := range int64(3) {
				progress(adminsock.Progress{What: "stories", Done: i + 1, Total: 3})
			}
			return map[string]int{"stories": 3}, nil
		},
		"conflict": func(context.Context, json.RawMessage, func(adminsock.Progress)) (any, error) {
			return nil, fmt.Errorf("back up: %w", problem.New(problem.Conflict, "backup.running"))
		},
		"broken": func(context.Context, json.RawMessage, func(adminsock.Progress)) (any, error) {
			return nil, errors.New("the disk is full")
		},
		"panic": func(context.Context, json.RawMessage, func(adminsock.Progress)) (any, error) {
			panic("a fault")
		},
		"unspeakable": func(context.Context, json.RawMessage, func(adminsock.Progress)) (any, error) {
			return func() {}, nil
		},
	}
}

func deepFolder(t *testing.T) string {
	return filepath.Join(t.TempDir(), strings.Repeat("d", 100), strings.Repeat("e", 100))
}

func TestCall(t *testing.T) {
	t.Parallel()
	s := serve(t, t.TempDir(), adminsock.Server{Handlers: handlers()})
	long := strings.Repeat("long ", 50_000)
	tests := []struct {
		name    string
		request any
		want    any
	}{
		{"echo", "hello", "hello"},
		{"echo", map[string]any{"file": "/tmp/ä \n b"}, map[string]any{"file": "/tmp/ä \n b"}},
		{"echo", long, long},
		{"echo", nil, nil},
		{"nothing", 1, nil},
		{"steps", nil, map[string]any{"stories": 3.0}},
	}
	for _, test := range tests {
		var got any
		if err := s.call(test.name, test.request, &got); err != nil || fmt.Sprint(got) != fmt.Sprint(test.want) {
			t.Errorf("%s: %.50v, %v, want %.50v", test.name, got, err, test.want)
		}
		if err := s.call(test.name, test.request, nil); err != nil {
			t.Errorf("%s without a place for the answer: %v", test.name, err)
		}
	}
	if err := s.call("echo", strings.Repeat("x", 1<<20), nil); err == nil || !strings.Contains(err.Error(), "too long") {
		t.Errorf("a request of 1 MiB: %v", err)
	}
	if err := s.call("echo", func() {}, nil); err == nil {
		t.Error("a request that is not JSON is sent")
	}
}

func TestProgressArrivesWhileTheCallRuns(t *testing.T) {
	t.Parallel()
	seen := make(chan struct{})
	s := serve(t, t.TempDir(), adminsock.Server{Handlers: map[string]adminsock.Handler{
		"steps": func(_ context.Context, _ json.RawMessage, progress func(adminsock.Progress)) (any, error) {
			progress(adminsock.Progress{What: "stories", Done: 1, Total: 2})
			<-seen // the client has the first line before the second is written
			progress(adminsock.Progress{What: "media"})
			return nil, nil
		},
	}})
	var got []adminsock.Progress
	err := adminsock.Call(t.Context(), s.dir.Path(), "steps", nil, nil, func(p adminsock.Progress) {
		if got = append(got, p); len(got) == 1 {
			close(seen)
		}
	})
	want := []adminsock.Progress{{What: "stories", Done: 1, Total: 2}, {What: "media"}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("progress %v, %v, want %v", got, err, want)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	s := serve(t, t.TempDir(), adminsock.Server{
		Handlers: handlers(),
		Log:      slog.New(slog.NewTextHandler(&log, nil)),
		Words: func(err error) string {
			if problem.Is(err, problem.Conflict) {
				return "Ein Backup läuft schon."
			}
			return err.Error()
		},
	})
	tests := []struct {
		name string
		kind problem.Kind
		want string
	}{
		{"conflict", problem.Conflict, "Ein Backup läuft schon."},
		{"broken", 0, "the disk is full"},
		{"panic", 0, "the server met a fault of its own in \"panic\"; its log has the rest"},
		{"unspeakable", 0, "write the answer to \"unspeakable\": "},
		{"unheard-of", problem.NotFound, "the running server does not know \"unheard-of\""},
	}
	for _, test := range tests {
		err := s.call(test.name, nil, nil)
		var refusal *adminsock.Refusal
		if !errors.As(err, &refusal) || !strings.HasPrefix(err.Error(), test.want) || problem.KindOf(err) != test.kind {
			t.Errorf("%s: %v of kind %v, want %q of kind %v", test.name, err, problem.KindOf(err), test.want, test.kind)
		}
	}
	s.stop()
	if !strings.Contains(log.String(), "a fault") {
		t.Errorf("the log does not tell of the panic: %s", log.String())
	}
}

func TestNoServer(t *testing.T) {
	t.Parallel()
	empty, left := t.TempDir(), t.TempDir()
	leaveSocket(t, left)
	for _, path := range []string{empty, left, filepath.Join(empty, "absent"), filepath.Join(deepFolder(t), "absent")} {
		if err := adminsock.Call(t.Context(), path, "echo", nil, nil, nil); !errors.Is(err, adminsock.ErrNoServer) {
			t.Errorf("%q: %v, want ErrNoServer", path, err)
		}
	}
}

// leaveSocket leaves what a killed server does: a socket nobody listens on.
func leaveSocket(t *testing.T, path string) {
	t.Helper()
	old, err := net.ListenUnix("unix", &net.UnixAddr{Name: filepath.Join(path, "admin.sock"), Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	old.SetUnlinkOnClose(false)
	if err := old.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestSocketIsReplacedAndRemoved(t *testing.T) {
	t.Parallel()
	path := t.TempDir()
	leaveSocket(t, path)
	s := serve(t, path, adminsock.Server{Handlers: handlers()})
	info, err := os.Lstat(filepath.Join(path, "admin.sock"))
	if err != nil || info.Mode() != fs.ModeSocket|0o600 {
		t.Errorf("the socket has the mode %v, %v", info.Mode(), err)
	}
	s.stop()
	if _, err := os.Lstat(filepath.Join(path, "admin.sock")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the socket is left: %v", err)
	}
}

func TestFileInThePlaceOfTheSocketIsKept(t *testing.T) {
	t.Parallel()
	path := t.TempDir()
	name := filepath.Join(path, "admin.sock")
	if err := os.WriteFile(name, []byte("a letter"), 0o600); err != nil {
		t.Fatal(err)
	}
	dir, err := datadir.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer dir.Close()
	if err := (adminsock.Server{}).Serve(t.Context(), dir); err == nil || !strings.Contains(err.Error(), "something else than a socket") {
		t.Errorf("Serve = %v", err)
	}
	if text, err := os.ReadFile(name); err != nil || string(text) != "a letter" {
		t.Errorf("the file is %q, %v", text, err)
	}
}

// waiting is a handler that says it has begun and waits for its end.
func waiting(begun chan<- struct{}, ended chan<- error) adminsock.Handler {
	return func(ctx context.Context, _ json.RawMessage, _ func(adminsock.Progress)) (any, error) {
		begun <- struct{}{}
		<-ctx.Done()
		ended <- ctx.Err()
		return nil, ctx.Err()
	}
}

func TestClientThatGoesAwayEndsItsCall(t *testing.T) {
	t.Parallel()
	begun, ended := make(chan struct{}, 1), make(chan error, 1)
	s := serve(t, t.TempDir(), adminsock.Server{Handlers: map[string]adminsock.Handler{"wait": waiting(begun, ended)}})
	ctx, cancel := context.WithCancel(t.Context())
	returned := make(chan error, 1)
	go func() { returned <- adminsock.Call(ctx, s.dir.Path(), "wait", nil, nil, nil) }()
	<-begun
	cancel()
	if err := <-returned; !errors.Is(err, context.Canceled) {
		t.Errorf("Call = %v, want context.Canceled", err)
	}
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("the handler's context ends with %v", err)
	}
}

func TestServerThatStopsEndsItsCalls(t *testing.T) {
	t.Parallel()
	begun, ended := make(chan struct{}, 1), make(chan error, 1)
	s := serve(t, t.TempDir(), adminsock.Server{Handlers: map[string]adminsock.Handler{"wait": waiting(begun, ended)}})
	returned := make(chan error, 1)
	go func() { returned <- s.call("wait", nil, nil) }()
	<-begun
	s.stop()
	if err := <-returned; !problem.Is(err, problem.Unavailable) || !strings.Contains(err.Error(), "was stopped") {
		t.Errorf("Call = %v", err)
	}
}

func TestManyCallsAtATime(t *testing.T) {
	t.Parallel()
	s := serve(t, t.TempDir(), adminsock.Server{Handlers: handlers()})
	var calls sync.WaitGroup
	for i := range 64 {
		calls.Go(func() {
			var got int
			if err := s.call("echo", i, &got); err != nil || got != i {
				t.Errorf("call %d: %d, %v", i, got, err)
			}
		})
	}
	calls.Wait()
}

// send writes bytes to the socket and gives what comes back.
func send(t testing.TB, path string, text []byte) []byte {
	t.Helper()
	conn, err := net.Dial("unix", filepath.Join(path, "admin.sock"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.Write(text) // the server may have closed it already
	conn.(*net.UnixConn).CloseWrite()
	got, _ := io.ReadAll(conn)
	return got
}

func TestMalformedCalls(t *testing.T) {
	t.Parallel()
	s := serve(t, t.TempDir(), adminsock.Server{Handlers: handlers()})
	for _, text := range []string{
		"", "\n", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "[]", "{", `{"call":3}`, "\x00\xff",
		`{"call":"` + strings.Repeat("x", 2<<20) + `"}`, strings.Repeat("[", 100_000),
	} {
		if got := send(t, s.dir.Path(), []byte(text)); len(got) != 0 {
			t.Errorf("%.20q is answered with %.50q", text, got)
		}
	}
	if err := s.call("nothing", nil, nil); err != nil {
		t.Errorf("after malformed calls: %v", err)
	}
}

// FuzzCall sends any bytes: the server lives, and what it answers is lines of
// JSON.
func FuzzCall(f *testing.F) {
	for _, seed := range []string{`{"call":"echo","request":1}`, `{"call":"steps"}`, `{"call":"none"}`, `{"call":"echo","request":`, "{}{}"} {
		f.Add([]byte(seed))
	}
	s := serve(f, f.TempDir(), adminsock.Server{Handlers: handlers()})
	f.Fuzz(func(t *testing.T, text []byte) {
		for line := range bytes.Lines(send(t, s.dir.Path(), text)) {
			if !json.Valid(line) {
				t.Errorf("%q is answered with %q", text, line)
			}
		}
	})
}
