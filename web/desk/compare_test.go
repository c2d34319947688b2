package desk_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"waypost/members"
)

// changed saves a story with some fields changed.
func (s *site) changed(where string, pairs ...string) {
	s.t.Helper()
	form := s.get(where).form()
	form.Set("do", "save")
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	s.postForm(where, form).sees(303)
}

// differs is what a page of two versions says of each field.
func (a answer) differs() []string {
	var list []string
	for _, dt := range a.page.Find("dt").EachIter() {
		dd := dt.Next()
		dd.Find(".hidden").Remove()
		line := strings.TrimSpace(dt.Text()) + ":"
		for _, piece := range dd.Find("del, ins").EachIter() {
			if text := strings.TrimSpace(piece.Text()); text != "" {
				line += map[bool]string{true: " -", false: " +"}[piece.Is("del")] + text
			}
		}
		list = append(list, line)
	}
	return list
}

func TestVersionsAreCompared(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	form := typedStory()
	form.Set("body", "I drove the red van home.\n\n"+strings.Repeat(strings.Repeat("It stayed as it was. ", 40)+"\n\n", 3)+"\n\nSo it did.\n\nThe end.")
	where := s.postForm("/desk/stories/new", form).to()
	s.changed(where, "body", "I drove the blue van home.\n\n"+strings.Repeat(strings.Repeat("It stayed as it was. ", 40)+"\n\n", 3)+"\n\nSo it did.\n\nThe end.")
	s.changed(where, "title", "A year of trials", "standfirst", "Said shortly.", "trail.steps.0.kind", "study", "trail.steps.0.title", "Load-outs", "slug", "another")

	versions := s.get(where+"/revisions").sees(200, `form[method=get][action="`+where+`/revisions/compare"]`, `#from [value="2"][selected]`, `#to [value="3"][selected]`)
	if n := versions.page.Find("#from option").Length(); n != 3 {
		t.Errorf("there are %d versions to choose from", n)
	}
	page := s.get(where+"/revisions/compare").sees(200, `form[action="`+where+`/revisions/2"] button`)
	if page.page.Find(`form[action="`+where+`/revisions/3"]`).Length()+page.page.Find("details").Length() != 0 {
		t.Error("the present version can be restored, or a text that is the same is shown")
	}
	got := page.differs()
	want := []string{"Title: -gigs +trials", "Standfirst: -Nine months in vans +Said shortly", "Step 1: What it was: -ins +outs", "Step 1: Kind: -Gig +Study", "Address: -a-year-of-gigs +another"}
	for _, line := range want {
		if !slices.Contains(got, line) {
			t.Errorf("it does not say %q, but %q", line, got)
		}
	}
	page = s.get(where+"/revisions/compare?from=2&to=1").sees(200, "details summary", ".text del .hidden", ".text ins .hidden")
	if out, in := strings.TrimSpace(page.page.Find(".text del").Text()), strings.TrimSpace(page.page.Find(".text ins").Text()); out != "(taken out: red )" || in != "(new: blue )" {
		t.Errorf("out %q, in %q", out, in)
	}
	if text := page.page.Find("main").Text(); !strings.Contains(text, "1 word new") || !strings.Contains(text, "1 word taken out") || len(page.differs()) != 0 {
		t.Errorf("the page says %q", text)
	}
	s.get(where+"/revisions/2").sees(200, `#from [value="1"][selected]`, `#to [value="2"][selected]`)
	if text := s.get(where + "/revisions/1").page.Find("main").Text(); !strings.Contains(text, "This is the first version") || !strings.Contains(text, "red van") {
		t.Errorf("the first version says %q", text)
	}
	s.post(where+"/revisions/1", "version", "3").sees(303)
	if text := s.get(where + "/revisions/compare?from=1&to=4").page.Find("main").Text(); !strings.Contains(text, "say the same") && strings.Contains(text, "red") {
		t.Errorf("after it was restored: %q", text)
	}
	for _, wrong := range []string{"from=9", "to=9", "from=x", "from=-1&to=1", "from=1&to=99999999999999999999"} {
		s.get(where + "/revisions/compare?" + wrong).sees(404)
	}
}

// TestVersionsAreForThoseWhoMayRead: what was saved before a story was handed in stays its
// author's, also when editors compare.
func TestVersionsAreForThoseWhoMayRead(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	ann, ben, ed := s.as("Ann"), s.as("Ben"), s.as("Ed", members.Editor)
	form := typedStory()
	form.Set("body", "Known to Ann alone.")
	where := ann.postForm("/desk/stories/new", form).to()
	ann.changed(where, "body", "Known to Ann alone, and more.")
	compare := where + "/revisions/compare"
	for _, other := range []*site{s, ben, ed} {
		other.get(compare).sees(404)
	}
	handIn := ann.get(where).form()
	handIn.Set("body", "Known to the editors.")
	handIn.Set("do", "submit")
	ann.postForm(where, handIn).sees(303)
	st, _ := s.story(strings.TrimPrefix(where, "/desk/stories/"))
	if st.Version != 4 {
		t.Fatalf("it is version %d", st.Version)
	}
	ben.get(compare).sees(404)
	ann.get(compare+"?from=1&to=4").sees(200, "del", "ins")
	for _, query := range []string{"?from=1&to=4", "?from=2", "?from=3&to=1", "?to=2"} {
		ed.get(compare + query).sees(404)
	}
	for _, path := range []string{compare, where + "/revisions", where + "/revisions/4"} {
		if text := ed.get(path).sees(200).page.Text(); strings.Contains(text, "Ann alone") {
			t.Errorf("an editor reads at %s what was not handed in: %q", path, text)
		}
	}
	review := strings.Replace(where, "stories", "review", 1)
	ed.post(review, "do", "publish", "version", "4").sees(303)
	if page := ann.get(compare).sees(200); page.page.Find("main form[method=post]").Length() != 0 {
		t.Error("an author may restore over what is published")
	}
}

// TestEditorsNotesAreTheirs: what editors note beside a story is not in what its author sees
// of versions and of conflicts.
func TestEditorsNotesAreTheirs(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	ann, ed := s.as("Ann"), s.as("Ed", members.Editor)
	form := typedStory()
	form.Set("do", "submit")
	where := ann.postForm("/desk/stories/new", form).to()
	ed.changed(where, "note", "Is this libel?", "title", "Edited")
	if got := ed.get(where + "/revisions/compare").differs(); !slices.Contains(got, "Note for editors: +Is this libel?") {
		t.Errorf("an editor reads %q", got)
	}
	for _, path := range []string{where + "/revisions", where + "/revisions/compare", where + "/revisions/3"} {
		if text := ann.get(path).sees(200).page.Text(); strings.Contains(text, "libel") || strings.Contains(text, "Note for editors") {
			t.Errorf("an author reads at %s: %q", path, text)
		}
	}
	ed.post(strings.Replace(where, "stories", "review", 1), "do", "return", "version", "3", "message", "Say more.").sees(303)
	old := ann.get(where).form()
	ann.changed(where, "title", "Edited in another window")
	old.Set("title", "Mine")
	old.Set("do", "save")
	conflict := ann.postForm(where, old).sees(409, ".others")
	if text := conflict.page.Text(); strings.Contains(text, "libel") || !strings.Contains(text, "Edited") {
		t.Errorf("in a conflict an author reads %q", text)
	}
}

func TestPathsAreComparedByStep(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	form := typedStory()
	where := s.postForm("/desk/stories/new", form).to()
	step := func(n, title string) url.Values {
		f := s.get(where).form()
		f.Set("do", "step.add")
		f = s.postForm(where, f).sees(200).form()
		for name, value := range map[string]string{"kind": "trial", "title": title, "start": "2017"} {
			f.Set("trail.steps."+n+"."+name, value)
		}
		f.Set("do", "save")
		return f
	}
	s.postForm(where, step("1", "A trial")).sees(303)
	if got := s.get(where + "/revisions/compare").differs(); !slices.Contains(got, "Step 2: What it was: +A trial") || !slices.Contains(got, "Step 2: Kind: +Trial") {
		t.Errorf("a new step: %q", got)
	}
	moved := s.get(where).form()
	moved.Set("do", "step.down.0")
	moved = s.postForm(where, moved).sees(200).form()
	moved.Set("do", "save")
	s.postForm(where, moved).sees(303)
	got := s.get(where + "/revisions/compare").differs()
	if len(got) != 1 || !strings.HasPrefix(got[0], "Order of the steps:") {
		t.Errorf("a step that moved: %q", got)
	}
	gone := s.get(where).form()
	gone.Set("do", "step.remove.0")
	gone = s.postForm(where, gone).sees(200).form()
	gone.Set("do", "save")
	s.postForm(where, gone).sees(303)
	if got := s.get(where + "/revisions/compare").differs(); !slices.Contains(got, "Step 1: What it was: -A trial") {
		t.Errorf("a step that went: %q", got)
	}
}
