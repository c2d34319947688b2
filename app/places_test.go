package app_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"waypost/internal/testkit/site"
)

// TestPlacesInTheArchive asks for pages of the archive that begin behind a story.
func TestPlacesInTheArchive(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	ids := site.Rows[string](s, `SELECT id FROM stories WHERE state = 'published' ORDER BY published_at, id`)
	for i, id := range ids {
		at := time.Date(1968, time.May, 1+i, 12, 0, 0, 0, time.UTC)
		alter(t, s, `UPDATE stories SET published_at = $1 WHERE id = $2`, at.UnixMilli(), id)
	}
	alter(t, s, `UPDATE story_counts SET name = '1968-05' WHERE kind = 'month' AND name = (SELECT max(name) FROM story_counts WHERE kind = 'month')`)
	place := func(n int) string {
		at := site.Rows[int64](s, `SELECT published_at FROM stories WHERE id = $1`, ids[n])[0]
		return base36(at) + "-" + ids[n]
	}
	reader := s.Reader()
	for address, want := range map[string]int{
		"/stories?before=" + place(5):                   http.StatusOK,
		"/stories?year=1968&before=" + place(5):         http.StatusOK,
		"/stories?year=1968&month=5&before=" + place(5): http.StatusOK,
		"/stories?year=1969&before=" + place(5):         http.StatusNotFound,
		"/stories?year=1968&month=6&before=" + place(5): http.StatusNotFound,
		"/stories?before=-" + place(5):                  http.StatusNotFound,
		"/stories?before=-":                             http.StatusNotFound,
		"/stories?before=" + ids[5]:                     http.StatusNotFound,
		"/stories?year=0":                               http.StatusNotFound,
	} {
		if p := reader.Get(address); p.Status != want {
			t.Errorf("%s answers %d, want %d", address, p.Status, want)
		}
	}
	for _, address := range []string{"/stories?page=2", "/stories?utm_source=x&year="} {
		if p := reader.Get(address).OK(); !strings.Contains(string(p.Body), `<link rel="canonical" href="`+s.URL+`/stories">`) {
			t.Errorf("%s does not name the archive as its address", address)
		}
	}
}

func TestFeedOfACommunityThatIsNotSetUp(t *testing.T) {
	t.Parallel()
	s := site.New(t)
	if body := string(s.Reader().Get("/feed.atom").OK().Body); strings.Contains(body, "<updated>0001-") {
		t.Error(body)
	}
}

func base36(n int64) string { return strconv.FormatInt(n, 36) }
