// Package members holds people: the authors whose names stand over stories, and
// the accounts that sign in.
//
// A profile is an author's page, with or without an account; only an owner links
// the two. An account has roles: owner, editor, organizer, moderator, member. It
// signs in by a token that was given to its holder alone, and stays signed in by a
// session. Of tokens and sessions only a hash is kept.
package members
