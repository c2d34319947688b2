// Package terms finds the words that tell one text from others, by which stories
// find what is related to them.
//
// A word counts by its folded form: lower case, without accents, the commonest
// plurals as their singular. Words that every text has (stop words) and short
// words do not count; short acronyms do. Nothing is looked up: the package knows
// one text at a time, and how rare a word is among stories is for the caller.
package terms
