package mail_test

import (
	"bufio"
	"net"
	"strings"
	"sync"
	"testing"
)

// rude is a server that follows a script: what it answers to a command, or that it hangs
// up, or says nothing at all. It counts the letters whose end it has seen.
type rude struct {
	host string
	port int

	mu     sync.Mutex
	script func(step string, n int) string // n counts the step's calls, from 1
	counts map[string]int
	whole  int
}

// What a script may say beside an answer.
const (
	hangUp = "hang up"
	stall  = "stall"
)

func beRude(t *testing.T, script func(step string, n int) string) *rude {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().(*net.TCPAddr)
	r := &rude{host: "127.0.0.1", port: address.Port, script: script, counts: map[string]int{}}
	var open sync.WaitGroup
	ended := make(chan struct{})
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			open.Go(func() {
				defer c.Close()
				r.talk(c, ended)
			})
		}
	}()
	t.Cleanup(func() {
		close(ended)
		l.Close()
		open.Wait()
	})
	return r
}

// say answers a step and reports whether to go on.
func (r *rude) say(c net.Conn, ended chan struct{}, step, usual string) bool {
	r.mu.Lock()
	r.counts[step]++
	answer := r.script(step, r.counts[step])
	r.mu.Unlock()
	switch answer {
	case "":
		answer = usual
	case hangUp:
		return false
	case stall:
		<-ended
		return false
	}
	_, err := c.Write([]byte(answer + "\r\n"))
	return err == nil && !strings.HasPrefix(answer, "421")
}

func (r *rude) talk(c net.Conn, ended chan struct{}) {
	in := bufio.NewReader(c)
	if !r.say(c, ended, "greet", "220 rude") {
		return
	}
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		switch strings.ToUpper(line[:min(4, len(line))]) {
		case "EHLO":
			if !r.say(c, ended, "hello", "250-rude\r\n250 PIPELINING") {
				return
			}
		case "MAIL":
			if !r.say(c, ended, "from", "250 ok") {
				return
			}
		case "RCPT":
			if !r.say(c, ended, "to", "250 ok") {
				return
			}
		case "DATA":
			if !r.say(c, ended, "data", "354 go on") {
				return
			}
			if !r.read(in) {
				return
			}
			if !r.say(c, ended, "end", "250 taken") {
				return
			}
		case "QUIT":
			return
		default:
			if !r.say(c, ended, "else", "250 ok") {
				return
			}
		}
	}
}

// read takes a letter's text to its dot.
func (r *rude) read(in *bufio.Reader) bool {
	n := 0
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return false
		}
		if line == ".\r\n" {
			break
		}
		n += len(line)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if n > 0 {
		r.whole++
	}
	return true
}

func (r *rude) letters() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.whole
}
