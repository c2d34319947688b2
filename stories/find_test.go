package stories_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/stories"
)

// fifty publishes stories of one author and topic at the same moment but the last
// five, which are a day older.
func (k *kit) fifty(t *testing.T) (author, topic string, newestFirst []string) {
	t.Helper()
	author, topic = k.author(t, "Ann"), k.topic(t, "Gigs")
	var same, older []string
	for i := range 50 {
		c := content(fmt.Sprintf("Story %d", i), author, topic)
		if c.Published = k.Clock.Now(); i >= 45 {
			c.Published = c.Published.Add(-24 * time.Hour)
		}
		st := k.publish(t, c)
		if i >= 45 {
			older = append(older, st.ID)
		} else {
			same = append(same, st.ID)
		}
	}
	slices.Sort(same)
	slices.Sort(older)
	slices.Reverse(same)
	slices.Reverse(older)
	return author, topic, slices.Concat(same, older)
}

func TestPagesByKeyMissNothing(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		author, topic, want := k.fifty(t)
		k.create(t, content("A draft", author, topic))
		k.do(t, stories.Archive, k.publish(t, content("Archived", author, topic)))
		from, to := k.Clock.Now().Add(-48*time.Hour), k.Clock.Now().Add(time.Millisecond)
		for name, find := range map[string]func(*db.Tx, stories.Key, int) ([]stories.Story, error){
			"newest": k.Stories.Newest,
			"topic": func(tx *db.Tx, after stories.Key, n int) ([]stories.Story, error) {
				return k.Stories.UnderTopic(tx, topic, after, n)
			},
			"author": func(tx *db.Tx, after stories.Key, n int) ([]stories.Story, error) {
				return k.Stories.ByAuthor(tx, author, after, n)
			},
			"between": func(tx *db.Tx, after stories.Key, n int) ([]stories.Story, error) {
				return k.Stories.Between(tx, from, to, after, n)
			},
		} {
			for _, size := range []int{1, 7, 50, 51} {
				var got []string
				key := stories.Key{}
				for {
					page := k.list(t, func(tx *db.Tx) ([]stories.Story, error) { return find(tx, key, size) })
					if len(page) == 0 {
						break
					}
					for _, st := range page {
						got = append(got, st.ID)
					}
					key = stories.KeyOf(page[len(page)-1])
				}
				if !slices.Equal(got, want) {
					t.Errorf("%s by %d: %d stories, want %d in this order:\n%v\n%v", name, size, len(got), len(want), got, want)
				}
			}
		}
	})
}

func TestBetweenKeepsToItsBounds(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann := k.author(t, "Ann")
		start := time.Date(2026, time.May, 1, 0, 0, 0, 0, time.UTC)
		for title, at := range map[string]time.Time{"before": start.Add(-time.Millisecond), "first": start,
			"last": start.Add(24*time.Hour - time.Millisecond), "after": start.Add(24 * time.Hour)} {
			c := content(title, ann)
			c.Published = at
			k.publish(t, c)
		}
		day := func(after stories.Key) string {
			return titles(k.list(t, func(tx *db.Tx) ([]stories.Story, error) {
				return k.Stories.Between(tx, start, start.Add(24*time.Hour), after, 10)
			}))
		}
		if got := day(stories.Key{}); got != "last first" {
			t.Errorf("the day: %s", got)
		}
		if got := day(stories.Key{Published: start.Add(time.Hour), ID: "0"}); got != "first" {
			t.Errorf("the rest of the day: %s", got)
		}
	})
}

func TestListsGiveBylineAndTopicsInTheirOrder(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann, ben := k.author(t, "Ann"), k.author(t, "Ben")
		gigs, trials := k.topic(t, "Gigs"), k.topic(t, "Trials")
		first, second := content("First", ben, trials, gigs), content("Second", ann, gigs)
		first.Authors = []string{ben, ann}
		k.publish(t, first)
		k.Clock.Advance(time.Minute)
		k.publish(t, second)
		list := k.list(t, func(tx *db.Tx) ([]stories.Story, error) { return k.Stories.Newest(tx, stories.Key{}, 10) })
		if titles(list) != "Second First" || !slices.Equal(list[1].Authors, []string{ben, ann}) || !slices.Equal(list[1].Topics, []string{trials, gigs}) {
			t.Errorf("%+v", list)
		}
		byIDs := k.list(t, func(tx *db.Tx) ([]stories.Story, error) {
			return k.Stories.ByIDs(tx, []string{list[1].ID, "nowhere", list[0].ID})
		})
		if titles(byIDs) != "Second First" {
			t.Errorf("by IDs: %s", titles(byIDs))
		}
		if none := k.list(t, func(tx *db.Tx) ([]stories.Story, error) { return k.Stories.ByIDs(tx, nil) }); len(none) != 0 {
			t.Errorf("of no IDs: %v", none)
		}
	})
}

func TestNeighbours(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann := k.author(t, "Ann")
		var all []stories.Story
		for _, title := range strings.Fields("one two three four") {
			all = append(all, k.publish(t, content(title, ann)))
			if title != "two" { // two and three come out at the same moment
				k.Clock.Advance(time.Minute)
			}
		}
		archived := k.do(t, stories.Archive, all[3])
		draft := k.create(t, content("draft", ann))
		for _, c := range []struct {
			of             stories.Story
			previous, next string
		}{{all[0], "", "two"}, {all[1], "one", "three"}, {all[2], "two", ""}, {archived, "three", ""}, {draft, "three", ""}} {
			k.View(t, func(tx *db.Tx) error {
				b, err := k.Beside.Beside(tx, c.of, 0)
				if got := title(b.Previous) + "|" + title(b.Next); got != c.previous+"|"+c.next {
					t.Errorf("beside %s: %s, want %s|%s", c.of.Title, got, c.previous, c.next)
				}
				return err
			})
		}
	})
}

func title(st *stories.Story) string {
	if st == nil {
		return ""
	}
	return st.Title
}

func TestMoreByTheAuthors(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann, ben := k.author(t, "Ann"), k.author(t, "Ben")
		by := func(title string, authors ...string) stories.Story {
			c := content(title, authors[0])
			c.Authors = authors
			k.Clock.Advance(time.Minute)
			return k.publish(t, c)
		}
		st := by("one", ann, ben)
		by("two", ann)
		by("three", ann, ben)
		by("four", ben)
		k.do(t, stories.Archive, by("five", ann))
		k.create(t, content("six", ann))
		for more, want := range map[int]string{0: "", 2: "four three", 9: "four three two"} {
			k.View(t, func(tx *db.Tx) error {
				b, err := k.Beside.Beside(tx, st, more)
				if got := titles(b.More); got != want {
					t.Errorf("%d more: %q, want %q", more, got, want)
				}
				return err
			})
		}
	})
}

func TestArchivedStaysReadableAndUnlisted(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann, gigs := k.author(t, "Ann"), k.topic(t, "Gigs")
		st := k.do(t, stories.Archive, k.publish(t, content("Old", ann, gigs)))
		k.View(t, func(tx *db.Tx) error {
			found, err := k.Stories.BySlug(tx, "old")
			if err != nil || found.ID != st.ID || found.State != stories.Archived {
				t.Errorf("by its address: %+v, %v", found, err)
			}
			return nil
		})
		for name, find := range map[string]func(*db.Tx) ([]stories.Story, error){
			"newest": func(tx *db.Tx) ([]stories.Story, error) { return k.Stories.Newest(tx, stories.Key{}, 10) },
			"topic":  func(tx *db.Tx) ([]stories.Story, error) { return k.Stories.UnderTopic(tx, gigs, stories.Key{}, 10) },
			"author": func(tx *db.Tx) ([]stories.Story, error) { return k.Stories.ByAuthor(tx, ann, stories.Key{}, 10) },
			"by IDs": func(tx *db.Tx) ([]stories.Story, error) { return k.Stories.ByIDs(tx, []string{st.ID}) },
		} {
			if list := k.list(t, find); len(list) != 0 {
				t.Errorf("%s lists %s", name, titles(list))
			}
		}
	})
}

func TestFindMissing(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.View(t, func(tx *db.Tx) error {
			_, byID := k.Stories.ByID(tx, "nowhere")
			_, bySlug := k.Stories.BySlug(tx, "nowhere")
			_, text := k.Stories.Text(tx, "nowhere")
			for _, err := range []error{byID, bySlug, text} {
				if !problem.Is(err, problem.NotFound) {
					t.Errorf("%v, want not found", err)
				}
			}
			return nil
		})
	})
}

func TestDeskListsByChange(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann := k.author(t, "Ann")
		for _, title := range strings.Fields("one two three") {
			k.create(t, content(title, ann))
			k.Clock.Advance(time.Minute)
		}
		four := k.publish(t, content("four", ann))
		recent := func(before time.Time, limit int, state stories.State) string {
			return titles(k.list(t, func(tx *db.Tx) ([]stories.Story, error) {
				return k.Stories.Recent(tx, owner(), state, stories.Place{Changed: before}, limit)
			}))
		}
		end := k.Clock.Now().Add(time.Second)
		if got := recent(end, 2, stories.Draft); got != "three two" {
			t.Errorf("drafts: %s", got)
		}
		if got := recent(four.Updated, 10, ""); got != "three two one" {
			t.Errorf("before four: %s", got)
		}
		for _, title := range strings.Fields("five six seven") { // at the same moment, as an import does
			k.create(t, content(title, ann))
		}
		var all []string
		var last stories.Story
		for before := end; ; before = last.Updated {
			list := k.list(t, func(tx *db.Tx) ([]stories.Story, error) {
				return k.Stories.Recent(tx, owner(), stories.Draft, stories.Place{Changed: before, ID: last.ID}, 1)
			})
			if len(list) == 0 {
				break
			}
			last = list[0]
			all = append(all, last.Title)
		}
		if got := strings.Join(all, " "); got != "seven six five three two one" {
			t.Errorf("one by one: %s", got)
		}
		k.View(t, func(tx *db.Tx) error {
			counts, err := k.Stories.CountStates(tx)
			if counts[stories.Draft] != 6 || counts[stories.Published] != 1 || counts[stories.Archived] != 0 {
				t.Errorf("counts %v", counts)
			}
			return err
		})
	})
}
