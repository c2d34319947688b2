package letters

import (
	"cmp"
	"net/http"

	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/problem"
	"waypost/members/proofs"
	"waypost/news"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/shell"
)

// SubscribeView is the form that asks for an address.
type SubscribeView struct {
	fields.Form
	Way shell.LetterWay
}

// ConfirmView is the page of a link that confirms an address: one button.
type ConfirmView struct {
	Problem *problem.Message // why it did not work
}

// form answers GET /subscribe.
func (l *Letters) form(w http.ResponseWriter, r *http.Request) error {
	return l.showForm(w, r, "letters/subscribe", http.StatusOK, fields.New("pace", string(news.AtOnce), "stamp", l.Stamps.New(l.Clock())))
}

func (l *Letters) showForm(w http.ResponseWriter, r *http.Request, page string, status int, form fields.Form) error {
	way, err := l.LetterWay(r.Context())
	if err != nil {
		return err
	}
	return l.Show(w, r, status, page, "", SubscribeView{form, way})
}

// ask answers POST /subscribe. Nothing is kept as a subscription before the letter's
// button is pressed.
func (l *Letters) ask(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	pace := news.AtOnce
	if r.PostForm.Get("pace") == string(news.Weekly) {
		pace = news.Weekly
	}
	return l.askFor(w, r, proofs.Ask{Purpose: proofs.Subscribe, Payload: string(pace)}, "letters/subscribe", "/subscribe/sent")
}

// askFor takes the form with an address and lets a letter go there. What happens then is
// the same for every address: nobody learns who has to do with the community.
func (l *Letters) askFor(w http.ResponseWriter, r *http.Request, ask proofs.Ask, page, sent string) error {
	if r.PostForm.Get("website") != "" { // a field that people do not see
		return kit.SeeOther(w, r, sent)
	}
	age, stamped := l.Stamps.Age(r.PostForm.Get("stamp"), l.Clock())
	address, err := mail.ParseAddress(kit.Line(r, "email"))
	switch {
	case err != nil:
		err = fields.Fault("email", "signin.address_form")
	case !stamped:
		err = fields.Fault("email", "signin.form_old")
	}
	if err != nil {
		form, status, err := fields.New("email", r.PostForm.Get("email"), "pace", ask.Payload, "stamp", l.Stamps.New(l.Clock())).Refused(err)
		if err != nil {
			return err
		}
		return l.showForm(w, r, page, status, form)
	}
	ask.Address, ask.Network, ask.Late = address, l.Proxies.Network(r), age < kit.TooQuick
	if _, err := l.Proofs.Ask(r.Context(), ask); err != nil {
		return err
	}
	return kit.SeeOther(w, r, sent)
}

// sent answers GET /subscribe/sent.
func (l *Letters) sent(w http.ResponseWriter, r *http.Request) error {
	return l.showSent(w, r, "letters/sent")
}

func (l *Letters) showSent(w http.ResponseWriter, r *http.Request, page string) error {
	way, err := l.LetterWay(r.Context())
	if err != nil {
		return err
	}
	return l.Show(w, r, http.StatusOK, page, "", way)
}

// button answers GET /subscribe/{token}. It looks nothing up.
func (l *Letters) button(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Referrer-Policy", "no-referrer")
	return l.Show(w, r, http.StatusOK, "letters/confirm", "", ConfirmView{})
}

// confirm answers POST /subscribe/{token}: it spends the link, and letters come.
func (l *Letters) confirm(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Referrer-Policy", "no-referrer")
	var token string
	err := l.DB.Update(r.Context(), func(tx *db.Tx) error {
		proof, err := l.Proofs.Redeem(tx, r.PathValue("token"), proofs.Subscribe)
		if err != nil {
			return err
		}
		address, err := mail.ParseAddress(proof.Address)
		if err != nil {
			return err
		}
		token, err = l.News.Subscribe(tx, address, "", news.Pace(cmp.Or(proof.Payload, string(news.AtOnce))))
		return err
	})
	if problem.Is(err, problem.Gone) {
		return l.Show(w, r, http.StatusGone, "letters/confirm", "", ConfirmView{Problem: shell.Sentence(err)})
	}
	if err != nil {
		return err
	}
	return kit.SeeOther(w, r, "/letters/"+token+"?begun=yes")
}
