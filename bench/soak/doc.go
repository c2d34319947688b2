// Package soak does harm to the program and counts what is lost: it kills it under
// write load, cuts the power of its disk, fills the disk, and lets thousands of
// clients ask as slowly as they can. What was acknowledged stands in a ledger of the
// process that does the harm, so it does not die with the program.
//
// A power cut is the file system's own order to stop as it is, with nothing written
// out any more (EXT4_IOC_SHUTDOWN): what was not synced before is gone, as it would
// be, and every write from then on fails. It needs root and a loop device; where they
// are missing that part says so and the others go on.
package soak
