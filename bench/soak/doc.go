// Package soak does harm to the program and counts what is lost: it kills it under
// write load, cuts the power of its disk, fills the disk, and lets thousands of
// clients ask as slowly as they can. What was acknowledged is noted in a ledger of
// the process that does the harm, so it does not die with the program.
package soak
