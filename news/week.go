package news

import (
	"context"
	"fmt"
	"html"
	"maps"
	"slices"
	"strings"
	"time"

	"waypost/internal/db"
	"waypost/internal/jobs"
	"waypost/internal/mail"
)

// When a week's letter leaves, in the community's zone.
const (
	weekDay  = time.Friday
	weekHour = 8
)

// NextWeek is the moment after now at which a week's letter leaves.
func NextWeek(now time.Time, zone *time.Location) time.Time {
	local := now.In(zone)
	for days := 0; ; days++ {
		at := time.Date(local.Year(), local.Month(), local.Day()+days, weekHour, 0, 0, 0, zone)
		if at.Weekday() == weekDay && at.After(now) {
			return at
		}
	}
}

// ScheduleWeek lets the next week's letter leave; one that is late already leaves first.
func (s *Service) ScheduleWeek(tx *db.Tx) error {
	zone, err := s.Zone(tx)
	if err != nil {
		return err
	}
	at := NextWeek(s.Clock(), zone)
	return s.Jobs.Enqueue(tx, JobWeek, struct{}{}, jobs.At(at), jobs.Once("week"))
}

// Week handles JobWeek: it begins the mailing of the stories that are new since the last
// one, if there are any, and waits for the next week.
func (s *Service) Week(ctx context.Context, j *jobs.Job) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if err := s.beginWeek(tx, s.Clock()); err != nil {
			return err
		}
		if err := s.ScheduleWeek(tx); err != nil {
			return err
		}
		return j.Done(tx)
	})
}

const aWeek = 7 * 24 * time.Hour

// lastWeek is when the last week's mailing began; 0 if there was none.
func (s *Service) lastWeek(tx *db.Tx) (int64, error) {
	at, err := db.Value[int64](tx.QueryRow(`SELECT at FROM mailings WHERE story_id IS NULL ORDER BY at DESC LIMIT 1`))
	if db.Missing(err) {
		return 0, nil
	}
	return at, err
}

func (s *Service) beginWeek(tx *db.Tx, now time.Time) error {
	from, err := s.lastWeek(tx)
	if err != nil {
		return fmt.Errorf("begin the letters of a week: %w", err)
	}
	if from == 0 {
		from = now.Add(-aWeek).UnixMilli()
	}
	m := mailing{id: "week:" + now.UTC().Format(time.RFC3339), from: from, at: now.UnixMilli()}
	stories, _, err := s.ofWeek(tx, &m)
	if err != nil || len(stories) == 0 {
		return err
	}
	return s.begin(tx, m)
}

// mostOfWeek is how many stories one letter tells of.
const mostOfWeek = 50

// ofWeek are a week's new stories that can be read now, and when each was published.
func (s *Service) ofWeek(tx *db.Tx, m *mailing) ([]Story, map[string]int64, error) {
	at := map[string]int64{}
	ids, err := db.List(tx, func(r db.Row) (string, error) {
		var story string
		var when int64
		err := r.Scan(&story, &when)
		at[story] = when
		return story, err
	}, `SELECT story_id, at FROM mailings WHERE story_id IS NOT NULL AND at > $1 AND at <= $2 ORDER BY at DESC, id LIMIT $3`, m.from, m.at, mostOfWeek)
	if err != nil || len(ids) == 0 {
		return nil, nil, err
	}
	list, err := s.Published(tx, ids)
	return list, at, err
}

// weekStep are the next letters of a week.
func (s *Service) weekStep(tx *db.Tx, m *mailing) ([]mail.Letter, error) {
	stories, at, err := s.ofWeek(tx, m)
	if err != nil {
		return nil, err
	}
	list, err := db.List(tx, scanRecipient, selectSubscribers, Stories, Weekly, strings.TrimPrefix(m.place, "after "), s.step())
	if err != nil {
		return nil, err
	}
	if len(list) == s.step() {
		m.place = "after " + list[len(list)-1].key
	} else {
		m.place, m.state = "end", done
	}
	if len(stories) == 0 {
		return nil, nil
	}
	var subjects []Subject
	for _, st := range stories {
		subjects = append(subjects, st.subjects()...)
	}
	var accounts []string
	for _, r := range list {
		if r.account != "" {
			accounts = append(accounts, r.account)
		}
	}
	follows, err := followsOf(tx, accounts, subjects)
	if err != nil {
		return nil, err
	}
	known, err := s.toldAtOnce(tx, m, list)
	if err != nil {
		return nil, err
	}
	why := newReasons(s, tx)
	var letters []mail.Letter
	for _, r := range list {
		if r.email == "" {
			continue
		}
		fresh := func(st Story) bool { return at[st.ID] >= r.since && !known[letterKey(storyMailing(st.ID), r.emailKey)] }
		letter, err := s.weekLetter(tx, m, r, stories, fresh, follows[r.account])
		if err != nil {
			return nil, err
		}
		if letter.Kind == "" {
			continue
		}
		sentence, err := why.of(r.language, Stories, Weekly, nil)
		if err != nil {
			return nil, err
		}
		letters = append(letters, filled(letter, m.slots.Why, sentence))
	}
	return letters, nil
}

// toldAtOnce are the keys of the letters about a single story that were written to some
// people in the week: because they follow somebody, or had each story sent until they
// chose the week's letter.
func (s *Service) toldAtOnce(tx *db.Tx, m *mailing, list []recipient) (map[string]bool, error) {
	addresses := make([]string, len(list))
	for i, r := range list {
		addresses[i] = r.emailKey
	}
	keys, err := s.Mail.KeysTo(tx, addresses, kindStory, time.UnixMilli(m.from))
	if err != nil {
		return nil, fmt.Errorf("look what was told at once: %w", err)
	}
	known := make(map[string]bool, len(keys))
	for _, key := range keys {
		known[key] = true
	}
	return known, nil
}

// weekLetter is a week's letter to somebody, the zero value if nothing of the week is
// new to them. Most get the same; who follows somebody, was told of a story already or
// came in the middle of the week gets a text of their own.
func (s *Service) weekLetter(tx *db.Tx, m *mailing, r recipient, stories []Story, fresh func(Story) bool, follows []follow) (mail.Letter, error) {
	var list []Told
	marked := false
	for _, st := range stories {
		if !fresh(st) {
			continue
		}
		x := Told{st.ID, told(follows, st, m.at)}
		marked = marked || len(x.Follows) > 0
		list = append(list, x)
	}
	if len(list) == 0 {
		return mail.Letter{}, nil
	}
	letter, err := s.letter(m, r, Stories, kindWeek)
	if err != nil {
		return letter, err
	}
	write := func() (Text, error) { return s.Words.Week(tx, r.language, list, s.slotsIn(m)) }
	if len(list) == len(stories) && !marked {
		letter.Shared, err = s.shared(tx, m, r.language, write)
		return letter, err
	}
	t, err := write()
	letter.Subject, letter.Text, letter.HTML = t.Subject, t.Plain, t.HTML
	return letter, err
}

// filled fills a slot: of a shared text when it is sent, of one's own right away.
func filled(l mail.Letter, slot, value string) mail.Letter {
	l.Filling[slot] = value
	if l.Shared != "" {
		return l
	}
	for _, name := range slices.Sorted(maps.Keys(l.Filling)) {
		l.Text = strings.ReplaceAll(l.Text, name, l.Filling[name])
		l.HTML = strings.ReplaceAll(l.HTML, name, html.EscapeString(l.Filling[name]))
	}
	l.Filling = nil
	return l
}
