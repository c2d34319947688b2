package me

import (
	"net/http"

	"waypost/internal/db"
	"waypost/members"
	"waypost/stories"
	"waypost/web/kit"
	"waypost/web/shell"
)

// NoticesView is what somebody is told by letter of stories.
type NoticesView struct {
	Choices []NoticeChoice
	Address bool // their account has an address to write to
}

// NoticeChoice is a kind of notice.
type NoticeChoice struct {
	Kind   stories.NoticeKind
	Label  string // a message key
	Wanted bool
}

// NoticeChoices are the kinds of notices that somebody may get.
func NoticeChoices(editor bool, unwanted map[string]bool) []NoticeChoice {
	all := []NoticeChoice{
		{Kind: stories.NoticeSubmitted, Label: "me.notices.submitted"}, {Kind: stories.NoticeAsked, Label: "me.notices.asked"},
		{Kind: stories.NoticeReturned, Label: "me.notices.returned"}, {Kind: stories.NoticeScheduled, Label: "me.notices.scheduled"},
		{Kind: stories.NoticePublished, Label: "me.notices.published"}, {Kind: stories.NoticeAnswered, Label: "me.notices.answered"},
	}
	var list []NoticeChoice
	for _, c := range all {
		if editor || !c.Kind.ToEditors() {
			c.Wanted = !unwanted[string(c.Kind)]
			list = append(list, c)
		}
	}
	return list
}

// notices answers GET /me/notices.
func (m *Me) notices(w http.ResponseWriter, r *http.Request) error {
	who := shell.SessionOf(r)
	view := NoticesView{Address: who.Account.Email != ""}
	err := m.DB.View(r.Context(), func(tx *db.Tx) error {
		unwanted, err := m.Members.Unwanted(tx, who.Account.ID)
		view.Choices = NoticeChoices(shell.ActorOf(r).May(members.ReviewStories), unwanted)
		return err
	})
	if err != nil {
		return err
	}
	return m.Show(w, r, http.StatusOK, "me/notices", "/me/notices", view)
}

// chooseNotices answers POST /me/notices.
func (m *Me) chooseNotices(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	wanted := map[string]bool{}
	for _, c := range NoticeChoices(shell.ActorOf(r).May(members.ReviewStories), nil) {
		wanted[string(c.Kind)] = false
	}
	for _, kind := range r.PostForm["notice"] {
		if _, known := wanted[kind]; known {
			wanted[kind] = true
		}
	}
	err := m.DB.Update(r.Context(), func(tx *db.Tx) error { return m.Members.Want(tx, shell.ActorOf(r).AccountID, wanted) })
	if err != nil {
		return err
	}
	return kit.SeeOther(w, r, "/me/notices?done=saved")
}
