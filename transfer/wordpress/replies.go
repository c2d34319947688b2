package wordpress

import (
	"fmt"
	"slices"

	"waypost/transfer/wordpress/words"
	"waypost/transfer/wxr"
)

// repliesAtOnce is how many replies are looked up in one statement.
const repliesAtOnce = 500

// replies keeps what was said about an item: one that came, now or before.
func (s *step) replies(p *parcel) error {
	if p.kind == "" {
		for _, c := range p.item.Comments {
			s.skip(replyEntry(p, &c), say("import.skip_reply_item"))
		}
		return nil
	}
	seen := map[string]bool{}
	for some := range slices.Chunk(p.item.Comments, repliesAtOnce) {
		if err := s.someReplies(p, some, seen); err != nil {
			return err
		}
	}
	if p.kind != kindStory || s.dry() || len(p.item.Comments) == 0 {
		return nil
	}
	was, here, err := s.lookUp(kindStory, p.id)
	if err != nil || !here {
		return err
	}
	return s.settle(s.tx, s.site, p.id, was.subject)
}

func (s *step) someReplies(p *parcel, comments []wxr.Comment, seen map[string]bool) error {
	rows := make([]reply, len(comments))
	ids := make([]string, len(comments))
	for i := range comments {
		rows[i] = s.rules.reply(p, &comments[i])
		ids[i] = rows[i].source
	}
	here, err := s.repliesHere(ids)
	if err != nil {
		return err
	}
	brought, err := s.repliesBrought(ids)
	if err != nil {
		return err
	}
	for i, is := range rows {
		was, known := here[is.source]
		before, settled := brought[is.source]
		switch {
		case is.kind == "":
			s.skip(replyEntry(p, &comments[i]), say("import.skip_reply_kind", "kind", words.Shorten(comments[i].Type, 40)))
			continue
		case seen[is.source] || known && was.item != is.item || settled && itemOf(before) != is.item:
			s.skip(replyEntry(p, &comments[i]), say("import.skip_number"))
			continue
		case settled:
			if err := s.replyAgain(is, before); err != nil {
				return err
			}
		case known && (was == is || was.erased):
			s.kept.Replies++
		case known:
			s.updated.Replies++
		default:
			s.made.Replies++
		}
		seen[is.source] = true
		if is.aside(p) && !known {
			s.note(replyEntry(p, &comments[i]), say("import.note_reply_aside"))
		}
		if settled || s.dry() || known && (was == is || was.erased) {
			continue
		}
		if err := s.keepReply(is); err != nil {
			return err
		}
	}
	return nil
}

// reply is the row of a comment. Its kind is empty for what plug-ins keep among the
// comments and readers never saw, such as the notes on an order.
func (r rules) reply(p *parcel, c *wxr.Comment) reply {
	x := reply{item: p.id, parent: number(c.Parent), state: replyStates[c.Approved],
		author: words.Plain(c.Author), email: c.Email, url: c.URL, body: c.Content}
	switch c.Type {
	case "comment", "pingback", "trackback":
		x.kind = c.Type
	}
	if x.state == "" {
		x.state = "pending"
	}
	written := r.moment(c.Date)
	if written.IsZero() {
		written = r.moment(p.item.Date)
	}
	if !written.IsZero() {
		x.written = written.UnixMilli()
	}
	if x.source = number(c.ID); x.source == "" {
		x.source = "x" + digest(p.id, c.Author, c.Content, c.Date.Unix())
	}
	return x
}

// replyStates are the states of wp:comment_approved in our words.
var replyStates = map[string]string{
	"1": "published", "approve": "published", "0": "pending", "hold": "pending",
	"spam": "spam", "trash": "trash", "post-trashed": "trash",
}

func replyEntry(p *parcel, c *wxr.Comment) Entry {
	return Entry{Kind: Reply, What: fmt.Sprintf("%s %d on %s %s", c.Type, c.ID, p.item.Type, p.id), Line: c.Line}
}
