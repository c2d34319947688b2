package me

import (
	"net/http"

	"waypost/internal/db"
	"waypost/members"
	"waypost/replies"
	"waypost/stories"
	"waypost/web/kit"
	"waypost/web/shell"
)

// NoticesView is what somebody is told by letter of stories and replies.
type NoticesView struct {
	Choices []NoticeChoice
	Address bool // their account has an address to write to
}

// NoticeChoice is a kind of notice.
type NoticeChoice struct {
	Kind   string
	Label  string // a message key
	Wanted bool
}

// NoticeChoices are the kinds of notices that somebody may get.
func NoticeChoices(by members.Actor, unwanted map[string]bool) []NoticeChoice {
	var list []NoticeChoice
	for _, c := range [...]struct {
		kind, label string
		may         bool
	}{
		{string(stories.NoticeSubmitted), "me.notices.submitted", by.May(members.ReviewStories)},
		{string(stories.NoticeAsked), "me.notices.asked", by.May(members.ReviewStories)},
		{string(stories.NoticeReturned), "me.notices.returned", true},
		{string(stories.NoticeScheduled), "me.notices.scheduled", true},
		{string(stories.NoticePublished), "me.notices.published", true},
		{string(stories.NoticeAnswered), "me.notices.answered", true},
		{replies.LetterReceived, "me.notices.reply_received", true},
		{replies.LetterAnswered, "me.notices.reply_answered", true},
		{replies.LetterHourly, "me.notices.replies_hourly", by.May(members.ModerateReplies)},
		{replies.LetterDaily, "me.notices.replies_daily", by.May(members.ModerateReplies)},
		{replies.LetterWave, "me.notices.replies_wave", by.May(members.RunCommunity)},
	} {
		if c.may {
			list = append(list, NoticeChoice{Kind: c.kind, Label: c.label, Wanted: !unwanted[c.kind]})
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
		view.Choices = NoticeChoices(shell.ActorOf(r), unwanted)
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
	for _, c := range NoticeChoices(shell.ActorOf(r), nil) {
		wanted[c.Kind] = false
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
