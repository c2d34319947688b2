package letters

import (
	"net/http"

	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/mail/preflight"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/shell"
)

// Letters serves the pages.
type Letters struct {
	*shell.Shell
	Mail *mail.Outbox
	DNS  preflight.Resolver
	// TryLetter is the letter by which a server is tried out.
	TryLetter func(tx *db.Tx, language string) (mail.Letter, error)
	// Open says that what secret letters say may be shown.
	Open bool
}

// Caps of request bodies.
const (
	bodyButton = 4 << 10
	bodyForm   = 64 << 10
)

// Section is the desk's menu entry.
const Section = "/desk/mail"

// Routes are the lines of the site map.
func (d *Letters) Routes() []kit.Route {
	owner := []string{string(members.Owner)}
	var list []kit.Route
	get := func(path string, h kit.Handler) {
		list = append(list, kit.Route{Path: path, Methods: []string{http.MethodGet}, Roles: owner, Cache: kit.Private, Handler: h})
	}
	post := func(path string, body int64, h kit.Handler) {
		list = append(list, kit.Route{Path: path, Methods: []string{http.MethodPost}, Roles: owner, Body: body, Cache: kit.Private, Handler: shell.Keeping(h)})
	}
	fresh := func(h kit.Handler) kit.Handler {
		return func(w http.ResponseWriter, r *http.Request) error { return d.Fresh(h)(w, r) }
	}
	get("/desk/mail", d.overview)
	post("/desk/mail", bodyForm, fresh(d.saveSender))
	get("/desk/mail/records", d.records)
	post("/desk/mail/signing", bodyButton, fresh(d.signing))
	get("/desk/mail/servers/new", fresh(d.newServer))
	post("/desk/mail/servers/new", bodyForm, fresh(d.saveServer))
	get("/desk/mail/servers/{id}", fresh(d.editServer))
	post("/desk/mail/servers/{id}", bodyForm, fresh(d.saveServer))
	post("/desk/mail/servers/{id}/raise", bodyButton, fresh(d.raiseServer))
	post("/desk/mail/servers/{id}/delete", bodyButton, fresh(d.deleteServer))
	post("/desk/mail/servers/{id}/try", bodyForm, fresh(d.tryServer))
	get("/desk/mail/letters", d.list)
	post("/desk/mail/letters/retry", bodyButton, d.retryFailed)
	post("/desk/mail/letters/seen", bodyButton, d.seeAll)
	get("/desk/mail/letters/{id}", d.letter)
	get("/desk/mail/letters/{id}/page", d.page)
	post("/desk/mail/letters/{id}/retry", bodyButton, d.retry)
	return list
}

// Trouble is the line above every page of the desk when letters wait too long or were not
// sent; nil when all is well.
func (d *Letters) Trouble(r *http.Request) (*problem.Message, string, error) {
	t, err := d.Mail.TroubleNow(r.Context())
	if err != nil || !t.Any() {
		return nil, "", err
	}
	return trouble(t), "/desk/mail/letters", nil
}

// trouble is the most urgent of what there is to tell.
func trouble(t mail.Trouble) *problem.Message {
	switch {
	case t.Late > 0 && t.NoServer:
		return &problem.Message{Key: "mail.trouble.no_server", Args: []any{"count", t.Late}}
	case t.Late > 0 && t.Server != "":
		return &problem.Message{Key: "mail.trouble.fault", Args: []any{"count", t.Late, "server", t.Server, "said", t.Fault.Said}}
	case t.Late > 0:
		return &problem.Message{Key: "mail.trouble.late", Args: []any{"count", t.Late}}
	}
	return &problem.Message{Key: "mail.trouble.stuck", Args: []any{"count", t.Stuck}}
}

// OverviewView is the first page of mail.
type OverviewView struct {
	fields.Form
	Servers []mail.Server
	Missing *problem.Message // what keeps letters from going out
	Waiting bool             // letters do
	Open    bool             // they can be read here, secret ones too
}

// Missing says what keeps letters from going out; nil where nothing does.
func Missing(x mail.Lack) *problem.Message {
	switch x {
	case mail.LackSetting:
		return &problem.Message{Key: "mail.lack.setting"}
	case mail.LackSender:
		return &problem.Message{Key: "mail.lack.sender"}
	case mail.LackName:
		return &problem.Message{Key: "mail.lack.name"}
	case mail.LackProof:
		return &problem.Message{Key: "mail.lack.proof"}
	case mail.LackServer:
		return &problem.Message{Key: "mail.lack.server"}
	}
	return nil
}

// overview answers GET /desk/mail.
func (d *Letters) overview(w http.ResponseWriter, r *http.Request) error {
	return d.showOverview(w, r, http.StatusOK, nil)
}

// saveSender answers POST /desk/mail.
func (d *Letters) saveSender(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	version, err := kit.Version(r)
	if err != nil {
		return err
	}
	s := mail.Sender{Name: kit.Line(r, "name"), Address: kit.Line(r, "address"), Selector: kit.Line(r, "selector")}
	err = d.DB.Update(r.Context(), func(tx *db.Tx) error {
		if err := d.Mail.SaveSender(tx, s, version); err != nil {
			return err
		}
		return d.Community.Record(tx, shell.ActorOf(r).AccountID, "sender.saved", "mail", s.Address)
	})
	if err == nil {
		return kit.SeeOther(w, r, "/desk/mail?done=saved")
	}
	form, status, err := fields.Form{Values: r.PostForm}.Refused(err)
	if err != nil {
		return err
	}
	return d.showOverview(w, r, status, &form)
}

// showOverview shows what is set, and what was typed where that was refused.
func (d *Letters) showOverview(w http.ResponseWriter, r *http.Request, status int, typed *fields.Form) error {
	settings, waiting, err := d.settings(r)
	if err != nil {
		return err
	}
	view := OverviewView{Servers: settings.Servers, Missing: Missing(settings.Lack()), Waiting: waiting, Open: d.Open}
	s := settings.Sender
	if settings.Version == 0 {
		community, err := d.Community.Settings(r.Context())
		if err != nil {
			return err
		}
		s.Name = community.Name
	}
	view.Form = fields.New("name", s.Name, "address", s.Address, "selector", s.Selector, "version", fields.Number(settings.Version))
	if typed != nil {
		view.Form = *typed
		if status == http.StatusConflict {
			view.Values.Set("version", fields.Number(settings.Version))
		}
	}
	return d.Show(w, r, status, "desk/mail", Section, view)
}

func (d *Letters) settings(r *http.Request) (s mail.Settings, waiting bool, err error) {
	err = d.DB.View(r.Context(), func(tx *db.Tx) error {
		if s, err = d.Mail.SettingsIn(tx); err != nil {
			return err
		}
		list, err := d.Mail.List(tx, mail.ToSend, "", 1)
		waiting = len(list) > 0
		return err
	})
	return s, waiting, err
}
