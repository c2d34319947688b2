package mail

import (
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"waypost/internal/mail/sign"
	"waypost/internal/mail/talk"
)

const (
	perConnection    = 20 // letters that a process holds for each connection
	lettersToConnect = 5  // letters in hand for which another connection is opened
	mostPause        = 5 * time.Minute
	mostDown         = 15 * time.Minute
)

// route is the way to one server: the connections to it, and how it has behaved. Its
// plain fields belong to the goroutine of the run.
type route struct {
	server Server
	place  talk.Server
	from   Sender
	signer *sign.Signer // nil: letters are not signed here

	most     int       // connections at a time
	held     int       // letters handed over whose fate is not recorded yet
	reported int       // of them, whose fate is known
	width    int       // letters that may be held at a time: fewer when the server is slow to take them
	strikes  int       // letters put off since it last took one
	pause    time.Time // nothing is given to it before
	failures int       // calls that came to nothing since the last letter taken
	down     time.Time // it is not called before
	took     bool      // it has taken a letter
	fault    Reason    // why; as it is recorded with the server
	noted    Reason    // as it stands there

	queue    chan *letter
	live     atomic.Int64 // open conversations
	mu       sync.Mutex
	couriers int
}

func newRoute(s Server, place talk.Server, from Sender, signer *sign.Signer) *route {
	rt := &route{server: s, place: place, from: from, signer: signer, queue: make(chan *letter, mostConnections*perConnection), noted: readReason(s.Fault)}
	rt.most, rt.fault = s.Connections, rt.noted
	rt.width = rt.full()
	return rt
}

func (rt *route) full() int { return rt.most * perConnection }

// up reports that the server may be given letters now, or that it is only resting.
func (rt *route) up(now time.Time) bool { return !now.Before(rt.down) }

// room is how many letters it may be given.
func (rt *route) room(now time.Time) int {
	if now.Before(rt.pause) {
		return 0
	}
	width := rt.width
	if rt.failures > 0 {
		width = 1 // one letter tells whether it is up again
	}
	return max(0, width-rt.held+rt.reported)
}

// judge learns from what became of a letter.
func (rt *route) judge(o talk.Outcome, now time.Time) {
	switch o.Fate {
	case talk.Taken:
		rt.strikes, rt.failures, rt.fault, rt.took = 0, 0, Reason{}, true
		rt.width = min(rt.width+1, rt.full())
	case talk.Later, talk.Lost:
		rt.strikes++
		rt.width = max(1, rt.width/2)
		if o.Reason.Code >= 500 { // what is set for it is wrong
			rt.fail(o, now)
		} else if o.Server || o.Broken || rt.strikes >= 3 {
			rt.pause = now.Add(min(time.Second<<min(rt.strikes, 12), mostPause))
		}
	case talk.Back:
		if o.Reason == nil {
			break
		}
		if live := int(rt.live.Load()); live > 0 { // it takes no more connections than these
			rt.most = live
			rt.width = min(rt.width, rt.full())
			break
		}
		rt.fail(o, now)
	}
}

func (rt *route) fail(o talk.Outcome, now time.Time) {
	rt.failures++
	rt.down = now.Add(min(5*time.Second<<min(rt.failures, 12), mostDown))
	rt.fault = reasonOf(o.Reason)
}

// give hands letters over and sees that there are couriers for them.
func (rt *route) give(r *run, list []*letter) {
	rt.held += len(list)
	for _, l := range list {
		rt.queue <- l // never full: what is held fits in
	}
	rt.mu.Lock()
	defer rt.mu.Unlock()
	for rt.couriers < min(rt.most, (rt.held+lettersToConnect-1)/lettersToConnect) {
		rt.couriers++
		r.couriers.Go(func() { rt.courier(r) })
	}
}

// leave ends a courier unless there is work for it.
func (rt *route) leave(whatever bool) bool {
	rt.mu.Lock()
	defer rt.mu.Unlock()
	if len(rt.queue) > 0 && !whatever {
		return false
	}
	rt.couriers--
	return true
}

// courier carries letters over one connection, which it opens for the first and keeps
// for those that follow.
func (rt *route) courier(r *run) {
	c := courier{rt: rt, run: r}
	defer c.hangUp()
	for {
		l := c.next()
		if l == nil {
			if rt.leave(false) {
				return
			}
			continue
		}
		o := c.carry(l)
		r.results <- result{l, rt, o}
		if o.Fate == talk.Back && o.Reason != nil {
			rt.leave(true)
			return
		}
	}
}

type courier struct {
	rt     *route
	run    *run
	line   *talk.Conversation
	buffer []byte
}

// next is the next letter, or nil when none came for a while.
func (c *courier) next() *letter {
	select {
	case l := <-c.rt.queue:
		return l
	default:
	}
	timer := time.NewTimer(c.run.times.Idle)
	defer timer.Stop()
	select {
	case l := <-c.rt.queue:
		return l
	case <-timer.C:
	case <-c.run.stopping:
	}
	return nil
}

// carry gives one letter to the server. A connection that the server had closed
// meanwhile is opened anew, once.
func (c *courier) carry(l *letter) talk.Outcome {
	if c.run.over() {
		return talk.Outcome{Fate: talk.Back}
	}
	message, err := l.signed(c.buffer[:0], c.rt.from, c.run.o.host, c.rt.signer)
	message = slices.Grow(message, talk.Tail)
	c.buffer = message[:0]
	if err != nil {
		return talk.Outcome{Fate: talk.Refused, Reason: &talk.Error{Step: StepLetter, Err: err}}
	}
	to, utf8 := l.to.envelope()
	for {
		fresh := c.line == nil
		if fresh {
			if err := c.dial(); err != nil {
				return talk.Outcome{Fate: talk.Back, Reason: talk.Wrong(StepConnect, err), Server: true}
			}
		}
		o := c.line.Send(c.rt.from.envelope(), to, utf8, message)
		if o.Broken {
			c.hangUp()
		}
		if o.Broken && !fresh && o.Fate == talk.Later && (o.Reason.Code == 0 || o.Reason.Step == StepSender) {
			continue
		}
		return o
	}
}

func (c *courier) dial() (err error) {
	c.line, err = c.run.caller.Call(c.run.hard, c.rt.place, nil)
	if err == nil {
		c.rt.live.Add(1)
	}
	return err
}

func (c *courier) hangUp() {
	if c.line == nil {
		return
	}
	c.rt.live.Add(-1)
	c.line.Close()
	c.line = nil
}

// caller opens conversations in the name of the site.
func (o *Outbox) caller() talk.Caller {
	return talk.Caller{Roots: o.roots, Times: o.times, Name: o.host}
}

func (s Sender) envelope() string {
	a, err := ParseAddress(s.Address)
	if err != nil {
		return "" // SaveSender lets none be kept
	}
	text, _ := a.envelope()
	return text
}
