// Package pathing is how members' paths meet the rest: the keys that protect them, and the
// letters that say that a check-in is due.
package pathing
