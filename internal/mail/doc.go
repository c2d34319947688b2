// Package mail carries letters: it writes each down in the transaction of the change
// that asks for it, and sends it afterwards over the servers that the owner named.
//
//	waiting ──claim──▶ trying ──▶ accepted (deleted after a month)
//	  ▲                  │ │ └──▶ failed   (the server refused this letter; its words are kept)
//	  └── 4xx, no server ┘ └────▶ unknown  (nobody can say whether the server took it)
//
// A letter is sent once. When a process dies between a server's yes and the note of
// it, or a connection breaks there, the letter is unknown: it may have been taken, so
// nothing sends it again but a person. A process holds at most twenty letters for each
// connection, so that is the most that one crash leaves unknown.
//
// Letters that hold a link or a code only their reader may see are Secret: their text
// is sealed with a key derived from the instance key, and wiped once accepted.
//
// The package builds every header itself and refuses control characters in them, reads
// every address with ParseAddress, and never corrects one. It knows nothing of what a
// letter says or of who should get one; package app decides that.
package mail
