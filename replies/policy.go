package replies

import (
	"time"

	"waypost/members"
	"waypost/spam"
)

// Held is why a reply is where it is: a word for the screens.
type Held string

// The reasons why a reply waits, or was taken for spam, besides what the filter says.
const (
	ByFilter   Held = "filter"   // taken for spam
	ByDoubt    Held = "doubt"    // the filter is unsure
	ByFailure  Held = "failure"  // the filter could not be asked
	ByFirst    Held = "first"    // the writer's first
	ByLinks    Held = "links"    // it has links
	ByMode     Held = "mode"     // everything waits
	ByWave     Held = "wave"     // so much comes at once that whoever is not known waits
	ByBlock    Held = "block"    // a moderator blocked where it comes from, or what it says
	ByTrap     Held = "trap"     // a field that people do not see was filled in
	ByHaste    Held = "haste"    // it was sent sooner than anybody types
	ByName     Held = "name"     // the name looks like a member's
	ByRepeat   Held = "repeat"   // the same text stands under other stories
	ByReports  Held = "reports"  // readers reported it
	ByAppeal   Held = "appeal"   // its writer asks for a person's judgement
	ByEdit     Held = "edit"     // it was changed since somebody looked
	ByImport   Held = "import"   // it was like that on the old blog
	ByWriter   Held = "writer"   // its writer deleted it
	ByDecision Held = "decision" // a moderator decided
)

// writer is what is known of who writes.
type writer struct {
	trusted  bool // moderates here, or wrote the story
	approved int  // replies of theirs that were let stand by a moderator
	refused  int
}

func (w writer) known() bool { return w.trusted || w.approved > 0 && w.refused == 0 }

// circumstances are what decides, besides the settings, where a reply goes.
type circumstances struct {
	verdict spam.Verdict
	failed  bool // the filter could not be asked
	writer  writer
	links   int
	blocked bool
	trapped bool
	hasty   bool
	alike   bool // the name looks like a member's
	repeats int  // of the same text under other stories of late
	wave    bool
}

// mostRepeats is how often the same text may stand under stories before it is taken for
// a campaign.
const mostRepeats = 2

// hasteTime is in how little time nobody types a reply.
const hasteTime = 3 * time.Second

// decide says where a new or changed reply goes, and why.
func decide(c circumstances, mode Mode) (State, Held) {
	switch {
	case c.writer.trusted:
		return Published, ""
	case c.blocked:
		return Spam, ByBlock
	case c.trapped:
		return Spam, ByTrap
	case c.repeats > mostRepeats:
		return Spam, ByRepeat
	case c.failed:
		return Pending, ByFailure
	case c.verdict.Kind == spam.Spam:
		return Spam, ByFilter
	case c.hasty:
		return Pending, ByHaste
	case c.alike:
		return Pending, ByName
	case c.repeats > 0:
		return Pending, ByRepeat
	case c.verdict.Kind == spam.Unsure:
		return Pending, ByDoubt
	case mode == HoldAll:
		return Pending, ByMode
	case mode == HoldLinks && c.links > 0:
		return Pending, ByLinks
	case mode != HoldNone && !c.writer.known():
		return Pending, ByFirst
	case c.wave && !c.writer.known():
		return Pending, ByWave
	}
	return Published, ""
}

// Open reports whether a story takes replies: published, not closed by hand, not too old.
func (c Settings) Open(published, now time.Time, closed bool) bool {
	return !closed && (c.CloseDays == 0 || now.Before(published.AddDate(0, 0, c.CloseDays)))
}

// EditTime is how long a writer without an account may change or delete a reply.
const EditTime = 15 * time.Minute

// own reports that a member wrote the reply.
func (r Reply) own(by members.Actor) bool { return by.AccountID != "" && r.AccountID == by.AccountID }

// Changeable reports whether its writer may still change or delete a reply: for a quarter
// of an hour whoever sent it, as the cookie says, and a member as long as nobody answered.
func (r Reply) Changeable(by members.Actor, sent bool, now time.Time) bool {
	if r.Erased || r.State == Trash {
		return false
	}
	return sent && now.Before(r.Written.Add(EditTime)) || r.own(by) && r.Below == 0
}
