package paths

import (
	"time"

	"waypost/internal/partdate"
)

// DecisionState says how far a decision is.
type DecisionState string

// The states of a decision. Dropping one is a normal end.
const (
	DecisionOpen     DecisionState = "open"
	DecisionDecided  DecisionState = "decided"
	DecisionReviewed DecisionState = "reviewed"
	DecisionDropped  DecisionState = "dropped"
)

// Decision is a question with its options: stay, leave or detour.
type Decision struct {
	Row
	Question  string        `json:"question"`
	Step      string        `json:"step,omitempty"`
	Horizon   int           `json:"horizon"` // months
	Criteria  []Criterion   `json:"criteria"`
	MustHaves []string      `json:"must_haves,omitempty"`
	Options   []Option      `json:"options"`
	Currency  string        `json:"currency,omitempty"` // ISO 4217, of every amount
	Reference int64         `json:"reference,omitempty"`
	Hope      string        `json:"hope,omitempty"` // the option that the member hopes comes out
	Result    *Result       `json:"result,omitempty"`
	State     DecisionState `json:"state"`
	CopyOf    string        `json:"copy_of,omitempty"` // the decision that was reopened

	Chosen     string        `json:"chosen,omitempty"` // an option's name
	Reason     string        `json:"reason,omitempty"`
	Confidence int           `json:"confidence,omitempty"` // percent, 0 where not said
	Decided    partdate.Date `json:"decided,omitzero"`
	Looks      []Look        `json:"looks,omitempty"` // back on it, month 2 and month 6

	ToSay string `json:"to_say,omitempty"` // what I will say, to whom, when
	Said  string `json:"said,omitempty"`   // how it went
}

// Criterion is something that matters.
type Criterion struct {
	Key  string `json:"key"`  // of the defaults, or made from the name
	Name string `json:"name"` // "" for the words that a default has
	Rank int    `json:"rank"` // 1 matters most; the same for those that matter alike
	Zero string `json:"zero,omitempty"`
	Ten  string `json:"ten,omitempty"`
}

// DefaultCriteria are the keys of the criteria that a decision begins with.
func DefaultCriteria() []string {
	return []string{"learning", "goal", "happiness", "belonging", "workload", "pay", "doors"}
}

// Met says whether an option meets a must-have.
type Met string

// What may be known of it.
const (
	MetYes     Met = "yes"
	MetNo      Met = "no"
	MetUnknown Met = "unknown"
)

// Option is one way to decide.
type Option struct {
	Name   string           `json:"name"`
	Scores map[string]Score `json:"scores,omitempty"` // by a criterion's key
	Met    map[string]Met   `json:"met,omitempty"`    // by must-have
	Phases []Phase          `json:"phases,omitempty"`
	OneOff int64            `json:"one_off,omitempty"` // costs, minor units
}

// Score is how an option does by a criterion, 0 to 10.
type Score struct {
	Low    float64 `json:"low"`
	Likely float64 `json:"likely"`
	High   float64 `json:"high"`
}

// Phase is a number of months at one pay.
type Phase struct {
	Months int   `json:"months"`
	Pay    int64 `json:"pay"` // a month, minor units
}

// Result is what came out when the member asked, with what it came from: the decision
// may have been changed since.
type Result struct {
	Method    int         `json:"method"` // version of package decisions
	Made      time.Time   `json:"made"`
	Criteria  []Criterion `json:"criteria"`
	MustHaves []string    `json:"must_haves,omitempty"`
	Options   []Option    `json:"options"`
	Outcomes  []Outcome   `json:"outcomes"`
}

// Outcome is how one option came out: see package decisions.
type Outcome struct {
	Name      string  `json:"name"`
	ShareBest float64 `json:"share_best"`
	Low       float64 `json:"low"`
	High      float64 `json:"high"`
	Mean      float64 `json:"mean"`
	Regret    float64 `json:"regret"`
}

// Felt is what a member expects or finds of three items, 1 to 5, 0 where not said.
type Felt struct {
	Learning  int `json:"learning,omitempty"`
	Happiness int `json:"happiness,omitempty"`
	Goal      int `json:"goal,omitempty"`
}

// Look is a look back at a decision: what was expected, and what came.
type Look struct {
	Due      partdate.Date `json:"due"`
	Expected Felt          `json:"expected,omitzero"`
	Found    Felt          `json:"found,omitzero"`
	Note     string        `json:"note,omitempty"`
	At       partdate.Date `json:"at,omitzero"` // when the member looked; none before
}
