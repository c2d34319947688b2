// Package joining is how somebody comes in: they ask with an e-mail address, confirm it
// by the letter, and have an account; who may is the owner's to say.
//
// The modes: open to everybody; with approval, where people wait for an owner or an
// organizer; by invitation only; only with an address of certain domains. An invitation
// is a link that lets in a number of people until a day, with a role that its maker has;
// it opens the door where the mode would not, and never makes an owner.
//
// Nothing is kept of an address before it is confirmed but a proof that ends by itself and
// the letter to it, which goes with it. An address that was removed for good is barred: only a keyed hash of it is kept, and no
// link, invitation or approval lets it in again.
package joining
