package related

import (
	"cmp"
	"slices"

	"waypost/stories/terms"
)

const (
	// MostShown is how many related stories stand beside one.
	MostShown = 6
	// MostWords is how many words are named as a reason.
	MostWords = 3

	window     = 100 // how many of the newest holders of a word or topic are looked at
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

// Link is one entry beside a story, a story or a resource, with its reasons.
type Link struct {
	Of     string // the story it stands beside
	To     string
	Score  float64
	Topics []string
	Words  []string
}

// links gives the two entries that a pair may become: the other beside this story,
// and this story beside the other.
func (p pair) links(id string) (mine, theirs Link) {
	words := p.told()
	mine = Link{Of: id, To: p.id, Score: p.score, Topics: p.topics}
	theirs = Link{Of: p.id, To: id, Score: p.score, Topics: p.topics}
	for _, w := range words[:min(len(words), MostWords)] {
		mine.Words, theirs.Words = append(mine.Words, w.Mine), append(theirs.Words, w.Theirs)
	}
	return mine, theirs
}

// Equal reports that two entries say the same.
func (l Link) Equal(o Link) bool {
	return l.Of == o.Of && l.To == o.To && l.Score == o.Score && slices.Equal(l.Topics, o.Topics) && slices.Equal(l.Words, o.Words)
}

// Before orders links from best to worst; of equal ones the newer identifier is first.
func (l Link) Before(o Link) int {
	return cmp.Or(cmp.Compare(o.Score, l.Score), cmp.Compare(o.To, l.To))
}

// Best keeps the best n links, best first.
func Best(list []Link, n int) []Link {
	slices.SortFunc(list, Link.Before)
	return list[:min(len(list), n)]
}

// Targets are what links lead to.
func Targets(list []Link) []string {
	ids := make([]string, len(list))
	for i, l := range list {
		ids[i] = l.To
	}
	return ids
}
