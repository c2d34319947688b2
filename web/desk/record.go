package desk

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"waypost/community"
	"waypost/internal/db"
	"waypost/internal/personal"
	"waypost/members"
	"waypost/members/joining"
	"waypost/web/desk/fields"
	"waypost/web/shell"
)

// RecordView lists who did what to what, newest first.
type RecordView struct {
	fields.Form // what is looked for
	Kinds       []fields.Option
	Who         string // whose acts alone are listed; empty: everybody's
	List        []RecordRow
	Next        string // the address of older lines; empty if there are none
}

// RecordRow is a line of the record with the names of who did it and to whom.
type RecordRow struct {
	community.Act
	Label string   // a message key for the act
	By    string   // empty for the program itself, and for somebody who is gone
	Gone  bool     // it was somebody, who is gone
	To    string   // the name of the account that it was done to
	Lost  bool     // it was done to somebody who is gone
	URL   string   // of the page of what it was done to; empty if there is none
	Words []string // message keys of what the detail names: roles, or a way of joining
}

const onRecord = 100

// kinds are the kinds of acts that the record can be narrowed to: the first parts of
// their names.
var kinds = []struct {
	name, label string
	of          []string
}{
	{"people", "desk.record.people", []string{"account", "role", "author", "request", "invitation", "address"}},
	{"sign-in", "desk.record.sign_in", []string{"session", "access", "passkey", "identity"}},
	{"stories", "desk.record.stories", []string{"story", "replies"}},
	{"library", "desk.record.library", []string{"resource", "topic", "page"}},
	{"running", "desk.record.running", []string{"community", "joining", "key", "backup", "job", "import", "sender", "server", "outbox"}},
}

// actsOf are the acts of a kind; none for a kind that there is not.
func actsOf(kind string) (list []string) {
	for _, k := range kinds {
		if k.name != kind {
			continue
		}
		for act := range acts {
			if first, _, _ := strings.Cut(act, "."); slices.Contains(k.of, first) {
				list = append(list, act)
			}
		}
	}
	slices.Sort(list)
	return list
}

// NewRecordView is the page of a search without what it finds.
func NewRecordView(kind, by string) RecordView {
	view := RecordView{Form: fields.New("kind", kind, "by", by), Kinds: []fields.Option{{Label: "desk.record.everything"}}}
	for _, k := range kinds {
		view.Kinds = append(view.Kinds, fields.Option{Value: k.name, Label: k.label})
	}
	return view
}

// acts are the words for what is recorded.
var acts = map[string]string{
	"story.created": "desk.act.story_created", "story.saved": "desk.act.story_saved", "story.draft": "desk.act.story_draft",
	"story.in_review": "desk.act.story_in_review", "story.scheduled": "desk.act.story_scheduled",
	"story.published": "desk.act.story_published", "story.archived": "desk.act.story_archived",
	"story.deleted": "desk.act.story_deleted", "story.commented": "desk.act.story_commented",
	"account.trusted": "desk.act.account_trusted", "account.untrusted": "desk.act.account_untrusted", "page.deleted": "desk.act.page_deleted", "topic.deleted": "desk.act.topic_deleted",
	"page.saved": "desk.act.page_saved", "topic.saved": "desk.act.topic_saved", "author.saved": "desk.act.author_saved", "author.given": "desk.act.author_given",
	"resource.saved": "desk.act.resource_saved", "resource.deleted": "desk.act.resource_deleted",
	"community.changed": "desk.act.quarterly",
	"community.saved":   "desk.act.community_saved", "session.opened": "desk.act.session_opened", "account.created": "desk.act.account_created",
	"account.changed": "desk.act.account_changed",
	"session.refused": "desk.act.session_refused", "session.ended": "desk.act.session_ended", "job.retried": "desk.act.job_retried",
	"account.left": "desk.act.account_left", "account.removed": "desk.act.account_removed", "address.removed": "desk.act.address_removed",
	"sender.key_made": "desk.act.mail_key_made", "sender.signed": "desk.act.mail_signed", "sender.unsigned": "desk.act.mail_unsigned",
	"address.barred": "desk.act.address_barred", "address.unbarred": "desk.act.address_unbarred",
	"sender.saved": "desk.act.mail_saved", "server.saved": "desk.act.mail_server_saved", "server.deleted": "desk.act.mail_server_deleted",
	"server.tried": "desk.act.mail_tried", "outbox.retried": "desk.act.letter_retried",
	"backup.made": "desk.act.backup_made", "backup.failed": "desk.act.backup_failed", "backup.downloaded": "desk.act.backup_downloaded", "backup.deleted": "desk.act.backup_deleted",
	"key.kept": "desk.act.key_kept", "import.done": "desk.act.import_done", "import.interrupted": "desk.act.import_interrupted", "import.failed": "desk.act.import_failed",
	"replies.closed": "desk.act.replies_closed", "replies.opened": "desk.act.replies_opened", "replies.settings": "desk.act.replies_settings",
	"replies.blocked": "desk.act.replies_blocked", "replies.unblocked": "desk.act.replies_unblocked",
	"replies.nameless": "desk.act.replies_nameless", "replies.removed": "desk.act.replies_removed",
	"role.granted": "desk.act.role_granted", "role.taken": "desk.act.role_taken",
	"account.disabled": "desk.act.account_disabled", "account.enabled": "desk.act.account_enabled",
	"access.refused": "desk.act.access_refused",
	"passkey.added":  "desk.act.passkey_added", "passkey.removed": "desk.act.passkey_removed",
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
	q := r.URL.Query()
	find := community.ActSearch{By: q.Get("by"), Acts: actsOf(q.Get("kind"))}
	before := community.ActKey{ID: q.Get("id")}
	if ms, err := strconv.ParseInt(q.Get("before"), 10, 64); err == nil {
		before.At = time.UnixMilli(ms)
	}
	view := NewRecordView(q.Get("kind"), find.By)
	err = d.DB.View(r.Context(), func(tx *db.Tx) error {
		list, err := d.Community.Acts(tx, find, before, onRecord+1)
		if err != nil {
			return err
		}
		view.Next = ""
		if len(list) > onRecord {
			list = list[:onRecord]
			last := list[onRecord-1]
			more := url.Values{"before": {fields.Number(last.At.UnixMilli())}, "id": {last.ID}}
			for _, name := range []string{"kind", "by"} {
				if v := view.Value(name); v != "" {
					more.Set(name, v)
				}
			}
			view.Next = "/desk/record?" + more.Encode()
		}
		return d.recordRows(tx, &view, list, settings.Location())
	})
	if err != nil {
		return err
	}
	return d.ShowIn(w, r, settings, http.StatusOK, "desk/record", "/desk/record", view)
}

// recordRows gives names to the lines of the record, which are read at once.
func (d *Desk) recordRows(tx *db.Tx, view *RecordView, list []community.Act, zone *time.Location) error {
	ids := []string{view.Value("by")}
	for _, a := range list {
		ids = append(ids, a.AccountID)
		if account, ok := strings.CutPrefix(a.Subject, "account:"); ok {
			ids = append(ids, account)
		}
	}
	slices.Sort(ids)
	names, err := d.Members.NamesByID(tx, slices.Compact(ids))
	if err != nil {
		return err
	}
	view.Who, view.List = "", nil
	if by := view.Value("by"); by != "" {
		view.Who = cmp.Or(names[by], by)
	}
	for _, a := range list {
		a.At = a.At.In(zone)
		row := RecordRow{Act: a, Label: acts[a.Act], By: names[a.AccountID]}
		if _, known := names[a.AccountID]; a.AccountID != "" && !known {
			row.Gone = true
		}
		kind, id, _ := strings.Cut(a.Subject, ":")
		if kind == "account" {
			row.To = names[id]
		}
		row.Lost = id == personal.Left
		if folder := subjects[kind]; folder != "" && !row.Lost && !strings.HasSuffix(a.Act, ".deleted") {
			row.URL = folder + url.PathEscape(id)
		}
		row.Words = wordsFor(a)
		view.List = append(view.List, row)
	}
	return nil
}

// modes are the ways of joining: message keys.
var modes = map[joining.Mode]string{joining.Open: "joining.mode_open", joining.Approval: "joining.mode_approval",
	joining.Invitation: "joining.mode_invitation", joining.Domains: "joining.mode_domains"}

// wordsFor are the words for a detail that is a name of the program's own: of roles, or of
// the way of joining.
func wordsFor(a community.Act) (list []string) {
	switch a.Act {
	case "joining.saved":
		if label := modes[joining.Mode(a.Detail)]; label != "" {
			list = append(list, label)
		}
	case "role.granted", "role.taken", "account.created", "invitation.made":
		for _, role := range strings.Fields(a.Detail) {
			if label := shell.RoleLabels[members.Role(role)]; label != "" {
				list = append(list, label)
			}
		}
	}
	return list
}

// subjects are where the things of the record have their pages.
var subjects = map[string]string{"account": "/desk/people/", "story": "/desk/stories/", "author": "/desk/authors/", "topic": "/desk/topics/",
	"resource": "/desk/resources/", "page": "/desk/pages/"}
