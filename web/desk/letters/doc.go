// Package letters serves the desk's pages of mail: who letters come from, the servers
// that carry them, trying one out, the records that other servers look for, and the list
// of letters with what became of each. They are for owners.
//
// What a secret letter says is shown to nobody, unless the program runs for a
// demonstration or for development: it would let an owner sign in as somebody else. No
// password of a server comes back to a browser.
package letters
