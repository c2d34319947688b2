//go:build linux

package load

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"strconv"
)

// answer is one response as it comes in.
type answer struct {
	head []byte // what came of a head that is not whole yet
	left int    // bytes of the body still to come
	body bool   // the head is whole
}

const longestHead = 16 << 10

var (
	headEnd    = []byte("\r\n\r\n")
	lengthName = []byte("\r\nContent-Length: ")
)

// take reads what has come and reports whether the answer is whole. More than one
// answer never comes, since the next request is sent after it.
func (a *answer) take(data []byte, status int) (done bool, err error) {
	if !a.body {
		if len(a.head) > 0 {
			a.head = append(a.head, data...)
			data = a.head
		}
		end := bytes.Index(data, headEnd)
		switch {
		case end < 0 && len(data) > longestHead:
			return false, errors.New("the head of an answer does not end")
		case end < 0:
			if len(a.head) == 0 {
				a.head = append(a.head, data...)
			}
			return false, nil
		}
		if a.left, err = length(data[:end], status); err != nil {
			return false, err
		}
		a.body, data = true, data[end+len(headEnd):]
	}
	a.left -= len(data)
	if a.left > 0 {
		return false, nil
	}
	if a.left < 0 {
		return false, errors.New("an answer is longer than it says")
	}
	a.head, a.body = a.head[:0], false
	return true, nil
}

// length checks the status line and finds how long the body will be.
func length(head []byte, status int) (int, error) {
	const at = len("HTTP/1.1 ")
	if len(head) < at+3 || string(head[at:at+3]) != strconv.Itoa(status) {
		line, _, _ := bytes.Cut(head, []byte("\r"))
		return 0, fmt.Errorf("the answer is %q, not %d", line, status)
	}
	if status == http.StatusNotModified {
		return 0, nil
	}
	_, rest, found := bytes.Cut(head, lengthName)
	if !found {
		return 0, errors.New("an answer does not say how long it is")
	}
	digits, _, _ := bytes.Cut(rest, []byte("\r"))
	return strconv.Atoi(string(digits))
}
