// Package members holds people: the authors whose names stand over stories, and
// the accounts that sign in.
//
// A profile is an author's page, with or without an account; only an owner links
// the two. An account has roles: owner, editor, organizer, moderator, member. Its
// holder proves who they are (package proofs), and stays signed in by a session, of
// whose secret only a hash is kept. How people come in is package joining.
//
//	nobody ──proves an address──▶ active ◀──enable──┐
//	   │                          ▲ │ │             │
//	   │ with approval            │ │ └──disable──▶ disabled
//	   ▼                          │ │               │
//	waiting ──────admit───────────┘ │ leave,        │ remove
//	   │                            ▼ remove        │
//	   └──decline──▶ nobody ◀──────gone ◀───────────┘
//	                   ▲            │
//	                   └──unbar── barred ◀──remove and bar, from active or disabled
//
// An active account signs in. A disabled one does not: its sessions and open links have
// ended, and its address cannot join anew; what it has published stays. One that waits is
// an address in package joining and no account yet. Whoever is gone has left nothing but
// what they wished to, and may join as somebody new; the address of who is barred, of
// which only a keyed hash is kept, may not. The last owner neither leaves nor is disabled.
//
// No two handles look alike, and names of people who are known here are theirs (looks.go).
package members
