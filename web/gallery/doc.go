// Package gallery prepares what pages and parts of pages show in each of their
// states: as usual, empty, one, long, with an error. A scene is one page in one state.
// It is shown by the templates and the renderer that readers get, in any language of
// the interface and in one that runs from right to left.
//
// The states are made of values; nothing here reads a database or knows a request. A
// template, or a branch of one, that no scene shows fails a test.
package gallery
