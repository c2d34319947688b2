// Package ways has the page of a decision: the form in its parts, as it is shown and read,
// the ways side by side, what came out, and what came of it.
package ways
