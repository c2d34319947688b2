// Package wire answers programs instead of people: whether this one is well, and
// its figures.
package wire
