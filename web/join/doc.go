// Package join serves the pages by which people get in: signing in by the ways there
// are, and joining the community.
//
// Nobody learns from them who is a member. Nothing here is kept.
package join
