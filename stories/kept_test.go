package stories_test

import (
	"maps"
	"testing"
	"time"

	"waypost/internal/testkit/ground"
	"waypost/stories"
)

// scene is a community whose pages are watched: three published stories in a row,
// the middle one by Ann under Gigs.
type scene struct {
	*kit
	ann, ben, gigs, trials string
	before, middle, after  stories.Story
}

func newScene(t *testing.T, k *kit) *scene {
	t.Helper()
	s := &scene{kit: k, ann: k.author(t, "Ann"), ben: k.author(t, "Ben"), gigs: k.topic(t, "Gigs"), trials: k.topic(t, "Trials")}
	s.before = k.publish(t, content("Before", s.ben, s.trials))
	k.Clock.Advance(time.Hour)
	s.middle = k.publish(t, content("Middle", s.ann, s.gigs))
	k.Clock.Advance(time.Hour)
	s.after = k.publish(t, content("After", s.ben, s.trials))
	k.Clock.Advance(time.Hour)
	k.Work(t)
	return s
}

// tags names each tag of the scene by the word the tests use for it.
func (s *scene) tags() map[string]string {
	return map[string]string{
		stories.TagStories: "stories", stories.TagStory(s.before.ID): "before", stories.TagStory(s.middle.ID): "middle",
		stories.TagStory(s.after.ID): "after", stories.TagTopicList(s.gigs): "gigs", stories.TagTopicList(s.trials): "trials",
		stories.TagAuthorList(s.ann): "ann", stories.TagAuthorList(s.ben): "ben", "topic:" + s.gigs: "name of gigs", "author:" + s.ann: "name of ann",
		stories.TagBeside(s.before.ID): "beside before", stories.TagBeside(s.middle.ID): "beside middle", stories.TagBeside(s.after.ID): "beside after",
	}
}

// want makes a change and compares which pages it made stale or dropped.
func (s *scene) want(t *testing.T, step string, want map[string]ground.Effect, change func()) {
	t.Helper()
	names := s.tags()
	var tags []string
	for tag := range names {
		tags = append(tags, tag)
	}
	got := map[string]ground.Effect{}
	for tag, effect := range s.Effects(t, tags, change) {
		got[names[tag]] = effect
	}
	if !maps.Equal(got, want) {
		t.Errorf("%s: %v, want %v", step, got, want)
	}
}

type effects = map[string]ground.Effect

func TestWhichPagesAChangeMakesStale(t *testing.T) {
	const stale, forgotten = ground.Stale, ground.Forgotten
	each(t, func(t *testing.T, k *kit) {
		s := newScene(t, k)
		var draft stories.Story
		s.want(t, "a draft", effects{}, func() { draft = k.create(t, content("Draft", s.ann, s.gigs)) })
		s.want(t, "a draft saved", effects{}, func() { draft = k.edit(t, draft, func(c *stories.Content) { c.Title = "Still a draft" }) })
		s.want(t, "submitted", effects{}, func() { draft = k.do(t, stories.Submit, draft) })
		s.want(t, "published: the newest story's page gets a next one",
			effects{"stories": stale, "gigs": stale, "ann": stale, "beside after": stale}, func() { k.do(t, stories.Publish, draft) })
		text := effects{"stories": stale, "middle": stale, "gigs": stale, "ann": stale, "beside before": stale, "beside after": stale}
		s.want(t, "saved", text, func() { s.middle = k.edit(t, s.middle, func(c *stories.Content) { c.Body += " More." }) })
		moved := maps.Clone(text)
		moved["trials"], moved["ben"] = stale, stale
		s.want(t, "another topic and author", moved, func() {
			s.middle = k.edit(t, s.middle, func(c *stories.Content) { c.Topics, c.Authors = []string{s.trials}, []string{s.ben} })
		})
		own := effects{"stories": stale, "middle": stale, "trials": stale, "ben": stale, "beside before": stale, "beside after": stale}
		s.want(t, "archived", own, func() { s.middle = k.do(t, stories.Archive, s.middle) })
		s.want(t, "out of the archive", own, func() { s.middle = k.do(t, stories.Publish, s.middle) })
		gone := maps.Clone(own)
		gone["middle"] = forgotten
		s.want(t, "unpublished", gone, func() { s.middle = k.do(t, stories.Unpublish, s.middle) })
	})
}

// TestBackAtOnce takes a story down and publishes it again before any job has run.
// Who shows it was rendered without it in between, and shows it again.
func TestBackAtOnce(t *testing.T) {
	for _, away := range []stories.Verb{stories.Unpublish, stories.Archive} {
		t.Run(string(away), func(t *testing.T) {
			each(t, func(t *testing.T, k *kit) {
				ann, gigs := k.author(t, "Ann"), k.topic(t, "Gigs")
				first := k.publish(t, content("First", ann, gigs))
				k.Clock.Advance(time.Hour)
				k.publish(t, content("Between", ann))
				k.Clock.Advance(time.Hour)
				last := k.publish(t, content("Last", ann, gigs))
				k.Work(t)
				last = k.do(t, away, last)
				effect := k.Effects(t, []string{stories.TagBeside(first.ID)}, func() {
					k.do(t, stories.Publish, last)
					k.Work(t)
				})
				if effect[stories.TagBeside(first.ID)] != ground.Stale {
					t.Errorf("the page that shows it: %v", effect)
				}
			})
		})
	}
}

func TestAChangeThatFailsMakesNothingStale(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		s := newScene(t, k)
		c := k.content(t, s.middle)
		c.Slug = "before"
		s.want(t, "a slug that is taken", effects{}, func() {
			if _, err := k.Stories.Save(t.Context(), owner(), s.middle.ID, s.middle.Version, c); err == nil {
				t.Error("saved")
			}
		})
		s.want(t, "another version", effects{}, func() {
			if _, err := k.Stories.Do(t.Context(), owner(), stories.Unpublish, s.middle.ID, 1, time.Time{}); err == nil {
				t.Error("unpublished")
			}
		})
	})
}

func TestScheduledPublicationMakesListsStale(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		s := newScene(t, k)
		st := k.create(t, content("Later", s.ann, s.gigs))
		s.want(t, "scheduled", effects{}, func() {
			if _, err := k.Stories.Do(t.Context(), owner(), stories.Schedule, st.ID, st.Version, k.Clock.Now().Add(time.Hour)); err != nil {
				t.Fatal(err)
			}
		})
		k.Clock.Advance(time.Hour)
		due := effects{"stories": ground.Stale, "gigs": ground.Stale, "ann": ground.Stale, "beside after": ground.Stale}
		due["beside middle"] = ground.Stale // of the same topic, so it shows the new one as related
		s.want(t, "due", due, func() { k.Work(t) })
	})
}
