package related

import (
	"cmp"
	"slices"

	"waypost/internal/db"
	"waypost/stories/terms"
)

// compared bounds how many stories are compared word by word, and how many that
// show a story already are looked at again.
const compared = 60

// Relation is what a change of a story does to related reading.
type Relation struct {
	Own    []Link   // the story's list, best first
	Seen   []string // what was considered for it
	Offers []Link   // entries of other stories' lists: new, or with another score
	Ended  []string // stories whose list shows it and has no more reason to
	Poorer []string // stories whose list may now have something better
}

// Relate compares a story with those that share a word or topic with it: the newest
// of each, and those it is linked with already. What it reads is bounded by the
// constants of this package, however many stories there are.
func Relate(tx *db.Tx, id string, topics []string, words []terms.Term) (Relation, error) {
	var r Relation
	c, err := gather(tx, id, topics, words)
	if err != nil {
		return r, err
	}
	shownBy, err := Showing(tx, id, compared)
	if err != nil {
		return r, err
	}
	shown, err := Lists(tx, []string{id})
	if err != nil {
		return r, err
	}
	r.Seen = slices.Concat(c.likely(), shownBy, Targets(shown[id]))
	pairs, err := c.compare(tx, r.Seen)
	if err != nil {
		return r, err
	}
	others := make([]string, len(pairs))
	for i, p := range pairs {
		others[i] = p.id
		if mine, _ := p.links(id); p.reasons() {
			r.Own = append(r.Own, mine)
		}
	}
	r.Own = Best(r.Own, MostShown)
	lists, err := Lists(tx, others)
	if err != nil {
		return r, err
	}
	for _, p := range pairs {
		r.offer(id, p, lists[p.id])
	}
	return r, nil
}

// offer decides what the other story of a pair does with this one in its list.
func (r *Relation) offer(id string, p pair, list []Link) {
	_, theirs := p.links(id)
	at := slices.IndexFunc(list, func(l Link) bool { return l.To == id })
	rest := slices.DeleteFunc(slices.Clone(list), func(l Link) bool { return l.To == id })
	full := len(rest) >= MostShown-1
	switch {
	case at < 0 && (!p.reasons() || len(list) >= MostShown && theirs.Before(list[len(list)-1]) > 0):
		return
	case at >= 0 && !p.reasons():
		r.Ended = append(r.Ended, p.id)
		r.Poorer = append(r.Poorer, p.id)
		return
	case at >= 0 && theirs.Equal(list[at]):
		return
	case at >= 0 && full && theirs.Score < list[at].Score && theirs.Before(rest[len(rest)-1]) > 0:
		r.Poorer = append(r.Poorer, p.id) // it fell to the last place; what waits behind it is not known here
	}
	r.Offers = append(r.Offers, theirs)
}

// candidates are the stories that share something with a story.
type candidates struct {
	words  map[string]terms.Term // the story's own
	topics []string
	rare   map[string]float64 // the rarity of each of its words
	filed  map[string]float64 // and of each of its topics
	first  map[string]float64 // a first score of each candidate, from what was at hand
}

// MostCandidates is the most stories that are looked at for one with so many topics.
func MostCandidates(topics int) int { return (terms.Most + topics) * window }

// Candidates counts the stories that are looked at for one, and those that are
// compared with it word by word: neither grows with the community.
func Candidates(tx *db.Tx, id string, topics []string, words []terms.Term) (looked, pairs int, err error) {
	c, err := gather(tx, id, topics, words)
	if err != nil {
		return 0, 0, err
	}
	list, err := c.compare(tx, c.likely())
	return len(c.first), len(list), err
}

// gather reads the newest stories under each word and topic.
func gather(tx *db.Tx, id string, topics []string, words []terms.Term) (candidates, error) {
	c := candidates{words: map[string]terms.Term{}, rare: map[string]float64{}, filed: map[string]float64{}, first: map[string]float64{}}
	for _, t := range words {
		holders, err := newestWithTerm(tx, t.Word, id)
		if err != nil {
			return c, err
		}
		c.words[t.Word], c.rare[t.Word] = t, terms.Rarity(min(len(holders)+1, window), window)
		for _, h := range holders {
			c.first[h.id] += float64(t.Weight * h.weight * c.rare[t.Word])
		}
	}
	c.topics = slices.Sorted(slices.Values(topics))
	for _, topic := range c.topics {
		ids, err := newestUnderTopic(tx, topic, id)
		if err != nil {
			return c, err
		}
		c.filed[topic] = terms.Rarity(min(len(ids)+1, window), window)
		for _, other := range ids {
			c.first[other] += float64(topicShare * c.filed[topic] / (1 + c.filed[topic]))
		}
	}
	return c, nil
}

// likely are the candidates that are worth comparing word by word, best first.
func (c candidates) likely() []string {
	ids := make([]string, 0, len(c.first))
	for id := range c.first {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b string) int {
		return cmp.Or(cmp.Compare(c.first[b], c.first[a]), cmp.Compare(b, a))
	})
	return ids[:min(len(ids), compared)]
}

// compare reads all words and topics of the published ones among some stories and
// pairs them with this one.
func (c candidates) compare(tx *db.Tx, ids []string) ([]pair, error) {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	pairs := make(map[string]*pair, len(ids))
	published, err := publishedAmong(tx, ids)
	if err != nil {
		return nil, err
	}
	for _, id := range published {
		pairs[id] = &pair{id: id}
	}
	shared, err := TermsAmong(tx, published)
	if err != nil {
		return nil, err
	}
	for _, h := range shared {
		if mine, ok := c.words[h.Word]; ok {
			p := pairs[h.Story]
			p.words = append(p.words, terms.Share(mine, h.Term, c.rare[h.Word]))
		}
	}
	topics, err := topicsAmong(tx, published)
	if err != nil {
		return nil, err
	}
	for _, t := range topics {
		if slices.Contains(c.topics, t.topic) {
			pairs[t.id].topics = append(pairs[t.id].topics, t.topic)
		}
	}
	list := make([]pair, 0, len(pairs))
	for _, id := range published {
		list = append(list, pairs[id].scored(c.filed))
	}
	return list, nil
}
