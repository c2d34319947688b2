package stories

import (
	"cmp"
	"slices"

	"waypost/internal/db"
	"waypost/stories/terms"
)

// compared bounds how many stories are compared word by word, and how many that
// show a story already are looked at again.
const compared = 60

// relation is what a change of a story does to related reading.
type relation struct {
	own    []link   // the story's list, best first
	seen   []string // what was considered for it
	offers []link   // entries of other stories' lists: new, or with another score
	ended  []string // stories whose list shows it and has no more reason to
	poorer []string // stories whose list may now have something better
}

// relate compares a story with those that share a word or topic with it: the newest
// of each, and those it is linked with already. What it reads is bounded by the
// constants of this package, however many stories there are.
func relate(tx *db.Tx, st Story, words []terms.Term) (relation, error) {
	var r relation
	c, err := gather(tx, st, words)
	if err != nil {
		return r, err
	}
	shownBy, err := showing(tx, st.ID, compared)
	if err != nil {
		return r, err
	}
	shown, err := relatedLists(tx, []string{st.ID})
	if err != nil {
		return r, err
	}
	r.seen = slices.Concat(c.likely(), shownBy, targets(shown[st.ID]))
	pairs, err := c.compare(tx, r.seen)
	if err != nil {
		return r, err
	}
	others := make([]string, len(pairs))
	for i, p := range pairs {
		others[i] = p.id
		if mine, _ := p.links(st.ID); p.reasons() {
			r.own = append(r.own, mine)
		}
	}
	r.own = best(r.own, mostShown)
	lists, err := relatedLists(tx, others)
	if err != nil {
		return r, err
	}
	for _, p := range pairs {
		r.offer(st.ID, p, lists[p.id])
	}
	return r, nil
}

// offer decides what the other story of a pair does with this one in its list.
func (r *relation) offer(id string, p pair, list []link) {
	_, theirs := p.links(id)
	at := slices.IndexFunc(list, func(l link) bool { return l.to == id })
	rest := slices.DeleteFunc(slices.Clone(list), func(l link) bool { return l.to == id })
	full := len(rest) >= mostShown-1
	switch {
	case at < 0 && (!p.reasons() || len(list) >= mostShown && theirs.before(list[len(list)-1]) > 0):
		return
	case at >= 0 && !p.reasons():
		r.ended = append(r.ended, p.id)
		r.poorer = append(r.poorer, p.id)
		return
	case at >= 0 && theirs.equal(list[at]):
		return
	case at >= 0 && full && theirs.score < list[at].score && theirs.before(rest[len(rest)-1]) > 0:
		r.poorer = append(r.poorer, p.id) // it fell to the last place; what waits behind it is not known here
	}
	r.offers = append(r.offers, theirs)
}

// candidates are the stories that share something with a story.
type candidates struct {
	words  map[string]terms.Term // the story's own
	topics []string
	rare   map[string]float64 // the rarity of each of its words
	filed  map[string]float64 // and of each of its topics
	first  map[string]float64 // a first score of each candidate, from what was at hand
}

// gather reads the newest stories under each word and topic.
func gather(tx *db.Tx, st Story, words []terms.Term) (candidates, error) {
	c := candidates{words: map[string]terms.Term{}, rare: map[string]float64{}, filed: map[string]float64{}, first: map[string]float64{}}
	for _, t := range words {
		holders, err := newestWithTerm(tx, t.Word, st.ID)
		if err != nil {
			return c, err
		}
		c.words[t.Word], c.rare[t.Word] = t, terms.Rarity(min(len(holders)+1, window), window)
		for _, h := range holders {
			c.first[h.id] += float64(t.Weight * h.weight * c.rare[t.Word])
		}
	}
	c.topics = slices.Sorted(slices.Values(st.Topics))
	for _, topic := range c.topics {
		ids, err := newestUnderTopic(tx, topic, st.ID)
		if err != nil {
			return c, err
		}
		c.filed[topic] = terms.Rarity(min(len(ids)+1, window), window)
		for _, id := range ids {
			c.first[id] += float64(topicShare * c.filed[topic] / (1 + c.filed[topic]))
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
	shared, err := termsAmong(tx, published)
	if err != nil {
		return nil, err
	}
	for _, h := range shared {
		if mine, ok := c.words[h.Word]; ok {
			p := pairs[h.id]
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
