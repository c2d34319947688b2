// Package child starts the bench again as a process in a role: one question goes in
// on standard input, answers come out on standard output, as JSON documents. So a
// measured process has nothing in it but what is measured, on a processor of its own,
// and one that is killed takes nothing else with it.
package child
