// Package shell is what every page behind sign-in stands in: who asks, by the session
// in their cookie; the layout with its menu; the language; and the refused form that
// comes back with what was typed, whatever refused it.
//
// It serves no page of its own. The desk, the editor, the pages of signing in and a
// member's own pages embed a Shell and show through it.
package shell
