package replying

import (
	"errors"

	"waypost/internal/db"
	"waypost/internal/looks"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/replies"
	"waypost/spam"
	"waypost/stories"
	"waypost/web/render"
)

// Replying knows the features that replies meet.
type Replying struct {
	Stories *stories.Service
	Members *members.Service
	// Texts renders what people wrote.
	Texts func(tx *db.Tx) (render.Texts, error)
}

// Wire gives replies what they ask of the other features.
func (r *Replying) Wire(s *replies.Service) {
	s.Story, s.Render = r.story, r.render
	s.Naming, s.Alike, s.Named = r.stranger, r.alike, r.member
	s.Check, s.Learn, s.Unlearn, s.Drop = r.judge, r.learn, r.unlearn, r.drop
}

// story finds one that readers may read and so reply to.
func (r *Replying) story(tx *db.Tx, id string) (replies.Story, error) {
	s, err := r.Stories.ByID(tx, id)
	if err != nil {
		return replies.Story{}, err
	}
	if s.State != stories.Published && s.State != stories.Archived {
		return replies.Story{}, problem.New(problem.NotFound, "problem.not_found")
	}
	return replies.Story{ID: s.ID, Title: s.Title, Slug: s.Slug, Language: s.Language, Published: s.Since, Authors: s.Authors}, nil
}

func (r *Replying) render(tx *db.Tx, body, language string) (replies.Rendered, error) {
	texts, err := r.Texts(tx)
	if err != nil {
		return replies.Rendered{}, err
	}
	return replies.Rendered{HTML: texts.Reply(body, language), By: texts.Version()}, nil
}

// stranger refuses the names of those who are known here by theirs.
func (r *Replying) stranger(tx *db.Tx, name string) error {
	return r.Members.Naming(tx, members.Actor{}, name, "")
}

// alike reports that a name looks like that of a member, whom nobody needs to know of.
func (r *Replying) alike(tx *db.Tx, name string) (bool, error) {
	return r.Members.NameKnown(tx, looks.Name(name))
}

// member is the name that an account writes under, and its profile.
func (r *Replying) member(tx *db.Tx, account string) (name, profile string, err error) {
	p, err := r.Members.ProfileOf(tx, account)
	if err == nil {
		return p.Name, p.ID, nil
	}
	if !problem.Is(err, problem.NotFound) {
		return "", "", err
	}
	name, err = r.Members.NameOfAccount(tx, account)
	if err == nil && name == "" {
		err = problem.New(problem.Conflict, "author.account_unnamed")
	}
	return name, "", err
}

var errNoFilter = errors.New("the filter is not there yet")

func (r *Replying) judge(spam.Message, replies.Settings) (spam.Verdict, error) {
	return spam.Verdict{}, errNoFilter
}

func (r *Replying) learn(*db.Tx, replies.Lesson) error { return nil }

func (r *Replying) unlearn(*db.Tx, string, []string) error { return nil }

func (r *Replying) drop(*db.Tx, []string) error { return nil }
