// Package drawing makes the pictures that the program needs and nobody sent:
// the sample community's covers and portraits, the card that a shared link
// shows, the program's own mark.
//
// Words. A base is four colours; every picture consists of their mixes in
// ninths, laid flat as in a linocut, with no gradient and no shadow. A plate is
// the choice of mixes for one time of day. A motif names what a landscape
// shows; in each there is a path, waymarks with a blaze, and a signpost. A
// fold is one layer of hills, a gouge the mark of a cutting tool.
//
// All is drawn in units of a canvas 900 high, so a picture is the same at
// every size, and from dice with a seed, so it is the same every time. The
// package must never use the clock, the network, a file or a source of chance
// of its own, and takes no picture from outside.
package drawing
