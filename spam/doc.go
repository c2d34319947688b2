// Package spam says of a text whether it is spam, and why. It asks nobody, keeps nothing
// on disk and has no clock: what it says follows from the texts it was shown.
package spam
