package kit

import (
	"bufio"
	"context"
	"encoding/json"
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
	to     io.Writer
	errors *slog.Logger

	mu     sync.Mutex
	out    *bufio.Writer
	now    []byte // the time of the current second, formatted once
	sec    int64
	warned time.Time
}

// NewLog writes to w; nil keeps no log. What cannot be written, because the disk is
// full, is lost, and errors is told once a minute.
func NewLog(w io.Writer, errors *slog.Logger) *Log {
	if w == nil {
		return nil
	}
	return &Log{to: w, errors: errors, out: bufio.NewWriterSize(w, 64<<10)}
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
			l.flush(time.Now())
			return
		case now := <-tick.C:
			l.flush(now)
		}
	}
}

func (l *Log) flush(now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	err := l.out.Flush()
	if err == nil {
		return
	}
	l.out.Reset(l.to) // a writer that failed once would fail for ever
	if now.Sub(l.warned) >= time.Minute {
		l.warned = now
		l.errors.Warn("lines of the access log are lost", "error", err)
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
	b = appendJSON(b, e.method)
	b = append(b, `,"path":`...)
	b = appendJSON(b, e.where)
	b = append(b, `,"status":`...)
	b = strconv.AppendInt(b, int64(e.status), 10)
	b = append(b, `,"bytes":`...)
	b = strconv.AppendInt(b, e.bytes, 10)
	b = append(b, `,"us":`...)
	b = strconv.AppendInt(b, e.took.Microseconds(), 10)
	b = append(b, "}\n"...)
	_, _ = l.out.Write(b) // flush reports what goes wrong
}

// appendJSON appends a text as JSON has it.
func appendJSON(b []byte, text string) []byte {
	for i := range len(text) {
		if c := text[i]; c < 0x20 || c >= 0x7f || c == '"' || c == '\\' {
			quoted, _ := json.Marshal(text) // a string always has a JSON form
			return append(b, quoted...)
		}
	}
	b = append(b, '"')
	b = append(b, text...)
	return append(b, '"')
}

// meter counts what an answer sends.
type meter struct {
	http.ResponseWriter
	status int
	bytes  int64
	kept   bool // a kept page answered
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
