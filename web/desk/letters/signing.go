package letters

import (
	"net/http"

	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/mail/preflight"
	"waypost/internal/problem"
	"waypost/web/kit"
	"waypost/web/shell"
)

// SigningView is the key that letters are signed with here, and its record.
type SigningView struct {
	Selector string // empty: there is no key
	Text     string // of the record
	On       bool
	Record   RecordView
}

// RecordsView are the records that other mail servers look for.
type RecordsView struct {
	Problem *problem.Message
	Domain  string // empty when no sender is set
	Records []RecordView
	Signing SigningView
}

// RecordView is one of them.
type RecordView struct {
	preflight.Record
	Domain string // of the sender
	About  string // message keys
	Advice string // what is to be done; empty when it is as it should be
}

// NewRecord puts a record into words.
func NewRecord(domain string, x preflight.Record) RecordView {
	v := RecordView{Record: x, Domain: domain, About: recordWords[x.Name][0]}
	switch {
	case x.Error != "":
		v.Advice = "mail.record.unanswered"
	case x.Found == "":
		v.Advice = recordWords[x.Name][1]
	case x.Fault != "":
		v.Advice = recordFaults[x.Fault]
	}
	return v
}

// NewKeyRecord is the record of the key that we sign with.
func NewKeyRecord(domain string, x preflight.Record) RecordView {
	v := NewRecord(domain, x)
	if x.Error == "" && x.Found == "" {
		v.Advice = "mail.record.key_missing"
	}
	return v
}

var recordWords = map[string][2]string{
	"SPF": {"mail.record.spf", "mail.record.spf_missing"}, "DKIM": {"mail.record.dkim", "mail.record.dkim_missing"}, "DMARC": {"mail.record.dmarc", "mail.record.dmarc_missing"},
}

var recordFaults = map[string]string{
	"twice": "mail.record.twice", "open": "mail.record.open", "none": "mail.record.none", "revoked": "mail.record.revoked", "differs": "mail.record.differs",
}

// records answers GET /desk/mail/records.
func (d *Letters) records(w http.ResponseWriter, r *http.Request) error {
	return d.showRecords(w, r, http.StatusOK, nil)
}

func (d *Letters) showRecords(w http.ResponseWriter, r *http.Request, status int, refused *problem.Message) error {
	settings, _, err := d.settings(r)
	if err != nil {
		return err
	}
	view := RecordsView{Problem: refused}
	a, err := mail.ParseAddress(settings.Sender.Address)
	if err != nil {
		return d.Show(w, r, status, "desk/mail-records", Section, view)
	}
	view.Domain = a.Domain()
	list, err := preflight.Records(r.Context(), d.DNS, settings)
	if err != nil {
		return err
	}
	key := settings.Signing
	view.Signing = SigningView{Selector: key.Selector, Text: key.Record, On: key.Signs(settings.Sender)}
	for _, x := range list {
		record := NewRecord(view.Domain, x)
		if x.Name == "DKIM" && view.Signing.On {
			record = NewKeyRecord(view.Domain, x)
			view.Signing.Record = record
		}
		view.Records = append(view.Records, record)
	}
	if key.Selector != "" && !view.Signing.On {
		x, err := preflight.Key(r.Context(), d.DNS, settings)
		if err != nil {
			return err
		}
		view.Signing.Record = NewKeyRecord(view.Domain, x)
	}
	return d.Show(w, r, status, "desk/mail-records", Section, view)
}

// signing answers POST /desk/mail/signing: it makes a key, and begins or ends signing.
// Letters are not signed before others can check it: a signature that nobody can check
// does more harm than none.
func (d *Letters) signing(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	settings, _, err := d.settings(r)
	if err != nil {
		return err
	}
	a, err := mail.ParseAddress(settings.Sender.Address)
	if err != nil {
		return d.showRecords(w, r, http.StatusUnprocessableEntity, &problem.Message{Key: "mail.records_first"})
	}
	selector := kit.Line(r, "selector")
	var act string
	var change func(tx *db.Tx) error
	switch r.PostForm.Get("act") {
	case "make":
		key, err := mail.NewKey()
		if err != nil {
			return err
		}
		act, change = "sender.key_made", func(tx *db.Tx) error { return d.Mail.SaveKey(tx, key) }
	case "start":
		x, err := preflight.Key(r.Context(), d.DNS, settings)
		if err != nil {
			return err
		}
		if settings.Signing.Selector == "" || !x.OK() {
			return d.showRecords(w, r, http.StatusUnprocessableEntity, &problem.Message{Key: "mail.signing.not_yet"})
		}
		act, change = "sender.signed", func(tx *db.Tx) error { return d.Mail.SignFor(tx, selector, a.Domain()) }
	case "stop":
		act, change = "sender.unsigned", func(tx *db.Tx) error { return d.Mail.SignFor(tx, selector, "") }
	default:
		return problem.New(problem.Malformed, "problem.malformed")
	}
	err = d.DB.Update(r.Context(), func(tx *db.Tx) error {
		if err := change(tx); err != nil {
			return err
		}
		return d.Community.Record(tx, shell.ActorOf(r).AccountID, act, "mail", a.Domain())
	})
	if problem.Is(err, problem.Conflict) {
		return d.showRecords(w, r, http.StatusConflict, shell.Sentence(err))
	}
	if err != nil {
		return err
	}
	return kit.SeeOther(w, r, "/desk/mail/records?done=saved")
}
