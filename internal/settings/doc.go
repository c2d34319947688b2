// Package settings is everything an operator can set, and where each value
// came from.
//
// Words. A setting has one name in three spellings: --base-url on the command
// line, WAYPOST_BASE_URL in the environment, "base_url" in the file
// DIR/waypost.json. A flag beats a variable, a variable beats the file, the
// file beats the default. The origin of a value is where it was found, as an
// operator would look for it: "--listen", "WAYPOST_LISTEN",
// "waypost-data/waypost.json:7" or "default". A fault is a line an operator has
// to mend.
//
// Commands embed Settings, so that kong reads the flags and prints the help;
// Load then fills in the rest. Settings are read once, at the start, and handed
// down by value.
//
// The package must never print a secret, guess at what a misspelt name was
// meant to be, or start with part of the settings: every fault is reported at
// once and stops the start.
package settings
