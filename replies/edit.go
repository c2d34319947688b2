package replies

import (
	"cmp"
	"context"
	"fmt"

	"waypost/internal/db"
	"waypost/internal/limits"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/replies/earlier"
	"waypost/replies/reported"
	"waypost/replies/sources"
)

// Sender is who wants to change a reply: whoever is signed in, whether the browser proved
// that it sent the reply, and the network that they are in.
type Sender struct {
	By      members.Actor
	Sent    bool
	Network string
}

// Edit puts another text into a reply and has it looked at again; what readers saw and
// the filter now doubts waits. Forbidden: the time for it is over; TooMany: it was changed
// too often, or too much comes from there.
func (s *Service) Edit(ctx context.Context, who Sender, id, body string) (Posted, error) {
	return s.change(ctx, who.By, who.Network, body, func(tx *db.Tx) (Reply, error) { return s.Changeable(tx, who, id) })
}

// Whose tells by what replies are somebody's: a member wrote them, they came with an
// address that is theirs, or their browser proves that it sent them and nobody has taken
// off since what leads to who wrote them.
type Whose struct {
	By      members.Actor
	Email   string
	Sent    []string
	Network string // that they ask from
}

// Correct is Edit for whoever has shown once more who they are, however long ago the reply
// was written and whatever answers it. NotFound: it is none of theirs; Forbidden: a
// moderator refused it.
func (s *Service) Correct(ctx context.Context, w Whose, id, body string) (Posted, error) {
	return s.change(ctx, w.By, w.Network, body, func(tx *db.Tx) (Reply, error) { return s.Correctable(tx, w, id) })
}

// Written lists the replies that are somebody's, the latest first, from behind one: one more than limit if it goes on.
func (s *Service) Written(tx *db.Tx, w Whose, after string, limit int) ([]Reply, error) {
	query, args := w.written()
	query = fmt.Sprintf(`%s AND r.id < $%d ORDER BY r.id DESC LIMIT $%d`, query, len(args)+1, len(args)+2)
	return db.List(tx, scanReply, query, append(args, cmp.Or(after, "z"), limit+1)...) // no identifier begins with z
}

// WrittenBy finds one of them.
func (s *Service) WrittenBy(tx *db.Tx, w Whose, id string) (Reply, error) {
	query, args := w.written()
	r, err := scanReply(tx.QueryRow(fmt.Sprintf(`%s AND r.id = $%d`, query, len(args)+1), append(args, id)...))
	if db.Missing(err) {
		err = notFound()
	}
	return r, err
}

// Correctable is WrittenBy for a reply that no moderator refused.
func (s *Service) Correctable(tx *db.Tx, w Whose, id string) (Reply, error) {
	r, err := s.WrittenBy(tx, w, id)
	if err != nil {
		return r, err
	}
	c, err := checkOf(tx, id)
	if err == nil && c.refused(r) {
		err = problem.New(problem.Forbidden, "reply.edit_over")
	}
	return r, err
}

// refused reports that a moderator took a reply for spam.
func (c check) refused(r Reply) bool { return r.State == Spam && c.held == ByDecision }

// led is the condition for replies from which an account or an address leads to who wrote them.
const led = `(r.account_id IS NOT NULL OR EXISTS (SELECT 1 FROM reply_checks k WHERE k.reply_id = r.id AND k.email <> ''))`

// Led reports that something still leads from a reply to who wrote it.
func (s *Service) Led(tx *db.Tx, id string) (bool, error) {
	return db.Value[bool](tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM replies r WHERE r.id = $1 AND `+led+`)`, id))
}

func (w Whose) written() (query string, args []any) {
	sent, args := db.In(3, w.Sent)
	return `SELECT ` + columns + ` FROM replies r WHERE r.state <> 'trash' AND r.erased_at IS NULL AND (r.account_id = $1
		OR r.id IN (SELECT reply_id FROM reply_checks WHERE email = $2 AND email <> '') OR r.id IN ` + sent + ` AND ` + led + `)`, append([]any{orNone(w.By.AccountID), orNone(w.Email)}, args...)
}

// change puts another text into the reply that find finds, if it does.
func (s *Service) change(ctx context.Context, by members.Actor, network, body string, find func(tx *db.Tx) (Reply, error)) (p Posted, err error) {
	broken := s.Ready(ctx)
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		was, err := find(tx)
		if err != nil {
			return err
		}
		if (Draft{Body: body}).tidy().Body == was.Body { // nothing to look at again
			p = Posted{Reply: was, Held: heldNow(was)}
			return nil
		}
		w, err := s.reweigh(tx, by, network, was, body)
		if err != nil {
			return err
		}
		before := w.check.held
		s.judge(&w, broken)
		p, err = s.edit(tx, was, w, before)
		return err
	})
	return p, err
}

// Changeable finds a reply that its writer may still change; Forbidden if the time is over, or a
// moderator refused it.
func (s *Service) Changeable(tx *db.Tx, who Sender, id string) (Reply, error) {
	r, err := s.Any(tx, id)
	if err != nil {
		return r, err
	}
	c, err := checkOf(tx, id)
	if err == nil && (c.refused(r) || !r.Changeable(who.By, who.Sent, s.Clock())) {
		err = problem.New(problem.Forbidden, "reply.edit_over")
	}
	return r, err
}

// reweigh is weigh for a reply that is here already, changed from a network.
func (s *Service) reweigh(tx *db.Tx, by members.Actor, network string, r Reply, body string) (w weighed, err error) {
	c, err := checkOf(tx, r.ID)
	if err != nil {
		return w, err
	}
	d := Draft{StoryID: r.StoryID, Body: body, Name: r.Name, By: members.Actor{AccountID: r.AccountID}, From: Origin{Network: c.network, Agent: c.agent, OnForm: c.onForm}}.tidy()
	var f problem.Fields
	checkBody(&f, d.Body)
	if err := f.Err(); err != nil {
		return w, err
	}
	trusted, err := s.trusted(tx, r, r.own(by) && s.moderator(by))
	if err != nil {
		return w, err
	}
	if !trusted {
		if err := s.take(tx, limits.Limit{Name: "reply:edit:" + r.ID, Rate: s.Rates.Edit}, s.ofNetwork(network)); err != nil {
			return w, err
		}
	}
	w.draft = d
	if w.settings, err = s.SettingsIn(tx); err != nil {
		return w, err
	}
	if w.story, err = s.Story(tx, r.StoryID); err != nil {
		return w, err
	}
	if r.Rendered, err = s.Render(tx, d.Body, w.story.Language); err != nil {
		return w, err
	}
	r.Body = d.Body
	w.reply, w.check = r, c
	w.check.network = cmp.Or(network, c.network)
	w.check.likeness = s.Marks.Likeness(d.Body)
	w.facts = circumstances{links: sources.Links(d.Body, r.Rendered.HTML)}
	if w.facts.writer, err = judgedOf(tx, c.email, r.AccountID); err != nil {
		return w, err
	}
	w.facts.writer.trusted = trusted
	if w.facts.blocked, err = s.blocked(tx, &w); err != nil {
		return w, err
	}
	w.facts.repeats, w.facts.wave, err = earlier.Late(tx, r.ID, w.check.likeness, r.StoryID, s.Clock())
	return w, err
}

// edit writes the text down. Why the reply waited before tells whether a person was promised.
func (s *Service) edit(tx *db.Tx, was Reply, w weighed, before Held) (Posted, error) {
	to, held := w.reply.State, w.check.held
	if was.State != Published && to == Published {
		to, held = was.State, ByEdit // it waits, and whoever looks sees the new text
	}
	switch {
	case was.State == Spam:
		to = Spam
	case was.State == Pending && (before == ByAppeal || before == ByReports):
		to, held = Pending, before
	}
	was.Body, was.Rendered = w.reply.Body, w.reply.Rendered
	changed, err := rewrite(tx, was, w.check, s.Clock())
	if err != nil {
		return Posted{}, fmt.Errorf("change reply %s: %w", was.ID, err)
	}
	if !changed {
		return Posted{}, problem.New(problem.Conflict, "reply.changed")
	}
	if err := reported.Changed(tx, was.ID); err != nil {
		return Posted{}, err
	}
	was.Version++
	now := was
	if to != was.State {
		if now, err = s.put(tx, was, to, held, ""); err != nil {
			return Posted{}, err
		}
	} else if was.State == Pending && (held == ByEdit || held == ByRepeat) {
		if err := note(tx, was.ID, held, "", s.Clock()); err != nil {
			return Posted{}, err
		}
	} else if was.State == Published {
		s.Keeper.Forget(tx, Tag(was.StoryID), TagLatest)
		c, err := checkOf(tx, was.ID) // again: until the text was written, somebody may have decided
		if err == nil && c.decided {
			err = note(tx, was.ID, ByEdit, "", s.Clock())
		}
		if err != nil {
			return Posted{}, err
		}
	}
	now.Edited = s.Clock()
	return Posted{Reply: now, Held: held}, nil
}

// Withdraw is a writer's own deletion. The place stays while something answers it, the
// same text may be sent again, and what the filter learned of it is unlearned.
func (s *Service) Withdraw(ctx context.Context, who Sender, id string) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		r, err := s.Changeable(tx, who, id)
		if err != nil {
			return err
		}
		if _, err = s.put(tx, r, Trash, ByWriter, ""); err != nil {
			return err
		}
		if err := sendable(tx, id); err != nil {
			return err
		}
		return s.Drop(tx, []string{id})
	})
}

// sendable lets the text of a reply come again.
func sendable(tx *db.Tx, id string) error {
	if _, err := tx.Exec(`UPDATE reply_checks SET same = NULL WHERE reply_id = $1`, id); err != nil {
		return fmt.Errorf("let the text of reply %s come again: %w", id, err)
	}
	return nil
}

// put moves a reply to another state, with all that follows for readers.
func (s *Service) put(tx *db.Tx, r Reply, to State, held Held, by string) (Reply, error) {
	moved, err := move(tx, r, to)
	if err != nil {
		return r, fmt.Errorf("move reply %s: %w", r.ID, err)
	}
	if !moved {
		return r, problem.New(problem.Conflict, "reply.changed")
	}
	was := r.State
	r.State, r.Version = to, r.Version+1
	if err := note(tx, r.ID, held, by, s.Clock()); err != nil {
		return r, err
	}
	if was == Published {
		if err := s.unseen(tx, r); err != nil {
			return r, err
		}
	}
	return r, s.arrived(tx, r)
}
