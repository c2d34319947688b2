package app_test

import (
	"strings"
	"testing"

	"waypost/internal/db"
	"waypost/internal/testkit/browser"
	"waypost/internal/testkit/cases"
	"waypost/internal/testkit/site"
	"waypost/members"
	"waypost/replies"
	"waypost/stories"
)

// TestBrowserHostileReplies stores every attack in a reply and looks at it under the
// story, on the page of its writer and among the moderators' replies: nothing runs,
// nobody else is asked, no forbidden element is there.
func TestBrowserHostileReplies(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	all, own := allAttacks(t)
	account := s.Account("olu", members.Owner)
	by := members.Actor{AccountID: account.ID, Roles: []members.Role{members.Owner}}
	reader, owner := browser.New(t, s.URL), browser.New(t, s.URL)
	signIn(t, s, owner)
	bodies := replyBodies(t, s, all)
	const page = 50
	for n := 0; n < len(bodies); n += page {
		list := bodies[n:min(n+page, len(bodies))]
		id, address := publish(t, s, stories.Content{Title: "Hostile replies", Format: stories.Markdown, Body: "Words."})
		var last replies.Posted
		for _, body := range list {
			var err error
			if last, err = s.Replies.Post(t.Context(), replies.Draft{StoryID: id, Body: body, By: by}); err != nil || last.State != replies.Published {
				t.Fatalf("%.60q: %v, %s", body, err, last.State)
			}
		}
		reader.Open(address)
		if shown := reader.Count(".reply"); shown != len(list) {
			t.Errorf("%s shows %d of %d replies", address, shown, len(list))
		}
		check(t, reader, "document", address)
		owner.Open("/desk/replies?state=published")
		check(t, owner, "document", "the desk")
	}
	cases.Count(t, own, len(all)-own)
}

// replyBodies puts attacks into texts of replies, many into one; what swallows what
// follows it gets a text of its own, if more than words is left of it.
func replyBodies(t *testing.T, s *site.Site, all []attack) (bodies []string) {
	t.Helper()
	together, left := "", map[string]bool{}
	s.View(func(tx *db.Tx) error {
		for _, a := range all {
			text := a.text()
			if len(text) > replies.MostBody/2 || strings.TrimSpace(text) == "" {
				continue // refused, or cut by what measures its cost
			}
			r, err := s.Replies.Render(tx, text+"\n\nMARK", "en")
			if err != nil {
				return err
			}
			switch before, _, follows := strings.Cut(r.HTML, "<p>MARK</p>"); {
			case !follows && !strings.Contains(before, "<"), left[r.HTML]:
			case !follows:
				left[r.HTML] = true
				bodies = append(bodies, text)
			case len(together)+len(text) > replies.MostBody-10:
				bodies = append(bodies, together)
				together = text
			default:
				together += "\n\n" + text
			}
		}
		return nil
	})
	return append(bodies, together)
}
