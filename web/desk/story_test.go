package desk_test

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/members"
	"waypost/stories"
	"waypost/stories/trails"
)

// typedStory is a whole story as the editor's form brings it.
func typedStory() url.Values {
	return url.Values{
		"title": {"A year of gigs"}, "standfirst": {"Nine months in vans."}, "body": {"First line.\r\n\r\nSecond line."}, "format": {"markdown"},
		"language": {"en"}, "new_topics": {"Gigs, Leaving"}, "new_author": {"Bo Marsh"}, "version": {"0"}, "do": {"save"},
		"trail.goal":                 {"A crew of my own"},
		"trail.steps.0.id":           {"s1"},
		"trail.steps.0.kind":         {"gig"},
		"trail.steps.0.title":        {"Load-ins"},
		"trail.steps.0.shown":        {"described"},
		"trail.steps.0.organization": {"a touring company"},
		"trail.steps.0.start":        {"2015-05"}, "trail.steps.0.end": {"2016-02-03"}, "trail.steps.0.ended_by": {"left"},
		"trail.steps.0.detour": {"yes"}, "trail.steps.0.learned": {"Lift with two\r\n\r\nAsk for the sheet\r\n"}, "trail.steps.0.parent": {""},
		"trail.steps.1.id": {"s2"}, "trail.steps.1.kind": {"position"}, "trail.steps.1.title": {"  "}, "trail.steps.1.start": {""},
		"trail.changes.0.date": {"2015-12"}, "trail.changes.0.step": {"s1"}, "trail.changes.0.words": {"The van broke down"},
	}
}

// TestOthersWriteWhileATextIsRendered lets somebody else write whenever a save renders.
func TestOthersWriteWhileATextIsRendered(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	render, rendered := s.desk.Stories.Render, 0
	s.desk.Stories.Render = func(tx *db.Tx, f stories.Format, body, language, prefix string) (stories.Rendered, error) {
		rendered++
		other := make(chan error, 1)
		go func() { other <- s.desk.DB.Update(context.Background(), func(*db.Tx) error { return nil }) }()
		select {
		case err := <-other:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(5 * time.Second):
			t.Error("a save keeps all others waiting while its text is rendered")
		}
		return render(tx, f, body, language, prefix)
	}
	where := s.postForm("/desk/stories/new", typedStory()).to()
	form := s.get(where).form()
	form.Set("do", "save")
	form.Set("body", "Another text.")
	s.postForm(where, form).sees(303)
	if rendered != 2 {
		t.Errorf("rendered %d times for two saves", rendered)
	}
}

// TestManyAuthorsKeepTheByline saves a story whose author comes after all those whom
// the form has room for.
func TestManyAuthorsKeepTheByline(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	form := typedStory()
	form.Set("new_author", "Zoë Last")
	where := s.postForm("/desk/stories/new", form).to()
	_, before := s.story(strings.TrimPrefix(where, "/desk/stories/"))
	err := s.desk.DB.Update(context.Background(), func(tx *db.Tx) error {
		for i := range 60 {
			if _, err := s.desk.Members.SaveProfileIn(tx, "", members.Profile{Name: fmt.Sprint("Author ", i), Handle: fmt.Sprint("author-no-", i)}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	again := s.get(where).form()
	again.Set("do", "save")
	again.Set("standfirst", "Another.")
	s.postForm(where, again).sees(303)
	if _, after := s.story(strings.TrimPrefix(where, "/desk/stories/")); strings.Join(after.Authors, " ") != strings.Join(before.Authors, " ") {
		t.Errorf("by %v, and after a save by %v", before.Authors, after.Authors)
	}
}

// TestAnAuthorIsNamedByHandle names somebody whom the form does not offer, and nobody.
func TestAnAuthorIsNamedByHandle(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	var profile members.Profile
	err := s.desk.DB.Update(context.Background(), func(tx *db.Tx) (err error) {
		a, err := s.desk.Members.CreateAccount(tx, "", members.NewAccount{Name: "Ann Lee"})
		if err == nil {
			profile, err = s.desk.Members.SaveProfileIn(tx, a.ID, members.Profile{Name: "Ann Lee", Handle: "ann-lee", AccountID: a.ID})
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if s.get("/desk/stories/new").sees(200).page.Find("select[name=authors] option[value='"+profile.ID+"']").Length() != 0 {
		t.Error("a member who never published is offered to everybody who edits")
	}
	form := typedStory()
	form.Set("new_author", "@Ann-Lee")
	if p := s.postForm("/desk/stories/preview", form).sees(200); !strings.Contains(p.page.Text(), "Ann") {
		t.Error("the preview does not name her")
	}
	where := s.postForm("/desk/stories/new", form).to()
	if _, c := s.story(strings.TrimPrefix(where, "/desk/stories/")); !slices.Contains(c.Authors, profile.ID) {
		t.Errorf("by %v, not by %s", c.Authors, profile.ID)
	}
	form.Set("new_author", "@nobody-here")
	form.Set("title", "Another one")
	if p := s.postForm("/desk/stories/new", form).sees(422, "#new_author[aria-invalid]"); !strings.Contains(p.page.Text(), "Nobody here has the handle @nobody-here") {
		t.Errorf("says %q", p.page.Find(".fault").Text())
	}
}

func TestStoryRoundTrip(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	s.get("/desk/stories/new").sees(200, "#editor", "[name=title]", "[data-trail]", `button[value="publish"]`)
	where := s.postForm("/desk/stories/new", typedStory()).to()
	id := strings.TrimPrefix(where, "/desk/stories/")
	st, c := s.story(id)
	if st.State != stories.Draft || c.Body != "First line.\n\nSecond line." || len(c.Topics) != 2 || len(c.Authors) != 1 {
		t.Fatalf("saved %+v", c)
	}
	step := c.Trail.Steps[0]
	if len(c.Trail.Steps) != 1 || step.Kind != trails.Gig || !step.Detour || len(step.Learned) != 2 || step.End.String() != "2016-02-03" || step.Organization.Text != "a touring company" {
		t.Errorf("saved trail %+v", c.Trail)
	}
	if len(c.Trail.Changes) != 1 || c.Trail.Changes[0].Words != "The van broke down" {
		t.Errorf("saved changes %+v", c.Trail.Changes)
	}
	a := s.get(where+"?done=saved").sees(200, "[role=status]")
	form := a.form()
	form.Set("do", "save")
	s.postForm(where, form).sees(303)
	if _, again := s.story(id); again.Body != c.Body || again.Slug != "a-year-of-gigs" || len(again.Trail.Steps[0].Learned) != 2 || again.Trail.Goal != c.Trail.Goal ||
		strings.Join(again.Topics, " ") != strings.Join(c.Topics, " ") || strings.Join(again.Authors, " ") != strings.Join(c.Authors, " ") {
		t.Errorf("a save of the form as it was shown changed the story: %+v", again)
	}
}

func TestStoryVerbs(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	where := s.postForm("/desk/stories/new", typedStory()).to()
	id := strings.TrimPrefix(where, "/desk/stories/")
	press := func(verb string, more ...string) answer {
		t.Helper()
		form := s.get(where).form()
		form.Set("do", verb)
		for i := 0; i+1 < len(more); i += 2 {
			form.Set(more[i], more[i+1])
		}
		return s.postForm(where, form)
	}
	press("schedule", "at", "2026-05-04T11:00").sees(422, "#at-fault", ".summary") // 9:00 in UTC, half an hour ago
	press("schedule", "at", "2026-05-04T12:00").sees(303)
	if st, _ := s.story(id); st.State != stories.Scheduled || st.Scheduled.UTC().Hour() != 10 {
		t.Errorf("scheduled %+v", st)
	}
	s.get("/desk").sees(200, `.counts a[href="/desk/stories?state=scheduled"]`)
	press("unschedule").sees(303)
	press("publish", "title", "A better title").sees(303)
	st, c := s.story(id)
	if st.State != stories.Published || c.Title != "A better title" || st.Published.Second() != 15 {
		t.Errorf("published %+v", st)
	}
	s.get(where).sees(200, `.bar a[href="/stories/a-year-of-gigs"]`, `button[value="unpublish"]`)
	press("save").sees(303)
	if after, _ := s.story(id); !after.Published.Equal(st.Published) {
		t.Errorf("a save moved the date from %s to %s", st.Published, after.Published)
	}
	press("save", "body", "").sees(422, ".summary a[href='#body']")
	press("archive").sees(303)
	press("unpublish").sees(303)
	press("archive").sees(409, ".summary")
	s.get("/desk/stories?state=draft").sees(200, ".rows a")
	s.get("/desk/stories?state=archived").sees(200, ".empty")
}

func TestTrailButtonsKeepEverythingTyped(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	form := typedStory()
	form.Set("trail.steps.1.title", "Second")
	form.Set("trail.steps.1.start", "not a date")
	press := func(button string) answer {
		t.Helper()
		form.Set("do", button)
		a := s.postForm("/desk/stories/new", form).sees(200, "[data-trail]")
		form = a.form()
		if a.value("title") != "A year of gigs" || form.Get("new_author") != "Bo Marsh" {
			t.Fatalf("%s loses what was typed", button)
		}
		return a
	}
	press("step.down.0")
	if form.Get("trail.steps.0.title") != "Second" || form.Get("trail.steps.0.start") != "not a date" || form.Get("trail.steps.1.detour") != "yes" {
		t.Errorf("after moving down: %v", form)
	}
	press("step.add")
	if form.Get("trail.steps.2.id") != "s3" {
		t.Errorf("the new step is called %q", form.Get("trail.steps.2.id"))
	}
	press("step.remove.2")
	press("step.up.1")
	press("change.add")
	press("change.remove.1")
	if form.Get("trail.steps.0.title") != "Load-ins" || form.Has("trail.steps.2.id") || form.Has("trail.changes.1.date") {
		t.Errorf("at the end: %v", form)
	}
	form.Set("do", "save")
	a := s.postForm("/desk/stories/new", form).sees(422, `.summary a[href="#trail.steps.1.start"]`, `[id="trail.steps.1.start"][aria-invalid]`, "details.step[open]")
	if a.value("trail.steps.1.start") != "not a date" {
		t.Error("the faulty date is gone")
	}
}

func TestFaultsStandAtTheirFields(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	form := typedStory()
	form.Set("trail.steps.0.end", "2014")
	form.Set("trail.steps.0.learned", "fine\r\n"+strings.Repeat("long ", 80))
	form.Set("slug", "2020")
	s.postForm("/desk/stories/new", form).sees(422, `[role=alert] a[href="#slug"]`, `[id="trail.steps.0.end"][aria-invalid]`,
		`.summary a[href="#trail.steps.0.learned"]`, `[id="trail.steps.0.learned"][aria-invalid]`, "#slug-fault")
	if n := rows(t, s); n[0] != 0 || n[1] != 0 || n[3] != 1 {
		t.Errorf("a refused story left rows: %v", n)
	}
}

func TestConflictLosesNeitherText(t *testing.T) {
	t.Parallel()
	for _, choice := range []struct{ button, body string }{
		{"save", "mine\n\nshared"}, {"theirs", "theirs\n\nshared"}, {"merged", "theirs\nmine\n\nshared"},
	} {
		t.Run(choice.button, func(t *testing.T) {
			t.Parallel()
			s := signedIn(t)
			where := s.postForm("/desk/stories/new", typedStory()).to()
			mine, theirs := s.get(where).form(), s.get(where).form()
			theirs.Set("body", "theirs\r\n\r\nshared")
			theirs.Set("title", "Their title")
			theirs.Set("do", "save")
			s.postForm(where, theirs).sees(303)
			mine.Set("body", "mine\r\n\r\nshared")
			mine.Set("do", "save")
			a := s.postForm(where, mine).sees(409, ".sides .only", ".others td")
			text := a.page.Find(".sides").Text()
			if !strings.Contains(text, "theirs") || !strings.Contains(text, "mine") || a.page.Find(".only").Length() != 2 {
				t.Errorf("the page shows %q", text)
			}
			again := url.Values{}
			selector := `button[value="` + choice.button + `"]`
			if choice.button == "merged" {
				selector = ".merge button[value=save]"
				again.Set("body", strings.TrimPrefix(a.page.Find(".merge textarea").Text(), "\n"))
			}
			button := a.page.Find(selector).First()
			for _, field := range button.Closest("form").Find("input").EachIter() {
				again.Add(field.AttrOr("name", ""), field.AttrOr("value", ""))
			}
			again.Set("do", button.AttrOr("value", ""))
			s.postForm(where, again).sees(303)
			id := strings.TrimPrefix(where, "/desk/stories/")
			if _, c := s.story(id); c.Body != choice.body {
				t.Errorf("the text is %q, want %q", c.Body, choice.body)
			}
			if all := allVersions(t, s, id); !strings.Contains(all, "theirs\n\nshared") || choice.button != "merged" && !strings.Contains(all, "mine\n\nshared") {
				t.Errorf("a text is in no version: %q", all)
			}
		})
	}
}

func allVersions(t *testing.T, s *site, id string) string {
	t.Helper()
	var all strings.Builder
	err := s.desk.DB.View(context.Background(), func(tx *db.Tx) error {
		list, err := s.desk.Stories.Revisions(tx, members.Console(), stories.Story{ID: id})
		if err != nil {
			return err
		}
		for _, v := range list {
			c, err := s.desk.Stories.RevisionContent(tx, members.Console(), stories.Story{ID: id}, v.Version)
			if err != nil {
				return err
			}
			all.WriteString(c.Body + "|")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

func TestRevisions(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	where := s.postForm("/desk/stories/new", typedStory()).to()
	form := s.get(where).form()
	form.Set("body", "Rewritten.")
	form.Set("do", "save")
	s.postForm(where, form).sees(303)
	if n := s.get(where+"/revisions").sees(200, ".rows a").page.Find(".rows li").Length(); n != 2 {
		t.Errorf("%d versions", n)
	}
	s.get(where+"/revisions/1").sees(200, "form button")
	s.get(where + "/revisions/7").sees(404)
	s.post(where+"/revisions/1", "version", "1").sees(409)
	s.post(where+"/revisions/1", "version", "2").sees(303)
	if st, c := s.story(strings.TrimPrefix(where, "/desk/stories/")); st.Version != 3 || c.Body != "First line.\n\nSecond line." {
		t.Errorf("restored to version %d, %q", st.Version, c.Body)
	}
}

func TestPreviewSavesNothing(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	a := s.get("/desk/stories/new").sees(200, "iframe[sandbox][name=preview]", `button[formaction="/desk/stories/preview"]`)
	if policy := a.Header().Get("Content-Security-Policy"); !strings.Contains(policy, "frame-src 'self'") || !strings.Contains(policy, "frame-ancestors 'none'") {
		t.Errorf("policy of the editor: %s", policy)
	}
	before := rows(t, s)
	a = s.postForm("/desk/stories/preview", typedStory()).sees(200)
	if policy := a.Header().Get("Content-Security-Policy"); !strings.Contains(policy, "frame-ancestors 'self'") || !strings.Contains(policy, "script-src 'none'") || !strings.Contains(policy, "sandbox") {
		t.Errorf("policy of the preview: %s", policy)
	}
	if text := a.page.Text(); !strings.Contains(text, "Second line.") || !strings.Contains(text, "A year of gigs") {
		t.Errorf("the preview shows %q", text)
	}
	form := typedStory()
	form.Set("trail.steps.0.start", "when?")
	a = s.postForm("/desk/stories/preview", form).sees(200, ".mending li", ".body p")
	if text := a.page.Find(".mending").Text(); !strings.Contains(text, "Step 1: From: This date cannot be read.") || strings.Contains(text, "trail.") {
		t.Errorf("the preview says %q", text)
	}
	if !strings.Contains(a.Header().Get("Content-Security-Policy"), "frame-ancestors 'self'") {
		t.Error("the refusal cannot be seen where the preview is shown")
	}
	if rows(t, s) != before {
		t.Error("a preview wrote something")
	}
}

func TestUploads(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	fields := []string{"title", "Kept title", "body", "Kept text", "format", "markdown", "language", "en", "version", "0"}
	a := s.upload("/desk/stories/new", "cover_file", []byte("<svg onload=alert(1)>"), append(fields, "do", "save")...).
		sees(422, ".summary a[href='#cover_file']", "#cover_file[aria-invalid]")
	if a.value("title") != "Kept title" || a.value("body") != "Kept text" {
		t.Error("a refused picture lost the text")
	}
	a = s.upload("/desk/stories/new", "body_file", picture(t), append(fields, "do", "picture", "body_alt", "A van")...).sees(200, "#inserted")
	if line := a.page.Find("#inserted").AttrOr("value", ""); !strings.HasPrefix(line, "![A van](/media/") || a.value("body") != "Kept text" {
		t.Errorf("line to paste: %q", line)
	}
	where := s.upload("/desk/stories/new", "cover_file", picture(t), append(fields, "do", "save", "cover_alt", "A van at dusk")...).to()
	_, c := s.story(strings.TrimPrefix(where, "/desk/stories/"))
	if c.Cover.PictureID == "" || c.Cover.Alt != "A van at dusk" {
		t.Errorf("cover %+v", c.Cover)
	}
	if a := s.get(where); a.value("cover") != c.Cover.PictureID || a.value("cover_alt") != "A van at dusk" {
		t.Error("the editor does not show the cover")
	}
	s.post("/desk/stories/new", append(fields, "do", "picture")...).sees(422, "#body_file-fault")
	s.upload("/desk/pictures", "picture", picture(t), "alt", "[A] van").sees(303)
	if line := s.get("/desk/pictures").sees(200, ".pictures img").page.Find(".pictures input").AttrOr("value", ""); !strings.HasPrefix(line, "![(A) van](/media/") {
		t.Errorf("line of the picture: %q", line)
	}
	s.upload("/desk/pictures", "picture", []byte("no picture")).sees(422, "#picture-fault")
}
