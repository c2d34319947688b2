package sealed

import "sync/atomic"

// Rings is the ring in force, which may be exchanged while others use it.
type Rings struct{ now atomic.Pointer[Ring] }

// Put makes a ring the one in force.
func (r *Rings) Put(ring Ring) { r.now.Store(&ring) }

// Now is the ring in force. There has to be one.
func (r *Rings) Now() Ring { return *r.now.Load() }
