package replies

import (
	"net/http"
	"slices"

	"waypost/members"
	"waypost/replies"
	"waypost/stories"
	"waypost/web/kit"
	"waypost/web/shell"
)

// Desk serves the pages.
type Desk struct {
	*shell.Shell
	Replies *replies.Service
	Stories *stories.Service
}

// Caps of request bodies.
const (
	bodyButton = 4 << 10
	bodyQueue  = 16 << 10 // the identifiers of a page of replies
	bodyForm   = 64 << 10
)

// The desk's menu entries.
const (
	Section         = "/desk/replies"
	sectionBlocks   = "/desk/replies/blocks"
	sectionLog      = "/desk/replies/log"
	sectionSettings = "/desk/replies/settings"
)

// Routes are the lines of the site map.
func (d *Desk) Routes() []kit.Route {
	moderators, owners := members.Holders(members.ModerateReplies), members.Holders(members.RunCommunity)
	closers := slices.Compact(slices.Sorted(slices.Values(slices.Concat(moderators, members.Holders(members.ReviewStories)))))
	get := func(path string, h kit.Handler) kit.Route {
		return kit.Route{Path: path, Methods: []string{http.MethodGet}, Roles: moderators, Cache: kit.Private, Handler: h}
	}
	post := func(path string, body int64, h kit.Handler) kit.Route {
		return kit.Route{Path: path, Methods: []string{http.MethodPost}, Roles: moderators, Body: body, Cache: kit.Private, Handler: shell.Keeping(h)}
	}
	return []kit.Route{
		get(Section, d.queue),
		post(Section, bodyQueue, d.decide),
		post("/desk/replies/undo", bodyButton, d.undo),
		get("/desk/replies/filter", d.filter),
		get("/desk/replies/{id}/answer", d.answering),
		post("/desk/replies/{id}/answer", bodyForm, d.answer),
		get("/desk/replies/{id}/block", d.blocking),
		post("/desk/replies/{id}/block", bodyForm, d.block),
		get(sectionBlocks, d.blocks),
		post(sectionBlocks, bodyForm, d.addBlock),
		post("/desk/replies/blocks/{id}/end", bodyButton, d.endBlock),
		post("/desk/replies/blocks/{id}/renew", bodyButton, d.renewBlock),
		get(sectionLog, d.log),
		{Path: sectionSettings, Methods: []string{http.MethodGet}, Roles: owners, Cache: kit.Private, Handler: d.settings},
		{Path: sectionSettings, Methods: []string{http.MethodPost}, Roles: owners, Body: bodyForm, Cache: kit.Private, Handler: shell.Keeping(func(w http.ResponseWriter, r *http.Request) error { return d.Fresh(d.saveSettings)(w, r) })},
		{Path: "/desk/replies/stories/{id}/closing", Methods: []string{http.MethodPost}, Roles: closers, Body: bodyButton, Cache: kit.Private, Handler: shell.Keeping(d.close)},
	}
}
