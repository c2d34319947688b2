package spam

import (
	"cmp"
	"math"
	"slices"
)

// cause is something in a message that people can be told about; the features that come
// of it weigh together.
type cause struct {
	Reason
	id   uint32 // of the feature that is counted
	from int    // a word, in the folded text
	to   int
}

// spoken is a feature and the cause it comes of.
type spoken struct {
	id    uint32
	group uint8
	cause uint16
}

const mostCauses = 400

// because starts a cause, or finds the one with that code and id; -1 if there are too many.
func (r *reader) because(code string, id uint32) int {
	if !r.speak {
		return -1
	}
	for i := range r.causes {
		if r.causes[i].id == id && r.causes[i].Code == code {
			return i
		}
	}
	if len(r.causes) >= mostCauses {
		return -1
	}
	r.causes = append(r.causes, cause{Reason: Reason{Code: code}, id: id})
	return len(r.causes) - 1
}

// becauseOfWord is the cause of one word.
func (r *reader) becauseOfWord(w *word) int {
	c := r.because(Word, w.hash)
	if c >= 0 && r.causes[c].to == 0 {
		r.causes[c].from, r.causes[c].to = w.from, w.to
	}
	return c
}

// note says that a feature comes of a cause.
func (r *reader) note(group int, id uint32, cause int) {
	if cause >= 0 {
		r.spoken = append(r.spoken, spoken{id >> (32 - places), uint8(group), uint16(cause)})
	}
}

const (
	mostReasons = 5
	tellingWord = 5 // signs; a shorter word that nobody decided about tells nobody anything
)

// reasons are those that weighed most: for spam what speaks for spam, for ham what speaks
// for ham, and else whatever weighs.
func (r *reader) reasons(m *Model, v Verdict) []Reason {
	var values [groups]float64
	for g, ids := range r.out.of {
		if len(ids) > 0 {
			values[g] = value(len(ids))
		}
	}
	trust := m.trust()
	for _, s := range r.spoken {
		w := float64(m.weights[s.id].now)
		if m.base != nil && s.group != groupWriter {
			w += float64(float64(trust*float64(m.base.slope*m.base.unit)) * float64(m.base.weights[s.id]))
		}
		r.causes[s.cause].Weight += float64(w * values[s.group])
	}
	side := 0.0
	switch {
	case v.Kind == Spam:
		side = 1
	case v.Kind == Ham:
		side = -1
	}
	const least = 0.02
	weighty := r.causes[:0]
	for _, c := range r.causes {
		if math.Abs(c.Weight) >= least && float64(side*c.Weight) >= 0 {
			weighty = append(weighty, c)
		}
	}
	slices.SortStableFunc(weighty, func(a, b cause) int { return cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)) })
	out := make([]Reason, 0, mostReasons)
	for _, c := range weighty {
		reason := r.worded(m, c)
		told := slices.ContainsFunc(out, func(o Reason) bool { return o.Code == reason.Code && o.Text == reason.Text })
		if told || reason.Code == Word && reason.Spam+reason.Ham == 0 && c.to-c.from < tellingWord {
			continue
		}
		if out = append(out, reason); len(out) == mostReasons {
			break
		}
	}
	return out
}

// worded fills in what the sentence of a reason needs.
func (r *reader) worded(m *Model, c cause) Reason {
	reason := c.Reason
	switch c.Code {
	case Word:
		reason.Text = string(r.text.runes[c.from:min(c.to, c.from+40)])
		reason.Ham, reason.Spam = m.counts.seen(c.id)
	case Host:
		reason.Ham, reason.Spam = m.counts.seen(c.id)
		if reason.Ham+reason.Spam == 0 {
			return Reason{Code: NewHosts, N: r.newHosts(m), Weight: c.Weight}
		}
	}
	return reason
}

func (r *reader) newHosts(m *Model) int {
	n := 0
	for i := range r.links {
		if ham, spam := m.counts.seen(hostID(r.links[i].host)); ham+spam == 0 {
			n++
		}
	}
	return n
}
