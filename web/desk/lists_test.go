package desk_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/jobs"
)

// first is where the first row of a list leads.
func (a answer) first() string { return a.page.Find(".rows a").First().AttrOr("href", "") }

func TestResources(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	s.get("/desk/resources").sees(200, ".empty")
	s.post("/desk/topics/new", "name", "Pay").sees(303)
	a := s.post("/desk/resources/new", "url", "javascript:alert(1)", "title", "Kept").sees(422, "#url[aria-invalid]")
	if a.value("title") != "Kept" {
		t.Error("typed text is gone")
	}
	topic := s.get("/desk/resources/new").page.Find("[name=topics]").AttrOr("value", "")
	s.post("/desk/resources/new", "url", "https://example.org/pay", "title", "Pay tables", "note", "Use *these*.", "topics", topic).sees(303)
	where := s.get("/desk/resources").first()
	s.get(where).sees(200, "[name=topics][checked]")
	s.post(where, "url", "https://example.org/pay", "title", "Pay scales", "version", "1", "topics", topic).sees(303)
	s.post(where, "url", "https://example.org/pay", "title", "Late", "version", "1").sees(409, ".summary")
	undo := s.post(where+"/delete").sees(200, ".done form[action='/desk/resources/new']")
	s.get(where).sees(404)
	s.post("/desk/resources/new", "url", undo.value("url"), "title", undo.value("title"), "note", undo.value("note"), "topics", undo.value("topics")).sees(303)
	if got := s.get(s.get("/desk/resources").first()); got.value("title") != "Pay scales" || got.page.Find("[name=topics][checked]").Length() != 1 {
		t.Error("what was put back is not what was deleted")
	}
}

func TestTopics(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	s.post("/desk/topics/new", "name", "").sees(422, "#name-fault")
	s.post("/desk/topics/new", "name", "Leaving", "description", "Going").sees(303)
	where := s.get("/desk/topics?done=saved").sees(200, "[role=status]").first()
	if s.get(where).value("slug") != "leaving" {
		t.Error("no slug was made")
	}
	s.post("/desk/topics/new", "name", "Other", "slug", "leaving").sees(422, "#slug-fault")
	s.post(where, "name", "Going", "slug", "going", "version", "x").sees(400)
	s.post(where, "name", "Going", "slug", "going", "version", "1").sees(303)
}

func TestAuthors(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	me := s.get("/desk/authors").sees(200).first()
	s.get(me).sees(200, "[name=account][checked]")
	s.upload("/desk/authors/new", "portrait_file", []byte("gone"), "name", "Bo Marsh").sees(422, "#portrait_file-fault")
	where := s.upload("/desk/authors/new", "portrait_file", picture(t), "name", "Bo Marsh", "bio", "Drives.", "link_label.1", "Site", "link_url.1", "https://bo.example").to()
	if where != "/desk/authors" {
		t.Fatalf("led to %s", where)
	}
	s.post("/desk/authors/new", "name", "Cy", "account", "me").sees(422, "#account .fault")
	s.post("/desk/authors/new", "name", "Cy", "link_url.0", "ftp://x").sees(422, "#links .fault")
	bo := s.get("/desk/authors").page.Find(`.rows a:contains("Bo Marsh")`).First().AttrOr("href", "")
	a := s.get(bo).sees(200, "[name=portrait][checked] + img")
	if a.value("link_url.0") != "https://bo.example" || a.value("handle") != "bo-marsh" {
		t.Error("links or handle are not shown")
	}
	s.post(me, "name", "Ada Ferry", "handle", "ada-ferry", "version", "1").sees(303)
	s.get(me).sees(200, "[name=account]:not([checked])")
}

func TestPages(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	s.get("/desk/pages").sees(200, ".empty")
	s.get("/desk/pages/new").sees(200, "[name=state][value=draft][checked]")
	fields := []string{"title", "About", "body", "We *are*.", "format", "markdown", "state", "published"}
	s.post("/desk/pages/new", append(fields, "slug", "stories")...).sees(422, "#slug-fault")
	a := s.post("/desk/pages/preview", fields...).sees(200, "em")
	if !strings.Contains(a.Header().Get("Content-Security-Policy"), "frame-ancestors 'self'") {
		t.Error("the preview cannot be framed")
	}
	where := s.post("/desk/pages/new", append(fields, "in_menu", "yes")...).to()
	s.get(where).sees(200, `.bar a[href="/about"]`, "[name=in_menu][checked]")
	s.post(where, append(fields, "slug", "about", "version", "0")...).sees(409, ".summary")
}

func TestSettings(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	s.post("/desk/settings", "do", "desk", "your_name", "Ada F.", "desk_language", "xx").sees(422, "#desk_language[aria-invalid]")
	s.post("/desk/settings", "do", "desk", "your_name", strings.Repeat("a", 81), "desk_language", "de").sees(422, "#your_name[aria-invalid]")
	s.post("/desk/settings", "do", "desk", "your_name", "Ada F.", "desk_language", "de").sees(303)
	a := s.get("/desk/settings").sees(200, `html[lang="de"]`)
	if a.value("your_name") != "Ada F." || a.value("name") != "Lantern" {
		t.Error("the settings are not shown")
	}
	s.post("/desk/settings", "name", "", "language", "en", "time_zone", "UTC", "accent", "#2b6349", "version", "1").sees(422, "#name-fault")
	s.post("/desk/settings", "name", "Beacon", "language", "en", "time_zone", "UTC", "accent", "#2b6349", "version", "1").sees(303)
	s.get("/desk/record").sees(200, "table time")
}

func TestConfirmationsAreOurOwnWords(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	if s.get("/desk?done=%3Cb%3Ehello").sees(200).page.Find("[role=status]").Length() != 0 {
		t.Error("an address put words on the page")
	}
}

func TestFailedWorkIsSeenAndTriedAgain(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	ctx := context.Background()
	s.desk.Jobs.Handle("test.failed", func(context.Context, *jobs.Job) error { return errors.New("the disk said no") })
	if err := s.desk.DB.Update(ctx, func(tx *db.Tx) error { return s.desk.Jobs.Enqueue(tx, "test.failed", nil) }); err != nil {
		t.Fatal(err)
	}
	for range 12 {
		if _, err := s.desk.Jobs.Work(ctx); err != nil {
			t.Fatal(err)
		}
		s.clock.Advance(24 * time.Hour)
	}
	a := s.get("/desk").sees(200, ".needs form button")
	if !strings.Contains(a.page.Find(".needs").Text(), "the disk said no") {
		t.Error("the reason is not shown")
	}
	s.post(a.page.Find(".needs form").AttrOr("action", "")).sees(303)
	s.get("/desk").sees(200, ":not(.needs)")
}

func TestStoryListPages(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	for i := range 33 {
		s.clock.Advance(time.Minute)
		s.post("/desk/stories/new", "title", fmt.Sprint("Story ", i), "format", "markdown", "version", "0").sees(303)
	}
	a := s.get("/desk/stories").sees(200, ".pager a")
	if n := a.page.Find(".rows li").Length(); n != 30 {
		t.Errorf("%d rows", n)
	}
	older := s.get(a.page.Find(".pager a").AttrOr("href", "")).sees(200)
	if n := older.page.Find(".rows li").Length(); n != 3 || older.page.Find(".pager").Length() != 0 {
		t.Errorf("%d older rows", n)
	}
}

// TestStoryListGoesOnPastWhatIsHidden reads the list as an editor, to whom the drafts of
// others do not exist.
func TestStoryListGoesOnPastWhatIsHidden(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	write := func(title, do string) {
		s.post("/desk/stories/new", "title", title, "body", "Words.", "new_author", "Bo", "format", "markdown", "version", "0", "do", do).sees(303)
	}
	write("In review", "submit")
	s.clock.Advance(time.Minute)
	for range 31 { // all at one moment
		write("Draft", "save")
	}
	err := s.desk.DB.Update(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(`UPDATE account_roles SET role = 'editor' WHERE role = 'owner'`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	a := s.get("/desk/stories").sees(200, ".pager a")
	if got := s.get(a.page.Find(".pager a").AttrOr("href", "")).sees(200).page.Find(".rows li").Text(); !strings.Contains(got, "In review") {
		t.Errorf("the second page of the list has %q", got)
	}
}

func TestAccentIsAStylesheet(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	s.post("/desk/settings", "name", "Beacon", "language", "en", "time_zone", "UTC", "accent", "#7a1f4d", "version", "1").sees(303)
	s.get("/desk").sees(200, `link[href^="/static/accent-7a1f4d-"]`)
}
