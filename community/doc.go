// Package community is the site itself: its name, tagline, language, time zone and
// accent colour; its free-standing pages such as /about; the old addresses that
// lead to today's; and the record of who did what.
//
// It knows nothing of stories or people: an old address points at a kind and an
// identifier, and whoever owns that kind turns it into an address.
package community
