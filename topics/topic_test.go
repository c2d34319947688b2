package topics_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"waypost/community"
	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/internal/testkit/ground"
	"waypost/topics"
)

type kit struct {
	*ground.Ground
	topics    *topics.Service
	community *community.Service
}

func each(t *testing.T, test func(t *testing.T, k *kit)) {
	t.Helper()
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) {
		c := &community.Service{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Keeper: g.Keeper}
		s := &topics.Service{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Keeper: g.Keeper, Record: c.Record,
			Redirect: func(tx *db.Tx, path, id string) error {
				return c.Redirect(tx, path, community.Target{Kind: "topic", ID: id})
			}}
		test(t, &kit{g, s, c})
	})
}

func (k *kit) save(t testing.TB, topic topics.Topic) topics.Topic {
	t.Helper()
	saved, err := k.topics.Save(t.Context(), "", topic)
	if err != nil {
		t.Fatal(err)
	}
	return saved
}

func fault(err error) string {
	var p *problem.Problem
	if !errors.As(err, &p) || len(p.Fields) == 0 {
		return fmt.Sprint(err)
	}
	return p.Fields[0].Name + ": " + p.Fields[0].Message.Key
}

func TestTopicReadsBack(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		want := k.save(t, topics.Topic{Name: " First jobs ", Description: "How it began."})
		k.save(t, topics.Topic{Name: "Exits"})
		if want.Slug != "first-jobs" || want.Name != "First jobs" || want.Version != 1 {
			t.Errorf("saved %+v", want)
		}
		k.View(t, func(tx *db.Tx) error {
			bySlug, err := k.topics.BySlug(tx, "first-jobs")
			if err != nil || bySlug.ID != want.ID || bySlug.Description != want.Description || !bySlug.Created.Equal(k.Clock.Now()) {
				t.Errorf("by slug %+v, %v", bySlug, err)
			}
			byID, err := k.topics.ByID(tx, want.ID)
			if err != nil || byID != bySlug {
				t.Errorf("by ID %+v, %v", byID, err)
			}
			many, err := k.topics.ByIDs(tx, []string{want.ID, "nowhere"})
			if len(many) != 1 || many[want.ID] != byID || err != nil {
				t.Errorf("by IDs %+v, %v", many, err)
			}
			_, missing := k.topics.BySlug(tx, "nowhere")
			if !problem.Is(missing, problem.NotFound) {
				t.Errorf("no topic: %v", missing)
			}
			all, err := k.topics.All(tx)
			if len(all) != 2 || all[0].Name != "Exits" {
				t.Errorf("all %+v", all)
			}
			return err
		})
	})
}

func TestTopicRefused(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.save(t, topics.Topic{Name: "Gigs"})
		for want, topic := range map[string]topics.Topic{
			"name: topic.name_missing":    {Name: " ", Slug: "x"},
			"name: field.too_long":        {Name: strings.Repeat("é", 61)},
			"description: field.too_long": {Name: "x", Description: strings.Repeat("é", 301)},
			"slug: slug.form":             {Name: "2016"},
			"slug: slug.taken":            {Name: "Gigs!"},
		} {
			if _, err := k.topics.Save(t.Context(), "", topic); fault(err) != want {
				t.Errorf("%s, want %s", fault(err), want)
			}
		}
	})
}

func TestTopicChanges(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		topic := k.save(t, topics.Topic{Name: "Gigs"})
		old, created := topic, topic.Created
		topic.Name, topic.Slug, topic.Created = "Short jobs", "short-jobs", created.AddDate(-9, 0, 0)
		tags := []string{topics.TagTopic(topic.ID), topics.TagTopics, topics.TagTopic("another")}
		effect := k.Effects(t, tags, func() { topic = k.save(t, topic) })
		if effect[tags[0]] != ground.Stale || effect[tags[1]] != ground.Stale || len(effect) != 2 || !topic.Created.Equal(created) {
			t.Errorf("stale %v; saved %+v", effect, topic)
		}
		k.View(t, func(tx *db.Tx) error {
			to, _, err := k.community.Find(tx, "/topics/gigs")
			if to != (community.Target{Kind: "topic", ID: topic.ID}) {
				t.Errorf("/topics/gigs leads to %+v", to)
			}
			return err
		})
		if _, err := k.topics.Save(t.Context(), "", old); !problem.Is(err, problem.Conflict) {
			t.Errorf("saved over another version: %v", err)
		}
		topic.ID = "nowhere"
		if _, err := k.topics.Save(t.Context(), "", topic); !problem.Is(err, problem.NotFound) {
			t.Errorf("a topic that is not there: %v", err)
		}
	})
}
