package replying

import (
	"cmp"
	"fmt"
	"net/url"
	"unicode/utf8"

	"waypost/internal/clock"
	"waypost/internal/db"
	"waypost/internal/jobs"
	"waypost/internal/mail"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/replies"
	"waypost/stories"
	"waypost/web/messages"
	"waypost/web/render"
)

// Letters writes to those whom replies concern.
type Letters struct {
	*Replying
	Clock    clock.Clock
	Jobs     *jobs.Queue
	Replies  *replies.Service
	Mail     *mail.Outbox
	Base     *url.URL
	Renderer func() *render.Renderer
	// Barred reports an address that nobody writes to.
	Barred func(tx *db.Tx, key string) (bool, error)
}

// Handle names who does what about what happened to replies.
func (l *Letters) Handle() {
	l.Jobs.HandleAtOnce(replies.JobPublished, l.published) // the story's authors and who is answered get a letter
	l.Jobs.HandleAtOnce(replies.JobWave, l.wave)           // owners hear of it once
	l.Jobs.HandleAtOnce(jobDigest, l.digest)               // moderators hear of what waits
}

// list is what mail programs file these letters under; one click ends them.
const list = "replies"

// note is a letter in the making.
type note struct {
	kind     string // of the letter
	key      string
	to       string
	language string
	token    string // ends such letters
	subject  string // a message key
	args     []any
	by       string // who wrote what it is about; empty for no name
	why      string // a message key
	secret   bool
	blocks   func(words *messages.Catalog) []render.Block
}

func (l *Letters) post(tx *db.Tx, n note) error {
	settings, err := l.Community.SettingsIn(tx)
	if err != nil {
		return err
	}
	words := l.Renderer().Catalog(cmp.Or(n.language, settings.Language))
	end := l.at("/letters/answers/" + n.token)
	letter := render.Letter{Language: words.Language, From: settings.Name, Subject: mail.HeaderText(words.T(n.subject, append(n.args, "community", settings.Name, "name", named(words, n.by))...)),
		Blocks: n.blocks(words), Why: words.T(n.why, "community", settings.Name), End: end, EndLabel: words.T("letters.end_label")}
	html, text, err := l.Renderer().Letter(letter)
	if err != nil {
		return fmt.Errorf("write of replies: %w", err)
	}
	return l.Mail.Post(tx, mail.Letter{Kind: n.kind, Key: n.key, To: n.to, Subject: letter.Subject, Text: text, HTML: html, List: list, Unsubscribe: end, Secret: n.secret})
}

func (l *Letters) at(path string) string { return l.Base.JoinPath(path).String() }

// readable finds a story that readers may read.
func (l *Letters) readable(tx *db.Tx, id string) (stories.Story, bool, error) {
	st, err := l.Stories.ByID(tx, id)
	if problem.Is(err, problem.NotFound) {
		return st, false, nil
	}
	return st, err == nil && (st.State == stories.Published || st.State == stories.Archived), err
}

// published tells who is answered, and the authors of the story. Whoever wrote the reply
// knows of it, and nobody is told twice.
func (l *Letters) published(tx *db.Tx, j *jobs.Job) error {
	var e replies.Event
	if err := j.Payload(&e); err != nil {
		return err
	}
	r, err := l.Replies.ByID(tx, e.ReplyID)
	if problem.Is(err, problem.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	st, open, err := l.readable(tx, r.StoryID)
	if err != nil || !open {
		return err
	}
	answered, err := l.answered(tx, r, st)
	if err != nil {
		return err
	}
	authors, err := l.Members.Holders(tx, replies.LetterReceived, nil, st.Authors)
	if err != nil {
		return err
	}
	for _, a := range authors {
		if a.ID == r.AccountID || a.ID == answered {
			continue
		}
		n := l.about(r, st, "letter.reply.received", "letter.reply.why_received")
		n.to, n.language, n.token = a.Email, a.Language, l.Replies.MemberToken(replies.LetterReceived, a.ID)
		n.key += a.ID
		if err := l.post(tx, n); err != nil {
			return err
		}
	}
	return nil
}

// answered tells whoever wrote what a reply answers, if they wanted to hear of it, and
// returns their account. An address that nobody has confirmed is asked once, and gets no
// word that anybody else chose.
func (l *Letters) answered(tx *db.Tx, r replies.Reply, st stories.Story) (string, error) {
	if r.ParentID == "" {
		return "", nil
	}
	w, wanted, err := l.Replies.Watching(tx, r.ParentID)
	if err != nil || !wanted {
		return "", err
	}
	if same, err := l.Replies.SameWriter(tx, r.ID, r.ParentID); err != nil || same {
		return "", err
	}
	if w.AccountID != "" {
		return l.answeredMember(tx, r, st, w.AccountID)
	}
	if barred, err := l.Barred(tx, w.Email); err != nil || barred {
		return "", err
	}
	if !w.Confirmed {
		return "", l.ask(tx, w.Email, st)
	}
	if few, err := l.Replies.MayTell(tx, w.Email); err != nil || !few {
		return "", err
	}
	n := l.about(r, st, "letter.reply.answered", "letter.reply.why_answered")
	n.to, n.language, n.token = w.Email, st.Language, w.Token
	n.key += "watcher"
	return "", l.post(tx, n)
}

func (l *Letters) answeredMember(tx *db.Tx, r replies.Reply, st stories.Story, accountID string) (string, error) {
	accounts, err := l.Members.Holders(tx, replies.LetterAnswered, []string{accountID}, nil)
	if err != nil || len(accounts) == 0 {
		return "", err
	}
	a := accounts[0]
	n := l.about(r, st, "letter.reply.answered", "letter.reply.why_answered")
	n.to, n.language, n.token = a.Email, a.Language, l.Replies.MemberToken(replies.LetterAnswered, a.ID)
	n.key += a.ID
	return a.ID, l.post(tx, n)
}

// ask writes the one letter that an address gets before its holder has said anything.
func (l *Letters) ask(tx *db.Tx, email string, st stories.Story) error {
	token, first, err := l.Replies.AskOnce(tx, email)
	if err != nil || !first {
		return err
	}
	settings, err := l.Community.SettingsIn(tx)
	if err != nil {
		return err
	}
	return l.post(tx, note{kind: "reply-ask", to: email, language: st.Language, token: token, subject: "letter.reply.ask", args: []any{"title", st.Title}, why: "letter.reply.why_ask", secret: true,
		blocks: func(words *messages.Catalog) []render.Block {
			return []render.Block{render.LetterText(words.T("letter.reply.ask_text", "title", st.Title, "community", settings.Name)),
				render.LetterButton(words.T("letter.reply.ask_open"), l.at("/letters/answers/"+token))}
		}})
}

// Missed tells of the answers that came before an address was confirmed.
func (l *Letters) Missed(tx *db.Tx, missed []replies.Reply, to replies.Listener) error {
	var told []replies.Reply
	var titles []string
	language := ""
	for _, r := range missed {
		st, open, err := l.readable(tx, r.StoryID)
		if err != nil {
			return err
		}
		if same, err := l.Replies.SameWriter(tx, r.ID, r.ParentID); err != nil {
			return err
		} else if open && !same {
			language = st.Language
			told, titles = append(told, r), append(titles, st.Title)
		}
	}
	if len(told) == 0 {
		return nil
	}
	return l.post(tx, note{kind: kindReply, to: to.Email, language: language, token: to.Token, subject: "letter.reply.missed", args: []any{"count", len(told)}, why: "letter.reply.why_answered",
		blocks: func(words *messages.Catalog) []render.Block {
			items := make([]render.Block, len(told))
			for i, r := range told {
				items[i] = render.LetterItem(titles[i], l.at("/replies/"+r.ID), named(words, r.Name), excerpt(r.Body))
			}
			return items
		}})
}

// Unsay takes back letters about a reply that still wait, because readers do not see it any
// more or its writer's name was taken off.
func (l *Letters) Unsay(tx *db.Tx, r replies.Reply) error {
	return l.Mail.Withdraw(tx, kindReply, r.Written, keyOf(r))
}

// kindReply is that of letters on one reply, or on some.
const kindReply = "reply"

// keyOf begins the key of each letter about a reply.
func keyOf(r replies.Reply) string { return "reply:" + r.ID + ":" }

// about is a letter on one reply.
func (l *Letters) about(r replies.Reply, st stories.Story, subject, why string) note {
	return note{kind: kindReply, key: keyOf(r), subject: subject, args: []any{"title", st.Title}, by: r.Name, why: why, blocks: func(words *messages.Catalog) []render.Block {
		return []render.Block{render.LetterText(words.T("letter.reply.wrote", "name", named(words, r.Name))), render.LetterQuote(excerpt(r.Body)),
			render.LetterButton(words.T("letter.reply.open"), l.at("/replies/"+r.ID))}
	}}
}

// named is what a writer is called, also one who took their name off.
func named(words *messages.Catalog, name string) string {
	return cmp.Or(name, words.T("reply.somebody"))
}

// mostExcerpt is how much of a reply a letter holds.
const mostExcerpt = 600

func excerpt(body string) string {
	if utf8.RuneCountInString(body) <= mostExcerpt {
		return body
	}
	return string([]rune(body)[:mostExcerpt]) + "…"
}

// wave tells the owners that much comes at once, once a day at most.
func (l *Letters) wave(tx *db.Tx, _ *jobs.Job) error {
	owners, err := l.Members.WithRole(tx, replies.LetterWave, members.Owner)
	if err != nil {
		return err
	}
	settings, err := l.Community.SettingsIn(tx)
	if err != nil {
		return err
	}
	day := l.Clock().In(settings.Location()).Format("2006-01-02")
	for _, a := range owners {
		err := l.post(tx, note{kind: "replies-wave", key: "replies-wave:" + a.ID + ":" + day, to: a.Email, language: a.Language, token: l.Replies.MemberToken(replies.LetterWave, a.ID),
			subject: "letter.reply.wave", why: "letter.reply.why_wave", blocks: func(words *messages.Catalog) []render.Block {
				return []render.Block{render.LetterText(words.T("letter.reply.wave_text")), render.LetterButton(words.T("letter.reply.held_open"), l.at("/desk/replies"))}
			}})
		if err != nil {
			return err
		}
	}
	return nil
}
