package adminsock

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"sync"
	"time"

	"waypost/internal/datadir"
)

const socketName = "admin.sock"

// mostCalls is how many calls are worked on at a time; more wait.
const mostCalls = 16

// Handler does what a call asks. The request is the client's JSON; progress may
// be told at any time until the handler returns, from one goroutine at a time.
// The answer becomes JSON; nil is a good answer. The context ends when the
// client goes away or the server stops.
type Handler func(ctx context.Context, request json.RawMessage, progress func(Progress)) (answer any, err error)

// Server answers calls.
type Server struct {
	Handlers map[string]Handler
	Words    func(error) string // a handler's error in words for the operator; nil takes its text
	Log      *slog.Logger       // for what no client is told; nil drops it
}

// Serve listens on the socket of the data folder until the context ends and
// every handler has returned. The folder's lock is why a socket that is there
// already can only be left over, and is replaced.
func (s Server) Serve(ctx context.Context, dir *datadir.Dir) error {
	listener, err := listen(dir)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", dir.Join(socketName), err)
	}
	if s.Log == nil {
		s.Log = slog.New(slog.DiscardHandler)
	}
	stop := context.AfterFunc(ctx, func() { listener.Close() })
	defer stop()

	var calls sync.WaitGroup
	room := make(chan struct{}, mostCalls)
	for {
		conn, err := listener.AcceptUnix()
		if ctx.Err() != nil {
			break
		}
		if err != nil {
			s.Log.Warn("admin socket: no call can be taken", "error", err)
			rest(ctx)
			continue
		}
		room <- struct{}{}
		calls.Go(func() {
			defer func() { <-room }()
			s.converse(ctx, conn)
		})
	}
	calls.Wait()
	if err := dir.Root().Remove(socketName); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove %s: %w", dir.Join(socketName), err)
	}
	return nil
}

// rest waits a moment for what keeps calls away, such as a lack of file
// descriptors, to pass.
func rest(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
	defer cancel()
	<-ctx.Done()
}

// listen makes the socket anew, for its owner alone. The folder's own mode, and
// the question who is calling, cover the moment before chmod.
func listen(dir *datadir.Dir) (*net.UnixListener, error) {
	root := dir.Root()
	info, err := root.Lstat(socketName)
	switch {
	case err == nil && info.Mode().Type() != fs.ModeSocket:
		return nil, errors.New("there is something else than a socket; move it away")
	case err == nil:
		err = root.Remove(socketName)
	case errors.Is(err, fs.ErrNotExist):
		err = nil
	}
	if err != nil {
		return nil, err
	}
	name, done, err := address(dir.Path())
	if err != nil {
		return nil, err
	}
	defer done()
	listener, err := net.ListenUnix("unix", &net.UnixAddr{Name: name, Net: "unix"})
	if err != nil {
		return nil, err
	}
	listener.SetUnlinkOnClose(false) // the name may be of no use by then; Serve removes it
	if err := os.Chmod(name, 0o600); err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	return listener, nil
}
