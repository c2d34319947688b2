// Package beside chooses what stands around a story: its neighbours, more by its authors,
// related stories and resources, with the reasons. It is chosen when something changes
// and only read when somebody looks.
package beside
