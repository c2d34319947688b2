package app_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
)

// published are the addresses of all published stories, new to old.
func published(s *site.Site) []string {
	return site.Rows[string](s, `SELECT '/stories/' || slug FROM stories WHERE state = 'published' ORDER BY published_at DESC, id DESC`)
}

// TestJourneyOfAReader follows every link of every public page of the sample
// community: each leads somewhere, members' own pages to the door, and each story can be
// come to.
func TestJourneyOfAReader(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		reader := s.Reader()
		seen, waiting := map[string]bool{"/": true}, []string{"/"}
		for len(waiting) > 0 {
			address := waiting[0]
			waiting = waiting[1:]
			if strings.HasPrefix(address, "/me/") {
				reader.Get(address).Want(http.StatusUnauthorized) // which asks to sign in
				continue
			}
			p := reader.Get(address).OK()
			if !strings.HasPrefix(p.Header.Get("Content-Type"), "text/html") {
				continue
			}
			for _, to := range linksOf(t, p) {
				if !seen[to] {
					seen[to], waiting = true, append(waiting, to)
				}
			}
		}
		for _, address := range published(s) {
			if !seen[address] {
				t.Errorf("no link leads to %s", address)
			}
		}
		t.Logf("%d addresses", len(seen))
	})
}

// linksOf are the addresses on this site that a page names, without fragments; a
// fragment must name a part of its own page.
func linksOf(t *testing.T, p *site.Page) []string {
	t.Helper()
	here, err := url.Parse(p.Path)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, ref := range slices.Concat(p.Attrs("a", "href"), p.Attrs("link", "href"), p.Attrs("script", "src"), p.Attrs("img", "src")) {
		u, err := here.Parse(ref)
		if err != nil {
			t.Errorf("%s: %q is no address", p.Path, ref)
			continue
		}
		if u.Fragment != "" && u.Path == here.Path && !p.Has("#"+cssEscape(u.Fragment)) {
			t.Errorf("%s: no part is called %q", p.Path, u.Fragment)
		}
		if u.Host == "" && u.Scheme == "" && u.Path != "" {
			u.Fragment = ""
			list = append(list, u.String())
		}
	}
	return list
}

func cssEscape(id string) string {
	var b strings.Builder
	for _, r := range id {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' || r > 127) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// TestStoriesSayWhatTheyAre reads each story as programs do: microformats, JSON-LD
// and Open Graph agree with the page.
func TestStoriesSayWhatTheyAre(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	reader := s.Reader()
	for _, address := range published(s) {
		p := reader.Get(address).OK()
		title, canonical := p.Text("h1"), s.URL+address
		entry := p.Find("article.h-entry")
		if entry.Length() != 1 || entry.Find(".p-name").First().Text() != title || entry.Find(".e-content").Length() != 1 || entry.Find(".p-author.h-card .p-name.u-url").Length() == 0 ||
			entry.Find("a.u-url").AttrOr("href", "") == "" || entry.Find("a.p-category").Length() == 0 {
			t.Errorf("%s: the h-entry lacks something", address)
		}
		when, err := time.Parse(time.RFC3339, entry.Find("time.dt-published").AttrOr("datetime", ""))
		if err != nil {
			t.Errorf("%s: %v", address, err)
		}
		graph := openGraph(p)
		for name, want := range map[string]string{"og:title": title, "og:type": "article", "og:url": canonical, "article:published_time": when.UTC().Format(time.RFC3339)} {
			if graph[name] != want {
				t.Errorf("%s: %s is %q, want %q", address, name, graph[name], want)
			}
		}
		picture, onSite := strings.CutPrefix(graph["og:image"], s.URL)
		if !onSite || !strings.HasPrefix(reader.Get(picture).OK().Header.Get("Content-Type"), "image/") || graph["og:image:alt"] == "" {
			t.Errorf("%s: og:image %q", address, graph["og:image"])
		}
		if got := p.Attrs("link[rel=canonical]", "href"); !slices.Equal(got, []string{canonical}) {
			t.Errorf("%s: canonical %q", address, got)
		}
		data := linkedData(t, p)
		article := data["Article"]
		if article["headline"] != title || article["url"] != canonical || !sameTime(article["datePublished"], when) || data["BreadcrumbList"] == nil {
			t.Errorf("%s: JSON-LD %v", address, data)
		}
	}
}

func openGraph(p *site.Page) map[string]string {
	graph := map[string]string{}
	p.Find("meta[property]").Each(func(_ int, e *goquery.Selection) { graph[e.AttrOr("property", "")] = e.AttrOr("content", "") })
	return graph
}

// linkedData reads the blocks of JSON-LD, by type.
func linkedData(t *testing.T, p *site.Page) map[string]map[string]any {
	t.Helper()
	data := map[string]map[string]any{}
	for _, block := range p.Find("script[type='application/ld+json']").EachIter() {
		var object map[string]any
		if err := json.Unmarshal([]byte(block.Text()), &object); err != nil {
			t.Errorf("%s: a block of data is no JSON: %v", p.Path, err)
			continue
		}
		data[fmt.Sprint(object["@type"])] = object
	}
	return data
}

func sameTime(value any, want time.Time) bool {
	text, _ := value.(string)
	got, err := time.Parse(time.RFC3339, text)
	return err == nil && got.Equal(want)
}

func TestAuthorsSayWhoTheyAre(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	for _, handle := range site.Rows[string](s, `SELECT handle FROM profiles`) {
		p := s.Reader().Get("/authors/" + handle).OK()
		card := p.Find("header.h-card")
		if card.Length() != 1 || card.Find(".p-name").Text() == "" || card.Find(".p-note").Length() != 1 {
			t.Errorf("%s: the h-card lacks something", handle)
		}
		page := linkedData(t, p)["ProfilePage"]
		who, _ := page["mainEntity"].(map[string]any)
		if who["@type"] != "Person" || who["name"] != card.Find(".p-name").Text() || who["url"] != s.URL+"/authors/"+handle {
			t.Errorf("%s: JSON-LD %v", handle, page)
		}
	}
}

// TestArchiveIsComplete walks the archive, each year, each month, each topic and each
// author page by page: together they name every published story once, in order.
func TestArchiveIsComplete(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		multiply(t, s, 130)
		reader, all := s.Reader(), published(s)
		if got := walkList(t, reader, "/stories"); !slices.Equal(got, all) {
			t.Errorf("the archive names %d stories, there are %d", len(got), len(all))
		}
		first := reader.Get("/stories").OK()
		var byYear, byMonth []string
		for _, year := range first.Attrs(".years a[href*='year=']", "href") {
			byYear = append(byYear, walkList(t, reader, year)...)
			for _, month := range reader.Get(year).OK().Attrs(".months a", "href") {
				byMonth = append(byMonth, walkList(t, reader, month)...)
			}
		}
		if !slices.Equal(byYear, all) || !slices.Equal(byMonth, all) {
			t.Errorf("the years name %d stories, the months %d, there are %d", len(byYear), len(byMonth), len(all))
		}
		for kind, query := range map[string]string{
			"topics": `SELECT t.slug || ' ' || count(*) FROM topics t JOIN story_topics st ON st.topic_id = t.id JOIN stories s ON s.id = st.story_id
				WHERE s.state = 'published' GROUP BY t.slug`,
			"authors": `SELECT p.handle || ' ' || count(*) FROM profiles p JOIN story_authors sa ON sa.profile_id = p.id JOIN stories s ON s.id = sa.story_id
				WHERE s.state = 'published' GROUP BY p.handle`,
		} {
			for _, line := range site.Rows[string](s, query) {
				name, n, _ := strings.Cut(line, " ")
				if got := walkList(t, reader, "/"+kind+"/"+name); fmt.Sprint(len(got)) != n {
					t.Errorf("/%s/%s names %d stories, there are %s", kind, name, len(got), n)
				}
			}
		}
	})
}

// walkList reads a list from its first page to its last.
func walkList(t *testing.T, reader *site.Visitor, address string) []string {
	t.Helper()
	var list []string
	for range 100 {
		p := reader.Get(address).OK()
		list = append(list, p.Attrs(".entry h3 a", "href")...)
		next := p.Attrs(".pager a[rel=next]", "href")
		if len(next) == 0 {
			return list
		}
		address = next[0]
	}
	t.Fatalf("%s has no end", address)
	return nil
}
