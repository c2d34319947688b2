package wordpress

import (
	"strings"
	"time"

	"waypost/stories"
	"waypost/transfer/wordpress/words"
	"waypost/transfer/wxr"
)

// What an item becomes; also the kinds of table imported.
const (
	kindStory  = "story"
	kindPage   = "page"
	kindMedia  = "media"
	kindAuthor = "author"
	kindTopic  = "topic"
	kindCover  = "cover"
	kindReply  = "reply"
)

// rules decide what becomes of an item, from nothing but the item and the time.
type rules struct {
	now  time.Time
	zone *time.Location // of dates of which the file gives only the wall clock
}

// fate is what becomes of an item.
type fate struct {
	kind      string  // "" for one that is left out
	why       message // it is
	state     stories.State
	published time.Time // for readers; zero: none yet
	scheduled time.Time
	public    bool // readers of the old site knew its address
	notes     []message
}

// decide is the table of types and states.
func (r rules) decide(it *wxr.Item) fate {
	switch it.Type {
	case "post", "page", "attachment":
	case "nav_menu_item":
		return fate{why: say("import.skip_menu")}
	case "revision":
		return fate{why: say("import.skip_revision")}
	case "wp_block", "wp_template", "wp_template_part", "wp_global_styles", "wp_navigation", "wp_font_family", "wp_font_face",
		"custom_css", "customize_changeset", "oembed_cache":
		return fate{why: say("import.skip_design", "type", it.Type)}
	default:
		return fate{why: say("import.skip_type", "type", words.Shorten(it.Type, 40))}
	}
	switch {
	case it.Status == "trash":
		return fate{why: say("import.skip_trash")}
	case it.Type == "attachment":
		return media(it)
	case it.Status == "inherit":
		return fate{why: say("import.skip_revision")}
	case blank(it.Title) && blank(it.Content) && blank(it.Excerpt):
		return fate{why: say("import.skip_empty")}
	}
	f := r.text(it)
	f.kind = kindStory
	if it.Type == "page" {
		f.kind = kindPage
		f.asPage()
	}
	if it.Cut {
		f.draft(say("import.note_incomplete"))
	}
	return f
}

func media(it *wxr.Item) fate {
	if mediaURL(it) == "" {
		return fate{why: say("import.skip_no_file")}
	}
	return fate{kind: kindMedia}
}

// mediaURL is where the old site had an attachment's file.
func mediaURL(it *wxr.Item) string {
	if it.AttachmentURL != "" {
		return it.AttachmentURL
	}
	return it.GUID
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }

// text decides the state of a post or page.
func (r rules) text(it *wxr.Item) fate {
	date := r.moment(it.Date)
	switch {
	case it.Status == "private":
		return fate{state: stories.Draft, published: date, notes: []message{say("import.note_private")}}
	case it.Password != "":
		public := it.Status == "publish"
		return fate{state: stories.Draft, published: date, public: public, notes: []message{say("import.note_password")}}
	}
	switch it.Status {
	case "publish":
		return fate{state: stories.Published, published: r.first(date, r.moment(it.Modified)), public: true}
	case "future":
		if date.After(r.now) {
			return fate{state: stories.Scheduled, scheduled: date}
		}
		was := say("import.note_was_due", "date", date.In(r.zone).Format(time.DateOnly))
		return fate{state: stories.Published, published: r.first(date), public: true, notes: []message{was}}
	case "pending":
		return fate{state: stories.InReview}
	case "draft", "auto-draft":
		return fate{state: stories.Draft}
	}
	return fate{state: stories.Draft, notes: []message{say("import.note_state", "state", words.Shorten(it.Status, 40))}}
}

// first is the first date that is known, or now.
func (r rules) first(dates ...time.Time) time.Time {
	for _, d := range dates {
		if !d.IsZero() {
			return d
		}
	}
	return r.now
}

// moment is a date of the file. What is known only by the old site's wall clock is
// taken for the community's.
func (r rules) moment(t wxr.Time) time.Time {
	if t.Local {
		return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, r.zone)
	}
	return t.Time
}

// asPage leaves of a state what a free-standing page can have.
func (f *fate) asPage() {
	switch f.state {
	case stories.Published:
		return
	case stories.Scheduled:
		f.notes = append(f.notes, say("import.note_page_scheduled", "date", f.scheduled.Format(time.DateOnly)))
	}
	f.state = stories.Draft
}

// draft holds something back from readers, with the reason.
func (f *fate) draft(why message) {
	f.state, f.scheduled = stories.Draft, time.Time{}
	f.notes = append(f.notes, why)
}
