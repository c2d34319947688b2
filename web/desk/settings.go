package desk

import (
	"net/http"
	"strconv"

	"waypost/community"
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
	Keeping   []RecordTime
	Backups   []RecordTime // times for which backups may be kept
}

// RecordTime is a time for which the record, or backups, may be kept.
type RecordTime struct{ Value, Label string }

// recordLabels are the times in words.
var recordLabels = map[int]string{90: "desk.record.days_90", 365: "desk.record.days_365", 730: "desk.record.days_730", 1825: "desk.record.days_1825"}

// recordTimes are the times for which the record may be kept, in words.
func recordTimes() []RecordTime {
	var list []RecordTime
	for _, days := range community.RecordDays() {
		list = append(list, RecordTime{strconv.Itoa(days), recordLabels[days]})
	}
	return list
}

// backupTimes are the times for which backups may be kept, in words.
func backupTimes() []RecordTime {
	var list []RecordTime
	for _, days := range community.BackupDays() {
		list = append(list, RecordTime{strconv.Itoa(days), backupTerms[days]})
	}
	return list
}

// NewSettingsView is the page with the form of the community and one's own.
func NewSettingsView(form fields.Form, languages []fields.Option) SettingsView {
	return SettingsView{form, languages, zones.All, recordTimes(), backupTimes()}
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
	for name, to := range map[string]*int{"record_days": &settings.RecordDays, "backup_days": &settings.BackupDays} {
		if days := r.PostForm.Get(name); days != "" {
			if *to, err = strconv.Atoi(days); err != nil {
				return fields.Fault(name, "field.unknown")
			}
		}
	}
	return d.Community.Save(r.Context(), shell.ActorOf(r).AccountID, settings)
}

// settingsWords gives the values of the form as people read them.
func (d *Desk) settingsWords(r *http.Request, c community.Settings) func(string, []string) string {
	return func(name string, values []string) string {
		text := fields.Plainly(name, values)
		labels := map[string]map[int]string{"record_days": recordLabels, "backup_days": backupTerms}[name]
		if days, err := strconv.Atoi(text); err == nil && labels[days] != "" {
			return d.Words(r, c).T(labels[days])
		}
		return text
	}
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
	for name, days := range map[string]int{"record_days": settings.RecordDays, "backup_days": settings.BackupDays} {
		stored.Values.Set(name, strconv.Itoa(days))
		if form.Value(name) == "" {
			form.Values.Set(name, stored.Value(name))
		}
	}
	if status == http.StatusConflict {
		form = fields.Against(form, stored, d.settingsWords(r, settings), "name", "tagline", "language", "time_zone", "accent", "record_days", "backup_days")
	}
	stored.Values.Set("your_name", account.Name)
	stored.Values.Set("desk_language", account.Language)
	for name, values := range stored.Values {
		if !form.Values.Has(name) {
			form.Values[name] = values
		}
	}
	return d.Show(w, r, status, "desk/settings", "/desk/settings", NewSettingsView(form, d.languages()))
}
