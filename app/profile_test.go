package app_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"waypost/internal/testkit/site"
)

// TestAMemberShowsThemselves: what a member writes of themselves is seen by those whom
// they chose, at every address where it could be, and by nobody else.
func TestAMemberShowsThemselves(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	ann, ben, reader := s.As(memberOf(t, s, "ann", "")), s.As(memberOf(t, s, "ben", "de")), s.Reader()
	places := []string{"/authors/ann-quill", "/authors", "/authors/ann-quill/feed.atom", "/sitemap.xml", "/me/follow?author=ann-quill"}
	const private = "Lives above the bakery"
	save := func(audience, bio string) {
		t.Helper()
		form := ann.Get("/me/profile").OK().Form("main form")
		form.Set("name", "Ann Quill").Set("place", "Brackmouth").Set("audience", audience).Set("shown_bio", bio).Set("shown_place", audience)
		form.Values.Set("bio", private)
		form.Press("").OK()
	}
	seen := func(v *site.Visitor, path string) bool {
		return strings.Contains(string(v.Get(path).Body), "Ann Quill") || strings.Contains(string(v.Get(path).Body), "ann-quill")
	}
	status := func(v *site.Visitor, path string, want int) {
		t.Helper()
		if p := v.Get(path); p.Status != want || want == http.StatusNotFound && strings.Contains(string(p.Body), "Quill") {
			t.Errorf("%s answers %d, want %d", path, p.Status, want)
		}
	}

	save("members", "nobody")
	if p := ben.Get("/people/ann-quill").OK(); strings.Contains(string(p.Body), private) || !strings.Contains(string(p.Body), "Brackmouth") || p.Header.Get("Cache-Control") != "private, no-store" {
		t.Errorf("a member sees %s", p.Text("main"))
	}
	if p := ben.Get("/people?q=quil").OK(); strings.Join(p.Texts(".rows a"), " ") != "Ann Quill" {
		t.Errorf("a member finds %q", p.Texts(".rows a"))
	}
	if p := ann.Get("/people/ann-quill").OK(); !strings.Contains(string(p.Body), private) {
		t.Error("she does not see her own")
	}
	for _, path := range places[:4] {
		if seen(reader, path) && path != places[0] && path != places[2] {
			t.Errorf("a reader finds her at %s", path)
		}
	}
	status(reader, places[0], http.StatusNotFound)
	status(reader, places[2], http.StatusNotFound)
	status(reader, "/people/ann-quill", http.StatusUnauthorized)

	save("nobody", "nobody")
	status(ben, "/people/ann-quill", http.StatusNotFound)
	status(ben, places[4], http.StatusNotFound)
	if seen(ben, "/people") {
		t.Error("the list of people shows who is not to be found")
	}

	save("everyone", "members")
	for _, path := range places[:4] {
		if p := reader.Get(path).OK(); !seen(reader, path) || strings.Contains(string(p.Body), private) {
			t.Errorf("a reader sees at %s: %s", path, p.Text("main"))
		}
	}
	save("everyone", "everyone")
	if p := reader.Get(places[0]).OK(); !strings.Contains(string(p.Body), private) {
		t.Error("what everybody may see is not seen")
	}
	ann.Get("/me/profile").OK().Form("main form").Set("handle", "quill").Press("").OK()
	if p := reader.Get(places[0]); p.Status != http.StatusMovedPermanently && p.Status != http.StatusPermanentRedirect {
		t.Errorf("the old address answers %d", p.Status)
	}
	ann.Get("/me/profile").OK().Form("main form").Set("audience", "nobody").Press("").OK()
	status(reader, places[0], http.StatusNotFound) // which would tell the new one
	status(reader, "/authors/quill", http.StatusNotFound)
}

// TestAProfileSaysWhoSeesIt: the page tells a member who finds them now, and each address
// that it names is there.
func TestAProfileSaysWhoSeesIt(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	ann, reader := s.As(memberOf(t, s, "ann", "")), s.Reader()
	says := func(want string, addresses ...string) {
		t.Helper()
		p := ann.Get("/me/profile").OK()
		if !strings.Contains(p.Text("#seen"), want) {
			t.Errorf("it says %q, want %q", p.Text("#seen"), want)
		}
		if links := p.Attrs("#looks a", "href"); !slices.Equal(links, addresses) {
			t.Errorf("it leads to %q, want %q", links, addresses)
		}
		for _, address := range addresses {
			if strings.HasPrefix(address, "/authors/") {
				reader.Get(address).OK()
			}
			ann.Get(address).OK()
		}
		names := p.Texts("main .field:has(select) label")
		slices.Sort(names)
		if each := slices.Compact(slices.Clone(names)); len(names) != 6 || len(each) != len(names) {
			t.Errorf("the choices are called %q", names)
		}
	}
	save := func(audience string) {
		t.Helper()
		ann.Get("/me/profile").OK().Form("main form").Set("name", "Ann Quill").Set("audience", audience).Press("").OK()
	}
	says("Nobody sees you here yet")
	save("members")
	says("Members see your page now, readers from outside do not", "/people/ann-quill")
	save("nobody")
	says("Nobody but you sees your page now")
	save("everyone")
	says("Everybody sees your page now", "/authors/ann-quill", "/people/ann-quill")

	theirs := func() bool { return ann.Get("/people/ann-quill").OK().Has("main a[href='/authors/ann-quill']") }
	if theirs() {
		t.Error("her page leads to stories that are not there")
	}
	publishNew(t, s, "A first story", "ann-quill", "trials")
	if !theirs() {
		t.Error("her page does not lead to her stories")
	}
	save("members")
	says("because you have published", "/authors/ann-quill", "/people/ann-quill")
	save("nobody")
	says("Members do not find you", "/authors/ann-quill")
	if p := ann.Post("/me/profile", url.Values{"name": {""}, "audience": {"everyone"}}).Want(http.StatusUnprocessableEntity); !strings.Contains(p.Text("main"), "Members do not find you") {
		t.Error("what was refused counts as stored")
	}
}

func TestAProfileIsRefused(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo)
	ann := s.As(memberOf(t, s, "ann", ""))
	portrait := site.Rows[string](s, `SELECT picture_id FROM profiles WHERE handle = 'tamsin-oyelaran'`)[0]
	for _, form := range []url.Values{
		{"name": {""}}, {"name": {"An\u202en"}}, {"name": {"\u0410nn"}}, {"name": {"Ann"}, "handle": {"tamsin-oyelaran"}}, {"name": {"Ann"}, "audience": {"friends"}},
		{"name": {"Ann"}, "shown_bio": {"friends"}}, {"name": {"Ann"}, "link_url.0": {"javascript:alert(1)"}},
	} {
		ann.Post("/me/profile", form).Want(http.StatusUnprocessableEntity)
	}
	if n := site.Rows[int](s, `SELECT count(*) FROM profiles WHERE account_id IS NOT NULL`)[0]; n != 0 {
		t.Errorf("%d profiles were made", n)
	}
	ann.Post("/me/profile", url.Values{"name": {"Ann"}, "portrait": {portrait}, "version": {"0"}}).Want(http.StatusSeeOther)
	if got := site.Rows[string](s, `SELECT coalesce(picture_id, '') || audience FROM profiles WHERE name = 'Ann'`); got[0] != "nobody" {
		t.Errorf("another's picture, or an audience nobody chose: %q", got)
	}
}
