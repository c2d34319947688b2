// Package backup writes the whole community into one file, reads it back, and looks
// over what is there. The file does not know which engine it came from, so a backup
// of SQLite restores into PostgreSQL and the other way round.
//
// A backup is a zip archive:
//
//	tables/NAME.jsonl   the rows of a table: one JSON array a line, in the order of
//	                    the columns in the manifest, ordered by primary key
//	media/FILE          the pictures, under the names they have in the media folder
//	manifest.json       what it holds: tables, columns, rows, sizes, SHA-256 of all
//	(the comment)       SHA-256 of the file itself, so that no byte changes unseen
//
// It is a zip because each part can be opened by itself: the manifest, which is
// written last since it has the sums of the rest, is read first; damage is found and
// named part by part; pictures are stored as they are; and every system can open it
// without this program. A compressed tar has to be read from its start and loses all
// that follows one bad byte.
//
// In JSON, NULL is null, a whole number is written out (it may pass 2^53), bytes are
// base64, and a floating-point number that JSON has no word for is the string "NaN",
// "+Inf" or "-Inf".
//
// The rows come from one snapshot, so a backup taken while people write is the state
// of one moment. The media folder is read after it: files are only added and never
// change, so every picture of the snapshot has its files then.
//
// Never in a backup: the instance key, and what only says which kept pages are stale
// (the tables kept_clock, kept_tags and nodes), which means nothing elsewhere.
//
// Never does this package put a file under its final name, or a row into a database,
// before the whole archive has been read and every sum in it was right.
package backup
