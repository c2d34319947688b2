//go:build linux

package load

import (
	"bytes"
	"fmt"
	"time"
)

// Order is what to ask for.
type Order struct {
	Address     string   // host:port, which is also the Host asked for
	Paths       []string // each connection asks for all in turn, beginning elsewhere
	Forms       []string // sent to the one path in their turn, each an encoded form; none: pages are asked for
	Headers     []string // whole lines, such as "Accept-Encoding: gzip"
	Status      int      // of every answer; another one ends the run with an error
	Connections int
	WarmUp      time.Duration // before counting begins
	Duration    time.Duration
	PID         int // the process whose CPU time is counted
}

// Result is what came back while it was counted.
type Result struct {
	Requests int64
	Bytes    int64 // of answers, with their heads
	CPU      time.Duration
	Wall     time.Duration
}

// PerRequest is the server's CPU time for one request.
func (r Result) PerRequest() time.Duration { return r.CPU / time.Duration(max(r.Requests, 1)) }

// PerSecond is how many requests were answered in a second.
func (r Result) PerSecond() float64 { return float64(r.Requests) / r.Wall.Seconds() }

// requests are the bytes to send for each path, or for each form.
func (o Order) requests() (list [][]byte) {
	ask := func(method, path, form string, more ...string) {
		var b bytes.Buffer
		fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: %s\r\n", method, path, o.Address)
		for _, h := range append(more, o.Headers...) {
			b.WriteString(h + "\r\n")
		}
		b.WriteString("\r\n" + form)
		list = append(list, b.Bytes())
	}
	for _, form := range o.Forms {
		ask("POST", o.Paths[0], form, "Content-Type: application/x-www-form-urlencoded", fmt.Sprintf("Content-Length: %d", len(form)))
	}
	if len(o.Forms) == 0 {
		for _, path := range o.Paths {
			ask("GET", path, "")
		}
	}
	return list
}
