// Package demo is the sample community: its texts in content/, its pictures in
// pictures/ (drawn by drawcovers), and Seed, which puts both into an empty
// Waypost through the same services that an owner's hands use.
package demo
