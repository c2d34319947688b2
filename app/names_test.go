package app_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"waypost/internal/testkit/site"
	"waypost/members"
)

// TestNamesThatMislead gives names and handles that look like somebody else's, that turn
// lines around, cannot be seen or never end. Each is refused with a sentence, and what
// was typed stands in the form again.
func TestNamesThatMislead(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	ann, editor := s.As(memberOf(t, s, "ann", "")), s.As(s.Account("ed", members.Owner).ID)
	for _, c := range []struct{ name, handle, field, says string }{
		{"Tаmsin Oyelaran", "ann-quill", "name", "two alphabets"},
		{"Tamsin Oyelaran", "ann-quill", "name", "Somebody who is known here"},
		{"Tarnsin. OyeIaran", "ann-quill", "name", "Somebody who is known here"},
		{"Ann\u202ellirG", "ann-quill", "name", "nobody can see"},
		{"Ann\u0007Quill", "ann-quill", "name", "nobody can see"},
		{strings.Repeat("Ann ", 2500), "ann-quill", "name", "80"},
		{"Ann Quill", "tamsinoyelaran", "handle", "looks like this one"},
		{"Ann Quill", "tаmsin-oyelaran", "handle", "two alphabets"},
	} {
		p := ann.Get("/me/profile").OK().Form("main form").Set("name", c.name).Set("handle", c.handle).Set("bio", "Typed with care.").Send("").Want(http.StatusUnprocessableEntity)
		if fault := p.Text("#" + c.field + "-fault"); !strings.Contains(fault, c.says) {
			t.Errorf("%.40q, %q: the fault at %s is %q: %.300s", c.name, c.handle, c.field, fault, p.Text("main"))
		}
		if p.Text("#bio") != "Typed with care." || p.Find("#handle").AttrOr("value", "") != c.handle {
			t.Errorf("%.40q, %q: what was typed is gone", c.name, c.handle)
		}
	}
	for _, c := range []struct{ set, field string }{{"pronouns", "pronouns"}, {"place", "place"}, {"bio", "bio"}, {"link_label.0", "links"}} {
		form := ann.Get("/me/profile").OK().Form("main form").Set("name", "Ann Quill").Set("link_url.0", "https://ann.example").Set(c.set, "well \u202ednuos")
		p := form.Send("").Want(http.StatusUnprocessableEntity)
		if fault := p.Text("#"+c.field+"-fault") + p.Text("#"+c.field+" .fault"); !strings.Contains(fault, "nobody can see") || p.Form("main form").Values.Get(c.set) != "well \u202ednuos" {
			t.Errorf("%s: the fault is %q, and the field holds %q", c.set, fault, p.Form("main form").Values.Get(c.set))
		}
	}
	for _, name := range []string{"Tаmsin", "Tam\u202esin", strings.Repeat("x", 10_000)} {
		p := editor.Get("/desk/authors/new").OK().Form("main form[method=post]").Set("name", name).Set("bio", "Typed with care.").Send("").Want(http.StatusUnprocessableEntity)
		if p.Text("#bio") != "Typed with care." || p.Text("#name-fault") == "" {
			t.Errorf("the desk takes %.20q: %.300s", name, p.Text("main"))
		}
	}
	ann.Get("/me/profile").OK().Form("main form").Set("name", "Ann Quill").Set("handle", "ann-quill").Press("").OK()
}

// TestStartLooksAtNamesOfBefore starts a community whose upgrade was cut off before every
// name was looked at.
func TestStartLooksAtNamesOfBefore(t *testing.T) {
	t.Parallel()
	s := site.New(t)
	s.Account("ed", members.Editor)
	alter(t, s, `INSERT INTO profiles (id, handle, name, pronouns, place, bio, links, version, created_at, updated_at) VALUES ('x', 'ann', 'Ann', '', '', '', '[]', 1, 0, 0)`)
	alter(t, s, `DELETE FROM account_words`)
	s.Stop()
	again := site.New(t, site.In(s.Folder, s.Place))
	if n := site.Rows[int64](again, `SELECT count(*) FROM profiles WHERE name_looks IS NULL OR handle_looks IS NULL`)[0]; n != 0 {
		t.Errorf("%d profiles were not looked at", n)
	}
	if n := site.Rows[int64](again, `SELECT count(*) FROM account_words`)[0]; n == 0 {
		t.Error("nobody is found by name")
	}
}

// TestRepliesUnderNamesOfOthers: who looks at a reply before sending it is told that they
// borrow the name of somebody known here, and moderators see that a name looks like a
// member's, whatever else speaks for or against the reply.
func TestRepliesUnderNamesOfOthers(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	s.Clock.Advance(time.Hour)
	look := func(name string, status int) *site.Page {
		form := typedReply("It was me who wrote that.")
		form.Set("name", name)
		return s.Reader().Post(story+"/replies", form).Want(status)
	}
	p := look(" Tamsin  Oyelaran", http.StatusUnprocessableEntity)
	if fault := p.Text("#reply-name-fault"); !strings.Contains(fault, "Somebody who is known here") || p.Has(".panel") || p.Text("#reply-body") != "It was me who wrote that." {
		t.Errorf("looked over under an author's name: %q, %s", fault, p.Text("main"))
	}
	before, plain := reply(t, s, "Ann Quill", "I had the same chair once."), reply(t, s, "Bo Hale", "Ann never had one.")
	s.As(memberOf(t, s, "ann", "")).Get("/me/profile").OK().Form("main form").Set("name", "Ann Quill").Set("handle", "ann-quill").Press("").OK()
	held := reply(t, s, "Ann Qúill", "I have it still.")
	look("Ann Quill", http.StatusOK) // nobody outside learns who is a member
	queue := s.As(s.Account("mo", members.Moderator).ID).Get("/desk/replies").OK()
	const like = "looks like a member’s"
	for id, want := range map[string]int{before: 1, plain: 0, held: 1} {
		if text := queue.Text("#at-" + id); strings.Count(text, like) != want {
			t.Errorf("the queue says %q", text)
		}
	}
	if text := queue.Text("#at-" + before + " .mark"); text != "The name "+like {
		t.Errorf("of a reply whose name a member took later the queue says %q", text)
	}
}
