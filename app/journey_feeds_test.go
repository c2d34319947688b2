package app_test

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
)

// atom is what RFC 4287 asks a feed to have.
type atom struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	ID      []string `xml:"id"`
	Title   []string `xml:"title"`
	Updated []string `xml:"updated"`
	Links   []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"link"`
	Entries []struct {
		ID        []string `xml:"id"`
		Title     []string `xml:"title"`
		Updated   []string `xml:"updated"`
		Published []string `xml:"published"`
		Authors   []struct {
			Name string `xml:"name"`
		} `xml:"author"`
		Links []struct {
			Rel  string `xml:"rel,attr"`
			Href string `xml:"href,attr"`
		} `xml:"link"`
		Content struct {
			Type string `xml:"type,attr"`
			Text string `xml:",chardata"`
		} `xml:"content"`
	} `xml:"entry"`
}

func feedsOf(s *site.Site, name string) []string {
	list := []string{"/" + name}
	for _, handle := range site.Rows[string](s, `SELECT handle FROM profiles ORDER BY handle`) {
		list = append(list, "/authors/"+handle+"/"+name)
	}
	for _, slug := range site.Rows[string](s, `SELECT slug FROM topics ORDER BY slug`) {
		list = append(list, "/topics/"+slug+"/"+name)
	}
	return list
}

func TestAtomFeeds(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	reader := s.Reader()
	ids := map[string]bool{}
	for _, address := range feedsOf(s, "feed.atom") {
		p := reader.Get(address).OK()
		if got := p.Header.Get("Content-Type"); got != "application/atom+xml; charset=utf-8" {
			t.Errorf("%s is %s", address, got)
		}
		var f atom
		if err := xml.Unmarshal(p.Body, &f); err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		if len(f.ID) != 1 || !iri(f.ID[0]) || ids[f.ID[0]] || len(f.Title) != 1 || f.Title[0] == "" || len(f.Updated) != 1 || !moment(f.Updated[0]) {
			t.Errorf("%s: id %q, title %q, updated %q", address, f.ID, f.Title, f.Updated)
		}
		ids[f.ID[0]] = true
		rels := map[string]string{}
		for _, l := range f.Links {
			rels[l.Rel] = l.Href
		}
		if rels["self"] != s.URL+address || rels["alternate"] == "" {
			t.Errorf("%s: links %v", address, rels)
		}
		checkEntries(t, s, address, f)
		reader.Get(address, "If-None-Match", p.Header.Get("Etag")).Want(http.StatusNotModified)
	}
	t.Logf("%d feeds", len(ids))
}

func checkEntries(t *testing.T, s *site.Site, address string, f atom) {
	t.Helper()
	if len(f.Entries) == 0 || len(f.Entries) > 20 {
		t.Errorf("%s has %d entries", address, len(f.Entries))
	}
	seen := map[string]bool{}
	for _, e := range f.Entries {
		if len(e.ID) != 1 || !iri(e.ID[0]) || seen[e.ID[0]] || len(e.Title) != 1 || len(e.Updated) != 1 || !moment(e.Updated[0]) ||
			len(e.Published) != 1 || !moment(e.Published[0]) || len(e.Authors) == 0 || e.Authors[0].Name == "" || len(e.Links) != 1 || e.Links[0].Rel != "alternate" {
			t.Errorf("%s: entry %+v", address, e)
			continue
		}
		seen[e.ID[0]] = true
		if e.Content.Type != "html" || len(e.Content.Text) < 300 {
			t.Errorf("%s: %s has %d bytes of %s", address, e.ID[0], len(e.Content.Text), e.Content.Type)
		}
		wholeAddresses(t, address, e.Content.Text)
	}
}

// wholeAddresses asks that what a feed reader shows elsewhere has no address that
// only this site understands.
func wholeAddresses(t *testing.T, where, markup string) {
	t.Helper()
	for _, attribute := range []string{`href="`, `src="`, `srcset="`} {
		for _, part := range strings.Split(markup, attribute)[1:] {
			value, _, _ := strings.Cut(part, `"`)
			if strings.HasPrefix(value, "/") || strings.HasPrefix(value, "./") {
				t.Errorf("%s: %s%s\" leads nowhere in a feed reader", where, attribute, value)
			}
		}
	}
}

func iri(text string) bool {
	u, err := url.Parse(text)
	return err == nil && u.Scheme != ""
}

func moment(text string) bool {
	_, err := time.Parse(time.RFC3339, text)
	return err == nil
}

// TestJSONFeeds holds the feeds against JSON Feed 1.1.
func TestJSONFeeds(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	for _, address := range feedsOf(s, "feed.json") {
		p := s.Reader().Get(address).OK()
		var f struct {
			Version, Title, Language string
			Home                     string `json:"home_page_url"`
			Feed                     string `json:"feed_url"`
			Items                    []struct {
				ID, URL, Title string
				HTML           string `json:"content_html"`
				Published      string `json:"date_published"`
				Modified       string `json:"date_modified"`
				Image          string
				Authors        []struct{ Name, URL string }
			}
		}
		if err := json.Unmarshal(p.Body, &f); err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		if p.Header.Get("Content-Type") != "application/feed+json; charset=utf-8" || f.Version != "https://jsonfeed.org/version/1.1" || f.Title == "" ||
			f.Feed != s.URL+address || !iri(f.Home) || f.Language != "en" || len(f.Items) == 0 {
			t.Errorf("%s: %s %+v", address, p.Header.Get("Content-Type"), f)
		}
		for _, i := range f.Items {
			if i.ID == "" || !iri(i.URL) || i.HTML == "" || !moment(i.Published) || !moment(i.Modified) || len(i.Authors) == 0 || i.Image != "" && !iri(i.Image) {
				t.Errorf("%s: item %+v", address, i)
			}
			wholeAddresses(t, address, i.HTML)
		}
	}
}

// TestSitemapIsTrue compares the map with what is there: every live address, none
// else, each with the moment of its last change.
func TestSitemapIsTrue(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		owner, reader := s.SignIn(), s.Reader()
		all := published(s)
		owner.Get(deskOf(t, s, all[0])).Form("#editor").Press("unpublish").OK()
		owner.Get(deskOf(t, s, all[1])).Form("#editor").Press("archive").OK()
		s.Clock.Advance(time.Hour)
		owner.Get(deskOf(t, s, all[2])).Form("#editor").Set("standfirst", "A new one.").Press("save").OK()
		var m struct {
			URLs []struct {
				Loc     string `xml:"loc"`
				LastMod string `xml:"lastmod"`
			} `xml:"url"`
		}
		if err := xml.Unmarshal(reader.Get("/sitemap.xml").OK().Body, &m); err != nil {
			t.Fatal(err)
		}
		changed := map[string]string{}
		for _, u := range m.URLs {
			path, here := strings.CutPrefix(u.Loc, s.URL)
			if _, twice := changed[path]; twice || !here {
				t.Errorf("the map names %s twice, or elsewhere", u.Loc)
			}
			changed[path] = u.LastMod
			reader.Get(path).OK()
		}
		if got := changed[all[2]]; got != s.Clock.Now().Format(time.RFC3339) {
			t.Errorf("the changed story was changed at %q, it is %s", got, s.Clock.Now().Format(time.RFC3339))
		}
		for i, address := range all {
			if _, named := changed[address]; named == (i < 2) {
				t.Errorf("the map names %s: %v", address, named)
			}
		}
		for _, address := range []string{"/", "/stories", "/topics", "/authors", "/resources", "/about", "/topics/trials", "/authors/tamsin-oyelaran"} {
			if _, named := changed[address]; !named {
				t.Errorf("the map does not name %s", address)
			}
		}
		if robots := string(reader.Get("/robots.txt").OK().Body); !slices.Contains(strings.Split(robots, "\n"), "Sitemap: "+s.URL+"/sitemap.xml") {
			t.Errorf("robots.txt does not name the map: %s", robots)
		}
	})
}

// feeds asks that every feed and the map are well formed, whatever is in them.
func feeds(t *testing.T, s *site.Site) {
	t.Helper()
	for _, address := range append(feedsOf(s, "feed.atom"), "/sitemap.xml") {
		if err := xml.Unmarshal(s.Reader().Get(address).OK().Body, new(struct{})); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
	for _, address := range feedsOf(s, "feed.json") {
		if !json.Valid(s.Reader().Get(address).OK().Body) {
			t.Errorf("%s is no JSON", address)
		}
	}
}
