package app_test

import (
	entities "html"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"waypost/internal/testkit/postbox"
	"waypost/internal/testkit/site"
	"waypost/members"
	"waypost/stories"
)

// opener opens what stands in letters as they arrive, while every link is live.
type opener struct {
	*testing.T
	s    *site.Site
	box  *postbox.Postbox
	seen int
	live map[string]string // the newest link with a secret, by what it begins with
}

var (
	anyLink    = regexp.MustCompile(`https?://[^\s"<>]+`)
	secretLink = regexp.MustCompile(`^(/[a-z/-]+/)[A-Za-z0-9._-]{40,}$`)
)

// arrive lets what waits leave, and opens each link of each letter that came twice: as a
// stranger, as the one it was written to, and as a program that only asks for the head.
func (o *opener) arrive() {
	o.Helper()
	send(o.T, o.s)
	for _, l := range o.box.Letters()[o.seen:] {
		o.seen++
		r := l.Read(o.T)
		all := r.Parts["text/plain"] + "\n" + entities.UnescapeString(r.Parts["text/html"]) + "\n" + r.Header.Get("List-Unsubscribe")
		paths := map[string]bool{}
		for _, link := range anyLink.FindAllString(all, -1) {
			path, own := strings.CutPrefix(strings.TrimRight(link, ".,"), o.s.URL)
			if !own {
				o.Errorf("%q leads to another site: %s", r.Subject(), link)
			}
			paths[path] = true
		}
		who := []*site.Visitor{o.s.Reader()}
		for _, id := range site.Rows[string](o.s, `SELECT id FROM accounts WHERE email = $1`, l.To) {
			who = append(who, o.s.As(id))
		}
		before := o.s.State()
		for path := range paths {
			o.open(r.Subject(), path, who)
		}
		if after := o.s.State(); !maps.Equal(before, after) {
			o.Errorf("%q: opening its links changes rows: %v", r.Subject(), difference(before, after))
		}
	}
}

func (o *opener) open(subject, path string, who []*site.Visitor) {
	o.Helper()
	found := secretLink.FindStringSubmatch(path)
	if found != nil {
		o.live[found[1]] = path
	}
	for i, v := range who {
		for range 2 {
			p, head := v.Get(path), v.Head(path)
			expected := p.Status == http.StatusOK
			if found == nil { // a page for somebody who is signed in, or for somebody who is not
				expected = expected || i == 0 && p.Status == http.StatusUnauthorized || i > 0 && p.Status == http.StatusSeeOther && path == "/sign-in"
			}
			if !expected {
				o.Errorf("%q: %s answers %d", subject, path, p.Status)
			}
			if head.Status != p.Status {
				o.Errorf("%q: the head of %s answers %d, not %d", subject, path, head.Status, p.Status)
			}
		}
	}
}

// press presses the button behind the newest link that begins so.
func (o *opener) press(begins string) *site.Page {
	o.Helper()
	if o.live[begins] == "" {
		o.Fatalf("no letter has a link to %s", begins)
	}
	return o.s.Reader().Get(o.live[begins]).OK().Form("main form").Press("").OK()
}

// TestLinksOfLettersChangeNothing has every kind of letter sent, and follows each link in
// it while it is live. What scanners of mail do too changes no row: buttons do.
func TestLinksOfLettersChangeNothing(t *testing.T) {
	t.Parallel()
	box := postbox.Open(t, postbox.Options{})
	s := site.New(t, site.Demo)
	sendThrough(t, s, box)
	s.SignIn()
	addressed(t, s)
	o := &opener{T: t, s: s, box: box, live: map[string]string{}}

	asks(s.Reader(), "/join", "ann@people.example").OK()
	o.arrive()
	o.press("/join/confirm/").Form("main form").Set("name", "Ann Lee").Press("").OK()
	asks(s.Reader(), "/sign-in", "ann@people.example").OK()
	o.arrive()
	o.press("/sign-in/")
	account := site.Rows[string](s, `SELECT id FROM accounts WHERE email = 'ann@people.example'`)[0]
	ann := s.As(account)
	ann.Get("/me/email").OK().Form("main form").Set("email", "ann@elsewhere.example").Press("").OK()
	o.arrive()
	o.press("/sign-in/email/")
	o.arrive()
	o.press("/sign-in/undo/")
	o.arrive()
	ann = s.As(account)
	statement(t, s, `INSERT INTO passkeys (id, account_id, rp_id, credential_id, public_key, name, aaguid, transports, sign_count, verified, backup_eligible, backed_up, created_at)
		VALUES ('key', $1, '127.0.0.1', 'key', 'key', 'key', '', '', 0, TRUE, FALSE, FALSE, 0)`, account)
	ann.Post("/me/ways/passkeys/key/remove", nil).Want(http.StatusSeeOther)
	o.arrive()
	s.Clock.Advance(16 * time.Minute)
	ann.Get("/me/leave").Want(http.StatusForbidden).Form("main form").Press("send").OK()
	o.arrive()
	askData(t, s, "ann@people.example")
	askData(t, s, "reader@elsewhere.example")
	o.arrive()

	owner := s.As(site.Rows[string](s, `SELECT account_id FROM account_roles WHERE role = 'owner'`)[0])
	mode(t, owner, "approval")
	for _, name := range []string{"ben", "cy"} {
		v := s.Reader()
		asks(v, "/join", name+"@people.example").OK()
		o.arrive()
		v.Get(o.live["/join/confirm/"]).OK().Form("main form").Press("").OK().Form("main form").Set("name", name).Press("").OK()
	}
	for _, decision := range []string{"approve", "decline"} {
		owner.Get("/desk/joining").OK().Form("form[action$='/decide']").Press(decision).OK()
		o.arrive()
	}
	mode(t, owner, "invitation")
	asks(s.Reader(), "/join?invitation=x", "dee@people.example")
	asks(s.Reader(), "/sign-in", "dee@people.example").OK()
	o.arrive()

	for _, name := range []string{"now", "week"} {
		subscribe(t, s, name+"@readers.example")
		o.arrive()
		o.press("/subscribe/")
	}
	if err := s.DB.Update(t.Context(), s.News.ScheduleWeek); err != nil {
		t.Fatal(err)
	}
	statement(t, s, `UPDATE subscriptions SET pace = 'weekly' WHERE email = 'week@readers.example'`)
	ann.Post("/me/follow", map[string][]string{"author": {"tamsin-oyelaran"}, "act": {"follow"}}).Want(http.StatusSeeOther)
	publishNew(t, s, "One", "tamsin-oyelaran", "leaving")
	o.arrive()
	s.Clock.Advance(6 * 24 * time.Hour) // past a Friday
	o.arrive()
	o.reviewed(account)

	kinds := site.Rows[string](s, `SELECT DISTINCT kind FROM letters ORDER BY kind`)
	want := []string{"admitted", "declined", "fresh", "join", "new-email", "new-story", "no-account", "old-email", "review-answer", "review-archived", "review-comment",
		"review-published", "review-returned", "review-scheduled", "review-submitted", "review-taken-back", "review-unpublished", "review-unreviewed",
		"review-unscheduled", "sign-in", "subscribe", "ways", "week", "your-data"}
	if !slices.Equal(kinds, want) {
		t.Errorf("letters of the kinds %q were sent, want %q", kinds, want)
	}
}

// reviewed takes a story of a member through all that is told of by letter.
func (o *opener) reviewed(account string) {
	o.Helper()
	statement(o.T, o.s, `UPDATE community SET trusted_publish = $1`, true)
	statement(o.T, o.s, `UPDATE accounts SET trusted = $1 WHERE id = $2`, true, account)
	author := members.Actor{AccountID: account, Roles: []members.Role{members.Member}, Trusted: true}
	editor := members.Actor{AccountID: o.s.Account("ed", members.Editor).ID, Roles: []members.Role{members.Editor}}
	ctx := o.Context()
	begin := func(title string) stories.Story {
		st, err := o.s.Stories.Create(ctx, author, stories.Content{Title: title, Standfirst: "In short.", Language: "en", Body: "Of all of it."})
		if err != nil {
			o.Fatal(err)
		}
		author.ProfileID = st.Authors[0]
		return st
	}
	st := begin("The first")
	step := func(by members.Actor, verb stories.Verb) {
		o.Helper()
		var err error
		if st, err = o.s.Stories.Take(ctx, by, st.ID, st.Version, stories.Step{Verb: verb, At: o.s.Clock.Now().Add(time.Hour), Note: "A word."}); err != nil {
			o.Fatalf("%s: %v", verb, err)
		}
		o.arrive()
	}
	step(author, stories.Submit)
	for _, by := range []members.Actor{author, editor} {
		if err := o.s.Stories.Comment(ctx, by, st.ID, "Beside it."); err != nil {
			o.Fatal(err)
		}
		o.arrive()
	}
	step(author, stories.Return)
	step(author, stories.Submit)
	step(editor, stories.Return)
	step(author, stories.Submit)
	for _, verb := range []stories.Verb{stories.Schedule, stories.Unschedule, stories.Publish, stories.Archive, stories.Unpublish, stories.Publish} {
		step(editor, verb)
	}
	st = begin("The second")
	step(author, stories.Publish)
}
