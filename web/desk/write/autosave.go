package write

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"waypost/internal/db"
	"waypost/internal/id"
	"waypost/internal/problem"
	"waypost/stories"
	"waypost/stories/drafts"
	"waypost/web/desk/diff"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/shell"
)

// KeptNote says that the form holds what was typed and is no version yet, or that such
// a text was dropped and can be taken back.
type KeptNote struct {
	At      time.Time
	Behind  bool // a version was saved since by somebody else, or elsewhere
	Dropped bool
	Address string // where its buttons go
}

// What a page that is being typed in sends beside the form.
const (
	fieldID       = "id"             // of the story, which may not be there yet
	fieldAccount  = "draft_account"  // for whom the page was made
	fieldWriter   = "draft_writer"   // the page
	fieldSequence = "draft_sequence" // of this save
	fieldAfter    = "draft_after"    // the sequence of the last save that the page has seen
)

// unkept are the fields that are no part of what was typed.
var unkept = []string{"do", "version", fieldID, fieldAccount, fieldWriter, fieldSequence, fieldAfter}

// keptAnswer tells a page what became of what it sent.
type keptAnswer struct {
	Outcome  drafts.Outcome `json:"outcome"`
	ID       string         `json:"id"`
	Version  int64          `json:"version"` // that the stored text was typed over
	Sequence int64          `json:"sequence"`
	Saved    int64          `json:"saved_at"` // Unix milliseconds
}

// keepDraft answers POST /desk/stories/{id}/draft: what somebody has typed so far.
func (d *Desk) keepDraft(w http.ResponseWriter, r *http.Request) error {
	return d.keep(w, r, r.PathValue("id"), false)
}

// keepNewDraft answers POST /desk/stories/new/draft. The page knows the identifier that
// its story will have, so that a save sent twice makes one story.
func (d *Desk) keepNewDraft(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	return d.keep(w, r, r.PostForm.Get(fieldID), true)
}

func (d *Desk) keep(w http.ResponseWriter, r *http.Request, storyID string, fresh bool) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	actor := shell.ActorOf(r)
	if of := r.PostForm.Get(fieldAccount); of != actor.AccountID { // somebody else has signed in since
		return problem.New(problem.Forbidden, "draft.of_another")
	}
	draft := drafts.Draft{StoryID: storyID, Writer: r.PostForm.Get(fieldWriter), Title: kit.Line(r, "title")}
	var errs [3]error
	draft.Base, errs[0] = kit.Version(r)
	draft.Sequence, errs[1] = strconv.ParseInt(r.PostForm.Get(fieldSequence), 10, 64)
	after, err := strconv.ParseInt(r.PostForm.Get(fieldAfter), 10, 64)
	errs[2] = err
	for _, err := range errs {
		if err != nil || fresh && !id.Valid(storyID) {
			return &problem.Problem{Kind: problem.Malformed, Message: problem.Message{Key: "problem.malformed"}, Cause: err}
		}
	}
	if draft.Document, err = documentOf(r.PostForm); err != nil {
		return err
	}
	stored, outcome, err := d.Drafts.Keep(r.Context(), actor, draft, after, fresh)
	if err != nil {
		return err
	}
	return answerJSON(w, http.StatusOK, keptAnswer{outcome, storyID, stored.Base, stored.Sequence, stored.Saved.UnixMilli()})
}

// dropDraft answers POST /desk/stories/{id}/draft/drop and /draft/take.
func (d *Desk) dropDraft(dropped bool) kit.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if err := d.Drafts.Drop(r.Context(), shell.ActorOf(r), r.PathValue("id"), dropped); err != nil {
			return err
		}
		return kit.SeeOther(w, r, "/desk/stories/"+r.PathValue("id"))
	}
}

// documentOf is what was typed as it is kept.
func documentOf(form url.Values) (string, error) {
	typed := make(url.Values, len(form))
	for name, values := range form {
		if !slices.Contains(unkept, name) {
			typed[name] = values
		}
	}
	document, err := json.Marshal(typed)
	if err != nil {
		return "", fmt.Errorf("keep a form: %w", err)
	}
	return string(document), nil
}

// typedIn reads back what was typed.
func typedIn(document string) (url.Values, error) {
	var typed url.Values
	if err := json.Unmarshal([]byte(document), &typed); err != nil {
		return nil, fmt.Errorf("read what was typed: %w", err)
	}
	return typed, nil
}

// openEditor is open for the editor itself: a story may have nothing yet but what its
// writer has typed.
func (d *Desk) openEditor(r *http.Request) (*editor, error) {
	actor, asked := shell.ActorOf(r), r.PathValue("id")
	fresh := asked == ""
	if fresh {
		asked = r.PostForm.Get(fieldID)
	}
	e, err := d.blank(r)
	if err != nil || fresh && !id.Valid(asked) {
		return e, err
	}
	err = d.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		if e.draft, err = d.Drafts.Of(tx, actor.AccountID, asked); err != nil {
			return err
		}
		s, err := d.Stories.ByID(tx, asked)
		switch {
		case err == nil && stories.MayRead(actor, s):
			e.id, e.story = asked, s
			if e.actor, err = d.Stories.Standing(tx, actor); err != nil {
				return err
			}
			e.stored, err = d.Stories.Content(tx, s)
			return err
		case err == nil && fresh:
			return nil // another's: the new one gets an identifier of its own
		case problem.Is(err, problem.NotFound) && (fresh || e.draft != nil):
			e.id = asked
			return nil
		case err == nil:
			return problem.New(problem.NotFound, "problem.not_found")
		}
		return err
	})
	return e, err
}

// showKept puts what was typed and not saved into the form.
func (e *editor) showKept() error {
	if e.draft == nil {
		return nil
	}
	e.kept = &KeptNote{At: e.draft.Saved.In(e.zone), Behind: e.draft.Base < e.story.Version, Dropped: e.draft.Dropped, Address: "/desk/stories/" + e.id + "/draft/"}
	if e.draft.Dropped {
		return nil
	}
	typed, err := typedIn(e.draft.Document)
	if err != nil {
		return err
	}
	e.form = fields.Form{Values: typed}
	e.form.Values.Set("version", fields.Number(e.draft.Base))
	return nil
}

// after is the sequence of the last save that the page of the form has seen: what is
// stored, or what it sent last.
func (e *editor) after() int64 {
	sent, _ := strconv.ParseInt(e.form.Value(fieldAfter), 10, 64) // none, if it is no number
	if e.draft != nil {
		return max(sent, e.draft.Sequence)
	}
	return sent
}

// sameText reports that a save over a version which is there says what that one says:
// the same form was sent twice, or two people made the same change.
func sameText(c *stories.ConflictError) bool {
	mine := c.Mine
	if mine.Published.IsZero() {
		mine.Published = c.Theirs.Published
	}
	return len(diff.Fields(c.Theirs, mine)) == 0
}
