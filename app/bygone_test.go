package app_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"waypost/internal/testkit/site"
)

// TestBygoneAddresses asks for the views that WordPress has of a site and of each of
// its things.
func TestBygoneAddresses(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	topic := site.Rows[string](s, `SELECT id FROM topics ORDER BY id LIMIT 1`)[0]
	toTopic := "/topics/" + site.Rows[string](s, `SELECT slug FROM topics ORDER BY id LIMIT 1`)[0]
	author := site.Rows[string](s, `SELECT profile_id FROM story_authors ORDER BY profile_id LIMIT 1`)[0]
	toAuthor := "/authors/" + site.Rows[string](s, `SELECT handle FROM profiles WHERE id = $1`, author)[0]
	story := site.Rows[string](s, `SELECT id FROM stories WHERE state = 'published' ORDER BY id LIMIT 1`)[0]
	toStory := "/stories/" + site.Rows[string](s, `SELECT slug FROM stories WHERE id = $1`, story)[0]
	month, err := time.Parse("2006-01", site.Rows[string](s, `SELECT name FROM story_counts WHERE kind = 'month' ORDER BY name LIMIT 1`)[0])
	if err != nil {
		t.Fatal(err)
	}
	toMonth := fmt.Sprintf("/stories?year=%d&month=%d", month.Year(), month.Month())
	for path, to := range map[string][2]string{
		"/category/works": {"topic", topic}, "/?cat=3": {"topic", topic}, "/tag/works": {"topic", topic}, "/blog/category/works": {"topic", topic},
		"/author/ann": {"author", author}, "/?author=2": {"author", author}, "/2013/01/first": {"story", story}, "/?p=12": {"story", story},
		"/blog": {"home", "home"},
	} {
		alter(t, s, `INSERT INTO redirects (path, kind, subject_id, created_at) VALUES ($1, $2, $3, 0)`, path, to[0], to[1])
	}
	reader := s.Reader()
	for address, want := range map[string]string{
		"/feed/": "/feed.atom", "/feed": "/feed.atom", "/feed/rss2/": "/feed.atom", "/?feed=rss2": "/feed.atom", "/comments/feed/": "/replies/feed.atom",
		"/category/works/": toTopic, "/category/works/feed/": toTopic + "/feed.atom", "/category/works/page/2/": toTopic, "/category/works/page/2/feed/": toTopic + "/feed.atom",
		"/tag/works/feed/": toTopic + "/feed.atom", "/?tag=works": toTopic, "/?tag=works&feed=rss2": toTopic + "/feed.atom", "/?cat=3": toTopic, "/?category_name=works": toTopic,
		"/author/ann/feed/": toAuthor + "/feed.atom", "/?author=2": toAuthor, "/?author_name=ann": toAuthor, "/author/ann/page/3": toAuthor,
		"/2013/01/first/": toStory, "/2013/01/first/feed/": toStory, "/2013/01/first/amp/": toStory, "/2013/01/first/comment-page-2/": toStory, "/?p=12": toStory,
		"/page/2/": "/stories", fmt.Sprintf("/%04d/", month.Year()): fmt.Sprintf("/stories?year=%d", month.Year()),
		month.Format("/2006/01/"): toMonth, month.Format("/2006/01/02/"): toMonth, month.Format("/2006/01/page/2/"): toMonth, month.Format("/?m=200601"): toMonth,
		"/blog/": "/", "/blog/feed/": "/feed.atom", month.Format("/blog/2006/01/"): toMonth, "/blog/page/4/": "/stories", "/blog/category/works/feed/": toTopic + "/feed.atom",
		"/blog/?feed=atom": "/feed.atom", "/amp/": "/",
	} {
		p := reader.Get(address)
		if got := p.Header.Get("Location"); p.Status != http.StatusPermanentRedirect || got != want {
			t.Errorf("%s answers %d and leads to %q, not %q", address, p.Status, got, want)
		}
		if got := reader.Get(want); got.Status != http.StatusOK {
			t.Errorf("%s leads to %s, which answers %d", address, want, got.Status)
		}
	}
	for _, address := range []string{"/category/unknown/feed", "/1999/01", "/1999", "/?cat=4", "/?p=13", "/?tag=unknown", "/?m=x", "/?author=9", "/stories/unknown/feed",
		"/2013/01/unknown/amp", "/other/feed", "/?cat=3/../3", "/feed/feed/feed/feed", "/9999/99/99", "/page/2/x", "/blog/page", "/comments"} {
		if p := reader.Get(address); p.Status != http.StatusNotFound {
			t.Errorf("%s answers %d and leads to %q", address, p.Status, p.Header.Get("Location"))
		}
	}
}
