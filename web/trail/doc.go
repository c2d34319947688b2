// Package trail draws paths as a trail on a map, in SVG text: the figure "The path
// behind this story" of a story's frozen trail, and a member's private path up to
// today, which only they see.
//
// There are two drawings of the same trail. The wide one runs with time from
// the reading direction's start to its end, as long as every label finds room for
// its kind, dates and whole title; the tall one runs downwards, for narrow screens.
// A trail with too much to say runs downwards in wide places, too. Beside them stands the same content as a list, and a title
// and description for those who do not see them.
//
// The words of the drawing code:
//
//   - leg: a step as it lies on the ground, from a day to a day;
//   - spine: the legs that follow one another and make the main trail;
//   - lane: a path beside the spine, for legs that overlap it;
//   - flag: a label at a pole that rises from a leg (or hangs from it), as package
//     typeset places it;
//   - turn: a moment with a mark on the trail and words beneath it: a blaze where
//     something changed, a hollow one where something may have changed, a fork where
//     something was decided;
//   - curve: the check-ins on a step of a private path, above the trail in a panel or,
//     where the trail runs downwards, in an inset beneath or beside the step's words.
//
// Equal input gives equal bytes on every machine: positions are rounded to a
// tenth, and products within sums are rounded explicitly so that no processor
// fuses them. The drawing never holds a style attribute, a style or script
// element, or a reference to anything outside itself; colours come from the
// site's stylesheet by class, with presentation attributes as a fall-back. It
// never tells more than the trail holds, and it never says whether a path was
// a good one.
package trail
