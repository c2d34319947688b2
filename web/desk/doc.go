// Package desk serves what lies behind sign-in: what needs doing today, the
// editor of stories with the path behind them, resources, topics, authors, pages,
// pictures and the community's settings.
//
// A visitor is known by the session in their cookie; every route but those of
// signing in asks for a role. Handlers hold no rules: they read a form, ask a
// feature, and show its answer. Typed text survives every error: a form that
// cannot be saved comes back as it was typed, with what to mend.
//
// Everything works without script. Nothing here is kept or seen by anybody else.
package desk
