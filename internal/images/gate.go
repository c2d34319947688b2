package images

import (
	"context"
	"fmt"
	"runtime/debug"
)

// heavy is the decoding cost in bytes from which a picture works alone.
const heavy = 40_000_000

// gate lets two light pictures through at a time, or one heavy one. The turn
// is held while slots are collected, so a heavy picture is never starved and
// two heavy ones never hold one slot each.
type gate struct {
	turn  chan struct{}
	slots chan struct{}
}

func newGate() gate {
	return gate{turn: make(chan struct{}, 1), slots: make(chan struct{}, 2)}
}

// enter waits for as many slots as the cost needs; leave gives them back, and
// behind a heavy picture its memory to the system too. Otherwise a hundred
// megabytes would lie about until the collector finds them, and the next heavy
// picture would take as much again.
func (g gate) enter(ctx context.Context, cost int64) (leave func(), err error) {
	need := 1
	if cost >= heavy {
		need = cap(g.slots)
	}
	select {
	case g.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, fmt.Errorf("wait for a turn to decode: %w", ctx.Err())
	}
	defer func() { <-g.turn }()
	for held := range need {
		select {
		case g.slots <- struct{}{}:
		case <-ctx.Done():
			g.release(held)
			return nil, fmt.Errorf("wait for room to decode: %w", ctx.Err())
		}
	}
	return func() {
		if cost >= heavy {
			debug.FreeOSMemory()
		}
		g.release(need)
	}, nil
}

func (g gate) release(n int) {
	for range n {
		<-g.slots
	}
}
