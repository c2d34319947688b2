package stories_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/testkit"
	"waypost/internal/testkit/ground"
	"waypost/stories/related"
	"waypost/stories/terms"
)

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
				looked, pairs, err := related.Candidates(tx, st.ID, st.Topics, words)
				if looked == 0 || looked > related.MostCandidates(8) || looked > 100*(len(words)+1) || pairs > 60 {
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

// TestListsFollowTheirIndex: a list by state is read with an index that has its order,
// not by reading all of the state and sorting it.
func TestListsFollowTheirIndex(t *testing.T) {
	t.Parallel()
	d := testkit.DB(t)
	for index, query := range map[string]string{
		"stories_published": `SELECT title FROM stories WHERE state = 'published' AND (published_at, id) < ($1, $2) ORDER BY published_at DESC, id DESC LIMIT 1`,
		"stories_waiting":   `SELECT title FROM stories WHERE state = 'in_review' AND (submitted_at, id) > ($1, $2) ORDER BY submitted_at, id LIMIT 1`,
		"stories_by_state": `SELECT title FROM stories WHERE state = 'draft' AND private = FALSE AND (updated_at, id) < ($1, $2)
			ORDER BY updated_at DESC, id DESC LIMIT 1`,
	} {
		plan := testkit.Plan(t, d, query, 0, "")
		if !strings.Contains(plan, " "+index+" ") || strings.Contains(plan, "\n") {
			t.Errorf("%s\nis read by\n%s", query, plan)
		}
	}
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
