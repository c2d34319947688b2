// Package spam tells replies from spam, says how sure it is and why, and learns from what
// moderators decide. It reads no clock, network, file or database; what to do with a
// verdict is others' business.
//
// A Message is read into Features: hashes of its words, of pairs of them, of runs of
// letters, of shapes (how long, how many links, what is hidden or disguised), of its
// writer and of its links. Look-alike letters, entities, signs that nobody sees, spaced
// out words and digits that stand for letters are folded first. From features no text
// can be read back; a label keeps them when its text has to go.
//
// A Model is a weight for each feature, moved by each label (logistic regression, AdaGrad,
// with older labels looked at again). It is a fold over labels: the same labels in the
// same order make the same bytes on every machine, so that a set of wrong labels is undone
// by making the model again without them. Below it lies a Base, made of examples that the
// program comes with; a hundred labels outweigh it, and alone it never calls anything
// spam, only unsure.
//
// A label is a moderator's decision on a message that they saw. What was published without
// anybody looking is no label.
//
// Check changes nothing and may run in many goroutines at once. Learn needs the model for
// itself: neither Check nor Learn nor Bytes may run beside it.
package spam
