//go:build linux

package main

import (
	"context"

	"waypost/bench/child"
	"waypost/bench/load"
	"waypost/bench/soak"
)

// roles are what the processes that the bench starts do.
var roles = map[string]child.Role{
	"desk":           child.Answer(measureDesk),
	"drafts":         child.Answer(measureDrafts),
	"approvals":      child.Answer(measureApprovals),
	"bare rows":      child.Answer(measureBareRows),
	"path":           child.Answer(measurePath),
	"readers":        child.Answer(sendReplies),
	"without limits": serveUnlimited,
	"bare letters":   child.Answer(sendBare),
	"letters":        child.Answer(sendDurable),
	"sink":           serveSink,
	"sign in":        child.Answer(measureSignIn),
	"slowest":        child.Answer(readSlowest),
	"write letters":  child.Answer(writeOnly),
	"load":           child.Answer(func(_ context.Context, o load.Order) (load.Result, error) { return load.Run(o) }),
	"reference":      serveReference,
	"stale":          child.Answer(measureStale),
	"writes":         child.Answer(measureWrites),
	"writer":         soak.Write,
}
