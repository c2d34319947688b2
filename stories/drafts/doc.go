// Package drafts keeps what somebody types of a story until it is saved as a version: a
// working copy for each account and story. It is that account's alone, it never changes
// the story, and it is no revision.
//
// A page in which somebody types is a writer, which has a name of its own and numbers
// what it sends. So saves that overtake one another, or come twice, end with the last
// that was typed; and what another writer has kept meanwhile, on another device, is
// never written over by one that has not seen it.
package drafts
