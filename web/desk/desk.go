package desk

import (
	"context"
	"net/http"
	"sync/atomic"

	"waypost/community"
	"waypost/internal/clock"
	"waypost/internal/db"
	"waypost/internal/jobs"
	"waypost/members"
	"waypost/pictures"
	"waypost/resources"
	"waypost/stories"
	"waypost/topics"
	"waypost/web/kit"
	"waypost/web/render"
)

// Desk serves the pages behind sign-in.
type Desk struct {
	DB        *db.DB
	Renderer  *render.Renderer
	Clock     clock.Clock
	Community *community.Service
	Members   *members.Service
	Topics    *topics.Service
	Stories   *stories.Service
	Resources *resources.Service
	Pictures  *pictures.Service
	Jobs      *jobs.Queue
	// Preview makes a story's page as readers would get it.
	Preview func(ctx context.Context, p render.Preview) ([]byte, error)
	// PreviewPage does the same for a free-standing page.
	PreviewPage func(ctx context.Context, p community.Page) ([]byte, error)
	// Revision reads a saved version of a story; NotFound if there is none.
	Revision  func(tx *db.Tx, storyID string, version int64) (stories.Content, error)
	Imports   Imports
	UploadMax int64 // bytes of an export sent from a browser
	// Secure says that the site is served by https, so the cookie is bound to it.
	Secure bool

	returning atomic.Int32 // refused forms that are being given back
}

// Caps of request bodies. A story's form may bring two pictures.
const (
	bodyButton = 4 << 10
	bodyForm   = 256 << 10
	bodyPage   = 8 << 20
	bodyFile   = 17 << 20
	bodyStory  = 40 << 20
)

// Routes are the desk's lines of the site map.
func (d *Desk) Routes() []kit.Route {
	anyone, owner := []string{kit.Anyone}, []string{string(members.Owner)}
	editors := []string{string(members.Owner), string(members.Editor)}
	var list []kit.Route
	get := func(path string, roles []string, h kit.Handler) {
		list = append(list, kit.Route{Path: path, Methods: []string{http.MethodGet}, Roles: roles, Cache: kit.Private, Handler: h})
	}
	post := func(path string, roles []string, body int64, h kit.Handler) {
		list = append(list, kit.Route{Path: path, Methods: []string{http.MethodPost}, Roles: roles, Body: body, Cache: kit.Private, Handler: keeping(h)})
	}
	get("/sign-in", anyone, d.signInHelp)
	get("/sign-in/{token}", anyone, d.signInButton)
	post("/sign-in/{token}", anyone, bodyButton, d.signIn)
	post("/sign-out", anyone, bodyButton, d.signOut)

	get("/desk", editors, d.today)
	post("/desk/jobs/{id}/retry", owner, bodyButton, d.retryJob)
	post("/desk/key-kept", owner, bodyButton, d.keepKey)
	get("/desk/sessions", editors, d.sessionList)
	post("/desk/sessions/{id}/end", editors, bodyButton, d.endSession)
	get("/desk/set-up", owner, d.setUpForm)
	post("/desk/set-up", owner, bodyForm, d.setUp)

	get("/desk/stories", editors, d.storyList)
	get("/desk/stories/new", editors, d.newStory)
	post("/desk/stories/new", editors, bodyStory, d.writeStory)
	post("/desk/stories/preview", editors, bodyStory, d.previewStory)
	get("/desk/stories/{id}", editors, d.editStory)
	post("/desk/stories/{id}", editors, bodyStory, d.writeStory)
	get("/desk/stories/{id}/revisions", editors, d.revisions)
	get("/desk/stories/{id}/revisions/{version}", editors, d.revision)
	post("/desk/stories/{id}/revisions/{version}", editors, bodyButton, d.restoreRevision)

	get("/desk/stories/{id}/delete", editors, d.askDeleteStory)
	post("/desk/stories/{id}/delete", editors, bodyButton, d.deleteStory)

	get("/desk/resources", editors, d.resourceList)
	get("/desk/resources/new", editors, d.newResource)
	post("/desk/resources/new", editors, bodyForm, d.saveResource)
	get("/desk/resources/{id}", editors, d.editResource)
	post("/desk/resources/{id}", editors, bodyForm, d.saveResource)
	post("/desk/resources/{id}/delete", editors, bodyButton, d.deleteResource)
	get("/desk/topics", editors, d.topicList)
	get("/desk/topics/new", editors, d.newTopic)
	post("/desk/topics/new", editors, bodyForm, d.saveTopic)
	get("/desk/topics/{id}", editors, d.editTopic)
	post("/desk/topics/{id}", editors, bodyForm, d.saveTopic)
	get("/desk/topics/{id}/delete", editors, d.askDeleteTopic)
	post("/desk/topics/{id}/delete", editors, bodyButton, d.deleteTopic)
	get("/desk/pictures", editors, d.pictureList)
	post("/desk/pictures", editors, bodyFile, d.addPicture)

	get("/desk/authors", owner, d.authorList)
	get("/desk/authors/new", owner, d.newAuthor)
	post("/desk/authors/new", owner, bodyFile, d.saveAuthor)
	get("/desk/authors/{id}", owner, d.editAuthor)
	post("/desk/authors/{id}", owner, bodyFile, d.saveAuthor)
	get("/desk/pages", owner, d.pageList)
	get("/desk/pages/new", owner, d.newPage)
	post("/desk/pages/new", owner, bodyPage, d.savePage)
	post("/desk/pages/preview", owner, bodyPage, d.previewPage)
	get("/desk/pages/{id}", owner, d.editPage)
	post("/desk/pages/{id}", owner, bodyPage, d.savePage)
	get("/desk/pages/{id}/delete", owner, d.askDeletePage)
	post("/desk/pages/{id}/delete", owner, bodyButton, d.deletePage)
	get("/desk/settings", owner, d.settingsForm)
	post("/desk/settings", owner, bodyForm, d.saveSettings)
	get("/desk/import", owner, d.importList)
	post("/desk/import", owner, max(d.UploadMax, bodyForm), d.takeImport)
	get("/desk/record", owner, d.record)
	return list
}
