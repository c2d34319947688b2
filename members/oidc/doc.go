// Package oidc lets accounts sign in by an account at another site (OpenID Connect).
//
// Who somebody is, is their issuer and subject, and nothing else: an address never links
// an account, whatever the provider says of it, and no claim gives a role. An identity is
// linked from a signed-in session alone. Each way there and back has a state, a nonce and a
// verifier of its own, works once, within ten minutes, in the browser that began it.
//
// Providers are asked when somebody first wants to go there, never at the start; one that
// does not answer takes no other way in away.
package oidc
