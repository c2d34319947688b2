package public

import (
	"strings"

	"waypost/community"
	"waypost/web/render"
)

// Layout is what every page has around its content.
type Layout struct {
	Site        Site
	Title       string // of the page; empty on the front page
	Description string
	Canonical   string // absolute
	Section     string // which entry of the menu is current
	Feeds       []FeedLink
	Share       Share
	Data        []any // JSON-LD objects
	NoIndex     bool
	Preview     bool // shown in the desk's frame, where no script runs
	Content     any
}

// Site is the community as every page names it.
type Site struct {
	Name, Tagline string
	Base          string // scheme://host
	Accent        string // the stylesheet of the owner's colour; empty: the design's own
	Menu          []community.MenuItem
	SetUp         bool
	Join          bool // one can join without an invitation
}

// FeedLink names a feed of a page. JSON is empty where there is only Atom.
type FeedLink struct{ Title, Atom, JSON string }

// Share is what other sites show of a page (Open Graph).
type Share struct {
	Type             string
	Image, Alt       string
	Width, Height    int
	Published, Moved string // RFC 3339
}

func (b *build) site() Site {
	return Site{Name: b.settings.Name, Tagline: b.settings.Tagline, Base: b.Base.String(), Accent: render.AccentSheet(b.settings.Accent),
		Menu: b.menu, SetUp: b.settings.SetUp, Join: b.join}
}

func (b *build) layout(path, title, description string) Layout {
	return Layout{Site: b.site(), Title: title, Description: shorten(description, 200), Canonical: b.abs(path), Share: Share{Type: "website"},
		Feeds: []FeedLink{{b.settings.Name, "/feed.atom", "/feed.json"}}}
}

// shorten cuts a text at a word, to at most max characters, with an ellipsis.
func shorten(text string, max int) string {
	r := []rune(strings.Join(strings.Fields(text), " "))
	if len(r) <= max {
		return string(r)
	}
	cut := string(r[:max-1])
	if i := strings.LastIndexByte(cut, ' '); i > max/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:–—-") + "…"
}
