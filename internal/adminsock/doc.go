// Package adminsock is how a command reaches the server that runs beside it:
// the socket admin.sock in the data folder, on which only the user who runs the
// server, and root, are heard.
//
// Words. A call has a name ("backup", "owner-link") and a request; the server
// answers with any number of progress lines and then one answer or one refusal,
// in words that the command prints. What a call may do is decided by its
// Handler; whoever may call at all may call everything.
//
// On the socket each side writes JSON values, one a line: the client
//
//	{"call":"backup","request":{…}}
//
// and the server, until it has answered,
//
//	{"progress":{"what":"media","done":3,"total":10}}
//	{"answer":{…}}   or   {"refusal":{"kind":6,"words":"…"}}
//
// A client that goes away ends its call: the handler's context is cancelled. A
// call may take hours; there is no limit but that.
//
// The package must never listen without the lock of the data folder (Serve asks
// for the open Dir to prove it), answer another user, or speak on a network.
package adminsock
