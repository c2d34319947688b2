//go:build linux

package load

import (
	"errors"
	"fmt"
	"net/netip"
	"time"

	"golang.org/x/sys/unix"

	"waypost/bench/proc"
)

// caller is one run: its connections and what it has counted.
type caller struct {
	Order
	epoll  int
	conns  map[int32]*conn
	asks   [][]byte
	buffer []byte

	counting bool
	result   Result
}

// conn is one connection that always waits for one answer.
type conn struct {
	fd   int
	next int // index of the request after this one
	answer
}

// Run carries out an order.
func Run(o Order) (_ Result, err error) {
	c := &caller{Order: o, conns: map[int32]*conn{}, asks: o.requests(), buffer: make([]byte, 256<<10)}
	if c.epoll, err = unix.EpollCreate1(0); err != nil {
		return Result{}, fmt.Errorf("epoll: %w", err)
	}
	defer func() { err = errors.Join(err, c.close()) }()
	for i := range o.Connections {
		if err := c.connect(i * len(c.asks) / o.Connections); err != nil {
			return Result{}, fmt.Errorf("connection %d: %w", i+1, err)
		}
	}
	if err := c.until(time.Now().Add(o.WarmUp)); err != nil {
		return Result{}, err
	}
	err = c.count()
	return c.result, err
}

func (c *caller) count() error {
	before, err := proc.CPU(c.PID)
	if err != nil {
		return err
	}
	start := time.Now()
	c.counting = true
	if err := c.until(start.Add(c.Duration)); err != nil {
		return err
	}
	after, err := proc.CPU(c.PID)
	c.result.Wall, c.result.CPU = time.Since(start), after-before
	return err
}

func (c *caller) connect(first int) error {
	address, err := netip.ParseAddrPort(c.Address)
	if err != nil {
		return err
	}
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return err
	}
	one := &conn{fd: fd, next: first}
	c.conns[int32(fd)] = one
	if err := unix.Connect(fd, &unix.SockaddrInet4{Port: int(address.Port()), Addr: address.Addr().As4()}); err != nil {
		return err
	}
	if err := unix.SetsockoptInt(fd, unix.IPPROTO_TCP, unix.TCP_NODELAY, 1); err != nil {
		return err
	}
	if err := unix.SetNonblock(fd, true); err != nil {
		return err
	}
	if err := unix.EpollCtl(c.epoll, unix.EPOLL_CTL_ADD, fd, &unix.EpollEvent{Events: unix.EPOLLIN, Fd: int32(fd)}); err != nil {
		return err
	}
	return c.ask(one)
}

// ask sends the connection's next request, which always fits the empty send buffer.
func (c *caller) ask(one *conn) error {
	request := c.asks[one.next]
	one.next = (one.next + 1) % len(c.asks)
	n, err := unix.Write(one.fd, request)
	if err == nil && n < len(request) {
		err = errors.New("a request was not taken whole")
	}
	return err
}

// until answers every connection that has something, until the time has come.
func (c *caller) until(end time.Time) error {
	events := make([]unix.EpollEvent, 256)
	for {
		left := time.Until(end)
		if left <= 0 {
			return nil
		}
		n, err := unix.EpollWait(c.epoll, events, int(left.Milliseconds())+1)
		if err != nil && !errors.Is(err, unix.EINTR) {
			return fmt.Errorf("epoll: %w", err)
		}
		for _, e := range events[:max(n, 0)] {
			if err := c.read(c.conns[e.Fd]); err != nil {
				return err
			}
		}
	}
}

// read takes what has come on a connection and asks anew after a whole answer.
func (c *caller) read(one *conn) error {
	n, err := unix.Read(one.fd, c.buffer)
	switch {
	case errors.Is(err, unix.EAGAIN), errors.Is(err, unix.EINTR):
		return nil
	case err != nil:
		return fmt.Errorf("read an answer: %w", err)
	case n == 0:
		return errors.New("the server closed a connection")
	}
	done, err := one.take(c.buffer[:n], c.Status)
	if err != nil {
		return err
	}
	if c.counting {
		c.result.Bytes += int64(n)
	}
	if !done {
		return nil
	}
	if c.counting {
		c.result.Requests++
	}
	return c.ask(one)
}

func (c *caller) close() error {
	errs := []error{unix.Close(c.epoll)}
	for _, one := range c.conns {
		errs = append(errs, unix.Close(one.fd))
	}
	return errors.Join(errs...)
}
