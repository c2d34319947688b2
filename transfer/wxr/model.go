package wxr

import (
	"strings"
	"time"
)

// Site is what the export says about the site it came from. Any field may be empty.
type Site struct {
	Title       string
	Link        string
	Description string
	BaseSiteURL string // of the network, where the site is one of several
	BaseBlogURL string // of the site itself
	Language    string
	Version     string // of the format: "1.0", "1.1", "1.2", or "" where missing
	Generator   string
}

// Author is a wp:author of format 1.1 and later. Older exports name authors only by
// Item.Creator.
type Author struct {
	Document    string
	Line        int
	ID          int64
	Login       string
	Email       string
	DisplayName string
	FirstName   string
	LastName    string
}

// Term is a category, tag or other term that the site defines.
type Term struct {
	Document    string
	Line        int
	ID          int64
	Taxonomy    string // "category", "post_tag", "nav_menu" or the site's own
	Slug        string
	Parent      string // the slug of the parent, or ""
	Name        string
	Description string
}

// TermRef is a term that an item carries. Co-authors come as Domain "author".
type TermRef struct {
	Domain   string // the taxonomy; "category" where the file is silent
	Nicename string // the term's slug, empty in very old exports
	Name     string
}

// Meta is a key and a value that a plug-in or theme stored. Values are often
// serialised PHP; they are kept as the text they are.
type Meta struct {
	Key, Value string
}

// Item is a post, page, attachment, menu entry or whatever else WordPress keeps
// as a post. Texts are as in the file, with nothing made safe.
type Item struct {
	Document string // the file inside the archive, or ""
	Line     int    // where the item starts

	ID       int64
	Type     string // "post", "page", "attachment", "nav_menu_item", …
	Status   string // "publish", "draft", "private", "future", "pending", "inherit", …
	Title    string
	Link     string
	GUID     string
	Slug     string
	Creator  string // the login of an author
	Password string // what readers had to type, or ""
	Sticky   bool

	Date     Time
	Modified Time

	Content   string
	Excerpt   string
	Parent    int64 // the ID of another item, or 0
	MenuOrder int

	AttachmentURL string
	Terms         []TermRef
	Meta          []Meta
	Comments      []Comment

	// Cut says that the item went over a limit and lacks some of its texts, meta
	// values or comments; the Problems before it say which.
	Cut bool
}

// Comment is a reply, a pingback or a trackback.
type Comment struct {
	Line     int
	ID       int64
	Parent   int64 // the ID of another comment of the item, or 0; not proven to exist
	UserID   int64
	Author   string
	Email    string
	URL      string
	IP       string
	Date     Time
	Content  string
	Approved string // "1", "0", "spam", "trash", "post-trashed"
	Type     string // "comment", "pingback", "trackback", …; never empty
	Meta     []Meta
}

// Time is a moment as exports give it. Where only the local time of the old site
// is known, Local is set and the wall clock stands in UTC.
type Time struct {
	time.Time
	Local bool
}

// MetaValue is the first value stored under key, or "".
func (it *Item) MetaValue(key string) string {
	for _, m := range it.Meta {
		if m.Key == key {
			return m.Value
		}
	}
	return ""
}

// Bylines are the logins of those who wrote the item, in order and each once: its
// co-authors where it names any (the plug-in Co-Authors Plus writes them as terms,
// with "cap-" before the login), otherwise its creator.
func (it *Item) Bylines() []string {
	var logins []string
	seen := map[string]bool{}
	for _, t := range it.Terms {
		if t.Domain != "author" {
			continue
		}
		login := strings.TrimPrefix(t.Nicename, "cap-")
		if login == "" {
			login = t.Name
		}
		if login != "" && !seen[login] {
			seen[login] = true
			logins = append(logins, login)
		}
	}
	if len(logins) == 0 && it.Creator != "" {
		return []string{it.Creator}
	}
	return logins
}
