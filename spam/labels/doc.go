// Package labels keeps what moderators decided of texts and makes the filter's model of
// it. The labels are the truth, the model follows from them: it is the fold over the last
// label of each subject that is not void, in the order in which they were committed. So
// every node comes to the same model, a set of wrong labels is taken back as if they had
// never been, and one command makes the model anew.
package labels
