// Package trails is the path behind a story as a document: steps and the moments at
// which something changed, as far as the author chose to show them. The document is
// frozen with its story. This package reads, writes, checks and orders it; web/trail
// draws it. It never decides what a path was worth.
package trails
