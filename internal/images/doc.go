// Package images makes pictures that people send safe to keep and quick to
// show.
//
// Words. A picture is judged by its bytes, never by its name or declared
// type. The survey is what its header tells before a single pixel is decoded:
// format, width, height, frames, orientation and the memory that decoding
// will take. A picture outside the limits is met with a Refusal, whose
// sentence tells the sender what to do. What passes is decoded, turned
// upright, reduced to the longest edge that is kept, and encoded anew: the
// bytes that came in are never kept, so no position, camera, comment, colour
// profile or trailing data survives.
//
// Two pictures are worked on at a time, or one heavy one; the rest wait.
//
// The package must never write a file, trust a name, keep metadata, or accept
// a format that can carry script (SVG, HTML). Wide-gamut photographs lose
// their colour profile and are then read as sRGB, which mutes them slightly.
package images
