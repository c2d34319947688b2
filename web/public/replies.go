package public

import (
	"fmt"
	"html/template"
	"slices"
	"strings"
	"time"

	"waypost/internal/problem"
	"waypost/members"
	"waypost/pictures"
	"waypost/replies"
	"waypost/web/render"
)

const (
	// perThread is how many replies a page shows.
	perThread = 50
	// levels is how many of answers to answers stand beneath each other; what is deeper
	// stands beside what it answers and names it.
	levels = 3
)

// repliesBelow is where the replies to a story are, below it.
const repliesBelow = "/replies"

// linkOf is where a reply stays, wherever it stands among the others.
func linkOf(i Item, id string) string { return i.URL + repliesBelow + "/" + id }

// RepliesView is what readers wrote under a story.
type RepliesView struct {
	Count   int
	Threads []*Shown
	Shut    *problem.Message  // why no more can be written
	Form    *render.ReplyForm // nil where Shut
	Feed    string            // where they can be followed; empty: there are none yet
	Next    string            // where it goes on
	Alone   string            // where the replies are without the story; empty there
	Made    template.HTML     // all of it, where it is a part that is kept
}

// Shown is a reply as readers see it, with the answers beneath it. Its fields are words
// and nothing is nested: there may be many on a page.
type Shown struct {
	ID         string
	Gone       bool   // an empty place that something answers
	Name       string // empty: it was taken away
	Initials   string
	Portrait   string // where it is, of a member who has one
	Page       string // the writer's, of a member whom readers may find
	Outside    string // the writer's own page elsewhere, of a reply that was imported
	ByAuthor   bool   // of the story
	ISO, Exact string // when it was written
	Day        string
	Edited     bool
	Foreign    string // its language, unless it is the page's
	Text       template.HTML
	Link       string
	Answer     string // where one answers it; empty: no more is taken
	To         *Answered
	Answers    []*Shown

	level int
}

// outside is the writer's own page, of a reply that was imported.
func outside(r replies.Reply) string {
	if strings.HasPrefix(r.URL, "https://") || strings.HasPrefix(r.URL, "http://") {
		return r.URL
	}
	return ""
}

// shown is a reply as readers see it.
func (b *build) shown(s *Shown, i Item, r replies.Reply, by Person) {
	s.ID, s.Gone, s.Name = r.ID, r.Erased, by.Name
	if r.Erased {
		return
	}
	at := r.Written.In(b.zone)
	s.ISO, s.Exact, s.Day = at.UTC().Format(time.RFC3339), b.words.Exact(at), b.words.Day(at)
	s.Initials, s.Page, s.Outside, s.Edited, s.Link = by.Initials(), by.URL, outside(r), !r.Edited.IsZero(), linkOf(i, r.ID)
	if by.Portrait != nil {
		s.Portrait = by.Portrait.Address()
	}
	if i.Language != b.words.Language {
		s.Foreign = i.Language
	}
}

// Answered is what a reply answers that it does not stand beneath.
type Answered struct {
	Name, Link string // neither: readers do not see it
	Begins     string // how its text begins; on the page of a reply alone
}

// talk is the first replies to a story, and whether it takes more. Where there are some
// they are a part of the page, which what changes the story does not make again.
func (b *build) talk(i Item) (v *RepliesView, err error) {
	made, err := b.part(fmt.Sprintf("replies %s %s %d %q", i.URL, i.Language, i.Published.UnixMilli(), i.Authors), func() (any, int, error) {
		newest := false
		if v, newest, err = b.terms(i); err != nil || v.Count == 0 {
			return nil, 0, err
		}
		for _, p := range i.Byline {
			b.tag(members.TagProfile(p.ID))
			if p.PictureID != "" {
				b.tag(pictures.Tag(p.PictureID))
			}
		}
		v.Alone = i.URL + repliesBelow
		if err := b.read(v, i, newest, replies.Key{}); err != nil {
			return nil, 0, err
		}
		html, err := b.Renderer.Part(b.settings.Language, "public/story", "replies", v)
		return &RepliesView{Count: v.Count, Made: html}, len(html), err
	})
	if made != nil && err == nil {
		v = made.(*RepliesView)
	}
	return v, err
}

// terms says how many replies a story has, and whether it takes more.
func (b *build) terms(i Item) (v *RepliesView, newest bool, err error) {
	b.tag(replies.Tag(i.ID), replies.TagRules)
	rules, err := b.Replies.SettingsIn(b.tx)
	if err != nil {
		return nil, false, err
	}
	talk, err := b.Replies.TalkOf(b.tx, i.ID)
	if err != nil {
		return nil, false, err
	}
	v = &RepliesView{Count: talk.Published}
	if v.Count > 0 {
		v.Feed = i.URL + repliesBelow + "/feed.atom"
	}
	if !rules.Open(i.Published, b.Clock(), talk.Closed) {
		v.Shut = shut(rules, talk.Closed)
		return v, rules.Newest, nil
	}
	v.Form = &render.ReplyForm{Slug: i.Slug, Mode: rules.Mode}
	if rules.CloseDays > 0 {
		b.until = i.Published.AddDate(0, 0, rules.CloseDays)
	}
	return v, rules.Newest, nil
}

// read fills in the replies behind a key.
func (b *build) read(v *RepliesView, i Item, newest bool, from replies.Key) error {
	list, err := b.Replies.Thread(b.tx, i.ID, newest, from, perThread)
	if err != nil || len(list) == 0 {
		return err
	}
	var over []replies.Reply
	if list[0].Depth > 0 {
		if over, err = b.Replies.Over(b.tx, list[0]); err != nil {
			return err
		}
	}
	v.Threads, err = b.threads(i, v.upToNext(i, list), over, v.Form != nil)
	return err
}

// upToNext cuts a list that was read with one too many, and notes where it goes on.
func (v *RepliesView) upToNext(i Item, list []replies.Reply) []replies.Reply {
	if len(list) <= perThread {
		return list
	}
	v.Next = i.URL + repliesBelow + "?after=" + list[perThread-1].ID
	return list[:perThread]
}

// shut says why a story takes no replies.
func shut(rules replies.Settings, byHand bool) *problem.Message {
	if byHand {
		return &problem.Message{Key: "reply.shut"}
	}
	return &problem.Message{Key: "reply.shut_old", Args: []any{"count", rules.CloseDays}}
}

// threads puts replies, in the order of their places, beneath what they answer. over are
// those above the first that the page does not show.
func (b *build) threads(i Item, list, over []replies.Reply, open bool) ([]*Shown, error) {
	writers, err := b.writers(i, append(slices.Clip(list), over...))
	if err != nil {
		return nil, err
	}
	text := b.texts()
	version := text.Version()
	all := make([]Shown, len(list))
	at := make(map[string]*Shown, len(list))
	beside := make(map[string]*[]*Shown, len(list)) // the list in which a reply stands
	var top []*Shown
	for n, r := range list {
		s := &all[n]
		b.shown(s, i, r, writers.of(r))
		if !r.Erased {
			s.ByAuthor = writers.wrote(r)
			s.Text = render.Body(r.Rendered.HTML)
			if r.Rendered.By != version {
				s.Text = b.outdated(text, r.Body, i.Language)
			}
			if open {
				s.Answer = i.URL + "/reply?to=" + r.ID
			}
		}
		in := &top
		switch parent := at[r.ParentID]; {
		case parent == nil && r.ParentID != "":
			s.To = writers.answered(i, over, r.ParentID)
		case parent != nil && parent.level+1 < levels:
			s.level, in = parent.level+1, &parent.Answers
		case parent != nil:
			s.level, in = parent.level, beside[parent.ID]
			s.To = &Answered{Name: parent.Name, Link: "#reply-" + parent.ID}
		}
		*in = append(*in, s)
		at[r.ID], beside[r.ID] = s, in
	}
	return top, nil
}

// outdated renders a reply that was rendered when the site had another address, language
// or time zone, or by an earlier version.
func (b *build) outdated(texts render.Texts, body, language string) template.HTML {
	key := noteKey{b.words.Language + " " + language, body}
	html, ok := b.replied.get(key)
	if !ok {
		html = render.Body(texts.Reply(body, language))
		b.replied.put(key, html)
	}
	return html
}

// writers are those members who wrote replies whom readers may know, by profile.
type writers struct {
	known   map[string]Person
	authors []string
}

// writers finds who wrote some replies. The names of a byline are known already.
func (b *build) writers(i Item, list []replies.Reply) (writers, error) {
	w := writers{known: make(map[string]Person), authors: i.Authors}
	for _, p := range i.Byline {
		w.known[p.ID] = p
	}
	var more []string
	for _, r := range list {
		if _, known := w.known[r.ProfileID]; r.ProfileID != "" && !known {
			more = append(more, r.ProfileID)
		}
	}
	if len(more) == 0 {
		return w, nil
	}
	people, err := b.people(more)
	for id, p := range people {
		if p.FoundBy(members.Actor{}) {
			w.known[id] = p
		}
	}
	return w, err
}

// of is who wrote a reply: a member whom readers may find, or a name alone.
func (w writers) of(r replies.Reply) Person {
	if p, ok := w.known[r.ProfileID]; ok {
		return p
	}
	return Person{Profile: members.Profile{Name: r.Name}}
}

// wrote reports that an author of the story wrote the reply.
func (w writers) wrote(r replies.Reply) bool {
	return r.ProfileID != "" && r.ProfileID != members.FormerID && slices.Contains(w.authors, r.ProfileID)
}

// readable reports that readers see a reply.
func readable(r replies.Reply) bool { return r.State == replies.Published && !r.Erased }

func (w writers) answered(i Item, over []replies.Reply, id string) *Answered {
	for _, r := range over {
		if r.ID == id && readable(r) {
			return &Answered{Name: w.of(r).Name, Link: linkOf(i, id)}
		}
	}
	return &Answered{}
}
