package spam

// The types that others build on. The filter's own files take the place of this one, with
// these shapes.

// Message is what the filter reads of a text.
type Message struct {
	Text, Name, Email, URL, UserAgent string
	Seconds                           float64 // between showing the form and sending it
	Approved, Refused                 int     // what moderators decided of the same writer
	Language, Subject                 string
}

// Kind is the short form of a verdict.
type Kind string

// The kinds.
const (
	Ham    Kind = "ham"
	Unsure Kind = "unsure"
	Spam   Kind = "spam"
)

// Reason is something that weighed in a verdict.
type Reason struct {
	Code   string
	Args   []string
	Weight float64
}

// Verdict is what the filter says of a text.
type Verdict struct {
	Kind        Kind
	Probability float64
	Reasons     []Reason
}
