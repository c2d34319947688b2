// Package proofs is how somebody shows that they read an e-mail address, or that they
// were given a link: the one mechanism behind signing in, joining, another address, a
// fresh sign-in, subscriptions and requests for one's data.
//
// A proof has a link of 256 random bits and, where a browser asked for it, a code of six
// digits. It is bound to a purpose, opens once, and ends by its time, by a newer one of
// the same purpose, or by End. The link's secret is kept as a hash, the code as a keyed
// hash bound to the proof. A code works only in the browser that asked, known by a secret
// in its cookie, and five wrong ones end it.
//
// There are two ways to a proof.
//
//   - Whoever is signed in, or stands at the console: Issue makes the proof at once; the
//     caller posts the letter in the same transaction.
//
//   - Anybody on the net: Ask writes a waiting row, the same for every address, and looks
//     nothing up. A job comes by, asks the Answerer of the purpose who that address is and
//     what to write, keeps the limits, and posts. So the request tells nothing about who
//     has an account, neither by its words nor by its work.
//
//     Ask ─▶ waiting ──Answer──▶ open ──Redeem, Try──▶ used
//     └─ limits, no answer ─▶ ended ◀─ newer, End ┘
//
// To offer another purpose to strangers: name it, give Service.Answers an Answerer for
// it, let the page call Ask and set the cookie to what it returns, and spend the proof
// with Redeem (link) or Try (code) where a button is pressed, never on GET.
package proofs
