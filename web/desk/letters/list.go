package letters

import (
	"net/http"
	"net/url"
	"time"

	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/problem"
	"waypost/web/kit"
	"waypost/web/shell"
)

// ListView lists letters.
type ListView struct {
	Tabs    []Tab
	List    []RowView
	Next    string // address of older ones; empty if there are none
	Stuck   bool   // letters are shown that were not sent
	Trouble *problem.Message
}

// Tab is a choice of letters.
type Tab struct {
	Label   string // a message key
	URL     string
	Current bool
}

// Tabs are the choices, one of them current.
func Tabs(current mail.Some) []Tab {
	list := []Tab{{Label: "mail.tab.all"}, {Label: "mail.tab.waiting"}, {Label: "mail.tab.stuck"}, {Label: "mail.tab.accepted"}}
	for i, some := range []mail.Some{mail.All, mail.ToSend, mail.NotSent, mail.Received} {
		list[i].URL, list[i].Current = "/desk/mail/letters", some == current
		if some != mail.All {
			list[i].URL += "?state=" + string(some)
		}
	}
	return list
}

// RowView is a letter as it is listed.
type RowView struct {
	mail.Row
	What  string           // it is, a message key
	Label string           // of its state, a message key
	Why   *problem.Message // why it is not accepted
	Again bool             // it can be sent again
	Open  bool             // it can be read here, sealed or not
}

var stateLabels = map[mail.State]string{
	mail.Waiting: "mail.state.waiting", mail.Trying: "mail.state.trying", mail.Accepted: "mail.state.accepted", mail.Failed: "mail.state.failed", mail.Unknown: "mail.state.unknown",
}

var reasons = map[string]string{
	string(mail.StepConnect): "mail.reason.connect", string(mail.StepSecure): "mail.reason.secure", string(mail.StepSignIn): "mail.reason.sign_in",
	string(mail.StepSender): "mail.reason.sender", string(mail.StepRecipient): "mail.reason.recipient", string(mail.StepLetter): "mail.reason.letter",
}

// Sentence puts a reason into words; nil for none.
func Sentence(x mail.Reason) *problem.Message {
	switch x.Key {
	case "":
		return nil
	case mail.ReasonExpired:
		return &problem.Message{Key: "mail.reason.expired"}
	case mail.ReasonCrashed:
		return &problem.Message{Key: "mail.reason.crashed"}
	case mail.ReasonRestored:
		return &problem.Message{Key: "mail.reason.restored"}
	}
	key := reasons[x.Key]
	if key == "" {
		key = "mail.reason.other"
	}
	return &problem.Message{Key: key, Args: []any{"said", x.Said}}
}

// NewRow puts a letter into words, its times in a zone.
func NewRow(x mail.Row, zone *time.Location) RowView {
	x.Written, x.Due = x.Written.In(zone), x.Due.In(zone)
	v := RowView{Row: x, What: what(x.Kind), Label: stateLabels[x.State], Why: Sentence(x.Reason)}
	v.Again = x.State == mail.Failed && x.Reason.Key != mail.ReasonExpired || x.State == mail.Unknown
	if x.State == mail.Accepted {
		v.Why = nil
	}
	return v
}

const onePage = 50

// list answers GET /desk/mail/letters.
func (d *Letters) list(w http.ResponseWriter, r *http.Request) error {
	settings, err := d.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	which := mail.Some(r.URL.Query().Get("state"))
	view := ListView{Tabs: Tabs(which)}
	err = d.DB.View(r.Context(), func(tx *db.Tx) error {
		view.List, view.Next, view.Stuck, view.Trouble = nil, "", false, nil
		list, err := d.Mail.List(tx, which, r.URL.Query().Get("before"), onePage+1)
		if err != nil {
			return err
		}
		if len(list) > onePage {
			list = list[:onePage]
			view.Next = "/desk/mail/letters?" + url.Values{"state": {string(which)}, "before": {list[onePage-1].ID}}.Encode()
		}
		for _, x := range list {
			row := NewRow(x, settings.Location())
			row.Open = d.Open
			view.List = append(view.List, row)
			view.Stuck = view.Stuck || x.State == mail.Failed || x.State == mail.Unknown
		}
		return nil
	})
	if err != nil {
		return err
	}
	return d.Show(w, r, http.StatusOK, "desk/mail-letters", Section, view)
}

// letter answers GET /desk/mail/letters/{id}.
func (d *Letters) letter(w http.ResponseWriter, r *http.Request) error {
	settings, err := d.Community.Settings(r.Context())
	if err != nil {
		return err
	}
	row, says, err := d.read(r)
	if err != nil {
		return err
	}
	view := LetterView{RowView: NewRow(row, settings.Location()), Page: "/desk/mail/letters/" + url.PathEscape(row.ID) + "/page", Hidden: row.Secret && !d.Open}.Tell(says)
	kit.Policy(w, "frame-src 'self'")
	return d.Show(w, r, http.StatusOK, "desk/mail-letter", Section, view)
}

// read is a letter, and what it says if that is for showing.
func (d *Letters) read(r *http.Request) (row mail.Row, says *mail.Content, err error) {
	err = d.DB.View(r.Context(), func(tx *db.Tx) error {
		says = nil
		if row, err = d.Mail.ByID(tx, r.PathValue("id")); err != nil || row.Secret && !d.Open {
			return err
		}
		c, ok, err := d.Mail.ContentOf(tx, row.ID)
		if ok {
			says = &c
		}
		return err
	})
	return row, says, err
}

// page answers GET /desk/mail/letters/{id}/page: the letter's HTML, in which nothing runs
// and from which nothing is asked.
func (d *Letters) page(w http.ResponseWriter, r *http.Request) error {
	_, says, err := d.read(r)
	if err != nil {
		return err
	}
	if says == nil || says.HTML == "" {
		return problem.New(problem.NotFound, "problem.not_found")
	}
	kit.LetterPolicy(w)
	return shell.Write(w, r, http.StatusOK, []byte(says.HTML))
}

// retry answers POST /desk/mail/letters/{id}/retry.
func (d *Letters) retry(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	err := d.DB.Update(r.Context(), func(tx *db.Tx) error {
		again, err := d.Mail.Retry(tx, id)
		if err != nil || !again {
			return err
		}
		return d.Community.Record(tx, shell.ActorOf(r).AccountID, "outbox.retried", "letter:"+id, "")
	})
	if err != nil {
		return err
	}
	return kit.SeeOther(w, r, "/desk/mail/letters?done=retried")
}

// retryFailed answers POST /desk/mail/letters/retry.
func (d *Letters) retryFailed(w http.ResponseWriter, r *http.Request) error {
	err := d.DB.Update(r.Context(), func(tx *db.Tx) error {
		n, err := d.Mail.RetryFailed(tx)
		if err != nil || n == 0 {
			return err
		}
		return d.Community.Record(tx, shell.ActorOf(r).AccountID, "outbox.retried", "mail", "")
	})
	if err != nil {
		return err
	}
	return kit.SeeOther(w, r, "/desk/mail/letters?done=retried")
}

// seeAll answers POST /desk/mail/letters/seen.
func (d *Letters) seeAll(w http.ResponseWriter, r *http.Request) error {
	if err := d.DB.Update(r.Context(), d.Mail.SeeAll); err != nil {
		return err
	}
	return kit.SeeOther(w, r, "/desk/mail/letters?done=saved")
}
