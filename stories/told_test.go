package stories_test

import (
	"slices"
	"testing"
	"time"

	"waypost/stories"
)

// TestOthersAreToldOfNewStories: a story is fresh once, when readers first see it, and
// only if it does not bear an older date.
func TestOthersAreToldOfNewStories(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann := k.author(t, "Ann")
		want := func(what string, list ...string) {
			t.Helper()
			k.Work(t)
			if !slices.Equal(k.told, list) {
				t.Errorf("%s: told %q, want %q", what, k.told, list)
			}
			k.told = nil
		}
		st := k.create(t, content("New", ann))
		want("a draft")
		st = k.do(t, stories.Publish, st)
		want("published", "published, fresh true")
		st = k.do(t, stories.Unpublish, st)
		want("taken back", "taken back")
		k.do(t, stories.Publish, st)
		want("again", "published, fresh false")

		old := content("Old", ann)
		old.Published = k.Clock.Now().Add(-25 * time.Hour)
		k.do(t, stories.Publish, k.create(t, old))
		want("of an older date")
		today := content("Today", ann)
		today.Published = k.Clock.Now().Add(-5 * time.Hour)
		k.do(t, stories.Publish, k.create(t, today))
		want("of this morning", "published, fresh true")

		st = k.create(t, content("Later", ann))
		if _, err := k.Stories.Do(t.Context(), owner(), stories.Schedule, st.ID, st.Version, k.Clock.Now().Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		want("scheduled")
		k.Clock.Advance(100 * time.Hour) // the program was not running at that time
		want("scheduled, and late", "published, fresh true")
	})
}
