package stories_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/testkit"
	"waypost/internal/testkit/ground"
	"waypost/stories"
	"waypost/stories/terms"
)

// TestRelatingReadsNoWholeTable asks the engine how it would run each query.
func TestRelatingReadsNoWholeTable(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		for _, q := range stories.RelatingQueries() {
			plan := explain(t, d, q)
			if strings.Contains(plan, "SCAN") || strings.Contains(plan, "Seq Scan") || strings.Contains(plan, "B-TREE") || strings.Contains(plan, "Sort") {
				t.Errorf("%s\n%s", q.Text, plan)
			}
		}
	})
}

// explain gives a plan. PostgreSQL reads a small table whole though it has an index;
// told not to, it shows whether there is one.
func explain(t *testing.T, d *db.DB, q stories.RelatingQuery) string {
	t.Helper()
	var plan []string
	err := d.Update(t.Context(), func(tx *db.Tx) (err error) {
		if d.Engine() == db.SQLite {
			plan, err = db.List(tx, func(r db.Row) (string, error) {
				var id, parent, unused int
				var detail string
				return detail, r.Scan(&id, &parent, &unused, &detail)
			}, `EXPLAIN QUERY PLAN `+q.Text, q.Args...)
			return err
		}
		if _, err = tx.Exec(`SET LOCAL enable_seqscan = off`); err != nil {
			return err
		}
		if _, err = tx.Exec(`SET LOCAL enable_bitmapscan = off`); err != nil {
			return err
		}
		plan, err = db.List(tx, db.Value[string], `EXPLAIN `+q.Text, q.Args...)
		return err
	})
	if err != nil {
		t.Fatalf("%s: %v", q.Text, err)
	}
	return strings.Join(plan, "\n")
}

// TestRelatingDoesNotGrow relates a story that shares every word and topic with all
// others: however many there are, no more of them are looked at.
func TestRelatingDoesNotGrow(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		k := newKit(ground.On(d))
		ann, gigs := k.author(t, "Ann"), k.topic(t, "Gigs")
		st := k.publish(t, told("Gig", ann, gigText, gigs))
		words := terms.Of(st.Title, gigText, "en")
		made := 0
		for _, all := range []int{1000, 5000} {
			k.crowd(t, made, all, gigs, words)
			made = all
			k.View(t, func(tx *db.Tx) error {
				looked, pairs, err := stories.Candidates(tx, st, words)
				if looked == 0 || looked > stories.MostCandidates || looked > 100*(len(words)+1) || pairs > 60 {
					t.Errorf("among %d stories %d are looked at and %d compared", all, looked, pairs)
				}
				return err
			})
		}
		k.Work(t)
		if got := k.related(t, st); len(got) != 6 {
			t.Errorf("related: %q", got)
		}
	})
}

// crowd writes published stories straight into the tables, each with one of the words
// and the topic.
func (k *kit) crowd(t *testing.T, from, to int, topic string, words []terms.Term) {
	t.Helper()
	k.Update(t, func(tx *db.Tx) error {
		for i := from; i < to; i++ {
			id, at := fmt.Sprintf("crowd-%05d", i), k.Clock.Now().Add(time.Duration(i)*time.Second).UnixMilli()
			if _, err := tx.Exec(`INSERT INTO stories (id, slug, state, title, standfirst, language, cover_alt, cover_caption, note, version, words,
				has_trail, created_at, updated_at, published_at) VALUES ($1, $1, 'published', $1, '', 'en', '', '', '', 1, 9, FALSE, $2, $2, $2)`, id, at); err != nil {
				return err
			}
			if _, err := tx.Exec(`INSERT INTO story_topics (story_id, topic_id, position, published_at) VALUES ($1, $2, 0, $3)`, id, topic, at); err != nil {
				return err
			}
			w := words[i%len(words)]
			if _, err := tx.Exec(`INSERT INTO story_terms (story_id, term, weight, shown, published_at) VALUES ($1, $2, $3, $4, $5)`,
				id, w.Word, w.Weight, w.Shown, at); err != nil {
				return err
			}
		}
		return nil
	})
}
