package stories_test

import (
	"maps"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/testkit/ground"
	"waypost/stories"
	"waypost/stories/trails"
)

// TestAPublicationThatStraddlesTheZoneIsCountedRight publishes with the old zone
// after the months were recounted by the new one.
func TestAPublicationThatStraddlesTheZoneIsCountedRight(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		berlin, err := time.LoadLocation("Europe/Berlin")
		if err != nil {
			t.Fatal(err)
		}
		c := content("New year in Berlin", k.author(t, "Ann"))
		c.Published = time.Date(2025, time.December, 31, 23, 0, 0, 0, time.UTC)
		old := k.zone
		k.zone = berlin
		k.Update(t, func(tx *db.Tx) error { return k.Stories.ZoneMoved(tx, k.zone) })
		k.Work(t)
		k.zone = old
		k.publish(t, c)
		k.zone = berlin
		k.Work(t)
		if got := k.monthCounts(t); got["2025-12"] != 1 {
			t.Fatalf("the straddling publication counts as %v", got)
		}
		k.Clock.Advance(2 * time.Minute)
		effect := k.Effects(t, []string{stories.TagStories}, func() { k.Work(t) })
		if got := k.monthCounts(t); !maps.Equal(got, map[string]int{"2026-01": 1}) || effect[stories.TagStories] != ground.Stale {
			t.Errorf("months %v, lists %v", got, effect)
		}
	})
}

func TestAnotherZoneCountsMonthsInAJob(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		berlin, err := time.LoadLocation("Europe/Berlin")
		if err != nil {
			t.Fatal(err)
		}
		c := content("New year in Berlin", k.author(t, "Ann"))
		c.Published = time.Date(2025, time.December, 31, 23, 0, 0, 0, time.UTC)
		k.publish(t, c)
		k.Work(t)
		k.zone = berlin
		k.Update(t, func(tx *db.Tx) error { return k.Stories.ZoneMoved(tx, k.zone) })
		effect := k.Effects(t, []string{stories.TagStories}, func() { k.Work(t) })
		if got := k.monthCounts(t); !maps.Equal(got, map[string]int{"2026-01": 1}) || effect[stories.TagStories] != ground.Stale {
			t.Errorf("months %v, lists %v", got, effect)
		}
	})
}

func TestAnotherZoneDrawsAnew(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		version, figure := int64(1), "until Monday"
		k.Stories.Renderer = func(*db.Tx) (int64, error) { return version, nil }
		k.Stories.Render = func(*db.Tx, stories.Format, string, string, string) (stories.Rendered, error) {
			return stories.Rendered{HTML: "the same", By: version}, nil
		}
		k.Stories.Draw = func(*db.Tx, trails.Trail, time.Time) (stories.Drawing, error) {
			return stories.Drawing{Wide: figure, By: version}, nil
		}
		c := content("First", k.author(t, "Ann"))
		c.Trail = twoSteps()
		st := k.publish(t, c)
		k.Work(t)
		version, figure = 2, "until Tuesday"
		tag := stories.TagStory(st.ID)
		effect := k.Effects(t, []string{tag}, func() {
			k.Update(t, func(tx *db.Tx) error { return k.Stories.ZoneMoved(tx, k.zone) })
			k.Work(t)
		})
		var wide string
		k.View(t, func(tx *db.Tx) error {
			return tx.QueryRow(`SELECT wide FROM story_figures WHERE story_id = $1 AND renderer = 2`, st.ID).Scan(&wide)
		})
		if wide != figure || effect[tag] != ground.Stale {
			t.Errorf("drawn %q, pages %v", wide, effect)
		}
	})
}
