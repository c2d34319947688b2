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

// requests are the bytes to send for each path.
func (o Order) requests() [][]byte {
	list := make([][]byte, len(o.Paths))
	for i, path := range o.Paths {
		var b bytes.Buffer
		fmt.Fprintf(&b, "GET %s HTTP/1.1\r\nHost: %s\r\n", path, o.Address)
		for _, h := range o.Headers {
			b.WriteString(h + "\r\n")
		}
		b.WriteString("\r\n")
		list[i] = b.Bytes()
	}
	return list
}
