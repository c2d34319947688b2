package spam

import (
	"encoding/binary"
	"errors"
)

// Version is that of the reading: features of another version mean something else and
// cannot be learned from.
const Version = 1

const mostFeatures = 100_000

var errFeatures = errors.New("not features of a message that this version of the filter read")

// MarshalBinary writes the features in a few hundred bytes.
func (f Features) MarshalBinary() ([]byte, error) {
	out := []byte{Version}
	for _, ids := range f.of {
		out = appendIDs(out, ids)
	}
	return out, nil
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (f *Features) UnmarshalBinary(in []byte) error {
	if len(in) == 0 || in[0] != Version {
		return errFeatures
	}
	in = in[1:]
	var read Features
	for g := range read.of {
		var ok bool
		if read.of[g], in, ok = cutIDs(in, uint64(1)<<fineBits[g]); !ok {
			return errFeatures
		}
	}
	if len(in) > 0 {
		return errFeatures
	}
	*f = read
	return nil
}

// appendIDs writes ascending numbers as their count and the gaps between them.
func appendIDs(out []byte, ids []uint32) []byte {
	out = binary.AppendUvarint(out, uint64(len(ids)))
	last := uint32(0)
	for _, id := range ids {
		out = binary.AppendUvarint(out, uint64(id-last))
		last = id
	}
	return out
}

func cutIDs(in []byte, below uint64) (ids []uint32, rest []byte, ok bool) {
	n, size := binary.Uvarint(in)
	if size <= 0 || n > mostFeatures || n > uint64(len(in)) {
		return nil, nil, false
	}
	in = in[size:]
	ids = make([]uint32, 0, n)
	last := uint64(0)
	for i := range n {
		gap, size := binary.Uvarint(in)
		if size <= 0 || gap >= below || i > 0 && gap == 0 || last+gap >= below {
			return nil, nil, false
		}
		last += gap
		ids = append(ids, uint32(last))
		in = in[size:]
	}
	return ids, in, true
}
