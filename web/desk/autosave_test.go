package desk_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/members"
)

// kept is the answer to a save of what is typed.
type kept struct {
	Outcome  string `json:"outcome"`
	ID       string `json:"id"`
	Version  int64  `json:"version"`
	Sequence int64  `json:"sequence"`
	Saved    int64  `json:"saved_at"`
}

// typing is what the page of a form sends as its n-th save, with fields changed.
func typing(form url.Values, n int, changes ...string) url.Values {
	v := url.Values{}
	for name, values := range form {
		v[name] = values
	}
	v.Set("draft_writer", "tab")
	v.Set("draft_sequence", strconv.Itoa(n))
	for i := 0; i+1 < len(changes); i += 2 {
		v.Set(changes[i], changes[i+1])
	}
	return v
}

func (s *site) keep(where string, v url.Values) (k kept) {
	s.t.Helper()
	a := s.postForm(where, v).sees(200)
	if kind := a.Header().Get("Content-Type"); kind != "application/json" {
		s.t.Fatalf("the answer is %s", kind)
	}
	if err := json.Unmarshal(a.Body.Bytes(), &k); err != nil {
		s.t.Fatal(err)
	}
	return k
}

// TestTypedOfANewStory keeps what is typed before there is a story, shows it again, and
// makes one story of it, at the address that it has had.
func TestTypedOfANewStory(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	form := s.get("/desk/stories/new").form()
	id := form.Get("id")
	k := s.keep("/desk/stories/new/draft", typing(form, 1, "title", "A year", "trail.goal", "sometime"))
	if k.Outcome != "kept" || k.ID != id || k.Sequence != 1 || k.Version != 0 || k.Saved != s.clock.Now().UnixMilli() {
		t.Errorf("answer %+v", k)
	}
	if k = s.keep("/desk/stories/new/draft", typing(form, 1, "title", "A year")); k.Outcome != "late" || k.Sequence != 1 {
		t.Errorf("sent again: %+v", k)
	}
	where := "/desk/stories/" + id
	if k = s.keep(where+"/draft", typing(form, 2, "title", "A year of gigs", "body", "Line.\r\nLine.", "trail.goal", "sometime")); k.Outcome != "kept" {
		t.Errorf("at its address: %+v", k)
	}
	a := s.get(where).sees(200, "#editor[data-autosave=known]", "#kept", "button[form=kept]")
	if a.value("title") != "A year of gigs" || a.value("trail.goal") != "sometime" || a.value("version") != "0" || a.value("draft_after") != "2" {
		t.Errorf("shown again %v", a.form())
	}
	s.get("/desk/stories").sees(200, `.rows a[href="`+where+`"]`)
	if today := s.get("/desk").sees(200, `.rows a[href="`+where+`"]`); today.page.Find(".empty").Length() != 0 {
		t.Error("today says that nothing is begun")
	}
	s.get(where + "/revisions").sees(404)
	form = a.form()
	form.Set("do", "save")
	form.Set("trail.goal", "")
	if to := s.postForm(where, form).to(); to != where {
		t.Fatalf("the story is at %s", to)
	}
	if st, c := s.story(id); st.Version != 1 || c.Title != "A year of gigs" || st.Slug != "a-year-of-gigs" {
		t.Errorf("saved %+v", st)
	}
	if s.get(where).sees(200).page.Find("#kept").Length() != 0 {
		t.Error("the version is shown as not saved")
	}
	if s.postForm(where, form).to() != where || s.postForm("/desk/stories/new", form).to() != where {
		t.Error("the same form, sent again, is a conflict with itself or another story")
	}
	if st, _ := s.story(id); st.Version != 1 {
		t.Errorf("the same form made version %d", st.Version)
	}
	if k = s.keep(where+"/draft", typing(form, 3)); k.Outcome != "outdated" {
		t.Errorf("what came after the version: %+v", k)
	}
}

// TestTypedOfAStory changes nothing of it and is no version.
func TestTypedOfAStory(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	where := s.postForm("/desk/stories/new", typedStory()).to()
	id := strings.TrimPrefix(where, "/desk/stories/")
	form := s.get(where).form()
	s.clock.Advance(time.Minute)
	before, content := s.story(id)
	if k := s.keep(where+"/draft", typing(form, 1, "body", "Typed.", "trail.steps.0.start", "when?", "draft_secret", "x")); k.Outcome != "kept" || k.Version != 1 {
		t.Errorf("answer %+v", k)
	}
	if after, now := s.story(id); after.Version != before.Version || !after.Updated.Equal(before.Updated) || now.Body != content.Body {
		t.Errorf("the story is %+v", after)
	}
	if n := s.get(where + "/revisions").page.Find(".rows li").Length(); n != 1 {
		t.Errorf("%d versions", n)
	}
	a := s.get(where).sees(200, ".draft")
	if a.value("body") != "Typed." || a.value("trail.steps.0.start") != "when?" {
		t.Errorf("shown %q, %q", a.value("body"), a.value("trail.steps.0.start"))
	}
	s.post(where + "/draft/drop").sees(303)
	if a = s.get(where).sees(200, ".draft", `#kept[action$="/take"]`); a.value("body") != "First line.\n\nSecond line." {
		t.Errorf("after the drop %q", a.value("body"))
	}
	s.post(where + "/draft/take").sees(303)
	if a = s.get(where); a.value("body") != "Typed." {
		t.Errorf("taken back %q", a.value("body"))
	}
	form = a.form()
	form.Set("do", "save")
	a = s.postForm(where, form).sees(422, "#editor[data-typed]")
	if a.value("body") != "Typed." {
		t.Error("the refused save lost the text")
	}
	s.get(where).sees(200, ".draft")
}

// TestTypedBesideAnothersVersion keeps both.
func TestTypedBesideAnothersVersion(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	where := s.postForm("/desk/stories/new", typedStory()).to()
	id := strings.TrimPrefix(where, "/desk/stories/")
	form := s.get(where).form()
	s.keep(where+"/draft", typing(form, 1, "body", "Mine."))
	st, c := s.story(id)
	c.Body = "Theirs."
	if _, err := s.desk.Stories.Save(context.Background(), members.Console(), id, st.Version, c); err != nil {
		t.Fatal(err)
	}
	a := s.get(where).sees(200, ".draft")
	if a.value("body") != "Mine." || a.value("version") != "1" || !strings.Contains(a.page.Find(".draft").Text(), "another version") {
		t.Errorf("shown %q over version %s", a.value("body"), a.value("version"))
	}
	form = a.form()
	form.Set("do", "save")
	page := s.postForm(where, form).sees(409).page.Text()
	if !strings.Contains(page, "Mine.") || !strings.Contains(page, "Theirs.") {
		t.Error("one of the texts is not shown")
	}
	if a := s.get(where); a.value("body") != "Mine." {
		t.Errorf("after the conflict %q", a.value("body"))
	}
}

func TestTypedByAnother(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	story := typedStory()
	story.Set("do", "submit")
	where := s.postForm("/desk/stories/new", story).to()
	form := s.get(where).form()
	s.keep(where+"/draft", typing(form, 1, "body", "Mine."))
	unsaved := s.get("/desk/stories/new").form()
	s.keep("/desk/stories/new/draft", typing(unsaved, 1, "title", "Mine alone"))
	s.postForm(where+"/draft", typing(form, 2, "draft_account", "somebody")).sees(403)
	s.postForm("/desk/stories/new/draft", typing(unsaved, 2, "id", "no identifier")).sees(400)
	s.postForm(where+"/draft", typing(form, 2, "draft_sequence", "x")).sees(400)
	s.postForm(where+"/draft", typing(form, 2, "draft_after", "")).sees(400)
	s.postForm(where+"/draft", typing(form, 2, "body", strings.Repeat("x", 4<<20))).sees(413)

	err := s.desk.DB.Update(context.Background(), func(tx *db.Tx) error { // everything is another owner's from now on
		for _, statement := range []string{`INSERT INTO accounts (id, name, created_at) VALUES ('other', 'Bo', 1)`, `UPDATE account_roles SET account_id = 'other'`,
			`UPDATE sessions SET account_id = 'other'`} {
			if _, err := tx.Exec(statement); err != nil {
				return fmt.Errorf("%s: %w", statement, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if a := s.get(where); a.value("body") != "First line.\n\nSecond line." || a.page.Find(".draft").Length() != 0 {
		t.Errorf("another owner reads %q", a.value("body"))
	}
	s.get("/desk/stories/" + unsaved.Get("id")).sees(404)
	if s.get("/desk/stories").page.Find(`.rows a[href$="`+unsaved.Get("id")+`"]`).Length() != 0 {
		t.Error("another owner sees the new story in the list")
	}
	s.postForm("/desk/stories/"+unsaved.Get("id")+"/draft", typing(unsaved, 3, "draft_account", "other")).sees(404)
	s.post(where + "/draft/drop").sees(404)
	err = s.desk.DB.Update(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(`UPDATE stories SET state = 'draft', submitted_at = NULL, private = TRUE`) // it is its author's alone again
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	s.postForm(where+"/draft", typing(form, 3, "draft_account", "other")).sees(404)
}

// TestTypedGoesWithItsStory deletes a draft of which something was typed.
func TestTypedGoesWithItsStory(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	where := s.postForm("/desk/stories/new", typedStory()).to()
	form := s.get(where).form()
	s.keep(where+"/draft", typing(form, 1, "body", "Mine."))
	s.post(where+"/delete", "version", "1").sees(303)
	s.get(where).sees(404)
	s.postForm(where+"/draft", typing(form, 2, "body", "Mine.")).sees(404)
}
