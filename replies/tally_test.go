package replies_test

import (
	"fmt"
	"testing"

	"waypost/internal/db"
	"waypost/replies"
	"waypost/replies/tally"
)

// TestCountsByStory: each part of the queue counts what is in it, story by story.
func TestCountsByStory(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		shown := k.publish(t, draft("one", "I stayed eleven weeks too."))
		k.publish(t, draft("two", "So did I, there."))
		k.publish(t, draft("two", "And once more."))
		if _, err := k.Report(t.Context(), shown.ID, "192.0.2.1", "unkind"); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			f     replies.Filter
			limit int
			want  string
		}{
			{replies.Filter{State: replies.Published}, 9, "[{two 2} {one 1}]"},
			{replies.Filter{State: replies.Published}, 1, "[{two 2}]"},
			{replies.Filter{Again: true}, 9, "[{one 1}]"},
			{replies.Filter{Again: true, State: replies.Pending}, 9, "[]"},
			{replies.Filter{State: replies.Spam}, 9, "[]"},
			{replies.Filter{}, 9, "[]"},
		} {
			k.View(t, func(tx *db.Tx) error {
				got, err := tally.ByStory(tx, c.f, c.limit)
				if fmt.Sprint(got) != c.want {
					t.Errorf("%+v: %v, want %s", c.f, got, c.want)
				}
				return err
			})
		}
	})
}
