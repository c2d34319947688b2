package desk_test

import (
	"strings"
	"testing"
)

// TestTypedTextIsShownWhenTheSessionHasEnded sends a form without a session: every field
// that somebody typed into is on the page under its name, and can be sent again.
func TestTypedTextIsShownWhenTheSessionHasEnded(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	cookie := s.cookie
	s.cookie = nil
	form := typedStory()
	a := s.postForm("/desk/stories/new", form).sees(401, ".primary")
	for name, label := range map[string]string{"title": "Title", "standfirst": "Standfirst", "new_topics": "New topics", "new_author": "Somebody else", "body": "Text",
		"trail.goal": "The goal", "trail.steps.0.title": "Step 1: What it was", "trail.steps.0.start": "Step 1: From", "trail.changes.0.words": "Something changed, 1: What changed, in a sentence"} {
		field := a.page.Find(`[name="` + name + `"]`)
		if field.AttrOr("type", "") == "hidden" || strings.TrimSpace(a.value(name)) == "" {
			t.Errorf("%s is not to be seen", name)
		}
		if got := a.page.Find(`label[for="` + field.AttrOr("id", "none") + `"]`).Text(); got != label {
			t.Errorf("%s is called %q, want %q", name, got, label)
		}
	}
	if text := a.page.Find("main").Text(); !strings.Contains(text, "Step 1: Kind Gig") || strings.Contains(text, "trail.") {
		t.Errorf("the page says %q", text)
	}
	s.cookie = cookie
	again := form
	for name := range form {
		again.Set(name, a.value(name))
	}
	again.Set("do", "save")
	where := s.postForm("/desk/stories/new", again).to()
	if _, c := s.story(strings.TrimPrefix(where, "/desk/stories/")); len(c.Trail.Steps) != 1 || c.Body != "First line.\n\nSecond line." {
		t.Errorf("sent again it is %+v", c)
	}
}
