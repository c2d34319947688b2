package desk

import (
	"net/http"
	"slices"

	"waypost/community"
	"waypost/internal/db"
	"waypost/members"
	"waypost/web/desk/fields"
	"waypost/web/desk/zones"
	"waypost/web/kit"
	"waypost/web/shell"
)

// SetUpView asks what a new community needs to have.
type SetUpView struct {
	fields.Form
	Languages []fields.Option
	Zones     []string
}

// setUpForm answers GET /desk/set-up.
func (d *Desk) setUpForm(w http.ResponseWriter, r *http.Request) error {
	settings, err := d.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	if settings.SetUp {
		return kit.SeeOther(w, r, "/desk/settings")
	}
	settings.Name = "" // the name of the program is no name for a community
	form := settingsFields(settings)
	form.Values.Set("your_name", shell.SessionOf(r).Account.Name)
	return d.showSetUp(w, r, http.StatusOK, form)
}

// setUp answers POST /desk/set-up.
func (d *Desk) setUp(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	form := fields.Form{Values: r.PostForm}
	settings, err := settingsTyped(r)
	if err != nil {
		return err
	}
	err = d.DB.Update(r.Context(), func(tx *db.Tx) error {
		if err := d.introduce(tx, shell.ActorOf(r), kit.Line(r, "your_name")); err != nil {
			return err
		}
		return d.Community.SaveIn(tx, shell.ActorOf(r).AccountID, settings)
	})
	if err == nil {
		return kit.SeeOther(w, r, "/desk/guide?done=set-up")
	}
	form, status, err := form.Refused(err)
	if err != nil {
		return err
	}
	return d.showSetUp(w, r, status, form)
}

func (d *Desk) showSetUp(w http.ResponseWriter, r *http.Request, status int, form fields.Form) error {
	return d.Show(w, r, status, "desk/setup", "", SetUpView{form, d.languages(), zones.All})
}

// introduce gives the owner a name and a page as an author, if they have none yet.
func (d *Desk) introduce(tx *db.Tx, actor members.Actor, name string) error {
	if name == "" {
		return fields.Fault("your_name", "author.name_missing")
	}
	if actor.ProfileID == "" {
		if _, err := d.Members.SaveProfileIn(tx, actor.AccountID, members.Profile{Name: name, AccountID: actor.AccountID}); err != nil {
			return fields.Renamed(err, "name", "your_name")
		}
	}
	return d.Members.NameAccount(tx, actor.AccountID, name, "")
}

// yes is the value of a box that is ticked or not.
func yes(ticked bool) string {
	if ticked {
		return "yes"
	}
	return "no"
}

// settingsFields fills the form of the community's settings.
func settingsFields(s community.Settings) fields.Form {
	return fields.New("name", s.Name, "tagline", s.Tagline, "language", s.Language, "time_zone", s.TimeZone, "accent", s.Accent, "trusted_publish", yes(s.TrustedPublish),
		"version", fields.Number(s.Version))
}

func settingsTyped(r *http.Request) (community.Settings, error) {
	version, err := kit.Version(r)
	return community.Settings{Name: kit.Line(r, "name"), Tagline: kit.Line(r, "tagline"), Language: kit.Line(r, "language"),
		TimeZone: zones.Named(kit.Line(r, "time_zone")), Accent: kit.Line(r, "accent"),
		TrustedPublish: slices.Contains(r.PostForm["trusted_publish"], "yes"), Version: version}, err
}
