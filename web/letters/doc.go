// Package letters serves what the links at the foot of letters lead to, and the page by
// which readers without an account subscribe, and by which they learn what is held on
// their address and have it removed.
//
// Nobody needs a cookie or an account here. Looking at a link shows one button and
// changes nothing; programs of mail providers press it with one POST (RFC 8058).
package letters
