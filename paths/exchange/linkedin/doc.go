// Package linkedin reads the archive that LinkedIn gives its members of their data.
//
// Of its files it opens Profile, Positions, Education, Certifications, Skills,
// Volunteering and Languages, and no others: messages, contacts, addresses and sign-ins
// are of no concern to a path, and are other people's too.
//
// The archive comes from a stranger's disk, so nothing it says of itself is believed:
// names, sizes and counts are checked, and bytes are counted while they are read.
package linkedin
