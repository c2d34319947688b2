// Package datadir is the folder in which a community lives.
//
//	waypost.json     settings, written by the operator
//	waypost.lock     held by the process that uses the folder
//	instance.key     the secret from which all other keys are derived
//	paths.key        others that protect the paths of members, once they were made
//	admin.sock       where commands reach the running server
//	media/           pictures, named by us; several nodes may share this folder
//	media/.waypost-instance  the mark of the community the media belong to
//	backups/         written before an upgrade and on demand
//
// Words. A Dir is a folder that is open and locked: whoever has one is the only
// process at work in it. The lock is the kernel's (flock), so it ends with the
// process, however that ends; what stands in the lock file is for people. The
// instance key never leaves the process: every use has a key of its own,
// derived by a label. The mark proves that the media folder is the community's
// own and that it is there: a share that is not mounted looks like an empty
// folder.
//
// The package must never work without the lock, replace a key, put a key into
// the database, a backup or a log, or mark a folder that holds somebody else's
// files.
package datadir
