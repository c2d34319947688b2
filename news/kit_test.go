package news_test

import (
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"waypost/community"
	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/testkit/ground"
	"waypost/members"
	"waypost/news"
)

type kit struct {
	*ground.Ground
	News    *news.Service
	Members *members.Service

	stories  map[string]news.Story // those published
	imported map[string]bool
	fails    int64 // the why that cannot be written, counted from 1; 0: none
	asked    atomic.Int64
}

func derive(label string, n int) []byte {
	key := make([]byte, n)
	copy(key, label)
	return key
}

func each(t *testing.T, test func(t *testing.T, k *kit)) {
	t.Helper()
	t.Parallel()
	ground.Each(t, func(t *testing.T, g *ground.Ground) { test(t, newKit(t, g)) })
}

func newKit(t *testing.T, g *ground.Ground) *kit {
	t.Helper()
	c := &community.Service{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Keeper: g.Keeper}
	k := &kit{Ground: g, stories: map[string]news.Story{}, imported: map[string]bool{}}
	k.Members = &members.Service{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Keeper: g.Keeper, Record: c.Record}
	outbox := mail.New(mail.Config{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Log: slog.New(slog.DiscardHandler), Host: "home.example", Derive: derive})
	k.News = &news.Service{DB: g.DB, IDs: g.IDs, Clock: g.Clock.Now, Jobs: g.Jobs, Mail: outbox, Members: k.Members, Signer: news.NewSigner(derive),
		Base: "https://home.example", Published: k.published, Words: words{k}, Step: 3,
		Imported: func(_ *db.Tx, story string) (bool, error) { return k.imported[story], nil },
		Zone:     func(*db.Tx) (*time.Location, error) { return time.LoadLocation("Europe/Berlin") }}
	g.Jobs.Handle(news.JobSend, k.News.Send)
	g.Jobs.Handle(news.JobWeek, k.News.Week)
	return k
}

func (k *kit) published(_ *db.Tx, ids []string) ([]news.Story, error) {
	var list []news.Story
	for _, id := range ids {
		if st, ok := k.stories[id]; ok {
			list = append(list, st)
		}
	}
	return list, nil
}

// words writes letters that say what they were asked to say.
type words struct{ *kit }

func (w words) Story(_ *db.Tx, language, story string, s news.Slots) (news.Text, error) {
	return news.Text{Subject: story + " " + language, Plain: s.Why + " " + s.End, HTML: "<p>" + s.Why + "</p>" + s.End}, nil
}

func (w words) Week(_ *db.Tx, language string, list []news.Told, s news.Slots) (news.Text, error) {
	var titles []string
	for _, x := range list {
		title := x.StoryID
		for _, of := range x.Follows {
			title += "*" + of.ID
		}
		titles = append(titles, title)
	}
	return news.Text{Subject: strings.Join(titles, " "), Plain: s.Why + " " + s.End, HTML: "<p>" + s.Why + "</p>" + s.End}, nil
}

var errWords = errors.New("no words")

func (w words) Why(_ *db.Tx, _ string, l news.List, p news.Pace, follows []news.Subject) (string, error) {
	if w.asked.Add(1) == w.fails {
		return "", errWords
	}
	why := fmt.Sprint(l, " ", p)
	for _, of := range follows {
		why += " " + of.ID
	}
	return why, nil
}

// member makes an account with an address of its name.
func (k *kit) member(t testing.TB, name string) string {
	t.Helper()
	address := k.address(t, name)
	var id string
	k.Update(t, func(tx *db.Tx) error {
		a, err := k.Members.CreateAccount(tx, "", members.NewAccount{Name: name, Email: address.String(), EmailKey: address.Key()})
		id = a.ID
		return err
	})
	return id
}

func (k *kit) address(t testing.TB, name string) mail.Address {
	t.Helper()
	a, err := mail.ParseAddress(name + "@readers.example")
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (k *kit) choose(t testing.TB, account string, stories, followed news.Pace) {
	t.Helper()
	k.Update(t, func(tx *db.Tx) error {
		return k.News.Choose(tx, account, news.Choice{Stories: stories, Followed: followed})
	})
}

func (k *kit) follow(t testing.TB, account string, kind news.Kind, id string) {
	t.Helper()
	k.Update(t, func(tx *db.Tx) error { return k.News.Follow(tx, account, news.Subject{Kind: kind, ID: id}) })
}

// subscribe is what a proof leads to, for somebody without an account.
func (k *kit) subscribe(t testing.TB, name string, p news.Pace) string {
	t.Helper()
	var token string
	k.Update(t, func(tx *db.Tx) (err error) {
		token, err = k.News.Subscribe(tx, k.address(t, name), "de", p)
		return err
	})
	return token
}

// publish lets a story appear and tells of it.
func (k *kit) publish(t testing.TB, st news.Story) {
	t.Helper()
	_, before := k.stories[st.ID]
	k.stories[st.ID] = st
	fresh := false
	k.Update(t, func(tx *db.Tx) error {
		n, err := tx.Exec(`INSERT INTO stories (id, slug, state, title, standfirst, language, cover_alt, cover_caption, note, version, words, has_trail, created_at, updated_at)
			VALUES ($1, $1, 'published', $1, '', 'en', '', '', '', 1, 1, $2, 0, 0) ON CONFLICT DO NOTHING`, st.ID, false)
		fresh = n > 0 && !before
		return err
	})
	k.Update(t, func(tx *db.Tx) error { return k.News.StoryPublished(tx, st.ID, k.Clock.Now(), fresh) })
}

func (k *kit) takeBack(t testing.TB, story string) {
	t.Helper()
	delete(k.stories, story)
	k.Update(t, func(tx *db.Tx) error { return k.News.StoryTakenBack(tx, story) })
}

// letters lists what was written: to whom, of which list, with which words.
func (k *kit) letters(t testing.TB) []string {
	t.Helper()
	var list []string
	k.View(t, func(tx *db.Tx) (err error) {
		list, err = db.List(tx, func(r db.Row) (string, error) {
			var to, list, subject, text, filling string
			if err := r.Scan(&to, &list, &subject, &text, &filling); err != nil {
				return "", err
			}
			name, _, _ := strings.Cut(to, "@")
			line := name + " " + list + " [" + subject + "]"
			if _, why, ok := strings.Cut(filling, `"why`); ok {
				line += " " + strings.Split(why, `"`)[2]
			}
			return line, nil
		}, `SELECT l.recipient, l.list, t.subject, t.text, l.filling FROM letters l JOIN letter_texts t ON t.id = l.text_id`)
		return err
	})
	slices.Sort(list)
	return list
}

func (k *kit) want(t testing.TB, lines ...string) {
	t.Helper()
	slices.Sort(lines)
	if got := k.letters(t); !slices.Equal(got, lines) {
		t.Errorf("the letters are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(lines, "\n"))
	}
}

func (k *kit) exec(t testing.TB, query string, args ...any) {
	t.Helper()
	k.Update(t, func(tx *db.Tx) error { _, err := tx.Exec(query, args...); return err })
}
