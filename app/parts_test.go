package app_test

import (
	"testing"
	"time"

	"waypost/community"
	"waypost/internal/db"
	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
	"waypost/members"
	"waypost/stories"
	"waypost/topics"
)

// TestWhatStandsAroundAStoryIsRenewed: it is kept apart from the story. Whatever changes
// in it, the next reader sees it.
func TestWhatStandsAroundAStoryIsRenewed(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e))
		called := func(p members.Profile, name string) members.Profile {
			t.Helper()
			p.Name = name
			p, err := s.Members.SaveProfile(t.Context(), "", p)
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
		author, other := called(members.Profile{}, "Ann Lee"), called(members.Profile{}, "Ben Hale")
		topic, err := s.Topics.Save(t.Context(), "", topics.Topic{Name: "Gigs"})
		if err != nil {
			t.Fatal(err)
		}
		publish := func(title string, by members.Profile) stories.Story {
			t.Helper()
			st, err := s.Stories.Create(t.Context(), members.Console(), stories.Content{Title: title, Language: "en", Body: "Words.", Authors: []string{by.ID}, Topics: []string{topic.ID}})
			if err != nil {
				t.Fatal(err)
			}
			st = does(t, s, stories.Publish, st)
			s.Clock.Advance(time.Hour)
			s.Work()
			return st
		}
		first := publish("First", author)
		middle := publish("Middle", author)
		third := publish("Third", other)
		reader, path := s.Reader(), stories.Address(middle.Slug)
		sees := func(step, selector, want string) {
			t.Helper()
			s.Work()
			if got := reader.Get(path).OK().Text(selector); got != want {
				t.Errorf("%s: %q, want %q", step, got, want)
			}
			if err := s.DB.Update(t.Context(), func(tx *db.Tx) error { s.Keeper.Touch(tx, stories.TagStory(middle.ID)); return nil }); err != nil {
				t.Fatal(err)
			}
			reader.Get(path).OK() // a page that is made again keeps its parts
		}
		retitled := func(st stories.Story, title string) stories.Story {
			t.Helper()
			var c stories.Content
			s.View(func(tx *db.Tx) (err error) {
				c, err = s.Stories.Content(tx, st)
				return err
			})
			c.Title = title
			after, err := s.Stories.Save(t.Context(), members.Console(), st.ID, st.Version, c)
			if err != nil {
				t.Fatal(err)
			}
			return after
		}
		sees("at first", "[aria-labelledby=more-title] a", "First")
		sees("the next", "a[rel=next]", "Next storyThird")
		sees("related", "[aria-labelledby=related-title] a", "Third")
		third = retitled(third, "Third anew")
		sees("another title", "a[rel=next]", "Next storyThird anew")
		sees("another title", "[aria-labelledby=related-title] a", "Third anew")
		first = retitled(first, "First anew")
		sees("another title", "[aria-labelledby=more-title] a", "First anew")
		earlier, err := s.Stories.Create(t.Context(), members.Console(), stories.Content{Title: "Earlier", Language: "en", Body: "Else.", Authors: []string{author.ID},
			Published: s.Clock.Now().AddDate(-1, 0, 0)})
		if err != nil {
			t.Fatal(err)
		}
		earlier = does(t, s, stories.Publish, earlier)
		sees("another by the author, far away", "[aria-labelledby=more-title] li:last-child a", "Earlier")
		does(t, s, stories.Unpublish, earlier)
		sees("and gone again", "[aria-labelledby=more-title] li:last-child a", "First anew")
		topic.Name = "Concerts"
		if _, err := s.Topics.Save(t.Context(), "", topic); err != nil {
			t.Fatal(err)
		}
		sees("another topic's name", "[aria-labelledby=related-title] .reason", "Also about Concerts")
		called(author, "Ann Other")
		sees("another name", "#more-title", "More from Ann Other")
		does(t, s, stories.Unpublish, third)
		sees("taken down", "[aria-labelledby=related-title] a", "")
		sees("taken down", "a[rel=next]", "")
		publish("Fourth", other)
		sees("a new one", "a[rel=next]", "Next storyFourth")
		sees("a new one", "[aria-labelledby=related-title] a", "Fourth")
		does(t, s, stories.Archive, first)
		sees("archived", "[aria-labelledby=more-title] a", "")
		saveSettings(t, s, func(c *community.Settings) { c.Language = "de" })
		sees("in German", "#related-title", "Verwandte Geschichten")
	})
}
