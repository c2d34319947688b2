package replies_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"waypost/community"
	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/internal/testkit/ground"
	"waypost/members"
	"waypost/replies"
	"waypost/replies/marks"
	"waypost/spam"
)

// kit is replies with two stories and a filter that says what the text asks it to.
type kit struct {
	*ground.Ground
	*replies.Service
	stories map[string]replies.Story
	lessons []replies.Lesson
	gone    []string    // of which the filter was told to forget what it learned
	unsaid  []string    // of which letters were taken back
	waited  int         // how often moderators were to hear that something waits
	broken  bool        // the filter cannot be asked
	behind  atomic.Bool // until it is ready again
	mu      sync.Mutex  // what is above is told by many at once
}

func each(t *testing.T, test func(t *testing.T, k *kit)) {
	t.Helper()
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) { test(t, newKit(t, g)) })
}

func newKit(t *testing.T, g *ground.Ground) *kit {
	c := &community.Service{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Keeper: g.Keeper, Languages: []string{"en"}}
	k := &kit{Ground: g, stories: map[string]replies.Story{}}
	k.Service = &replies.Service{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Keeper: g.Keeper, Jobs: g.Jobs, Marks: marks.New([]byte("a key of the test")),
		Story: func(_ *db.Tx, id string) (replies.Story, error) {
			s, ok := k.stories[id]
			if !ok {
				return s, problem.New(problem.NotFound, "problem.not_found")
			}
			return s, nil
		},
		Render: func(_ *db.Tx, body, _ string) (replies.Rendered, error) {
			return replies.Rendered{HTML: "<p>" + body + "</p>", By: 1}, nil
		},
		Naming: func(_ *db.Tx, name string) (bool, error) {
			if name == "Adaeze Whitlock" {
				var f problem.Fields
				f.Add("name", "name.borrowed")
				return false, f.Err()
			}
			return name == "Member ann", nil
		},
		Named:    func(_ *db.Tx, account string) (string, string, error) { return "Member " + account, "", nil },
		InByline: func(*db.Tx, string, string) (bool, error) { return false, nil },
		Ready:    func(context.Context) error { k.behind.Store(false); return nil },
		Behind:   func(*db.Tx) (bool, error) { return k.behind.Load(), nil },
		Check:    k.check,
		Learn: func(_ *db.Tx, l replies.Lesson) error {
			k.note(func() { k.lessons = append(k.lessons, l) })
			return nil
		},
		Unlearn: func(_ *db.Tx, _ string, ids []string) error {
			k.note(func() { k.gone = append(k.gone, ids...) })
			return nil
		},
		Drop: func(_ *db.Tx, ids []string) error { k.note(func() { k.gone = append(k.gone, ids...) }); return nil },
		Unsay: func(_ *db.Tx, r replies.Reply) error {
			k.note(func() { k.unsaid = append(k.unsaid, r.ID) })
			return nil
		},
		Waits:  func(*db.Tx) error { k.note(func() { k.waited++ }); return nil },
		Record: c.Record,
	}
	k.Update(t, func(tx *db.Tx) error {
		for _, id := range []string{"one", "two", "three", "four"} {
			k.stories[id] = replies.Story{ID: id, Title: "Story " + id, Slug: id, Language: "en", Published: ground.Start().AddDate(0, 0, -10)}
			if _, err := tx.Exec(`INSERT INTO stories (id, slug, state, title, standfirst, language, cover_alt, cover_caption, note, version, words, has_trail, created_at, updated_at, private)
				VALUES ($1, $1, 'published', $1, '', 'en', '', '', '', 1, 1, FALSE, 0, 0, FALSE)`, id); err != nil {
				return err
			}
		}
		for _, id := range []string{"mod", "ann"} {
			if _, err := tx.Exec(`INSERT INTO accounts (id, name, created_at) VALUES ($1, $1, 0)`, id); err != nil {
				return err
			}
		}
		return nil
	})
	return k
}

// check calls spam what says so, and is unsure where the text is.
func (k *kit) check(m spam.Message, _ replies.Settings) (spam.Verdict, error) {
	v := spam.Verdict{Kind: spam.Ham, Probability: 0.01}
	switch {
	case k.broken:
		return v, errors.New("the filter is being made")
	case strings.Contains(m.Text, "casino"):
		v = spam.Verdict{Kind: spam.Spam, Probability: 0.99, Reasons: []spam.Reason{{Code: "word", Text: "casino", Weight: 3}}}
	case strings.Contains(m.Text, "perhaps"):
		v = spam.Verdict{Kind: spam.Unsure, Probability: 0.6}
	}
	return v, nil
}

var (
	moderator = members.Actor{AccountID: "mod", Roles: []members.Role{members.Moderator}}
	owner     = members.Actor{AccountID: "mod", Roles: []members.Role{members.Owner}}
	ann       = members.Actor{AccountID: "ann", Roles: []members.Role{members.Member}}
)

func draft(story, body string) replies.Draft {
	return replies.Draft{StoryID: story, Name: "Priya N.", Email: "priya@example.org", Body: body,
		From: replies.Origin{Network: "192.0.2.7", Agent: "Browser", OnForm: time.Minute}}
}

func (k *kit) post(t *testing.T, d replies.Draft) replies.Posted {
	t.Helper()
	p, err := k.Post(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// publish posts a reply and has a moderator approve it.
func (k *kit) publish(t *testing.T, d replies.Draft) replies.Reply {
	t.Helper()
	p := k.post(t, d)
	k.decide(t, replies.Approve, p.ID)
	return k.any(t, p.ID)
}

func (k *kit) decide(t *testing.T, a replies.Act, ids ...string) replies.Decision {
	t.Helper()
	d, err := k.Decide(t.Context(), moderator, a, ids, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func (k *kit) any(t *testing.T, id string) (r replies.Reply) {
	t.Helper()
	k.View(t, func(tx *db.Tx) (err error) {
		r, err = k.Any(tx, id)
		return err
	})
	return r
}

// settle changes the settings.
func (k *kit) settle(t *testing.T, change func(*replies.Settings)) {
	t.Helper()
	var c replies.Settings
	k.View(t, func(tx *db.Tx) (err error) {
		c, err = k.SettingsIn(tx)
		return err
	})
	change(&c)
	if err := k.SaveSettings(t.Context(), owner, c); err != nil {
		t.Fatal(err)
	}
}

// shown writes a story's replies as readers see them: a line each, indented by depth.
func (k *kit) shown(t *testing.T, story string, newest bool) string {
	t.Helper()
	var b strings.Builder
	k.View(t, func(tx *db.Tx) error {
		list, err := k.Thread(tx, story, newest, replies.Key{}, 1000)
		for _, r := range list {
			body := r.Body
			if r.Erased {
				body = "(gone)"
			}
			fmt.Fprintf(&b, "%s%s\n", strings.Repeat(" ", r.Depth), body)
		}
		return err
	})
	return b.String()
}

// note keeps what the service told, also by several at once.
func (k *kit) note(what func()) {
	k.mu.Lock()
	defer k.mu.Unlock()
	what()
}
