package mail

import (
	"waypost/internal/mail/encode"
	"waypost/internal/mail/talk"
)

// What the packages below have, by the names that others know it by.
type (
	// Security is how a connection to a server is protected.
	Security = talk.Security
	// Step is a part of the conversation with a server.
	Step = talk.Step
	// Times bound how long a server may take.
	Times = talk.Times
)

// The ways and the steps.
const (
	TLS           = talk.TLS
	StartTLS      = talk.StartTLS
	Plain         = talk.Plain
	StepConnect   = talk.StepConnect
	StepSecure    = talk.StepSecure
	StepSignIn    = talk.StepSignIn
	StepSender    = talk.StepSender
	StepRecipient = talk.StepRecipient
	StepLetter    = talk.StepLetter
)

// HeaderText makes any text fit for a header. Post refuses what would come out changed,
// so whoever puts words of people into a subject calls this first.
func HeaderText(text string) string { return encode.HeaderText(text) }
