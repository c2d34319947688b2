// Package timescale says where in a drawing a day lies. Time is stretched where much
// happens and drawn together where little does, as on a strip map; milestones show by
// how much.
//
// The package knows days and places, and nothing of what lies there. Equal input gives
// equal places on every machine.
package timescale
