package kit

import (
	"bufio"
	"context"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Log writes one line a request: a JSON object without addresses of people,
// cookies or what they typed. Lines are gathered and written at least every second.
type Log struct {
	mu  sync.Mutex
	out *bufio.Writer
	now []byte // the time of the current second, formatted once
	sec int64
}

// NewLog writes to w; nil keeps no log.
func NewLog(w io.Writer) *Log {
	if w == nil {
		return nil
	}
	return &Log{out: bufio.NewWriterSize(w, 64<<10)}
}

// Run writes out what has gathered, until ctx ends.
func (l *Log) Run(ctx context.Context) {
	if l == nil {
		return
	}
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			l.flush()
			return
		case <-tick.C:
			l.flush()
		}
	}
}

func (l *Log) flush() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.out.Flush(); err != nil {
		slog.Warn("the access log cannot be written", "error", err)
		l.out.Reset(io.Discard)
	}
}

// entry is what a line tells.
type entry struct {
	at     time.Time
	took   time.Duration
	method string
	where  string // the route's pattern, or the path of a kept page
	status int
	bytes  int64
}

func (l *Log) write(e entry) {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if s := e.at.Unix(); s != l.sec {
		l.sec, l.now = s, e.at.UTC().AppendFormat(l.now[:0], time.RFC3339)
	}
	b := l.out.AvailableBuffer()
	b = append(b, `{"time":"`...)
	b = append(b, l.now...)
	b = append(b, `","method":`...)
	b = strconv.AppendQuoteToASCII(b, e.method)
	b = append(b, `,"path":`...)
	b = strconv.AppendQuoteToASCII(b, e.where)
	b = append(b, `,"status":`...)
	b = strconv.AppendInt(b, int64(e.status), 10)
	b = append(b, `,"bytes":`...)
	b = strconv.AppendInt(b, e.bytes, 10)
	b = append(b, `,"us":`...)
	b = strconv.AppendInt(b, e.took.Microseconds(), 10)
	b = append(b, "}\n"...)
	_, _ = l.out.Write(b) // flush reports what goes wrong
}

// meter counts what an answer sends.
type meter struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (m *meter) WriteHeader(status int) {
	if m.status == 0 {
		m.status = status
	}
	m.ResponseWriter.WriteHeader(status)
}

func (m *meter) Write(b []byte) (int, error) {
	if m.status == 0 {
		m.status = http.StatusOK
	}
	n, err := m.ResponseWriter.Write(b)
	m.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (m *meter) Unwrap() http.ResponseWriter { return m.ResponseWriter }
