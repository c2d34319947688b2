package me

import (
	"net/http"

	"waypost/members"
	"waypost/members/joining"
	"waypost/web/kit"
	"waypost/web/shell"
)

// Me serves a member's own pages.
type Me struct {
	*shell.Shell
	Joining *joining.Service
}

// Caps of request bodies.
const (
	bodyForm = 64 << 10
	bodyKept = 1 << 20 // a form that was held up, once more encoded
)

// Routes are the lines of the site map of a member's own pages.
func (m *Me) Routes() []kit.Route {
	anyone, member := []string{kit.Anyone}, []string{string(members.Member)}
	writers := members.Holders(members.WriteStories)
	var list []kit.Route
	get := func(path string, roles []string, h kit.Handler) {
		list = append(list, kit.Route{Path: path, Methods: []string{http.MethodGet}, Roles: roles, Cache: kit.Private, Handler: h})
	}
	post := func(path string, roles []string, body int64, h kit.Handler) {
		list = append(list, kit.Route{Path: path, Methods: []string{http.MethodPost}, Roles: roles, Body: body, Cache: kit.Private, Handler: shell.Keeping(h)})
	}
	get("/me/sessions", member, m.sessionList)
	post("/me/sessions/{id}/end", member, bodyButton, m.endSession)
	post("/me/sessions/end-others", member, bodyButton, m.endOthers)
	post("/me/fresh", member, bodyKept, m.prove)
	get("/me/notices", writers, m.notices)
	post("/me/notices", writers, bodyButton, m.chooseNotices)
	get("/me/email", member, m.Fresh(m.emailForm))
	post("/me/email", member, bodyForm, m.Fresh(m.changeEmail))
	get("/sign-in/email/{token}", anyone, m.emailButton)
	post("/sign-in/email/{token}", anyone, bodyButton, m.confirmEmail)
	get("/sign-in/undo/{token}", anyone, m.undoButton)
	post("/sign-in/undo/{token}", anyone, bodyButton, m.undoEmail)
	return list
}
