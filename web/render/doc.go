// Package render turns data into pages: templates, the words in the reader's
// language, assets under addresses that name their content, and the few places
// where text becomes HTML. No other package makes template.HTML.
package render
