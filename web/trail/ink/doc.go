// Package ink is what the figure of a path is drawn with: its faces and colours, the
// strokes that tell the kinds of steps apart, the small pictures on the trail, and the
// land it lies in.
//
// It knows nothing of time, of what stands where, or of the words of a trail beyond the
// kinds of its steps.
package ink
