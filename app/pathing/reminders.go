package pathing

import (
	"cmp"
	"fmt"
	"time"

	"waypost/internal/db"
	"waypost/internal/jobs"
	"waypost/internal/mail"
	"waypost/internal/problem"
	"waypost/web/render"
)

// jobRemind writes what is due.
const jobRemind = "paths.remind"

const (
	remindEvery = 15 * time.Minute
	atATime     = 200 // members a transaction
)

// Handle says who does what.
func (l *Pathing) Handle() { l.Jobs.HandleAtOnce(jobRemind, l.remind) }

// Schedule sees that the job runs.
func (l *Pathing) Schedule(tx *db.Tx) error { return l.again(tx, remindEvery) }

func (l *Pathing) again(tx *db.Tx, in time.Duration) error {
	return l.Jobs.Enqueue(tx, jobRemind, struct{}{}, jobs.At(l.Clock().Add(in)), jobs.Once(jobRemind))
}

// remind writes to each member of whom something is due: one letter, whatever it is.
func (l *Pathing) remind(tx *db.Tx, _ *jobs.Job) error {
	due, err := l.Paths.Due(tx, atATime)
	if err != nil {
		return err
	}
	for _, member := range due {
		if err := l.write(tx, member); err != nil {
			return err
		}
	}
	if len(due) == atATime {
		return l.again(tx, 0)
	}
	return l.again(tx, remindEvery)
}

func (l *Pathing) write(tx *db.Tx, member string) error {
	if err := l.Paths.Reminded(tx, member); err != nil {
		return err
	}
	account, err := l.Members.AccountByID(tx, member)
	if problem.Is(err, problem.NotFound) || err == nil && account.Email == "" {
		return nil
	}
	if err != nil {
		return err
	}
	settings, err := l.Community.SettingsIn(tx)
	if err != nil {
		return err
	}
	words := l.Renderer().Catalog(cmp.Or(account.Language, settings.Language))
	letter := render.Letter{Language: words.Language, From: settings.Name, Subject: mail.HeaderText(words.T("letter.path.due", "community", settings.Name)),
		Blocks: []render.Block{render.LetterText(words.T("letter.path.due_text")), render.LetterButton(words.T("letter.path.open"), l.Base.JoinPath("/path/check-in").String())},
		Why:    words.T("letter.path.why")}
	html, text, err := l.Renderer().Letter(letter)
	if err != nil {
		return fmt.Errorf("write a reminder: %w", err)
	}
	return l.Mail.Post(tx, mail.Letter{Kind: "path-due", Key: "path-due:" + member + ":" + l.Clock().Format(time.DateOnly), To: account.Email,
		Subject: letter.Subject, Text: text, HTML: html, Secret: true})
}
