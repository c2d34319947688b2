package app_test

import (
	"context"
	"fmt"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"waypost/app"
	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/problem"
	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
	"waypost/members"
	"waypost/members/joining"
	"waypost/web/kit"
)

// behindProxy believes what the test says of where a request comes from.
func behindProxy(c *app.Config) { c.Proxies = kit.Proxies{netip.MustParsePrefix("127.0.0.0/8")} }

// mode chooses who may join.
func mode(t *testing.T, owner *site.Visitor, mode string, pairs ...string) {
	t.Helper()
	form := owner.Get("/desk/joining").OK().Form("form[action='/desk/joining']").Set("mode", mode)
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	if p := form.Press("").OK(); !p.Has("p.done") {
		t.Fatalf("the mode %s was not saved: %s", mode, p.Text("main"))
	}
}

func TestJoiningWithApproval(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		p := postOf(s)
		owner := s.SignIn()
		mode(t, owner, "approval")
		for _, name := range []string{"Tamsin Oyelaran", "Nobody Known"} { // who does not wait learns nothing of names
			s.Reader().Post("/join/waiting", map[string][]string{"name": {name}}).Want(http.StatusSeeOther)
		}
		var last *site.Visitor
		for _, name := range []string{"ann", "ben"} {
			v := s.Reader()
			asks(v, "/join", name+"@example.org").OK()
			letter, link, _ := p.last(t, name+"@example.org")
			confirm := v.Get(link).OK()
			if strings.Contains(letter.Text, "and join") || strings.Contains(confirm.Text("main"), "you join") {
				t.Errorf("joining is promised: %s %s", letter.Text, confirm.Text("main"))
			}
			waiting := confirm.Form("main form").Press("").OK()
			last = v
			if waiting.Path != "/join/waiting" || v.Cookie("waypost") != "" {
				t.Fatalf("confirming leads to %s", waiting.Path)
			}
			again := waiting.Form("main form").Set("words", "I write.").Press("").Want(http.StatusUnprocessableEntity)
			again.Form("main form").Set("name", strings.ToUpper(name[:1])+name[1:]+" Lee").Press("").OK()
		}
		page := owner.Get("/desk/joining").OK()
		if text := page.Text("main"); !strings.Contains(text, "Ann Lee") || !strings.Contains(text, "I write.") {
			t.Errorf("the desk says %s", text)
		}
		if !owner.Get("/desk").OK().Has(".notice a[href='/desk/joining']") {
			t.Error("today says nothing of who waits")
		}
		page.Form("form[action$='/decide']").Press("approve").OK()
		letter, _, _ := p.last(t, "ann@example.org")
		if letter.Kind != "admitted" {
			t.Errorf("told by %s", letter.Kind)
		}
		owner.Get("/desk/joining").OK().Form("form[action$='/decide']").Press("decline").OK()
		if letter, _, _ = p.last(t, "ben@example.org"); letter.Kind != "declined" {
			t.Errorf("told by %s", letter.Kind)
		}
		if over := last.Get("/join/waiting").OK(); over.Has("main form") || !strings.Contains(over.Text("h1"), "Nothing waits") {
			t.Errorf("after the decision: %s", over.Text("main"))
		}
		s.Clock.Advance(9 * 24 * time.Hour)
		for range 2 { // the first ends it, the second deletes it
			if err := s.DB.Update(t.Context(), s.Mail.Sweep); err != nil {
				t.Fatal(err)
			}
		}
		if left := site.Rows[string](s, `SELECT kind FROM letters WHERE recipient = 'ben@example.org'`); len(left) != 0 {
			t.Errorf("the address of who was declined stands in %q", left)
		}
		if got := site.Rows[string](s, `SELECT name FROM accounts WHERE email IS NOT NULL`); !slices.Equal(got, []string{"Ann Lee"}) {
			t.Errorf("accounts of %q", got)
		}
		ann := s.Reader()
		asks(ann, "/sign-in", "ann@example.org").OK()
		_, link, _ := p.last(t, "ann@example.org")
		ann.Get(link).OK().Form("main form").Send("").Want(http.StatusSeeOther)
	})
}

// invite makes an invitation and returns where its link leads.
func invite(by *site.Visitor, role, uses, days string) string {
	page := by.Get("/desk/joining").OK().Form("form[action='/desk/invitations']").Set("role", role).Set("uses", uses).Set("days", days).Press("").OK()
	_, query, _ := strings.Cut(page.Text("main .link-once code"), "/join?")
	return "/join?" + query
}

// comes asks for an account behind a link and returns the form of the letter that came.
func (p *post) comes(t *testing.T, link, address string) *site.Form {
	t.Helper()
	v := p.site.Reader()
	asks(v, link, address).OK()
	letter, confirm, _ := p.last(t, address)
	if confirm == "" {
		t.Fatalf("%s is written %s", address, letter.Kind)
	}
	return v.Get(confirm).OK().Form("main form")
}

func TestInvitations(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		p := postOf(s)
		owner := s.SignIn()
		mode(t, owner, "invitation")
		if page := s.Reader().Get("/join").OK(); page.Has("main form") || s.Reader().Get("/").OK().Has("a[href='/join']") {
			t.Error("a closed door looks open")
		}
		asks(s.Reader(), "/sign-in", "stranger@example.org").OK()
		if letter, link, _ := p.last(t, "stranger@example.org"); letter.Kind != "no-account" || link != "" {
			t.Errorf("a stranger is written %+v", letter)
		}
		link := invite(owner, "editor", "1", "1")
		asks(s.Reader(), "/sign-in", "eda@example.org").OK() // the wrong door first
		if letter, _, _ := p.last(t, "eda@example.org"); letter.Kind != "no-account" {
			t.Errorf("at the other door an invited person is written %s", letter.Kind)
		}
		if page := p.comes(t, link, "eda@example.org").Press(""); page.Path != "/join/welcome" {
			t.Errorf("an invited person comes to %s: %s", page.Path, page.Text("main"))
		}
		if got := site.Rows[string](s, `SELECT r.role FROM account_roles r JOIN accounts a ON a.id = r.account_id WHERE a.email = 'eda@example.org' ORDER BY r.role`); !slices.Equal(got, []string{"editor", "member"}) {
			t.Errorf("roles %q", got)
		}
		asks(s.Reader(), link, "second@example.org").OK()
		if letter, _, _ := p.last(t, "second@example.org"); letter.Kind != "no-account" {
			t.Errorf("a spent invitation brings %s", letter.Kind)
		}
		owner.Post("/desk/invitations", map[string][]string{"role": {"owner"}, "uses": {"1"}, "days": {"1"}}).Want(http.StatusUnprocessableEntity)
		link = invite(owner, "member", "5", "1")
		v := s.Reader()
		asks(v, link, "late@example.org").OK()
		_, confirm, _ := p.last(t, "late@example.org")
		owner.Get("/desk/joining").OK().Form("form[action$='/end']").Press("").OK()
		v.Post(confirm, nil).Want(http.StatusGone) // ended meanwhile
	})
}

// TestInvitationsThatDoNotHold: an invitation is over with its time, with its maker, and
// with the right of its maker to give one, also for who has got a letter already.
func TestInvitationsThatDoNotHold(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		p := postOf(s)
		owner := s.SignIn()
		mode(t, owner, "invitation")
		host := s.Account("host", members.Organizer, members.Editor)
		disable := func(at any) { statement(t, s, `UPDATE accounts SET disabled_at = $1 WHERE id = $2`, at, host.ID) }
		take := func(role string) {
			statement(t, s, `DELETE FROM account_roles WHERE account_id = $1 AND role = $2`, host.ID, role)
		}
		give := func(role string) {
			statement(t, s, `INSERT INTO account_roles (account_id, role, granted_at) VALUES ($1, $2, 0)`, host.ID, role)
		}
		for i, c := range []struct {
			what, role string
			over, mend func()
		}{
			{"its maker is disabled", "member", func() { disable(1) }, func() { disable(nil) }},
			{"its maker lets nobody in any more", "member", func() { take("organizer") }, func() { give("organizer") }},
			{"its maker edits, and lets nobody in any more", "editor", func() { take("organizer") }, func() { give("organizer") }},
			{"its maker has not the role that it gives any more", "editor", func() { take("editor") }, func() { give("editor") }},
			{"its time has come", "member", func() { s.Clock.Advance(24 * time.Hour) }, nil},
		} {
			link := invite(s.As(host.ID), c.role, "3", "1")
			shown := func() int { return owner.Get("/desk/joining").OK().Find("form[action^='/desk/invitations/']").Length() }
			open, late := shown(), fmt.Sprintf("late%d@example.org", i)
			early := p.comes(t, link, fmt.Sprintf("early%d@example.org", i))
			c.over()
			if page := early.Send(""); page.Status != http.StatusGone {
				t.Errorf("%s: the letter's button answers %d", c.what, page.Status)
			}
			asks(s.Reader(), link, late).OK()
			if letter, _, _ := p.last(t, late); letter.Kind != "no-account" {
				t.Errorf("%s: who asks then is written %s", c.what, letter.Kind)
			}
			if after := shown(); after >= open {
				t.Errorf("%s: the desk shows %d that let somebody in, and %d before", c.what, after, open)
			}
			if c.mend != nil {
				c.mend()
				p.comes(t, link, fmt.Sprintf("again%d@example.org", i)).Press("").OK()
			}
		}
	})
}

// TestTheLastPlaceIsTakenOnce lets many press at the same time, each with a letter of
// their own, where an invitation has two places left.
func TestTheLastPlaceIsTakenOnce(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		p := postOf(s)
		owner := s.SignIn()
		mode(t, owner, "invitation")
		link := invite(owner, "member", "2", "1")
		const many = 8
		var forms []*site.Form
		for i := range many {
			forms = append(forms, p.comes(t, link, fmt.Sprintf("p%d@example.org", i)))
		}
		var in, out atomic.Int32
		var all sync.WaitGroup
		for _, f := range forms {
			all.Go(func() {
				switch page := f.Send(""); page.Status {
				case http.StatusSeeOther:
					in.Add(1)
				case http.StatusGone:
					out.Add(1)
				default:
					t.Errorf("answered %d: %s", page.Status, page.Text("main"))
				}
			})
		}
		all.Wait()
		left, joined := site.Rows[int](s, `SELECT uses_left FROM invitations ORDER BY made_at DESC LIMIT 1`)[0], site.Rows[string](s, `SELECT email FROM accounts WHERE email LIKE 'p_@example.org'`)
		if in.Load() != 2 || out.Load() != many-2 || left != 0 || len(joined) != 2 {
			t.Errorf("%d are let in and %d are not, %d places are left, and there are accounts of %q", in.Load(), out.Load(), left, joined)
		}
	})
}

func TestDomains(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	p := postOf(s)
	owner := s.SignIn()
	owner.Get("/desk/joining").OK().Form("form[action='/desk/joining']").Set("mode", "domains").Press("").Want(http.StatusUnprocessableEntity)
	mode(t, owner, "domains", "domains", "School.example\nbücher.example")
	for address, kind := range map[string]string{"a@school.example": "join", "b@BÜCHER.example": "join", "c@evil-school.example": "no-account", "d@sub.school.example": "no-account"} {
		asks(s.Reader(), "/join", address).OK()
		if letter, _, _ := p.last(t, address); letter.Kind != kind {
			t.Errorf("%s is written %s", address, letter.Kind)
		}
	}
}

// TestBarredStayOut tries every way in for somebody who was removed for good.
func TestBarredStayOut(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		p := postOf(s)
		v := s.Reader()
		asks(v, "/join", "ban@example.org").OK()
		_, link, code := p.last(t, "ban@example.org")
		secret, err := s.Joining.Invite(t.Context(), ownerOf(t, s), joining.NewInvite{Role: "member", Uses: 3, Days: 3})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.DB.Update(t.Context(), func(tx *db.Tx) error { return s.Joining.Bar(tx, "", "ban@example.org", "") }); err != nil {
			t.Fatal(err)
		}
		v.Post(link, nil).Want(http.StatusGone)
		v.Post("/sign-in/code", map[string][]string{"code": {code}}).Want(http.StatusUnprocessableEntity)
		n := len(p.letters)
		s.Clock.Advance(25 * time.Hour)
		asks(s.Reader(), "/join?invitation="+secret, "BAN@example.org").OK()
		s.Work()
		if len(p.letters) != n {
			t.Errorf("a barred address is written %+v", p.letters[n:])
		}
		if got := site.Rows[string](s, `SELECT hash FROM barred`); len(got) != 1 || strings.Contains(got[0], "ban") {
			t.Errorf("barred: %q", got)
		}
		ann := joined(t, s, p, "ann@example.org", "Ann Lee")
		asks(s.Reader(), "/sign-in", "ann@example.org").OK()
		_, link, _ = p.last(t, "ann@example.org")
		if err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE accounts SET disabled_at = 1 WHERE email = 'ann@example.org'`)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		s.Reader().Post(link, nil).Want(http.StatusGone)
		ann.Get("/me/sessions").Want(http.StatusUnauthorized)
		n = len(p.letters)
		s.Clock.Advance(25 * time.Hour)
		asks(s.Reader(), "/join", "ann@example.org").OK()
		s.Work()
		if len(p.letters) != n {
			t.Errorf("a disabled account is written %+v", p.letters[n:])
		}
	})
}

// TestAFloodLeavesTheBudget has 10,000 sign-ups from 1,000 networks in a minute. No more
// letters leave than the budget, a member signs in at once, and somebody who joins from a
// quiet network gets their letter next.
func TestAFloodLeavesTheBudget(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo, site.With(behindProxy))
	p := postOf(s)
	joined(t, s, p, "member@example.org", "Ann Lee")
	s.Clock.Advance(2 * time.Hour)
	owner := s.SignIn()
	before := len(p.letters)
	var asked atomic.Int32
	var all sync.WaitGroup
	for worker := range 8 {
		all.Go(func() {
			for i := worker; i < 10_000; i += 8 {
				address, err := mail.ParseAddress(fmt.Sprintf("victim%d@example.org", i))
				if err == nil {
					_, err = s.Joining.Ask(context.Background(), address, joining.Wish{}, fmt.Sprintf("198.18.%d.%d", i%1000/250, i%250), false)
				}
				if err != nil && !problem.Is(err, problem.TooMany) {
					t.Error(err)
				}
				asked.Add(1)
			}
		})
	}
	all.Wait()
	s.Work()
	if n := len(p.letters) - before; n > joining.DefaultBudget || n < joining.DefaultBudget/2 {
		t.Errorf("%d letters left at once", n)
	}
	v := s.Reader()
	v.Get("/sign-in").OK().Form("main form").Set("email", "member@example.org").Press("").OK()
	_, link, _ := p.last(t, "member@example.org")
	v.Get(link).OK().Form("main form").Send("").Want(http.StatusSeeOther)
	human := s.Reader()
	page := human.Get("/join").OK()
	s.Clock.Advance(10 * time.Second)
	form := page.Form("main form")
	human.Post("/join", map[string][]string{"email": {"human@example.org"}, "stamp": {form.Values.Get("stamp")}}, "X-Forwarded-For", "2001:db8:1:2::3").Want(http.StatusSeeOther)
	s.Clock.Advance(time.Minute)
	_, link, _ = p.last(t, "human@example.org")
	human.Get(link).OK().Form("main form").Press("").OK()
	if !owner.Get("/desk").OK().Has(".notice a[href='/desk/joining']") {
		t.Error("the owner is not told that the letters were used up")
	}
	for range 59 {
		s.Clock.Advance(time.Minute)
		s.Work()
	}
	strangers := 0
	for _, l := range p.letters[before:] {
		if l.Kind == "join" {
			strangers++
		}
	}
	if strangers > joining.DefaultBudget {
		t.Errorf("%d letters left within an hour", strangers)
	}
	t.Logf("%d asked, %d letters", asked.Load(), strangers)
}

// TestLettersOfEachPurpose lets somebody without an account do one thing after another on
// one day: each has its letter, and none a second one.
func TestLettersOfEachPurpose(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		p := postOf(s)
		const zoe = "zoe@example.org"
		secret, err := s.Joining.Invite(t.Context(), ownerOf(t, s), joining.NewInvite{Role: "member", Uses: 3, Days: 3})
		if err != nil {
			t.Fatal(err)
		}
		subscribe(t, s, zoe)
		_, subscribed, _ := strings.Cut(p.letters[len(p.letters)-1].Text, s.URL+"/subscribe/")
		for range 3 {
			subscribe(t, s, zoe)
			asks(s.Reader(), "/sign-in", zoe).OK()
			asks(s.Reader(), "/join", zoe).OK()
			asks(s.Reader(), "/join?invitation="+secret, zoe).OK()
			s.Work()
			askData(t, s, zoe)
		}
		var kinds []string
		for _, l := range p.letters {
			kinds = append(kinds, l.Kind)
		}
		if slices.Sort(kinds); !slices.Equal(kinds, []string{"join", "subscribe"}) {
			t.Errorf("letters of one day: %q", kinds)
		}
		s.Reader().Post("/subscribe/"+strings.Fields(subscribed)[0], nil).Want(http.StatusSeeOther)
		_, link, _ := p.last(t, zoe)
		if welcome := s.Reader().Get(link).OK().Form("main form").Press("").OK(); welcome.Form("main form").Values.Get("stories") != "at-once" {
			t.Errorf("who subscribed and joined is welcomed with %v", welcome.Form("main form").Values)
		}
	})
}

// TestLimitsOfLetters writes five letters an hour to a member, one a day to a stranger.
func TestLimitsOfLetters(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo, site.With(behindProxy))
		p := postOf(s)
		joined(t, s, p, "ann@example.org", "Ann Lee")
		s.Clock.Advance(61 * time.Minute)
		count := func(address string) (n int) {
			s.Work()
			for _, l := range p.letters {
				if l.To == address {
					n++
				}
			}
			return n
		}
		for range 8 {
			asks(s.Reader(), "/sign-in", "ann@example.org").OK()
			asks(s.Reader(), "/join", "zoe@example.org").OK()
			s.Work()
			s.Clock.Advance(6 * time.Minute)
		}
		if a, z := count("ann@example.org"), count("zoe@example.org"); a != 1+5 || z != 1 {
			t.Errorf("%d letters to a member with the first, %d to a stranger", a, z)
		}
		s.Clock.Advance(24 * time.Hour)
		asks(s.Reader(), "/join", "zoe@example.org").OK()
		if z := count("zoe@example.org"); z != 2 {
			t.Errorf("%d letters to a stranger on the second day", z)
		}
		for i := range 25 {
			v := s.Reader()
			form := v.Get("/join").OK().Form("main form")
			answer := v.Post("/join", map[string][]string{"email": {fmt.Sprintf("many%d@example.org", i)}, "stamp": {form.Values.Get("stamp")}}, "X-Forwarded-For", fmt.Sprintf("2001:db8::%x", i))
			want := http.StatusSeeOther
			if i >= 20 {
				want = http.StatusTooManyRequests
			}
			if answer.Status != want || want == http.StatusTooManyRequests && answer.Header.Get("Retry-After") == "" {
				t.Fatalf("ask %d of a /64 answers %d", i, answer.Status)
			}
		}
	})
}
