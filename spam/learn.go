package spam

import (
	"encoding/binary"
	"math"
)

// Learn takes in that a message was spam or was not. The same labels in the same order
// make the same model on every machine.
func (m *Model) Learn(f Features, spam bool) {
	class := 0
	if spam {
		class = 1
	}
	l := m.desk
	l.of(&f)
	margin := m.margin(l)
	m.gauge.add(margin, class)
	m.correct(l, class, margin)
	m.labels[class]++
	m.counts.add(f.of[groupWords], class)
	m.counts.add(f.of[groupLinks], class)
	m.replay()
	l.of(&f)
	m.memory.keep(l, class, uint64(m.labels[0]+m.labels[1]))
}

// correct moves the weights of a message towards its label if its margin is not enough.
func (m *Model) correct(l *located, class int, margin float64) {
	sign := float64(2*class - 1)
	if float64(sign*margin) >= enough {
		return
	}
	slope := logistic(-float64(sign * margin))
	from := 0
	for _, n := range l.n {
		if n == 0 {
			continue
		}
		v := float64(slope * value(n))
		square := float32(float64(v * v))
		push := float32(float64(sign * float64(rate*v)))
		for _, at := range l.at[from : from+n] {
			w := &m.weights[at]
			w.past += square
			w.now += float32(push / float32(math.Sqrt(float64(w.past+float32(start)))))
		}
		from += n
	}
}

// replay looks at older labels again, of both kinds in turn, chosen by a generator that
// the number of labels drives.
func (m *Model) replay() {
	n := uint64(m.labels[0] + m.labels[1])
	for i := range replays {
		class := i & 1
		old := m.memory.some(class, mix(n<<8|uint64(i)))
		if old == nil {
			continue
		}
		m.desk.unpack(old)
		m.correct(m.desk, class, m.margin(m.desk))
	}
}

// memory keeps the features of some labels, chosen so that each label of a kind is as
// likely to be kept as any other, within a budget.
type memory struct {
	kept  [2][][]byte
	bytes [2]int
	seen  [2]uint64
}

// budget is of the bytes that the memory of each kind takes; an entry more than a
// sixteenth of it long is not kept.
const budget = 600 << 10

func (k *memory) some(class int, at uint64) []byte {
	if len(k.kept[class]) == 0 {
		return nil
	}
	return k.kept[class][at%uint64(len(k.kept[class]))]
}

func (k *memory) keep(l *located, class int, turn uint64) {
	k.seen[class]++
	packed := l.pack()
	if len(packed) > budget/16 {
		return
	}
	if k.bytes[class]+len(packed) > budget {
		if mix(turn^0x5bd1e995)%k.seen[class] >= uint64(len(k.kept[class])) {
			return
		}
		for i := uint64(0); k.bytes[class]+len(packed) > budget; i++ {
			k.drop(class, mix(turn<<16|i)%uint64(len(k.kept[class])))
		}
	}
	k.kept[class] = append(k.kept[class], packed)
	k.bytes[class] += len(packed)
}

func (k *memory) drop(class int, at uint64) {
	kept := k.kept[class]
	k.bytes[class] -= len(kept[at])
	last := len(kept) - 1
	kept[at], kept[last] = kept[last], nil
	k.kept[class] = kept[:last]
}

// pack writes places as the gaps between them.
func (l *located) pack() []byte {
	out := make([]byte, 0, 2*len(l.at)+2*groups)
	from := 0
	for _, n := range l.n {
		out = binary.AppendUvarint(out, uint64(n))
		last := uint32(0)
		for _, at := range l.at[from : from+n] {
			out = binary.AppendUvarint(out, uint64(at-last))
			last = at
		}
		from += n
	}
	return out
}

// unpack reads what pack wrote; false if it is no such thing.
func (l *located) unpack(in []byte) bool {
	l.at = l.at[:0]
	for g := range l.n {
		n, size := binary.Uvarint(in)
		if size <= 0 || n > uint64(len(in)) {
			return false
		}
		in = in[size:]
		l.n[g] = int(n)
		last := uint64(0)
		for range n {
			gap, size := binary.Uvarint(in)
			if last += gap; size <= 0 || gap >= 1<<places || last >= 1<<places {
				return false
			}
			l.at = append(l.at, uint32(last))
			in = in[size:]
		}
	}
	return len(in) == 0
}
