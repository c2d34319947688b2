package desk

import (
	"net/http"

	"waypost/community"
	"waypost/internal/db"
	"waypost/internal/personal"
)

// RecordView lists who did what to what, newest first.
type RecordView struct{ List []RecordRow }

// RecordRow is a line of the record with the name of who did it.
type RecordRow struct {
	community.Act
	Label string // a message key for the act
	By    string // empty for the program itself
	Left  bool   // whoever did it is not here any more
}

const mostActs = 200

// acts are the words for what is recorded.
var acts = map[string]string{
	"story.created": "desk.act.story_created", "story.saved": "desk.act.story_saved", "story.draft": "desk.act.story_draft",
	"story.in_review": "desk.act.story_in_review", "story.scheduled": "desk.act.story_scheduled",
	"story.published": "desk.act.story_published", "story.archived": "desk.act.story_archived",
	"story.deleted": "desk.act.story_deleted", "story.commented": "desk.act.story_commented",
	"account.trusted": "desk.act.account_trusted", "account.untrusted": "desk.act.account_untrusted", "page.deleted": "desk.act.page_deleted", "topic.deleted": "desk.act.topic_deleted",
	"page.saved": "desk.act.page_saved", "topic.saved": "desk.act.topic_saved", "author.saved": "desk.act.author_saved",
	"resource.saved": "desk.act.resource_saved", "resource.deleted": "desk.act.resource_deleted",
	"community.saved": "desk.act.community_saved", "session.opened": "desk.act.session_opened", "account.created": "desk.act.account_created",
	"account.changed": "desk.act.account_changed",
	"session.refused": "desk.act.session_refused", "session.ended": "desk.act.session_ended", "job.retried": "desk.act.job_retried",
	"account.left": "desk.act.account_left", "account.removed": "desk.act.account_removed", "address.removed": "desk.act.address_removed",
	"sender.saved": "desk.act.mail_saved", "server.saved": "desk.act.mail_server_saved", "server.deleted": "desk.act.mail_server_deleted",
	"server.tried": "desk.act.mail_tried", "outbox.retried": "desk.act.letter_retried",
	"key.kept": "desk.act.key_kept", "import.done": "desk.act.import_done", "import.interrupted": "desk.act.import_interrupted", "import.failed": "desk.act.import_failed",
	"passkey.added": "desk.act.passkey_added", "passkey.removed": "desk.act.passkey_removed",
	"identity.added": "desk.act.identity_added", "identity.removed": "desk.act.identity_removed",
	"joining.saved": "desk.act.joining_saved", "request.admitted": "desk.act.request_admitted", "request.declined": "desk.act.request_declined",
	"invitation.made": "desk.act.invitation_made", "invitation.ended": "desk.act.invitation_ended",
	"import.tried": "desk.act.import_tried", "import.refused": "desk.act.import_refused",
}

// record answers GET /desk/record.
func (d *Desk) record(w http.ResponseWriter, r *http.Request) error {
	settings, err := d.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	var view RecordView
	err = d.DB.View(r.Context(), func(tx *db.Tx) error {
		list, err := d.Community.Acts(tx, mostActs)
		if err != nil {
			return err
		}
		view.List = make([]RecordRow, len(list))
		names := map[string]string{}
		for i, a := range list {
			a.At = a.At.In(settings.Location())
			view.List[i] = RecordRow{Act: a, Label: acts[a.Act], Left: a.AccountID == personal.Left}
			if view.List[i].By, err = d.NameOf(tx, names, a.AccountID); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return d.Show(w, r, http.StatusOK, "desk/record", "/desk/record", view)
}
