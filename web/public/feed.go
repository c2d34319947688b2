package public

import (
	"bytes"
	"cmp"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"time"

	"waypost/internal/id"
	"waypost/members"
	"waypost/stories"
	"waypost/topics"
	"waypost/web/render"
)

const (
	atomType  = "application/atom+xml; charset=utf-8"
	jsonType  = "application/feed+json; charset=utf-8"
	feedItems = 20
)

// feed is a list of stories or replies with their full texts, in no format yet.
type feed struct {
	title, subtitle string
	base            string // scheme://host
	id, page        string // absolute addresses, as the next
	atom, js        string
	language        string
	updated         time.Time
	entries         []feedEntry
}

type feedEntry struct {
	Item
	url  string // absolute
	html string
}

// address is that of somebody's page here, "" if they have none.
func (f feed) address(p Person) string {
	if p.URL == "" {
		return ""
	}
	return f.base + p.URL
}

// source says what a feed has.
type source struct {
	path string // its feeds lie below
	page string // to which it belongs; empty: its path
	read func(b *build) (title, subtitle string, entries []feedEntry, err error)
}

// ofStories reads a feed of stories.
func ofStories(read func(b *build) (title, subtitle string, list []stories.Story, err error)) func(b *build) (string, string, []feedEntry, error) {
	return func(b *build) (string, string, []feedEntry, error) {
		title, subtitle, list, err := read(b)
		if err != nil {
			return "", "", nil, err
		}
		entries, err := b.storyEntries(list)
		return title, subtitle, entries, err
	}
}

// SiteFeed answers /feed.atom and /feed.json.
func (p *Public) SiteFeed(w http.ResponseWriter, r *http.Request) error {
	return p.feed(w, r, source{page: "/", read: ofStories(func(b *build) (string, string, []stories.Story, error) {
		b.tag(stories.TagStories)
		list, err := b.Stories.Newest(b.tx, stories.Key{}, feedItems)
		return b.settings.Name, b.settings.Tagline, list, err
	})})
}

// TopicFeed answers /topics/{slug}/feed.atom and feed.json.
func (p *Public) TopicFeed(w http.ResponseWriter, r *http.Request) error {
	slug := r.PathValue("slug")
	return p.feed(w, r, source{path: "/topics/" + slug, read: ofStories(func(b *build) (string, string, []stories.Story, error) {
		t, err := b.Topics.BySlug(b.tx, slug)
		if err != nil {
			return "", "", nil, err
		}
		b.tag(topics.TagTopic(t.ID), stories.TagTopicList(t.ID))
		list, err := b.Stories.UnderTopic(b.tx, t.ID, stories.Key{}, feedItems)
		return t.Name + " – " + b.settings.Name, t.Description, list, err
	})})
}

// AuthorFeed answers /authors/{handle}/feed.atom and feed.json.
func (p *Public) AuthorFeed(w http.ResponseWriter, r *http.Request) error {
	handle := r.PathValue("handle")
	return p.feed(w, r, source{path: "/authors/" + handle, read: ofStories(func(b *build) (string, string, []stories.Story, error) {
		a, err := b.Members.ProfileByHandle(b.tx, handle)
		if err != nil {
			return "", "", nil, err
		}
		b.tag(members.TagProfile(a.ID), stories.TagAuthorList(a.ID))
		list, err := b.Stories.ByAuthor(b.tx, a.ID, stories.Key{}, feedItems)
		if err == nil && len(list) == 0 && !a.FoundBy(members.Actor{}) {
			err = errMissing() // as their page: a name is told with the first published story
		}
		return a.Name + " – " + b.settings.Name, "", list, err
	})})
}

func (p *Public) feed(w http.ResponseWriter, r *http.Request, s source) error {
	kind, format := atomType, writeAtom
	if r.URL.Path == s.path+"/feed.json" {
		kind, format = jsonType, writeJSONFeed
	}
	err := p.file(w, r, r.URL.Path, kind, func(b *build) ([]byte, error) {
		f, err := b.newFeed(s)
		if err != nil {
			return nil, err
		}
		return format(f)
	})
	return p.orMoved(w, r, err)
}

func (b *build) newFeed(s source) (feed, error) {
	title, subtitle, entries, err := s.read(b)
	if err != nil {
		return feed{}, err
	}
	f := feed{title: title, subtitle: subtitle, base: b.abs(""), id: b.abs(cmp.Or(s.path, s.page)), page: b.abs(cmp.Or(s.page, s.path)), atom: b.abs(s.path + "/feed.atom"), js: b.abs(s.path + "/feed.json"),
		language: b.settings.Language, updated: b.settings.Updated, entries: entries}
	if f.updated.IsZero() { // before the community is set up
		f.updated = b.Clock()
	}
	for _, e := range entries {
		if e.Updated.After(f.updated) {
			f.updated = e.Updated
		}
	}
	return f, nil
}

func (b *build) storyEntries(list []stories.Story) ([]feedEntry, error) {
	items, err := b.items(list)
	if err != nil {
		return nil, err
	}
	texts := b.texts()
	entries := make([]feedEntry, len(items))
	for n, i := range items {
		t, err := b.Stories.Text(b.tx, i.ID)
		if err != nil {
			return nil, err
		}
		doc := texts.Render(render.Written{HTML: t.Format == stories.HTML, Body: t.Body, Language: i.Language, Prefix: "story-", Absolute: true})
		entries[n] = feedEntry{i, b.abs(i.URL), doc.HTML}
	}
	return entries, nil
}

// The elements of Atom (RFC 4287).
type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Language string      `xml:"xml:lang,attr"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle,omitempty"`
	Updated  string      `xml:"updated"`
	Links    []atomLink  `xml:"link"`
	Maker    string      `xml:"generator"`
	Entries  []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	Language  string       `xml:"xml:lang,attr,omitempty"`
	ID        string       `xml:"id"`
	Title     string       `xml:"title"`
	Published string       `xml:"published"`
	Updated   string       `xml:"updated"`
	Links     []atomLink   `xml:"link"`
	Authors   []atomPerson `xml:"author"`
	Topics    []atomTerm   `xml:"category"`
	Summary   string       `xml:"summary,omitempty"`
	Content   atomText     `xml:"content"`
}

type atomPerson struct {
	Name string `xml:"name"`
	URI  string `xml:"uri,omitempty"`
}

type atomTerm struct {
	Term  string `xml:"term,attr"`
	Label string `xml:"label,attr"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

func writeAtom(f feed) ([]byte, error) {
	a := atomFeed{Language: f.language, ID: f.id, Title: f.title, Subtitle: f.subtitle, Updated: f.updated.UTC().Format(time.RFC3339), Maker: "Waypost",
		Links: []atomLink{{"self", "application/atom+xml", f.atom}, {"alternate", "text/html", f.page}}}
	for _, e := range f.entries {
		x := atomEntry{Language: e.Language, ID: "urn:uuid:" + id.UUID(e.ID), Title: e.Title, Published: e.Published.UTC().Format(time.RFC3339), Updated: e.Updated.UTC().Format(time.RFC3339),
			Links: []atomLink{{"alternate", "text/html", e.url}}, Summary: e.Standfirst, Content: atomText{"html", e.html}}
		for _, p := range e.Byline {
			x.Authors = append(x.Authors, atomPerson{p.Name, f.address(p)})
		}
		if len(x.Authors) == 0 {
			x.Authors = []atomPerson{{Name: f.title}}
		}
		for _, t := range e.Subject {
			x.Topics = append(x.Topics, atomTerm{t.Slug, t.Name})
		}
		a.Entries = append(a.Entries, x)
	}
	b := bytes.NewBufferString(xml.Header)
	err := xml.NewEncoder(b).Encode(a)
	return b.Bytes(), err
}

type jsonFeed struct {
	Version     string     `json:"version"`
	Title       string     `json:"title"`
	Home        string     `json:"home_page_url"`
	Feed        string     `json:"feed_url"`
	Description string     `json:"description,omitempty"`
	Language    string     `json:"language"`
	Items       []jsonItem `json:"items"`
}

type jsonItem struct {
	ID        string       `json:"id"`
	URL       string       `json:"url"`
	Title     string       `json:"title"`
	Summary   string       `json:"summary,omitempty"`
	HTML      string       `json:"content_html"`
	Image     string       `json:"image,omitempty"`
	Published string       `json:"date_published"`
	Modified  string       `json:"date_modified"`
	Language  string       `json:"language,omitempty"`
	Authors   []jsonPerson `json:"authors,omitempty"`
	Tags      []string     `json:"tags,omitempty"`
}

type jsonPerson struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

// writeJSONFeed writes JSON Feed 1.1.
func writeJSONFeed(f feed) ([]byte, error) {
	j := jsonFeed{Version: "https://jsonfeed.org/version/1.1", Title: f.title, Home: f.page, Feed: f.js, Description: f.subtitle, Language: f.language, Items: []jsonItem{}}
	for _, e := range f.entries {
		x := jsonItem{ID: "urn:uuid:" + id.UUID(e.ID), URL: e.url, Title: e.Title, Summary: e.Standfirst, HTML: e.html, Published: e.Date.Format(time.RFC3339),
			Modified: e.Updated.In(e.Date.Location()).Format(time.RFC3339), Language: e.Language}
		if e.Picture != nil {
			x.Image = f.base + e.Picture.Address()
		}
		for _, p := range e.Byline {
			x.Authors = append(x.Authors, jsonPerson{p.Name, f.address(p)})
		}
		for _, t := range e.Subject {
			x.Tags = append(x.Tags, t.Name)
		}
		j.Items = append(j.Items, x)
	}
	return json.Marshal(j)
}
