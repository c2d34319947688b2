package db

// AtLeast is atLeast for tests, with the least version that Open takes.
func AtLeast(version string) bool { return atLeast(version, leastSQLite) }

// Waiting is how many closures wait for their turn to write on SQLite.
func Waiting(d *DB) int { return len(d.sqlite.group.waiting) }

// OpenReaders is how many connections for reading are open and idle on SQLite.
func OpenReaders(d *DB) int { return len(d.sqlite.readers.idle) }
