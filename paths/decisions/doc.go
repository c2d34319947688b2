// Package decisions compares the options of a decision, stay, leave or detour, by
// what its member wrote: criteria in ranks, scores from low over likely to high,
// and must-haves. It has no clock, no storage and no words of the interface.
//
// Nobody is asked for percentages: the weights are every set that fits the ranks
// (Lahdelma and Salminen 2001, SMAA-2), and where one set is needed, the middle
// of them, the rank-order centroid (Edwards and Barron 1994, SMARTER). Scores
// are read as ranges that people give too narrow.
//
// An option that fails a must-have stays in the decision and is not counted. The
// result never names a winner or says what to do: it says how often each option
// came out best, how sure that is, and what would change it.
//
// The same decision always makes the same result: its draws follow from its
// identifier. Version says by which method.
package decisions

// Version is the version of the method. It rises when a decision would come out
// differently than before.
const Version = 1
