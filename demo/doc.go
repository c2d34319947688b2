// Package demo is the sample community: its texts in content/, its pictures in
// pictures/ (drawn by drawcovers), and Seed, which puts both into an empty
// Waypost through the same services that an owner's hands use. Three members have
// a private path: that behind the first story has the story's days, the others end
// on the day on which the sample is made.
package demo
