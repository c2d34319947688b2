// Package db is the one way to the database: SQLite inside the program, or
// PostgreSQL. Everything above it writes one SQL text for both.
//
// View reads a consistent snapshot, Update writes. An Update's closure may run
// more than once (when transactions collide, or one that it shared was lost), so it
// has no effect besides its statements. A statement that failed undoes the closure,
// whatever the closure makes of the error. On SQLite the closures of waiting callers
// share one transaction and one fsync, each after the first in a savepoint of its own;
// nobody is answered before the commit is on disk.
//
// SQL text common to both engines: $1 placeholders; TEXT, BIGINT, BOOLEAN, DOUBLE
// PRECISION and BYTEA; times as BIGINT of Unix milliseconds given by the program.
// No now(), ILIKE, arrays, JSON operators, sequences, triggers or deferred
// constraints; lower() only on ASCII. Lists become IN ($1, $2, …) through In.
//
// The package never decides anything about the product, and nothing above it
// imports a driver or compares an engine's error.
package db
