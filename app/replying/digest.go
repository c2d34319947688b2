package replying

import (
	"strconv"
	"time"

	"waypost/internal/db"
	"waypost/internal/jobs"
	"waypost/members"
	"waypost/replies"
	"waypost/replies/reported"
	"waypost/web/messages"
	"waypost/web/render"
)

// jobDigest tells moderators how much waits, and what readers reported of what they see.
const jobDigest = "replies.digest-due"

// pace is the payload of jobDigest: the kind of letters that it writes.
type pace struct {
	Kind string `json:"kind"`
}

// morning is the hour at which moderators hear of what waits.
const morning = 8

// Waits sees that moderators hear of what waits: each morning, and within the hour where
// the settings say so. Who wants which is theirs.
func (l *Letters) Waits(tx *db.Tx) error {
	settings, err := l.Replies.SettingsIn(tx)
	if err != nil || settings.Digest == replies.Never {
		return err
	}
	if settings.Digest == replies.Hourly {
		next := l.Clock().Truncate(time.Hour).Add(time.Hour)
		if err := l.Jobs.Enqueue(tx, jobDigest, pace{replies.LetterHourly}, jobs.At(next), jobs.Once(replies.LetterHourly)); err != nil {
			return err
		}
	}
	return l.inTheMorning(tx)
}

func (l *Letters) inTheMorning(tx *db.Tx) error {
	settings, err := l.Community.SettingsIn(tx)
	if err != nil {
		return err
	}
	now := l.Clock().In(settings.Location())
	next := time.Date(now.Year(), now.Month(), now.Day(), morning, 0, 0, 0, now.Location())
	if !next.After(now) {
		next = next.AddDate(0, 0, 1)
	}
	return l.Jobs.Enqueue(tx, jobDigest, pace{replies.LetterDaily}, jobs.At(next), jobs.Once(replies.LetterDaily))
}

// mostReported is how far what was reported is counted.
const mostReported = 1_000

// due is what moderators are told of.
type due struct {
	replies.Backlog
	Reported int // that readers see
}

func (l *Letters) due(tx *db.Tx) (d due, err error) {
	if d.Backlog, err = l.Replies.BacklogIn(tx); err != nil {
		return d, err
	}
	d.Reported, err = reported.Shown(tx, mostReported)
	return d, err
}

// digest writes to the moderators who want letters at this pace, if something waits or was
// reported, and comes again the next morning as long as something does.
func (l *Letters) digest(tx *db.Tx, j *jobs.Job) error {
	var p pace
	if err := j.Payload(&p); err != nil {
		return err
	}
	settings, err := l.Replies.SettingsIn(tx)
	if err != nil || settings.Digest == replies.Never || p.Kind == replies.LetterHourly && settings.Digest != replies.Hourly {
		return err
	}
	waits, err := l.due(tx)
	if err != nil || waits.Held+waits.Reported == 0 {
		return err
	}
	told, err := l.Members.WithRole(tx, p.Kind, members.Owner, members.Moderator)
	if err != nil {
		return err
	}
	for _, a := range told {
		if err := l.digestTo(tx, a, p.Kind, waits); err != nil {
			return err
		}
	}
	if p.Kind == replies.LetterHourly {
		return nil
	}
	return l.inTheMorning(tx)
}

func (l *Letters) digestTo(tx *db.Tx, a members.Account, kind string, waits due) error {
	community, err := l.Community.SettingsIn(tx)
	if err != nil {
		return err
	}
	now := l.Clock()
	words := l.Renderer().Catalog(a.Language)
	if a.Language == "" {
		words = l.Renderer().Catalog(community.Language)
	}
	subject, args := "letter.reply.held_subject", []any{"held", words.T("letter.reply.held", "count", waits.Held), "oldest", oldest(words, now.Sub(waits.Oldest))}
	if waits.Held == 0 {
		subject, args = "letter.reply.reported_subject", []any{"count", waits.Reported}
	}
	return l.post(tx, note{kind: "replies-held", key: kind + ":" + a.ID + ":" + strconv.FormatInt(now.Truncate(time.Hour).Unix(), 10), to: a.Email, language: words.Language,
		token: l.Replies.MemberToken(kind, a.ID), subject: subject, args: args, why: "letter.reply.why_held", blocks: func(words *messages.Catalog) []render.Block {
			return l.digestBlocks(words, waits, community.Name)
		}})
}

func (l *Letters) digestBlocks(words *messages.Catalog, waits due, community string) (blocks []render.Block) {
	part := func(text, open string, count int, query string) {
		if count > 0 {
			blocks = append(blocks, render.LetterText(words.T(text, "count", count, "community", community)),
				render.LetterButton(words.T(open), l.at("/desk/replies")+query))
		}
	}
	part("letter.reply.held_text", "letter.reply.held_open", waits.Held, "")
	part("letter.reply.reported_text", "letter.reply.reported_open", waits.Reported, "?reported=yes")
	return blocks
}

// oldest says how long something has waited.
func oldest(words *messages.Catalog, waited time.Duration) string {
	const days = 48 * time.Hour
	switch hours := int(waited / time.Hour); {
	case hours < 1:
		return words.T("letter.reply.oldest_now")
	case waited < days:
		return words.T("letter.reply.oldest_hours", "count", hours)
	default:
		return words.T("letter.reply.oldest_days", "count", hours/24)
	}
}
