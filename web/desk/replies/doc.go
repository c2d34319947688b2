// Package replies serves the desk's pages of what readers write under stories: the queue
// with what the filter said of each and why, what moderators do with them, and how that
// is taken back. They are for those who moderate.
//
// A page here shows e-mail addresses; no page of readers does.
package replies
