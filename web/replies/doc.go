// Package replies serves the pages on which somebody writes a reply, sees what became of
// it, changes it or takes it back, reports another's, and ends letters on answers.
//
// No account and no script is needed. A form counts when it comes back with a stamp that
// says when it was shown; one from a kept page has none and is shown once more, as it
// will look, with a stamp. Whatever goes wrong, what was typed comes back with the form.
// That a browser sent a reply it proves by a signed cookie.
package replies
