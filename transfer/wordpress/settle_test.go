package wordpress_test

import (
	"fmt"
	"strings"
	"testing"

	"waypost/internal/db"
	"waypost/members"
	"waypost/transfer/wordpress"
)

// TestThreadComes brings a thread of ten that stands in the file from its end on.
func TestThreadComes(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.Update(t, func(tx *db.Tx) error {
			_, err := k.Members.CreateAccount(tx, "", members.NewAccount{Name: "Bo Berg", Email: "bo@readers.example", EmailKey: "bo@readers.example"})
			return err
		})
		parts := []string{}
		for n := 10; n > 0; n-- {
			parts = append(parts, comment(n, n-1, "comment", "1", fmt.Sprintf("Number %d", n)))
		}
		parts = append(parts, comment(11, 12, "comment", "1", "A ring"), comment(12, 11, "comment", "1", "of two"), comment(13, 99, "comment", "1", "To nobody"))
		text := export(site, post(1, "one", "One", "Text.", parts...))
		k.bring(t, text)
		if got := k.rows(t, 1, `SELECT depth FROM replies ORDER BY place`); strings.Join(got, " ") != "0 1 2 3 4 5 6 7 8 9 0 1 0" {
			t.Errorf("the threads are %v deep", got)
		}
		if got := k.rows(t, 1, `SELECT published FROM story_replies`); got[0] != "13" {
			t.Errorf("%v are counted", got)
		}
		if got := k.rows(t, 2, `SELECT DISTINCT r.name, c.email FROM replies r JOIN reply_checks c ON c.reply_id = r.id WHERE r.account_id IS NULL AND r.profile_id IS NULL`); strings.Join(got, ", ") != "Bo bo@readers.example" {
			t.Errorf("by a member's address, which nobody checked, came %v", got)
		}
		if again := k.bring(t, text); again.Kept.Replies != 13 || again.Made.Replies != 0 {
			t.Errorf("the second time: made %s, kept %s", again.Made, again.Kept)
		}
	})
}

// TestModeratorsWordCounts imports once more what was approved there, and what was decided here.
func TestModeratorsWordCounts(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		before := export(site, post(1, "one", "One", "Text.", comment(1, 0, "comment", "0", "Waits"), comment(2, 0, "comment", "0", "Was refused here")))
		k.bring(t, before)
		id := k.rows(t, 1, `SELECT subject_id FROM imported WHERE kind = 'reply' AND source_id = '2'`)[0]
		k.Update(t, func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE replies SET state = 'spam', version = version + 1 WHERE id = $1`, id)
			return err
		})
		r := k.bring(t, strings.ReplaceAll(before, "<wp:comment_approved>0<", "<wp:comment_approved>1<"))
		if r.Updated.Replies != 1 || r.Kept.Replies != 1 {
			t.Errorf("updated %s, kept %s", r.Updated, r.Kept)
		}
		if got := k.rows(t, 2, `SELECT state, body FROM replies ORDER BY body DESC`); strings.Join(got, ", ") != "spam Was refused here, published Waits" {
			t.Errorf("replies %v", got)
		}
		if got := k.rows(t, 1, `SELECT published FROM story_replies`); got[0] != "1" {
			t.Errorf("%v are counted", got)
		}
	})
}

// TestSettle brings what an import of before replies had a place kept aside.
func TestSettle(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		text := export(site, post(1, "one", "One", "Text."))
		k.bring(t, text)
		k.Update(t, func(tx *db.Tx) error {
			for n, more := range []string{"'Bo', 'bo@readers.example', 'One', NULL", "'', '', '', 1", "'Bo', '', 'Three', 1"} {
				_, err := tx.Exec(`INSERT INTO imported_replies (site, source_id, item_id, parent_id, kind, state, url, written_at, import_id, author, email, body, erased_at)
					SELECT site, $1, '1', $2, 'comment', 'published', '', 5, import_id, `+more+` FROM imported WHERE kind = 'story'`, fmt.Sprint(n+1), fmt.Sprint(n))
				if err != nil {
					return err
				}
			}
			return nil
		})
		for range 2 {
			if err := k.Import.Settle(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := k.rows(t, 3, `SELECT place, name, body FROM replies ORDER BY place`); strings.Join(got, ", ") != "11 Bo One, 12 Bo Three" {
				t.Errorf("replies %v", got)
			}
			if got := k.rows(t, 1, `SELECT source_id FROM imported_replies`); strings.Join(got, " ") != "2" {
				t.Errorf("%v are kept aside", got)
			}
		}
		r, err := k.try(t, export(site, post(1, "one", "One", "Text.", comment(2, 0, "comment", "1", "Taken out"), comment(3, 0, "comment", "1", "Three, with an address"))), wordpress.Options{By: owner()})
		if err != nil || r.Kept.Replies != 2 || len(k.rows(t, 1, `SELECT id FROM replies`)) != 2 {
			t.Errorf("what was taken out comes back: %+v, %v", r.Kept, err)
		}
	})
}
