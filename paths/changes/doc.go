// Package changes looks for a change in a member's check-ins on one step: was
// there a day from which on they answer differently? It has no clock, no storage
// and no words of the interface.
//
// What it finds is possible or detected, never more: confirmed is what the
// member says. It is the second reader of long, slow changes; the first is the
// member's own yes to "has something changed?". Fewer than Least check-ins are
// too early to tell by numbers, and a short trial mostly stays so.
package changes
