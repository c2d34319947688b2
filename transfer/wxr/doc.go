// Package wxr reads WordPress exports (WordPress eXtended RSS, versions 1.0, 1.1
// and 1.2), as one XML file, gzipped, or as a zip of one or several parts.
//
// A [Source] is the file; [Source.Read] streams it and hands each [Author], [Term]
// and [Item] to a [Handler] as soon as it is complete, so that memory depends on
// the largest single item and never on the file. An item carries its comments
// and its meta values with it. The [Summary] counts what was read and says, as a
// strict XML parser would, whether the file is well-formed.
//
// Files that are not well-formed are common and are read all the same; each thing
// that was left out or had to be guessed is a [Problem] with its line. Refused
// with an error are only a document type, sizes and depths beyond [Limits], and
// archives that try to escape or to explode.
//
// The package trusts nothing it reads: it never opens an address, writes no file,
// and hands on text as it stands. HTML in contents is as dangerous here as it was
// in the file (package markup makes it plain, the renderer makes it safe), an
// author named here is not a member, and no role is taken over.
package wxr
