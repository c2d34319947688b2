package spam

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"
	"math"
)

// Base is what a model stands on before a community has decided anything: weights made
// of examples, which never change. Labels soon outweigh it.
type Base struct {
	weights []int8
	unit    float64 // what a weight of 1 is worth
	slope   float64
	bias    float64
	sum     [sha256.Size]byte
}

// Example is a labelled message.
type Example struct {
	Message Message
	Spam    bool
}

// How a base is trained.
const (
	rounds = 6 // over all examples
	folds  = 5
)

// TrainBase makes a base of examples. It reads what they say and not who wrote them: the
// names of examples tell nothing about those of people elsewhere. Their order does not matter to how good it is, and
// the same examples in the same order make the same bytes on every machine.
func TrainBase(examples []Example) (*Base, error) {
	var all [2]int
	read := make([]Features, len(examples))
	for i, e := range examples {
		read[i] = Extract(e.Message)
		read[i].of[groupWriter] = nil
		all[class(e.Spam)]++
	}
	if all[0] < folds || all[1] < folds {
		return nil, errors.New("a base takes at least five examples of spam and five that are none")
	}
	order := shuffled(len(examples))
	held := newGauge()
	for fold := range folds {
		m := New(nil)
		m.round(read, examples, order, func(i int) bool { return i%folds != fold })
		for i := fold; i < len(order); i += folds {
			at := order[i]
			m.desk.of(&read[at])
			c := class(examples[at].Spam)
			held.recent[c] = append(held.recent[c], float32(m.learned(m.desk)))
		}
	}
	for range 10 {
		held.fit()
	}
	m := New(nil)
	m.round(read, examples, order, func(int) bool { return true })
	return quantised(m, held), nil
}

func class(spam bool) int {
	if spam {
		return 1
	}
	return 0
}

func shuffled(n int) []int {
	order := make([]int, n)
	for i := range order {
		j := int(mix(uint64(i)+1) % uint64(i+1))
		order[i], order[j] = order[j], i
	}
	return order
}

// round teaches a model the examples that take part, several times over.
func (m *Model) round(read []Features, examples []Example, order []int, part func(int) bool) {
	for range rounds {
		for i, at := range order {
			if !part(i) {
				continue
			}
			m.desk.of(&read[at])
			m.correct(m.desk, class(examples[at].Spam), m.learned(m.desk))
		}
	}
}

func quantised(m *Model, held gauge) *Base {
	most := 0.0
	for _, w := range m.weights {
		most = max(most, math.Abs(float64(w.now)))
	}
	b := &Base{weights: make([]int8, 1<<places), unit: float64(most / 127), slope: held.slope, bias: held.bias}
	for i, w := range m.weights {
		b.weights[i] = int8(math.Round(float64(float64(w.now) / b.unit)))
	}
	b.sum = sha256.Sum256(b.plain())
	return b
}

// margin is what the base thinks of a message.
func (b *Base) margin(l *located) float64 {
	total, from := 0.0, 0
	for g, n := range l.n {
		if n == 0 || g == groupWriter {
			from += n
			continue
		}
		sum := 0
		for _, at := range l.at[from : from+n] {
			sum += int(b.weights[at])
		}
		total += float64(float64(sum) * value(n))
		from += n
	}
	return float64(b.slope*float64(total*b.unit)) + b.bias
}

const baseMark = "waypost spam base 1\n"

// plain is the base without compression.
func (b *Base) plain() []byte {
	out := binary.LittleEndian.AppendUint64(nil, math.Float64bits(b.unit))
	out = binary.LittleEndian.AppendUint64(out, math.Float64bits(b.slope))
	out = binary.LittleEndian.AppendUint64(out, math.Float64bits(b.bias))
	last := 0
	for at, w := range b.weights {
		if w != 0 {
			out = binary.AppendUvarint(out, uint64(at-last))
			out = append(out, byte(w))
			last = at
		}
	}
	return out
}

// Bytes is the base as a file.
func (b *Base) Bytes() []byte {
	var out bytes.Buffer
	out.WriteString(baseMark)
	z, _ := flate.NewWriter(&out, flate.BestCompression)
	z.Write(b.plain())
	z.Close()
	return out.Bytes()
}

// IsBase tells whether a file is a trained base.
func IsBase(file []byte) bool { return bytes.HasPrefix(file, []byte(baseMark)) }

var errBase = errors.New("not a base model that this version of the filter made")

// ReadBase reads what Bytes wrote.
func ReadBase(file []byte) (*Base, error) {
	if !IsBase(file) {
		return nil, errBase
	}
	const most = 8 << places
	in, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(file[len(baseMark):])), most))
	if err != nil || len(in) < 24 {
		return nil, errBase
	}
	b := &Base{weights: make([]int8, 1<<places)}
	b.sum = sha256.Sum256(in)
	for i, number := range []*float64{&b.unit, &b.slope, &b.bias} {
		*number = math.Float64frombits(binary.LittleEndian.Uint64(in[8*i:]))
		if !(math.Abs(*number) < 1000) {
			return nil, errBase
		}
	}
	at := uint64(0)
	for in = in[24:]; len(in) > 0; {
		gap, size := binary.Uvarint(in)
		if at += gap; size <= 0 || size >= len(in) || gap >= 1<<places || at >= 1<<places {
			return nil, errBase
		}
		b.weights[at] = int8(in[size])
		in = in[size+1:]
	}
	return b, nil
}
