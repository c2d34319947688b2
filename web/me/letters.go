package me

import (
	"net/http"
	"net/url"

	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/news"
	"waypost/stories"
	"waypost/topics"
	"waypost/web/desk/fields"
	"waypost/web/kit"
	"waypost/web/shell"
)

// Letters serves the pages on which members choose what they hear of.
type Letters struct {
	*shell.Shell
	News    *news.Service
	Topics  *topics.Service
	Stories *stories.Service
}

// Routes are its lines of the site map.
func (m *Letters) Routes() []kit.Route {
	member, anyone := []string{string(members.Member)}, []string{kit.Anyone}
	get := func(path string, h kit.Handler) kit.Route {
		return kit.Route{Path: path, Methods: []string{http.MethodGet}, Roles: member, Cache: kit.Private, Handler: h}
	}
	post := func(path string, roles []string, h kit.Handler) kit.Route {
		return kit.Route{Path: path, Methods: []string{http.MethodPost}, Roles: roles, Body: bodyButton, Cache: kit.Private, Handler: shell.Keeping(h)}
	}
	return []kit.Route{
		get("/me/letters", m.form),
		post("/me/letters", member, m.choose),
		get("/me/follow", m.subject),
		post("/me/follow", anyone, m.follow),
	}
}

const bodyButton = 4 << 10

// LettersView is what a member gets, as a form, and whom and what they follow.
type LettersView struct {
	fields.Form
	Address string // where letters go; empty: nowhere yet
	Follows []SubjectView
}

// SubjectView is an author or a topic that can be followed.
type SubjectView struct {
	Kind      news.Kind
	Key       string // the handle or slug
	Name      string
	URL       string
	Following bool
}

// form answers GET /me/letters.
func (m *Letters) form(w http.ResponseWriter, r *http.Request) error {
	var chosen news.Choice
	err := m.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		chosen, err = m.News.Chosen(tx, shell.ActorOf(r).AccountID)
		return err
	})
	if err != nil {
		return err
	}
	return m.show(w, r, http.StatusOK, fields.New("stories", string(chosen.Stories), "followed", string(chosen.Followed)))
}

func (m *Letters) show(w http.ResponseWriter, r *http.Request, status int, form fields.Form) error {
	account := shell.SessionOf(r).Account
	view := LettersView{Form: form, Address: account.Email}
	err := m.DB.View(r.Context(), func(tx *db.Tx) error {
		view.Follows = nil
		list, err := m.News.Follows(tx, account.ID)
		if err != nil {
			return err
		}
		view.Follows, err = m.subjects(tx, list)
		return err
	})
	if err != nil {
		return err
	}
	return m.Show(w, r, status, "me/letters", "/me/letters", view)
}

// subjects names authors and topics, as far as they are there.
func (m *Letters) subjects(tx *db.Tx, list []news.Subject) ([]SubjectView, error) {
	byKind := map[news.Kind][]string{}
	for _, of := range list {
		byKind[of.Kind] = append(byKind[of.Kind], of.ID)
	}
	authors, err := m.Members.ProfilesByID(tx, byKind[news.Author])
	if err != nil {
		return nil, err
	}
	filed, err := m.Topics.ByIDs(tx, byKind[news.Topic])
	if err != nil {
		return nil, err
	}
	var views []SubjectView
	for _, of := range list {
		if a, ok := authors[of.ID]; ok && of.Kind == news.Author {
			views = append(views, authorView(a))
		}
		if x, ok := filed[of.ID]; ok && of.Kind == news.Topic {
			views = append(views, topicView(x))
		}
	}
	return views, nil
}

func authorView(a members.Profile) SubjectView {
	return SubjectView{Kind: news.Author, Key: a.Handle, Name: a.Name, URL: "/authors/" + a.Handle}
}

func topicView(x topics.Topic) SubjectView {
	return SubjectView{Kind: news.Topic, Key: x.Slug, Name: x.Name, URL: "/topics/" + x.Slug}
}

// choose answers POST /me/letters.
func (m *Letters) choose(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	choice := shell.ChosenLetters(r)
	err := m.DB.Update(r.Context(), func(tx *db.Tx) error {
		return m.News.Choose(tx, shell.ActorOf(r).AccountID, choice)
	})
	if err == nil {
		return kit.SeeOther(w, r, "/me/letters?done=saved")
	}
	form, status, err := fields.Form{Values: r.PostForm}.Refused(err)
	if err != nil {
		return err
	}
	return m.show(w, r, status, form)
}

// subject answers GET /me/follow: whom or what somebody wanted to follow, whether they
// do, and the button. It changes nothing.
func (m *Letters) subject(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	var view SubjectView
	err := m.DB.View(r.Context(), func(tx *db.Tx) error {
		of, found, err := m.found(tx, shell.ActorOf(r), q.Get("author"), q.Get("topic"))
		if err != nil {
			return err
		}
		view = found
		view.Following, err = m.News.IsFollowing(tx, shell.ActorOf(r).AccountID, of)
		return err
	})
	if err != nil {
		return err
	}
	return m.Show(w, r, http.StatusOK, "me/follow", "/me/letters", view)
}

// found finds an author by their handle, or a topic by its slug.
func (m *Letters) found(tx *db.Tx, by members.Actor, author, topic string) (news.Subject, SubjectView, error) {
	if author != "" {
		a, err := m.Members.ProfileByHandle(tx, author)
		if err == nil && !a.FoundBy(by) {
			var list []stories.Story
			if list, err = m.Stories.ByAuthor(tx, a.ID, stories.Key{}, 1); err == nil && len(list) == 0 {
				err = problem.New(problem.NotFound, "problem.not_found") // as if nobody were there
			}
		}
		return news.Subject{Kind: news.Author, ID: a.ID}, authorView(a), err
	}
	x, err := m.Topics.BySlug(tx, topic)
	return news.Subject{Kind: news.Topic, ID: x.ID}, topicView(x), err
}

// follow answers POST /me/follow, a button on pages that are the same for everybody.
// Who is not signed in is led to where they can be, and back to the button.
func (m *Letters) follow(w http.ResponseWriter, r *http.Request) error {
	if err := kit.ParseForm(r); err != nil {
		return err
	}
	author, topic := kit.Line(r, "author"), kit.Line(r, "topic")
	back := "/me/follow?" + followQuery(author, topic)
	ctx, _, err := m.Roles(r)
	if problem.Is(err, problem.Unauthenticated) {
		return kit.SeeOther(w, r, back)
	}
	if err != nil {
		return err
	}
	actor, done := shell.ActorOf(r.WithContext(ctx)), "followed"
	err = m.DB.Update(r.Context(), func(tx *db.Tx) error {
		of, _, err := m.found(tx, actor, author, topic)
		if err != nil {
			return err
		}
		if r.PostForm.Get("act") == "unfollow" {
			done = "unfollowed"
			return m.News.Unfollow(tx, actor.AccountID, of)
		}
		return m.News.Follow(tx, actor.AccountID, of)
	})
	if err != nil {
		return err
	}
	return kit.SeeOther(w, r, back+"&done="+done)
}

func followQuery(author, topic string) string {
	if author != "" {
		return url.Values{"author": {author}}.Encode()
	}
	return url.Values{"topic": {topic}}.Encode()
}
