package stories_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"waypost/community"
	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/stories"
)

// take goes a way with a note.
func (k *kit) take(t testing.TB, who members.Actor, st stories.Story, v stories.Verb, note string) stories.Story {
	t.Helper()
	after, err := k.Stories.Take(t.Context(), who, st.ID, st.Version, stories.Step{Verb: v, At: k.Clock.Now().Add(time.Hour), Note: note})
	if err != nil {
		t.Fatalf("%s %q: %v", v, st.Title, err)
	}
	k.Clock.Advance(time.Second)
	return after
}

func (k *kit) draft(t testing.TB, who members.Actor, title string, topics ...string) stories.Story {
	t.Helper()
	st, err := k.Stories.Create(t.Context(), who, content(title, "", topics...))
	if err != nil {
		t.Fatal(err)
	}
	k.Clock.Advance(time.Second)
	return st
}

func (k *kit) saidBeside(t testing.TB, id string) string {
	t.Helper()
	var all []string
	k.View(t, func(tx *db.Tx) error {
		list, err := k.Stories.Notes(tx, id, 100)
		for _, n := range list {
			all = append(all, strings.TrimSpace(string(n.Kind)+" "+n.Text))
		}
		return err
	})
	return strings.Join(all, ", ")
}

func (k *kit) noticedSoFar() string {
	var all []string
	for _, n := range k.notices {
		all = append(all, strings.TrimSpace(fmt.Sprint(n.Kind, " ", n.Note)))
	}
	return strings.Join(all, ", ")
}

func TestReviewFromDraftToReaders(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann, ed := k.account(t, "Ann"), k.account(t, "Ed", members.Editor)
		st := k.draft(t, ann, "My way")
		ann = k.written(t, ann)
		if _, err := k.Stories.Take(t.Context(), ed, st.ID, st.Version, stories.Step{Verb: stories.Publish}); !problem.Is(err, problem.NotFound) {
			t.Errorf("an editor publishes a private draft: %v", err)
		}
		st = k.take(t, ann, st, stories.Submit, " Please \r\nread it ")
		if st.Submitted.IsZero() || !stories.MayRead(ed, st) {
			t.Fatalf("handed over: %+v", st)
		}
		if _, err := k.Stories.Take(t.Context(), ed, st.ID, st.Version, stories.Step{Verb: stories.Return}); faults(err) != "message: story.return_unsaid" {
			t.Errorf("sent back without a word: %v", err)
		}
		if _, err := k.Stories.Take(t.Context(), ed, st.ID, st.Version, stories.Step{Verb: stories.Return, Note: strings.Repeat("x", 4001)}); faults(err) != "message: field.too_long" {
			t.Errorf("a long note: %v", err)
		}
		st = k.take(t, ed, st, stories.Return, "More about the gigs")
		if !st.Private() || stories.MayRead(ed, st) {
			t.Errorf("sent back, it is the author's again: %+v", st)
		}
		st = k.take(t, ann, st, stories.Submit, "")
		st = k.take(t, ann, st, stories.Return, "")
		st = k.take(t, ann, st, stories.Submit, "")
		st = k.take(t, ed, st, stories.Schedule, "Well done")
		st = k.take(t, ed, st, stories.Unschedule, "Not that day")
		st = k.take(t, ed, st, stories.Schedule, "")
		k.Clock.Advance(2 * time.Hour)
		k.Work(t)
		if st = k.byID(t, st.ID); st.State != stories.Published {
			t.Fatalf("it is %s", st.State)
		}
		if err := k.Stories.Comment(t.Context(), ann, st.ID, "Please take it down"); err != nil {
			t.Fatal(err)
		}
		if err := k.Stories.Comment(t.Context(), ed, st.ID, "Done tomorrow"); err != nil {
			t.Fatal(err)
		}
		want := "submit Please \nread it, return More about the gigs, submit, take_back, submit, approve Well done, comment Not that day, comment Please take it down, comment Done tomorrow"
		if got := k.saidBeside(t, st.ID); got != want {
			t.Errorf("beside it:\n%s, want\n%s", got, want)
		}
		k.View(t, func(tx *db.Tx) error {
			notes, err := k.Stories.LastNotes(tx, []string{st.ID, "no-story"})
			steps, stepsErr := k.Stories.LastStep(tx, []string{st.ID})
			if n, s := notes[st.ID], steps[st.ID]; len(notes) != 1 || n.Text != "Done tomorrow" || n.AccountID != ed.AccountID || s.Kind != stories.NoteApprove || s.AccountID != ed.AccountID {
				t.Errorf("the last note is %+v, the last step %+v", n, s)
			}
			return errors.Join(err, stepsErr)
		})
		st = k.take(t, ed, st, stories.Archive, "Of last year")
		k.take(t, ed, st, stories.Unpublish, "A wrong name")
		want = "review-submitted Please \nread it, review-returned More about the gigs, review-submitted, review-taken-back, review-submitted, " +
			"review-scheduled Well done, review-unscheduled Not that day, review-scheduled, review-published, review-comment Please take it down, " +
			"review-answer Done tomorrow, review-archived Of last year, review-unpublished A wrong name"
		if got := k.noticedSoFar(); got != want {
			t.Errorf("told:\n%s, want\n%s", got, want)
		}
	})
}

func TestCommentsAreForThoseConcerned(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann, ben, ed := k.account(t, "Ann"), k.account(t, "Ben"), k.account(t, "Ed", members.Editor)
		st := k.draft(t, ann, "My way")
		comment := func(who members.Actor, text string) error { return k.Stories.Comment(t.Context(), who, st.ID, text) }
		if err := comment(ann, "To myself"); !problem.Is(err, problem.Conflict) {
			t.Errorf("beside a private draft: %v", err)
		}
		if err := comment(ed, "I see you"); !problem.Is(err, problem.NotFound) {
			t.Errorf("an editor beside a private draft: %v", err)
		}
		st = k.take(t, ann, st, stories.Submit, "")
		if err := comment(ben, "Let me in"); !problem.Is(err, problem.NotFound) {
			t.Errorf("another member: %v", err)
		}
		if err := comment(ed, " \n "); faults(err) != "message: story.message_missing" {
			t.Errorf("an empty one: %v", err)
		}
		if got := k.saidBeside(t, st.ID); got != "submit" {
			t.Errorf("beside it: %s", got)
		}
	})
}

func TestTrustedMembersPublish(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann := k.account(t, "Ann")
		ann.Trusted = true
		publish := func(st stories.Story) error {
			_, err := k.Stories.Take(t.Context(), ann, st.ID, st.Version, stories.Step{Verb: stories.Publish})
			return err
		}
		first := k.draft(t, ann, "First")
		ann = k.written(t, ann)
		k.trusting = true
		if err := publish(first); !problem.Is(err, problem.Conflict) {
			t.Errorf("a first story without review: %v", err)
		}
		first = k.take(t, ann, first, stories.Submit, "")
		k.do(t, stories.Publish, first)
		k.trusting = false
		second := k.draft(t, ann, "Second")
		if err := publish(second); !problem.Is(err, problem.Conflict) {
			t.Errorf("where the community does not allow it: %v", err)
		}
		k.trusting = true
		ann.Trusted = false
		if err := publish(second); !problem.Is(err, problem.Conflict) {
			t.Errorf("without trust: %v", err)
		}
		ann.Trusted = true
		k.notices = nil
		if err := publish(second); err != nil {
			t.Errorf("a trusted member: %v", err)
		}
		if got := k.noticedSoFar(); got != "review-published, review-unreviewed" {
			t.Errorf("of a story without review is told %s", got)
		}
		if err := publish(k.create(t, content("Another's", k.author(t, "Ben")))); !problem.Is(err, problem.Forbidden) {
			t.Errorf("another's story: %v", err)
		}
	})
}

func TestQueue(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann, gigs := k.account(t, "Ann"), k.topic(t, "Gigs")
		one, two, three := k.draft(t, ann, "one", gigs), k.draft(t, ann, "two"), k.draft(t, ann, "three", gigs)
		ann = k.written(t, ann)
		german := k.content(t, three)
		german.Language = "de"
		three, err := k.Stories.Save(t.Context(), ann, three.ID, three.Version, german)
		if err != nil {
			t.Fatal(err)
		}
		k.draft(t, ann, "never handed over", gigs)
		for _, st := range []stories.Story{three, one, two} {
			k.take(t, ann, st, stories.Submit, "")
		}
		queue := func(w stories.Waiting, after stories.WaitingKey, limit int) string {
			return titles(k.list(t, func(tx *db.Tx) ([]stories.Story, error) { return k.Stories.Queue(tx, w, after, limit) }))
		}
		for name, c := range map[string]struct {
			w    stories.Waiting
			want string
		}{
			"all": {stories.Waiting{}, "three one two"}, "a topic": {stories.Waiting{Topic: gigs}, "three one"}, "a language": {stories.Waiting{Language: "en"}, "one two"},
			"both": {stories.Waiting{Topic: gigs, Language: "de"}, "three"}, "none": {stories.Waiting{Topic: gigs, Language: "fr"}, ""},
		} {
			if got := queue(c.w, stories.WaitingKey{}, 10); got != c.want {
				t.Errorf("%s: %s, want %s", name, got, c.want)
			}
			var all []string
			key := stories.WaitingKey{}
			for range 10 {
				page := k.list(t, func(tx *db.Tx) ([]stories.Story, error) { return k.Stories.Queue(tx, c.w, key, 1) })
				if len(page) == 0 {
					break
				}
				key = stories.WaitingKey{Submitted: page[0].Submitted, ID: page[0].ID}
				all = append(all, page[0].Title)
			}
			if got := strings.Join(all, " "); got != c.want {
				t.Errorf("%s, one by one: %s, want %s", name, got, c.want)
			}
		}
		k.do(t, stories.Publish, k.byID(t, one.ID))
		if got := queue(stories.Waiting{Topic: gigs}, stories.WaitingKey{}, 10); got != "three" {
			t.Errorf("after one was published: %s", got)
		}
		k.View(t, func(tx *db.Tx) error {
			n, err := k.Stories.CountWaiting(tx)
			if n != 2 {
				t.Errorf("%d are waiting", n)
			}
			return err
		})
	})
}

func TestListsAndVersionsKeepToThoseConcerned(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		ann, ben, ed := k.account(t, "Ann"), k.account(t, "Ben"), k.account(t, "Ed", members.Editor)
		st := k.draft(t, ann, "Anns")
		k.draft(t, ben, "Bens")
		ann, ben = k.written(t, ann), k.written(t, ben)
		_, err := k.Stories.Create(t.Context(), ed, content("Eds", ann.ProfileID))
		if err != nil {
			t.Fatal(err)
		}
		k.Clock.Advance(time.Second)
		k.create(t, content("imported", k.author(t, "Cem")))
		recent := func(who members.Actor, state stories.State) string {
			return titles(k.list(t, func(tx *db.Tx) ([]stories.Story, error) { return k.Stories.Recent(tx, who, state, stories.Place{}, 10) }))
		}
		wants := func(name string, who members.Actor, want string) {
			t.Helper()
			for _, state := range []stories.State{"", stories.Draft} {
				if got := recent(who, state); got != want {
					t.Errorf("%s sees %s, want %s", name, got, want)
				}
			}
		}
		wants("Ann", ann, "Eds Anns")
		wants("Ben", ben, "Bens")
		wants("Ed", ed, "imported Eds")
		k.View(t, func(tx *db.Tx) error {
			counts, err := k.Stories.CountStates(tx)
			if counts[stories.Draft] != 1 {
				t.Errorf("%d drafts are counted, want the imported one", counts[stories.Draft])
			}
			return err
		})
		c := k.content(t, st)
		c.Body = "Second thoughts."
		st, err = k.Stories.Save(t.Context(), ann, st.ID, st.Version, c)
		if err != nil {
			t.Fatal(err)
		}
		st = k.take(t, ann, st, stories.Submit, "")
		versions := func(who members.Actor) (list []int64) {
			k.View(t, func(tx *db.Tx) error {
				all, err := k.Stories.Revisions(tx, who, st)
				for _, v := range all {
					list = append(list, v.Version)
				}
				return err
			})
			return list
		}
		if got := versions(ann); !slices.Equal(got, []int64{3, 2, 1}) {
			t.Errorf("the author sees versions %v", got)
		}
		if got := versions(ed); !slices.Equal(got, []int64{3}) {
			t.Errorf("an editor sees versions %v", got)
		}
		k.View(t, func(tx *db.Tx) error {
			for version, want := range map[int64]bool{1: false, 2: false, 3: true} {
				if _, err := k.Stories.RevisionContent(tx, ed, st, version); (err == nil) != want || err != nil && !problem.Is(err, problem.NotFound) {
					t.Errorf("an editor reads version %d: %v", version, err)
				}
			}
			_, err := k.Stories.RevisionContent(tx, ann, st, 1)
			return err
		})
		k.View(t, func(tx *db.Tx) error {
			acts, err := k.Community.Acts(tx, community.ActSearch{}, community.ActKey{}, 100)
			for _, a := range acts {
				if a.Act == "story.created" && a.AccountID != "" && a.Detail != "" {
					t.Errorf("the record says of a private draft: %s", a.Detail)
				}
			}
			return err
		})
	})
}
