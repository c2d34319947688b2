// Package join is the door: the pages on which somebody signs in or joins by e-mail, is
// welcomed or waits, and those on which owners and organizers say who may come in.
//
// Nobody learns from them who has an account: both doors take any address, answer alike
// and do the same work; the letter goes out later. GET changes nothing, so a program that
// looks where the links of a letter lead spends none.
package join
