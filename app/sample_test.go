package app_test

import (
	"testing"

	"waypost/demo"
	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
)

// TestSampleIsWholeOrNotThere breaks the sample community off at its last step: the
// place is not set up, and the next start fills it.
func TestSampleIsWholeOrNotThere(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e))
		into := demo.Site{DB: s.DB, Community: s.Community, Members: s.Members, Topics: s.Topics, Stories: s.Stories, Resources: s.Resources, Pictures: s.Pictures}
		alter(t, s, `ALTER TABLE story_counts RENAME TO away`)
		if err := demo.Seed(t.Context(), into); err == nil {
			t.Fatal("stories are published without being counted")
		}
		alter(t, s, `ALTER TABLE away RENAME TO story_counts`)
		if settings, err := s.Community.Settings(t.Context()); err != nil || settings.SetUp {
			t.Errorf("half a sample community counts as set up: %+v, %v", settings, err)
		}
		if err := demo.Seed(t.Context(), into); err != nil {
			t.Fatal(err)
		}
		s.Reader().Get(story).OK()
	})
}
