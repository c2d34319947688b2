// Package resources is the community's library: outside links chosen by its
// editors, each with a note on why it is worth the time, filed under topics.
package resources
