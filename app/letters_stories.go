package app

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"waypost/community"
	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/members"
	"waypost/stories"
	"waypost/web/messages"
	"waypost/web/render"
)

// unreviewed tells whether trusted members may publish without review.
func (a *App) unreviewed(tx *db.Tx) (bool, error) {
	settings, err := a.Community.SettingsIn(tx)
	return settings.TrustedPublish, err
}

// tellOfStory writes to those whom a step of a story concerns and who wish to know:
// editors of what waits for them, authors of what became of their story. A letter has
// the title and the note, never the text. Who did it knows already.
func (a *App) tellOfStory(tx *db.Tx, n stories.Notice) error {
	told, err := a.toldOf(tx, n)
	if err != nil {
		return err
	}
	told = slices.DeleteFunc(told, func(x members.Account) bool { return x.ID == n.By })
	if len(told) == 0 {
		return nil
	}
	settings, err := a.Community.SettingsIn(tx)
	if err != nil {
		return err
	}
	by, err := a.nameOf(tx, n)
	if err != nil {
		return err
	}
	var letters []mail.Letter
	for _, x := range told {
		language := x.Language
		if a.words[language] == nil {
			language = settings.Language
		}
		l := a.storyLetter(language, settings, by, n)
		html, text, err := a.Public.Renderer.Letter(l)
		if err != nil {
			return fmt.Errorf("write of a story: %w", err)
		}
		letters = append(letters, mail.Letter{Kind: string(n.Kind), To: x.Email, Subject: mail.HeaderText(l.Subject), Text: text, HTML: html})
	}
	return a.Mail.Post(tx, letters...)
}

func (a *App) toldOf(tx *db.Tx, n stories.Notice) ([]members.Account, error) {
	if n.Kind.ToEditors() {
		return a.Members.Editors(tx, string(n.Kind.Choice()))
	}
	var began []string
	if n.Story.AccountID != "" {
		began = append(began, n.Story.AccountID)
	}
	return a.Members.Holders(tx, string(n.Kind.Choice()), began, n.Story.Authors)
}

// nameOf is who did it: to editors the author's name in the byline, to authors simply the
// editors.
func (a *App) nameOf(tx *db.Tx, n stories.Notice) (string, error) {
	if !n.Kind.ToEditors() {
		return "", nil
	}
	people, err := a.Members.ProfilesByID(tx, n.Story.Authors)
	if err != nil {
		return "", err
	}
	var name string
	for _, id := range n.Story.Authors {
		p, ok := people[id]
		if ok && p.AccountID == n.By {
			return p.Name, nil
		}
		name = cmp.Or(name, p.Name)
	}
	return name, nil
}

// storyWords are the words of each kind of notice.
var storyWords = map[stories.NoticeKind]struct{ subject, text, button string }{
	stories.NoticeSubmitted:   {"letter.review.submitted", "letter.review.submitted_text", "letter.review.submitted_open"},
	stories.NoticeTakenBack:   {"letter.review.taken_back", "letter.review.taken_back_text", "letter.review.taken_back_open"},
	stories.NoticeUnreviewed:  {"letter.review.unreviewed", "letter.review.unreviewed_text", "letter.review.published_open"},
	stories.NoticeAsked:       {"letter.review.asked", "letter.review.asked_text", "letter.review.submitted_open"},
	stories.NoticeReturned:    {"letter.review.returned", "letter.review.returned_text", "letter.review.open"},
	stories.NoticeScheduled:   {"letter.review.scheduled", "letter.review.scheduled_text", "letter.review.open"},
	stories.NoticeUnscheduled: {"letter.review.unscheduled", "letter.review.unscheduled_text", "letter.review.open"},
	stories.NoticePublished:   {"letter.review.published", "letter.review.published_text", "letter.review.published_open"},
	stories.NoticeUnpublished: {"letter.review.unpublished", "letter.review.unpublished_text", "letter.review.open"},
	stories.NoticeArchived:    {"letter.review.archived", "letter.review.archived_text", "letter.review.open"},
	stories.NoticeAnswered:    {"letter.review.answered", "letter.review.answered_text", "letter.review.open"},
}

// storyLetter is a notice in words.
func (a *App) storyLetter(language string, settings community.Settings, by string, n stories.Notice) render.Letter {
	words := a.words[language]
	title, say, zone := n.Story.Title, storyWords[n.Kind], settings.Location()
	if by == "" {
		by = words.T("letter.review.somebody")
	}
	l := render.Letter{Language: language, From: settings.Name, Subject: words.T(say.subject, "title", title, "name", by),
		Blocks: []render.Block{render.LetterText(words.T(say.text, "title", title, "name", by, "when", whenOf(words, zone, n)))},
		Why:    words.T("letter.review.why", "community", settings.Name), End: a.Config.Base.JoinPath("/me/notices").String(), EndLabel: words.T("letter.review.choose")}
	if n.Note != "" {
		l.Blocks = append(l.Blocks, render.LetterQuote(n.Note))
	}
	l.Blocks = append(l.Blocks, render.LetterButton(words.T(say.button), a.Config.Base.JoinPath(storyPath(n)).String()))
	return l
}

// storyPath is where a notice leads: to a page that its reader may open.
func storyPath(n stories.Notice) string {
	switch n.Kind {
	case stories.NoticePublished, stories.NoticeUnreviewed:
		return stories.Address(n.Story.Slug)
	case stories.NoticeTakenBack:
		return "/desk/review"
	case stories.NoticeSubmitted, stories.NoticeAsked:
		return "/desk/review/" + n.Story.ID
	}
	return "/desk/stories/" + n.Story.ID
}

// whenOf is when a scheduled story comes out, in the community's time zone.
func whenOf(words *messages.Catalog, zone *time.Location, n stories.Notice) string {
	if n.Story.Scheduled.IsZero() {
		return ""
	}
	return words.Moment(n.Story.Scheduled.In(zone))
}
