package images

// Limits bounds what one picture may cost. A zero field takes the value of
// DefaultLimits.
type Limits struct {
	Bytes  int64 // size of the file
	Pixels int64 // width times height
	Frames int   // frames of a GIF; only the first is kept
	Memory int64 // bytes that decoding may take, estimated from the header
	Edge   int   // longest edge, in pixels, of what is kept; larger is reduced
}

// DefaultLimits fits a photograph from a telephone and keeps the memory of
// one decoding under 200 MB in all.
func DefaultLimits() Limits {
	return Limits{
		Bytes:  15 << 20,
		Pixels: 24_000_000,
		Frames: 100,
		Memory: 120_000_000,
		Edge:   2400,
	}
}

func (l Limits) filled() Limits {
	d := DefaultLimits()
	if l.Bytes <= 0 {
		l.Bytes = d.Bytes
	}
	if l.Pixels <= 0 {
		l.Pixels = d.Pixels
	}
	if l.Frames <= 0 {
		l.Frames = d.Frames
	}
	if l.Memory <= 0 {
		l.Memory = d.Memory
	}
	if l.Edge <= 0 {
		l.Edge = d.Edge
	}
	return l
}
