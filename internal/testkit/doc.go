// Package testkit is what tests share: a fresh database on each engine. The
// browser and the outside cases have packages of their own below it, so that a
// test links only what it uses.
//
// Only tests import it. It never leaves a test out: SQLite is always there, and
// PostgreSQL whenever WAYPOST_TEST_POSTGRES names a server, which
// scripts/with-postgres starts and `make test` sets.
package testkit
