package images

// Reason tells a screen which sentence to show for a Refusal.
type Reason string

// The reasons for which a picture is refused.
const (
	WrongFormat   Reason = "format"  // not a PNG, JPEG, GIF or WebP
	TooManyBytes  Reason = "bytes"   // larger than Limits.Bytes
	TooLarge      Reason = "size"    // more pixels, scans or memory than decoding may take
	TooManyFrames Reason = "frames"  // more frames than Limits.Frames
	Moving        Reason = "moving"  // an animated WebP, which cannot be read
	Damaged       Reason = "damaged" // begins well and then cannot be decoded
)

// Refusal is the error for a picture that is not accepted. Err is the
// decoder's own complaint, for the log; it may be nil.
type Refusal struct {
	Reason Reason
	Err    error
}

// Error says in one sentence what is wrong and what the sender can do.
func (r *Refusal) Error() string {
	switch r.Reason {
	case WrongFormat:
		return "This is not a picture we can keep: save it as PNG, JPEG, GIF or WebP and send it again."
	case TooManyBytes:
		return "This picture's file is too big: save it smaller, or as a JPEG, and send it again."
	case TooLarge:
		return "This picture has too many pixels to open safely: make it at most 4,000 pixels wide and send it again."
	case TooManyFrames:
		return "This animation has too many frames: send its first picture as PNG or JPEG."
	case Moving:
		return "Moving WebP pictures cannot be read: send a still one, as PNG or JPEG."
	default:
		return "This picture is damaged or incomplete: open it on your machine, save it again as PNG or JPEG and send that."
	}
}

// Unwrap gives the decoder's complaint.
func (r *Refusal) Unwrap() error { return r.Err }
