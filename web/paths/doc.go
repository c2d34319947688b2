// Package paths serves a member's private path, below /path: where they want to go, the
// steps they took, how it felt, what changed and what they decided.
//
// Every page is about the path of whoever asks, and no address names a member: somebody
// else's is not there. Nothing of these pages is kept by anybody.
package paths
