package paths

import (
	"net/http"
	"sync"

	"waypost/internal/db"
	"waypost/internal/partdate"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/paths"
	"waypost/paths/feeds"
	"waypost/paths/offered"
	"waypost/paths/quarters"
	"waypost/web/kit"
	"waypost/web/shell"
)

// Paths serves the pages.
type Paths struct {
	*shell.Shell
	Paths       *paths.Service
	Occupations *offered.Service
	Quarters    *quarters.Service
	Feeds       *feeds.Service
	Base        string // scheme://host of the site

	large sync.Mutex // held while what may be large is read, one after the other
}

// Caps of request bodies.
const (
	bodyButton = 4 << 10
	bodyForm   = 256 << 10
)

// Sections of the menu.
const (
	home    = "/path"
	entries = "/path/entries"
)

// Routes are the lines of the site map of a member's path.
func (m *Paths) Routes() []kit.Route {
	member := []string{string(members.Member)}
	var list []kit.Route
	get := func(path string, h kit.Handler) {
		list = append(list, kit.Route{Path: path, Methods: []string{http.MethodGet}, Roles: member, Cache: kit.Private, Handler: h})
	}
	post := func(path string, body int64, h kit.Handler) {
		list = append(list, kit.Route{Path: path, Methods: []string{http.MethodPost}, Roles: member, Body: body, Cache: kit.Private, Handler: shell.Keeping(h)})
	}
	get(home, m.overview)
	get("/path/start", m.startForm)
	post("/path/start", bodyForm, m.start)
	get("/path/help", m.help)
	get("/path/goal", m.goalForm)
	get("/path/occupations", m.offer)
	post("/path/goal", bodyForm, m.saveGoal)
	post("/path/goal/{id}/end", bodyForm, m.endGoal)
	post("/path/goal/{id}/resume", bodyButton, m.resumeGoal)
	get("/path/steps/new", m.newStep)
	post("/path/steps/new", bodyForm, m.saveStep)
	get("/path/steps/{id}", m.step)
	get("/path/steps/{id}/edit", m.editStep)
	post("/path/steps/{id}/edit", bodyForm, m.saveStep)
	post("/path/steps/{id}/end", bodyForm, m.endStep)
	post("/path/steps/{id}/remove", bodyButton, m.removeStep)
	get(entries, m.entryList)
	get("/path/entries/new", m.newEntry)
	post("/path/entries/new", bodyForm, m.saveEntry)
	get("/path/entries/{id}", m.editEntry)
	post("/path/entries/{id}", bodyForm, m.saveEntry)
	post("/path/entries/{id}/remove", bodyButton, m.removeEntry)
	get("/path/check-in", m.chooseCheckIn)
	get("/path/steps/{id}/check-in", m.checkInForm)
	post("/path/steps/{id}/check-in", bodyForm, m.checkIn)
	post("/path/steps/{id}/check-in/remove", bodyButton, m.removeCheckIn)
	get("/path/steps/{id}/changed", m.changeForm)
	post("/path/steps/{id}/changed", bodyForm, m.declareChange)
	post("/path/steps/{id}/answer", bodyForm, m.answerChange)
	post("/path/changes/{id}/remove", bodyButton, m.removeChange)
	m.decisionRoutes(get, post)
	post("/path/removed/{kind}/{id}", bodyButton, m.bringBack)
	get("/path/import", m.importForm)
	post("/path/import", bodyImport, m.importFile)
	post("/path/import/take", bodyTicked, m.takeImport)
	post("/path/imports/{id}/take-back", bodyButton, m.takeBack)
	get("/path/keep", m.keep)
	post("/path/quarterly", bodyButton, m.joinQuarters)
	list = append(list, kit.Route{Path: "/desk/paths", Methods: []string{http.MethodGet}, Roles: members.Holders(members.ApproveJoiners), Cache: kit.Private, Handler: m.quarters},
		kit.Route{Path: "/desk/paths", Methods: []string{http.MethodPost}, Roles: members.Holders(members.RunCommunity), Body: bodyButton, Cache: kit.Private, Handler: shell.Keeping(m.Fresh(m.turnQuarters))})
	get("/path/path.json", m.Fresh(m.wholeFile))
	get("/path/resume.json", m.Fresh(m.resumeFile))
	post("/path/feed", bodyButton, m.Fresh(m.changeFeed))
	post("/path/erase", bodyButton, m.Fresh(m.erase))
	list = append(list, kit.Route{Path: "/path/calendar/{token}", Methods: []string{http.MethodGet}, Roles: []string{kit.Anyone}, Cache: kit.Private, Handler: m.feed})
	return list
}

// mine is the path of whoever asks, opened, and what day it is.
type mine struct {
	paths.Path
	Today   partdate.Date
	Removed []paths.Removed
}

func (m *Paths) mine(r *http.Request) (mine, error) {
	var p mine
	err := m.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		if p.Path, p.Removed, err = m.Paths.ReadAll(tx, member(r)); err != nil {
			return err
		}
		p.Today, err = m.Paths.Today(tx)
		return err
	})
	return p, err
}

// member is the account of whoever asks: the one whose path it is.
func member(r *http.Request) string { return shell.ActorOf(r).AccountID }

func notFound() error { return problem.New(problem.NotFound, "problem.not_found") }

// stepOf is the step that an address names.
func (m *Paths) stepOf(r *http.Request) (mine, paths.Step, error) {
	p, err := m.mine(r)
	if err != nil {
		return p, paths.Step{}, err
	}
	s, ok := p.Step(r.PathValue("id"))
	if !ok {
		return p, s, notFound()
	}
	return p, s, nil
}

// rowOf is what an address and the version in a form name.
func rowOf(r *http.Request) (paths.Row, error) {
	if err := kit.ParseForm(r); err != nil {
		return paths.Row{}, err
	}
	version, err := kit.Version(r)
	return paths.Row{ID: r.PathValue("id"), Version: version}, err
}

// act does something by a button and goes on.
func act(w http.ResponseWriter, r *http.Request, to string, do func(at paths.Row) error) error {
	at, err := rowOf(r)
	if err != nil {
		return err
	}
	if err := do(at); err != nil {
		return err
	}
	return kit.SeeOther(w, r, to)
}

// bringBack answers POST /path/removed/{kind}/{id}.
func (m *Paths) bringBack(w http.ResponseWriter, r *http.Request) error {
	if err := m.Paths.BringBack(r.Context(), member(r), paths.Part(r.PathValue("kind")), r.PathValue("id")); err != nil {
		return err
	}
	return kit.SeeOther(w, r, home+"?done=path-back")
}

// HelpView is the page that says how the methods work and what they cannot do.
type HelpView struct{}

// help answers GET /path/help.
func (m *Paths) help(w http.ResponseWriter, r *http.Request) error {
	return m.Show(w, r, http.StatusOK, "path/help", "/path/help", HelpView{})
}
