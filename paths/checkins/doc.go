// Package checkins reads a member's check-ins on one step of their path: seven
// statements, each answered from 1, strongly disagree, to 5, strongly agree, or
// skipped. It has no clock, no storage and no words of the interface.
//
// A Curve turns check-ins into points: overall of all seven items, learning of
// learning and growth. From points follow their Spread, the Levels between
// confirmed changes, and what the last three check-ins say beside those before.
//
// It never makes one score of a person, forecasts nothing and compares nobody
// with anybody else.
package checkins
