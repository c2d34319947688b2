package stories

import (
	"log/slog"
	"time"

	"waypost/internal/clock"
	"waypost/internal/db"
	"waypost/internal/id"
	"waypost/internal/jobs"
	"waypost/internal/keeper"
	"waypost/stories/trails"
)

// Service writes, publishes and finds stories.
type Service struct {
	DB     *db.DB
	IDs    *id.Source
	Clock  clock.Clock
	Keeper *keeper.Keeper
	Jobs   *jobs.Queue

	// Render makes a text as readers get it. The prefix begins every id in it.
	Render func(tx *db.Tx, f Format, body, language, prefix string) (Rendered, error)
	// Draw draws the path behind a story that is published at a time.
	Draw func(tx *db.Tx, t trails.Trail, published time.Time) (Drawing, error)
	// Renderer is the version of what Render and Draw make; a stored text of another is made anew.
	Renderer func(tx *db.Tx) (int64, error)
	// Zone is the community's time zone, by which months are counted.
	Zone func(tx *db.Tx) (*time.Location, error)
	// Redirect lets an old address of a story lead to it; Release ends that.
	Redirect func(tx *db.Tx, path, storyID string) error
	Release  func(tx *db.Tx, path string) error
	// Formerly tells what has a path as its old address; "" for nothing. May be nil.
	Formerly func(tx *db.Tx, path string) (string, error)
	// Vanish says of a story that was removed for good that its address is gone; an empty
	// path is one that readers never had.
	Vanish func(tx *db.Tx, path, storyID string) error
	// Author finds or makes the profile under which an account writes.
	Author func(tx *db.Tx, accountID string) (string, error)
	// Unreviewed tells whether trusted members may publish without review here. Nil: they may not.
	Unreviewed func(tx *db.Tx) (bool, error)
	// Tell lets those concerned know of a step. May be nil.
	Tell func(tx *db.Tx, n Notice) error
	// Record notes who did what to what.
	Record func(tx *db.Tx, by, act, subject, detail string) error
	// Log gets what a job had to leave undone. May be nil.
	Log *slog.Logger
}

// Tags that kept pages carry. A change of a list touches the list's tag, so that
// the many pages which only name a topic or an author stay as they are.
const TagStories = "stories"

// TagStory is carried by pages that show a story or its title.
func TagStory(id string) string { return "story:" + id }

// TagBeside is carried by the page of a story for what stands around it: related stories
// and links, the one before and the one after.
func TagBeside(id string) string { return "beside:" + id }

// TagTopicList is carried by pages that list a topic's stories.
func TagTopicList(topicID string) string { return "topic-stories:" + topicID }

// TagAuthorList is carried by pages that list an author's stories.
func TagAuthorList(profileID string) string { return "author-stories:" + profileID }

// Jobs of this feature.
const (
	// JobChanged says that what readers see of a story may have changed.
	JobChanged = "stories.changed"
	// JobDue says that a scheduled story's time has come.
	JobDue = "stories.due"
	// JobOutdated says that stored renderings may be of an earlier renderer.
	JobOutdated = "stories.outdated"
	// JobZoneMoved says that the community's time zone changed a while ago.
	JobZoneMoved = "stories.zonemoved"
	// JobPublished says that a story has come among those published.
	JobPublished = "stories.published"
	// JobTakenBack says that a story is not among those published any more.
	JobTakenBack = "stories.takenback"
)

// Appeared is the payload of JobPublished.
type Appeared struct {
	ID string    `json:"id"`
	At time.Time `json:"at"`
	// Fresh says that readers see the story for the first time, and that it does not bear
	// an older date.
	Fresh bool `json:"fresh"`
}

// Changed is the payload of JobChanged and JobDue.
type Changed struct {
	ID string `json:"id"`
	// Lost says that the story is as it was and only lost a related one: its own list
	// is made anew and no other.
	Lost bool `json:"lost,omitempty"`
}

// Address is a story's path.
func Address(slug string) string { return "/stories/" + slug }
