package spam

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"math"
)

const modelMark = "waypost spam model\n"

// Bytes is all that the model knows, the same for the same history on every machine.
func (m *Model) Bytes() []byte {
	out := append([]byte(modelMark), Version, layout)
	var base [sha256.Size]byte
	if m.base != nil {
		base = m.base.sum
	}
	out = append(out, base[:]...)
	for class := range m.labels {
		out = binary.AppendUvarint(out, uint64(m.labels[class]))
	}
	out = m.gauge.append(out)
	out = appendWeights(out, m.weights)
	out = m.counts.append(out)
	out = m.memory.append(out)
	sum := sha256.Sum256(out)
	return append(out, sum[:8]...)
}

func appendWeights(out []byte, weights []weight) []byte {
	last := 0
	for at, w := range weights {
		if w != (weight{}) {
			out = binary.AppendUvarint(out, uint64(at-last+1))
			out = binary.LittleEndian.AppendUint32(out, math.Float32bits(w.now))
			out = binary.LittleEndian.AppendUint32(out, math.Float32bits(w.past))
			last = at
		}
	}
	return append(out, 0)
}

func (g *gauge) append(out []byte) []byte {
	out = binary.AppendUvarint(out, uint64(g.labels))
	out = binary.LittleEndian.AppendUint64(out, math.Float64bits(g.slope))
	out = binary.LittleEndian.AppendUint64(out, math.Float64bits(g.bias))
	for class, margins := range g.recent {
		out = binary.AppendUvarint(out, uint64(g.next[class]))
		out = binary.AppendUvarint(out, uint64(len(margins)))
		for _, m := range margins {
			out = binary.LittleEndian.AppendUint32(out, math.Float32bits(m))
		}
	}
	return out
}

func (c *counts) append(out []byte) []byte {
	sorted := c.sorted()
	out = binary.AppendUvarint(out, uint64(len(sorted)))
	last := uint32(0)
	for _, one := range sorted {
		out = binary.AppendUvarint(out, uint64(one.id-last))
		out = binary.AppendUvarint(out, uint64(one.of[0]))
		out = binary.AppendUvarint(out, uint64(one.of[1]))
		last = one.id
	}
	return out
}

func (k *memory) append(out []byte) []byte {
	for class, kept := range k.kept {
		out = binary.AppendUvarint(out, k.seen[class])
		out = binary.AppendUvarint(out, uint64(len(kept)))
		for _, one := range kept {
			out = binary.AppendUvarint(out, uint64(len(one)))
			out = append(out, one...)
		}
	}
	return out
}

var (
	errModel     = errors.New("not a model that this version of the filter wrote")
	errOtherBase = errors.New("the model stands on another base")
)

// Read reads what Bytes wrote; the base must be the one that it was learned on. Models of
// other versions are not read: they are made again from the labels.
func Read(in []byte, base *Base) (*Model, error) {
	head := len(modelMark) + 2 + sha256.Size
	if len(in) < head+8 || !bytes.Equal(in[:len(modelMark)+2], append([]byte(modelMark), Version, layout)) {
		return nil, errModel
	}
	sum := sha256.Sum256(in[:len(in)-8])
	if !bytes.Equal(sum[:8], in[len(in)-8:]) {
		return nil, errModel
	}
	var own [sha256.Size]byte
	if base != nil {
		own = base.sum
	}
	if !bytes.Equal(own[:], in[head-sha256.Size:head]) {
		return nil, errOtherBase
	}
	m := New(base)
	s := &scanner{in: in[head : len(in)-8]}
	m.labels = [2]int{s.number(1 << 40), s.number(1 << 40)}
	m.gauge.read(s)
	s.weights(m.weights)
	m.counts.read(s)
	m.memory.read(s)
	if s.failed || len(s.in) > 0 {
		return nil, errModel
	}
	return m, nil
}

// scanner reads numbers until one is not as it must be.
type scanner struct {
	in     []byte
	failed bool
}

func (s *scanner) number(below uint64) int {
	n, size := binary.Uvarint(s.in)
	if size <= 0 || n >= below {
		s.failed, s.in = true, nil
		return 0
	}
	s.in = s.in[size:]
	return int(n)
}

func (s *scanner) bytes(n int) []byte {
	if n > len(s.in) {
		s.failed, s.in = true, nil
		return make([]byte, min(n, 8))
	}
	out := s.in[:n]
	s.in = s.in[n:]
	return out
}

func (s *scanner) float32() float32 {
	f := math.Float32frombits(binary.LittleEndian.Uint32(s.bytes(4)))
	s.failed = s.failed || f != f
	return f
}

func (s *scanner) float64() float64 {
	f := math.Float64frombits(binary.LittleEndian.Uint64(s.bytes(8)))
	s.failed = s.failed || f != f
	return f
}

func (s *scanner) weights(weights []weight) {
	for at := 0; !s.failed; {
		gap := s.number(1<<places + 1)
		if gap == 0 {
			return
		}
		if at += gap - 1; at >= len(weights) {
			s.failed = true
			return
		}
		weights[at] = weight{s.float32(), s.float32()}
	}
}

func (g *gauge) read(s *scanner) {
	g.labels = s.number(1 << 40)
	g.slope, g.bias = s.float64(), s.float64()
	for class := range g.recent {
		g.next[class] = s.number(uint64(gaugeRing))
		n := s.number(uint64(gaugeRing) + 1)
		for range n {
			g.recent[class] = append(g.recent[class], s.float32())
		}
	}
}

func (c *counts) read(s *scanner) {
	n := s.number(countMost + 1)
	if n > 0 {
		c.slots = make([]count, countSlots)
	}
	last := uint64(0)
	for range n {
		last += uint64(s.number(1 << 32))
		one := count{uint32(last), [2]uint16{uint16(s.number(1 << 16)), uint16(s.number(1 << 16))}}
		if s.failed || last == 0 || last >= 1<<32 {
			s.failed = true
			return
		}
		c.slots[c.find(one.id)] = one
		c.used++
	}
}

func (k *memory) read(s *scanner) {
	var l located
	for class := range k.kept {
		k.seen[class] = uint64(s.number(1 << 40))
		n := s.number(budget)
		for range n {
			one := bytes.Clone(s.bytes(s.number(budget)))
			k.bytes[class] += len(one)
			if s.failed || k.bytes[class] > budget || !l.unpack(one) {
				s.failed = true
				return
			}
			k.kept[class] = append(k.kept[class], one)
		}
	}
}
