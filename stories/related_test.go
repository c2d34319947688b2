package stories_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"waypost/internal/db"
	"waypost/internal/testkit/ground"
	"waypost/resources"
	"waypost/stories"
)

// told is a publishable story with words of its own.
func told(title, author, body string, topicIDs ...string) stories.Content {
	c := content(title, author, topicIDs...)
	c.Body = body
	return c
}

// related names the related stories of one with their reasons, best first.
func (k *kit) related(t testing.TB, st stories.Story) []string {
	t.Helper()
	var all []string
	k.View(t, func(tx *db.Tx) error {
		b, err := k.Beside.Beside(tx, st, 0)
		for _, r := range b.Related {
			all = append(all, fmt.Sprintf("%s %d %s", r.Story.Title, len(r.Topics), strings.Join(r.Words, ",")))
		}
		return err
	})
	return all
}

func wantRelated(t *testing.T, step string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %q, want %q", step, got, want)
	}
}

const (
	gigText   = "My first freelance gig was mixing sound for a festival. Freelance sound pays late."
	stageText = "I built stages and mixed sound. The Festival kept calling; freelance sound became my trade."
	nurseText = "The night ward taught me to listen to patients before charts."
	wardText  = "Patients on the ward sleep badly. Charts never say why, listening does."
)

func TestRelatedGivesReasonsOnBothSides(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann, gigs := k.author(t, "Ann"), k.topic(t, "Gigs")
		gig := k.publish(t, told("Gig", ann, gigText, gigs))
		k.Work(t)
		wantRelated(t, "alone", k.related(t, gig))
		stage := k.publish(t, told("Stage", ann, stageText))
		ward := k.publish(t, told("Ward", ann, wardText))
		nurse := k.publish(t, told("Nurse", ann, nurseText, gigs))
		k.Work(t)
		wantRelated(t, "gig", k.related(t, gig), "Stage 0 sound,freelance,festival", "Nurse 1 ")
		wantRelated(t, "stage", k.related(t, stage), "Gig 0 sound,freelance,Festival")
		wantRelated(t, "ward", k.related(t, ward), "Nurse 0 ward,Charts,Patients")
		wantRelated(t, "nurse", k.related(t, nurse), "Ward 0 ward,charts,patients", "Gig 1 ")
	})
}

// apart is a text of words that no other has, with what it says besides.
func apart(letter, besides string) string {
	var b strings.Builder
	for c := 'a'; c <= 'z'; c++ {
		b.WriteString(strings.Repeat(letter, 4) + string(c) + " ")
	}
	return b.String() + besides
}

func TestOnlyTellingWordsAreReasons(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann, gigs := k.author(t, "Ann"), k.topic(t, "Gigs")
		one := k.publish(t, told("One", ann, apart("q", "Harbour, harbour, harbour; aardvark, abacus."), gigs))
		k.publish(t, told("Two", ann, apart("x", "Harbour, harbour, harbour; aardvark, abacus."), gigs))
		k.publish(t, told("Three", ann, apart("w", "Harbour, harbour, harbour; aardvark, abacus.")))
		k.Work(t)
		wantRelated(t, "aardvark and abacus are only mentioned", k.related(t, one), "Two 1 harbour")
		var last stories.Story
		for i := range 10 {
			last = k.publish(t, told(fmt.Sprintf("Port%d", i), ann, apart(string(rune('a'+i)), "Harbour, harbour, harbour."), gigs))
			k.Work(t)
		}
		for _, entry := range k.related(t, last) {
			if !strings.HasSuffix(entry, " 1 ") {
				t.Errorf("%q names a word that thirteen stories have", entry)
			}
		}
	})
}

func TestRelatedFollowsAChangedText(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann := k.author(t, "Ann")
		gig, ward := k.publish(t, told("Gig", ann, gigText)), k.publish(t, told("Ward", ann, wardText))
		other := k.publish(t, told("Other", ann, stageText))
		k.Work(t)
		effect := k.Effects(t, []string{stories.TagBeside(gig.ID), stories.TagBeside(ward.ID)}, func() {
			k.Update(t, func(tx *db.Tx) error { return k.Jobs.Enqueue(tx, stories.JobChanged, stories.Changed{ID: other.ID}) })
			k.Work(t)
		})
		if len(effect) != 0 {
			t.Errorf("the job again made stale %v", effect)
		}
		effect = k.Effects(t, []string{stories.TagBeside(gig.ID), stories.TagBeside(ward.ID)}, func() {
			other = k.edit(t, other, func(c *stories.Content) { c.Body = nurseText })
			k.Work(t)
		})
		if effect[stories.TagBeside(gig.ID)] != ground.Stale || effect[stories.TagBeside(ward.ID)] != ground.Stale {
			t.Errorf("stale: %v", effect)
		}
		wantRelated(t, "lost it", k.related(t, gig))
		wantRelated(t, "gained it", k.related(t, ward), "Other 0 ward,Charts,Patients")
		wantRelated(t, "itself", k.related(t, other), "Ward 0 ward,charts,patients")
	})
}

func TestUnpublishedLeavesRelatedReading(t *testing.T) {
	for _, verb := range []stories.Verb{stories.Unpublish, stories.Archive} {
		t.Run(string(verb), func(t *testing.T) {
			each(t, func(t *testing.T, k *kit) {
				ann := k.author(t, "Ann")
				var all []stories.Story
				for i := range 8 {
					all = append(all, k.publish(t, told(fmt.Sprintf("S%d", i), ann, gigText)))
					k.Work(t)
				}
				for _, st := range all {
					if n := len(k.related(t, st)); n != 6 {
						t.Fatalf("%s shows %d, want 6", st.Title, n)
					}
				}
				gone := all[7]
				k.do(t, verb, gone)
				for _, st := range all[:7] { // before the job has run, and after
					if got := strings.Join(k.related(t, st), ";"); strings.Contains(got, gone.Title) {
						t.Errorf("%s shows %s", st.Title, got)
					}
				}
				k.Work(t)
				for _, st := range all[:7] {
					if got := k.related(t, st); len(got) != 6 || strings.Contains(strings.Join(got, ";"), gone.Title) {
						t.Errorf("%s shows %s, want the other six", st.Title, got)
					}
				}
				wantRelated(t, "gone", k.related(t, gone))
				k.View(t, func(tx *db.Tx) error {
					for _, table := range []string{"story_terms", "story_related", "story_resources"} {
						var left int
						if err := tx.QueryRow(`SELECT count(*) FROM `+table+` WHERE story_id = $1`, gone.ID).Scan(&left); err != nil || left != 0 {
							t.Errorf("%d rows left in %s, %v", left, table, err)
						}
					}
					return nil
				})
			})
		})
	}
}

// TestBetterStoriesTakeTheirPlace publishes weak matches first and then better ones.
func TestBetterStoriesTakeTheirPlace(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann, gigs := k.author(t, "Ann"), k.topic(t, "Gigs")
		st := k.publish(t, told("Gig", ann, gigText, gigs))
		for i := range 7 {
			k.publish(t, told(fmt.Sprintf("weak%d", i), ann, fmt.Sprintf("Nothing shared %s.", strings.Repeat("q", 5+i)), gigs))
			k.Work(t)
		}
		if got := k.related(t, st); len(got) != 6 {
			t.Fatalf("by topic alone: %q", got)
		}
		for i := range 6 {
			k.publish(t, told(fmt.Sprintf("good%d", i), ann, stageText, gigs))
			k.Work(t)
		}
		got := k.related(t, st)
		if len(got) != 6 || strings.Contains(strings.Join(got, ";"), "weak") {
			t.Errorf("%q, want the six good ones", got)
		}
		k.View(t, func(tx *db.Tx) error {
			long, err := db.List(tx, db.Value[int], `SELECT count(*) FROM story_related GROUP BY story_id HAVING count(*) > 6`)
			if len(long) > 0 {
				t.Errorf("lists of %v entries", long)
			}
			return err
		})
	})
}

// TestPublishedAtOnce lets several workers relate stories that do not know of each
// other yet: none may miss another.
func TestPublishedAtOnce(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann := k.author(t, "Ann")
		var all []stories.Story
		for i := range 6 {
			all = append(all, k.publish(t, told(fmt.Sprintf("S%d", i), ann, gigText)))
		}
		var workers sync.WaitGroup
		for range 4 {
			workers.Go(func() {
				if _, err := k.Jobs.Work(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		workers.Wait()
		k.Work(t)
		for _, st := range all {
			if got := k.related(t, st); len(got) != 5 {
				t.Errorf("%s shows %q, want the other five", st.Title, got)
			}
		}
	})
}

func TestScoresAreTheSameFromBothSides(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann, gigs := k.author(t, "Ann"), k.topic(t, "Gigs")
		for i, body := range []string{gigText, stageText, nurseText, wardText, gigText + nurseText, stageText + wardText} {
			k.publish(t, told(fmt.Sprintf("S%d", i), ann, body, []string{gigs}[:i%2]...))
		}
		k.Work(t)
		k.View(t, func(tx *db.Tx) error {
			var pairs, unlike int
			err := tx.QueryRow(`SELECT count(*), count(*) FILTER (WHERE a.score <> b.score) FROM story_related a
				JOIN story_related b ON b.story_id = a.related_id AND b.related_id = a.story_id`).Scan(&pairs, &unlike)
			if pairs == 0 || unlike > 0 {
				t.Errorf("of %d entries %d have another score from the other side", pairs, unlike)
			}
			return err
		})
	})
}

func (k *kit) resource(t testing.TB, title, note string, topicIDs ...string) resources.Resource {
	t.Helper()
	r, err := k.Library.Save(t.Context(), "", resources.Resource{URL: "https://example.org/" + strings.ReplaceAll(title, " ", "-"),
		Title: title, Note: note, Topics: topicIDs})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// beside names the resources beside a story with their reasons, best first.
func (k *kit) beside(t testing.TB, st stories.Story, named map[string]string) []string {
	t.Helper()
	var all []string
	k.View(t, func(tx *db.Tx) error {
		b, err := k.Beside.Beside(tx, st, 0)
		for _, r := range b.Resources {
			all = append(all, fmt.Sprintf("%s %d %s", named[r.ID], len(r.Topics), strings.Join(r.Words, ",")))
		}
		return err
	})
	return all
}

func TestResourcesBesideAStory(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann, gigs, money, care := k.author(t, "Ann"), k.topic(t, "Gigs"), k.topic(t, "Money"), k.topic(t, "Care")
		named := map[string]string{}
		add := func(title, note string, topicIDs ...string) resources.Resource {
			r := k.resource(t, title, note, topicIDs...)
			named[r.ID] = title
			return r
		}
		add("Both topics", "", gigs, money)
		add("Late pay", "When a festival does not pay a freelance.", gigs)
		add("Elsewhere", "freelance sound festival", care)
		st := k.publish(t, told("Gig", ann, gigText, gigs, money))
		k.Work(t)
		wantRelated(t, "first", k.beside(t, st, named), "Late pay 1 freelance,festival", "Both topics 2 ")

		tag := []string{stories.TagBeside(st.ID)}
		var third resources.Resource
		effect := k.Effects(t, tag, func() {
			third = add("Sound advice", "", gigs)
			k.Work(t)
		})
		wantRelated(t, "one more", k.beside(t, st, named), "Late pay 1 freelance,festival", "Sound advice 1 sound", "Both topics 2 ")
		if effect[tag[0]] != ground.Stale {
			t.Errorf("one more made stale %v", effect)
		}
		effect = k.Effects(t, tag, func() {
			add("Apart", "", care)
			k.Work(t)
		})
		if len(effect) != 0 {
			t.Errorf("a resource of another topic made stale %v", effect)
		}
		third.Topics = []string{care}
		if _, err := k.Library.Save(t.Context(), "", third); err != nil {
			t.Fatal(err)
		}
		k.Work(t)
		wantRelated(t, "filed elsewhere", k.beside(t, st, named), "Late pay 1 freelance,festival", "Both topics 2 ")
		for i := range 5 {
			add(fmt.Sprintf("More %d", i), "", gigs, money)
		}
		k.Work(t)
		if got := k.beside(t, st, named); len(got) != 4 {
			t.Errorf("%d beside the story: %q", len(got), got)
		}
		for id := range named {
			if err := k.Library.Delete(t.Context(), "", id); err != nil {
				t.Fatal(err)
			}
		}
		k.Work(t)
		wantRelated(t, "an empty library", k.beside(t, st, named))
	})
}

// TestResourcesThatChangeAtOnce lets two workers choose for one story.
func TestResourcesThatChangeAtOnce(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		gigs := k.topic(t, "Gigs")
		author := k.author(t, "Ann")
		var list []stories.Story
		for i := range 3 {
			list = append(list, k.publish(t, stories.Content{Title: fmt.Sprint("Gig ", i), Body: "Sound.", Topics: []string{gigs}, Authors: []string{author}}))
		}
		k.Work(t)
		named := map[string]string{}
		for round := range 8 {
			for i := range 4 {
				r := k.resource(t, fmt.Sprintf("R%d-%d", round, i), "", gigs)
				named[r.ID] = r.Title
			}
			k.Update(t, func(tx *db.Tx) error {
				_, err := tx.Exec(`DELETE FROM story_resources`)
				return err
			})
			var workers sync.WaitGroup
			for range 4 {
				workers.Go(func() {
					if _, err := k.Jobs.Work(t.Context()); err != nil {
						t.Error(err)
					}
				})
			}
			workers.Wait()
			k.Work(t)
			for _, st := range list {
				if got := k.beside(t, st, named); len(got) != 4 {
					t.Errorf("beside %s are %q", st.Title, got)
				}
			}
		}
	})
}

func TestDeletedResourceMakesRoom(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann, gigs := k.author(t, "Ann"), k.topic(t, "Gigs")
		named := map[string]string{}
		var list []resources.Resource
		for i := range 5 {
			list = append(list, k.resource(t, fmt.Sprintf("R%d", i), "", gigs))
			named[list[i].ID] = list[i].Title
		}
		st := k.publish(t, told("Gig", ann, gigText, gigs))
		k.Work(t)
		wantRelated(t, "the newest four", k.beside(t, st, named), "R4 1 ", "R3 1 ", "R2 1 ", "R1 1 ")
		if err := k.Library.Delete(t.Context(), "", list[4].ID); err != nil {
			t.Fatal(err)
		}
		k.Work(t)
		wantRelated(t, "without the newest", k.beside(t, st, named), "R3 1 ", "R2 1 ", "R1 1 ", "R0 1 ")
	})
}
