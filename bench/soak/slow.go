//go:build linux

package soak

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"waypost/bench/proc"
	"waypost/bench/server"
)

const (
	slowClients = 5000
	slowFor     = 30 * time.Second
	// bearable is the longest that a reader may wait meanwhile.
	bearable = 2 * time.Second
)

// slow lets thousands of clients send a letter a second while a reader reads.
func (s *soak) slow(ctx context.Context) (err error) {
	address, err := server.FreeAddress()
	if err != nil {
		return err
	}
	running, err := server.Start{Binary: s.Binary, Address: address, CPU: -1, Log: s.path("slow.log"),
		Args: []string{"--demo", "--access-log", "off", "--max-connections", fmt.Sprint(2 * slowClients)}}.Run()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, running.Stop()) }()
	if err := server.Await(ctx, address, "/"); err != nil {
		return err
	}
	clients, span := slowClients, slowFor
	if s.Quick {
		clients, span = 500, 8*time.Second
	}
	before, err := proc.PSS(running.PID)
	if err != nil {
		return err
	}
	crowd := startCrowd(ctx, address, clients)
	defer crowd.stop()
	waits, most, err := readThrough(ctx, address, running.PID, span)
	if err != nil {
		return err
	}
	slices.Sort(waits)
	worst := waits[len(waits)-1]
	s.say("  %d clients that never end their request, %d connections cut off in %s; %d readings beside them: median %s, longest %s; memory %d MiB before, at most %d MiB",
		clients, crowd.cut.Load(), span, len(waits), proc.Median(waits).Round(time.Millisecond), worst.Round(time.Millisecond), before>>20, most>>20)
	if worst > bearable {
		return fmt.Errorf("a reader waited %s beside %d slow clients; at most %s is borne", worst, clients, bearable)
	}
	return nil
}

// readThrough reads the first page ten times a second and notes how long each took,
// and the most memory that the server had.
func readThrough(ctx context.Context, address string, pid int, span time.Duration) (waits []time.Duration, most int64, err error) {
	for end := time.Now().Add(span); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		began := time.Now()
		page, err := server.Fetch(ctx, address, "/")
		if err != nil || page.Status != 200 {
			return nil, 0, fmt.Errorf("a reader beside the slow clients got status %d, error %w", page.Status, err)
		}
		waits = append(waits, time.Since(began))
		n, err := proc.PSS(pid)
		if err != nil {
			return nil, 0, err
		}
		most = max(most, n)
	}
	return waits, most, nil
}

// crowd is many slow clients.
type crowd struct {
	stop func()
	cut  atomic.Int64 // connections that the server closed
}

func startCrowd(ctx context.Context, address string, clients int) *crowd {
	ctx, cancel := context.WithCancel(ctx)
	c := &crowd{}
	var wg sync.WaitGroup
	for range clients {
		wg.Go(func() {
			for ctx.Err() == nil {
				if dawdle(ctx, address) {
					c.cut.Add(1)
				}
			}
		})
	}
	c.stop = func() { cancel(); wg.Wait() }
	return c
}

// dawdle sends a request a letter a second, and reports whether it was cut off.
func dawdle(ctx context.Context, address string) bool {
	conn, err := (&net.Dialer{Timeout: 5 * time.Second}).DialContext(ctx, "tcp", address)
	if err != nil {
		return false
	}
	defer conn.Close()
	if _, err := fmt.Fprintf(conn, "GET / HTTP/1.1\r\nHost: %s\r\nX-Slow: ", address); err != nil {
		return true
	}
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return false
		case <-tick.C:
			if _, err := conn.Write([]byte("a")); err != nil {
				return true
			}
		}
	}
}
