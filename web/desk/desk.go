package desk

import (
	"context"
	"net/http"
	"slices"

	"waypost/community"
	"waypost/internal/db"
	"waypost/internal/jobs"
	"waypost/members"
	"waypost/members/joining"
	"waypost/resources"
	"waypost/stories"
	"waypost/topics"
	"waypost/web/desk/letters"
	"waypost/web/desk/people"
	"waypost/web/desk/replies"
	"waypost/web/desk/write"
	"waypost/web/kit"
	"waypost/web/shell"
)

// Desk serves the pages of those who run the community.
type Desk struct {
	*shell.Shell
	Write     *write.Desk // where stories are written
	People    *people.Desk
	Mail      *letters.Letters
	Replies   *replies.Desk
	Topics    *topics.Service
	Stories   *stories.Service
	Resources *resources.Service
	Jobs      *jobs.Queue
	Joining   *joining.Service
	// PreviewPage makes a free-standing page as readers would get it.
	PreviewPage func(ctx context.Context, p community.Page) ([]byte, error)
	Imports     Imports
	Backups     Backups
	// Guided tells how far the setting up of the community is, but for what was left.
	Guided    func(tx *db.Tx) (GuideState, error)
	UploadMax int64 // bytes of an export sent from a browser
}

// Caps of request bodies.
const (
	bodyButton = 4 << 10
	bodyForm   = 256 << 10
	bodyPage   = 8 << 20
	bodyFile   = 17 << 20
)

// Routes are the desk's lines of the site map.
func (d *Desk) Routes() []kit.Route {
	owner := members.Holders(members.RunCommunity)
	curators, people := members.Holders(members.CurateTopics), members.Holders(members.ManagePeople)
	var list []kit.Route
	get := func(path string, roles []string, h kit.Handler) {
		list = append(list, kit.Route{Path: path, Methods: []string{http.MethodGet}, Roles: roles, Cache: kit.Private, Handler: h})
	}
	post := func(path string, roles []string, body int64, h kit.Handler) {
		list = append(list, kit.Route{Path: path, Methods: []string{http.MethodPost}, Roles: roles, Body: body, Cache: kit.Private, Handler: shell.Keeping(h)})
	}
	get("/desk", members.Holders(members.WriteStories), d.today)
	post("/desk/jobs/{id}/retry", owner, bodyButton, d.retryJob)
	post("/desk/key-kept", owner, bodyButton, d.keepKey)
	get("/desk/set-up", owner, d.setUpForm)
	post("/desk/set-up", owner, bodyForm, d.setUp)
	get("/desk/guide", owner, d.guide)
	post("/desk/guide/{step}/leave", owner, bodyButton, d.leaveStep)
	post("/desk/guide/{step}/take", owner, bodyButton, d.takeStep)

	get("/desk/resources", curators, d.resourceList)
	get("/desk/resources/new", curators, d.newResource)
	post("/desk/resources/new", curators, bodyForm, d.saveResource)
	get("/desk/resources/{id}", curators, d.editResource)
	post("/desk/resources/{id}", curators, bodyForm, d.saveResource)
	post("/desk/resources/{id}/delete", curators, bodyButton, d.deleteResource)
	get("/desk/topics", curators, d.topicList)
	get("/desk/topics/new", curators, d.newTopic)
	post("/desk/topics/new", curators, bodyForm, d.saveTopic)
	get("/desk/topics/{id}", curators, d.editTopic)
	post("/desk/topics/{id}", curators, bodyForm, d.saveTopic)
	get("/desk/topics/{id}/delete", curators, d.askDeleteTopic)
	post("/desk/topics/{id}/delete", curators, bodyButton, d.deleteTopic)

	get("/desk/authors", people, d.authorList)
	get("/desk/authors/new", people, d.newAuthor)
	post("/desk/authors/new", people, bodyFile, d.saveAuthor)
	get("/desk/authors/{id}", people, d.editAuthor)
	post("/desk/authors/{id}", people, bodyFile, d.saveAuthor)
	get("/desk/pages", owner, d.pageList)
	get("/desk/pages/new", owner, d.newPage)
	post("/desk/pages/new", owner, bodyPage, d.savePage)
	post("/desk/pages/preview", owner, bodyPage, d.previewPage)
	get("/desk/pages/{id}", owner, d.editPage)
	post("/desk/pages/{id}", owner, bodyPage, d.savePage)
	get("/desk/pages/{id}/delete", owner, d.askDeletePage)
	post("/desk/pages/{id}/delete", owner, bodyButton, d.deletePage)
	get("/desk/settings", owner, d.settingsForm)
	post("/desk/settings", owner, bodyForm, d.Fresh(d.saveSettings))
	get("/desk/import", owner, d.importList)
	post("/desk/import", owner, max(d.UploadMax, bodyForm), d.takeImport)
	get("/desk/backups", owner, d.backupList)
	post("/desk/backups", owner, bodyButton, d.makeBackup)
	post("/desk/backups/everything", owner, bodyButton, d.Fresh(d.everything))
	post("/desk/backups/{name}/download", owner, bodyButton, d.Fresh(d.downloadBackup))
	get("/desk/backups/{name}/delete", owner, d.askDeleteBackup)
	post("/desk/backups/{name}/delete", owner, bodyButton, d.Fresh(d.deleteBackup))
	get("/desk/record", owner, d.record)
	return slices.Concat(list, d.Write.Routes(), d.People.Routes(), d.Mail.Routes(), d.Replies.Routes())
}
