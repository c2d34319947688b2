package stories

import (
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/language"

	"waypost/internal/looks"
	"waypost/internal/problem"
	"waypost/internal/slug"
	"waypost/stories/trails"
)

// State is where a story is on its way to readers.
type State string

// The states; the package comment draws the ways between them.
const (
	Draft     State = "draft"
	InReview  State = "in_review"
	Scheduled State = "scheduled"
	Published State = "published"
	Archived  State = "archived"
)

// States lists the states in the order of a story's life.
func States() []State { return []State{Draft, InReview, Scheduled, Published, Archived} }

// Format is how a story's text is written.
type Format string

// Markdown is what is written here; HTML is what an import brought and is kept as
// it came.
const (
	Markdown Format = "markdown"
	HTML     Format = "html"
)

// Story is what lists and pages show of a story; its long parts are in Text.
type Story struct {
	ID         string
	Slug       string
	State      State
	Title      string
	Standfirst string
	Language   string // BCP 47
	Cover      Cover
	Note       string // for editors: what an import left open
	Version    int64
	Words      int
	HasTrail   bool
	Created    time.Time
	Updated    time.Time
	Published  time.Time // the date readers see; zero until somebody gave one or it was published
	Since      time.Time // when readers could first see it; zero until then
	Scheduled  time.Time // zero unless scheduled
	Authors    []string  // profile IDs in the order of the byline
	Topics     []string  // topic IDs, the first one leads
	AccountID  string    // who began it; empty if an import or the program did
	Submitted  time.Time // when it was last handed to the editors; zero: it never was, or was sent back
}

// Private reports that a story is its authors' alone: a draft that somebody here began
// and that the editors were not handed.
func (s Story) Private() bool { return s.State == Draft && s.Submitted.IsZero() && s.AccountID != "" }

// Cover is the picture at the head of a story. The zero value is none.
type Cover struct {
	PictureID string
	Alt       string
	Caption   string
}

// Text is the long part of a story.
type Text struct {
	Format   Format
	Body     string       // as written
	Trail    trails.Trail // no steps: none
	Rendered Rendered
	Drawing  Drawing
}

// Drawing is the figure of a story's path, made when the story is saved or
// published. Its zero value is none.
type Drawing struct {
	Wide, Tall string // SVG elements
	By         int64  // the version of the renderer
}

// Rendered is a text as readers get it, made when the story is saved.
type Rendered struct {
	HTML    string    `json:"-"`
	Outline []Heading `json:"outline"`
	Plain   string    `json:"-"` // the words alone
	Words   int       `json:"-"`
	// Pictures are the IDs of the pictures that were looked up, found or not.
	Pictures []string `json:"-"`
	By       int64    `json:"-"` // the version of the renderer; below 1: outdated
}

// Heading is an entry of a long text's contents.
type Heading struct {
	Level int    `json:"level"`
	ID    string `json:"id"`
	Text  string `json:"text"`
}

// ReadingMinutes is how long a story takes, at 230 words a minute (Brysbaert 2019
// gives 238 for non-fiction in English), at least one.
func (s Story) ReadingMinutes() int { return max(1, (s.Words+115)/230) }

// Content is what somebody writes: one revision of a story.
type Content struct {
	Title      string       `json:"title"`
	Standfirst string       `json:"standfirst"`
	Slug       string       `json:"slug"` // empty: made from the title
	Language   string       `json:"language"`
	Format     Format       `json:"format"`
	Body       string       `json:"body"`
	Cover      Cover        `json:"cover,omitzero"`
	Authors    []string     `json:"authors"`
	Topics     []string     `json:"topics"`
	Trail      trails.Trail `json:"trail,omitzero"`
	Published  time.Time    `json:"published,omitzero"` // the date readers see; zero: when it is published
	Note       string       `json:"note,omitempty"`
}

const (
	maxTitle      = 160
	maxStandfirst = 400
	maxBody       = 1 << 20
	maxAlt        = 400
	maxTopics     = 8
	maxAuthors    = 8
)

// tidy trims what people do not mean to type and keeps the lists without doubles.
func (c Content) tidy() Content {
	c.Title = strings.Join(strings.Fields(c.Title), " ")
	c.Standfirst = strings.TrimSpace(c.Standfirst)
	c.Slug = strings.TrimSpace(c.Slug)
	c.Body = strings.ReplaceAll(c.Body, "\r\n", "\n")
	c.Authors, c.Topics = unique(c.Authors), unique(c.Topics)
	if c.Format == "" {
		c.Format = Markdown
	}
	return c
}

func unique(list []string) []string {
	var out []string
	seen := map[string]bool{"": true}
	for _, v := range list {
		if !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}

// Check reports what would keep the content from being saved, field by field.
func (c Content) Check() error { return c.tidy().check() }

// check returns what is wrong, field by field. A draft may be unfinished.
func (c Content) check() error {
	var f problem.Fields
	for _, line := range [...]struct {
		field, text string
		most        int
	}{{"title", c.Title, maxTitle}, {"standfirst", c.Standfirst, maxStandfirst}, {"cover_alt", c.Cover.Alt, maxAlt}, {"cover_caption", c.Cover.Caption, maxAlt}} {
		if utf8.RuneCountInString(line.text) > line.most {
			f.Add(line.field, "field.too_long", "max", line.most)
		}
		if looks.Misleads(line.text) {
			f.Add(line.field, "field.misleads")
		}
	}
	if len(c.Body) > maxBody {
		f.Add("body", "field.too_long", "max", maxBody)
	}
	if c.Slug != "" && !slug.Valid(c.Slug) {
		f.Add("slug", "slug.form")
	}
	if len(c.Topics) > maxTopics {
		f.Add("topics", "field.too_many", "max", maxTopics)
	}
	if len(c.Authors) > maxAuthors {
		f.Add("authors", "field.too_many", "max", maxAuthors)
	}
	if _, err := language.Parse(c.Language); err != nil && c.Language != "" {
		f.Add("language", "field.unknown")
	}
	if c.Format != Markdown && c.Format != HTML {
		f.Add("format", "field.unknown")
	}
	if len(c.Trail.Steps) > 0 || len(c.Trail.Changes) > 0 || c.Trail.Goal != "" {
		if err := c.Trail.Check(); err != nil {
			addTrail(&f, err)
		}
	}
	return f.Err()
}

// complete returns what is missing before readers may see the story.
func (c Content) complete() error {
	var f problem.Fields
	if c.Title == "" {
		f.Add("title", "story.title_missing")
	}
	if strings.TrimSpace(c.Body) == "" {
		f.Add("body", "story.body_missing")
	}
	if len(c.Authors) == 0 {
		f.Add("authors", "story.author_missing")
	}
	if c.Cover.PictureID != "" && strings.TrimSpace(c.Cover.Alt) == "" {
		f.Add("cover_alt", "story.alt_missing")
	}
	return f.Err()
}
