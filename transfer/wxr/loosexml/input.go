package loosexml

import (
	"bytes"
	"io"
)

// inputBytes is the whole of the window on the input.
const inputBytes = 128 << 10

// mostIdleReads is how often in a row a reader may give nothing.
const mostIdleReads = 100

// input is a window on the text that knows its place in it. Line ends are
// made "\n" as section 2.11 of XML 1.0 asks.
type input struct {
	r          io.Reader
	buf        []byte
	start, end int
	err        error // why no more can be read
	cr         bool  // the last byte read was a carriage return

	line   int
	column int
}

func newInput(r io.Reader) input {
	return input{r: r, buf: make([]byte, inputBytes), line: 1}
}

// peek shows the next n bytes, fewer only at the end of the input.
// They stay valid until the next peek.
func (in *input) peek(n int) []byte {
	for idle := 0; in.end-in.start < n && in.err == nil; {
		before := in.end - in.start
		in.fill()
		if in.end-in.start > before {
			idle = 0
		} else if idle++; idle == mostIdleReads && in.err == nil {
			in.err = io.ErrNoProgress
		}
	}
	return in.buf[in.start:min(in.start+n, in.end)]
}

// window shows what is at hand, at least one byte unless the input has ended.
func (in *input) window() []byte {
	in.peek(1)
	return in.buf[in.start:in.end]
}

func (in *input) fill() {
	if in.start > 0 {
		copy(in.buf, in.buf[in.start:in.end])
		in.end -= in.start
		in.start = 0
	}
	fresh := in.buf[in.end:]
	n, err := in.r.Read(fresh)
	in.end += in.newlines(fresh[:n])
	in.err = err
}

// newlines turns CR LF and CR into LF in place and gives the new length.
func (in *input) newlines(b []byte) int {
	if !in.cr && bytes.IndexByte(b, '\r') < 0 {
		return len(b)
	}
	n := 0
	for _, c := range b {
		after := in.cr
		in.cr = c == '\r'
		switch {
		case c == '\n' && after:
			continue
		case c == '\r':
			c = '\n'
		}
		b[n] = c
		n++
	}
	return n
}

// advance leaves n bytes behind, which must have been shown by peek or window.
func (in *input) advance(n int) {
	passed := in.buf[in.start : in.start+n]
	in.start += n
	if i := bytes.LastIndexByte(passed, '\n'); i >= 0 {
		in.line += bytes.Count(passed, []byte{'\n'})
		in.column = n - i - 1
		return
	}
	in.column += n
}

func (in *input) pos() Pos { return Pos{in.line, in.column} }
