package replying

import (
	"context"
	"log/slog"

	"waypost/internal/db"
	"waypost/replies"
	"waypost/spam"
	"waypost/spam/labels"
)

// byModerator is the source of labels that come of decisions at the desk.
const byModerator = "moderator"

// judge asks the filter, as sternly as the settings say.
func (r *Replying) judge(m spam.Message, s replies.Settings) (spam.Verdict, error) {
	return r.Labels.Check(m, spam.Settings{Lost: harm(s.Lost), Shown: harm(s.Leaked)}.Thresholds())
}

// ready lets the filter learn what was decided. What goes wrong holds replies, so somebody
// must hear of it.
func (r *Replying) ready(ctx context.Context) error {
	err := r.Labels.Ready(ctx)
	if err != nil {
		r.Log.Error("the filter cannot learn what was decided; replies are held", "error", err)
	}
	return err
}

func harm(g replies.Grave) spam.Harm {
	switch g {
	case replies.Mild:
		return spam.Slight
	case replies.Severe:
		return spam.Grave
	}
	return spam.Bad
}

func (r *Replying) learn(tx *db.Tx, l replies.Lesson) error {
	return r.Labels.Add(tx, labels.Label{Subject: l.ReplyID, Batch: l.Batch, Source: byModerator, AccountID: l.AccountID, Spam: l.Spam, Verdict: l.Verdict, Message: l.Message})
}

// WarnOfUnread says in the log that the filter knows less than it could.
func WarnOfUnread(ctx context.Context, d *db.DB, log *slog.Logger) error {
	return d.View(ctx, func(tx *db.Tx) error {
		n, err := labels.Unread(tx)
		if n > 0 {
			log.Warn("decisions that another version of the filter read do not count until waypost spam rebuild has been run", "decisions", n)
		}
		return err
	})
}
