package app

import (
	"waypost/internal/db"
	"waypost/internal/mail/traces"
	"waypost/internal/personal"
)

// part is what a feature holds on people: how it is handed over, and what becomes of it
// when somebody leaves or is removed.
type part struct {
	tables []string // whose rows are about people
	held   func(tx *db.Tx, p personal.Person, out personal.Out) error
	forget func(tx *db.Tx, p personal.Person, w personal.Wish) error
	// addresses lists whom it knows by address alone; nil where it goes by account.
	addresses func(tx *db.Tx) ([]personal.Trace, error)
}

// parts is the whole of what is held on a person. Whoever adds a table that refers to
// an account, a profile or an address adds it here; a test walks the schema. The order
// is that of leaving: what refers to something comes before it.
func (a *App) parts() []part {
	return []part{
		// Stories: with the name, without it or removed, as they wish; drafts go always.
		{[]string{"stories", "story_authors", "story_revisions", "story_pictures", "story_notes"}, a.copies().Held, a.forgetStories, nil},
		// What was typed and not saved: goes.
		{[]string{"story_drafts"}, a.Drafts.Held, a.Drafts.Forget, nil},
		// Pictures: who uploaded them goes; what nobody shows then is removed by a job.
		{[]string{"picture_uploads", "pictures"}, a.picturesHeld, plain(a.Pictures.Forget), nil},
		// Replies: the address goes always, name and text as they wish; what somebody decided stays.
		{[]string{"replies", "reply_checks", "reply_watches", "reply_addresses", "reply_acts", "reply_blocks", "spam_labels"}, a.Replies.Held, a.Replies.Forget, a.Replies.Addresses},
		// Replies from an old blog: the address goes always, name and text as they wish.
		{[]string{"imported_replies"}, a.Imports.Held, a.Imports.ForgetReplies, a.Imports.Addresses},
		// Names of an old blog's authors, in its index and in reports: go with the name.
		{[]string{"imported", "imports"}, nil, a.forgetImported, nil},
		// Subscriptions and follows: end at once; nobody follows whose name does not stay.
		{[]string{"subscriptions", "follows"}, a.News.Held, a.News.Forget, a.News.Addresses},
		// Letters: those that wait go; of those that were sent, address and text do.
		{[]string{"letters", "letter_texts"}, traces.Held, plain(traces.Forget), traces.Addresses},
		// Proofs of an address, and what was asked to join: go; whom somebody kept out stays out.
		{[]string{"proofs"}, a.Proofs.Held, plain(a.Proofs.Forget), a.Proofs.Addresses},
		{[]string{"invitations", "join_requests", "barred"}, a.Joining.Held, plain(a.Joining.Forget), a.Joining.Addresses},
		// Accounts at other sites: their links go.
		{[]string{"oidc_links", "oidc_tries"}, a.OIDC.Held, plain(a.OIDC.Forget), nil},
		// The path: its key is destroyed.
		{[]string{"path_keys", "path_parts", "path_reminders"}, a.Paths.Held, plain(a.Paths.Forget), nil},
		// Passkeys: go.
		{[]string{"passkeys", "passkey_declined"}, a.Passkeys.Held, plain(a.Passkeys.Forget), nil},
		// Jobs: what they are about loses the identifiers.
		{[]string{"jobs"}, nil, a.forgetInJobs, nil},
		// The record, and saved pages: the act stays, who did it goes.
		{[]string{"audit", "page_revisions"}, a.Community.Held, plain(a.Community.Forget), nil},
		// The account and all that opens it go; the author page keeps the name or goes.
		{[]string{"accounts", "account_roles", "sessions", "profiles", "notice_choices", "people_names", "account_words"}, a.Members.Held, a.Members.Forget, nil},
	}
}

// impersonal are the tables that hold nothing on a person, each with the reason. Those
// of a story are its text and what was made of it: they go with it.
var impersonal = map[string]string{
	"community":          "the community itself",
	"gone":               "keyed hashes of addresses that lead nowhere",
	"imported_media":     "pictures of an old blog, whoever uploaded them; those of a removed story go with it",
	"instance":           "the installation",
	"joining":            "who may join",
	"limits":             "how often something may be done; names are keyed hashes",
	"mail_given":         "how many letters a server took",
	"mail_servers":       "servers",
	"mail_settings":      "the community's sender",
	"mail_signing":       "the community's key",
	"kept_clock":         "pages that are ready",
	"kept_tags":          "pages that are ready, by identifiers",
	"mailings":           "letters to all who want them; those of a removed story go with it",
	"nodes":              "the running processes",
	"occupations":        "a list that the owner added",
	"path_settings":      "the community's choice",
	"path_quarters":      "means of ten members or more",
	"pages":              "texts of the community",
	"passkey_challenges": "hashes alone, for minutes",
	"picture_sizes":      "goes with the picture",
	"spam_head":          "how often labels changed",
	"spam_changes":       "which labels changed, by number",
	"redirects":          "lead to things; those to who left become keyed hashes",
	"reply_reports":      "keyed hashes of networks, for a week, and reasons out of a few",
	"reply_settings":     "the community's rules for replies",
	"story_replies":      "numbers; those of a removed story go with it",
	"resource_topics":    "links to elsewhere",
	"resources":          "links to elsewhere",
	"story_counts":       "numbers; those of an author go with the author",
	"story_figures":      "goes with the story",
	"story_related":      "goes with the story",
	"story_resources":    "goes with the story",
	"story_terms":        "goes with the story",
	"story_texts":        "goes with the story",
	"story_topics":       "goes with the story",
	"topics":             "what things are filed under",
}

// plain is a part that asks for nobody's wish.
func plain(forget func(tx *db.Tx, p personal.Person) error) func(*db.Tx, personal.Person, personal.Wish) error {
	return func(tx *db.Tx, p personal.Person, _ personal.Wish) error { return forget(tx, p) }
}
