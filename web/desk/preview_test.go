package desk_test

import (
	"strings"
	"testing"
)

// TestPreviewIsWhatReadersGet previews a form before its first save, with a picture
// just chosen, an author and topics that are made with it.
func TestPreviewIsWhatReadersGet(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	pairs := []string{"cover_alt", "A van at dusk"}
	for name, values := range typedStory() {
		pairs = append(pairs, name, values[0])
	}
	look := func(a answer) string {
		t.Helper()
		a.sees(200, ".cover img[alt='A van at dusk']", ".trail svg", ".kicker", ".byline")
		return strings.Join(strings.Fields(a.page.Find(".story").Find(".kicker, h1, .standfirst, .byline a, .trail-list, .body").Text()), " ")
	}
	preview := look(s.upload("/desk/stories/preview", "cover_file", picture(t), pairs...))
	for _, words := range []string{"Gigs", "Leaving", "Bo Marsh", "Load-ins", "Second line."} {
		if !strings.Contains(preview, words) {
			t.Errorf("the preview does not show %q: %s", words, preview)
		}
	}
	if n := rows(t, s); n[0] != 0 || n[1] != 0 {
		t.Errorf("the preview left rows: %v", n)
	}
}

// TestPreviewShowsWhatCanBeShown previews a form with faults.
func TestPreviewShowsWhatCanBeShown(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	form := typedStory()
	form.Set("trail.steps.1.title", "Half told")
	form.Set("trail.steps.1.start", "in spring")
	form.Set("published", "soon")
	a := s.postForm("/desk/stories/preview", form).sees(200, ".trail svg", ".body p")
	if list := a.page.Find(".trail-list").Text(); !strings.Contains(list, "Load-ins") || strings.Contains(list, "Half told") {
		t.Errorf("the path shows %q", list)
	}
	said := a.page.Find(".mending").Text()
	for _, words := range []string{"Step 2: From: This date cannot be read", "Date readers see: "} {
		if !strings.Contains(said, words) {
			t.Errorf("what is to be mended: %q", said)
		}
	}
}

// TestFaultsAreNamedByStepAndField asks that a refused form names the field, opens with
// it ready to be mended, and has everything that was typed.
func TestFaultsAreNamedByStepAndField(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	form := typedStory()
	form.Set("trail.steps.1.title", "Half told")
	form.Set("trail.steps.1.start", "in spring")
	form.Set("trail.steps.1.shown", "hidden")
	form.Set("trail.steps.1.organization", "Kontor Nord")
	form.Set("do", "save")
	a := s.postForm("/desk/stories/new", form).sees(422, `[id="trail.steps.1.start"][autofocus]`, "details.step[open]")
	if n := a.page.Find("[autofocus]").Length(); n != 1 {
		t.Errorf("%d fields want the focus", n)
	}
	said := a.page.Find(".summary").Text()
	for _, words := range []string{"Step 2: From: This date cannot be read", "Step 2: Its name or description: This organization is hidden"} {
		if !strings.Contains(said, words) {
			t.Errorf("the page says %q", said)
		}
	}
	for _, name := range []string{"trail.steps.1.start", "trail.steps.1.organization", "trail.steps.1.title", "body"} {
		if got := strings.TrimSpace(a.value(name)); got != strings.TrimSpace(strings.ReplaceAll(form.Get(name), "\r\n", "\n")) {
			t.Errorf("%s holds %q", name, got)
		}
	}
}
