// Package passkeys lets accounts sign in by a passkey: a key that a telephone, a
// computer or a stick keeps and uses for one site alone (WebAuthn, W3C).
//
// A challenge is signed once, within five minutes, by the browser that asked for it or
// the account that adds a passkey; only its hash is kept. Passkeys name their account
// themselves, so asking to sign in tells nobody who has one. Roles above member need a
// passkey that has checked who holds it. The last way into an account cannot be removed.
//
// Nothing here decides by what a passkey is made of: no attestation is asked for.
package passkeys
