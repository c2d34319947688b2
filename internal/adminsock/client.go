package adminsock

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"path/filepath"
	"syscall"
)

// ErrNoServer says that no server listens in the data folder.
var ErrNoServer = errors.New("no server is running in this data folder")

// Call asks the server that has the data folder at path, and waits as long as
// it takes. The answer is decoded into answer unless that is nil; progress may
// be nil. The error is a *Refusal when the server said no, ErrNoServer when
// there is none. When the context ends, so does the call on the server.
func Call(ctx context.Context, path, name string, request, answer any, progress func(Progress)) error {
	conn, err := dial(path)
	if err != nil {
		return err
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()

	err = ask(conn, name, request)
	if err == nil {
		err = hear(conn, answer, progress)
	}
	var refusal *Refusal
	switch {
	case err == nil, errors.As(err, &refusal):
		return err
	case ctx.Err() != nil:
		return fmt.Errorf("ask the server for %q: %w", name, ctx.Err())
	default:
		return fmt.Errorf("ask the server for %q: %w", name, err)
	}
}

func dial(path string) (*net.UnixConn, error) {
	name, done, err := address(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %s", ErrNoServer, path)
	}
	if err != nil {
		return nil, err
	}
	defer done()
	conn, err := net.DialUnix("unix", nil, &net.UnixAddr{Name: name, Net: "unix"})
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ECONNREFUSED):
		return nil, fmt.Errorf("%w: %s", ErrNoServer, path)
	case err != nil:
		return nil, fmt.Errorf("reach the server on %s: %w", filepath.Join(path, socketName), err)
	}
	return conn, nil
}

func ask(conn *net.UnixConn, name string, request any) error {
	text, err := json.Marshal(request)
	if err != nil {
		return err
	}
	if len(text) > mostOfRequest/2 {
		return errors.New("the request is too long")
	}
	return json.NewEncoder(conn).Encode(call{Name: name, Request: text})
}

// hear reads what the server says until it has answered.
func hear(conn *net.UnixConn, answer any, progress func(Progress)) error {
	lines := json.NewDecoder(conn)
	for {
		var m message
		if err := lines.Decode(&m); errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return errors.New("it ended before it answered")
		} else if err != nil {
			return err
		}
		switch {
		case m.Refusal != nil:
			return m.Refusal
		case m.Progress != nil:
			if progress != nil {
				progress(*m.Progress)
			}
		case answer == nil:
			return nil
		default:
			return json.Unmarshal(m.Answer, answer)
		}
	}
}
