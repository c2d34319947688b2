// Package document writes a whole path as JSON, every field of it, and reads it again to
// the same: what a member takes along and may bring back, here or elsewhere.
//
// Reading is strict. A document is taken whole or not at all: names that are not known,
// values that cannot be, references that lead nowhere and lists that are too long are
// faults, each with its place, such as "steps[3].parent".
//
// The IDs of a document hold it together and mean nothing outside it.
package document
