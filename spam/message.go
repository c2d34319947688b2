package spam

// Message is what the filter reads of a text and of who sent it. Whatever is unknown
// stays empty.
type Message struct {
	Text string
	Name string // the writer's, as given

	Email     string  // read for the shape of its domain alone
	URL       string  // the writer's own site; addresses in Text are found by the filter
	UserAgent string  // of the browser
	Seconds   float64 // between the form's appearing and the sending
	Approved  int     // texts of this writer that a moderator has kept
	Refused   int     // and that one has refused

	Language string // of the site or the story, as "en"
	Subject  string // what the text answers: the story's title and how it begins
}
