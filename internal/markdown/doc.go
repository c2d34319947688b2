// Package markdown turns text written by people into HTML that is safe to put on a page. It is the only renderer of
// the program and holds its only sanitiser policy.
//
// A text takes one of three ways in, and all of them one way out:
//
//	Story     Markdown of a story or a page ─ goldmark ─┐
//	Note      Markdown of a bio or a note ─── goldmark ─┼─ build ─ html.Render ─ bluemonday ─ Document
//	Imported  HTML that came from elsewhere ────────────┘
//
// build reads tags and makes a new tree of its own that follows HTML's content model, so that a browser parses the
// output into exactly the tree that was meant. bluemonday comes last and changes nothing as long as build is right.
//
// Words used here:
//
//   - card: the plain paragraph with a link that stands where a picture, video, sound or post of another host would
//     have been fetched from that host;
//   - figure: a picture of this site on its own, with its caption if it has one;
//   - outline: the headings of a text, from which a page may draw a list of contents.
//
// What it must never do: let anything through that runs or styles; make a browser ask another host for anything; keep an
// id that was not made here; take more than linear time; look anything up by itself (pictures come through Options).
package markdown
