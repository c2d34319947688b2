package app_test

import (
	"fmt"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/testkit/site"
	"waypost/members"
	"waypost/stories"
)

// multiply publishes further stories, several at the same moment, under the topics
// and authors that are there.
func multiply(t *testing.T, s *site.Site, n int) {
	t.Helper()
	topics, people := site.Rows[string](s, `SELECT id FROM topics ORDER BY id`), site.Rows[string](s, `SELECT id FROM profiles ORDER BY id`)
	err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
		for i := range n {
			at := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(i/3) * 97 * time.Hour)
			draft, err := s.Stories.CreateIn(tx, members.Console(), stories.Content{Title: fmt.Sprintf("Number %d", i), Language: "en", Format: stories.Markdown,
				Body: fmt.Sprintf("The text of number %d.", i), Topics: []string{topics[i%len(topics)]}, Authors: []string{people[i%len(people)]}, Published: at})
			if err != nil {
				return err
			}
			if _, err := s.Stories.DoIn(tx, members.Console(), stories.Publish, draft.ID, draft.Version, time.Time{}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// newStory is the editor of a story with its title, its text and an author.
func newStory(s *site.Site, owner *site.Visitor, title, body string) *site.Form {
	form := owner.Get("/desk/stories/new").OK().Form("#editor")
	return form.Set("title", title).Set("body", body).Set("authors", site.Rows[string](s, `SELECT id FROM profiles ORDER BY id LIMIT 1`)...)
}
