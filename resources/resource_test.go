package resources_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"waypost/community"
	"waypost/internal/db"
	"waypost/internal/jobs"
	"waypost/internal/problem"
	"waypost/internal/testkit/ground"
	"waypost/resources"
	"waypost/topics"
)

type kit struct {
	*ground.Ground
	library *resources.Service
	topics  *topics.Service
	changed []resources.Changed // what the jobs said
}

func each(t *testing.T, test func(t *testing.T, k *kit)) {
	t.Helper()
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) {
		c := &community.Service{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Keeper: g.Keeper}
		k := &kit{Ground: g}
		k.topics = &topics.Service{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Keeper: g.Keeper, Record: c.Record}
		k.library = &resources.Service{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Keeper: g.Keeper, Jobs: g.Jobs, Record: c.Record}
		g.Jobs.Handle(resources.JobChanged, func(_ context.Context, j *jobs.Job) error {
			var changed resources.Changed
			err := j.Payload(&changed)
			k.changed = append(k.changed, changed)
			return err
		})
		test(t, k)
	})
}

func (k *kit) topic(t testing.TB, name string) string {
	t.Helper()
	saved, err := k.topics.Save(t.Context(), "", topics.Topic{Name: name})
	if err != nil {
		t.Fatal(err)
	}
	return saved.ID
}

func (k *kit) save(t testing.TB, r resources.Resource) resources.Resource {
	t.Helper()
	saved, err := k.library.Save(t.Context(), "", r)
	if err != nil {
		t.Fatal(err)
	}
	return saved
}

// names runs a finder and gives the titles of what it found.
func (k *kit) names(t testing.TB, find func(tx *db.Tx) ([]resources.Resource, error)) string {
	t.Helper()
	var titles []string
	k.View(t, func(tx *db.Tx) error {
		list, err := find(tx)
		for _, r := range list {
			titles = append(titles, r.Title)
		}
		return err
	})
	return strings.Join(titles, " ")
}

func fault(err error) string {
	var p *problem.Problem
	if !errors.As(err, &p) || len(p.Fields) == 0 {
		return fmt.Sprint(err)
	}
	return p.Fields[0].Name + ": " + p.Fields[0].Message.Key
}

func TestLibrary(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		gigs, money := k.topic(t, "Gigs"), k.topic(t, "Money")
		b := k.save(t, resources.Resource{URL: " https://example.org/b ", Title: "B", Note: "Why.", Topics: []string{money, gigs}})
		k.save(t, resources.Resource{URL: "https://example.org/c", Title: "C", Topics: []string{gigs, gigs}})
		k.save(t, resources.Resource{URL: "https://example.org/a", Title: "A"})
		k.View(t, func(tx *db.Tx) error {
			got, err := k.library.ByID(tx, b.ID)
			if err != nil || got.URL != "https://example.org/b" || got.Note != "Why." || !slices.Equal(got.Topics, []string{money, gigs}) {
				t.Errorf("by ID %+v, %v", got, err)
			}
			if _, err := k.library.ByID(tx, "nowhere"); !problem.Is(err, problem.NotFound) {
				t.Errorf("no resource: %v", err)
			}
			return nil
		})
		for want, find := range map[string]func(*db.Tx) ([]resources.Resource, error){
			"A B C": k.library.All,
			"B C": func(tx *db.Tx) ([]resources.Resource, error) {
				return k.library.UnderTopics(tx, []string{gigs, money}, 5)
			},
			"B": func(tx *db.Tx) ([]resources.Resource, error) { return k.library.UnderTopics(tx, []string{gigs}, 1) },
			"": func(tx *db.Tx) ([]resources.Resource, error) {
				return k.library.UnderTopics(tx, nil, 5)
			},
		} {
			if got := k.names(t, find); got != want {
				t.Errorf("%s, want %s", got, want)
			}
		}
		k.View(t, func(tx *db.Tx) error {
			found, err := k.library.ByIDs(tx, []string{b.ID, "nowhere"})
			if len(found) != 1 || found[b.ID].Title != "B" {
				t.Errorf("by IDs: %v", found)
			}
			return err
		})
	})
}

func TestResourceRefused(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.save(t, resources.Resource{URL: "https://example.org/a", Title: "A"})
		for _, c := range []struct {
			want   string
			change func(*resources.Resource)
		}{
			{"url: field.not_a_link", func(r *resources.Resource) { r.URL = "javascript:alert(1)" }},
			{"url: field.not_a_link", func(r *resources.Resource) { r.URL = "//example.org" }},
			{"url: field.not_a_link", func(r *resources.Resource) { r.URL = "https:/example.org" }},
			{"url: field.not_a_link", func(r *resources.Resource) { r.URL = "https://a:b@example.org" }},
			{"url: field.not_a_link", func(r *resources.Resource) { r.URL = "https://example.org/\n" + "x" }},
			{"url: field.not_a_link", func(r *resources.Resource) { r.URL = "https://example.org/" + strings.Repeat("x", 2000) }},
			{"url: resource.url_taken", func(r *resources.Resource) { r.URL = "https://example.org/a" }},
			{"title: resource.title_missing", func(r *resources.Resource) { r.Title = " " }},
			{"title: field.too_long", func(r *resources.Resource) { r.Title = strings.Repeat("é", 161) }},
			{"note: field.too_long", func(r *resources.Resource) { r.Note = strings.Repeat("é", 1001) }},
			{"topics: field.unknown", func(r *resources.Resource) { r.Topics = []string{"forged"} }},
			{"topics: field.too_many", func(r *resources.Resource) { r.Topics = strings.Split("abcdefghi", "") }},
		} {
			r := resources.Resource{URL: "https://example.org/b", Title: "B"}
			c.change(&r)
			if _, err := k.library.Save(t.Context(), "", r); fault(err) != c.want {
				t.Errorf("%s, want %s", fault(err), c.want)
			}
		}
	})
}

func TestResourceChanges(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		gigs, money := k.topic(t, "Gigs"), k.topic(t, "Money")
		r := k.save(t, resources.Resource{URL: "https://example.org/a", Title: "A", Topics: []string{gigs}})
		old := r
		tags := []string{resources.TagResources, resources.TagResource(r.ID), resources.TagResource("another")}
		effect := k.Effects(t, tags, func() {
			r.Title, r.Topics = "Better", []string{money}
			r = k.save(t, r)
		})
		if want := (map[string]ground.Effect{tags[0]: ground.Stale, tags[1]: ground.Stale}); !maps.Equal(effect, want) {
			t.Errorf("saved: %v", effect)
		}
		if _, err := k.library.Save(t.Context(), "", old); !problem.Is(err, problem.Conflict) {
			t.Errorf("saved over another version: %v", err)
		}
		effect = k.Effects(t, tags, func() {
			if err := k.library.Delete(t.Context(), "", r.ID); err != nil {
				t.Error(err)
			}
		})
		if want := (map[string]ground.Effect{tags[0]: ground.Forgotten, tags[1]: ground.Forgotten}); !maps.Equal(effect, want) {
			t.Errorf("deleted: %v", effect)
		}
		if err := k.library.Delete(t.Context(), "", r.ID); !problem.Is(err, problem.NotFound) {
			t.Errorf("deleted twice: %v", err)
		}
		k.Work(t)
		var topics []string
		for _, c := range k.changed {
			if c.ID != r.ID {
				t.Errorf("a job for %s", c.ID)
			}
			topics = append(topics, fmt.Sprint(len(c.Topics)))
		}
		if got := strings.Join(topics, " "); got != "1 2 1" { // saved, filed elsewhere, deleted
			t.Errorf("jobs with topics: %s", got)
		}
	})
}
