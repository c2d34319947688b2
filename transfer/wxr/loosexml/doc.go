// Package loosexml reads XML that its writer did not quite get right, and says
// how far it strays from the standard. Blog exports contain bare ampersands,
// undeclared prefixes, nested CDATA and broken ends; a strict parser stops at
// the first of these, yet nearly everything behind it can be read.
//
// A [Decoder] hands out tags and text as they are written, without demanding
// that they balance: what belongs together is for the caller to decide, who
// knows the format. Beside it runs a strict judgement: [Decoder.Err] is the first
// place where a parser of "Extensible Markup Language (XML) 1.0" with
// "Namespaces in XML 1.0" would have stopped.
//
// The package never holds more than a fixed buffer, whatever the size of the
// input. It knows no entities beyond those of XML and HTML, reads no document
// type (one is refused, since all known use in exports is hostile), and opens
// nothing by itself.
package loosexml
