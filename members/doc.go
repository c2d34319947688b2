// Package members holds people: the authors whose names stand over stories, and
// the accounts that sign in.
//
// A profile is an author's page, with or without an account; only an owner links
// the two. An account has roles: owner, editor, organizer, moderator, member. Its
// holder proves who they are (package proofs), and stays signed in by a session, of
// whose secret only a hash is kept. How people come in is package joining.
package members
