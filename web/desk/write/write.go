package write

import (
	"context"
	"net/http"

	"waypost/internal/db"
	"waypost/members"
	"waypost/pictures"
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
	// Preview makes a story's page as readers would get it.
	Preview func(ctx context.Context, p render.Preview) ([]byte, error)
	// Revision reads a saved version of a story; NotFound if there is none.
	Revision func(tx *db.Tx, storyID string, version int64) (stories.Content, error)
}

// Caps of request bodies. A story's form may bring two pictures.
const (
	bodyButton = 4 << 10
	bodyDraft  = 8 << 20 // a form without pictures
	bodyFile   = 17 << 20
	bodyStory  = 40 << 20
)

// Routes are the lines of the site map for those who write.
func (d *Desk) Routes() []kit.Route {
	editors := members.Holders(members.ReviewStories)
	var list []kit.Route
	get := func(path string, h kit.Handler) {
		list = append(list, kit.Route{Path: path, Methods: []string{http.MethodGet}, Roles: editors, Cache: kit.Private, Handler: h})
	}
	post := func(path string, body int64, h kit.Handler) {
		list = append(list, kit.Route{Path: path, Methods: []string{http.MethodPost}, Roles: editors, Body: body, Cache: kit.Private, Handler: shell.Keeping(h)})
	}
	get("/desk/stories", d.storyList)
	get("/desk/stories/new", d.newStory)
	post("/desk/stories/new", bodyStory, d.writeStory)
	post("/desk/stories/preview", bodyStory, d.previewStory)
	get("/desk/stories/{id}", d.editStory)
	post("/desk/stories/{id}", bodyStory, d.writeStory)
	post("/desk/stories/new/draft", bodyDraft, d.keepNewDraft)
	post("/desk/stories/{id}/draft", bodyDraft, d.keepDraft)
	post("/desk/stories/{id}/draft/drop", bodyButton, d.dropDraft(true))
	post("/desk/stories/{id}/draft/take", bodyButton, d.dropDraft(false))
	get("/desk/stories/{id}/revisions", d.revisions)
	get("/desk/stories/{id}/revisions/{version}", d.revision)
	post("/desk/stories/{id}/revisions/{version}", bodyButton, d.restoreRevision)
	get("/desk/stories/{id}/delete", d.askDeleteStory)
	post("/desk/stories/{id}/delete", bodyButton, d.deleteStory)
	get("/desk/pictures", d.pictureList)
	post("/desk/pictures", bodyFile, d.addPicture)
	return list
}
