package wordpress

import (
	"strings"

	"waypost/internal/problem"
	"waypost/internal/slug"
	"waypost/transfer/wordpress/words"
	"waypost/transfer/wxr"
)

// mostDefined bounds how many authors and how many terms are kept in memory.
const mostDefined = 100_000

// survey is the first reading: who and what the stories name, and what is wrong
// with the file.
type survey struct {
	rules    rules
	progress func()
	site     wxr.Site
	problems []wxr.Problem
	items    int

	authors []wxr.Author      // as the file lists them
	byLogin map[string]int    // in authors; the first of a login
	bySlug  map[string]string // a login by its slug
	bylines []named           // of stories, each login once
	written map[string]bool   // the logins in bylines

	terms  []wxr.Term // as the file lists them
	byKey  map[termKey]int
	filed  []filed // terms of stories, each once
	used   map[termKey]bool
	parent map[int64]string // the slugs of pages by number
}

// named is somebody in a byline.
type named struct {
	login string
	name  string // where the byline itself gives one
	line  int
}

// termKey tells categories and tags apart: a taxonomy and the term's slug in it.
type termKey struct{ taxonomy, slug string }

// filed is a term that a story has.
type filed struct {
	key  termKey
	name string
	line int
}

func newSurvey(r rules, progress func()) *survey {
	return &survey{rules: r, progress: progress,
		byLogin: map[string]int{}, bySlug: map[string]string{}, written: map[string]bool{},
		byKey: map[termKey]int{}, used: map[termKey]bool{}, parent: map[int64]string{}}
}

// Site keeps the first site that is named. One archive holds one site.
func (s *survey) Site(site wxr.Site) error {
	was, is := s.site.URL(), site.URL()
	if was != nil && is != nil && s.site.Key() != site.Key() {
		return problem.New(problem.Invalid, "import.several_sites", "one", was.String(), "other", is.String())
	}
	if was == nil && (is != nil || s.site == wxr.Site{}) {
		s.site = site
	}
	return nil
}

// Author keeps what the file lists.
func (s *survey) Author(a wxr.Author) error {
	if len(s.authors) >= mostDefined {
		return tooMany("import.many_authors")
	}
	a.Email = "" // nothing here needs it
	if _, known := s.byLogin[a.Login]; !known {
		s.byLogin[a.Login] = len(s.authors)
		s.bySlug[slug.Make(a.Login)] = a.Login
	}
	s.authors = append(s.authors, a)
	return nil
}

// Term keeps what the file lists.
func (s *survey) Term(t wxr.Term) error {
	if len(s.terms) >= mostDefined {
		return tooMany("import.many_topics")
	}
	t.Name, t.Description = words.Plain(t.Name), words.Plain(t.Description)
	t.Description = words.Shorten(t.Description, mostDescription)
	key := keyOf(t.Taxonomy, t.Slug, t.Name)
	if _, known := s.byKey[key]; !known {
		s.byKey[key] = len(s.terms)
	}
	s.terms = append(s.terms, t)
	return nil
}

func tooMany(key string) error { return problem.New(problem.Invalid, key, "max", mostDefined) }

// Item notes whom and what a story names.
func (s *survey) Item(it wxr.Item) error {
	if s.items++; s.items%100 == 0 {
		s.progress()
	}
	if it.Type == "page" && it.ID > 0 && len(s.parent) < mostDefined {
		s.parent[it.ID] = it.Slug
	}
	if s.rules.decide(&it).kind != kindStory {
		return nil
	}
	for _, n := range bylines(&it) {
		if s.written[n.login] {
			continue
		}
		if len(s.bylines) >= mostDefined {
			return tooMany("import.many_authors")
		}
		s.written[n.login] = true
		s.bylines = append(s.bylines, n)
	}
	labels := termsOf(&it)
	for _, f := range labels[:min(len(labels), mostTopics)] {
		if s.used[f.key] {
			continue
		}
		if len(s.filed) >= mostDefined {
			return tooMany("import.many_topics")
		}
		s.used[f.key] = true
		s.filed = append(s.filed, f)
	}
	return nil
}

// Problem keeps what is wrong with the file.
func (s *survey) Problem(p wxr.Problem) error {
	if len(s.problems) < mostNotes {
		s.problems = append(s.problems, p)
	}
	return nil
}

// bylines are those who wrote a story, at least one; the empty login stands for a
// story that names nobody.
func bylines(it *wxr.Item) []named {
	names := map[string]string{}
	for _, t := range it.Terms {
		if t.Domain == "author" {
			names[strings.TrimPrefix(t.Nicename, "cap-")] = t.Name
		}
	}
	all := []named{}
	for _, login := range it.Bylines() {
		all = append(all, named{login, words.Plain(names[login]), it.Line})
	}
	if len(all) == 0 {
		all = append(all, named{line: it.Line})
	}
	return all
}

// termsOf are the categories and then the tags of an item that say something. A
// story takes the first few.
func termsOf(it *wxr.Item) []filed {
	var all []filed
	for _, taxonomy := range []string{category, tag} {
		for _, t := range it.Terms {
			key := keyOf(t.Domain, t.Nicename, t.Name)
			if t.Domain == taxonomy && key.slug != "" && !defaultCategory(key, 0) {
				all = append(all, filed{key, words.Plain(t.Name), it.Line})
			}
		}
	}
	return all
}

// The taxonomies that become topics.
const (
	category = "category"
	tag      = "post_tag"
)

func keyOf(taxonomy, nicename, name string) termKey {
	if nicename == "" {
		nicename = slug.Make(name)
	}
	return termKey{taxonomy, strings.ToLower(nicename)}
}
