package join

import (
	"net/http"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/news"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/messages"
	"waypost/web/shell"
)

// WelcomeView asks somebody who has just joined what to call them.
type WelcomeView struct {
	fields.Form
	Languages []fields.Option
}

// WaitingView is for somebody whom others have to let in.
type WaitingView struct {
	fields.Form
	Said bool // they have said who they are
	Over bool // it is decided
}

// welcomeForm answers GET /join/welcome.
func (j *Join) welcomeForm(w http.ResponseWriter, r *http.Request) error {
	account := shell.SessionOf(r).Account
	var chosen news.Choice
	err := j.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		chosen, err = j.News.Chosen(tx, account.ID)
		return err
	})
	if err != nil {
		return err
	}
	form := fields.New("name", account.Name, "language", account.Language, "next", kit.Next(r.URL.Query().Get("next")),
		"stories", string(chosen.Stories), "followed", string(chosen.Followed))
	return j.showWelcome(w, r, http.StatusOK, form)
}

func (j *Join) showWelcome(w http.ResponseWriter, r *http.Request, status int, form fields.Form) error {
	v := WelcomeView{Form: form}
	for _, tag := range messages.Languages(j.Renderer.Catalogs) {
		v.Languages = append(v.Languages, fields.Option{Value: tag, Label: j.Renderer.Catalogs[tag].Name})
	}
	return j.Show(w, r, status, "join/welcome", "", v)
}

// welcome answers POST /join/welcome.
func (j *Join) welcome(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	next := kit.Next(r.PostForm.Get("next"))
	r.PostForm.Set("next", next)
	err := j.name(r)
	if err != nil {
		form, status, err := fields.Form{Values: r.PostForm}.Refused(err)
		if err != nil {
			return err
		}
		return j.showWelcome(w, r, status, form)
	}
	return j.land(w, r, shell.SessionOf(r).Account, next)
}

func (j *Join) name(r *http.Request) error {
	language := kit.Line(r, "language")
	if language != "" && j.Renderer.Catalogs[language] == nil {
		return fields.Fault("language", "field.unknown")
	}
	return j.DB.Update(r.Context(), func(tx *db.Tx) error {
		if err := j.Joining.Introduced(tx, shell.ActorOf(r), kit.Line(r, "name"), language); err != nil {
			return err
		}
		return j.News.Choose(tx, shell.ActorOf(r).AccountID, shell.ChosenLetters(r))
	})
}

// waitingForm answers GET /join/waiting.
func (j *Join) waitingForm(w http.ResponseWriter, r *http.Request) error {
	browser := j.Asking(r)
	v := WaitingView{Form: fields.New(), Said: browser == "" || r.URL.Query().Get("said") != ""}
	if browser != "" {
		err := j.DB.View(r.Context(), func(tx *db.Tx) error {
			waits, err := j.Joining.Waits(tx, browser)
			v.Over = !waits
			return err
		})
		if err != nil {
			return err
		}
	}
	return j.Show(w, r, http.StatusOK, "join/waiting", "", v)
}

// introduce answers POST /join/waiting.
func (j *Join) introduce(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	err := j.Joining.Introduce(r.Context(), j.Asking(r), kit.Line(r, "name"), kit.Block(r, "words"))
	switch {
	case err == nil, problem.Is(err, problem.NotFound):
		return kit.SeeOther(w, r, "/join/waiting?said=yes")
	}
	form, status, err := fields.Form{Values: r.PostForm}.Refused(err)
	if err != nil {
		return err
	}
	return j.Show(w, r, status, "join/waiting", "", WaitingView{Form: form})
}
