package wordpress

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"waypost/community"
	"waypost/internal/problem"
	"waypost/topics"
	"waypost/transfer/wordpress/words"
)

// label is a topic to be: a category or tag that a story has.
type label struct {
	key    termKey
	topic  topics.Topic
	entry  Entry
	listed bool // in the file
	number int64
	path   []string
}

// topics makes a topic of every category and tag that a story has. Terms the file
// lists and no story has are left out.
func (r *run) topics(ctx context.Context) error {
	for some := range slices.Chunk(r.labels(), peopleAtOnce) {
		found := map[termKey]string{}
		err := r.within(ctx, func(s *step) error {
			shelf, err := s.shelf()
			if err != nil {
				return err
			}
			for _, l := range some {
				if found[l.key], err = s.topic(l, shelf); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		maps.Copy(r.topicOf, found)
	}
	return r.within(ctx, func(s *step) error {
		s.unfiled()
		return s.homeRedirect()
	})
}

// labels joins the terms of stories with those the file lists.
func (r *run) labels() []*label {
	var all []*label
	for _, f := range r.survey.filed {
		l := &label{key: f.key, entry: Entry{Kind: Term, What: f.key.taxonomy + " “" + f.name + "”", Line: f.line}}
		name, description, number := f.name, "", int64(0)
		if at, listed := r.survey.byKey[f.key]; listed {
			def := r.survey.terms[at]
			l.listed, l.entry.Line, number, description = true, def.Line, def.ID, def.Description
			if def.Name != "" {
				name = def.Name
			}
		}
		if defaultCategory(f.key, number) {
			continue
		}
		if name == "" {
			name = words.Unescaped(f.key.slug)
		}
		l.topic = topics.Topic{Slug: words.WishedSlug(kindTopic, f.key.slug, name), Name: words.Shorten(name, mostTopicName), Description: description}
		l.path, l.number = r.survey.termPath(f.key), number
		all = append(all, l)
	}
	return all
}

// termPath is the part of a term's old address after "category" or "tag": categories
// stand below their parents.
func (s *survey) termPath(key termKey) []string {
	path := []string{words.Unescaped(key.slug)}
	const deepest = 10
	for range deepest {
		at, listed := s.byKey[key]
		if !listed || key.taxonomy != category || s.terms[at].Parent == "" {
			break
		}
		key = keyOf(category, s.terms[at].Parent, "")
		path = slices.Insert(path, 0, words.Unescaped(key.slug))
	}
	return path
}

// nameless are the slugs of the category that WordPress gives to posts without one.
var nameless = []string{"uncategorized", "uncategorised", "unkategorisiert", "nicht-kategorisiert", "non-classe", "sin-categoria",
	"senza-categoria", "sem-categoria", "geen-categorie", "bez-kategorii"}

// defaultCategory reports the category that says nothing. "Allgemein" is one only
// where it is the site's first.
func defaultCategory(key termKey, number int64) bool {
	return key.taxonomy == category && (slices.Contains(nameless, key.slug) || key.slug == "allgemein" && number == 1)
}

// shelf is the topics that are here, by slug and by name.
type shelf struct{ bySlug, byName map[string]topics.Topic }

func (s *step) shelf() (shelf, error) {
	b := shelf{map[string]topics.Topic{}, map[string]topics.Topic{}}
	all, err := s.Topics.All(s.tx)
	for _, t := range all {
		b.put(t)
	}
	return b, err
}

func (b shelf) put(t topics.Topic) {
	b.bySlug[t.Slug], b.byName[strings.ToLower(t.Name)] = t, t
}

func (b shelf) find(t topics.Topic) (topics.Topic, bool) {
	if have, ok := b.byName[strings.ToLower(t.Name)]; ok {
		return have, true
	}
	have, ok := b.bySlug[t.Slug]
	return have, ok
}

// topic makes or updates one topic, or finds the one that has its name.
func (s *step) topic(l *label, here shelf) (string, error) {
	if !l.listed {
		s.implied.Topics++
	}
	was, imported, err := s.lookUp(kindTopic, l.id())
	if err != nil {
		return "", err
	}
	if imported {
		t, err := s.Topics.ByID(s.tx, was.subject)
		switch {
		case problem.Is(err, problem.NotFound): // made anew below
		case err != nil:
			return "", err
		case was.hash == l.hash() || t.Version != was.version:
			s.kept.Topics++
			return t.ID, s.topicNumber(l, t.ID)
		default:
			s.updated.Topics++
			t.Name, t.Description = l.topic.Name, l.topic.Description
			return s.writeTopic(l, t)
		}
	}
	if t, ok := here.find(l.topic); ok {
		s.kept.Topics++
		return t.ID, s.joinTopic(l, t)
	}
	s.made.Topics++
	t := l.topic
	if t.ID, err = s.writeTopic(l, t); err == nil {
		here.put(t)
	}
	return t.ID, err
}

func (l *label) id() string { return l.key.taxonomy + ":" + l.key.slug }

func (l *label) hash() string { return digest(l.topic.Name, l.topic.Description) }

// joinTopic lets a term stand for a topic that is here, which it never changes.
func (s *step) joinTopic(l *label, t topics.Topic) error {
	if !s.dry() {
		if err := s.remember(kindTopic, l.id(), known{subject: t.ID, hash: l.hash()}); err != nil {
			return err
		}
	}
	return s.topicRedirect(l, t.ID)
}

func (s *step) writeTopic(l *label, t topics.Topic) (string, error) {
	if s.dry() {
		t.ID = cmp.Or(t.ID, "dry:"+l.id())
		return t.ID, s.topicRedirect(l, t.ID)
	}
	t, err := s.Topics.SaveIn(s.tx, s.account(), t)
	if err != nil {
		return "", err
	}
	if err := s.remember(kindTopic, l.id(), known{t.ID, l.hash(), t.Version}); err != nil {
		return "", err
	}
	return t.ID, s.topicRedirect(l, t.ID)
}

// topicRedirect leads from where WordPress lists a term's posts.
func (s *step) topicRedirect(l *label, topicID string) error {
	if err := s.topicNumber(l, topicID); err != nil {
		return err
	}
	folder := "tag"
	if l.key.taxonomy == category {
		folder = "category"
	}
	path := s.survey.site.Below(append([]string{folder}, l.path...)...)
	if !words.Askable(path) {
		return nil
	}
	return s.redirect(l.entry, path, "/topics/"+l.topic.Slug, community.Target{Kind: kindTopic, ID: topicID})
}

// topicNumber leads from "?cat=3", which knows categories alone.
func (s *step) topicNumber(l *label, topicID string) error {
	if l.key.taxonomy != category {
		return nil
	}
	return s.numberRedirect(l.entry, "cat", l.number, community.Target{Kind: kindTopic, ID: topicID})
}

// unfiled leaves out the terms that the file lists and no story has.
func (s *step) unfiled() {
	for i, t := range s.survey.terms {
		key := keyOf(t.Taxonomy, t.Slug, t.Name)
		e := Entry{Kind: Term, What: t.Taxonomy + " “" + words.Shorten(cmp.Or(t.Name, t.Slug), 60) + "”", Line: t.Line}
		switch {
		case t.Taxonomy != category && t.Taxonomy != tag:
			s.skip(e, say("import.skip_taxonomy", "taxonomy", words.Shorten(t.Taxonomy, 40)))
		case s.survey.byKey[key] != i:
			s.skip(e, say("import.skip_twice"))
		case defaultCategory(key, t.ID):
			s.skip(e, say("import.skip_default_category"))
		case !s.survey.used[key]:
			s.skip(e, say("import.skip_topic"))
		}
	}
}
