// Package me serves a member's own pages, below /me: how they get in, and what is theirs.
//
// Nobody else sees them, and nothing of them is kept. Whatever changes how somebody gets
// in asks for a sign-in that is not long ago.
package me
