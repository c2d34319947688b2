package desk_test

import (
	"strings"
	"testing"
)

func TestDraftsCanBeDeleted(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	where := s.postForm("/desk/stories/new", typedStory()).to()
	s.get(where).sees(200, `a[href="`+where+`/delete"]`)
	s.get(where+"/delete").sees(200, "form button")
	s.post(where+"/delete", "version", "7").sees(409)
	s.get(where).sees(200)
	s.post(where+"/delete", "version", "1").sees(303)
	s.get(where).sees(404)
	if n := rows(t, s); n[0] != 0 {
		t.Errorf("%d stories are left", n[0])
	}
	if record := s.get("/desk/record").page.Find("tbody").Text(); !strings.Contains(record, "Deleted a story") {
		t.Errorf("the record says %q", record)
	}
}

// TestWhatReadersHadIsNotDeleted publishes a story, takes it back and asks to delete it.
func TestWhatReadersHadIsNotDeleted(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	where := s.postForm("/desk/stories/new", typedStory()).to()
	for _, verb := range []string{"publish", "unpublish"} {
		form := s.get(where).form()
		form.Set("do", verb)
		s.postForm(where, form).sees(303)
	}
	if s.get(where+"/delete").sees(200).page.Find("main form").Length() != 0 {
		t.Error("the page offers to delete what readers had")
	}
	s.post(where+"/delete", "version", "3").sees(409)
	s.get(where).sees(200)

	s.post("/desk/pages/new", "title", "About", "state", "published", "format", "markdown", "body", "Here.").sees(303)
	page := s.get("/desk/pages").page.Find(".rows a").AttrOr("href", "")
	s.post(page, "title", "About", "slug", "about", "state", "draft", "format", "markdown", "body", "Here.", "version", "1").sees(303)
	s.post(page+"/delete", "version", "2").sees(409)
	s.get(page).sees(200)
}

func TestPagesAndTopicsCanBeDeleted(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	s.post("/desk/pages/new", "title", "About", "state", "draft", "format", "markdown", "body", `"State":"published"`).sees(303)
	page := s.get("/desk/pages").page.Find(".rows a").AttrOr("href", "")
	s.get(page+"/delete").sees(200, "form button")
	s.post(page+"/delete", "version", "1").sees(303)
	s.get(page).sees(404)

	s.post("/desk/topics/new", "name", "Spare").sees(303)
	topic := s.get("/desk/topics").page.Find(".rows a").AttrOr("href", "")
	form := typedStory()
	form.Set("topic", strings.TrimPrefix(topic, "/desk/topics/"))
	where := s.postForm("/desk/stories/new", form).to()
	s.post(topic+"/delete", "version", "1").sees(409)
	again := s.get(where).form()
	again.Set("topic", "")
	again.Set("do", "save")
	s.postForm(where, again).sees(303)
	s.get(topic+"/delete").sees(200, "form button")
	s.post(topic+"/delete", "version", "1").sees(303)
	s.get(topic).sees(404)

	s.post(where+"/revisions/1", "version", "2").sees(303) // a version that names what is gone
	form = s.get(where).form()
	form.Set("topic", strings.TrimPrefix(topic, "/desk/topics/"))
	form.Set("do", "save")
	s.postForm(where, form).sees(303) // as from a page that was open all the time
}
