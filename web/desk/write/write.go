package write

import (
	"context"
	"net/http"

	"waypost/members"
	"waypost/pictures"
	"waypost/replies"
	"waypost/stories"
	"waypost/stories/drafts"
	"waypost/topics"
	"waypost/web/kit"
	"waypost/web/render"
	"waypost/web/shell"
)

// Desk serves the pages of writing.
type Desk struct {
	*shell.Shell
	Topics   *topics.Service
	Stories  *stories.Service
	Drafts   *drafts.Service
	Pictures *pictures.Service
	Replies  *replies.Service
	// Preview makes a story's page as readers would get it.
	Preview func(ctx context.Context, p render.Preview) ([]byte, error)
}

// Caps of request bodies. A story's form may bring two pictures.
const (
	bodyButton = 4 << 10
	bodyNote   = 64 << 10
	bodyDraft  = 8 << 20 // a form without pictures
	bodyFile   = 17 << 20
	bodyStory  = 40 << 20
)

// Routes are the lines of the site map for those who write and those who review.
func (d *Desk) Routes() []kit.Route {
	writers, editors := members.Holders(members.WriteStories), members.Holders(members.ReviewStories)
	var list []kit.Route
	get := func(path string, roles []string, h kit.Handler) {
		list = append(list, kit.Route{Path: path, Methods: []string{http.MethodGet}, Roles: roles, Cache: kit.Private, Handler: h})
	}
	post := func(path string, roles []string, body int64, h kit.Handler) {
		list = append(list, kit.Route{Path: path, Methods: []string{http.MethodPost}, Roles: roles, Body: body, Cache: kit.Private, Handler: shell.Keeping(h)})
	}
	get("/desk/stories", writers, d.storyList)
	get("/desk/stories/new", writers, d.newStory)
	post("/desk/stories/new", writers, bodyStory, d.writeStory)
	post("/desk/stories/preview", writers, bodyStory, d.previewStory)
	get("/desk/stories/{id}", writers, d.editStory)
	post("/desk/stories/{id}", writers, bodyStory, d.writeStory)
	post("/desk/stories/new/draft", writers, bodyDraft, d.keepNewDraft)
	post("/desk/stories/{id}/draft", writers, bodyDraft, d.keepDraft)
	post("/desk/stories/{id}/draft/drop", writers, bodyButton, d.dropDraft(true))
	post("/desk/stories/{id}/draft/take", writers, bodyButton, d.dropDraft(false))
	post("/desk/stories/{id}/comment", writers, bodyNote, d.comment)
	get("/desk/stories/{id}/revisions", writers, d.revisions)
	get("/desk/stories/{id}/revisions/compare", writers, d.compare)
	get("/desk/stories/{id}/revisions/{version}", writers, d.revision)
	post("/desk/stories/{id}/revisions/{version}", writers, bodyButton, d.restoreRevision)
	get("/desk/stories/{id}/delete", writers, d.askDeleteStory)
	post("/desk/stories/{id}/delete", writers, bodyButton, d.deleteStory)
	get("/desk/review", editors, d.queue)
	get("/desk/review/{id}", editors, d.reviewStory)
	post("/desk/review/{id}", editors, bodyNote, d.review)
	get("/desk/review/{id}/preview", editors, d.reviewPreview)
	post("/desk/review/{id}/trust", editors, bodyButton, func(w http.ResponseWriter, r *http.Request) error { return d.Fresh(d.trust)(w, r) })
	get("/desk/pictures", writers, d.pictureList)
	post("/desk/pictures", writers, bodyFile, d.addPicture)
	return list
}

// edits reports that the visitor edits what others write.
func edits(r *http.Request) bool { return shell.ActorOf(r).May(members.ReviewStories) }

// holder is whose pictures the visitor is offered: their own, or those that all who edit
// share, "".
func holder(r *http.Request) string {
	if edits(r) {
		return ""
	}
	return shell.ActorOf(r).AccountID
}
