package desk_test

import (
	"strings"
	"testing"
)

func TestGuide(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	s.get("/desk").sees(200, `a[href="/desk/guide"]`)
	s.get("/desk/settings").sees(200, ".guide-bar")
	if n := s.get("/desk/topics").sees(200).page.Find(".guide-bar").Length(); n != 0 {
		t.Error("a page that is no step says that it is one")
	}
	s.get("/desk/guide").sees(200, ".guide .next form[action='/desk/guide/blog/leave']")
	for _, step := range []string{"blog", "mail", "address", "people", "keep"} {
		s.post("/desk/guide/" + step + "/leave").sees(303)
	}
	if n := s.get("/desk/guide").sees(200, "form[action='/desk/guide/mail/take']").page.Find(".next").Length(); n != 0 {
		t.Error("a step is next after all were left")
	}
	if n := s.get("/desk").sees(200).page.Find(`a[href="/desk/guide"]`).Length(); n != 0 {
		t.Error("the desk still asks to go on")
	}
	for _, to := range s.get("/desk/guide").page.Find(".guide a[href^='/desk']").EachIter() {
		where, _, _ := strings.Cut(to.AttrOr("href", ""), "#")
		if r := s.get(where); r.Code == 404 || r.Code == 405 {
			t.Errorf("the guide leads to %s, which answers %d", where, r.Code)
		}
	}
	s.post("/desk/guide/mail/take").sees(303)
	s.get("/desk/guide").sees(200, ".guide .next form[action='/desk/guide/mail/leave']")
	s.post("/desk/guide/look/leave").sees(404)
	s.post("/desk/guide/elsewhere/leave").sees(404)
}
