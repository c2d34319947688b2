package letters

import (
	"net/http"
	"net/url"
	"strconv"

	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/problem"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/shell"
)

// ServerView is the form of one mail server.
type ServerView struct {
	fields.Form
	ID          string // empty for a new one
	HasPassword bool
	Fault       *problem.Message // why it could not be used last time
	Ready       bool             // a letter can be tried
	Own         string           // the visitor's own address
}

// usualPorts belong to the ways of protecting a connection.
var usualPorts = map[mail.Security]int{mail.TLS: 465, mail.StartTLS: 587, mail.Plain: 25}

func (d *Letters) newServer(w http.ResponseWriter, r *http.Request) error {
	return d.showServer(w, r, http.StatusOK, ServerView{Form: fields.New("security", string(mail.StartTLS), "connections", "4")})
}

// editServer answers GET /desk/mail/servers/{id}.
func (d *Letters) editServer(w http.ResponseWriter, r *http.Request) error {
	s, err := d.server(r)
	if err != nil {
		return err
	}
	return d.showServer(w, r, http.StatusOK, ServerView{Form: serverFields(s)})
}

func (d *Letters) server(r *http.Request) (s mail.Server, err error) {
	err = d.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		s, err = d.Mail.ServerIn(tx, r.PathValue("id"))
		return err
	})
	return s, err
}

// serverFields never hold the password.
func serverFields(s mail.Server) fields.Form {
	some := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	form := fields.New("host", s.Host, "port", strconv.Itoa(s.Port), "security", string(s.Security), "user", s.User,
		"per_minute", some(s.PerMinute), "per_day", some(s.PerDay), "connections", strconv.Itoa(s.Connections), "version", fields.Number(s.Version))
	if s.OpenAnyway {
		form.Values.Set("open_anyway", "yes")
	}
	return form
}

// typedServer reads the form. A field that is not a number is a fault of that field.
func typedServer(r *http.Request) (mail.Server, error) {
	version, err := kit.Version(r)
	if err != nil {
		return mail.Server{}, err
	}
	s := mail.Server{ID: r.PathValue("id"), Host: kit.Line(r, "host"), Security: mail.Security(kit.Line(r, "security")), OpenAnyway: r.PostForm.Get("open_anyway") != "",
		User: kit.Line(r, "user"), Password: r.PostForm.Get("password"), Version: version}
	var faults problem.Fields
	if s.Password == "" && r.PostForm.Get(fields.Again) == "password" {
		faults.Add("password", "mail.fault.password_again")
	}
	for name, into := range map[string]*int{"port": &s.Port, "per_minute": &s.PerMinute, "per_day": &s.PerDay, "connections": &s.Connections} {
		typed := kit.Line(r, name)
		if typed == "" {
			continue
		}
		n, err := strconv.Atoi(typed)
		if err != nil {
			faults.Add(name, "mail.fault.number")
		}
		*into = n
	}
	if s.Port == 0 && kit.Line(r, "port") == "" {
		s.Port = usualPorts[s.Security]
	}
	return s, faults.Err()
}

// saveServer answers POST /desk/mail/servers/new and /desk/mail/servers/{id}.
func (d *Letters) saveServer(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	s, err := typedServer(r)
	r.PostForm.Del("password") // it goes nowhere from here, and not back into the page
	var id string
	if err == nil {
		err = d.DB.Update(r.Context(), func(tx *db.Tx) error {
			known, err := d.known(tx, s)
			if err != nil {
				return err
			}
			if id, err = d.Mail.SaveServer(tx, known); err != nil {
				return err
			}
			return d.Community.Record(tx, shell.ActorOf(r).AccountID, "server.saved", "mail:"+id, s.Host)
		})
	}
	if err == nil {
		return d.saved(w, r, id)
	}
	form, status, err := fields.Form{Values: r.PostForm}.Refused(err)
	if err != nil {
		return err
	}
	return d.showServer(w, r, status, ServerView{Form: form})
}

// known is a server that was typed anew and is there already, with what was typed: whoever
// went back after a test letter failed mends that one.
func (d *Letters) known(tx *db.Tx, s mail.Server) (mail.Server, error) {
	if s.ID != "" {
		return s, nil
	}
	settings, err := d.Mail.SettingsIn(tx)
	for _, there := range settings.Servers {
		if there.Host == s.Host && there.Port == s.Port && there.User == s.User {
			s.ID, s.Version = there.ID, there.Version
		}
	}
	return s, err
}

// saved goes on after a server is saved: with the conversation of a test letter where the
// button said so.
func (d *Letters) saved(w http.ResponseWriter, r *http.Request, id string) error {
	to, err := mail.ParseAddress(shell.SessionOf(r).Account.Email)
	if r.PostForm.Get("then") != "try" || err != nil {
		return kit.SeeOther(w, r, "/desk/mail/servers/"+url.PathEscape(id)+"?done=saved")
	}
	var s mail.Server
	var settings mail.Settings
	err = d.DB.View(r.Context(), func(tx *db.Tx) error {
		if s, err = d.Mail.ServerIn(tx, id); err != nil {
			return err
		}
		settings, err = d.Mail.SettingsIn(tx)
		return err
	})
	if err != nil {
		return err
	}
	return d.try(w, r, s, settings, to)
}

func (d *Letters) showServer(w http.ResponseWriter, r *http.Request, status int, view ServerView) error {
	view.ID, view.Own = r.PathValue("id"), shell.SessionOf(r).Account.Email
	settings, _, err := d.settings(r)
	if err != nil {
		return err
	}
	view.Ready = settings.Sender.Address != ""
	if view.ID != "" {
		s, err := d.server(r)
		if err != nil {
			return err
		}
		view.HasPassword = s.HasPassword
		if s.Fault != "" {
			view.Fault = Sentence(s.Reason())
		}
		if status == http.StatusConflict {
			view.Values.Set("version", fields.Number(s.Version))
		}
	}
	return d.Show(w, r, status, "desk/mail-server", Section, view)
}

// raiseServer answers POST /desk/mail/servers/{id}/raise.
func (d *Letters) raiseServer(w http.ResponseWriter, r *http.Request) error {
	err := d.DB.Update(r.Context(), func(tx *db.Tx) error { return d.Mail.RaiseServer(tx, r.PathValue("id")) })
	if err != nil {
		return err
	}
	return kit.SeeOther(w, r, "/desk/mail?done=saved")
}

// deleteServer answers POST /desk/mail/servers/{id}/delete.
func (d *Letters) deleteServer(w http.ResponseWriter, r *http.Request) error {
	s, err := d.server(r)
	if err != nil {
		return err
	}
	err = d.DB.Update(r.Context(), func(tx *db.Tx) error {
		if err := d.Mail.DeleteServer(tx, s.ID); err != nil {
			return err
		}
		return d.Community.Record(tx, shell.ActorOf(r).AccountID, "server.deleted", "mail:"+s.ID, s.Host)
	})
	if err != nil {
		return err
	}
	return kit.SeeOther(w, r, "/desk/mail?done=deleted")
}
