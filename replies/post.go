package replies

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"waypost/internal/db"
	"waypost/internal/jobs"
	"waypost/internal/limits"
	"waypost/internal/mail"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/replies/counts"
	"waypost/replies/earlier"
	"waypost/replies/places"
	"waypost/replies/sources"
	"waypost/spam"
)

// Posted is what became of a reply that was sent.
type Posted struct {
	Reply
	Held  Held // why it waits or was taken for spam; empty: readers see it
	Again bool // it was here already: the same text, sent twice
}

// weighed is a draft with all that was found out before it is written down.
type weighed struct {
	draft    Draft
	story    Story
	parent   Reply
	settings Settings
	email    mail.Address
	sender   string // by which their limit goes
	reply    Reply
	check    check
	facts    circumstances
	block    string // that it runs into
}

// Post takes a reply. What is wrong with it comes as the fields of a problem; Conflict:
// the story is closed, or what it answers is gone; TooMany: too much came from there.
func (s *Service) Post(ctx context.Context, d Draft) (Posted, error) {
	return s.Receive(ctx, func(tx *db.Tx) (Draft, Story, error) {
		st, err := s.Story(tx, d.StoryID)
		return d, st, err
	})
}

// Receive is Post for a draft and its story that are found when all else is looked up.
func (s *Service) Receive(ctx context.Context, find func(tx *db.Tx) (Draft, Story, error)) (Posted, error) {
	p, err := s.receive(ctx, find, false, nil)
	if errors.Is(err, errBehind) {
		p, err = s.receive(ctx, find, true, s.Ready(ctx))
	}
	return p, err
}

// errBehind undoes a reply until the filter knows what was decided.
var errBehind = errors.New("replies: the filter has to catch up")

// receive finds out and writes down in one transaction, the connection of which has at
// hand what it reads. Whoever is refused is refused before anything takes long.
func (s *Service) receive(ctx context.Context, find func(tx *db.Tx) (Draft, Story, error), caughtUp bool, broken error) (p Posted, err error) {
	var same string
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		d, st, err := find(tx)
		if err != nil {
			return err
		}
		w := weighed{draft: d.tidy(), story: st}
		if err := s.place(tx, &w); err != nil {
			return err
		}
		if err := s.who(tx, &w); err != nil {
			return err
		}
		same = w.check.same
		// The key alone would refuse what shares a transaction before that is on disk.
		if p, err = again(tx, same); !db.Missing(err) {
			return err
		}
		if err := s.admit(tx, &w); err != nil {
			return err
		}
		if behind, err := s.Behind(tx); err != nil || behind && !caughtUp {
			return cmp.Or(err, errBehind)
		}
		if err := s.weigh(tx, &w); err != nil {
			return err
		}
		s.judge(&w, broken)
		p, err = s.post(tx, w)
		return err
	})
	if db.Duplicate(err) { // sent twice at the same moment, to two nodes
		err = s.DB.View(ctx, func(tx *db.Tx) error {
			p, err = again(tx, same)
			return err
		})
	}
	return p, err
}

// again finds the reply that is here already.
func again(tx *db.Tx, same string) (Posted, error) {
	id, err := known(tx, same)
	if err != nil {
		return Posted{}, err
	}
	before, err := byID(tx, id)
	return Posted{Reply: before, Held: heldNow(before), Again: true}, err
}

// place finds the reply that a draft answers, if the story takes any.
func (s *Service) place(tx *db.Tx, w *weighed) (err error) {
	if w.email, err = w.draft.check(); err != nil {
		return err
	}
	if w.settings, err = s.SettingsIn(tx); err != nil {
		return err
	}
	if !w.settings.Open(w.story.Published, s.Clock(), false) {
		return problem.New(problem.Conflict, "reply.closed")
	}
	if w.draft.ParentID == "" {
		return nil
	}
	w.parent, err = byID(tx, w.draft.ParentID)
	if db.Missing(err) || err == nil && (w.parent.StoryID != w.story.ID || w.parent.State != Published || w.parent.Erased) {
		return problem.New(problem.Conflict, "reply.parent_gone")
	}
	return err
}

// who finds out who writes.
func (s *Service) who(tx *db.Tx, w *weighed) (err error) {
	d, email := w.draft, w.email.Key()
	r := Reply{ID: s.IDs.New(), StoryID: w.story.ID, ParentID: d.ParentID, Name: d.Name, Body: d.Body, Written: s.Clock(), AccountID: d.By.AccountID, Version: 1}
	sender := email
	if r.AccountID != "" {
		sender, email = "account "+r.AccountID, ""
		r.Name, r.ProfileID, err = s.Named(tx, r.AccountID)
	} else {
		w.facts.alike, err = s.Naming(tx, d.Name)
	}
	if err != nil {
		return err
	}
	w.reply, w.sender = r, sender
	w.check = check{email: email, network: d.From.Network, agent: d.From.Agent, onForm: d.From.OnForm, same: s.Marks.Same(d.StoryID, d.ParentID, sender, d.Body)}
	w.facts.writer.trusted, err = s.trusted(tx, r, s.moderator(d.By))
	return err
}

// admit refuses what is too much, and what comes to a story that was closed by hand.
func (s *Service) admit(tx *db.Tx, w *weighed) error {
	if err := s.rated(tx, w); err != nil {
		return err
	}
	shut, err := counts.Closed(tx, w.story.ID)
	if err == nil && shut {
		err = problem.New(problem.Conflict, "reply.closed")
	}
	return err
}

// weigh finds out what there is to know of a text and its writer.
func (s *Service) weigh(tx *db.Tx, w *weighed) (err error) {
	r, d, trusted := &w.reply, w.draft, w.facts.writer.trusted
	if r.Rendered, err = s.Render(tx, r.Body, w.story.Language); err != nil {
		return err
	}
	w.check.likeness = s.Marks.Likeness(d.Body)
	w.facts.links, w.facts.trapped, w.facts.hasty = sources.Links(d.Body, r.Rendered.HTML), d.From.Trapped, d.From.OnForm > 0 && d.From.OnForm < hasteTime
	if w.facts.writer, err = judgedOf(tx, w.check.email, r.AccountID); err != nil {
		return err
	}
	w.facts.writer.trusted = trusted
	if w.facts.blocked, err = s.blocked(tx, w); err != nil {
		return err
	}
	w.facts.repeats, w.facts.wave, err = earlier.Late(tx, r.ID, w.check.likeness, w.story.ID, s.Clock())
	return err
}

// Trusts reports that what an account writes under a story is shown without anybody's look.
func (s *Service) Trusts(tx *db.Tx, by members.Actor, storyID string) (bool, error) {
	_, profile, err := s.Named(tx, by.AccountID)
	if err != nil {
		return false, err
	}
	return s.trusted(tx, Reply{StoryID: storyID, ProfileID: profile}, s.moderator(by))
}

// trusted reports that a moderator or somebody in the story's byline writes.
func (s *Service) trusted(tx *db.Tx, r Reply, moderates bool) (bool, error) {
	if moderates || r.ProfileID == "" {
		return moderates, nil
	}
	return s.InByline(tx, r.StoryID, r.ProfileID)
}

// judge asks the filter and decides. What is broken about the filter holds the reply.
func (s *Service) judge(w *weighed, broken error) {
	verdict, err := s.Check(w.message(), w.settings)
	w.facts.failed = cmp.Or(broken, err) != nil
	if w.facts.failed {
		verdict = spam.Verdict{Kind: spam.Unsure, Probability: 0.5}
	}
	w.check.verdict, w.facts.verdict = verdict, verdict
	w.reply.State, w.check.held = decide(w.facts, w.settings.Mode)
}

// message is what the filter reads.
func (w *weighed) message() spam.Message {
	m := messageOf(w.reply, w.check, w.story)
	m.Approved, m.Refused = w.facts.writer.approved, w.facts.writer.refused
	return m
}

func messageOf(r Reply, c check, st Story) spam.Message {
	return spam.Message{Text: r.Body, Name: r.Name, Email: c.email, URL: r.URL, UserAgent: c.agent, Seconds: c.onForm.Seconds(), Language: st.Language, Subject: st.Title}
}

// post writes a reply down: the row, its pages' tags and its jobs, or none of them.
func (s *Service) post(tx *db.Tx, w weighed) (Posted, error) {
	if w.settings.NetworkDays == 0 {
		w.check.network = ""
	}
	r := &w.reply
	// Not before: who replies to the same story on PostgreSQL waits from here to the commit.
	if err := s.seat(tx, r, w.parent); err != nil {
		return Posted{}, err
	}
	if err := insert(tx, *r, w.check, w.parent.ID); err != nil {
		return Posted{}, err
	}
	if w.block != "" {
		if err := hit(tx, w.block); err != nil {
			return Posted{}, err
		}
	}
	if w.draft.Watch {
		if err := s.watch(tx, r.ID, w.check.email, w.draft.From.Sent); err != nil {
			return Posted{}, err
		}
	}
	if w.facts.wave {
		if err := s.Jobs.Enqueue(tx, JobWave, Event{}, jobs.At(s.Clock().Add(tellTime)), jobs.Once(JobWave)); err != nil {
			return Posted{}, err
		}
	}
	return Posted{Reply: *r, Held: w.check.held}, s.arrived(tx, *r)
}

// heldNow is why a reply that was sent again is where it is, as far as its writer is told.
func heldNow(r Reply) Held {
	switch r.State {
	case Published:
		return ""
	case Spam:
		return ByFilter
	}
	return ByMode
}

// seat gives a reply its place. An answer too deep stands beside what it answers.
func (s *Service) seat(tx *db.Tx, r *Reply, parent Reply) error {
	if parent.ID == "" {
		n, err := counts.NextThread(tx, r.StoryID)
		r.Place = places.Of("", n)
		return err
	}
	over := parent
	if parent.Depth >= places.Deepest {
		up := places.Above(parent.Place)
		at, err := scanReply(tx.QueryRow(`SELECT `+columns+` FROM replies r WHERE r.story_id = $1 AND r.place = $2`, parent.StoryID, up[len(up)-1]))
		if err != nil {
			return err
		}
		over = at
	}
	n, err := counts.NextAnswer(tx, over.ID)
	r.Place, r.Depth = places.Of(over.Place, n), over.Depth+1
	return err
}

// rated counts a reply against the limits of its address, its network and the site.
func (s *Service) rated(tx *db.Tx, w *weighed) error {
	if w.facts.writer.trusted {
		return nil
	}
	return s.take(tx, limits.Limit{Name: "reply:from:" + s.Marks.Of("from", w.sender), Rate: s.Rates.Address}, s.ofNetwork(w.check.network),
		limits.Limit{Name: "reply:site", Rate: s.Rates.Site})
}

func (s *Service) ofNetwork(network string) limits.Limit {
	return limits.Limit{Name: "reply:network:" + s.Marks.Of("network", network), Rate: s.Rates.Network}
}

// take takes one from each of some limits.
func (s *Service) take(tx *db.Tx, wanted ...limits.Limit) error {
	wanted = slices.DeleteFunc(wanted, func(l limits.Limit) bool { return l.Rate == limits.Rate{} })
	if len(wanted) == 0 {
		return nil
	}
	wait, err := limits.TakeEach(tx, s.Clock(), wanted)
	if err == nil && wait > 0 {
		err = limits.Refused("reply.too_many", wait)
	}
	return err
}

// arrived does what follows from a reply's being where it is now.
func (s *Service) arrived(tx *db.Tx, r Reply) error {
	switch r.State {
	case Published:
		return s.seen(tx, r)
	case Pending:
		return s.Waits(tx)
	}
	return nil
}

// seen takes a reply into readers' sight.
func (s *Service) seen(tx *db.Tx, r Reply) error {
	if err := counts.Seen(tx, r.StoryID, r.Place, 1); err != nil {
		return err
	}
	s.Keeper.Touch(tx, Tag(r.StoryID), TagLatest)
	return s.Jobs.Enqueue(tx, JobPublished, Event{r.ID}, jobs.At(s.Clock().Add(tellTime)))
}

// unseen takes a reply out of readers' sight, at once, and what is told of it back.
func (s *Service) unseen(tx *db.Tx, r Reply) error {
	s.Keeper.Forget(tx, Tag(r.StoryID), TagLatest)
	if err := counts.Seen(tx, r.StoryID, r.Place, -1); err != nil {
		return err
	}
	return s.Unsay(tx, r)
}

// tellTime is how long nobody is written to of a reply: a moderator may take back what
// they did, and its writer the reply.
const tellTime = time.Minute
