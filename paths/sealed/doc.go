// Package sealed keeps what a member wrote of their path unreadable to whoever has a copy
// of the database alone.
//
// Every member has a key of their own. What they wrote is sealed under it (AES-256-GCM,
// NIST SP 800-38D, a random nonce of 96 bits in front), bound to the member, the place and
// the version it belongs to, so that nothing can be moved or given to somebody else. The member's key is kept in the database only wrapped, by a key of a Ring, which
// is kept outside the database and its backups.
//
//	Ring (outside) ──wraps──▶ Member's key (in the database) ──seals──▶ what they wrote
//
// Whoever runs the server could still read it: this protects copies of the database.
// Without the ring nothing of it can ever be read again.
package sealed
