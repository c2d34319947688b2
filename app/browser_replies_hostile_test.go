package app_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"waypost/internal/db"
	"waypost/internal/testkit/browser"
	"waypost/internal/testkit/cases"
	"waypost/internal/testkit/site"
	"waypost/members"
	"waypost/replies"
	"waypost/stories"
)

// TestBrowserHostileReplies stores every attack in a reply and looks at it under the
// story, on the list of its replies, among the moderators' replies, where it is answered
// and in the feed: nothing runs, nobody else is asked, no forbidden element is there.
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
		reader.Open(address + "/replies")
		check(t, reader, "document", "the list of "+address)
		for _, at := range []string{"/desk/replies?state=published", "/desk/replies/" + last.ID + "/answer"} {
			owner.Open(at)
			check(t, owner, "document", at)
		}
		checkFeed(t, s, address+"/replies/feed.atom")
	}
	id, address := publish(t, s, stories.Content{Title: "Hostile names", Format: stories.Markdown, Body: "Words."})
	hostileNames(t, s, id)
	for _, at := range []string{address, address + "/replies"} {
		reader.Open(at)
		if shown := reader.Count(".reply"); shown != len(fieldAttacks) {
			t.Errorf("%s shows %d of %d replies", at, shown, len(fieldAttacks))
		}
		check(t, reader, "document", at)
	}
	owner.Open("/desk/replies")
	check(t, owner, "document", "the queue")
	checkFeed(t, s, address+"/replies/feed.atom")
	cases.Count(t, own, len(all)-own)
}

// hostileNames brings replies with attacks for names and for pages elsewhere, published
// ones and some that wait.
func hostileNames(t *testing.T, s *site.Site, storyID string) {
	t.Helper()
	err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
		for i, attack := range fieldAttacks {
			for _, state := range []replies.State{replies.Published, replies.Pending} {
				_, err := s.Replies.Bring(tx, replies.Brought{StoryID: storyID, Language: "en", State: state, Name: attack, URL: "https://e.example/" + attack, Email: attack + "@e.example",
					Body: "Words.", Written: s.Clock.Now().Add(time.Duration(i) * time.Millisecond), Since: s.Clock.Now()})
				if err != nil {
					return err
				}
			}
		}
		s.Keeper.Forget(tx, replies.Tag(storyID), replies.TagLatest)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
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

// checkFeed reads a feed as XML, and looks at the markup of its entries.
func checkFeed(t *testing.T, s *site.Site, path string) {
	t.Helper()
	var feed struct {
		Entries []struct {
			Content string `xml:"content"`
		} `xml:"entry"`
	}
	body := s.Reader().Get(path).OK().Body
	if err := xml.Unmarshal(body, &feed); err != nil || len(feed.Entries) == 0 {
		t.Errorf("%s: %v, %d entries", path, err, len(feed.Entries))
	}
	for d := xml.NewDecoder(bytes.NewReader(body)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Errorf("%s is not well formed: %v", path, err)
			break
		}
	}
	for _, e := range feed.Entries {
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(e.Content))
		if err != nil {
			t.Fatal(err)
		}
		if bad := doc.Find("script, style, iframe, object, embed, form, input, button, svg, math, img, video, audio, link, meta, base").Length(); bad > 0 {
			t.Errorf("%s has forbidden elements: %.300q", path, e.Content)
		}
		doc.Find("*").Each(func(_ int, x *goquery.Selection) {
			for _, a := range x.Nodes[0].Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "href" && !strings.HasPrefix(a.Val, "https://") && !strings.HasPrefix(a.Val, "http://") && !strings.HasPrefix(a.Val, "mailto:") {
					t.Errorf("%s has %s=%q", path, a.Key, a.Val)
				}
			}
		})
	}
}
