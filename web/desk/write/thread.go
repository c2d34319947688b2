package write

import (
	"net/http"

	"waypost/internal/db"
	"waypost/members"
	"waypost/stories"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/shell"
)

// Thread is what authors and editors told each other beside a story.
type Thread struct {
	fields.Form
	Action string // where a comment goes; empty if none can be written now
	Back   string // which page it was written on
	List   []NoteRow
}

// NoteRow is an entry of the thread.
type NoteRow struct {
	stories.Note
	Label string // a message key: what happened
	By    string // empty if it was no account
}

// NewNoteRow shows a note under the name of who wrote it.
func NewNoteRow(n stories.Note, by string) NoteRow { return NoteRow{n, noteLabels[n.Kind], by} }

var noteLabels = map[stories.NoteKind]string{
	stories.NoteSubmit: "desk.thread.submit", stories.NoteTakeBack: "desk.thread.take_back", stories.NoteReturn: "desk.thread.return",
	stories.NoteApprove: "desk.thread.approve", stories.NoteComment: "desk.thread.comment",
}

// onThread is how many notes are shown: the newest.
const onThread = 100

func (d *Desk) thread(tx *db.Tx, e *editor) (Thread, error) {
	t := Thread{Form: fields.New()}
	if e.story.ID == "" {
		return t, nil
	}
	if stories.MayComment(e.actor, e.story) {
		t.Action = "/desk/stories/" + e.story.ID + "/comment"
	}
	list, err := d.notes(tx, e)
	t.List = list
	return t, err
}

func (d *Desk) notes(tx *db.Tx, e *editor) ([]NoteRow, error) {
	list, err := d.Stories.Notes(tx, e.story.ID, onThread)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	rows := make([]NoteRow, len(list))
	for i, n := range list {
		n.At = n.At.In(e.zone)
		by, err := d.nameFor(tx, e.actor, names, n.AccountID)
		if err != nil {
			return nil, err
		}
		rows[i] = NewNoteRow(n, by)
	}
	return rows, nil
}

// nameFor is the name of an account as somebody may know it: editors know all, members
// their own.
func (d *Desk) nameFor(tx *db.Tx, who members.Actor, known map[string]string, account string) (string, error) {
	if account != who.AccountID && !who.May(members.ReviewStories) {
		return "", nil
	}
	return d.NameOf(tx, known, account)
}

// comment answers POST /desk/stories/{id}/comment, and leads back to where it was
// written.
func (d *Desk) comment(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	id := r.PathValue("id")
	if err := d.Stories.Comment(r.Context(), shell.ActorOf(r), id, kit.Block(r, "message")); err != nil {
		return err
	}
	page := "/desk/stories/"
	if r.PostForm.Get("back") == "review" && edits(r) {
		page = "/desk/review/"
	}
	return kit.SeeOther(w, r, page+id+"?done=commented#thread")
}
