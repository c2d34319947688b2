package desk_test

import (
	"slices"
	"strings"
	"testing"
)

// TestBylineHasAnOrder makes two authors and puts the second before the first.
func TestBylineHasAnOrder(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	form := typedStory()
	where := s.postForm("/desk/stories/new", form).to()
	form = s.get(where).form()
	form.Set("new_author", "Ada Second")
	form.Set("do", "save")
	s.postForm(where, form).sees(303)
	id := strings.TrimPrefix(where, "/desk/stories/")
	_, before := s.story(id)
	a := s.get(where).sees(200, "#author-1", "#author-2", "#author-3")
	form = a.form()
	if got := form["authors"]; len(before.Authors) != 2 || !slices.Equal(got[:2], before.Authors) || got[2] != "" {
		t.Fatalf("the form has the byline %q, stored is %q", got, before.Authors)
	}
	form["authors"] = []string{before.Authors[1], before.Authors[0], "", ""}
	form.Set("do", "save")
	s.postForm(where, form).sees(303)
	if _, after := s.story(id); after.Authors[0] != before.Authors[1] || after.Authors[1] != before.Authors[0] {
		t.Errorf("by %v, asked for %v", after.Authors, form["authors"])
	}
	if boxes := s.get(where).page.Find("#topics label[hidden] input"); boxes.Length() != 1 || boxes.AttrOr("value", "") != before.Topics[0] {
		t.Errorf("%d topics are not offered a second time", boxes.Length())
	}
}

func TestPublishIsTheFirstAct(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	where := s.postForm("/desk/stories/new", typedStory()).to()
	buttons := s.get(where).page.Find(".verbs button")
	if first := buttons.First(); first.AttrOr("value", "") != "publish" || !first.HasClass("primary") || buttons.Filter(".primary").Length() != 1 {
		t.Errorf("the first of %d acts is %q", buttons.Length(), first.AttrOr("value", ""))
	}
}

func TestVersionsSayWhatChanged(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	where := s.postForm("/desk/stories/new", typedStory()).to()
	change := func(do string, pairs ...string) {
		t.Helper()
		form := s.get(where).form()
		form.Set("do", do)
		for i := 0; i+1 < len(pairs); i += 2 {
			form.Set(pairs[i], pairs[i+1])
		}
		s.postForm(where, form).sees(303)
	}
	change("save", "title", "Another title", "body", "Another text.")
	change("save", "trail.steps.0.title", "Load-outs")
	change("publish")
	var said []string
	for _, row := range s.get(where + "/revisions").page.Find(".rows li").EachIter() {
		said = append(said, strings.TrimSpace(row.Find(".meta").Last().Text()))
	}
	want := []string{"Changed: state", "Changed: The path behind this story", "Changed: Title, Text", "Changed: first version"}
	if !slices.Equal(said, want) {
		t.Errorf("the versions say %q, want %q", said, want)
	}
}

func TestAddressesAreMadeOfWhatWasTyped(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	form := typedStory()
	form.Set("slug", "Kontor & See")
	where := s.postForm("/desk/stories/new", form).to()
	if st, _ := s.story(strings.TrimPrefix(where, "/desk/stories/")); st.Slug != "kontor-see" {
		t.Errorf("the address is %q", st.Slug)
	}
}

func TestAnEarlyChangeIsSaid(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	form := typedStory()
	where := s.postForm("/desk/stories/new", form).to()
	if n := s.get(where).page.Find(".notice").Length(); n != 0 {
		t.Errorf("%d notices without a cause", n)
	}
	form.Set("trail.changes.0.date", "2014")
	where = s.postForm("/desk/stories/new", form).to()
	s.get(where).sees(200, `.notice a[href="#trail.changes.0.date"]`)
}
