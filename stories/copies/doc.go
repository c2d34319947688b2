// Package copies makes files of stories that are read without this program: the text
// with its title, byline and topics in front, every version that was saved, and the
// path behind it as the document that docs/formats/trail.md describes.
package copies
