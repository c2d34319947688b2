// Package jobs keeps work that must not be lost: it is written in the transaction
// of the change that asks for it and done afterwards.
//
//	ready ──claim──▶ running ──▶ done (deleted after a week)
//	  ▲                 │
//	  └── error, lease ─┘──▶ failed (after the last attempt, in sight of the operator)
//
// A job may run more than once: a process that dies leaves its lease to run out,
// and another claims the job again. So every handler is safe to repeat. A handler
// whose effect is in the database finishes the job in the same transaction, with
// Job.Done; where that is all it does and short, the claim is part of it as well
// (HandleAtOnce). Payloads hold identifiers, never copies.
package jobs
