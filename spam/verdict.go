package spam

import (
	"fmt"
	"strconv"
	"strings"
)

// Kind is what the filter takes a message for.
type Kind string

// The kinds of verdicts. What is unsure is never shown before somebody looked.
const (
	Ham    Kind = "ham"
	Unsure Kind = "unsure"
	Spam   Kind = "spam"
)

// Verdict is what the filter thinks of a message, and why.
type Verdict struct {
	Kind        Kind
	Probability float64  // that it is spam; of a hundred such at 0.8, about eighty are
	Reasons     []Reason // what weighed most, the weightiest first
	Decided     bool     // spam, if somebody must say yes or no
	Untaught    bool     // as probable as spam, but too little was decided for it to be refused
}

// Harm is how bad a mistake is to a community.
type Harm int

// Harms, as a form offers them.
const (
	Slight Harm = iota + 1
	Bad
	Grave
)

// Settings are what a person decides: how bad it is to lose an honest reply among spam,
// and how bad to show spam to readers. Both are held against the trouble of looking at
// one reply that waits.
type Settings struct {
	Lost, Shown Harm
}

// Usual are the settings of a community that has chosen nothing.
var Usual = Settings{Lost: Bad, Shown: Bad}

// Thresholds are the probabilities at which a verdict turns.
type Thresholds struct {
	Ham    float64 // below it a message is ham
	Spam   float64 // from it on a message is spam
	Decide float64 // above it a message counts as spam where there is no third answer
}

// Costs of mistakes in moderator's looks: a lost reply is worth so many looks, and spam
// that was shown so many.
var (
	lostLooks  = map[Harm]float64{Slight: 8, Bad: 20, Grave: 100}
	shownLooks = map[Harm]float64{Slight: 3, Bad: 6, Grave: 20}
)

// Thresholds turns settings into probabilities: a message is refused if looking at it
// would cost more than losing it would, in the mean, and shown if looking would cost more
// than showing it would.
func (s Settings) Thresholds() Thresholds {
	lost, shown := lostLooks[s.Lost], shownLooks[s.Shown]
	if lost == 0 {
		lost = lostLooks[Usual.Lost]
	}
	if shown == 0 {
		shown = shownLooks[Usual.Shown]
	}
	return Thresholds{
		Ham:    float64(1 / shown),
		Spam:   float64((lost - 1) / lost),
		Decide: decide(s),
	}
}

// decide weighs the two mistakes against each other. A lost reply never counts less than
// spam that was shown.
func decide(s Settings) float64 {
	switch {
	case s.Lost == Grave && s.Shown != Grave:
		return 0.8
	case s.Shown == Grave && s.Lost != Grave:
		return 0.5
	}
	return 0.6
}

// Reason is one thing that weighed in a verdict: a code, which a screen words in its
// language, and what the sentence needs.
type Reason struct {
	Code   string  `json:"code"`
	Text   string  `json:"text,omitempty"` // the word, host or name that it is about
	N      int     `json:"n,omitempty"`    // how many of them are in the message
	Spam   int     `json:"spam,omitempty"` // in how many messages that were spam it stood
	Ham    int     `json:"ham,omitempty"`  // in how many that were kept
	Weight float64 `json:"weight"`         // above 0 towards spam
}

// The codes of reasons. Those marked N count, those marked T quote, those marked C know
// how often moderators decided on it.
const (
	Word       = "word"        // T C
	Host       = "host"        // T C: a link to a host
	NewHosts   = "new_hosts"   // N: links to hosts never seen here
	Links      = "links"       // N: so many links
	NoLinks    = "no_links"    // none
	Capitals   = "capitals"    // much is in capitals
	Digits     = "digits"      // long numbers, many digits
	Signs      = "signs"       // N: emoji and other signs
	Marks      = "marks"       // N: exclamation marks
	Money      = "money"       // N: signs of currencies
	Disguised  = "disguised"   // N: letters that only look like those of the alphabet
	Unseen     = "unseen"      // N: signs that nobody sees
	HiddenText = "hidden_text" // text that readers would not see
	SpacedOut  = "spaced_out"  // words with gaps between their letters
	Repeats    = "repeats"     // letters drawn out
	Markup     = "markup"      // tags, entities
	Length     = "length"      // N: how long it is, in words
	Wording    = "wording"     // how it is worded altogether
	Name       = "name"        // T: what the writer is called
	Mail       = "mail"        // the shape of the mail domain
	OwnSite    = "own_site"    // the writer names a site of their own
	Agent      = "agent"       // the browser
	Quick      = "seconds"     // N: seconds on the form
	ApprovedBy = "approved"    // N: texts of this writer that were kept
	RefusedBy  = "refused"     // N: and that were refused
	Agreement  = "agreement"   // shares words with what it answers, or none
	Language   = "language"    // of the site
)

// String says the reason in English.
func (r Reason) String() string {
	switch r.Code {
	case Word:
		return fmt.Sprintf("the word %q, %s", r.Text, r.counts())
	case Host:
		return fmt.Sprintf("a link to %s, %s", r.Text, r.counts())
	case NewHosts:
		return plural(r.N, "a link to a host never seen here", "%d links to hosts never seen here")
	case Name:
		return fmt.Sprintf("the name %q", r.Text)
	}
	if form, ok := sentences[r.Code]; ok {
		return plural(r.N, form[0], form[1])
	}
	return r.Code
}

// sentences are the reasons that count at most, for one and for more.
var sentences = map[string][2]string{
	Links:      {"one link", "%d links"},
	NoLinks:    {"no links", "no links"},
	Capitals:   {"how much is in capitals", "how much is in capitals"},
	Digits:     {"its digits", "its digits"},
	Signs:      {"one emoji or other sign", "%d emoji and other signs"},
	Marks:      {"an exclamation mark", "%d exclamation marks"},
	Money:      {"a sign of a currency", "%d signs of currencies"},
	Disguised:  {"a letter that only looks like one of the alphabet", "%d letters that only look like those of the alphabet"},
	Unseen:     {"a sign that nobody sees", "%d signs that nobody sees"},
	HiddenText: {"text that readers would not see", "text that readers would not see"},
	SpacedOut:  {"a word with gaps between its letters", "%d words with gaps between their letters"},
	Repeats:    {"letters drawn out", "letters drawn out"},
	Markup:     {"its markup", "its markup"},
	Length:     {"its length, one word", "its length, %d words"},
	Wording:    {"how it is worded", "how it is worded"},
	Mail:       {"the kind of mail address", "the kind of mail address"},
	OwnSite:    {"the site that the writer names", "the site that the writer names"},
	Agent:      {"the browser", "the browser"},
	Quick:      {"one second on the form", "%d seconds on the form"},
	ApprovedBy: {"one text of this writer was kept before", "%d texts of this writer were kept before"},
	RefusedBy:  {"one text of this writer was refused before", "%d texts of this writer were refused before"},
	Agreement:  {"how much it speaks of what it answers", "how much it speaks of what it answers"},
	Language:   {"the language of the site", "the language of the site"},
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return strings.ReplaceAll(many, "%d", strconv.Itoa(n))
}

// counts says how moderators decided where this stood before.
func (r Reason) counts() string {
	switch {
	case r.Spam == 0 && r.Ham == 0:
		return "as in the examples that the program came with"
	case r.Ham == 0:
		return fmt.Sprintf("%s in spam, never in a reply you kept", times(r.Spam))
	case r.Spam == 0:
		return fmt.Sprintf("%s in replies you kept, never in spam", times(r.Ham))
	}
	return fmt.Sprintf("%s in spam, %s in replies you kept", times(r.Spam), times(r.Ham))
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}
