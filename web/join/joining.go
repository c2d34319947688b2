package join

import (
	"net/http"
	"strconv"
	"strings"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/members/joining"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/shell"
)

// JoiningView is the page on which owners and organizers say who may come in.
type JoiningView struct {
	fields.Form
	Owner       bool // the settings are theirs alone
	Modes       []fields.Option
	Flooded     bool // the letters of an hour were used up within a day
	Requests    []joining.Request
	Invitations []InviteRow
	Roles       []fields.Option
	Link        string // of an invitation made just now; shown this once
	Way         shell.LetterWay
	Console     shell.Console
}

// InviteRow is an invitation in the list.
type InviteRow struct {
	joining.Invite
	RoleLabel string // a message key
	Usable    bool
}

// modeLabels and roleLabels are message keys.
var modeLabels = map[joining.Mode]string{joining.Open: "joining.mode_open", joining.Approval: "joining.mode_approval",
	joining.Invitation: "joining.mode_invitation", joining.Domains: "joining.mode_domains"}

var roleLabels = map[members.Role]string{members.Member: "joining.role_member", members.Editor: "joining.role_editor",
	members.Organizer: "joining.role_organizer", members.Moderator: "joining.role_moderator"}

// joiningPage answers GET /desk/joining.
func (j *Join) joiningPage(w http.ResponseWriter, r *http.Request) error {
	return j.showJoining(w, r, http.StatusOK, nil, "")
}

// showJoining shows the page; a form that was refused stands in the place of the stored.
func (j *Join) showJoining(w http.ResponseWriter, r *http.Request, status int, refused *fields.Form, link string) error {
	actor := shell.ActorOf(r)
	v := JoiningView{Owner: actor.Has(members.Owner), Link: link, Console: j.Console}
	for _, m := range joining.Modes() {
		v.Modes = append(v.Modes, fields.Option{Value: string(m), Label: modeLabels[m]})
	}
	for _, role := range joining.Grantable(actor) {
		v.Roles = append(v.Roles, fields.Option{Value: string(role), Label: roleLabels[role]})
	}
	community, err := j.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	if v.Way, err = j.LetterWay(r.Context()); err != nil {
		return err
	}
	zone := community.Location()
	err = j.DB.View(r.Context(), func(tx *db.Tx) error {
		s, err := j.Joining.Settings(tx)
		if err != nil {
			return err
		}
		v.Form = fields.New("mode", string(s.Mode), "domains", strings.Join(s.Domains, "\n"), "budget", strconv.Itoa(s.Budget), "version", fields.Number(s.Version),
			"role", string(members.Member), "uses", "1", "days", "14")
		if v.Flooded, err = j.Joining.Flooded(tx); err != nil {
			return err
		}
		if v.Requests, err = j.Joining.Requests(tx); err != nil {
			return err
		}
		for i := range v.Requests {
			v.Requests[i].At = v.Requests[i].At.In(zone)
		}
		list, err := j.Joining.Invites(tx, actor)
		v.Invitations = nil
		for _, x := range list {
			x.Made, x.Expires = x.Made.In(zone), x.Expires.In(zone)
			v.Invitations = append(v.Invitations, InviteRow{x, roleLabels[x.Role], x.Usable(j.Clock())})
		}
		return err
	})
	if err != nil {
		return err
	}
	if refused != nil {
		for name, values := range v.Values {
			if !refused.Values.Has(name) {
				refused.Values[name] = values
			}
		}
		v.Form = *refused
	}
	return j.ShowIn(w, r, community, status, "join/joining", "/desk/joining", v)
}

// saveJoining answers POST /desk/joining.
func (j *Join) saveJoining(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	version, err := kit.Version(r)
	if err != nil {
		return err
	}
	budget, _ := strconv.Atoi(kit.Line(r, "budget")) // what is no number is out of range
	err = j.Joining.Save(r.Context(), shell.ActorOf(r).AccountID, joining.Settings{Mode: joining.Mode(kit.Line(r, "mode")),
		Domains: strings.FieldsFunc(r.PostForm.Get("domains"), func(c rune) bool { return c <= ' ' || c == ',' || c == ';' }), Budget: budget, Version: version})
	return j.afterJoining(w, r, err, "saved")
}

// afterJoining goes back to the page, or shows it with what was refused.
func (j *Join) afterJoining(w http.ResponseWriter, r *http.Request, err error, done string) error {
	if err == nil {
		return kit.SeeOther(w, r, "/desk/joining?done="+done)
	}
	form, status, err := fields.Form{Values: r.PostForm}.Refused(err)
	if err != nil {
		return err
	}
	return j.showJoining(w, r, status, &form, "")
}

// invite answers POST /desk/invitations: the link is shown this once.
func (j *Join) invite(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	if members.Role(kit.Line(r, "role")) != members.Member { // who gives a role proves who they are
		return j.Fresh(j.makeInvite)(w, r)
	}
	return j.makeInvite(w, r)
}

func (j *Join) makeInvite(w http.ResponseWriter, r *http.Request) error {
	uses, _ := strconv.Atoi(kit.Line(r, "uses"))
	days, _ := strconv.Atoi(kit.Line(r, "days"))
	secret, err := j.Joining.Invite(r.Context(), shell.ActorOf(r), joining.NewInvite{Role: members.Role(kit.Line(r, "role")), Note: kit.Line(r, "note"), Uses: uses, Days: days})
	if err != nil {
		return j.afterJoining(w, r, err, "")
	}
	return j.showJoining(w, r, http.StatusOK, nil, j.Base+"/join?invitation="+secret)
}

// endInvite answers POST /desk/invitations/{id}/end.
func (j *Join) endInvite(w http.ResponseWriter, r *http.Request) error {
	return j.afterJoining(w, r, j.Joining.EndInvite(r.Context(), shell.ActorOf(r), r.PathValue("id")), "invitation-ended")
}

// decide answers POST /desk/joining/{id}/decide.
func (j *Join) decide(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	do := r.PostForm.Get("do")
	if do != "approve" && do != "decline" {
		return problem.New(problem.Malformed, "problem.malformed")
	}
	return j.afterJoining(w, r, j.Joining.Decide(r.Context(), shell.ActorOf(r), r.PathValue("id"), do == "approve"), do+"d")
}
