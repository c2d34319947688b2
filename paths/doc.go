// Package paths keeps each member's private career log: their goal, the steps they
// took, what they learned in each, how it felt, what changed and what they decided.
//
// Nobody but its member reads a path. Every row has the member in its key, every query
// names the member, and what the member wrote is sealed under a key of their own
// (package sealed) before it reaches the database. The methods work on what was opened in
// memory for the one member who asks: package checkins, changes and decisions.
//
//	Path ── Goal (one active)
//	  ├──── Step ── CheckIn, Change
//	  ├──── Entry (of a step, or of none)
//	  └──── Decision (on a step, or on none)
//
// The package never tells a person what to do, compares members, or counts what they
// missed.
package paths
