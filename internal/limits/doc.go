// Package limits says how often something may be done, in the database: every node
// counts the same.
//
// A limit has a name, such as "ask:" and the hash of a network, and a rate: so many at
// once, and one more each so often. It keeps a single moment, the one at which all of
// its burst will be there again (the generic cell rate algorithm), and taking from it is
// one guarded statement.
package limits
