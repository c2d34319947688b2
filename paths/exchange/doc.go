// Package exchange is how a path comes in and goes out: what an import found, as a list
// to tick, in one form for every source. Its subpackages read and write one format each.
//
//	file → linkedin, resume, badges, calendar → Found → (ticked by the member) → a path
//	a path → document, resume, calendar → file
//
// A reader takes bytes and gives values: it stores nothing, fetches nothing and knows no
// member. What it did not take it names, with the place in the file and the reason. Every
// text that comes out of one is clean: NFC, no control characters, no longer than a path
// holds.
package exchange
