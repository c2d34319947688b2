package replies

import (
	"net/http"
	"strconv"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/replies"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/shell"
)

// SettingsView is the form of what an owner decides about replies.
type SettingsView struct {
	fields.Form
	Choices []Choice // each with a sentence of what it will do
	Terms   []Choice // in days
}

// Choice is something to decide.
type Choice struct {
	Name, Label, Hint string // message keys
	Options           []ChoiceOption
}

// ChoiceOption is one answer.
type ChoiceOption struct {
	Value string
	Says  problem.Message
}

// choices are those that are no number of days, with the words for each answer.
var choices = []struct {
	name, label, hint string
	values, says      []string
}{
	{"mode", "rules.mode", "rules.mode_hint", words(replies.Modes()),
		[]string{"rules.mode_none", "rules.mode_first", "rules.mode_links", "rules.mode_all"}},
	{"lost", "rules.lost", "rules.lost_hint", words(replies.Graves()),
		[]string{"rules.lost_mild", "rules.lost_bad", "rules.lost_severe"}},
	{"leaked", "rules.leaked", "rules.leaked_hint", words(replies.Graves()),
		[]string{"rules.leaked_mild", "rules.leaked_bad", "rules.leaked_severe"}},
	{"order", "rules.order", "rules.order_hint", []string{"oldest", "newest"},
		[]string{"rules.order_oldest", "rules.order_newest"}},
	{"digest", "rules.digest", "rules.digest_hint", words(replies.Paces()),
		[]string{"rules.digest_hourly", "rules.digest_daily", "rules.digest_never"}},
}

func words[T ~string](list []T) []string {
	values := make([]string, len(list))
	for i, x := range list {
		values[i] = string(x)
	}
	return values
}

// terms are numbers of days; none says what 0 means.
var terms = []struct {
	name, label, hint, none string
	days                    []int
}{
	{"close_days", "rules.close", "rules.close_hint", "rules.close_never", replies.CloseDays},
	{"spam_days", "rules.spam", "rules.spam_hint", "", replies.SpamDays},
	{"email_days", "rules.email", "rules.email_hint", "rules.email_never", replies.EmailDays},
	{"network_days", "rules.network", "rules.network_hint", "rules.network_none", replies.NetworkDays},
}

// SettingsForm shows what is in force.
func SettingsForm(c replies.Settings) fields.Form {
	order := "oldest"
	if c.Newest {
		order = "newest"
	}
	return fields.New("mode", string(c.Mode), "lost", string(c.Lost), "leaked", string(c.Leaked), "order", order, "digest", string(c.Digest),
		"close_days", strconv.Itoa(c.CloseDays), "spam_days", strconv.Itoa(c.SpamDays), "email_days", strconv.Itoa(c.EmailDays),
		"network_days", strconv.Itoa(c.NetworkDays), "version", fields.Number(c.Version))
}

// NewSettingsView is the page with a form.
func NewSettingsView(form fields.Form) SettingsView {
	view := SettingsView{Form: form}
	for _, c := range choices {
		choice := Choice{Name: c.name, Label: c.label, Hint: c.hint}
		for i, value := range c.values {
			choice.Options = append(choice.Options, ChoiceOption{value, problem.Message{Key: c.says[i]}})
		}
		view.Choices = append(view.Choices, choice)
	}
	for _, term := range terms {
		choice := Choice{Name: term.name, Label: term.label, Hint: term.hint}
		for _, days := range term.days {
			says := problem.Message{Key: "desk.blocks.for_days", Args: []any{"count", days}}
			if days == 0 {
				says = problem.Message{Key: term.none}
			}
			choice.Options = append(choice.Options, ChoiceOption{strconv.Itoa(days), says})
		}
		view.Terms = append(view.Terms, choice)
	}
	return view
}

// settings answers GET /desk/replies/settings.
func (d *Desk) settings(w http.ResponseWriter, r *http.Request) error {
	c, err := d.inForce(r)
	if err != nil {
		return err
	}
	return d.Show(w, r, http.StatusOK, "desk/replies-settings", sectionSettings, NewSettingsView(SettingsForm(c)))
}

func (d *Desk) inForce(r *http.Request) (c replies.Settings, err error) {
	err = d.DB.View(r.Context(), func(tx *db.Tx) error {
		c, err = d.Replies.SettingsIn(tx)
		return err
	})
	return c, err
}

// saveSettings answers POST /desk/replies/settings.
func (d *Desk) saveSettings(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	version, err := kit.Version(r)
	if err != nil {
		return err
	}
	err = d.Replies.SaveSettings(r.Context(), shell.ActorOf(r), replies.Settings{
		Mode: replies.Mode(kit.Line(r, "mode")), Lost: replies.Grave(kit.Line(r, "lost")), Leaked: replies.Grave(kit.Line(r, "leaked")), Newest: kit.Line(r, "order") == "newest",
		CloseDays: number(r, "close_days"), SpamDays: number(r, "spam_days"), EmailDays: number(r, "email_days"), NetworkDays: number(r, "network_days"),
		Digest: replies.Pace(kit.Line(r, "digest")), Version: version})
	if err == nil {
		return kit.SeeOther(w, r, sectionSettings+"?done=saved")
	}
	form, status, err := fields.Form{Values: r.PostForm}.Refused(err)
	if err != nil {
		return err
	}
	if status == http.StatusConflict { // the page says so, and shows what is in force
		c, err := d.inForce(r)
		if err != nil {
			return err
		}
		form.Values = SettingsForm(c).Values
	}
	return d.Show(w, r, status, "desk/replies-settings", sectionSettings, NewSettingsView(form))
}

// number reads a number of days; what is none is none of those that are offered.
func number(r *http.Request, name string) int {
	n, err := strconv.Atoi(r.PostForm.Get(name))
	if err != nil {
		return -1
	}
	return n
}
