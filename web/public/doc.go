// Package public answers readers who are not signed in: pages, feeds, the map of
// the site, pictures and old addresses. Every page is kept: it is the same for
// everybody, never looks at a cookie, and carries the tags of what it shows.
//
// A page reads one state of the database, in one View, in batches and never once
// per row.
package public
