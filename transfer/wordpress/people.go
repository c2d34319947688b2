package wordpress

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"waypost/community"
	"waypost/internal/problem"
	"waypost/internal/slug"
	"waypost/members"
	"waypost/transfer/wordpress/words"
	"waypost/transfer/wxr"
)

// peopleAtOnce is how many authors, or topics, one transaction takes.
const peopleAtOnce = 200

// person is an author to be.
type person struct {
	login  string
	name   string
	entry  Entry
	listed bool     // in the file
	logins []string // by which stories name them
	number int64    // in the old site, if it is known
}

// people makes a profile of everybody in a byline. Those the file lists and no
// story names are left out.
func (r *run) people(ctx context.Context) error {
	all := r.persons()
	for some := range slices.Chunk(all, peopleAtOnce) {
		found := map[string]string{}
		err := r.within(ctx, func(s *step) error {
			for _, p := range some {
				id, err := s.person(p)
				if err != nil {
					return err
				}
				for _, login := range p.logins {
					found[login] = id
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		maps.Copy(r.authors, found)
	}
	return r.within(ctx, func(s *step) error {
		s.unnamed(all)
		return nil
	})
}

// persons joins the bylines with the authors whom the file lists, each once.
func (r *run) persons() []*person {
	var all []*person
	byLogin := map[string]*person{}
	for _, n := range r.survey.bylines {
		login, listed := r.survey.listed(n.login)
		p := byLogin[login]
		if p == nil {
			p = &person{login: login, name: n.name, listed: listed}
			p.entry = Entry{Kind: Author, What: "author " + withoutHost(login), Line: n.line}
			if listed {
				def := r.survey.authors[r.survey.byLogin[login]]
				p.name, p.entry.Line, p.number = nameOf(def), def.Line, def.ID
			}
			byLogin[login] = p
			all = append(all, p)
		}
		p.logins = append(p.logins, n.login)
	}
	for _, p := range all {
		if p.name = r.nameFor(p); p.login == "" {
			p.entry.What = "author “" + p.name + "”"
		}
	}
	return all
}

// listed finds the login that the file lists for one in a byline: co-authors are named
// by its slug.
func (s *survey) listed(login string) (string, bool) {
	if _, known := s.byLogin[login]; known {
		return login, true
	}
	if other, known := s.bySlug[slug.Make(login)]; known && login != "" {
		return other, true
	}
	return login, false
}

// nameFor is a name to show, never an address.
func (r *run) nameFor(p *person) string {
	for _, name := range []string{p.name, p.login} {
		if name = words.Shorten(withoutHost(words.Plain(name)), mostName); name != "" {
			return name
		}
	}
	if title := words.Plain(r.survey.site.Title); title != "" {
		return words.Shorten(title, mostName)
	}
	return r.say(say("import.somebody"))
}

func nameOf(a wxr.Author) string {
	if !blank(a.DisplayName) && !strings.Contains(a.DisplayName, "@") {
		return a.DisplayName
	}
	if full := strings.TrimSpace(a.FirstName + " " + a.LastName); full != "" {
		return full
	}
	return a.DisplayName
}

// withoutHost drops what makes a name an e-mail address.
func withoutHost(name string) string {
	if before, _, address := strings.Cut(name, "@"); address && before != "" {
		return before
	}
	return strings.Trim(name, "@")
}

// loginKey is a login as table imported knows it: not readable where it is an address.
func loginKey(login string) string {
	if strings.Contains(login, "@") {
		return "x" + digest(login)
	}
	return login
}

// person makes or updates one profile.
func (s *step) person(p *person) (string, error) {
	if !p.listed {
		s.implied.Authors++
	}
	was, imported, err := s.lookUp(kindAuthor, loginKey(p.login))
	if err != nil {
		return "", err
	}
	if !imported {
		left, err := s.Community.Gone(s.tx, goneAuthor(s.site, loginKey(p.login)))
		if err != nil {
			return "", err
		}
		if left {
			return s.former(p)
		}
		s.made.Authors++
		return s.writePerson(p, members.Profile{Name: p.name})
	}
	profile, err := s.Members.ProfileByID(s.tx, was.subject)
	switch {
	case problem.Is(err, problem.NotFound):
		s.made.Authors++
		return s.writePerson(p, members.Profile{Name: p.name})
	case err != nil:
		return "", err
	case was.hash == digest(p.name) || profile.Version != was.version:
		s.kept.Authors++
		return profile.ID, s.numberRedirect(p.entry, "author", p.number, community.Target{Kind: kindAuthor, ID: profile.ID})
	}
	s.updated.Authors++
	profile.Name = p.name
	return s.writePerson(p, profile)
}

// former is the author in place of one who was here and has left.
func (s *step) former(p *person) (string, error) {
	s.kept.Authors++
	s.note(p.entry, say("import.kept_left"))
	if s.dry() {
		return members.FormerID, nil
	}
	profile, err := s.Members.Former(s.tx)
	return profile.ID, err
}

func (s *step) writePerson(p *person, profile members.Profile) (string, error) {
	if s.dry() {
		profile.ID = cmp.Or(profile.ID, "dry:"+p.login)
		return profile.ID, s.authorRedirect(p, profile.ID)
	}
	profile, err := s.Members.SaveProfileIn(s.tx, s.account(), profile)
	if err != nil {
		return "", err
	}
	if err := s.remember(kindAuthor, loginKey(p.login), known{profile.ID, digest(p.name), profile.Version}); err != nil {
		return "", err
	}
	return profile.ID, s.authorRedirect(p, profile.ID)
}

// authorRedirect leads from where WordPress has an author's page. A login that is an
// address has another name there, which exports do not tell.
func (s *step) authorRedirect(p *person, profileID string) error {
	to := community.Target{Kind: kindAuthor, ID: profileID}
	if err := s.numberRedirect(p.entry, "author", p.number, to); err != nil {
		return err
	}
	nicename := slug.Make(p.login)
	if nicename == "" || strings.Contains(p.login, "@") {
		return nil
	}
	return s.redirect(p.entry, s.survey.site.Below("author", nicename), "", to)
}

// unnamed leaves out the authors whom the file lists and nobody needs.
func (s *step) unnamed(people []*person) {
	taken := map[string]bool{}
	for _, p := range people {
		taken[p.login] = p.listed
	}
	for i, a := range s.survey.authors {
		e := Entry{Kind: Author, What: "author " + withoutHost(a.Login), Line: a.Line}
		switch {
		case s.survey.byLogin[a.Login] != i:
			s.skip(e, say("import.skip_twice"))
		case !taken[a.Login]:
			s.skip(e, say("import.skip_author"))
		}
	}
}
