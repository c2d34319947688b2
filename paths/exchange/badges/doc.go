// Package badges reads badges: Open Badges 3.0 credentials (OpenBadgeCredential and
// AchievementCredential) in the form of Verifiable Credentials 2.0 or 1.1, one or a list,
// as JSON or as a signed token (JWT).
//
// A badge becomes an entry of what was learned, with its issuer, date and criteria. Proofs
// and signatures are not checked, nothing is fetched, and the entry says that it is not
// verified. Who holds a badge (names, addresses) is not taken.
package badges
