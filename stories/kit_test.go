package stories_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"waypost/community"
	"waypost/internal/db"
	"waypost/internal/jobs"
	"waypost/internal/markdown"
	"waypost/internal/problem"
	"waypost/internal/testkit/ground"
	"waypost/members"
	"waypost/resources"
	"waypost/stories"
	"waypost/stories/beside"
	"waypost/stories/trails"
	"waypost/topics"
)

// kit is the stories of a community with its kernel and library, wired as app does.
type kit struct {
	*ground.Ground
	Stories   *stories.Service
	Beside    *beside.Service
	Topics    *topics.Service
	Members   *members.Service
	Community *community.Service
	Library   *resources.Service
	zone      *time.Location
	notices   []stories.Notice // whom app would write to
	trusting  bool             // trusted members may publish
	telling   sync.Mutex
	told      []string // what others were told of stories; workers add to it
}

func each(t *testing.T, test func(t *testing.T, k *kit)) {
	t.Helper()
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) { test(t, newKit(g)) })
}

func newKit(g *ground.Ground) *kit {
	k := &kit{Ground: g, zone: time.UTC}
	c := &community.Service{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Keeper: g.Keeper, Languages: []string{"en", "de"}}
	redirect := func(kind string) func(*db.Tx, string, string) error {
		return func(tx *db.Tx, path, id string) error {
			return c.Redirect(tx, path, community.Target{Kind: kind, ID: id})
		}
	}
	k.Community = c
	k.Topics = &topics.Service{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Keeper: g.Keeper, Redirect: redirect("topic"), Record: c.Record}
	k.Members = &members.Service{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Keeper: g.Keeper, Redirect: redirect("author"), Record: c.Record}
	k.Library = &resources.Service{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Keeper: g.Keeper, Jobs: g.Jobs, Record: c.Record}
	k.Stories = &stories.Service{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Keeper: g.Keeper, Jobs: g.Jobs,
		Render:   render,
		Draw:     draw,
		Renderer: func(*db.Tx) (int64, error) { return 1, nil },
		Zone:     func(*db.Tx) (*time.Location, error) { return k.zone, nil },
		Redirect: redirect("story"), Release: c.Release,
		Formerly: func(tx *db.Tx, path string) (string, error) {
			to, _, err := c.Find(tx, path)
			return to.ID, err
		},
		Author:     k.Members.ProfileFor,
		Unreviewed: func(*db.Tx) (bool, error) { return k.trusting, nil },
		Tell: func(_ *db.Tx, n stories.Notice) error {
			k.notices = append(k.notices, n)
			return nil
		},
		Record: c.Record,
	}
	k.Beside = &beside.Service{Service: k.Stories, Resources: k.candidates}
	g.Jobs.Handle(stories.JobChanged, k.Beside.ChangedJob)
	g.Jobs.Handle(stories.JobDue, k.Stories.Due)
	g.Jobs.Handle(stories.JobOutdated, k.Stories.Outdated)
	g.Jobs.Handle(stories.JobZoneMoved, k.Stories.CountAgain)
	g.Jobs.Handle(resources.JobChanged, k.Beside.ResourceChanged)
	g.Jobs.Handle(stories.JobPublished, func(_ context.Context, j *jobs.Job) error {
		var a stories.Appeared
		err := j.Payload(&a)
		k.tell(fmt.Sprintf("published, fresh %t", a.Fresh))
		return err
	})
	g.Jobs.Handle(stories.JobTakenBack, func(context.Context, *jobs.Job) error {
		k.tell("taken back")
		return nil
	})
	return k
}

func (k *kit) tell(what string) {
	k.telling.Lock()
	defer k.telling.Unlock()
	k.told = append(k.told, what)
}

func render(_ *db.Tx, _ stories.Format, body, language, prefix string) (stories.Rendered, error) {
	d := markdown.Story(body, markdown.Options{IDPrefix: prefix, Language: language})
	return stories.Rendered{HTML: d.HTML, Plain: d.Text, Words: d.Words, By: 1}, nil
}

// draw stands for the figure: which steps, up to when.
func draw(_ *db.Tx, t trails.Trail, published time.Time) (stories.Drawing, error) {
	return stories.Drawing{Wide: fmt.Sprintf("%d steps up to %s", len(t.Steps), published.UTC().Format(time.DateOnly)), By: 1}, nil
}

func (k *kit) candidates(tx *db.Tx, topicIDs []string) ([]beside.Candidate, error) {
	list, err := k.Library.UnderTopics(tx, topicIDs, 50)
	all := make([]beside.Candidate, len(list))
	for i, r := range list {
		all[i] = beside.Candidate{ID: r.ID, Text: r.Title + "\n" + r.Note, Topics: r.Topics}
	}
	return all, err
}

func owner() members.Actor { return members.Actor{Roles: []members.Role{members.Owner}} }

// account makes somebody with an account and, but for members, another role.
func (k *kit) account(t testing.TB, name string, roles ...members.Role) members.Actor {
	t.Helper()
	var a members.Account
	k.Update(t, func(tx *db.Tx) (err error) {
		a, err = k.Members.CreateAccount(tx, "", members.NewAccount{Name: name, Email: name + "@example.org", EmailKey: name, Roles: roles})
		return err
	})
	return members.Actor{AccountID: a.ID, Roles: a.Roles}
}

// written is an account with a profile, which an earlier story gave them.
func (k *kit) written(t testing.TB, who members.Actor) members.Actor {
	t.Helper()
	k.Update(t, func(tx *db.Tx) (err error) {
		who.ProfileID, err = k.Members.ProfileFor(tx, who.AccountID)
		return err
	})
	return who
}

func (k *kit) topic(t testing.TB, name string) string {
	t.Helper()
	saved, err := k.Topics.Save(t.Context(), "", topics.Topic{Name: name})
	if err != nil {
		t.Fatal(err)
	}
	return saved.ID
}

func (k *kit) author(t testing.TB, name string) string {
	t.Helper()
	saved, err := k.Members.SaveProfile(t.Context(), "", members.Profile{Name: name})
	if err != nil {
		t.Fatal(err)
	}
	return saved.ID
}

// content is a story that may be published, by one author.
func content(title, author string, topicIDs ...string) stories.Content {
	return stories.Content{Title: title, Language: "en", Body: "What happened next.", Authors: []string{author}, Topics: topicIDs}
}

func (k *kit) create(t testing.TB, c stories.Content) stories.Story {
	t.Helper()
	st, err := k.Stories.Create(t.Context(), owner(), c)
	if err != nil {
		t.Fatal(err)
	}
	return st
}

func (k *kit) do(t testing.TB, v stories.Verb, st stories.Story) stories.Story {
	t.Helper()
	after, err := k.Stories.Do(t.Context(), owner(), v, st.ID, st.Version, time.Time{})
	if err != nil {
		t.Fatalf("%s %q: %v", v, st.Title, err)
	}
	return after
}

// publish creates and publishes a story.
func (k *kit) publish(t testing.TB, c stories.Content) stories.Story {
	t.Helper()
	return k.do(t, stories.Publish, k.create(t, c))
}

// edit saves a story with its content changed.
func (k *kit) edit(t testing.TB, st stories.Story, change func(*stories.Content)) stories.Story {
	t.Helper()
	c := k.content(t, st)
	change(&c)
	after, err := k.Stories.Save(t.Context(), owner(), st.ID, st.Version, c)
	if err != nil {
		t.Fatal(err)
	}
	return after
}

func (k *kit) content(t testing.TB, st stories.Story) (c stories.Content) {
	t.Helper()
	k.View(t, func(tx *db.Tx) (err error) {
		c, err = k.Stories.Content(tx, st)
		return err
	})
	return c
}

func (k *kit) byID(t testing.TB, id string) (st stories.Story) {
	t.Helper()
	k.View(t, func(tx *db.Tx) (err error) {
		st, err = k.Stories.ByID(tx, id)
		return err
	})
	return st
}

func (k *kit) text(t testing.TB, id string) (text stories.Text) {
	t.Helper()
	k.View(t, func(tx *db.Tx) (err error) {
		text, err = k.Stories.Text(tx, id)
		return err
	})
	return text
}

// list runs a finder that returns stories.
func (k *kit) list(t testing.TB, find func(tx *db.Tx) ([]stories.Story, error)) (list []stories.Story) {
	t.Helper()
	k.View(t, func(tx *db.Tx) (err error) {
		list, err = find(tx)
		return err
	})
	return list
}

func titles(list []stories.Story) string {
	var all []string
	for _, st := range list {
		all = append(all, st.Title)
	}
	return strings.Join(all, " ")
}

// faults names the fields at fault with their messages, or the problem itself.
func faults(err error) string {
	var p *problem.Problem
	if !errors.As(err, &p) {
		return fmt.Sprint(err)
	}
	if len(p.Fields) == 0 {
		return p.Message.Key
	}
	var all []string
	for _, f := range p.Fields {
		all = append(all, f.Name+": "+f.Message.Key)
	}
	return strings.Join(all, ", ")
}

func wantConflict(t testing.TB, err error) *stories.ConflictError {
	t.Helper()
	var conflict *stories.ConflictError
	if !errors.As(err, &conflict) {
		t.Fatalf("error %v, want a conflict with both texts", err)
	}
	return conflict
}

// leads gives the story that an old address leads to, or "".
func (k *kit) leads(t testing.TB, path string) (id string) {
	t.Helper()
	k.View(t, func(tx *db.Tx) error {
		target, _, err := k.Community.Find(tx, path)
		id = target.ID
		return err
	})
	return id
}

// revision reads what a version of a story said.
func (k *kit) revision(t testing.TB, id string, version int64) (c stories.Content) {
	t.Helper()
	var stored string
	k.View(t, func(tx *db.Tx) error {
		return tx.QueryRow(`SELECT document FROM story_revisions WHERE story_id = $1 AND version = $2`, id, version).Scan(&stored)
	})
	if err := json.Unmarshal([]byte(stored), &c); err != nil {
		t.Fatal(err)
	}
	return c
}

// document is content as a revision stores it.
func document(c stories.Content) string {
	b, err := json.Marshal(c)
	if err != nil {
		return err.Error()
	}
	return string(b)
}
