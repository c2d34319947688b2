package news

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"waypost/internal/db"
	"waypost/internal/id"
	"waypost/internal/jobs"
	"waypost/internal/mail"
)

// Kinds of letters.
const (
	kindStory = "new-story"
	kindWeek  = "week"
)

// state is how far a mailing has come.
type state string

const (
	sending state = "sending"
	stopped state = "stopped"
	done    state = "done"
)

// mailing is one thing told to all who want it.
type mailing struct {
	id      string
	story   string // empty: a week's
	state   state
	from    int64 // a week's beginning
	at      int64 // when the story was published, or the week ended
	place   string
	texts   map[string]string // by language, the texts that letters share
	slots   Slots
	changed int64
}

const mailingColumns = `id, COALESCE(story_id, ''), state, from_at, at, place, texts, changed_at`

func scanMailing(r db.Row) (mailing, error) {
	var m mailing
	var texts string
	if err := r.Scan(&m.id, &m.story, &m.state, &m.from, &m.at, &m.place, &texts, &m.changed); err != nil {
		return m, err
	}
	kept := keptTexts{}
	err := json.Unmarshal([]byte(texts), &kept)
	m.texts, m.slots = kept.Texts, kept.Slots
	return m, err
}

// keptTexts is what the column texts holds.
type keptTexts struct {
	Texts map[string]string `json:"texts"`
	Slots Slots             `json:"slots"`
}

func storyMailing(story string) string { return "story:" + story }

// newTexts are of a mailing that has written none yet. The slots are unlike anything
// that a text holds.
func newTexts() keptTexts {
	secret := strings.ToLower(strings.NewReplacer("-", "", "_", "").Replace(id.Secret()))[:12]
	return keptTexts{Texts: map[string]string{}, Slots: Slots{Why: "why" + secret, End: "end" + secret}}
}

// begin writes a mailing down and lets it be sent; nothing if there is one already.
func (s *Service) begin(tx *db.Tx, m mailing) error {
	texts, err := json.Marshal(newTexts())
	if err != nil {
		return err
	}
	n, err := tx.Exec(`INSERT INTO mailings (id, story_id, state, from_at, at, place, texts, changed_at) VALUES ($1, $2, $3, $4, $5, '', $6, $7)
		ON CONFLICT (id) DO NOTHING`, m.id, db.OrNull(m.story), sending, m.from, m.at, string(texts), s.Clock().UnixMilli())
	if err != nil {
		return fmt.Errorf("begin the mailing %s: %w", m.id, err)
	}
	if n == 0 {
		return nil
	}
	return s.goOn(tx, m.id)
}

func (s *Service) goOn(tx *db.Tx, mailing string) error {
	return s.Jobs.Enqueue(tx, JobSend, order{mailing}, jobs.Once(mailing))
}

// order is the payload of JobSend.
type order struct {
	Mailing string `json:"mailing"`
}

// StoryPublished begins to tell of a story, once. fresh says that readers see it for the
// first time and that it bears no older date; otherwise it was away for a while, and
// what was stopped then goes on.
func (s *Service) StoryPublished(tx *db.Tx, story string, at time.Time, fresh bool) error {
	if !fresh {
		return s.resume(tx, storyMailing(story))
	}
	imported, err := s.Imported(tx, story)
	if err != nil || imported {
		return err
	}
	return s.begin(tx, mailing{id: storyMailing(story), story: story, at: at.UnixMilli()})
}

// resumable is how long after it began a mailing that was stopped may go on. The keys
// that keep a letter from being written twice are kept for a month.
const resumable = 7 * 24 * time.Hour

// resume begins a stopped mailing again from the start: who has got their letter has a
// key that keeps them from getting another.
func (s *Service) resume(tx *db.Tx, mailing string) error {
	texts, err := json.Marshal(newTexts())
	if err != nil {
		return err
	}
	now := s.Clock()
	n, err := tx.Exec(`UPDATE mailings SET state = $1, place = '', texts = $2, changed_at = $3 WHERE id = $4 AND state = $5 AND at > $6`,
		sending, string(texts), now.UnixMilli(), mailing, stopped, now.Add(-resumable).UnixMilli())
	if err != nil {
		return fmt.Errorf("go on with the mailing %s: %w", mailing, err)
	}
	if n == 0 {
		return nil
	}
	return s.goOn(tx, mailing)
}

// StoryTakenBack keeps letters about a story from leaving that have not left. A week's
// letters that wait are written anew without it.
func (s *Service) StoryTakenBack(tx *db.Tx, story string) error {
	own, err := db.List(tx, scanMailing, `SELECT `+mailingColumns+` FROM mailings WHERE id = $1`, storyMailing(story))
	if err != nil {
		return fmt.Errorf("look for the mailing of a story: %w", err)
	}
	for _, m := range own {
		if err := s.stop(tx, m, kindStory); err != nil {
			return err
		}
		weeks, err := db.List(tx, scanMailing, `SELECT `+mailingColumns+` FROM mailings WHERE story_id IS NULL AND at >= $1 AND from_at < $1`, m.at)
		if err != nil {
			return fmt.Errorf("look for the week of a story: %w", err)
		}
		for _, week := range weeks {
			if err := s.stop(tx, week, kindWeek); err != nil {
				return err
			}
			if err := s.resume(tx, week.id); err != nil {
				return err
			}
		}
	}
	return nil
}

// StoryRetold writes the letters about a story anew that have not left: other names stand
// over it from now on, or it goes.
func (s *Service) StoryRetold(tx *db.Tx, story string) error {
	if err := s.StoryTakenBack(tx, story); err != nil {
		return err
	}
	return s.resume(tx, storyMailing(story))
}

// stop ends a mailing where it is: first its row, on which a step waits, so that all
// letters there are can be seen afterwards.
func (s *Service) stop(tx *db.Tx, m mailing, kind string) error {
	_, err := tx.Exec(`UPDATE mailings SET state = $1, changed_at = $2 WHERE id = $3`, stopped, s.Clock().UnixMilli(), m.id)
	if err != nil {
		return fmt.Errorf("stop the mailing %s: %w", m.id, err)
	}
	return s.Mail.Withdraw(tx, kind, time.UnixMilli(m.at), m.id+" ")
}

// Send handles JobSend: step by step, each in a transaction of its own.
func (s *Service) Send(ctx context.Context, j *jobs.Job) error {
	var o order
	if err := j.Payload(&o); err != nil {
		return err
	}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		more := false
		err := s.DB.Update(ctx, func(tx *db.Tx) (err error) {
			if more, err = s.stepOf(tx, o.Mailing); err != nil {
				return err
			}
			if more {
				return j.Advanced(tx)
			}
			return j.Done(tx)
		})
		if err != nil || !more {
			return err
		}
	}
}

// errMoved says that another process has gone on with a mailing, or that it was stopped.
var errMoved = errors.New("news: the mailing was moved on meanwhile")

// stepOf writes the next letters of a mailing and reports whether there may be more.
func (s *Service) stepOf(tx *db.Tx, mailing string) (more bool, err error) {
	m, err := scanMailing(tx.QueryRow(`SELECT `+mailingColumns+` FROM mailings WHERE id = $1`, mailing))
	if db.Missing(err) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("read the mailing %s: %w", mailing, err)
	}
	if m.state != sending {
		return false, nil
	}
	before := m.place
	var letters []mail.Letter
	if m.story != "" {
		letters, err = s.storyStep(tx, &m)
	} else {
		letters, err = s.weekStep(tx, &m)
	}
	if err != nil {
		return false, fmt.Errorf("go on with the mailing %s: %w", mailing, err)
	}
	texts, err := json.Marshal(keptTexts{m.texts, m.slots})
	if err != nil {
		return false, err
	}
	n, err := tx.Exec(`UPDATE mailings SET place = $1, state = $2, texts = $3, changed_at = $4 WHERE id = $5 AND place = $6 AND state = $7`,
		m.place, m.state, string(texts), s.Clock().UnixMilli(), m.id, before, sending)
	if err != nil {
		return false, fmt.Errorf("keep the place of the mailing %s: %w", mailing, err)
	}
	if n == 0 {
		return false, errMoved
	}
	return m.state == sending, s.Mail.Post(tx, letters...)
}

// storyStep are the next letters about a story: first to all who want every story at
// once, then to those who follow one of its authors or topics.
func (s *Service) storyStep(tx *db.Tx, m *mailing) ([]mail.Letter, error) {
	found, err := s.Published(tx, []string{m.story})
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		m.state = stopped
		return nil, nil
	}
	subjects := found[0].subjects()
	where, last, _ := strings.Cut(m.place, " ")
	if where == "" || where == string(Stories) {
		list, err := db.List(tx, scanRecipient, selectSubscribers, Stories, AtOnce, last, s.step())
		if err != nil {
			return nil, err
		}
		m.advance(list, s.step(), string(Stories), subjects)
		return s.about(tx, m, list, Stories, nil)
	}
	of, err := subjectOf(where)
	if err != nil {
		return nil, err
	}
	list, err := db.List(tx, scanRecipient, selectFollowers, of.Kind, of.ID, last, s.step())
	if err != nil {
		return nil, err
	}
	m.advance(list, s.step(), where, subjects)
	return s.about(tx, m, list, Followed, &found[0])
}

// advance moves the place behind those who were read, or to the next subject, or to
// the end.
func (m *mailing) advance(list []recipient, full int, where string, subjects []Subject) {
	if len(list) == full {
		m.place = where + " " + list[len(list)-1].key
		return
	}
	for _, of := range subjects {
		if where == string(Stories) || of.place() > where {
			m.place = of.place() + " "
			return
		}
	}
	m.place, m.state = "end", done
}

// place is how a subject is written where a mailing has come to it. It is ordered like
// the subjects.
func (of Subject) place() string { return string(of.Kind) + ":" + of.ID }

func subjectOf(place string) (Subject, error) {
	kind, id, ok := strings.Cut(place, ":")
	if !ok {
		return Subject{}, fmt.Errorf("news: %q is no place of a mailing", place)
	}
	return Subject{Kind(kind), id}, nil
}

// about are letters about a story to some of those who wanted to know before it was
// published. st is nil for those who want every story.
func (s *Service) about(tx *db.Tx, m *mailing, list []recipient, l List, st *Story) ([]mail.Letter, error) {
	list = slices.DeleteFunc(list, func(r recipient) bool { return r.email == "" || r.since > m.at })
	var follows map[string][]follow
	if st != nil {
		accounts := make([]string, len(list))
		for i, r := range list {
			accounts[i] = r.account
		}
		var err error
		if follows, err = followsOf(tx, accounts, st.subjects()); err != nil {
			return nil, err
		}
	}
	why := newReasons(s, tx)
	letters := make([]mail.Letter, 0, len(list))
	for _, r := range list {
		shared, err := s.shared(tx, m, r.language, func() (Text, error) { return s.Words.Story(tx, r.language, m.story, s.slotsIn(m)) })
		if err != nil {
			return nil, err
		}
		var of []Subject
		if st != nil {
			of = told(follows[r.account], *st, m.at)
		}
		letter, err := s.letter(m, r, l, kindStory)
		if err != nil {
			return nil, err
		}
		letter.Shared = shared
		if letter.Filling[m.slots.Why], err = why.of(r.language, l, AtOnce, of); err != nil {
			return nil, err
		}
		letters = append(letters, letter)
	}
	return letters, nil
}

// letter is one to somebody, without its words.
func (s *Service) letter(m *mailing, r recipient, l List, kind string) (mail.Letter, error) {
	if r.subscription == "" {
		return mail.Letter{}, fmt.Errorf("news: a letter of the list %s without a subscription", l)
	}
	return mail.Letter{Kind: kind, Key: letterKey(m.id, r.emailKey), To: r.email, List: string(l), Unsubscribe: s.end(r.subscription),
		Filling: map[string]string{m.slots.End: s.Signer.Token(r.subscription)}}, nil
}

// letterKey is the key of a mailing's letter to an address, which is not to be read in it.
func letterKey(mailing, emailKey string) string {
	sum := sha256.Sum256([]byte(emailKey))
	return mailing + " " + hex.EncodeToString(sum[:16])
}

// slotsIn are the slots as a text has them: the address is whole but for its token.
func (s *Service) slotsIn(m *mailing) Slots {
	return Slots{Why: m.slots.Why, End: s.Base + "/letters/" + m.slots.End}
}

// shared is the name of the text that letters of a mailing share in a language.
func (s *Service) shared(tx *db.Tx, m *mailing, language string, write func() (Text, error)) (string, error) {
	if name := m.texts[language]; name != "" {
		return name, nil
	}
	t, err := write()
	if err != nil {
		return "", err
	}
	name, err := s.Mail.Share(tx, t.Subject, t.Plain, t.HTML)
	if err != nil {
		return "", err
	}
	m.texts = maps.Clone(m.texts)
	m.texts[language] = name
	return name, nil
}

// reasons are the sentences of a step, each asked for once.
type reasons struct {
	service *Service
	tx      *db.Tx
	known   map[string]string
}

func newReasons(s *Service, tx *db.Tx) reasons { return reasons{s, tx, map[string]string{}} }

func (x reasons) of(language string, l List, p Pace, follows []Subject) (string, error) {
	key := fmt.Sprint(language, l, p, follows)
	if why, ok := x.known[key]; ok {
		return why, nil
	}
	why, err := x.service.Words.Why(x.tx, language, l, p, follows)
	x.known[key] = why
	return why, err
}
