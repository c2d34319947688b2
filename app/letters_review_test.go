package app_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"waypost/internal/db"
	"waypost/internal/testkit"
	"waypost/internal/testkit/postbox"
	"waypost/internal/testkit/site"
	"waypost/members"
	"waypost/stories"
)

// arrived are the letters that came since it was last asked: a line for each, with its
// reader and its subject.
type arrived struct {
	t    *testing.T
	s    *site.Site
	box  *postbox.Postbox
	seen int
}

// since lets what waits leave, and returns the letters and the line of each, in order.
func (a *arrived) since() (letters []postbox.Read, lines []string) {
	a.t.Helper()
	send(a.t, a.s)
	for _, l := range a.box.Letters()[a.seen:] {
		a.seen++
		r := l.Read(a.t)
		letters = append(letters, r)
		lines = append(lines, strings.TrimSuffix(l.To, "@people.example")+": "+r.Subject())
	}
	slices.Sort(lines)
	return letters, lines
}

// are expects these letters and no others, each with these words in both of its parts and
// nothing of a story's text in either.
func (a *arrived) are(what string, want []string, words ...string) {
	a.t.Helper()
	letters, lines := a.since()
	if !slices.Equal(lines, want) {
		a.t.Errorf("%s: arrived are %q, want %q", what, lines, want)
	}
	for _, l := range letters {
		for _, kind := range []string{"text/plain", "text/html"} {
			part := l.Parts[kind]
			for _, w := range words {
				if !strings.Contains(part, w) {
					a.t.Errorf("%s: the part %s lacks %q: %s", what, kind, w, part)
				}
			}
			for _, never := range []string{"secret", "standfirst", "<img", "src="} {
				if strings.Contains(part, never) {
					a.t.Errorf("%s: the part %s holds %q: %s", what, kind, never, part)
				}
			}
			if !strings.Contains(part, a.s.URL+"/me/notices") {
				a.t.Errorf("%s: the part %s does not say how such letters end: %s", what, kind, part)
			}
		}
		if l.Header.Get("Auto-Submitted") != "auto-generated" {
			a.t.Errorf("%s: Auto-Submitted is %q", what, l.Header.Get("Auto-Submitted"))
		}
	}
}

// TestLettersOfAReview goes through each step of a review with two authors and three
// editors: who is told, of what, and who is not.
func TestLettersOfAReview(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		box := postbox.Open(t, postbox.Options{})
		s := site.New(t, site.On(e), site.Demo)
		sendThrough(t, s, box)
		ann, cy := s.Account("ann"), s.Account("cy")
		ed := s.Account("ed", members.Editor)
		s.Account("eve", members.Editor)
		gone := s.Account("gone", members.Editor)
		quiet := s.Account("quiet", members.Editor)
		s.Account("mo", members.Moderator)
		s.Account("bo")
		statement(t, s, `UPDATE accounts SET language = 'de' WHERE id = $1`, ed.ID)
		statement(t, s, `UPDATE accounts SET disabled_at = 1 WHERE id = $1`, gone.ID)
		s.As(quiet.ID).Post("/me/notices", url.Values{}).Want(http.StatusSeeOther)
		s.As(cy.ID).Post("/me/notices", url.Values{"notice": {string(stories.NoticePublished)}}).Want(http.StatusSeeOther)
		writer, editor := s.As(ann.ID), s.As(ed.ID)
		a := &arrived{t: t, s: s, box: box}
		a.since()

		written := writer.Get("/desk/stories/new").OK().Form("#editor").Set("title", "A year & a “day”").Set("standfirst", "Of the standfirst.").Set("body", "The secret text.")
		at, _, _ := strings.Cut(written.Send("save").Want(http.StatusSeeOther).Header.Get("Location"), "?")
		id := strings.TrimPrefix(at, "/desk/stories/")
		var profile string
		err := s.DB.Update(t.Context(), func(tx *db.Tx) (err error) {
			profile, err = s.Members.ProfileFor(tx, cy.ID)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		statement(t, s, `INSERT INTO story_authors (story_id, profile_id, position) VALUES ($1, $2, 1)`, id, profile)
		a.are("a draft", nil)
		hand := func(do, note string) { writer.Get(at).OK().Form("#editor").Set("message", note).Press(do).OK() }
		decide := func(do, note, when string) {
			editor.Get("/desk/review/"+id).OK().Form("form.verbs").Set("message", note).Set("at", when).Press(do).OK()
		}

		hand("submit", "Is it <too> short?")
		review := s.URL + "/desk/review/" + id
		a.are("handed in", []string{"ed: ann hat „A year & a “day”“ eingereicht", "eve: ann handed in “A year & a “day””"}, "too", review)
		hand("return", "Not yet.")
		a.are("taken back", []string{"ed: ann hat „A year & a “day”“ zurückgenommen", "eve: ann took “A year & a “day”” back"}, "Not yet.", s.URL+"/desk/review")
		hand("submit", "")
		a.are("handed in again", []string{"ed: ann hat „A year & a “day”“ eingereicht", "eve: ann handed in “A year & a “day””"}, review)
		decide("return", "Say more.", "")
		a.are("sent back", []string{"ann: Your story “A year & a “day”” came back with a note"}, "Say more.", s.URL+at)
		hand("submit", "")
		a.since()
		writer.Post(at+"/comment", url.Values{"message": {"One more thing."}}).Want(http.StatusSeeOther)
		a.are("its author wrote", []string{"ed: ann hat zu „A year & a “day”“ geschrieben", "eve: ann wrote about “A year & a “day””"}, "One more thing.", review)
		editor.Post(at+"/comment", url.Values{"message": {"Thank you."}}).Want(http.StatusSeeOther)
		a.are("an editor wrote", []string{"ann: An editor wrote about “A year & a “day””"}, "Thank you.", s.URL+at)
		decide("schedule", "Well done.", "2026-11-03T12:00")
		a.are("scheduled", []string{"ann: Your story “A year & a “day”” is scheduled"}, "Well done.", "3 November 2026,", s.URL+at)
		change := func(do string) { editor.Get(at).OK().Form("#editor").Press(do).OK() }
		change("unschedule")
		a.are("unscheduled", []string{"ann: Your story “A year & a “day”” is not scheduled any more"}, s.URL+at)
		editor.Get(at).OK().Form("#editor").Set("at", "2026-11-03T12:00").Press("schedule").OK()
		a.are("scheduled anew", []string{"ann: Your story “A year & a “day”” is scheduled"}, "3 November 2026,", s.URL+at)
		s.Clock.Advance(48 * time.Hour)
		public := s.URL + "/stories/a-year-and-a-day"
		a.are("published", []string{"ann: Your story “A year & a “day”” is published", "cy: Your story “A year & a “day”” is published"}, public)
		change("archive")
		a.are("archived", []string{"ann: Your story “A year & a “day”” is archived", "cy: Your story “A year & a “day”” is archived"}, s.URL+at)
		change("publish")
		a.are("published again", []string{"ann: Your story “A year & a “day”” is published", "cy: Your story “A year & a “day”” is published"}, public)
		statement(t, s, `UPDATE accounts SET language = 'de' WHERE id = $1`, ann.ID)
		change("unpublish")
		a.are("taken down", []string{"ann: Deine Geschichte „A year & a “day”“ wurde zurückgezogen", "cy: Your story “A year & a “day”” was taken down"}, s.URL+at)
		change("publish")
		a.since()

		statement(t, s, `UPDATE accounts SET trusted = $1 WHERE id = $2`, true, ann.ID)
		statement(t, s, `UPDATE community SET trusted_publish = $1`, true)
		writer.Get("/desk/stories/new").OK().Form("#editor").Set("title", "On my own").Set("standfirst", "Of the standfirst.").Set("body", "The secret text.").Press("publish").OK()
		a.are("published without review", []string{"ed: ann hat „On my own“ ohne Durchsicht veröffentlicht", "eve: ann published “On my own” without review"}, s.URL+"/stories/on-my-own")
	})
}
