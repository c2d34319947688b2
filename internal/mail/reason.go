package mail

import (
	"strings"

	"waypost/internal/mail/talk"
)

// Reason says why a letter is not accepted: a key for the words of the interface, and
// what a server or this machine said, as it said it.
type Reason struct{ Key, Said string }

// Reasons that no step of a conversation gives; the others have the step's name.
const (
	ReasonExpired  = "expired"  // its time was over before a server took it
	ReasonCrashed  = "crashed"  // the program ended while a server had it
	ReasonRestored = "restored" // it waited in a backup, and may have been sent since
)

// String is the reason as the database keeps it.
func (r Reason) String() string { return strings.TrimSuffix(r.Key+"|"+r.Said, "|") }

func readReason(text string) Reason {
	key, said, _ := strings.Cut(text, "|")
	return Reason{key, said}
}

// reasonOf is what is kept of a step that went wrong.
func reasonOf(e *talk.Error) Reason {
	if e == nil {
		return Reason{}
	}
	_, said, _ := strings.Cut(e.Error(), ": ")
	return Reason{string(e.Step), talk.OneLine(said)}
}
