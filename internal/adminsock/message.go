package adminsock

import (
	"encoding/json"
	"errors"

	"waypost/internal/problem"
)

// call is what a client asks.
type call struct {
	Name    string          `json:"call"`
	Request json.RawMessage `json:"request,omitempty"`
}

// message is one line of the server: the field that is set says which.
type message struct {
	Progress *Progress       `json:"progress,omitempty"`
	Answer   json.RawMessage `json:"answer,omitempty"`
	Refusal  *Refusal        `json:"refusal,omitempty"`
}

// Progress is how far a call has come.
type Progress struct {
	What  string `json:"what"`            // what is being done, in words
	Done  int64  `json:"done,omitempty"`  // so many
	Total int64  `json:"total,omitempty"` // of so many; 0 when it is not known
}

// Refusal is the error of a handler as the client gets it.
type Refusal struct {
	Kind  problem.Kind `json:"kind,omitempty"` // of the problem, or 0 for a fault of the program
	Words string       `json:"words"`
}

// Error is the handler's words.
func (r *Refusal) Error() string { return r.Words }

// Unwrap makes problem.KindOf find the kind.
func (r *Refusal) Unwrap() error {
	if r.Kind == 0 {
		return nil
	}
	return &problem.Problem{Kind: r.Kind, Cause: errors.New(r.Words)}
}
