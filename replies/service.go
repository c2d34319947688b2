package replies

import (
	"context"
	"time"

	"waypost/internal/clock"
	"waypost/internal/db"
	"waypost/internal/id"
	"waypost/internal/jobs"
	"waypost/internal/keeper"
	"waypost/internal/limits"
	"waypost/members"
	"waypost/replies/marks"
	"waypost/spam"
)

// Service keeps replies.
type Service struct {
	DB     *db.DB
	IDs    *id.Source
	Clock  clock.Clock
	Keeper *keeper.Keeper
	Jobs   *jobs.Queue
	// Marks are the hashes by which repeated texts, networks and senders are known.
	Marks *marks.Maker
	// Rates bound how much comes in.
	Rates Rates

	// Story finds what may be replied to; NotFound if readers may not see it.
	Story func(tx *db.Tx, id string) (Story, error)
	// InByline reports that a profile is among the authors of a story.
	InByline func(tx *db.Tx, storyID, profileID string) (bool, error)
	// Render makes the HTML of a text.
	Render func(tx *db.Tx, body, language string) (Rendered, error)
	// Naming refuses the name of somebody who is known here by it, and reports that one
	// looks like that of another member.
	Naming func(tx *db.Tx, name string) (alike bool, err error)
	// Named gives the name and the profile that a member writes under.
	Named func(tx *db.Tx, accountID string) (name, profileID string, err error)
	// Unwanted lists the kinds of letters that a member does not want, and Want writes
	// down whether they want some.
	Unwanted func(tx *db.Tx, accountID string) (map[string]bool, error)
	Want     func(tx *db.Tx, accountID string, wanted map[string]bool) error
	// Ready lets the filter learn what was decided. It is called outside of transactions.
	Ready func(context.Context) error
	// Behind reports that something was decided which the filter does not know yet.
	Behind func(tx *db.Tx) (bool, error)
	// Check asks the filter. An error holds the reply.
	Check func(m spam.Message, c Settings) (spam.Verdict, error)
	// Learn writes down what a moderator decided, in the place of what was decided of the
	// same reply before.
	Learn func(tx *db.Tx, l Lesson) error
	// Unlearn takes back what was learned of some replies in one go; what was decided of
	// them before counts again.
	Unlearn func(tx *db.Tx, batch string, replyIDs []string) error
	// Drop forgets all that was ever learned of replies.
	Drop func(tx *db.Tx, replyIDs []string) error
	// Waits hears that something waits for a moderator.
	Waits func(tx *db.Tx) error
	// Unsay takes back letters about a reply that have not left.
	Unsay func(tx *db.Tx, r Reply) error
	// Record notes who did what to what.
	Record func(tx *db.Tx, by, act, subject, detail string) error
}

// Story is what replies need to know of a story.
type Story struct {
	ID        string
	Title     string
	Slug      string
	Language  string
	Published time.Time
}

// Lesson is a moderator's decision that the filter learns from.
type Lesson struct {
	Batch     string // of the decision
	ReplyID   string
	AccountID string
	Spam      bool
	Verdict   spam.Kind // what the filter had said
	Message   spam.Message
}

// Rates bound how many replies come from one address, from one network, and in all, and
// how often one is changed. What waits or is published counts alike; a change counts for
// the network and in all. The zero value bounds nothing.
type Rates struct{ Address, Network, Site, Edit limits.Rate }

// UsualRates are in force.
func UsualRates() Rates {
	return Rates{Address: limits.Rate{Burst: 5, Every: time.Minute}, Network: limits.Rate{Burst: 10, Every: 30 * time.Second},
		Site: limits.Rate{Burst: 120, Every: 2 * time.Second}, Edit: limits.Rate{Burst: 5, Every: time.Minute}}
}

// Jobs of this feature, with the identifier of a reply as payload.
const (
	// JobPublished says that readers see a reply now.
	JobPublished = "replies.published"
	// JobWave says that so much came at once that everything doubtful waits.
	JobWave = "replies.wave"
)

// Event is the payload of the jobs.
type Event struct {
	ReplyID string `json:"reply,omitempty"`
}

func (s *Service) moderator(by members.Actor) bool { return by.May(members.ModerateReplies) }
