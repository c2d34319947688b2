package wordpress

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

	"waypost/internal/slug"
	"waypost/stories"
	"waypost/transfer/wordpress/words"
	"waypost/transfer/wxr"
	"waypost/transfer/wxr/markup"
)

// What the features take; anything longer is cut with a note.
const (
	mostTitle       = 160
	mostStandfirst  = 400
	mostBody        = 1 << 20
	mostTopics      = 8
	mostAuthors     = 8
	mostName        = 80
	mostTopicName   = 60
	mostDescription = 300
)

// parcel is an item made ready for its transaction.
type parcel struct {
	fate
	item *wxr.Item
	id   string // its number, or a hash where it has none
	hash string // of all that is taken over, replies apart

	content stories.Content // without a slug that is free
	wish    string          // the slug it should get
	cover   string          // the number of its picture
	ready   *stories.Ready  // its text, if it was rendered before the transaction
}

// entry is the parcel in a report.
func (p *parcel) entry() Entry {
	what := strings.TrimSpace(p.item.Type + " " + p.id)
	if title := words.Shorten(words.Plain(p.item.Title), 60); title != "" {
		what += " “" + title + "”"
	}
	return Entry{Kind: Item, What: what, Line: p.item.Line}
}

// pack decides what becomes of an item and makes its text plain.
func (r *run) pack(it *wxr.Item) *parcel {
	p := &parcel{fate: r.rules.decide(it), item: it, id: itemID(it)}
	if p.kind != "" && r.seen[p.id] {
		p.fate = fate{why: say("import.skip_number")}
	}
	if p.kind != "" {
		r.seen[p.id] = true
	}
	if p.kind == kindStory || p.kind == kindPage {
		r.packText(p)
	}
	return p
}

func (r *run) packText(p *parcel) {
	it := p.item
	p.hash = hashOf(p)
	p.cover = it.MetaValue("_thumbnail_id")
	clean := markup.Clean(it.Content, r.survey.site.Address())
	if len(clean.Notes) > 0 {
		p.notes = append(p.notes, say("import.note_markup").with(strings.Join(clean.Notes, "; ")))
	}
	c := &p.content
	c.Format, c.Body, c.Language = stories.HTML, clean.HTML, r.language()
	if len(c.Body) > mostBody {
		c.Body = strings.ToValidUTF8(c.Body[:mostBody-utf8.UTFMax], "")
		p.draft(say("import.note_body_cut"))
	}
	if blank(c.Body) && p.state != stories.Draft {
		p.draft(say("import.note_no_text"))
	}
	r.packTitle(p)
	if p.kind == kindStory {
		r.packStory(p)
	}
	c.Published = p.published
}

// packTitle finds a title and the slug that goes with it.
func (r *run) packTitle(p *parcel) {
	c, it := &p.content, p.item
	title := words.Plain(it.Title)
	if title == "" {
		if title = words.FirstWords(words.Plain(c.Body)); title == "" {
			title = r.say(say("import.untitled"))
		}
		p.notes = append(p.notes, say("import.note_no_title"))
	}
	if c.Title = words.Shorten(title, mostTitle); c.Title != title {
		p.notes = append(p.notes, say("import.note_title_cut").with(title))
	}
	if len(words.Unescaped(it.Slug)) > slug.Max {
		p.notes = append(p.notes, say("import.note_slug_cut").with(words.Shorten(words.Unescaped(it.Slug), 200)))
	}
	p.wish = words.WishedSlug(p.kind, it.Slug, c.Title)
}

func (r *run) packStory(p *parcel) {
	c := &p.content
	standfirst := words.Plain(p.item.Excerpt)
	if c.Standfirst = words.Shorten(standfirst, mostStandfirst); c.Standfirst != standfirst {
		p.notes = append(p.notes, say("import.note_standfirst_cut"))
	}
	for _, n := range bylines(p.item) {
		c.Authors = add(c.Authors, r.authors[n.login])
	}
	labels := termsOf(p.item)
	for _, f := range labels[:min(len(labels), mostTopics)] {
		if id := r.topicOf[f.key]; id != "" {
			c.Topics = add(c.Topics, id)
		}
	}
	if len(c.Authors) > mostAuthors {
		c.Authors = c.Authors[:mostAuthors]
		p.notes = append(p.notes, say("import.note_authors_cut", "max", mostAuthors))
	}
	if len(labels) > mostTopics {
		p.notes = append(p.notes, say("import.note_topics_cut", "max", mostTopics))
	}
}

func add(list []string, id string) []string {
	for _, have := range list {
		if have == id {
			return list
		}
	}
	return append(list, id)
}

// language is the old site's, or the community's where that is none.
func (r *run) language() string {
	t, err := language.Parse(r.survey.site.Language)
	if err != nil || t == language.Und {
		return r.settings.Language
	}
	return t.String()
}

// noteOf is what a story's editors read.
func (r *run) noteOf(p *parcel) string {
	var lines []string
	for _, m := range p.notes {
		line := r.say(m)
		if m.more != "" {
			line += " " + m.more
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// hashOf tells whether an item changed in the old site. Whether a date has passed
// since is no change, so that a scheduled post is the same once it is published.
func hashOf(p *parcel) string {
	it := p.item
	status := it.Status
	if status == "future" {
		status = "publish"
	}
	return digest(it.Type, status, it.Title, it.Link, it.Slug, it.Password, it.Date.Time.Unix(), it.Date.Local, it.Content, it.Excerpt,
		it.Bylines(), termIDs(it), it.MetaValue("_thumbnail_id"))
}

func termIDs(it *wxr.Item) []string {
	var all []string
	for _, f := range termsOf(it) {
		all = append(all, f.key.taxonomy+"/"+f.key.slug)
	}
	return all
}

// digest is a hash of some values.
func digest(values ...any) string {
	h := sha256.New()
	_ = json.NewEncoder(h).Encode(values) // never fails: texts, numbers and lists of them
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// itemID is an item's number; a hash for the few exports that have none.
func itemID(it *wxr.Item) string {
	if it.ID > 0 {
		return strconv.FormatInt(it.ID, 10)
	}
	return "x" + digest(it.Type, it.GUID, it.Link, it.Title, it.Date.Unix())
}
