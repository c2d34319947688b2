package app_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"waypost/internal/db"
	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
	"waypost/web/join"
)

// TestLinksThatNeverWere get the same answer, whatever stands in them, and so does a
// spent one.
func TestLinksThatNeverWere(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	link, err := s.OwnerLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, spent, _ := strings.Cut(link, "/sign-in/"+join.Printed)
	s.Reader().Post("/sign-in/"+spent, nil).Want(http.StatusSeeOther)
	tokens := []string{spent, "0", "null", strings.Repeat("A", 43), "e30.e30.", "1 OR 1=1", "\u202e", strings.Repeat("x", 2000)}
	for _, c := range hostile[struct{ Value string }](t, "link-tokens.jsonl") {
		if c.Value != "" && c.Value != ".." && !strings.ContainsAny(c.Value, "/%\x00") {
			tokens = append(tokens, c.Value)
		}
	}
	var first []byte
	for _, door := range []string{"/sign-in/", "/join/confirm/", "/sign-in/email/", "/sign-in/undo/"} {
		first = nil
		for _, token := range tokens {
			p := s.Reader().Post(door+url.PathEscape(token), nil).Want(http.StatusGone)
			if first == nil {
				first = p.Body
			}
			if !bytes.Equal(p.Body, first) {
				t.Errorf("%s%.40q gets another page", door, token)
			}
		}
	}
}

// TestManyPressAtOnce has a hundred press the button of one letter: one comes in.
func TestManyPressAtOnce(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		s := site.New(t, site.On(e), site.Demo)
		p := postOf(s)
		asks(s.Reader(), "/join", "ann@example.org").OK()
		_, link, _ := p.last(t, "ann@example.org")
		_, secret, _ := strings.Cut(link, "/confirm/")
		var won, lost atomic.Int32
		var all sync.WaitGroup
		for range 100 {
			all.Go(func() {
				if _, err := s.Joining.ByLink(context.Background(), secret, "", "x"); err == nil {
					won.Add(1)
				} else {
					lost.Add(1)
				}
			})
		}
		all.Wait()
		if n := site.Rows[int](s, `SELECT count(*) FROM accounts WHERE email_key = 'ann@example.org'`); won.Load() != 1 || lost.Load() != 99 || n[0] != 1 {
			t.Errorf("%d came in, %d did not, %d accounts", won.Load(), lost.Load(), n[0])
		}
	})
}

// TestKnownAndUnknownAreAlike asks for members and strangers by turns: bodies, status and
// headers are the same, and so is what is written.
func TestKnownAndUnknownAreAlike(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo, site.With(behindProxy))
	const pairs = 100
	if err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
		for i := range pairs {
			key := fmt.Sprintf("known%03d@example.org", i)
			if _, err := tx.Exec(`INSERT INTO accounts (id, name, email, email_key, created_at) VALUES ($1, 'x', $1, $1, 1)`, key); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	v := s.Reader()
	form := v.Get("/sign-in").OK().Form("main form")
	written := map[string]string{}
	for i := range 2 * pairs {
		kind := []string{"known", "other"}[i%2]
		before := site.Rows[int](s, `SELECT count(*) FROM proofs UNION ALL SELECT count(*) FROM jobs UNION ALL SELECT count(*) FROM letters UNION ALL SELECT count(*) FROM limits`)
		p := s.Reader().Post("/sign-in", url.Values{"email": {fmt.Sprintf("%s%03d@example.org", kind, i/2)}, "stamp": {form.Values.Get("stamp")}, "next": {""}, "invitation": {""}},
			"X-Forwarded-For", fmt.Sprintf("10.0.%d.%d", i/200, i%200))
		after := site.Rows[int](s, `SELECT count(*) FROM proofs UNION ALL SELECT count(*) FROM jobs UNION ALL SELECT count(*) FROM letters UNION ALL SELECT count(*) FROM limits`)
		grown := make([]int, len(after))
		for j := range after {
			grown[j] = after[j] - before[j]
		}
		if i < 2 {
			continue // the first makes the job that answers all
		}
		cookie := p.Header.Get("Set-Cookie")
		told := fmt.Sprint(p.Status, p.Header.Get("Location"), len(cookie), string(p.Body), grown)
		if written[""] == "" {
			written[""] = told
		}
		if told != written[""] {
			t.Fatalf("%s gets %s, others %s", kind, told, written[""])
		}
	}
}

// TestNextKeepsTheOrigin leads those who sign in on to where they were, and nowhere else.
func TestNextKeepsTheOrigin(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	owner := s.SignIn()
	for next, want := range map[string]string{"/desk/stories?page=2": "/desk/stories?page=2", "//evil.example": "/desk", `/\evil.example`: "/desk", "https://evil.example/": "/desk",
		"/sign-out": "/desk", "/join": "/desk", "javascript:alert(1)": "/desk", "/\t/evil.example": "/desk"} {
		if p := owner.Get("/sign-in?next=" + url.QueryEscape(next)).Want(http.StatusSeeOther); p.Header.Get("Location") != want {
			t.Errorf("%q leads to %q", next, p.Header.Get("Location"))
		}
	}
	for _, c := range hostile[struct{ Next, Expect string }](t, "redirects.jsonl") {
		p := owner.Get("/sign-in?next=" + url.QueryEscape(c.Next))
		to := p.Header.Get("Location")
		if p.Status == http.StatusSeeOther && (!strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//")) || c.Expect == "same" && c.Next != "/" && to != c.Next {
			t.Errorf("%q leads to %q", c.Next, to)
		}
	}
}
