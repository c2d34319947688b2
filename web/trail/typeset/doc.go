// Package typeset sets the texts of a drawing: it measures them, breaks them into
// lines, places them so that none lies on another, and writes SVG.
//
// Its words:
//
//   - face: one way of setting text, a class with its size and looks;
//   - block: lines of text one under the other; its room is a box;
//   - sheet: all texts of a drawing, each at its place;
//   - flag: a text beside a pole that rises from the trail or hangs from it, in one
//     of several forms from the fullest to the shortest;
//   - zone: the room above or below the trail in which flags stand; a flag's
//     distances are measured from the zone's edge at the trail;
//   - pen: what writes the SVG.
//
// Places are given from the start side of the reading direction; only the pen knows
// where on the page that is. There are no fonts here: widths are estimated, on the
// wide side, so that text fits whatever font a reader has.
//
// The package must never know what a trail is, let text into the SVG unescaped, or
// depend on the order of a map or on how a processor rounds: products within sums
// are rounded explicitly.
package typeset
