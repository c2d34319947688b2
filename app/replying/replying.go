package replying

import (
	"log/slog"

	"waypost/community"
	"waypost/internal/db"
	"waypost/internal/problem"
	"waypost/members"
	"waypost/replies"
	"waypost/spam/labels"
	"waypost/stories"
	"waypost/web/render"
)

// Replying knows the features that replies meet.
type Replying struct {
	Stories   *stories.Service
	Community *community.Service
	Members   *members.Service
	Labels    *labels.Service
	Log       *slog.Logger
	// Texts renders what people wrote.
	Texts func(tx *db.Tx) (render.Texts, error)
}

// Wire gives replies what they ask of the other features.
func (r *Replying) Wire(s *replies.Service) {
	s.Story, s.Render = r.story, r.render
	s.Unwanted, s.Want = r.Members.Unwanted, r.Members.Want
	s.InByline = r.Stories.Wrote
	s.Naming, s.Named = r.Members.NamingStranger, r.member
	s.Ready, s.Behind = r.ready, r.Labels.Behind
	s.Check, s.Learn, s.Unlearn, s.Drop = r.judge, r.learn, r.Labels.Void, r.Labels.Drop
}

// BySlug finds a story that readers may read, also by an address that it had before.
func (r *Replying) BySlug(tx *db.Tx, slug string) (replies.Story, error) {
	s, err := r.Stories.HeadBySlug(tx, slug)
	if problem.Is(err, problem.NotFound) {
		was, known, failed := r.Community.Find(tx, stories.Address(slug))
		if failed != nil {
			return replies.Story{}, failed
		}
		if known && was.Kind == "story" {
			return r.story(tx, was.ID)
		}
	}
	return readable(s, err)
}

// story finds one that readers may read and so reply to.
func (r *Replying) story(tx *db.Tx, id string) (replies.Story, error) {
	return readable(r.Stories.HeadByID(tx, id))
}

func readable(s stories.Head, err error) (replies.Story, error) {
	if err != nil {
		return replies.Story{}, err
	}
	if s.State != stories.Published && s.State != stories.Archived {
		return replies.Story{}, problem.New(problem.NotFound, "problem.not_found")
	}
	return replies.Story{ID: s.ID, Title: s.Title, Slug: s.Slug, Language: s.Language, Published: s.Published}, nil
}

func (r *Replying) render(tx *db.Tx, body, language string) (replies.Rendered, error) {
	texts, err := r.Texts(tx)
	if err != nil {
		return replies.Rendered{}, err
	}
	return replies.Rendered{HTML: texts.Reply(body, language), By: texts.Version()}, nil
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
