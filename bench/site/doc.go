// Package site makes the communities that the bench measures: opened in this
// process, and filled with stories of a given length that are put together from the
// sentences of the sample community, so that they compress as people's words do.
package site
