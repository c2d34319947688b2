package replies

import (
	"strings"
	"time"
	"unicode/utf8"

	"waypost/internal/mail"
	"waypost/internal/problem"
	"waypost/internal/storable"
	"waypost/members"
)

// State is what became of a reply.
type State string

// The states; the package comment draws the ways between them.
const (
	Pending   State = "pending"
	Published State = "published"
	Spam      State = "spam"
	Trash     State = "trash"
)

// States lists them in the order of the queue.
func States() []State { return []State{Pending, Spam, Trash, Published} }

// Reply is what readers may see of a reply.
type Reply struct {
	ID        string
	StoryID   string
	ParentID  string // empty: it answers the story
	Place     string // among the replies of its story
	Depth     int    // 0: it answers the story
	State     State
	Below     int    // published replies beneath it
	AccountID string // of a member who wrote it
	ProfileID string
	Name      string // empty: it was taken away
	URL       string // the writer's own page, of replies that were imported
	Body      string // Markdown, the small subset
	Rendered  Rendered
	Version   int64
	Written   time.Time
	Edited    time.Time // zero: never
	Erased    bool      // an empty place that keeps its thread's shape
}

// Rendered is a text as readers get it.
type Rendered struct {
	HTML string
	By   int64 // the version of the renderer
}

// Tag is carried by pages that show replies to a story, TagLatest by those that show
// the community's latest.
func Tag(storyID string) string { return "replies:" + storyID }

// TagLatest is carried by pages that show the latest replies of all.
const TagLatest = "replies"

// Draft is a reply as somebody sends it.
type Draft struct {
	StoryID  string
	ParentID string
	Name     string
	Email    string
	Body     string
	Watch    bool          // they want to hear of answers
	By       members.Actor // who is signed in; the zero value is nobody
	From     Origin
}

// Origin is what a request tells of where a reply comes from.
type Origin struct {
	Network string        // as limits count it: an IPv4 address, or the /64 of an IPv6 one
	Agent   string        // the browser's name for itself
	OnForm  time.Duration // between showing the form and sending it
	Trapped bool          // a field that people do not see was filled in
	Sent    []string      // earlier replies that the browser proved it sent
}

// MostBody is how many characters a reply may have.
const MostBody = 10_000

const maxAgent = 300

// tidy trims what people do not mean to type.
func (d Draft) tidy() Draft {
	d.Name = strings.Join(strings.Fields(d.Name), " ")
	d.Email = strings.TrimSpace(d.Email)
	d.Body = strings.TrimSpace(strings.ReplaceAll(d.Body, "\r\n", "\n"))
	d.From.Agent = storable.Cut(d.From.Agent, maxAgent)
	return d
}

// check says what is wrong, field by field, and reads the address.
func (d Draft) check() (mail.Address, error) {
	var f problem.Fields
	var address mail.Address
	checkBody(&f, d.Body)
	if d.By.AccountID == "" {
		members.CheckName(&f, "name", d.Name)
		switch parsed, err := mail.ParseAddress(d.Email); {
		case d.Email == "":
			f.Add("email", "reply.email_missing")
		case err != nil:
			f.Add("email", "reply.email_form")
		default:
			address = parsed
		}
	}
	return address, f.Err()
}

// Check says what is wrong with a draft as far as that can be seen without looking
// anything up.
func (d Draft) Check() error {
	_, err := d.tidy().check()
	return err
}

func checkBody(f *problem.Fields, body string) {
	switch n := utf8.RuneCountInString(body); {
	case n == 0:
		f.Add("body", "reply.body_missing")
	case n > MostBody:
		f.Add("body", "field.too_long", "max", MostBody)
	}
}

func notFound() error { return problem.New(problem.NotFound, "reply.not_found") }
