package news_test

import (
	"fmt"
	"strings"
	"testing"

	"waypost/internal/db"
	"waypost/internal/testkit"
	"waypost/internal/testkit/ground"
	"waypost/internal/testkit/growth"
	"waypost/news"
)

// crowd inserts n subscribers: one in four is a member, and all of those follow ann.
func (k *kit) crowd(t *testing.T, n int) {
	t.Helper()
	insert := func(tx *db.Tx, into string, columns, every int, value func(i int) []any) error {
		for from := 0; from < n; from += 500 * every {
			var rows []string
			var args []any
			for i := from; i < min(n, from+500*every); i += every {
				var marks []string
				for _, v := range value(i) {
					args = append(args, v)
					marks = append(marks, fmt.Sprintf("$%d", len(args)))
				}
				rows = append(rows, "("+strings.Join(marks, ", ")+")")
			}
			if _, err := tx.Exec(into+` VALUES `+strings.Join(rows, ", "), args...); err != nil {
				return err
			}
		}
		return nil
	}
	id := func(i int) string { return fmt.Sprintf("%06d", i) }
	k.Update(t, func(tx *db.Tx) error {
		err := insert(tx, `INSERT INTO accounts (id, name, email, email_key, created_at)`, 5, 4, func(i int) []any {
			address := "m" + id(i) + "@readers.example"
			return []any{id(i), "M", address, address, 0}
		})
		if err == nil {
			err = insert(tx, `INSERT INTO follows (account_id, kind, subject_id, created_at)`, 4, 4, func(i int) []any { return []any{id(i), "author", "ann", 0} })
		}
		if err == nil {
			err = insert(tx, `INSERT INTO subscriptions (id, list, pace, ended_pace, account_id, email, email_key, language, proof, since, confirmed_at, changed_at)`, 12, 1, func(i int) []any {
				if i%4 == 0 {
					return []any{"s" + id(i), "stories", "at-once", "", id(i), nil, nil, "", "account", 0, 0, 0}
				}
				address := "r" + id(i) + "@readers.example"
				return []any{"s" + id(i), "stories", "at-once", "", nil, address, address, "", "letter", 0, 0, 0}
			})
		}
		if err == nil {
			_, err = tx.Exec(`ANALYZE`)
		}
		return err
	})
}

// TestGrowthOfAMailing writes a story to ten thousand: some hundred letters a
// transaction, in memory that does not depend on how many there are.
func TestGrowthOfAMailing(t *testing.T) {
	for _, e := range testkit.Engines() {
		t.Run(e.Name, func(t *testing.T) {
			const people, step = 10_000, 300
			k := newKit(t, ground.On(testkit.Open(t, testkit.Migrated(t, e))))
			k.News.Step = 0 // as many as is usual
			k.crowd(t, people)
			steps, before, most := 0, 0, 0
			idle := growth.Live()
			peak := idle
			k.News.Published = func(tx *db.Tx, ids []string) ([]news.Story, error) {
				steps++
				peak = max(peak, growth.Live())
				var n int
				err := tx.QueryRow(`SELECT count(*) FROM letters`).Scan(&n)
				most, before = max(most, n-before), n
				return []news.Story{{ID: ids[0], Authors: []string{"ann"}}}, err
			}
			k.publish(t, news.Story{ID: "s1"})
			k.Work(t)
			var n, texts int
			k.View(t, func(tx *db.Tx) error {
				return tx.QueryRow(`SELECT count(DISTINCT recipient), (SELECT count(*) FROM letter_texts) FROM letters`).Scan(&n, &texts)
			})
			if n != people || texts != 1 || most > step || steps < people/step {
				t.Errorf("%d people are written to with %d texts in %d steps, %d letters in one", n, texts, steps, most)
			}
			if peak-idle > 8<<20 {
				t.Errorf("%d MiB for %d letters", (peak-idle)>>20, people)
			}
			t.Logf("%d letters in %d steps, heap up to %d KiB", n, steps, (peak-idle)>>10)
			for query, args := range map[string][]any{
				news.SelectSubscribers: {"stories", "at-once", "s004000", step},
				news.SelectFollowers:   {"author", "ann", "004000", step},
				news.SelectInForce:     {"s004001"},
			} {
				plan := testkit.Plan(t, k.DB, query, args...)
				for _, whole := range []string{"SCAN", "Seq Scan", "B-TREE", "Sort", "Hash"} {
					if strings.Contains(plan, whole) {
						t.Errorf("a step would read a whole table (%s): %s\n%s", whole, query, plan)
					}
				}
			}
		})
	}
}
