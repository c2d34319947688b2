package pictures_test

import (
	"bytes"
	"slices"
	"testing"

	"waypost/internal/db"
	"waypost/internal/personal"
	"waypost/pictures"
)

// TestWhoIsOfferedAPicture: a member alone is offered theirs until somebody who edits
// brings the same; who brought one gives it other words while nobody else has.
func TestWhoIsOfferedAPicture(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.Update(t, func(tx *db.Tx) error {
			_, err := tx.Exec(`INSERT INTO accounts (id, name, created_at) VALUES ('ann', 'x', 1), ('ben', 'x', 1), ('editor', 'x', 1)`)
			return err
		})
		data := flat(t, 40, 30, 90)
		bring := func(account string, shared bool, alt, want string) string {
			t.Helper()
			p, err := k.pictures.AddBy(t.Context(), pictures.By{Account: account, Shared: shared}, bytes.NewReader(data), alt)
			if err != nil {
				t.Fatal(err)
			}
			if got := k.read(t, p.ID).Alt; got != want {
				t.Errorf("%s says %q, and it is %q, not %q", account, alt, got, want)
			}
			return p.ID
		}
		offered := func(id string, want ...string) {
			t.Helper()
			var got []string
			for _, account := range []string{"", "ann", "ben", "editor"} {
				k.View(t, func(tx *db.Tx) error {
					is, err := k.pictures.Offered(tx, account, id)
					if err != nil {
						return err
					}
					list, err := k.pictures.Newest(tx, account, 5)
					if slices.ContainsFunc(list, func(p pictures.Picture) bool { return p.ID == id }) != is {
						t.Errorf("what is listed for %q and what is offered differ", account)
					}
					if is {
						got = append(got, account)
					}
					return err
				})
			}
			if !slices.Equal(got, want) {
				t.Errorf("offered to %q, not %q", got, want)
			}
		}
		id := bring("ann", false, "One", "One")
		bring("ann", false, "Two", "Two")
		offered(id, "ann")
		bring("ben", false, "Three", "Two")
		offered(id, "ann", "ben")
		bring("editor", true, "Four", "Four")
		bring("ann", false, "Five", "Four")
		offered(id, "", "ann", "ben", "editor")
		k.Update(t, func(tx *db.Tx) error { return k.pictures.Forget(tx, personal.Person{Account: "ann"}) })
		offered(id, "", "ben", "editor")
	})
}
