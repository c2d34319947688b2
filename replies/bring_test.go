package replies_test

import (
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/testkit/ground"
	"waypost/replies"
)

func TestBring(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		at := ground.Start().AddDate(-2, 0, 0)
		var ids []string
		k.Update(t, func(tx *db.Tx) error {
			parent := ""
			for n := range 12 {
				written := at.Add(time.Duration(n) * time.Hour)
				r, err := k.Bring(tx, replies.Brought{StoryID: "one", Language: "en", ParentID: parent, State: replies.Published, Held: replies.ByImport,
					Name: "Ann", Email: "ann@example.org", Body: "Twelve deep.", Written: written, Since: ground.Start(), Decided: true})
				if err != nil {
					return err
				}
				parent = r.ID
				ids = append(ids, r.ID)
			}
			_, err := k.Bring(tx, replies.Brought{StoryID: "one", Language: "en", State: replies.Spam, Held: replies.ByImport,
				Name: "Bob", Email: "bob@example.org", Body: "Buy.", Written: at, Since: ground.Start(), Decided: true})
			return err
		})
		k.View(t, func(tx *db.Tx) error {
			top, err := k.ByID(tx, ids[0])
			if err != nil || top.Below != 11 || !top.Written.Equal(at) {
				t.Errorf("the first is %+v, %v", top, err)
			}
			if last, err := k.ByID(tx, ids[11]); err != nil || last.Depth != 11 {
				t.Errorf("the last is %+v, %v", last, err)
			}
			return err
		})
		if jobs := k.Work(t); jobs != 0 {
			t.Errorf("%d jobs tell of what is old", jobs)
		}
		k.Update(t, k.Sweep)
		k.View(t, func(tx *db.Tx) error {
			counts, err := k.Counts(tx)
			if counts[replies.Spam] != 1 || counts[replies.Published] != 12 {
				t.Errorf("there are %v: what was brought stays for its days from then on", counts)
			}
			return err
		})
	})
}
