package stories_test

import (
	"testing"
	"time"

	"waypost/stories"
)

func TestSinceIsWhenReadersCouldFirstSeeIt(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		c := content("Brought over", k.author(t, "Ann"))
		c.Published = time.Date(2016, time.March, 1, 12, 0, 0, 0, time.UTC)
		st := k.create(t, c)
		want := func(step string, since time.Time) {
			t.Helper()
			if st = k.byID(t, st.ID); !st.Since.Equal(since) {
				t.Errorf("%s: seen since %v, want %v", step, st.Since, since)
			}
		}
		want("a draft with a date", time.Time{})
		at := k.Clock.Now().Add(time.Hour)
		if _, err := k.Stories.Do(t.Context(), owner(), stories.Schedule, st.ID, st.Version, at); err != nil {
			t.Fatal(err)
		}
		want("scheduled", time.Time{})
		k.Clock.Advance(2 * time.Hour)
		k.Work(t)
		first := k.Clock.Now()
		want("on time", first)
		k.Clock.Advance(time.Hour)
		k.edit(t, st, func(c *stories.Content) { c.Body += " More." })
		want("saved", first)
		k.do(t, stories.Unpublish, st)
		want("unpublished", first)
		k.do(t, stories.Publish, st)
		want("published again", first)
	})
}

// TestADateLeavesNoTrace renames a draft that has a date but that no reader saw.
func TestADateLeavesNoTrace(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann := k.author(t, "Ann")
		moved := k.publish(t, content("Old", ann))
		moved = k.edit(t, moved, func(c *stories.Content) { c.Slug = "new" })
		c := content("Unseen", ann)
		c.Published = time.Date(2016, time.March, 1, 12, 0, 0, 0, time.UTC)
		draft := k.edit(t, k.create(t, c), func(c *stories.Content) { c.Slug = "old" })
		if to := k.leads(t, "/stories/unseen"); to != "" {
			t.Errorf("an address that no reader had leads to %s", to)
		}
		if to := k.leads(t, "/stories/old"); to != moved.ID {
			t.Errorf("a draft with a date took /stories/old, which leads to %q", to)
		}
		k.do(t, stories.Publish, draft)
		if to := k.leads(t, "/stories/old"); to != "" {
			t.Errorf("the address of a published story leads to %q", to)
		}
	})
}
