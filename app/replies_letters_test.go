package app_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/testkit"
	"waypost/internal/testkit/postbox"
	"waypost/internal/testkit/site"
	"waypost/members"
	"waypost/replies"
)

// talk is a story of ann's with replies to it, and the letters that come of them.
type talk struct {
	*arrived
	story    string
	mod, ann members.Account
}

func newTalk(t *testing.T, e testkit.Engine) *talk {
	box := postbox.Open(t, postbox.Options{})
	s := site.New(t, site.On(e), site.Demo)
	sendThrough(t, s, box)
	k := &talk{arrived: &arrived{t: t, s: s, box: box}, mod: s.Account("mod", members.Moderator), ann: s.Account("ann")}
	slug := strings.TrimPrefix(story, "/stories/")
	k.story = site.Rows[string](s, `SELECT id FROM stories WHERE slug = $1`, slug)[0]
	statement(t, s, `UPDATE stories SET title = 'A & B' WHERE id = $1`, k.story)
	statement(t, s, `UPDATE profiles SET account_id = $1 WHERE id = (SELECT profile_id FROM story_authors WHERE story_id = $2 AND position = 0)`, k.ann.ID, k.story)
	statement(t, s, `INSERT INTO notice_choices (account_id, kind) VALUES ($1, 'replies-daily')`, k.mod.ID)
	k.since()
	return k
}

// say posts a reply and has it published.
func (k *talk) say(d replies.Draft) string {
	k.t.Helper()
	d.StoryID = k.story
	p, err := k.s.Replies.Post(k.t.Context(), d)
	if err != nil {
		k.t.Fatal(err)
	}
	if p.State != replies.Published {
		by := members.Actor{AccountID: k.mod.ID, Roles: []members.Role{members.Moderator}}
		if _, err := k.s.Replies.Decide(k.t.Context(), by, replies.Approve, []string{p.ID}, time.Time{}); err != nil {
			k.t.Fatal(err)
		}
	}
	k.s.Clock.Advance(time.Minute) // nobody is written to before
	return p.ID
}

func stranger(name, body, answers string, watch bool) replies.Draft {
	return replies.Draft{ParentID: answers, Name: name, Email: name + "@people.example", Body: body, Watch: watch}
}

// came expects letters, a line for each, and returns them by their line.
func (k *talk) came(what string, want ...string) []postbox.Read {
	k.t.Helper()
	letters, lines := k.since()
	if strings.Join(lines, "\n") != strings.Join(want, "\n") {
		k.t.Errorf("%s: arrived are %q, want %q", what, lines, want)
	}
	for _, l := range letters {
		end := strings.Trim(l.Header.Get("List-Unsubscribe"), "<>")
		for kind, part := range l.Parts {
			if !strings.HasPrefix(end, k.s.URL+"/letters/answers/") || !strings.Contains(part, end) {
				k.t.Errorf("%s: the part %s does not say how to end such letters (%s): %s", what, kind, end, part)
			}
		}
		if l.Header.Get("List-Unsubscribe-Post") == "" || l.Parts["text/plain"] == "" || l.Parts["text/html"] == "" {
			k.t.Errorf("%s: %v", what, l.Header)
		}
	}
	return letters
}

// end ends such letters with one click, as a mail provider does.
func (k *talk) end(l postbox.Read) {
	k.t.Helper()
	k.press(l, "List-Unsubscribe", "One-Click")
}

func (k *talk) press(l postbox.Read, name, value string) {
	k.t.Helper()
	end := strings.TrimPrefix(strings.Trim(l.Header.Get("List-Unsubscribe"), "<>"), k.s.URL)
	k.s.Reader().Post(end, url.Values{name: {value}}).OK()
}

// TestLettersOfTheNameless has writers take their names off before letters tell of them.
func TestLettersOfTheNameless(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		k := newTalk(t, e)
		nameless := func(name, body, answers string) string {
			id := k.say(stranger(name, body, answers, name == "bo"))
			statement(t, k.s, `UPDATE replies SET name = '' WHERE id = $1`, id)
			return id
		}
		wrote := func(what, word string, letters []postbox.Read) {
			t.Helper()
			for _, l := range letters {
				for kind, part := range l.Parts {
					if !strings.Contains(part, word) {
						t.Errorf("%s: the part %s does not say that somebody wrote: %s", what, kind, part)
					}
				}
			}
		}
		first := nameless("bo", "I read this twice.", "")
		wrote("a reply", "Somebody wrote:", k.came("a reply", "ann: Somebody replied to “A & B”"))
		nameless("cy", "So did I.", first)
		asked := k.came("an answer", "ann: Somebody replied to “A & B”", "bo: Somebody answered under “A & B”")
		for _, l := range asked {
			if strings.Contains(l.Subject(), "answered") {
				k.press(l, "act", "listen")
			}
		}
		wrote("what was missed", "Somebody", k.came("confirmed", "bo: 1 answer came meanwhile"))
		statement(t, k.s, `UPDATE stories SET language = 'de' WHERE id = $1`, k.story)
		nameless("di", "Ich auch.", first)
		both := k.came("another", "ann: Somebody replied to “A & B”", "bo: Jemand hat dir unter „A & B“ geantwortet")
		wrote("in German", "Jemand schreibt:", slices.DeleteFunc(both, func(l postbox.Read) bool { return !strings.Contains(l.Subject(), "Jemand") }))
	})
}

// TestLettersOfReplies goes from the first reply to the end of letters about answers.
func TestLettersOfReplies(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		k := newTalk(t, e)
		first := k.say(stranger("bo", "I read this <b>twice</b> on the train.", "", true))
		got := k.came("a reply", "ann: bo replied to “A & B”")
		if html := got[0].Parts["text/html"]; strings.Contains(html, "<b>twice") || !strings.Contains(html, "twice") {
			t.Errorf("the letter is %s", html)
		}
		k.say(stranger("cy", "So did I, and missed my station.", first, false))
		got = k.came("an answer", "ann: cy replied to “A & B”", "bo: Somebody answered under “A & B”")
		var asked postbox.Read
		for _, l := range got {
			if strings.Contains(l.Subject(), "Somebody") {
				asked = l
			}
		}
		if text := asked.Parts["text/plain"]; strings.Contains(text, "station") || strings.Contains(text, "cy") {
			t.Errorf("an address that nobody confirmed gets a stranger's words: %s", text)
		}
		k.say(stranger("di", "Mine was the next one.", first, false))
		k.say(stranger("bo", "Which station was it?", first, false))
		k.came("more answers", "ann: bo replied to “A & B”", "ann: di replied to “A & B”")

		k.press(asked, "act", "listen")
		if text := k.came("confirmed", "bo: 2 answers came meanwhile")[0].Parts["text/plain"]; !strings.Contains(text, "station") || !strings.Contains(text, "next one") || strings.Contains(text, "Which") {
			t.Errorf("what was missed is %s", text)
		}
		typed := k.say(stranger("bo", "Buy from me.", "", true))
		k.say(stranger("xi", "Yes, buy from bo.", typed, false))
		k.came("one who types bo's address gets an answer", "ann: bo replied to “A & B”", "ann: xi replied to “A & B”")
		k.say(stranger("di", "The one with the clock.", first, false))
		got = k.came("another answer", "ann: di replied to “A & B”", "bo: di answered you under “A & B”")
		if err := k.s.DB.Update(t.Context(), func(tx *db.Tx) error {
			for few := true; few; {
				var err error
				if few, err = k.s.Replies.MayTell(tx, "bo@people.example"); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		k.say(stranger("ed", "I know that clock.", first, false))
		k.came("an answer after too many on one day", "ann: ed replied to “A & B”")
		for _, l := range got {
			k.end(l)
		}
		k.say(stranger("cy", "They took the clock away.", first, false))
		k.came("after the end")
		if k.s.As(k.ann.ID).Get("/me/notices").OK().Has(`input[value="reply-received"][checked]`) {
			t.Error("the author's choice does not show that the letters have ended")
		}
	})
}

// TestLettersToMembers answers members: by one letter, even to the story's author.
func TestLettersToMembers(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		k := newTalk(t, e)
		actor := func(a members.Account) members.Actor { return members.Actor{AccountID: a.ID} }
		dan := k.s.Account("dan")
		statement(t, k.s, `UPDATE accounts SET language = 'de' WHERE id = $1`, dan.ID)
		said := k.say(replies.Draft{Body: "From inside the works.", Watch: true, By: actor(dan)})
		k.came("a member's reply", "ann: dan replied to “A & B”")
		by := actor(k.ann)
		by.ProfileID = site.Rows[string](k.s, `SELECT id FROM profiles WHERE account_id = $1`, k.ann.ID)[0]
		answer := k.say(replies.Draft{ParentID: said, Body: "Thank you for that.", Watch: true, By: by})
		name := site.Rows[string](k.s, `SELECT name FROM replies WHERE id = $1`, answer)[0]
		k.end(k.came("the author answers", "dan: "+name+" hat dir unter „A & B“ geantwortet")[0])
		k.say(replies.Draft{ParentID: answer, Body: "With pleasure.", By: actor(dan)})
		k.came("the author is answered", "ann: dan answered you under “A & B”")
		k.say(replies.Draft{ParentID: said, Body: "And once more.", By: by})
		k.came("ended by the member")
	})
}

// TestLettersToModerators lets replies wait over night.
func TestLettersToModerators(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		k := newTalk(t, e)
		owner := k.s.Account("own", members.Owner)
		statement(t, k.s, `DELETE FROM notice_choices`)
		k.settle(owner, replies.Hourly)
		hold := func(n int) {
			d := stranger(fmt.Sprint("w", n), fmt.Sprintf("Number %d of those that wait.", n), "", false)
			d.StoryID = k.story
			if p, err := k.s.Replies.Post(t.Context(), d); err != nil || p.State == replies.Published {
				t.Fatalf("%+v, %v", p, err)
			}
		}
		hold(1)
		hold(2)
		k.came("at once")
		k.s.Clock.Advance(time.Hour)
		got := k.came("within the hour", "mod: 2 held, the oldest 1 hour", "own: 2 held, the oldest 1 hour")
		k.end(got[0])
		k.end(got[1])
		k.s.Clock.Advance(22 * time.Hour)
		k.came("in the morning", "mod: 2 held, the oldest 23 hours", "own: 2 held, the oldest 23 hours")
		hold(3)
		k.s.Clock.Advance(time.Hour)
		k.came("hourly letters have ended")
		k.settle(owner, replies.Never)
		k.s.Clock.Advance(24 * time.Hour)
		k.came("the settings end them")
		k.settle(owner, replies.Daily)
		k.s.Clock.Advance(24 * time.Hour)
		k.came("the settings begin them anew", "mod: 3 held, the oldest 3 days", "own: 3 held, the oldest 3 days")
	})
}

// TestLettersOnReports: moderators hear of the first report of a reply that readers see,
// in their language, and each morning until one of them has looked.
func TestLettersOnReports(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		k := newTalk(t, e)
		owner := k.s.Account("own", members.Owner)
		statement(t, k.s, `UPDATE accounts SET language = 'de' WHERE id = $1`, k.mod.ID)
		statement(t, k.s, `UPDATE reply_checks SET reports = 0, appealed_at = NULL`)
		statement(t, k.s, `UPDATE replies SET state = 'trash' WHERE state = 'pending'`)
		statement(t, k.s, `DELETE FROM notice_choices`)
		k.settle(owner, replies.Hourly)
		id := k.say(stranger("bo", "The address is 4 Mill Lane.", "", false))
		k.s.Clock.Advance(2 * time.Hour)
		k.since()
		for range 2 { // the second from the same network says nothing new
			if held, err := k.s.Replies.Report(t.Context(), id, "192.0.2.1", "private"); held || err != nil {
				t.Fatal(held, err)
			}
		}
		k.s.Clock.Advance(time.Hour)
		got := k.came("within the hour", "mod: 1 sichtbare Antwort wurde gemeldet", "own: 1 reply that readers see was reported")
		for _, l := range got {
			for kind, part := range l.Parts {
				if !strings.Contains(part, k.s.URL+"/desk/replies?reported=yes") || strings.Contains(part, "does not see") || strings.Contains(part, "Mill Lane") {
					t.Errorf("the part %s is %s", kind, part)
				}
			}
			k.end(l)
		}
		k.s.Clock.Advance(24 * time.Hour)
		k.came("in the morning", "mod: 1 sichtbare Antwort wurde gemeldet", "own: 1 reply that readers see was reported")
		by := members.Actor{AccountID: k.mod.ID, Roles: []members.Role{members.Moderator}}
		if _, err := k.s.Replies.Decide(t.Context(), by, replies.Approve, []string{id}, time.Time{}); err != nil {
			t.Fatal(err)
		}
		k.s.Clock.Advance(24 * time.Hour)
		k.came("once somebody has looked")
	})
}

func (k *talk) settle(owner members.Account, digest replies.Pace) {
	k.t.Helper()
	var c replies.Settings
	err := k.s.DB.View(k.t.Context(), func(tx *db.Tx) (err error) {
		c, err = k.s.Replies.SettingsIn(tx)
		return err
	})
	if err == nil {
		c.Digest, c.Mode = digest, replies.HoldAll
		err = k.s.Replies.SaveSettings(k.t.Context(), members.Actor{AccountID: owner.ID, Roles: []members.Role{members.Owner}}, c)
	}
	if err != nil {
		k.t.Fatal(err)
	}
}

// TestLettersAreTakenBack approves and takes it back: within the minute that letters wait,
// and later, while no server takes any.
func TestLettersAreTakenBack(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		k := newTalk(t, e)
		moderator := members.Actor{AccountID: k.mod.ID, Roles: []members.Role{members.Moderator}}
		p, err := k.s.Replies.Post(t.Context(), replies.Draft{StoryID: k.story, Name: "Priya N.", Email: "priya@people.example", Body: "It waits for somebody to look."})
		if err != nil || p.State == replies.Published {
			t.Fatalf("%s, %v", p.State, err)
		}
		approve := func() replies.Decision {
			d, err := k.s.Replies.Decide(t.Context(), moderator, replies.Approve, []string{p.ID}, time.Time{})
			if err != nil {
				t.Fatal(err)
			}
			return d
		}
		undo := func(d replies.Decision) {
			if _, err := k.s.Replies.Undo(t.Context(), moderator, d.Batch); err != nil {
				t.Fatal(err)
			}
		}
		d := approve()
		k.came("at once")
		undo(d)
		k.s.Clock.Advance(time.Minute)
		k.came("what was taken back at once")
		d = approve()
		k.s.Clock.Advance(time.Minute)
		k.s.Work()
		letters := func() int {
			return len(site.Rows[string](k.s, `SELECT id FROM letters WHERE kind = 'reply' AND unique_key LIKE 'reply:'||$1||':%'`, p.ID))
		}
		if n := letters(); n != 1 {
			t.Errorf("%d letters wait", n)
		}
		undo(d)
		if n := letters(); n != 0 {
			t.Errorf("%d letters still wait", n)
		}
		approve()
		k.s.Clock.Advance(time.Minute)
		k.came("approved for good", "ann: Priya N. replied to “A & B”")
	})
}

// TestAuthorsAnswerAtOnce: what an author of the story writes waits for nobody.
func TestAuthorsAnswerAtOnce(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		k := newTalk(t, e)
		settleReplies(t, k.s, func(c *replies.Settings) { c.Mode = replies.HoldAll })
		by := func(a members.Account) replies.State {
			p, err := k.s.Replies.Post(t.Context(), replies.Draft{StoryID: k.story, Body: "Thank you all.", By: members.Actor{AccountID: a.ID}})
			if err != nil {
				t.Fatal(err)
			}
			return p.State
		}
		if state := by(k.ann); state != replies.Published {
			t.Errorf("an author's reply is %s", state)
		}
		if state := by(k.s.Account("bob")); state != replies.Pending {
			t.Errorf("another member's is %s", state)
		}
	})
}

// TestLetterOfAWave floods the site: the owner hears of it once.
func TestLetterOfAWave(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		k := newTalk(t, e)
		owner := k.s.Account("own", members.Owner)
		k.settle(owner, replies.Never)
		k.s.Replies.Rates = replies.Rates{}
		for n := range 25 {
			d := stranger(fmt.Sprint("w", n), fmt.Sprintf("Number %d of many.", n), "", false)
			d.StoryID = k.story
			if _, err := k.s.Replies.Post(t.Context(), d); err != nil {
				t.Fatal(err)
			}
			if n > 20 {
				k.s.Clock.Advance(time.Minute)
				k.s.Work()
			}
		}
		got := k.came("a wave", "own: Much comes at once at "+k.name())
		k.s.Reader().Get(strings.TrimPrefix(strings.Trim(got[0].Header.Get("List-Unsubscribe"), "<>"), k.s.URL)).Want(http.StatusOK)
	})
}

func (k *talk) name() string { return site.Rows[string](k.s, `SELECT name FROM community`)[0] }
