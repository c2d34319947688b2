// Package related finds what belongs beside a story: which others share its words and
// topics, how much, and the reasons that a reader is told. What it reads for one story
// is bounded, however many there are.
//
// It knows stories by their identifiers. When a list is made anew is for stories to say.
package related
