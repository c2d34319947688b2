package app_test

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/testkit/site"
	"waypost/members"
	"waypost/replies"
	"waypost/stories"
)

// rows makes rows to stand canaries in. Where a feature has a way to make one, that is
// gone; rows of machinery are written by hand.
func (a *aviary) rows() {
	a.ids["an author"] = site.Rows[string](a.Site, `SELECT id FROM profiles WHERE handle = 'tamsin-oyelaran'`)[0]
	a.story("draft of ana", ana)
	a.story("draft of bo", bo)
	a.story("submitted by bo", bo, stories.Submit)
	a.story("scheduled of ana", ana, stories.Schedule)
	for _, name := range []string{"draft of ana", "submitted by bo"} {
		a.exec(`INSERT INTO story_figures (story_id, wide, tall, renderer) VALUES ({`+name+`}, '', '', $1)`, a.rendererNow())
	}
	for _, who := range []string{ana, bo} {
		a.exec(`INSERT INTO story_drafts (story_id, account_id, base_version, writer, sequence, title, document, saved_at, dropped)
			VALUES ({draft of ` + who + `}, {` + who + `}, 1, 'x', 1, 'x', '{}', 1, FALSE)`)
		a.exec(`INSERT INTO oidc_links (id, account_id, issuer, subject, name, created_at) VALUES ('link-` + who + `', {` + who + `}, 'https://elsewhere.example', '` + who + `', 'x', 1)`)
		a.exec(`INSERT INTO passkeys (id, account_id, rp_id, credential_id, public_key, name, aaguid, transports, sign_count, verified, backup_eligible, backed_up, created_at)
			VALUES ('passkey-`+who+`', {`+who+`}, '127.0.0.1', $2, $1, 'x', '', '', 0, TRUE, FALSE, FALSE, 1)`, []byte("key"), base64.RawURLEncoding.EncodeToString([]byte(who)))
		a.letter(who, mail.Letter{Text: "x", HTML: "x"})
		a.letter(who, mail.Letter{Text: a.secret(who), Secret: true})
	}
	a.exec(`INSERT INTO story_notes (id, story_id, at, account_id, kind, text) VALUES ('note', {submitted by bo}, $1, {editor}, 'comment', 'x')`, a.Clock.Now().UnixMilli())
	a.exec(`INSERT INTO pages (id, slug, state, title, format, body, in_menu, version, created_at, updated_at) VALUES ('page', 'x-page', 'draft', 'x', 'markdown', 'x', TRUE, 1, 1, 1)`)
	a.exec(`INSERT INTO page_revisions (page_id, version, saved_at, document) VALUES ('page', 1, 1, '{}')`)
	a.exec(`INSERT INTO pictures (id, extension, content_type, width, height, bytes, alt, created_at) VALUES ('picture', '.png', 'image/png', 10, 10, 10, 'x', 1)`)
	a.exec(`INSERT INTO jobs (id, kind, payload, state, attempt, due_at, error, created_at, finished_at) VALUES ('job', 'x', '"x"', 'failed', 9, 1, 'x', 1, $1)`, a.Clock.Now().UnixMilli())
	a.exec(`INSERT INTO imports (id, format, site, file_name, state, started_at, finished_at, report) VALUES ('import', 'wordpress', 'https://x.example', 'x', 'done', 1, 2, '{}')`)
	a.exec(`INSERT INTO imported_media (site, source_id, parent_id, url, title, alt, caption, import_id) VALUES ('https://x.example', '1', '0', 'x', 'x', 'x', 'x', 'import')`)
	a.exec(`INSERT INTO imported_replies (site, source_id, item_id, parent_id, kind, state, author, email, url, body, written_at, import_id)
		VALUES ('https://x.example', '1', '1', '0', 'comment', 'approved', 'x', 'x', 'x', 'x', 1, 'import')`)
	a.exec(`INSERT INTO subscriptions (id, list, pace, ended_pace, email, email_key, language, proof, since, confirmed_at, changed_at)
		VALUES ('subscription', 'stories', 'never', 'weekly', 'x', 'x', 'en', 'letter', 1, 1, $1)`, a.Clock.Now().UnixMilli())
	a.exec(`INSERT INTO audit (id, at, account_id, act, subject, detail) VALUES ('act', $1, {ana}, 'account.created', 'account:x', 'x')`, a.Clock.Now().UnixMilli())
	a.exec(`INSERT INTO mail_servers (id, position, host, port, security, open_anyway, username, per_minute, per_day, connections, fault, version)
		VALUES ('server', 0, 'x', 587, 'starttls', FALSE, 'x', 10, 100, 1, 'x', 1)`)
	a.exec(`INSERT INTO mail_settings (id, name, address, selector, version, updated_at) VALUES ('mail', 'x', 'x', 'x', 1, 1)`)
	a.exec(`INSERT INTO mail_signing (id, selector, record, domain, private_key, made_at) VALUES ('mail', 'x', 'x', '', $1, 1)`, []byte("sealed"))
	for _, who := range []string{ana, bo} {
		a.exec(`INSERT INTO subscriptions (id, list, pace, ended_pace, account_id, language, proof, since, confirmed_at, changed_at)
			VALUES ('sub-` + who + `', 'stories', 'at-once', '', {` + who + `}, '', 'account', 1, 1, 1)`)
		a.exec(`INSERT INTO follows (account_id, kind, subject_id, created_at) VALUES ({` + who + `}, 'author', {an author}, 1)`)
	}
	a.exec(`INSERT INTO proofs (id, purpose, state, address, address_key, subject, payload, link_hash, code_hash, browser_hash, network, turn, wrong, asked_at, expires_at)
		VALUES ('proof', 'sign-in', 'open', 'x', 'x', {ana}, 'x', $1, 'x', 'x', 'x', 0, 0, 1, $2)`, a.word("the hash of a link", nil), a.Clock.Now().UnixMilli()+1e6)
	a.exec(`INSERT INTO invitations (id, hash, role, note, uses, uses_left, made_by, made_at, expires_at) VALUES ('invitation', 'x', 'member', 'x', 1, 1, {ana}, 1, $1)`,
		a.Clock.Now().UnixMilli()+1e9)
	a.exec(`INSERT INTO join_requests (id, address, address_key, name, words, language, browser_hash, asked_at) VALUES ('request', 'x', 'x', 'x', 'x', '', 'x', 1)`)
	a.exec(`INSERT INTO joining (id, mode, domains, letter_budget, version) VALUES ('joining', 'open', 'x', 200, 1)`)
	a.ids["backup"] = "backup-20260504T093000.000Z.zip"
	if err := os.WriteFile(filepath.Join(a.Folder, "backups", a.ids["backup"]), []byte(a.word("a backup", having(members.RunCommunity))), 0o600); err != nil {
		a.t.Fatal(err)
	}
	a.exec(`INSERT INTO replies (id, story_id, place, thread, depth, state, shown, below, answers, name, url, body, rendered, renderer, version, written_at)
		VALUES ('reply', (SELECT min(id) FROM stories WHERE state = 'published'), '19', '19', 0, 'pending', FALSE, 0, 0, 'x', 'x', 'x', 'x', 0, 1, $1)`, a.Clock.Now().UnixMilli())
	a.exec(`INSERT INTO reply_checks (reply_id, email, network, agent, on_form, same, likeness, verdict, probability, reasons, held, reports, moved_at)
		VALUES ('reply', 'x', 'x', 'x', 1, 'x', 'x', 'unsure', 0.5, '[]', 'doubt', 0, $1)`, a.Clock.Now().UnixMilli())
	a.exec(`INSERT INTO replies (id, story_id, place, thread, depth, state, shown, below, answers, account_id, name, url, body, rendered, renderer, version, written_at)
		VALUES ('reply-ana', (SELECT min(id) FROM stories WHERE state = 'published'), '299', '299', 0, 'spam', FALSE, 0, 0, {ana}, 'x', 'x', 'x', 'x', 0, 1, $1)`, a.Clock.Now().UnixMilli())
	a.exec(`INSERT INTO reply_checks (reply_id, email, network, agent, on_form, likeness, verdict, probability, reasons, held, reports, moved_at)
		VALUES ('reply-ana', '', 'x', 'x', 1, 'x', 'spam', 0.9, '[]', 'filter', 0, $1)`, a.Clock.Now().UnixMilli())
	a.exec(`INSERT INTO reply_reports (reply_id, reporter, reason, at) VALUES ('reply', 'x', 'other', 1)`)
	a.exec(`INSERT INTO reply_watches (reply_id, email) VALUES ('reply', 'x')`)
	a.exec(`INSERT INTO reply_addresses (id, email, asked_at) VALUES ('listener', 'x', 1)`)
	a.write(func(tx *db.Tx) (err error) {
		a.ids["answers"], _, err = a.Replies.AskOnce(tx, "listener@people.example")
		return err
	})
	shown, err := a.Replies.Post(a.t.Context(), replies.Draft{StoryID: site.Rows[string](a.Site, `SELECT min(id) FROM stories WHERE state = 'published'`)[0], Body: "Well said.", By: a.actor(moderator)})
	if err != nil {
		a.t.Fatal(err)
	}
	a.ids["shown reply"] = shown.ID
	a.exec(`INSERT INTO reply_blocks (id, kind, value, label, reason, account_id, made_at, hits) VALUES ('block', 'phrase', 'x', 'x', 'x', {moderator}, 1, 0)`)
	a.exec(`INSERT INTO spam_labels (seq, subject, batch, source, account_id, spam, verdict, features, extractor, at) VALUES (1, 'reply', 'b', 'moderator', {moderator}, TRUE, 'unsure', $1, 1, 1)`, []byte("x"))
	a.exec(`INSERT INTO barred (hash, id, barred_by, barred_at) VALUES ('x', 'outcast', {ana}, 1)`)
}

// plants are the private fields: where a canary stands, and who may find it. A new
// column of text needs a line here, or one in public below.
func (a *aviary) plants() []plant {
	var list []plant
	add := func(readers []string, table, row string, columns ...string) {
		for _, c := range columns {
			list = append(list, plant{table: table, column: c, row: row, readers: readers})
		}
	}
	formed := func(readers []string, table, row, column, form string) {
		list = append(list, plant{table: table, column: column, row: row, readers: readers, form: form})
	}
	of := func(who string, add func()) { // what is held on somebody, and stands in no page of theirs
		n := len(list)
		add()
		for i := range list[n:] {
			list[n+i].holder = who
		}
	}
	runs := having(members.RunCommunity)
	for _, who := range everybody[1:] {
		self := []string{who}
		account, profile := "id = {"+who+"}", "id = {"+who+" profile}"
		named := having(members.ManagePeople, self...)
		if who == bo { // editors read what he handed in, and who began it
			named = having(members.ReviewStories, self...)
		}
		add(named, "accounts", account, "name")
		formed(having(members.ManagePeople, self...), "accounts", account, "email", "%s@people.example")
		of(who, func() { formed(nil, "accounts", account, "email_key", "%s@people.example") })
		if who == moderator {
			add(everybody, "profiles", profile, "name", "handle", "bio")
			add(everybody[1:], "profiles", profile, "pronouns")
			add(having(members.ManagePeople, who), "profiles", profile, "place")
			formed(having(members.ManagePeople, who), "profiles", profile, "links", `[{"label":"%s","url":"https://%s.example/"}]`)
			continue
		}
		readers := having(members.ManagePeople, who)
		if who == ana || who == bo { // whoever reviews a story reads what readers would get of its author
			readers = having(members.ReviewStories, who)
		}
		add(readers, "profiles", profile, "name", "handle", "pronouns", "place", "bio")
		formed(having(members.ManagePeople, who), "profiles", profile, "links", `[{"label":"%s","url":"https://%s.example/"}]`)
	}
	for name, readers := range map[string][]string{
		"draft of ana":     {ana},
		"draft of bo":      {bo},
		"submitted by bo":  having(members.ReviewStories, bo),
		"scheduled of ana": having(members.ReviewStories, ana),
	} {
		row := "story_id = {" + name + "}"
		edits := slices.DeleteFunc(slices.Clone(readers), func(who string) bool { return who == ana || who == bo })
		add(readers, "stories", "id = {"+name+"}", "slug", "title", "standfirst", "cover_alt", "cover_caption")
		of(name[strings.LastIndexByte(name, ' ')+1:], func() { add(edits, "stories", "id = {"+name+"}", "note") })
		add(readers, "story_texts", row, "body")
		// what was made of a text is made anew for whoever looks at what is not public
		formed(nil, "story_texts", row, "rendered", "<p>%s</p>")
		formed(nil, "story_texts", row, "outline", `[{"level":2,"id":"x","text":"%s"}]`)
		formed(readers, "story_texts", row, "trail", `{"version":1,"goal":"%s","steps":[{"id":"s","kind":"position","title":"x","start":"2020"}]}`)
		// the first version was saved while the story was its author's alone
		author := []string{name[len(name)-len(bo):]}
		if strings.HasSuffix(name, ana) {
			author = []string{ana}
		}
		formed(author, "story_revisions", row+" AND version = 1", "document", `{"title":"%s","body":"%s","format":"markdown"}`)
		if name == "draft of ana" || name == "submitted by bo" {
			formed(nil, "story_figures", row, "wide", "<svg><text>%s</text></svg>")
			formed(nil, "story_figures", row, "tall", "<svg><text>%s</text></svg>")
		}
	}
	add(runs, "pages", "id = 'page'", "slug", "title", "body")
	formed(nil, "page_revisions", "page_id = 'page'", "document", `{"title":"%s"}`)
	add(having(members.ReviewStories), "pictures", "id = 'picture'", "alt")
	add(having(members.ReviewStories, bo), "story_notes", "id = 'note'", "text")
	formed(nil, "jobs", "id = 'job'", "payload", `"%s"`)
	add(runs, "jobs", "id = 'job'", "error")
	add(runs, "imports", "id = 'import'", "file_name", "site")
	formed(nil, "imports", "id = 'import'", "report", `{"x":"%s"}`)
	add(nil, "imported_media", "import_id = 'import'", "url", "title", "alt", "caption")
	add(nil, "imported_replies", "import_id = 'import'", "author", "email", "url", "body")
	formed(nil, "subscriptions", "id = 'subscription'", "email", "%s@people.example")
	formed(nil, "subscriptions", "id = 'subscription'", "email_key", "%s@people.example")
	of(ana, func() {
		add(nil, "audit", "id = 'act'", "subject")
		add(runs, "audit", "id = 'act'", "detail")
		formed(nil, "proofs", "id = 'proof'", "address", "%s@people.example")
		add(nil, "proofs", "id = 'proof'", "address_key", "payload", "network")
		add(runs, "invitations", "id = 'invitation'", "note")
	})
	add(runs, "mail_servers", "id = 'server'", "host", "username")
	add(nil, "mail_servers", "id = 'server'", "fault")
	add(runs, "mail_settings", "id = 'mail'", "name", "address", "selector")
	add(nil, "mail_signing", "id = 'mail'", "selector", "record", "domain")
	add(nil, "proofs", "id = 'proof'", "code_hash", "browser_hash")
	add(nil, "invitations", "id = 'invitation'", "hash")
	add(having(members.ApproveJoiners), "join_requests", "id = 'request'", "name", "words")
	formed(having(members.ApproveJoiners), "join_requests", "id = 'request'", "address", "%s@people.example")
	add(nil, "join_requests", "id = 'request'", "address_key", "browser_hash")
	add(nil, "barred", "barred_at = 1", "hash")
	moderates := having(members.ModerateReplies)
	add(moderates, "replies", "id = 'reply'", "name", "url", "body")
	add(nil, "replies", "id = 'reply'", "rendered")
	add(having(members.ModerateReplies, ana), "replies", "id = 'reply-ana'", "body")
	formed([]string{ana}, "replies", "id = 'reply-ana'", "rendered", "<p>%s</p>")
	add(nil, "reply_checks", "reply_id = 'reply'", "same", "likeness", "agent")
	add(moderates, "reply_checks", "reply_id = 'reply'", "network")
	formed(moderates, "reply_checks", "reply_id = 'reply'", "email", "%s@people.example")
	formed(moderates, "reply_checks", "reply_id = 'reply'", "reasons", `[{"code":"word","text":"%s"}]`)
	add(nil, "reply_reports", "reply_id = 'reply'", "reporter")
	formed(nil, "reply_watches", "reply_id = 'reply'", "email", "%s@people.example")
	formed(nil, "reply_addresses", "id = 'listener'", "email", "%s@people.example")
	add(nil, "reply_blocks", "id = 'block'", "value")
	of(moderator, func() { add(moderates, "reply_blocks", "id = 'block'", "label", "reason") })
	add(having(members.ManagePeople), "barred", "barred_at = 1", "reason")
	for _, who := range []string{ana, bo} {
		of(who, func() { add(nil, "oidc_links", "id = 'link-"+who+"'", "subject") })
		add([]string{who}, "oidc_links", "id = 'link-"+who+"'", "name")
		add([]string{who}, "passkeys", "id = 'passkey-"+who+"'", "name")
		typed := "account_id = {" + who + "}"
		of(who, func() { add(nil, "story_drafts", typed, "title") })
		add([]string{who}, "story_drafts", typed, "writer")
		formed([]string{who}, "story_drafts", typed, "document", `{"title":["%s"],"body":["%s"]}`)
		letter := "recipient = '" + who + "@people.example' AND NOT secret"
		text := "id = (SELECT text_id FROM letters WHERE " + letter + ")"
		add(having(members.RunCommunity, who), "letter_texts", text, "subject", "text", "html")
		add(nil, "letters", letter, "reason")
		add([]string{who}, "letters", letter, "unsubscribe")
		add(runs, "letters", letter, "server")
		formed([]string{who}, "letters", letter, "filling", `{"no such token":"%s"}`)
		formed(nil, "letters", letter, "recipient_key", "%s@people.example")
		formed(having(members.RunCommunity, who), "letters", letter, "recipient", "%s@people.example") // last: the others are found by it
	}
	return list
}

// harmless are the columns of text in which nothing private stands, and why. Columns
// called id or ending in _id hold identifiers, which name and open nothing.
var harmless = map[string]string{
	"oidc_links.issuer": "an address of the web", "oidc_tries.hash": "a sum of a secret", "oidc_tries.browser": "a sum of a secret", "oidc_tries.provider": "a word of the settings",
	"oidc_tries.next": "a path of this site",
	"passkeys.aaguid": "the make of a device", "passkeys.transports": "words of a standard", "passkey_challenges.hash": "a sum of a secret",
	"passkey_challenges.purpose": "a word of ours", "passkey_challenges.holder": "a sum",
	"path_keys.wrapped_by": "the name of a key, a sum", "path_parts.kind": "a word of ours", "path_keys.feed": "a sum of a secret", "occupations.list": "a list that the owner added", "path_reminders.about": "a word of ours",
	"replies.place": "numbers", "replies.thread": "numbers", "replies.state": "a word of ours", "reply_checks.verdict": "a word of ours", "reply_checks.held": "a word of ours",
	"reply_acts.batch": "an identifier", "reply_acts.act": "a word of ours", "reply_acts.was": "a word of ours", "reply_acts.held": "a word of ours", "reply_reports.reason": "a word of ours",
	"reply_checks.decided_by": "an identifier", "reply_blocks.kind": "a word of ours", "reply_settings.mode": "a word of ours", "reply_settings.lost": "a word of ours",
	"reply_settings.leaked": "a word of ours", "reply_settings.digest": "a word of ours",
	"spam_labels.subject": "an identifier", "spam_labels.batch": "an identifier", "spam_head.id": "a word of ours", "spam_labels.source": "a word of ours", "spam_labels.verdict": "a word of ours",
	"account_roles.role": "a word of ours", "accounts.language": "a language", "audit.act": "a word of ours",
	"community.name": "on every page", "community.tagline": "on every page", "community.language": "on every page", "community.time_zone": "on every page",
	"community.accent": "on every page",
	"gone.hash":        "a keyed sum",
	"imported.site":    "an address of the web", "imported.kind": "a word of ours", "imported.hash": "a sum", "imported_media.site": "an address of the web",
	"imported_replies.site": "an address of the web", "imported_replies.kind": "a word of ours", "imported_replies.state": "a word of ours",
	"imports.format": "a word of ours", "imports.state": "a word of ours",
	"follows.kind": "a word of ours", "mailings.state": "a word of ours", "mailings.place": "an identifier", "mailings.texts": "identifiers",
	"profiles.audience": "a word of ours", "profiles.shown": "words of ours",
	"subscriptions.list": "a word of ours", "subscriptions.pace": "a word of ours", "subscriptions.ended_pace": "a word of ours", "subscriptions.language": "a language",
	"subscriptions.proof": "a word of ours",
	"instance.name":       "a word of ours", "instance.value": "a name, or a sum of the key",
	"jobs.kind": "a word of ours", "jobs.unique_key": "an identifier", "jobs.state": "a word of ours", "jobs.lease": "drawn",
	"kept_tags.tag": "an identifier",
	"letters.kind":  "a word of ours", "letters.unique_key": "an identifier", "letters.list": "a word of ours", "letters.state": "a word of ours", "letters.lease": "drawn",
	"mail_servers.security": "a word of ours",
	"pages.state":           "a word of ours", "pages.format": "a word of ours",
	"pictures.extension": "a word of ours", "pictures.content_type": "a word of ours",
	"redirects.path": "an address that was public", "redirects.kind": "a word of ours",
	"notice_choices.kind": "a word of ours", "story_notes.kind": "a word of ours",
	"resources.url": "public", "resources.title": "public", "resources.note": "public",
	"sessions.hash": "the sum of a secret", "stories.state": "a word of ours", "stories.language": "a language", "story_counts.kind": "a word of ours", "story_counts.name": "counts of published stories",
	"story_related.topics": "of published stories", "story_related.words": "of published stories", "story_resources.topics": "of published stories",
	"story_resources.words": "of published stories", "story_terms.term": "of published stories", "story_terms.shown": "of published stories",
	"story_texts.format": "a word of ours",
	"proofs.purpose":     "a word of ours", "proofs.state": "a word of ours", "proofs.subject": "an identifier", "proofs.link_hash": "the sum of a secret",
	"limits.name": "a word of ours and a keyed sum", "joining.mode": "a word of ours", "joining.domains": "told at the door",
	"invitations.role": "a word of ours", "invitations.made_by": "an identifier", "join_requests.language": "a language", "barred.barred_by": "an identifier",
	"profiles.handle_looks": "a sum of a handle", "profiles.name_looks": "a sum of a name",
	"topics.slug": "public", "topics.name": "public", "topics.description": "public",
}
