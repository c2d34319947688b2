package paths

import (
	"time"

	"waypost/internal/partdate"
	"waypost/paths/checkins"
)

// Path is everything that a member keeps, in the order of time. Written as JSON it is
// the whole path as its member takes it along, and reads back as the same.
type Path struct {
	Version   int        `json:"version"` // of the document: PathVersion
	Goals     []Goal     `json:"goals,omitempty"`
	Steps     []Step     `json:"steps,omitempty"`
	Entries   []Entry    `json:"entries,omitempty"`
	CheckIns  []CheckIn  `json:"check_ins,omitempty"`
	Changes   []Change   `json:"changes,omitempty"`
	Decisions []Decision `json:"decisions,omitempty"`
}

// PathVersion is the version of the document that a Path is written as.
const PathVersion = 1

// Row is what every part of a path has.
type Row struct {
	ID      string    `json:"id"`
	Version int64     `json:"-"` // counts its changes; 0 before it is kept
	Made    time.Time `json:"made,omitzero"`
	Import  string    `json:"-"` // that brought it, if one did
}

// GoalState says what became of a goal. Letting go is a normal end.
type GoalState string

// The states of a goal. One goal at a time is active.
const (
	GoalActive  GoalState = "active"
	GoalReached GoalState = "reached"
	GoalLetGo   GoalState = "let_go"
)

// Goal is where a member wants to go.
type Goal struct {
	Row
	Title      string        `json:"title,omitempty"`      // "" for "not known yet"
	Why        string        `json:"why,omitempty"`        // Markdown
	Occupation string        `json:"occupation,omitempty"` // a URI of an occupation, where one was chosen
	Horizon    partdate.Date `json:"horizon,omitzero"`
	State      GoalState     `json:"state"`
	Note       string        `json:"note,omitempty"` // at its end
	ReplacedBy string        `json:"replaced_by,omitempty"`
}

// Kind says what a step is.
type Kind string

// The kinds of step.
const (
	Position     Kind = "position"
	Gig          Kind = "gig"
	Trial        Kind = "trial"
	Study        Kind = "study"
	Volunteering Kind = "volunteering"
	Project      Kind = "project"
	Break        Kind = "break"
)

// Kinds lists them in the order in which forms offer them.
func Kinds() []Kind {
	return []Kind{Position, Gig, Trial, Study, Volunteering, Project, Break}
}

// EndedBy says how a step came to its end.
type EndedBy string

// The ways a step ends.
const (
	Finished EndedBy = "finished"
	Left     EndedBy = "left"
	LetGo    EndedBy = "let_go"
	MovedOn  EndedBy = "moved_on"
)

// EndedByAll lists them in the order in which forms offer them.
func EndedByAll() []EndedBy { return []EndedBy{Finished, Left, LetGo, MovedOn} }

// Per is what a pay is for.
type Per string

// What a pay may be for.
const (
	PerHour  Per = "hour"
	PerMonth Per = "month"
	PerYear  Per = "year"
)

// Pay is what a step pays.
type Pay struct {
	Amount   int64  `json:"amount"`   // minor units of the currency
	Currency string `json:"currency"` // ISO 4217
	Per      Per    `json:"per"`
}

// Cadence is how many days lie between check-ins on a step; 0 for never.
type Cadence int

// The cadences that a member chooses from.
const (
	Never       Cadence = 0
	Weekly      Cadence = 7
	Fortnightly Cadence = 14
	Monthly     Cadence = 30
)

// Step is one stretch of a path.
type Step struct {
	Row
	Kind         Kind             `json:"kind"`
	Title        string           `json:"title"`
	Organization string           `json:"organization,omitempty"`
	Parent       string           `json:"parent,omitempty"` // the step that this is a role or project within
	Start        partdate.Date    `json:"start"`
	End          partdate.Date    `json:"end,omitzero"`       // none: still going on
	Workload     int              `json:"workload,omitempty"` // percent, 0 where not said
	Pay          *Pay             `json:"pay,omitempty"`
	Had          string           `json:"had,omitempty"`      // what I already had for this
	Expect       string           `json:"expect,omitempty"`   // what I expect to learn here
	Expected     checkins.Answers `json:"expected,omitzero"`  // at the start, an answer for each item
	Clarity      bool             `json:"clarity,omitempty"`  // the last of Expected is of clarity, as no goal was known
	StayIf       string           `json:"stay_if,omitempty"`  // I would stay if
	LeaveIf      string           `json:"leave_if,omitempty"` // I would leave if
	Review       partdate.Date    `json:"review,omitzero"`    // a day; a trial has one
	EndedBy      EndedBy          `json:"ended_by,omitempty"`
	Detour       bool             `json:"detour,omitempty"`
	Goal         string           `json:"goal,omitempty"` // that it leads to
	Cadence      Cadence          `json:"cadence,omitempty"`
}

// Open reports whether no end of a step is known.
func (s Step) Open() bool { return s.End.IsZero() }

// GoesOn reports whether a step is going on: it has no end, or one that is only planned.
func (s Step) GoesOn(today partdate.Date) bool {
	return s.Open() || s.EndedBy == "" && s.End.First() > today.First()
}

// EntryKind says what an entry is of.
type EntryKind string

// The kinds of entry.
const (
	Learned      EntryKind = "learned"
	Event        EntryKind = "event"
	Conversation EntryKind = "conversation"
	Application  EntryKind = "application"
	Practice     EntryKind = "practice"
)

// EntryKinds lists them in the order in which forms offer them.
func EntryKinds() []EntryKind {
	return []EntryKind{Learned, Event, Conversation, Application, Practice}
}

// Entry is something that was learned, attended, said or done.
type Entry struct {
	Row
	Kind     EntryKind     `json:"kind"`
	Date     partdate.Date `json:"date"`
	Text     string        `json:"text,omitempty"`
	Minutes  int           `json:"minutes,omitempty"`
	Skills   []string      `json:"skills,omitempty"`
	Step     string        `json:"step,omitempty"`
	LedTo    string        `json:"led_to,omitempty"` // the ID of an entry or a step
	Evidence string        `json:"evidence,omitempty"`
}

// CheckIn is how a step felt on one day.
type CheckIn struct {
	Row
	Step    string           `json:"step"`
	Day     partdate.Date    `json:"day"`
	Answers checkins.Answers `json:"answers"`
	Clarity bool             `json:"clarity,omitempty"` // the last answer is of clarity, as no goal was known
	Changed bool             `json:"changed,omitempty"` // "Has something changed since last time?"
	Note    string           `json:"note,omitempty"`
}

// ChangeSource says who saw a change.
type ChangeSource string

// The sources of a change.
const (
	Declared ChangeSource = "declared" // the member said so
	Found    ChangeSource = "found"    // the check-ins did, and the member answered
)

// ChangeState is what the member said of a change.
type ChangeState string

// The states of a change that are kept. One that was only found is found anew each time.
const (
	Confirmed ChangeState = "confirmed"
	Dismissed ChangeState = "dismissed"
	Postponed ChangeState = "postponed" // the member answers later
)

// Change is a moment in a step at which something changed, or of which the member said
// that nothing did.
type Change struct {
	Row
	Step    string        `json:"step"`
	CheckIn string        `json:"check_in,omitempty"` // the ID of the one that declared it, if one did
	Day     partdate.Date `json:"day"`                // of the first check-in after it, or as declared
	Source  ChangeSource  `json:"source"`
	State   ChangeState   `json:"state"`
	Words   string        `json:"words,omitempty"`
	Curve   string        `json:"curve,omitempty"` // on which it was found
	Before  float64       `json:"before,omitzero"` // means of that curve, in units of the answers
	After   float64       `json:"after,omitzero"`
	Seen    int           `json:"seen,omitempty"` // check-ins of the step when the member answered
}
