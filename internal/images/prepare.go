package images

import (
	"context"
	"fmt"
	"image"
	"io"
)

// Widths returns the widths, in pixels, that a picture is offered at.
func Widths() []int { return []int{480, 800, 1200, 1600} }

// Preparer makes pictures safe. It is shared by all who receive pictures, so
// that together they keep to two decodings at a time.
type Preparer struct {
	limits Limits
	gate   gate
}

// New makes a Preparer; zero limits take their defaults.
func New(l Limits) *Preparer {
	return &Preparer{limits: l.filled(), gate: newGate()}
}

// Prepare reads a picture from a stranger and encodes it anew: upright, no
// edge over Limits.Edge, without metadata. Photographs become JPEG, flat or
// transparent pictures and the first frame of a GIF become PNG, unless that would be
// larger than what is taken in. It reads at most one byte more than
// Limits.Bytes. The error is a *Refusal where the picture is at fault, otherwise
// that of r or ctx.
func (p *Preparer) Prepare(ctx context.Context, r io.Reader) (Encoded, error) {
	data, err := io.ReadAll(io.LimitReader(r, p.limits.Bytes+1))
	if err != nil {
		return Encoded{}, fmt.Errorf("read picture: %w", err)
	}
	if int64(len(data)) > p.limits.Bytes {
		return Encoded{}, &Refusal{Reason: TooManyBytes}
	}
	img, asPNG, leave, err := p.open(ctx, data)
	if err != nil {
		return Encoded{}, err
	}
	defer leave()
	made, err := encode(img, asPNG)
	if err == nil && asPNG && int64(len(made.Data)) > p.limits.Bytes && img.Opaque() {
		return encode(img, false) // noise is no drawing, whatever its file said
	}
	return made, err
}

// Sizes makes the smaller versions of a picture that Prepare gave, narrowest
// first: one for each of Widths that is less than its own width, in the same
// format, whatever its size in bytes. A picture narrower than all of them has none.
func (p *Preparer) Sizes(ctx context.Context, original []byte) ([]Encoded, error) {
	img, asPNG, leave, err := p.open(ctx, original)
	if err != nil {
		return nil, err
	}
	defer leave()
	var sizes []Encoded
	for _, width := range Widths() {
		if width >= img.Rect.Dx() {
			break
		}
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("scale picture to %d: %w", width, err)
		}
		size, err := encode(Scale(img, width), asPNG)
		if err != nil {
			return nil, fmt.Errorf("scale picture to %d: %w", width, err)
		}
		sizes = append(sizes, size)
	}
	return sizes, nil
}

// open decodes data within the limits but that of bytes, which is for what comes in:
// what Prepare made of it may be larger. While leave has not been called the
// picture holds its place among those being worked on.
func (p *Preparer) open(ctx context.Context, data []byte) (img *image.RGBA, asPNG bool, leave func(), err error) {
	s, err := look(data, p.limits)
	if err != nil {
		return nil, false, nil, err
	}
	leave, err = p.gate.enter(ctx, s.cost)
	if err != nil {
		return nil, false, nil, err
	}
	img, err = upright(data, s, p.limits.Edge)
	if err != nil {
		leave()
		return nil, false, nil, err
	}
	asPNG = s.format == gifFormat || s.format != jpegFormat && suitsPNG(img)
	return img, asPNG, leave, nil
}

func upright(data []byte, s survey, edge int) (*image.RGBA, error) {
	decoded, err := decode(s.format, data)
	if err != nil {
		return nil, &Refusal{Reason: Damaged, Err: err}
	}
	frame := decoded.Bounds()
	if s.format == gifFormat {
		frame = image.Rect(0, 0, s.width, s.height)
	}
	return turn(shrink(decoded, frame, edge), s.orientation), nil
}
