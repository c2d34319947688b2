package public

import (
	"net/http"
	"strings"
	"time"

	"waypost/internal/problem"
	"waypost/replies"
	"waypost/stories"
)

// TalkView is a page of a story's replies without the story.
type TalkView struct {
	Item
	RepliesView
	One   bool      // a reply, and what answers it
	Above *Answered // what that answers, if readers see it
	First string    // where the replies begin, unless they do here
}

// Talk answers /stories/{slug}/replies: a story's replies by key.
func (p *Public) Talk(w http.ResponseWriter, r *http.Request) error {
	slug, after := r.PathValue("slug"), r.URL.Query().Get("after")
	path := stories.Address(slug) + repliesBelow
	if after != "" {
		if !listID(after) {
			return errMissing()
		}
		path += "?after=" + after
	}
	err := p.page(w, r, path, "public/replies", func(b *build) (Layout, error) {
		return b.talkPage(slug, path, func(v *TalkView, newest bool) error {
			var from replies.Key
			if after != "" {
				last, err := b.Replies.Any(b.tx, after)
				if err != nil {
					return err
				}
				if last.StoryID != v.ID {
					return errMissing()
				}
				from, v.First = replies.KeyAfter(last), v.URL+"#replies"
			}
			err := b.read(&v.RepliesView, v.Item, newest, from)
			return real(after == "" || len(v.Threads) > 0, err)
		})
	})
	return p.orMoved(w, r, err)
}

// Reply answers /stories/{slug}/replies/{id}: one reply and what answers it.
func (p *Public) Reply(w http.ResponseWriter, r *http.Request) error {
	slug, id := r.PathValue("slug"), r.PathValue("id")
	path := stories.Address(slug) + repliesBelow + "/" + id
	err := p.page(w, r, path, "public/replies", func(b *build) (Layout, error) {
		layout, err := b.talkPage(slug, path, func(v *TalkView, _ bool) error {
			v.One, v.First = true, v.URL+"#replies"
			return b.branch(v, id)
		})
		layout.NoIndex = true
		return layout, err
	})
	return p.orMoved(w, r, err)
}

// branch fills in one reply and what is beneath it.
func (b *build) branch(v *TalkView, id string) error {
	r, err := b.Replies.Any(b.tx, id)
	switch {
	case err != nil:
		return err
	case r.StoryID != v.ID || r.State == replies.Pending || r.State == replies.Spam:
		return errMissing()
	case r.Erased || r.State == replies.Trash:
		return problem.New(problem.Gone, "reply.not_found")
	}
	list, err := b.Replies.Beneath(b.tx, r, "", perThread)
	if err != nil {
		return err
	}
	over, err := b.Replies.Over(b.tx, r)
	if err != nil {
		return err
	}
	v.Threads, err = b.threads(v.Item, v.upToNext(v.Item, list), over, v.Form != nil)
	if n := len(over); err == nil && n > 0 && over[n-1].ID == r.ParentID && readable(over[n-1]) {
		v.Above = v.Threads[0].To
		v.Above.Begins = b.texts().ReplyBegins(over[n-1].Body, v.Language)
	}
	return err
}

// talkPage is a page about the replies to a story, which fill reads.
func (b *build) talkPage(slug, path string, fill func(v *TalkView, newest bool) error) (Layout, error) {
	items, err := b.openStory(slug)
	if err != nil {
		return Layout{}, err
	}
	v := TalkView{Item: items[0]}
	talk, newest, err := b.terms(v.Item)
	if err != nil {
		return Layout{}, err
	}
	v.RepliesView = *talk
	if err := fill(&v, newest); err != nil {
		return Layout{}, err
	}
	title := b.words.T("reply.to_title", "title", v.Title)
	layout := b.layout(path, title, title)
	layout.Section, layout.Content = "stories", v
	layout.Feeds = append(layout.Feeds, b.talkFeeds(v.Item)...)
	return layout, nil
}

// openStory finds a story that readers may see, as one item.
func (b *build) openStory(slug string) ([]Item, error) {
	s, err := b.Stories.BySlug(b.tx, slug)
	if err != nil {
		return nil, err
	}
	b.tag(stories.TagStory(s.ID))
	if err := hidden(s); err != nil {
		return nil, err
	}
	return b.items([]stories.Story{s})
}

// talkFeeds are that of the replies to a story and that of all replies. They are in Atom
// alone: a feed in each form would double what has to be made again for every reply.
func (b *build) talkFeeds(i Item) []FeedLink {
	return []FeedLink{{Title: b.words.T("reply.to_title", "title", i.Title), Atom: i.URL + repliesBelow + "/feed.atom"},
		{Title: b.allReplies(), Atom: repliesBelow + "/feed.atom"}}
}

func (b *build) allReplies() string { return b.words.T("reply.title") + " – " + b.settings.Name }

// listID reports that a text has the form of an identifier.
func listID(id string) bool {
	return len(id) == 26 && strings.Trim(id, "0123456789abcdefghijklmnopqrstuv") == ""
}

// TalkFeed answers /stories/{slug}/replies/feed.atom.
func (p *Public) TalkFeed(w http.ResponseWriter, r *http.Request) error {
	slug := r.PathValue("slug")
	return p.feed(w, r, source{path: stories.Address(slug) + repliesBelow, read: func(b *build) (string, string, []feedEntry, error) {
		items, err := b.openStory(slug)
		if err != nil {
			return "", "", nil, err
		}
		b.tag(replies.Tag(items[0].ID))
		list, err := b.Replies.Latest(b.tx, items[0].ID, feedItems)
		if err != nil {
			return "", "", nil, err
		}
		entries, err := b.replyEntries(list, items)
		return b.words.T("reply.to_title", "title", items[0].Title) + " – " + b.settings.Name, "", entries, err
	}})
}

// latestReplies is how many replies the feed of all looks through for those to stories
// that readers see.
const latestReplies = 5 * feedItems

// RepliesFeed answers /replies/feed.atom.
func (p *Public) RepliesFeed(w http.ResponseWriter, r *http.Request) error {
	return p.feed(w, r, source{path: repliesBelow, page: "/", read: func(b *build) (string, string, []feedEntry, error) {
		b.tag(replies.TagLatest, stories.TagStories)
		list, err := b.Replies.Latest(b.tx, "", latestReplies)
		if err != nil {
			return "", "", nil, err
		}
		var ids []string
		for _, r := range list {
			ids = append(ids, r.StoryID)
		}
		open, err := b.Stories.ByIDs(b.tx, distinct(ids))
		if err != nil {
			return "", "", nil, err
		}
		items, err := b.items(open)
		if err != nil {
			return "", "", nil, err
		}
		entries, err := b.replyEntries(list, items)
		return b.allReplies(), "", entries, err
	}})
}

// replyEntries are entries of feeds for replies to some stories; others are left out.
func (b *build) replyEntries(list []replies.Reply, to []Item) ([]feedEntry, error) {
	byID := make(map[string]Item, len(to))
	var known Item // what the bylines of all of them know
	for _, i := range to {
		byID[i.ID] = i
		known.Byline = append(known.Byline, i.Byline...)
	}
	writers, err := b.writers(known, list)
	if err != nil {
		return nil, err
	}
	texts := b.texts()
	var entries []feedEntry
	for _, r := range list {
		i, ok := byID[r.StoryID]
		if !ok {
			continue
		}
		if len(entries) == feedItems {
			break
		}
		entries = append(entries, b.replyEntry(r, i, writers.of(r), texts.ReplyAway(r.Body, i.Language)))
	}
	return entries, nil
}

func (b *build) replyEntry(r replies.Reply, i Item, by Person, html string) feedEntry {
	if by.Name == "" {
		by.Name = b.words.T("reply.somebody")
	}
	e := feedEntry{Item: Item{URL: linkOf(i, r.ID), Date: r.Written.In(b.zone), Byline: []Person{by}}, html: html}
	e.ID, e.Title, e.Language, e.Published, e.Updated = r.ID, b.words.T("reply.on", "name", by.Name, "title", i.Title), i.Language, r.Written, latest(r.Written, r.Edited)
	e.url = b.abs(e.URL)
	return e
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
