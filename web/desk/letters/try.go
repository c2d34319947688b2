package letters

import (
	"net/http"

	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/problem"
	"waypost/web/kit"
	"waypost/web/shell"
)

// TryView is the conversation of a test letter, in words.
type TryView struct {
	Server string
	ID     string
	To     string
	Steps  []StepView
	Taken  bool
	Advice string // a message key: what to do where it was not taken
}

// StepView is one step of it.
type StepView struct {
	OK     bool
	Label  string // a message key
	Said   string
	Advice string // a message key; empty when it went well
}

// NewTry puts a conversation into words.
func NewTry(s mail.Server, to string, told []mail.Told) TryView {
	view := TryView{Server: s.Address(), ID: s.ID, To: to}
	for _, t := range told {
		step := NewStep(t)
		view.Steps = append(view.Steps, step)
		view.Taken, view.Advice = t.OK && t.Step == mail.StepLetter, step.Advice
	}
	return view
}

// steps are the words for a step that was taken, and for one that was not.
var steps = map[mail.Step][2]string{
	mail.StepConnect: {"mail.step.connect", "mail.step.connect_not"}, mail.StepSecure: {"mail.step.secure", "mail.step.secure_not"},
	mail.StepSignIn: {"mail.step.sign_in", "mail.step.sign_in_not"}, mail.StepSender: {"mail.step.sender", "mail.step.sender_not"},
	mail.StepRecipient: {"mail.step.recipient", "mail.step.recipient_not"}, mail.StepLetter: {"mail.step.letter", "mail.step.letter_not"},
}

// advices are what to do about a step that went wrong.
var advices = map[string]string{
	"name": "mail.advice.name", "certificate_name": "mail.advice.certificate_name", "certificate": "mail.advice.certificate", "not_tls": "mail.advice.not_tls",
	"no_starttls": "mail.advice.no_starttls", "plain": "mail.advice.plain", "no_sign_in": "mail.advice.no_sign_in", "silent": "mail.advice.silent",
	"unreachable": "mail.advice.unreachable", "broken": "mail.advice.broken", "password": "mail.advice.password", "sign_in": "mail.advice.sign_in",
	"later": "mail.advice.later", "refused_connect": "mail.advice.refused_connect", "refused_sender": "mail.advice.refused_sender",
	"refused_recipient": "mail.advice.refused_recipient", "refused_letter": "mail.advice.refused_letter",
}

// NewStep puts a step into words.
func NewStep(t mail.Told) StepView {
	v := StepView{OK: t.OK, Said: t.Said, Label: steps[t.Step][0]}
	if t.OK && t.Step == mail.StepSecure && t.Said == "" {
		v.Label = "mail.step.open"
	}
	if !t.OK {
		v.Label, v.Advice = steps[t.Step][1], advices[t.Advice]
	}
	return v
}

// tryServer answers POST /desk/mail/servers/{id}/try: it sends one letter now and shows
// how that went.
func (d *Letters) tryServer(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	s, err := d.server(r)
	if err != nil {
		return err
	}
	settings, _, err := d.settings(r)
	if err != nil {
		return err
	}
	to, err := mail.ParseAddress(kit.Line(r, "to"))
	if err != nil || settings.Sender.Address == "" {
		form := serverFields(s)
		form.Values.Set("to", kit.Line(r, "to"))
		key := "mail.fault.address"
		if err == nil {
			key = "mail.fault.no_sender"
		}
		form.Problem, form.Faults = &problem.Message{Key: "problem.invalid"}, []problem.Field{{Name: "to", Message: problem.Message{Key: key}}}
		return d.showServer(w, r, http.StatusUnprocessableEntity, ServerView{Form: form})
	}
	return d.try(w, r, s, settings, to)
}

// try sends a letter over a server and answers with how that went.
func (d *Letters) try(w http.ResponseWriter, r *http.Request, s mail.Server, settings mail.Settings, to mail.Address) error {
	var what mail.Letter
	err := d.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		what, err = d.TryLetter(tx, shell.SessionOf(r).Account.Language)
		return err
	})
	if err != nil {
		return err
	}
	told, err := d.Mail.Try(r.Context(), s, settings, to, what)
	if err != nil {
		return err
	}
	view := NewTry(s, to.String(), told)
	err = d.DB.Update(r.Context(), func(tx *db.Tx) error {
		if view.Taken {
			if err := d.Mail.Works(tx, s); err != nil {
				return err
			}
		}
		return d.Community.Record(tx, shell.ActorOf(r).AccountID, "server.tried", "mail:"+s.ID, s.Host)
	})
	if err != nil {
		return err
	}
	return d.Show(w, r, http.StatusOK, "desk/mail-try", Section, view)
}
