// Package problem holds errors that are meant for people. A problem has a kind,
// which decides how a program reacts, and a message by its key in the catalogue,
// which decides what a person reads. Any other error is a fault of the program:
// it is logged with its cause and shown as one plain sentence.
package problem
