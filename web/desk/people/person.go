package people

import (
	"net/http"
	"slices"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/shell"
)

// PersonView is the page of one person.
type PersonView struct {
	members.Person
	Problem *problem.Message // why something was not done
	Roles   []RoleBox
	Me      bool // whoever looks
	Locked  bool // they have a right that whoever looks lacks
}

// RoleBox is a role that somebody may have.
type RoleBox struct {
	fields.Option
	Note string // a message key: what comes with it
	Has  bool   // as it is stored
	Want bool   // as it was asked for
}

// roleNotes say what comes with a role.
var roleNotes = map[members.Role]string{
	members.Owner: "desk.role.owner_note", members.Editor: "desk.role.editor_note", members.Organizer: "desk.role.organizer_note", members.Moderator: "desk.role.moderator_note",
}

// NewPersonView shows a person to somebody; want are roles that were asked for and
// refused, nil if none were.
func NewPersonView(p members.Person, by members.Actor, want []members.Role) PersonView {
	view := PersonView{Person: p, Me: p.ID == by.AccountID, Locked: p.Above(by)}
	for _, role := range members.Given() {
		box := RoleBox{Option: fields.Option{Value: string(role), Label: shell.RoleLabels[role]}, Note: roleNotes[role], Has: slices.Contains(p.Roles, role)}
		box.Want = box.Has
		if want != nil {
			box.Want = slices.Contains(want, role)
		}
		view.Roles = append(view.Roles, box)
	}
	return view
}

// person answers GET /desk/people/{id}.
func (d *Desk) person(w http.ResponseWriter, r *http.Request) error {
	return d.show(w, r, http.StatusOK, nil, nil)
}

func (d *Desk) show(w http.ResponseWriter, r *http.Request, status int, want []members.Role, why *problem.Message) error {
	settings, err := d.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	var p members.Person
	err = d.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		p, err = d.Members.PersonByID(tx, r.PathValue("id"))
		return err
	})
	if err != nil {
		return err
	}
	p.Created = p.Created.In(settings.Location())
	view := NewPersonView(p, shell.ActorOf(r), want)
	view.Problem = why
	return d.ShowIn(w, r, settings, status, "desk/person", "/desk/people", view)
}

// refused shows the page again with the reason, where it is one to read.
func (d *Desk) refused(w http.ResponseWriter, r *http.Request, want []members.Role, err error) error {
	if problem.Is(err, problem.Conflict) {
		return d.show(w, r, http.StatusConflict, want, shell.Sentence(err))
	}
	return err
}

// setRoles answers POST /desk/people/{id}/roles. Whoever changes their own roles goes on
// in a session that was opened with the new ones.
func (d *Desk) setRoles(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	by, id := shell.ActorOf(r), r.PathValue("id")
	had, want := roles(r.PostForm["had"]), roles(r.PostForm["role"])
	session := ""
	err := d.DB.Update(r.Context(), func(tx *db.Tx) error {
		session = ""
		device, err := d.device(tx, r)
		if err == nil {
			err = d.Members.SetRolesIn(tx, by, id, had, want)
		}
		if err == nil && id == by.AccountID {
			session, err = d.Members.OpenSession(tx, id, device)
		}
		return err
	})
	if err != nil {
		return d.refused(w, r, want, err)
	}
	if session == "" {
		return kit.SeeOther(w, r, "/desk/people/"+id+"?done=roles")
	}
	d.SetCookie(w, session)
	return kit.SeeOther(w, r, "/desk?done=roles")
}

// device is what the browser that asks is called in the list of sessions.
func (d *Desk) device(tx *db.Tx, r *http.Request) (string, error) {
	list, err := d.Members.Sessions(tx, shell.ActorOf(r).AccountID)
	own := members.SessionID(d.Secret(r))
	for _, s := range list {
		if s.ID == own {
			return s.Device, err
		}
	}
	return "", err
}

func roles(names []string) []members.Role {
	list := make([]members.Role, len(names))
	for i, name := range names {
		list[i] = members.Role(name)
	}
	return list
}

// setAccess answers POST /desk/people/{id}/access: disable or enable.
func (d *Desk) setAccess(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	act, done := d.Members.Disable, "disabled"
	switch r.PostForm.Get("do") {
	case "disable":
	case "enable":
		act, done = d.Members.Enable, "enabled"
	default:
		return problem.New(problem.Malformed, "problem.malformed")
	}
	if err := act(r.Context(), shell.ActorOf(r), r.PathValue("id")); err != nil {
		return d.refused(w, r, nil, err)
	}
	return kit.SeeOther(w, r, "/desk/people/"+r.PathValue("id")+"?done="+done)
}

// setTrust answers POST /desk/people/{id}/trust.
func (d *Desk) setTrust(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	trusted := r.PostForm.Get("do") == "trust"
	if !trusted && r.PostForm.Get("do") != "distrust" {
		return problem.New(problem.Malformed, "problem.malformed")
	}
	if err := d.Members.SetTrusted(r.Context(), shell.ActorOf(r), r.PathValue("id"), trusted); err != nil {
		return d.refused(w, r, nil, err)
	}
	return kit.SeeOther(w, r, "/desk/people/"+r.PathValue("id")+"?done=saved")
}
