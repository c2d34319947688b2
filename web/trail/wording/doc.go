// Package wording says what the figure of a path shows, in one language: dates known
// to the year, the month or the day, how long something lasted, and how many there are.
//
// Every word comes from a catalogue; the package has none of its own.
package wording
