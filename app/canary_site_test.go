package app_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"waypost/app"
	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/testkit/site"
	"waypost/members"
	"waypost/stories"
)

// Who is at the community of canaries. Two are members and nothing else, so that what
// one of them has can be looked for in what the other gets.
const (
	nobody    = "nobody"
	owner     = "owner"
	editor    = "editor"
	organizer = "organizer"
	moderator = "moderator"
	ana       = "ana"
	bo        = "bo"
)

// everybody are those who ask, in the order in which they do.
var everybody = []string{nobody, ana, bo, moderator, organizer, editor, owner}

// having are the people with a right, by the table of rights, and some more.
func having(right members.Right, more ...string) []string {
	return slices.DeleteFunc(slices.Clone(everybody), func(who string) bool {
		return !slices.Contains(more, who) && !members.Actor{Roles: rolesOf(who)}.May(right)
	})
}

func rolesOf(who string) []members.Role {
	switch who {
	case nobody:
		return nil
	case ana, bo:
		return []members.Role{members.Member}
	}
	return []members.Role{members.Member, members.Role(who)}
}

// canary is a word that stands in one private field of one row.
type canary struct {
	word    string
	where   string   // what it stands in, for the message of a failure
	readers []string // who may find it in an answer
	to      string   // who may find it in a letter, besides
	holder  string   // who may find it in the archive of what is held on them, besides
}

// aviary is a whole Waypost whose private fields hold canaries.
type aviary struct {
	*site.Site
	t       *testing.T
	log     *lockedBuffer
	ids     map[string]string // of rows, by the names that the plants use
	visitor map[string]*site.Visitor
	words   map[string]canary
	made    int                        // canaries, those that stand for something else now among them
	exact   map[string]canary          // other texts that nobody may find: secrets, sums of addresses
	found   map[string]map[string]bool // who has found which words
	told    map[string]int             // how often the test has told of a canary, by where it stands
}

// lockedBuffer is a log that the server writes and the test reads.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// newAviary makes the site, its people and their rows, and plants the canaries.
func newAviary(t *testing.T, more ...site.Option) *aviary {
	t.Helper()
	a := &aviary{t: t, log: &lockedBuffer{}, ids: map[string]string{}, visitor: map[string]*site.Visitor{},
		words: map[string]canary{}, exact: map[string]canary{}, told: map[string]int{}, found: map[string]map[string]bool{}}
	a.Site = site.New(t, append(more, site.Demo, site.With(func(c *app.Config) {
		c.Log = slog.New(slog.NewJSONHandler(a.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		c.AccessLog = a.log
	}))...)
	a.people()
	a.rows()
	a.walk()
	for _, p := range a.plants() {
		a.plant(p)
	}
	for _, who := range everybody[1:] {
		a.signIn(who)
	}
	a.visitor[nobody] = a.Reader()
	a.watchAddresses()
	return a
}

// signIn opens a session, whose secret nobody may find in a page.
func (a *aviary) signIn(who string) {
	a.t.Helper()
	a.visitor[who] = a.As(a.ids[who])
	secret := a.visitor[who].Cookie("waypost")
	a.exact[secret] = canary{word: secret, where: "the session of " + who}
	a.ids[who+" session"] = members.SessionID(secret)
	a.plant(plant{table: "sessions", column: "device", row: "substr(hash, 1, 16) = {" + who + " session}", holder: who})
}

// people makes the accounts, each with a profile that nobody finds; everybody finds the
// moderator's, of which some fields are for members and some for nobody.
func (a *aviary) people() {
	for _, who := range everybody[1:] {
		var roles []members.Role
		if r := rolesOf(who); len(r) > 1 {
			roles = r[1:]
		}
		a.ids[who] = a.Account(who, roles...).ID
		a.write(func(tx *db.Tx) error {
			p := members.Profile{Handle: "the-" + who, Name: who, Place: "x", Pronouns: "x", Bio: "x",
				Links: []members.Link{{Label: "x", URL: "https://x.example/"}}, AccountID: a.ids[who]}
			if who == moderator {
				p.Audience = members.Everyone
				p.Shown = map[string]members.Audience{"pronouns": members.MembersOnly, "place": members.NoOne, "links": members.NoOne}
			}
			p, err := a.Members.SaveProfileIn(tx, a.ids[owner], p)
			a.ids[who+" profile"] = p.ID
			return err
		})
	}
}

// actor is somebody as the features know them.
func (a *aviary) actor(who string) members.Actor {
	return members.Actor{AccountID: a.ids[who], ProfileID: a.ids[who+" profile"], Roles: rolesOf(who)}
}

func (a *aviary) write(fn func(tx *db.Tx) error) {
	a.t.Helper()
	if err := a.DB.Update(context.Background(), fn); err != nil {
		a.t.Fatalf("make the rows that canaries stand in: %v", err)
	}
}

// story writes a story of somebody's, and takes it where a verb leads.
func (a *aviary) story(name, who string, verbs ...stories.Verb) {
	a.write(func(tx *db.Tx) error {
		st, err := a.Stories.CreateIn(tx, a.actor(who), stories.Content{Title: "x " + name, Standfirst: "x", Slug: "x-" + strings.ReplaceAll(name, " ", "-"), Language: "en",
			Format: stories.Markdown, Body: "x", Authors: []string{a.ids[who+" profile"]}})
		for _, verb := range verbs {
			if err != nil {
				return err
			}
			by := a.actor(who)
			if verb != stories.Submit {
				by = members.Console()
			}
			st, err = a.Stories.DoIn(tx, by, verb, st.ID, st.Version, a.Clock.Now().Add(24*time.Hour))
		}
		a.ids[name] = st.ID
		return err
	})
}

// exec writes a row by hand: names in braces become the IDs of rows made before.
func (a *aviary) exec(query string, args ...any) {
	a.t.Helper()
	a.write(func(tx *db.Tx) error {
		n, err := tx.Exec(a.fill(query), args...)
		if err == nil && n == 0 {
			err = fmt.Errorf("%s: no such row", query)
		}
		return err
	})
}

// fill puts IDs in the place of their names in braces.
func (a *aviary) fill(text string) string {
	for name, id := range a.ids {
		text = strings.ReplaceAll(text, "{"+name+"}", "'"+id+"'")
	}
	return text
}

// secret makes a canary for the eyes of somebody alone, who has it by letter: no page
// shows it, not even to them.
func (a *aviary) secret(who string) string {
	word := a.word("a secret letter to "+who, nil)
	c := a.words[word]
	c.to = who
	a.words[word] = c
	return word
}

// letter posts a letter to somebody with a word in its text.
func (a *aviary) letter(who string, l mail.Letter) {
	a.write(func(tx *db.Tx) error {
		l.Kind, l.To, l.Subject = "canary", who+"@people.example", "x"
		return a.Mail.Post(tx, l)
	})
}

// plant puts a canary into a column of one row. In the form "%s" stands for the word.
type plant struct {
	table, column, row string // row is a condition, with the names of IDs in braces
	readers            []string
	form               string // "" is the word alone
	holder             string // finds it in the archive of what is held on them, besides
}

func (a *aviary) plant(p plant) {
	a.t.Helper()
	where := p.table + "." + p.column + " of " + p.row
	word := a.word(where, p.readers)
	c := a.words[word]
	c.holder = p.holder
	a.words[word] = c
	form := p.form
	if form == "" {
		form = "%s"
	}
	value := strings.ReplaceAll(form, "%s", word)
	a.write(func(tx *db.Tx) error {
		n, err := tx.Exec(`UPDATE `+p.table+` SET `+p.column+` = $1 WHERE `+a.fill(p.row), value)
		if err == nil && n != 1 {
			err = fmt.Errorf("%d rows", n)
		}
		if err != nil {
			err = fmt.Errorf("plant a canary in %s: %w", where, err)
		}
		return err
	})
}

// word makes a new canary.
func (a *aviary) word(where string, readers []string) string {
	n := a.made
	a.made++
	word := "qzq" + string([]byte{byte('a' + n/676%26), byte('a' + n/26%26), byte('a' + n%26)}) + "qzq"
	a.words[word] = canary{word: word, where: where, readers: readers}
	return word
}

// rendererNow is the version of the renderer, for texts that are not to be made anew.
func (a *aviary) rendererNow() (version int64) {
	a.View(func(tx *db.Tx) (err error) {
		version, err = a.Stories.Renderer(tx)
		return err
	})
	return version
}
