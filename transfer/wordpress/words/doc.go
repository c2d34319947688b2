// Package words makes what foreign HTML and addresses say into lines, slugs, paths and the
// Markdown of replies. It must never let through markup.
package words
