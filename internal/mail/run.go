package mail

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"waypost/internal/db"
	"waypost/internal/mail/sign"
	"waypost/internal/mail/talk"
)

const (
	round        = time.Second     // between looks when nobody wakes the outbox
	rereading    = 5 * time.Second // between looks at what another node may have set
	mostTogether = 16              // letters recorded, and claimed, in one transaction; longer ones keep readers waiting for the processor
	longestLag   = 50 * time.Millisecond
	grace        = 5 * time.Second // for letters in the middle of a conversation when the program stops
)

// run is the sending of letters by one process. One goroutine claims and records; as
// many couriers as there are connections carry. What came back since it last looked and
// what is claimed next go into one transaction, so that the letters of all connections
// share its fsync and none of them waits for it.
type run struct {
	o      *Outbox
	lease  string
	times  Times
	caller talk.Caller
	hard   context.Context // ends the conversations
	end    context.CancelFunc

	results chan result
	pending []result
	judged  int // of them, by their routes
	held    int
	texts   texts
	routes  []*route // in the order of the settings
	signing Signing  // as signer has it
	signer  *sign.Signer
	retired []*route  // whose settings changed while they held letters
	read    time.Time // when they were read; zero: they have to be
	renewed time.Time
	looked  time.Time // for letters of the dead

	couriers sync.WaitGroup
	stopping chan struct{}
	valid    atomic.Int64 // until when the lease holds for sure, by the machine's clock
}

// Run sends letters until ctx ends. What a server has in hand then is finished within
// seconds; what was claimed and not begun waits again.
func (o *Outbox) Run(ctx context.Context) { _, _ = o.send(ctx, false) } // errors are logged, and it goes on

// Work gives servers what is due, returns when there is nothing left to do now, and
// tells how many letters it took in hand.
func (o *Outbox) Work(ctx context.Context) (int, error) { return o.send(ctx, true) }

func (o *Outbox) send(ctx context.Context, once bool) (n int, err error) {
	r := &run{o: o, lease: o.ids.New(), times: o.times, caller: o.caller(), results: make(chan result, 2*mostConnections*perConnection), texts: texts{}, stopping: make(chan struct{})}
	r.hard, r.end = context.WithCancel(context.WithoutCancel(ctx))
	defer r.stop()
	for ctx.Err() == nil {
		claimed, err := r.round(ctx)
		n += claimed
		if err != nil && ctx.Err() == nil {
			o.log.Error("letters cannot be claimed or recorded", "error", err)
		}
		if once && r.held == 0 && len(r.pending) == 0 && (claimed == 0 || err != nil) {
			return n, err
		}
		r.wait(ctx, err != nil)
	}
	return n, ctx.Err()
}

// over reports that no further letter is to be begun.
func (r *run) over() bool {
	select {
	case <-r.stopping:
		return true
	default:
	}
	return time.Now().UnixNano() > r.valid.Load() || r.hard.Err() != nil
}

// wait returns when there is enough to record, or something to claim.
func (r *run) wait(ctx context.Context, failed bool) {
	pause := round
	if len(r.pending) > 0 && !failed {
		pause = longestLag
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	for {
		r.drain()
		if !failed && len(r.pending) > 0 && 4*len(r.pending) >= min(r.held, 4*mostTogether) {
			return
		}
		select {
		case x := <-r.results:
			if len(r.pending) == 0 && !failed {
				timer.Reset(longestLag)
			}
			r.pending = append(r.pending, x)
		case <-r.o.wake:
			if !failed {
				return
			}
		case <-timer.C:
			return
		case <-ctx.Done():
			return
		}
	}
}

// drain takes what has come back by now.
func (r *run) drain() {
	for {
		select {
		case x := <-r.results:
			r.pending = append(r.pending, x)
		default:
			return
		}
	}
}

// round records what came back and claims what fits, in one transaction.
func (r *run) round(ctx context.Context) (claimed int, err error) {
	o, now := r.o, r.o.clock()
	if err := r.refresh(ctx, now); err != nil {
		return 0, err
	}
	r.drain()
	r.judge(now)
	recording, renewing := min(len(r.pending), mostTogether), r.stale(now) || r.held == 0
	due, err := r.due(ctx, now)
	if err != nil || !due && recording == 0 && !r.stale(now) {
		return 0, err
	}
	due = due || recording > 0 // what is handed back waits only once that is recorded
	began := time.Now()
	var list []*letter
	var chosen *route
	err = o.db.Update(ctx, func(tx *db.Tx) error {
		list, chosen = nil, nil
		if err := r.housekeeping(tx, r.pending[:recording], now); err != nil {
			return err
		}
		for _, rt := range r.routes {
			if !due {
				break
			}
			if !rt.up(now) {
				continue
			}
			if rt.room(now) == 0 { // it has enough to do, or rests; that is no reason to ask the next
				break
			}
			n, err := o.allowance(tx, rt.server, min(rt.room(now), mostTogether), now)
			if err != nil {
				return err
			}
			if n == 0 {
				continue
			}
			if list, err = o.claim(tx, r.lease, rt.server, n, now); err != nil {
				return err
			}
			chosen = rt
			if err := o.given(tx, rt.server, len(list), now); err != nil {
				return err
			}
			return o.load(tx, r.texts, list)
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	r.recorded(recording)
	if renewing { // no letter in hand has a lease from before
		r.renewed = now
		r.valid.Store(began.Add(leaseTime - leaseTime/8).UnixNano())
	}
	if len(list) > 0 {
		r.hand(chosen, list, now)
	}
	return len(list), nil
}

// hand gives claimed letters to the couriers; those whose time is over come back at once.
func (r *run) hand(rt *route, list []*letter, now time.Time) {
	r.held += len(list)
	fit := list[:0]
	for _, l := range list {
		if !l.expires.IsZero() && !now.Before(l.expires) {
			rt.held++
			r.pending = append(r.pending, result{l, rt, talk.Outcome{Fate: talk.Refused, Reason: &talk.Error{Step: ReasonExpired, Err: errExpired}}})
			continue
		}
		fit = append(fit, l)
	}
	rt.give(r, fit)
}

// judge lets each route learn from what came back.
func (r *run) judge(now time.Time) {
	for ; r.judged < len(r.pending); r.judged++ {
		x := r.pending[r.judged]
		x.route.reported++
		if x.Reason != nil && x.Reason.Step == ReasonExpired {
			continue
		}
		x.route.judge(x.Outcome, now)
		if x.Fate == talk.Back && x.Reason != nil && x.route.live.Load() == 0 {
			r.recall(x.route)
		}
	}
}

// recall takes back what a server that is down was to get.
func (r *run) recall(rt *route) {
	for {
		select {
		case l := <-rt.queue:
			r.pending = append(r.pending, result{l, rt, talk.Outcome{Fate: talk.Back}})
		default:
			return
		}
	}
}

// housekeeping is what a transaction does before it claims.
func (r *run) housekeeping(tx *db.Tx, results []result, now time.Time) error {
	o := r.o
	if err := o.record(tx, r.lease, results, now); err != nil {
		return err
	}
	for _, rt := range r.routes {
		if err := o.noteFault(tx, rt, now); err != nil {
			return err
		}
	}
	if r.stale(now) {
		if err := o.renew(tx, r.lease, now); err != nil {
			return err
		}
	}
	if now.Sub(r.looked) < leaseTime/4 {
		return nil
	}
	n, err := o.takeOver(tx, r.lease, now)
	if n > 0 {
		o.log.Warn("another process ended while letters were being sent; whether they were taken is unknown", "letters", n)
	}
	return err
}

// recorded forgets what is on disk now.
func (r *run) recorded(n int) {
	for _, x := range r.pending[:n] {
		x.route.held--
		x.route.reported--
		r.held--
	}
	r.pending, r.judged = slices.Delete(r.pending, 0, n), r.judged-n
	if now := r.o.clock(); now.Sub(r.looked) >= leaseTime/4 {
		r.looked = now
	}
	for _, rt := range r.routes {
		rt.noted, rt.server.Worked = rt.fault, rt.server.Worked || rt.took
	}
}

// stale reports that the lease is to be renewed.
func (r *run) stale(now time.Time) bool { return r.held > 0 && now.Sub(r.renewed) >= leaseTime/4 }

// due reports whether a transaction would find anything to do: a look costs none.
func (r *run) due(ctx context.Context, now time.Time) (due bool, err error) {
	room := slices.ContainsFunc(r.routes, func(rt *route) bool { return rt.up(now) && rt.room(now) > 0 })
	err = r.o.db.View(ctx, func(tx *db.Tx) error {
		return tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM letters WHERE state = 'waiting' AND bulk = $1 AND due_at <= $3)
			OR EXISTS (SELECT 1 FROM letters WHERE state = 'waiting' AND bulk = $2 AND due_at <= $3)
			OR EXISTS (SELECT 1 FROM letters WHERE state = 'trying' AND leased_until <= $3 AND lease <> $4)`, false, true, now.UnixMilli(), r.lease).Scan(&due)
	})
	return due && (room || now.Sub(r.looked) >= leaseTime/4), err
}

// refresh reads what the owner set, where it may have changed.
func (r *run) refresh(ctx context.Context, now time.Time) error {
	if !r.o.changed.Swap(false) && !r.read.IsZero() && time.Since(r.read) < rereading {
		return nil
	}
	var s Settings
	err := r.o.db.View(ctx, func(tx *db.Tx) (err error) {
		s, err = r.o.SettingsIn(tx)
		return err
	})
	if err != nil {
		r.o.changed.Store(true)
		return err
	}
	r.read = time.Now()
	if s.Sender.Address == "" {
		s.Servers = nil
	}
	r.sign(s)
	var routes []*route
	for _, server := range s.Servers {
		i := slices.IndexFunc(r.routes, func(rt *route) bool {
			return rt.server.ID == server.ID && rt.server.Version == server.Version && rt.from == s.Sender && rt.signer == r.signer
		})
		if i >= 0 {
			routes = append(routes, r.routes[i])
			continue
		}
		place, err := r.o.place(server)
		if err != nil {
			r.o.log.Error("the password of a mail server cannot be read; set it again", "host", server.Host, "error", err)
			continue
		}
		routes = append(routes, newRoute(server, place, s.Sender, r.signer))
	}
	for _, rt := range r.routes {
		if rt.held > 0 && !slices.Contains(routes, rt) {
			r.retired = append(r.retired, rt)
		}
	}
	r.retired = slices.DeleteFunc(r.retired, func(rt *route) bool { return rt.held == 0 })
	r.routes = routes
	return nil
}

// sign reads the key for letters anew where another one counts than before.
func (r *run) sign(s Settings) {
	was, is := r.signing, s.Signing
	if !is.Signs(s.Sender) {
		is = Signing{}
	}
	if was.Selector == is.Selector && was.Domain == is.Domain {
		return
	}
	signer, err := r.o.signer(s)
	if err != nil {
		r.o.log.Error("letters are not signed", "error", err)
	}
	r.signing, r.signer = is, signer
}

// stop ends the couriers and records what became of their letters.
func (r *run) stop() {
	close(r.stopping)
	ended := make(chan struct{})
	go func() { r.couriers.Wait(); close(ended) }()
	timer := time.AfterFunc(grace, r.end)
	defer timer.Stop()
	for waiting := true; waiting; {
		select {
		case x := <-r.results:
			r.pending = append(r.pending, x)
		case <-ended:
			waiting = false
		}
	}
	r.drain()
	r.end()
	for _, rt := range slices.Concat(r.routes, r.retired) {
		r.recall(rt)
	}
	if len(r.pending) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	now := r.o.clock()
	err := r.o.db.Update(ctx, func(tx *db.Tx) error { return r.o.record(tx, r.lease, r.pending, now) })
	if err != nil {
		r.o.log.Error("what became of letters could not be recorded; they will be unknown", "letters", len(r.pending), "error", err)
	}
}
