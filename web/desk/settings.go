package desk

import (
	"net/http"

	"waypost/internal/db"
	"waypost/web/desk/fields"
	"waypost/web/desk/zones"
	"waypost/web/kit"
	"waypost/web/messages"
	"waypost/web/shell"
)

// SettingsView is the page of the community's settings and one's own.
type SettingsView struct {
	fields.Form
	Languages []fields.Option
	Zones     []string
}

// languages are those that the interface has, by their own names.
func (d *Desk) languages() []fields.Option {
	var list []fields.Option
	for _, tag := range messages.Languages(d.Renderer.Catalogs) {
		list = append(list, fields.Option{Value: tag, Label: d.Renderer.Catalogs[tag].Name})
	}
	return list
}

// settingsForm answers GET /desk/settings.
func (d *Desk) settingsForm(w http.ResponseWriter, r *http.Request) error {
	settings, err := d.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	return d.showSettings(w, r, http.StatusOK, settingsFields(settings))
}

// saveSettings answers POST /desk/settings: of the community, or of one's own desk.
func (d *Desk) saveSettings(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	save := d.saveCommunity
	if r.PostForm.Get("do") == "desk" {
		save = d.saveDesk
	}
	err := save(r)
	if err == nil {
		return kit.SeeOther(w, r, "/desk/settings?done=saved")
	}
	form, status, err := fields.Form{Values: r.PostForm}.Refused(err)
	if err != nil {
		return err
	}
	return d.showSettings(w, r, status, form)
}

func (d *Desk) saveCommunity(r *http.Request) error {
	settings, err := settingsTyped(r)
	if err != nil {
		return err
	}
	return d.Community.Save(r.Context(), shell.ActorOf(r).AccountID, settings)
}

// saveDesk keeps one's own name and the language one's desk speaks.
func (d *Desk) saveDesk(r *http.Request) error {
	language := kit.Line(r, "desk_language")
	if language != "" && d.Renderer.Catalogs[language] == nil {
		return fields.Fault("desk_language", "field.unknown")
	}
	return d.DB.Update(r.Context(), func(tx *db.Tx) error {
		return d.Members.NameAccount(tx, shell.ActorOf(r).AccountID, kit.Line(r, "your_name"), language)
	})
}

// showSettings shows both forms of the page; what was typed is in one of them, and
// the other has what is stored.
func (d *Desk) showSettings(w http.ResponseWriter, r *http.Request, status int, form fields.Form) error {
	settings, err := d.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	account := shell.SessionOf(r).Account
	stored := settingsFields(settings)
	if status == http.StatusConflict {
		form = fields.Against(form, stored, fields.Plainly, "name", "tagline", "language", "time_zone", "accent")
	}
	stored.Values.Set("your_name", account.Name)
	stored.Values.Set("desk_language", account.Language)
	for name, values := range stored.Values {
		if !form.Values.Has(name) {
			form.Values[name] = values
		}
	}
	return d.Show(w, r, status, "desk/settings", "/desk/settings", SettingsView{form, d.languages(), zones.All})
}
