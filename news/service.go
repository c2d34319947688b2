package news

import (
	"time"

	"waypost/internal/clock"
	"waypost/internal/db"
	"waypost/internal/id"
	"waypost/internal/jobs"
	"waypost/internal/mail"
	"waypost/members"
)

// Service keeps subscriptions and sends mailings.
type Service struct {
	DB      *db.DB
	IDs     *id.Source
	Clock   clock.Clock
	Jobs    *jobs.Queue
	Mail    *mail.Outbox
	Members *members.Service
	Signer  Signer
	Base    string // scheme://host of the site

	// Barred reports that an address which no account signs in with is kept out. May be nil.
	Barred func(tx *db.Tx, emailKey string) (bool, error)
	// Published finds those of some stories that everybody may read now, in the order
	// in which they are told of.
	Published func(tx *db.Tx, ids []string) ([]Story, error)
	// Imported reports that a story came from elsewhere.
	Imported func(tx *db.Tx, storyID string) (bool, error)
	// Zone is the community's time zone, in which a week's letter leaves in the morning.
	Zone func(tx *db.Tx) (*time.Location, error)
	// Words writes the letters.
	Words Words

	// Step is how many letters are written in one transaction; 0: as many as is usual.
	Step int
}

// Story is what a mailing needs to know of a story.
type Story struct {
	ID      string
	Authors []string
	Topics  []string
}

// subjects are whom and what somebody may follow to hear of the story, in order.
func (s Story) subjects() []Subject {
	var list []Subject
	for _, a := range s.Authors {
		list = append(list, Subject{Author, a})
	}
	for _, t := range s.Topics {
		list = append(list, Subject{Topic, t})
	}
	return inOrder(list)
}

// Words writes what letters say. Where a letter differs from person to person it has a
// slot, which is filled for each.
type Words interface {
	// Story writes the letter about one story in a language; "" is the community's.
	Story(tx *db.Tx, language, storyID string, s Slots) (Text, error)
	// Week writes the letter about a week's stories.
	Week(tx *db.Tx, language string, stories []Told, s Slots) (Text, error)
	// Why is why somebody gets a letter: they chose its list, or follow a subject.
	Why(tx *db.Tx, language string, l List, p Pace, follows []Subject) (string, error)
}

// Slots are what stands in a text for what differs.
type Slots struct {
	Why string // a sentence
	End string // the address that ends such letters
}

// Told is a story of a week, and what of it its reader follows.
type Told struct {
	StoryID string
	Follows []Subject
}

// Text is a letter's words.
type Text struct{ Subject, Plain, HTML string }

// Jobs of this feature.
const (
	// JobSend goes on with a mailing.
	JobSend = "news.send"
	// JobWeek begins the mailing of a week.
	JobWeek = "news.week"
)

// usualStep is how many letters one transaction writes: few enough that no other writer
// waits long.
const usualStep = 300

func (s *Service) step() int {
	if s.Step > 0 {
		return s.Step
	}
	return usualStep
}

// end is the address that ends letters of a subscription.
func (s *Service) end(id string) string { return s.Base + "/letters/" + s.Signer.Token(id) }
