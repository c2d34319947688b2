package app

import (
	"context"
	"strings"

	"waypost/community"
	"waypost/internal/db"
	"waypost/internal/jobs"
	"waypost/internal/mail"
	"waypost/internal/problem"
	"waypost/members/proofs"
	"waypost/news"
	"waypost/stories"
	"waypost/web/messages"
	"waypost/web/render"
)

// newsLetters writes the letters of new stories: title, standfirst, byline, reading
// time and the way there. They hold no picture and nothing that tells who reads them.
type newsLetters struct{ *App }

// edition is a letter of a list in the making.
type edition struct {
	newsLetters
	tx       *db.Tx
	settings community.Settings
	words    *messages.Catalog
}

func (a newsLetters) edition(tx *db.Tx, language string) (edition, error) {
	settings, err := a.Community.SettingsIn(tx)
	if language == "" {
		language = settings.Language
	}
	return edition{a, tx, settings, a.Public.Renderer.Catalog(language)}, err
}

// Story writes the letter about one story.
func (a newsLetters) Story(tx *db.Tx, language, storyID string, s news.Slots) (news.Text, error) {
	e, err := a.edition(tx, language)
	if err != nil {
		return news.Text{}, err
	}
	st, err := a.Stories.ByID(tx, storyID)
	if err != nil {
		return news.Text{}, err
	}
	names, err := e.byline([]stories.Story{st})
	if err != nil {
		return news.Text{}, err
	}
	blocks := []render.Block{}
	if st.Standfirst != "" {
		blocks = append(blocks, render.LetterText(st.Standfirst))
	}
	blocks = append(blocks, render.LetterText(e.about(st, names)), render.LetterButton(e.words.T("letters.read"), e.address(st)))
	return e.write(st.Title, blocks, s)
}

// Week writes the letter about a week's stories. What its reader follows says so.
func (a newsLetters) Week(tx *db.Tx, language string, list []news.Told, s news.Slots) (news.Text, error) {
	e, err := a.edition(tx, language)
	if err != nil {
		return news.Text{}, err
	}
	ids := make([]string, len(list))
	follows := map[string][]news.Subject{}
	for i, x := range list {
		ids[i], follows[x.StoryID] = x.StoryID, x.Follows
	}
	found, err := a.Stories.ByIDs(tx, ids)
	if err != nil {
		return news.Text{}, err
	}
	names, err := e.byline(found)
	if err != nil {
		return news.Text{}, err
	}
	blocks := []render.Block{render.LetterText(e.words.T("letters.week", "count", len(found)))}
	for _, st := range found {
		var notes []string
		if st.Standfirst != "" {
			notes = append(notes, st.Standfirst)
		}
		notes = append(notes, e.about(st, names))
		if of := follows[st.ID]; len(of) > 0 {
			followed, err := e.named(of)
			if err != nil {
				return news.Text{}, err
			}
			notes = append(notes, e.words.T("letters.you_follow", "names", followed))
		}
		blocks = append(blocks, render.LetterItem(st.Title, e.address(st), notes...))
	}
	return e.write(e.words.T("letters.week_subject", "name", e.settings.Name), blocks, s)
}

// Why says why somebody gets a letter.
func (a newsLetters) Why(tx *db.Tx, language string, l news.List, p news.Pace, follows []news.Subject) (string, error) {
	e, err := a.edition(tx, language)
	if err != nil {
		return "", err
	}
	switch {
	case l == news.Stories && p == news.Weekly:
		return e.words.T("letters.why_weekly", "name", e.settings.Name), nil
	case l == news.Stories:
		return e.words.T("letters.why_at_once", "name", e.settings.Name), nil
	}
	names, err := e.named(follows)
	return e.words.T("letters.why_followed", "names", names), err
}

func (e edition) address(st stories.Story) string {
	return e.Config.Base.String() + stories.Address(st.Slug)
}

// byline reads the names of stories' authors, by their ID.
func (e edition) byline(list []stories.Story) (map[string]string, error) {
	var ids []string
	for _, st := range list {
		ids = append(ids, st.Authors...)
	}
	found, err := e.Members.ProfilesByID(e.tx, ids)
	names := make(map[string]string, len(found))
	for id, p := range found {
		names[id] = p.Name
	}
	return names, err
}

// about is who wrote a story and how long it takes to read.
func (e edition) about(st stories.Story, names map[string]string) string {
	var by []string
	for _, id := range st.Authors {
		by = append(by, names[id])
	}
	return e.words.T("letters.about_story", "names", strings.Join(by, ", "), "minutes", e.words.T("story.minutes", "count", st.ReadingMinutes()))
}

// named names what somebody follows.
func (e edition) named(list []news.Subject) (string, error) {
	byKind := map[news.Kind][]string{}
	for _, of := range list {
		byKind[of.Kind] = append(byKind[of.Kind], of.ID)
	}
	authors, err := e.Members.ProfilesByID(e.tx, byKind[news.Author])
	if err != nil {
		return "", err
	}
	filed, err := e.Topics.ByIDs(e.tx, byKind[news.Topic])
	if err != nil {
		return "", err
	}
	var names []string
	for _, of := range list {
		name := authors[of.ID].Name
		if of.Kind == news.Topic {
			name = filed[of.ID].Name
		}
		if name != "" {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", "), nil
}

func (e edition) write(subject string, blocks []render.Block, s news.Slots) (news.Text, error) {
	letter := render.Letter{Language: e.words.Language, From: e.settings.Name, Subject: mail.HeaderText(subject), Blocks: blocks,
		Why: s.Why, End: s.End, EndLabel: e.words.T("letters.end_label")}
	html, plain, err := e.Public.Renderer.Letter(letter)
	return news.Text{Subject: letter.Subject, Plain: plain, HTML: html}, err
}

// told are those of some stories that can be read, as news knows them.
func (a newsLetters) told(tx *db.Tx, ids []string) ([]news.Story, error) {
	list, err := a.Stories.ByIDs(tx, ids)
	out := make([]news.Story, len(list))
	for i, st := range list {
		out[i] = news.Story{ID: st.ID, Authors: st.Authors, Topics: st.Topics}
	}
	return out, err
}

// storyPublished lets letters about a new story go out.
func (a *App) storyPublished(ctx context.Context, j *jobs.Job) error {
	var appeared stories.Appeared
	if err := j.Payload(&appeared); err != nil {
		return err
	}
	return a.DB.Update(ctx, func(tx *db.Tx) error {
		if err := a.News.StoryPublished(tx, appeared.ID, appeared.At, appeared.Fresh); err != nil {
			return err
		}
		return j.Done(tx)
	})
}

// storyTakenBack keeps letters about a story from leaving.
func (a *App) storyTakenBack(ctx context.Context, j *jobs.Job) error {
	var changed stories.Changed
	if err := j.Payload(&changed); err != nil {
		return err
	}
	return a.DB.Update(ctx, func(tx *db.Tx) error {
		if err := a.News.StoryTakenBack(tx, changed.ID); err != nil {
			return err
		}
		return j.Done(tx)
	})
}

// answer says what is written to an address that somebody wants letters to go to: the
// same to every one, and nothing to those who are kept out.
func (a newsLetters) answer(tx *db.Tx, asked proofs.Asked) (proofs.Answer, error) {
	answer := proofs.Answer{Purpose: proofs.Subscribe, Payload: asked.Payload, Life: proofs.ConfirmLife}
	account, err := a.Members.AccountByEmail(tx, asked.Address.Key())
	switch {
	case err == nil:
		answer.Subject = account.ID
	case !problem.Is(err, problem.NotFound):
		return proofs.Answer{}, err
	default:
		if out, err := a.Joining.ShutOut(tx, asked.Address.Key()); err != nil || out {
			return proofs.Answer{}, err
		}
	}
	answer.Letter = func(x proofs.Secrets) (mail.Letter, error) {
		return memberLetters(a).letter(tx, account.Language, letterWords{kind: "subscribe", subject: "letter.subscribe.subject", text: "letter.subscribe.text",
			button: "letter.subscribe.button", path: "/subscribe/" + x.Link, end: "letter.subscribe.end", secrets: proofs.Secrets{Link: x.Link}})
	}
	return answer, nil
}
