// Package desk serves what those who run the community do behind sign-in: what needs
// doing today, resources, topics, authors, pages, imports and the settings. Stories are
// written in web/desk/write.
//
// Every route but those of signing in asks for a role. Handlers hold no rules: they read
// a form, ask a feature, and show its answer. Typed text survives every error: a form
// that cannot be saved comes back as it was typed, with what to mend.
//
// Everything works without script. Nothing here is kept or seen by anybody else.
package desk
