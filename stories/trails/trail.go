package trails

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"waypost/internal/partdate"
)

// TrailVersion is the version of the trail document that is written.
const TrailVersion = 1

// MaxTrailBytes is the largest trail document that is read.
const MaxTrailBytes = 64 << 10

// Trail is the path behind a story: the steps its author chose to show and
// where something changed. It is frozen with the story.
type Trail struct {
	Version int      `json:"version"`
	Goal    string   `json:"goal,omitempty"` // the long-term goal in the author's words
	Steps   []Step   `json:"steps"`
	Changes []Change `json:"changes,omitempty"`
}

// Step is one stretch of a path.
type Step struct {
	ID           string        `json:"id"`
	Kind         StepKind      `json:"kind"`
	Title        string        `json:"title"`
	Organization Organization  `json:"organization,omitzero"`
	Start        partdate.Date `json:"start"`
	End          partdate.Date `json:"end,omitzero"`     // none: still going on when the story was published
	Parent       string        `json:"parent,omitempty"` // the step this is a role or project within
	Detour       bool          `json:"detour,omitempty"`
	EndedBy      EndedBy       `json:"ended_by,omitempty"`
	Learned      []string      `json:"learned,omitempty"`
}

// Open reports whether the step was still going on when the story was published.
func (s Step) Open() bool { return s.End.IsZero() }

// Organization is where a step took place, as far as its author wants it told.
// The zero value means there was none.
type Organization struct {
	Shown Shown  `json:"shown"`
	Text  string `json:"text,omitempty"` // empty when hidden
}

// Change is a moment at which something changed, in the author's words.
type Change struct {
	Date  partdate.Date `json:"date"`
	Step  string        `json:"step,omitempty"` // the step it happened in, if any
	Words string        `json:"words"`
}

// StepKind says what a step was.
type StepKind string

// The kinds of step.
const (
	Position     StepKind = "position"
	Gig          StepKind = "gig"
	Trial        StepKind = "trial"
	Study        StepKind = "study"
	Volunteering StepKind = "volunteering"
	Project      StepKind = "project"
	Break        StepKind = "break"
)

// StepKinds lists the kinds in the order in which forms offer them.
func StepKinds() []StepKind {
	return []StepKind{Position, Gig, Trial, Study, Volunteering, Project, Break}
}

// Shown says how much of an organization is told.
type Shown string

// Named gives its name, Described a description ("a small agency"), Hidden nothing.
const (
	Named     Shown = "named"
	Described Shown = "described"
	Hidden    Shown = "hidden"
)

// EndedBy says how a step came to its end.
type EndedBy string

// The ways a step ends.
const (
	Finished EndedBy = "finished"
	Left     EndedBy = "left"
	LetGo    EndedBy = "let_go"
	MovedOn  EndedBy = "moved_on"
)

// EndedByAll lists the ways a step ends in the order in which forms offer them.
func EndedByAll() []EndedBy { return []EndedBy{Finished, Left, LetGo, MovedOn} }

// ParseTrail reads a trail document: one JSON object of at most MaxTrailBytes,
// valid UTF-8, version 1, no unknown fields, nothing after it. It reads the
// shape only; whether the trail makes sense is for [Trail.Check].
func ParseTrail(document []byte) (Trail, error) {
	if len(document) > MaxTrailBytes {
		return Trail{}, fmt.Errorf("read trail: %d bytes, at most %d are taken", len(document), MaxTrailBytes)
	}
	if !utf8.Valid(document) {
		return Trail{}, errors.New("read trail: not UTF-8")
	}
	d := json.NewDecoder(bytes.NewReader(document))
	d.DisallowUnknownFields()
	var t Trail
	if err := d.Decode(&t); err != nil {
		return Trail{}, fmt.Errorf("read trail: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return Trail{}, errors.New("read trail: something follows the document")
	}
	if t.Version != TrailVersion {
		return Trail{}, fmt.Errorf("read trail: version %d is not known", t.Version)
	}
	return t, nil
}

// Document writes the trail as ParseTrail reads it. Equal trails give equal bytes.
func (t Trail) Document() ([]byte, error) {
	t.Version = TrailVersion
	if t.Steps == nil {
		t.Steps = []Step{}
	}
	document, err := json.Marshal(t)
	if err != nil {
		return nil, fmt.Errorf("write trail: %w", err)
	}
	return document, nil
}
