package stories

import (
	"cmp"
	"slices"

	"waypost/stories/terms"
)

const (
	window     = 100 // how many of the newest holders of a word or topic are looked at
	mostShown  = 6   // related stories beside a story
	mostWords  = 3   // words that are named as a reason
	leastWords = 2   // that must be named where no topic is shared

	// topicShare is what shared topics count beside shared words, which make 1 for
	// the same story twice.
	topicShare = 0.5
)

// pair is what two stories share. It is built alike from either side, in the order
// of the alphabet, so both sides get the same score to the last bit.
type pair struct {
	id     string // the other story
	words  []terms.Shared
	topics []string
	score  float64
}

// told are the words that may be named as reasons, the weightiest first.
func (p pair) told() []terms.Shared {
	words := slices.DeleteFunc(slices.Clone(p.words), func(w terms.Shared) bool { return !w.Telling })
	slices.SortStableFunc(words, func(a, b terms.Shared) int { return cmp.Compare(b.Part, a.Part) })
	return words
}

// reasons says that the two share enough to tell a reader why they stand together.
func (p pair) reasons() bool { return len(p.topics) > 0 || len(p.told()) >= leastWords }

// scored sums up what the two share. rare holds the rarity of each topic.
func (p pair) scored(rare map[string]float64) pair {
	var words, topics float64
	for _, w := range p.words {
		words += w.Part
	}
	for _, t := range p.topics {
		topics += rare[t]
	}
	p.score = words + float64(topicShare*topics/(1+topics))
	return p
}

// link is one entry beside a story, a story or a resource, with its reasons.
type link struct {
	of     string // the story it stands beside
	to     string
	score  float64
	topics []string
	words  []string
}

// links gives the two entries that a pair may become: the other beside this story,
// and this story beside the other.
func (p pair) links(id string) (mine, theirs link) {
	words := p.told()
	mine = link{of: id, to: p.id, score: p.score, topics: p.topics}
	theirs = link{of: p.id, to: id, score: p.score, topics: p.topics}
	for _, w := range words[:min(len(words), mostWords)] {
		mine.words, theirs.words = append(mine.words, w.Mine), append(theirs.words, w.Theirs)
	}
	return mine, theirs
}

func (l link) equal(o link) bool {
	return l.of == o.of && l.to == o.to && l.score == o.score && slices.Equal(l.topics, o.topics) && slices.Equal(l.words, o.words)
}

// before orders links from best to worst; of equal ones the newer identifier is first.
func (l link) before(o link) int {
	return cmp.Or(cmp.Compare(o.score, l.score), cmp.Compare(o.to, l.to))
}

// best keeps the best n links, best first.
func best(list []link, n int) []link {
	slices.SortFunc(list, link.before)
	return list[:min(len(list), n)]
}
