package letters

import (
	"regexp"
	"slices"
	"strings"

	"waypost/internal/mail"
)

// kinds say what a letter is, by message keys, without what it says.
var kinds = map[string]string{
	"sign-in": "mail.kind.sign_in", "fresh": "mail.kind.fresh", "join": "mail.kind.join", "no-account": "mail.kind.no_account",
	"admitted": "mail.kind.admitted", "declined": "mail.kind.declined", "new-email": "mail.kind.new_email", "old-email": "mail.kind.old_email",
	"ways": "mail.kind.ways", "subscribe": "mail.kind.subscribe", "your-data": "mail.kind.your_data", "new-story": "mail.kind.new_story", "week": "mail.kind.week",
	"reply": "mail.kind.reply", "reply-ask": "mail.kind.reply_ask", "replies-held": "mail.kind.replies_held", "replies-wave": "mail.kind.replies_wave",
}

// what is the kind of a letter in words, as a message key.
func what(kind string) string {
	switch label := kinds[kind]; {
	case label != "":
		return label
	case strings.HasPrefix(kind, "review-"):
		return "mail.kind.review"
	}
	return "mail.kind.other"
}

// LetterView is one letter.
type LetterView struct {
	RowView
	Page   string        // where its HTML is
	Says   *mail.Content // nil when it is not for showing, or wiped
	Hidden bool          // it is secret
	Links  []string      // that it holds: they cannot be followed in the frame
	Height int           // of the frame, in pixels
}

var linked = regexp.MustCompile(`https?://[^\s<>"]+`)

// How high the frame is: for a short letter as high as that is, about, and for a long one
// so that the page can still be moved beside it.
const (
	frameTop   = 80
	frameLine  = 24
	frameLeast = 240
	frameMost  = 640
	lineLength = 70
)

// Tell adds to a letter's page what it says.
func (v LetterView) Tell(says *mail.Content) LetterView {
	if v.Says = says; says == nil {
		return v
	}
	lines := 0
	for line := range strings.Lines(says.Text) {
		lines += 1 + len(line)/lineLength
	}
	v.Height = max(frameLeast, min(frameMost, frameTop+frameLine*lines))
	for _, link := range linked.FindAllString(says.Text, -1) {
		if link = strings.TrimRight(link, ".,;:!?)”“’"); !slices.Contains(v.Links, link) {
			v.Links = append(v.Links, link)
		}
	}
	return v
}
