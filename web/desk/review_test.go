package desk_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"waypost/internal/db"
	"waypost/members"
	"waypost/stories"
)

// as is the same site in the browser of somebody with a new account.
func (s *site) as(name string, roles ...members.Role) *site {
	s.t.Helper()
	other := *s
	err := s.desk.DB.Update(context.Background(), func(tx *db.Tx) error {
		a, err := s.desk.Members.CreateAccount(tx, "", members.NewAccount{Name: name, Email: name + "@example.org", EmailKey: name, Roles: roles})
		if err != nil {
			return err
		}
		secret, err := s.desk.Members.OpenSession(tx, a.ID, "a test")
		other.cookie = &http.Cookie{Name: "waypost", Value: secret}
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return &other
}

func TestSomebodyElsesDraftIsNotThere(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	where := s.as("Ann").postForm("/desk/stories/new", typedStory()).to()
	for name, other := range map[string]*site{"owner": s, "editor": s.as("Ed", members.Editor), "member": s.as("Mem")} {
		t.Run(name, func(t *testing.T) {
			other.t = t
			for _, page := range []string{"", "/delete", "/revisions", "/revisions/1"} {
				other.get(where + page).sees(404)
			}
			for _, page := range []string{"", "/delete", "/comment", "/revisions/1"} {
				other.post(where+page, "version", "1", "do", "publish", "message", "x").sees(404)
			}
			other.get("/desk/stories").sees(200, ".empty")
			if text := other.get("/desk").page.Find("main").Text(); strings.Contains(text, "A year of gigs") {
				t.Errorf("today shows %q", text)
			}
		})
	}
	review := strings.Replace(where, "stories", "review", 1)
	for _, page := range []string{"", "/preview"} {
		s.get(review + page).sees(404)
	}
	s.post(review, "do", "publish", "version", "1").sees(404)
	s.post(review+"/trust", "trust", "yes").sees(404)
	if record := s.get("/desk/record").page.Find("tbody").Text(); strings.Contains(record, "a-year-of-gigs") {
		t.Errorf("the record names the draft: %q", record)
	}
}

func TestMembersHaveNoPagesOfEditors(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	member := s.as("Ann")
	for _, page := range []string{"/desk/review", "/desk/review/x", "/desk/topics", "/desk/authors", "/desk/settings", "/desk/resources", "/desk/record", "/desk/import", "/desk/pages"} {
		member.get(page).sees(403)
	}
	a := member.get("/desk").sees(200, `a[href="/desk/stories/new"]`)
	if a.page.Find(`main a[href="/desk/import"]`).Length() != 0 || a.page.Find(".sections a").Length() != 6 {
		t.Errorf("a member's first page: %q", a.page.Find("body").Text())
	}
}

// TestAMembersFormSaysNoMoreThanIsTheirs forges the fields that the form does not have.
func TestAMembersFormSaysNoMoreThanIsTheirs(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	ownerWrote := s.postForm("/desk/stories/new", typedStory()).to()
	st, _ := s.story(strings.TrimPrefix(ownerWrote, "/desk/stories/"))
	member := s.as("Ann")
	a := member.get("/desk/stories/new").sees(200, "#editor", "[name=topic]")
	for _, field := range []string{"authors", "new_author", "new_topics", "published", "note"} {
		if a.page.Find("[name="+field+"]").Length() != 0 {
			t.Errorf("the form of a member has the field %s", field)
		}
	}
	if text := a.page.Find("#authors").Text(); text != "Written by Ann." {
		t.Errorf("the byline reads %q", text)
	}
	form := typedStory()
	form.Set("new_topics", "Forged")
	form.Set("new_author", "Forged")
	form["authors"], form["published"], form["note"] = st.Authors, []string{"2001-01-01T10:00"}, []string{"forged"}
	form["topic"] = st.Topics[:1]
	where := member.postForm("/desk/stories/new", form).to()
	saved, c := s.story(strings.TrimPrefix(where, "/desk/stories/"))
	if len(saved.Authors) != 1 || saved.Authors[0] == st.Authors[0] || !slices.Equal(saved.Topics, st.Topics[:1]) || !c.Published.IsZero() || c.Note != "" {
		t.Errorf("saved as %+v", saved)
	}
	edited := member.get(where).sees(200).form()
	edited.Set("do", "save")
	edited["authors"] = st.Authors
	edited.Set("format", "html")
	edited.Set("body", "<b>Markup</b>")
	member.postForm(where, edited).sees(303)
	again, c := s.story(saved.ID)
	if !slices.Equal(again.Authors, saved.Authors) || c.Format != stories.Markdown {
		t.Errorf("saved again as %+v in %s", again, c.Format)
	}
	for _, do := range []string{"publish", "schedule"} {
		forged := member.get(where).form()
		forged.Set("do", do)
		forged.Set("at", "2030-01-01T10:00")
		member.postForm(where, forged).sees(409)
	}
	if again, _ := s.story(saved.ID); again.State != stories.Draft {
		t.Errorf("a member made it %s", again.State)
	}
}

func TestPicturesOfMembersAreTheirs(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	ann, ben := s.as("Ann"), s.as("Ben")
	fields := []string{"title", "With a cover", "body", "Text", "format", "markdown", "language", "en", "version", "0", "do", "save", "cover_alt", "A van"}
	where := ann.upload("/desk/stories/new", "cover_file", picture(t), fields...).to()
	_, c := s.story(strings.TrimPrefix(where, "/desk/stories/"))
	ann.get("/desk/pictures").sees(200, ".pictures img")
	for name, other := range map[string]*site{"an owner": s, "another member": ben} {
		if other.get("/desk/pictures").page.Find(".pictures img").Length()+other.get("/desk/stories/new").page.Find(".covers img").Length() != 0 {
			t.Errorf("%s is offered a member's picture", name)
		}
	}
	ben.post("/desk/stories/new", append(fields, "cover", c.Cover.PictureID)...).sees(422, `.summary a[href="#cover"]`)
	ben.upload("/desk/pictures", "picture", picture(t), "alt", "Something rude").sees(303) // the same picture
	ann.post("/desk/stories/new", append(fields, "cover", c.Cover.PictureID)...).sees(303)
	if alt := ben.get("/desk/pictures").page.Find(".pictures img").AttrOr("alt", ""); alt != "A van" {
		t.Errorf("another member's words stand under the picture: %q", alt)
	}
	s.upload("/desk/pictures", "picture", picture(t), "alt", "Our van").sees(303)
	if alt := s.get("/desk/pictures").page.Find(".pictures img").AttrOr("alt", ""); alt != "Our van" {
		t.Errorf("an editor's own words: %q", alt)
	}
}

// TestReviewOnTheDesk hands a story in, sends it back, hands it in again and publishes it.
func TestReviewOnTheDesk(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	member, editor := s.as("Ann"), s.as("Ed", members.Editor)
	form := typedStory()
	form.Set("do", "submit")
	form.Set("message", "Is the end too dark?")
	where := member.postForm("/desk/stories/new", form).to()
	member.get(where).sees(200, "#thread .said", `button[value="return"]`, `form[action="`+where+`/comment"]`)
	review := strings.Replace(where, "stories", "review", 1)
	queue := editor.get("/desk/review").sees(200, `.rows a[href="`+review+`"]`, ".rows .state")
	if text := queue.page.Find(".rows").Text(); !strings.Contains(text, "Ann") || !strings.Contains(text, "words") || !strings.Contains(text, "English") || !strings.Contains(text, "First story") {
		t.Errorf("the queue says %q", text)
	}
	editor.get("/desk/review?language=de").sees(200, ".empty")
	editor.get("/desk").sees(200, `a[href="`+review+`"]`)
	page := editor.get(review).sees(200, `iframe[src="`+review+`/preview"]`, ".said")
	if page.page.Find("form[action='"+review+"/trust']").Length() != 0 {
		t.Error("trust is offered where the community trusts nobody")
	}
	preview := editor.get(review+"/preview").sees(200, ".trail", ".body p")
	if policy := preview.Header().Get("Content-Security-Policy"); !strings.Contains(policy, "script-src 'none'") || !strings.Contains(policy, "frame-ancestors 'self'") || !strings.Contains(policy, "sandbox") {
		t.Errorf("policy of what is read: %s", policy)
	}
	editor.post(review, "do", "schedule", "version", "2", "at", "sometime", "message", "kept").sees(422, "#at-fault")
	editor.post(review, "do", "publish", "version", "1").sees(409, ".summary")
	editor.post(review, "do", "archive", "version", "2").sees(400)
	unsaid := editor.post(review, "do", "return", "version", "2", "message", " ").sees(422, "#message-fault").page.Find(".summary li").Text()
	if label := "Note to the author: Say what is still needed"; !strings.HasPrefix(unsaid, label) {
		t.Errorf("sent back without a note it says %q", unsaid)
	}
	editor.post(review, "do", "return", "version", "2", "message", "More about the van.").sees(303)
	editor.get(review).sees(404)
	editor.get("/desk/review?done=sent-back").sees(200, ".done", ".empty")
	if text := member.get("/desk").page.Find("main").Text(); !strings.Contains(text, "Sent back to you") || !strings.Contains(text, "More about the van.") {
		t.Errorf("today says %q", text)
	}
	again := member.get(where).form()
	again.Set("do", "submit")
	member.postForm(where, again).sees(303)
	member.get("/desk").sees(200, ".rows")
	editor.post(where+"/comment", "message", "Better.", "back", "review").sees(303)
	member.post(where+"/comment", "message", " ").sees(422)
	editor.post(review, "do", "publish", "version", "4").sees(303)
	if st, _ := s.story(strings.TrimPrefix(where, "/desk/stories/")); st.State != stories.Published {
		t.Errorf("it is %s", st.State)
	}
	thread := member.get(where).page.Find("#thread").Text()
	for _, want := range []string{"Is the end too dark?", "More about the van.", "Better.", "Approved"} {
		if !strings.Contains(thread, want) {
			t.Errorf("the thread lacks %q: %q", want, thread)
		}
	}
	if strings.Contains(thread, "Ed ·") {
		t.Error("a member reads the name of an editor's account")
	}
	if member.get(where).page.Find(`[name=do][value=save]`).Length() != 0 {
		t.Error("an author can change what is published")
	}
}

func TestTrust(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	settings := s.get("/desk/settings").sees(200, "[name=trusted_publish]:not([checked])[type=checkbox]")
	s.post("/desk/settings", "do", "community", "name", "Lantern", "language", "en", "time_zone", "Berlin", "accent", "#2b6349", "version", settings.value("version"),
		"trusted_publish", "no", "trusted_publish", "yes").sees(303)
	s.get("/desk/settings").sees(200, "[name=trusted_publish][checked]")
	member := s.as("Ann")
	form := typedStory()
	form.Set("do", "submit")
	where := member.postForm("/desk/stories/new", form).to()
	review := strings.Replace(where, "stories", "review", 1)
	trust := s.get(review).sees(200, `form[action="`+review+`/trust"]`)
	account := trust.value("account")
	s.post(review+"/trust", "account", "somebody else", "trust", "yes").sees(404)
	s.post(review+"/trust", "account", account, "trust", "yes").sees(303)
	s.get(review+"?done=trusted").sees(200, ".done", `button[value="no"]`)
	if member.get(where).page.Find(`button[value="publish"]`).Length() != 0 {
		t.Error("a first story can be published without review")
	}
	s.post(review, "do", "publish", "version", "2").sees(303)
	form.Set("do", "publish")
	form.Set("title", "The second")
	second := member.postForm("/desk/stories/new", form).to()
	if st, _ := s.story(strings.TrimPrefix(second, "/desk/stories/")); st.State != stories.Published {
		t.Errorf("the second story of a trusted member is %s", st.State)
	}
	s.post(review+"/trust", "account", account, "trust", "no").sees(303)
	form.Set("title", "The third")
	member.postForm("/desk/stories/new", form).sees(409)
}
