package app_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"waypost/internal/db"
	"waypost/internal/personal"
	"waypost/internal/testkit"
	"waypost/internal/testkit/site"
	"waypost/pictures"
)

// aboutPeople are names of columns that say whose a row is.
var aboutPeople = regexp.MustCompile(`(?:^|_)(?:account|profile|author|member|person|e?mail|address|recipient|sender|reader|user|uploader)(?:_id|_key)?$|_by$|^by$`)

// unlikePeople are columns that are called so and are not about people.
var unlikePeople = map[string]string{
	"mail_settings.address": "the community's own",
}

// TestEveryTableIsAnsweredFor walks the schema: what refers to a person is handed over
// and forgotten, or has the reason why not.
func TestEveryTableIsAnsweredFor(t *testing.T) {
	t.Parallel()
	s := site.New(t)
	held, nothing := s.Answered()
	var tables []db.Table
	s.View(func(tx *db.Tx) (err error) {
		tables, err = tx.Tables()
		return err
	})
	known := map[string]bool{}
	for _, table := range tables {
		known[table.Name] = true
		personal, impersonal := slices.Contains(held, table.Name), nothing[table.Name] != ""
		switch {
		case !personal && !impersonal:
			t.Errorf("nobody answers for table %s: name it in parts of app/leaving.go, with a Held that hands its rows over and a Forget that takes them away, "+
				"or in impersonal there with the reason why it holds nothing on a person", table.Name)
		case personal && impersonal:
			t.Errorf("table %s is in parts and in impersonal of app/leaving.go: one of them is wrong", table.Name)
		case impersonal:
			for _, column := range pointsAtPeople(table) {
				if unlikePeople[table.Name+"."+column] == "" {
					t.Errorf("table %s has the column %s and impersonal of app/leaving.go says that it holds nothing on a person", table.Name, column)
				}
			}
		}
	}
	for _, name := range append(slices.Collect(maps.Keys(nothing)), held...) {
		if !known[name] {
			t.Errorf("app/leaving.go names the table %s, which is not there", name)
		}
	}
}

// pointsAtPeople lists the columns of a table that say whose a row is.
func pointsAtPeople(table db.Table) []string {
	var list []string
	for _, r := range table.References {
		if r.Parent == "accounts" || r.Parent == "profiles" {
			list = append(list, r.Columns...)
		}
	}
	for _, c := range table.Columns {
		if aboutPeople.MatchString(c.Name) && !slices.Contains(list, c.Name) {
			list = append(list, c.Name)
		}
	}
	return list
}

// unheld are columns whose canaries are not handed over, and why.
var unheld = map[string]string{
	"proofs.link_hash": "opens something", "proofs.code_hash": "opens something", "proofs.browser_hash": "opens something", "invitations.hash": "opens something",
	"letters.unsubscribe":    "opens something",
	"letters.lease":          "the program's own",
	"letter_texts.sealed":    "opens something",
	"story_texts.rendered":   "made of the body",
	"story_texts.outline":    "made of the body",
	"story_figures.wide":     "drawn of the path",
	"story_figures.tall":     "drawn of the path",
	"a secret letter to ana": "opens something",
	"the hash of a token":    "opens something",
}

// nowhere are tables about people of which nothing is handed over, and why.
var nowhere = map[string]string{
	"path_keys":      "opens path.json, in which the whole path is",
	"path_parts":     "is in path.json, opened",
	"path_reminders": "follows from the path",
	"account_words":  "made of the name", "people_names": "made of the name",
	"barred": "keyed hashes", "jobs": "the program's own", "imports": "reports on a blog; who brought it over is in the record",
	"oidc_tries": "hashes, for minutes", "pictures": "the files themselves are there",
	"story_authors": "in the file of each story", "story_pictures": "in the text of each story",
}

// unforgotten are columns whose words stay, and why.
var unforgotten = map[string]string{"letters.server": "names a server of the community's", "reply_blocks.label": "is what the community blocks"}

// own tells whether a canary is Ana's: planted in a row of hers.
func (c canary) own() bool {
	row := c.where[strings.LastIndex(c.where, " ")+1:]
	return row == "'proof'" || row == "'invitation'" || strings.Contains(c.where, "{ana") || strings.Contains(c.where, "of ana}") || strings.Contains(c.where, "ana@people.example") || strings.HasSuffix(c.where, " to ana")
}

// column is the table and the column of a canary.
func (c canary) column() string { return strings.SplitN(c.where, " of ", 2)[0] }

// leaver is a community of canaries in which more is Ana's: a row in every table that
// is about people.
func leaver(t *testing.T, more ...site.Option) *aviary {
	t.Helper()
	a := newAviary(t, more...)
	address := site.Rows[string](a.Site, a.fill(`SELECT email_key FROM accounts WHERE id = {ana}`))[0]
	a.exec(`UPDATE imported_replies SET email = $1`, strings.ToUpper(address))
	a.exec(`INSERT INTO imported (site, kind, source_id, subject_id, hash, version, import_id) VALUES ('https://x.example', 'author', 'x', {ana profile}, 'x', 1, 'import')`)
	for _, table := range []string{"imported_replies.author", "imported_replies.url", "imported_replies.body"} {
		name, column, _ := strings.Cut(table, ".")
		a.plant(plant{table: name, column: column, row: "email <> '' /* {ana} */"})
	}
	a.plant(plant{table: "imported", column: "source_id", row: "subject_id = {ana profile}"})
	a.exec(`UPDATE audit SET subject = 'account:' || {ana} WHERE id = 'act'`)
	a.plant(plant{table: "audit", column: "detail", row: "account_id = {ana} AND id = 'act'"})
	a.exec(`UPDATE letters SET recipient_key = $1 WHERE recipient = 'ana@people.example' OR recipient_key = $2`, address, a.stands("letters.recipient_key", "ana@"))
	a.exec(`INSERT INTO story_notes (id, story_id, at, account_id, kind, text) VALUES ('note of ana', {draft of ana}, 1, {ana}, 'comment', 'x')`)
	a.plant(plant{table: "story_notes", column: "text", row: "account_id = {ana}"})
	a.exec(`INSERT INTO join_requests (id, address, address_key, name, words, language, browser_hash, asked_at) VALUES ('request of ana', $1, $1, 'x', 'x', '', 'x', 1)`, address)
	for _, column := range []string{"name", "words"} {
		a.plant(plant{table: "join_requests", column: column, row: "id = 'request of ana' /* {ana} */"})
	}
	a.exec(`UPDATE page_revisions SET account_id = {ana}`)
	a.exec(`INSERT INTO notice_choices (account_id, kind) VALUES ({ana}, 'x')`)
	a.exec(`INSERT INTO passkey_declined (account_id, declined_at) VALUES ({ana}, 1)`)
	repliesOf(a, address)
	picture := uploaded(t, a)
	a.ids["picture of ana"] = picture
	return a
}

// repliesOf makes a reply of Ana's with all that is kept beside it, and what she decided
// of others'.
func repliesOf(a *aviary, address string) {
	a.exec(`INSERT INTO replies (id, story_id, place, thread, depth, state, shown, below, answers, account_id, name, url, body, rendered, renderer, version, written_at)
		VALUES ('reply of ana', (SELECT min(id) FROM stories WHERE state = 'published'), '210', '210', 0, 'pending', FALSE, 0, 0, {ana}, 'x', 'x', 'x', '', 0, 1, 1)`)
	a.exec(`INSERT INTO reply_checks (reply_id, email, network, agent, on_form, likeness, verdict, probability, reasons, held, reports, moved_at)
		VALUES ('reply of ana', $1, 'x', 'x', 1, '', 'unsure', 0.5, '[]', 'doubt', 0, 1)`, address)
	a.exec(`INSERT INTO reply_watches (reply_id, email) VALUES ('reply of ana', $1)`, address)
	a.exec(`INSERT INTO reply_addresses (id, email, asked_at) VALUES ('listener of ana', $1, 1)`, address)
	a.exec(`INSERT INTO reply_acts (id, batch, reply_id, account_id, act, was, held, at) VALUES ('act of ana', 'batch', 'reply', {ana}, 'approve', 'pending', 'doubt', 1)`)
	a.exec(`INSERT INTO reply_blocks (id, kind, value, label, reason, account_id, made_at, hits) VALUES ('block of ana', 'phrase', 'ours', 'x', 'x', {ana}, 1, 0)`)
	a.exec(`INSERT INTO spam_labels (seq, subject, batch, source, account_id, spam, verdict, features, extractor, at) VALUES (2, 'reply', 'b', 'moderator', {ana}, TRUE, 'unsure', $1, 1, 1)`, []byte("x"))
	for _, column := range []string{"name", "url", "body"} {
		a.plant(plant{table: "replies", column: column, row: "id = 'reply of ana' /* {ana} */"})
	}
	for _, column := range []string{"network", "agent"} {
		a.plant(plant{table: "reply_checks", column: column, row: "reply_id = 'reply of ana' /* {ana} */"})
	}
	for _, column := range []string{"label", "reason"} {
		a.plant(plant{table: "reply_blocks", column: column, row: "account_id = {ana}"})
	}
}

// stands is what was planted in a column, in rows whose description has some words. It
// is no canary any more.
func (a *aviary) stands(column, row string) string {
	for word, c := range a.words {
		if c.column() == column && strings.Contains(c.where, row) {
			delete(a.words, word)
			return word + "@people.example"
		}
	}
	a.t.Fatalf("no canary stands in %s of %s", column, row)
	return ""
}

// uploaded is a picture that Ana sends to her draft.
func uploaded(t *testing.T, a *aviary) string {
	t.Helper()
	p, err := a.Pictures.AddBy(t.Context(), pictures.By{Account: a.ids[ana]}, bytes.NewReader(picture(t, 900, 600)), "Ana on a stage")
	if err != nil {
		t.Fatal(err)
	}
	return p.ID
}

// TestTakesEverythingAlong looks for every canary of Ana's in what she takes along, for
// a row of every table that is about people, and for nothing of anybody else's.
func TestTakesEverythingAlong(t *testing.T) {
	t.Parallel()
	a := leaver(t)
	file, size, err := a.Take(t.Context(), a.ids[ana])
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	data, err := io.ReadAll(file)
	if err != nil || int64(len(data)) != size {
		t.Fatalf("%d bytes, announced were %d: %v", len(data), size, err)
	}
	text := unzipped(t, data)
	for word, c := range a.words {
		there := strings.Contains(text, word)
		reason := unheld[c.column()]
		switch {
		case c.own() && !there && reason == "":
			t.Errorf("what Ana takes along lacks what stands in %s", c.where)
		case there && c.own() && reason != "":
			t.Errorf("what Ana takes along has what stands in %s, which it should not: %s", c.where, reason)
		case there && !c.own() && c.holder != ana && !slices.Contains(c.readers, ana):
			t.Errorf("what Ana takes along has what is not hers, of %s", c.where)
		}
	}
	held, _ := a.Answered()
	for _, table := range held {
		if there := strings.Contains(text, "\x00data/"+table+".json\x00"); there == (nowhere[table] != "") {
			t.Errorf("data/%s.json is in what Ana takes along: %v. Plant a row of hers in leaver, or say in nowhere why there is none", table, there)
		}
	}
	for _, name := range []string{"README.txt", "pictures/" + a.ids["picture of ana"]} {
		if !strings.Contains(text, "\x00"+name) {
			t.Errorf("what Ana takes along lacks %s", name)
		}
	}
}

// unzipped is every file of an archive as one text, each behind its name.
func unzipped(t *testing.T, data []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&text, "\x00%s\x00%s", f.Name, content)
	}
	return text.String()
}

// TestNothingIsLeftOfWhoLeft removes Ana with all that she wrote, and looks for her in
// every byte that the community keeps: the files of the data folder, which on SQLite are
// the database too, and every row of every table.
func TestNothingIsLeftOfWhoLeft(t *testing.T) {
	t.Parallel()
	testkit.OnEach(t, func(t *testing.T, e testkit.Engine) {
		a := leaver(t, site.On(e))
		mark := len(a.log.String())
		a.leave()
		traces := a.traces()
		a.without(a.Site, traces)
		for word, c := range traces {
			if strings.Contains(a.log.String()[mark:], word) {
				t.Errorf("the log has what stood in %s", c.where)
			}
		}
		for word, c := range a.words {
			if !c.own() && c.column() == "stories.title" && !strings.Contains(strings.Join(site.Rows[string](a.Site, `SELECT title FROM stories`), " "), word) {
				t.Errorf("somebody else's story is gone: %s", c.where)
			}
		}
	})
}

// leave removes Ana with all that she wrote.
func (a *aviary) leave() {
	a.t.Helper()
	err := a.Leave(a.t.Context(), a.actor(ana), a.ids[ana], personal.Wish{Stories: personal.Removed, Replies: personal.Removed})
	if err != nil {
		a.t.Fatal(err)
	}
	a.exec(`UPDATE jobs SET state = 'done' WHERE id = 'job'`) // planted to fail
	a.Work()
}

// traces are the words by which Ana would be found.
func (a *aviary) traces() map[string]canary {
	traces := map[string]canary{"the-ana": {where: "her handle"}, "ana@people.example": {where: "her address"}}
	for word, c := range a.words {
		if c.own() && unforgotten[c.column()] == "" {
			traces[word] = c
		}
	}
	return traces
}

// without looks for traces of Ana in all that a site keeps, and for her picture.
func (a *aviary) without(s *site.Site, traces map[string]canary) {
	a.t.Helper()
	for place, text := range kept(a.t, s) {
		if strings.Contains(place, a.ids["picture of ana"]) {
			a.t.Errorf("her picture is still in %s", place)
		}
		for word, c := range traces {
			if strings.Contains(text, word) {
				a.t.Errorf("%s still has what stood in %s", place, c.where)
			}
		}
	}
}

// kept is every file of the data folder, and every table, as texts.
func kept(t *testing.T, s *site.Site) map[string]string {
	t.Helper()
	texts := map[string]string{}
	err := fs.WalkDir(os.DirFS(s.Folder), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(s.Folder + "/" + name)
		texts["file "+name] = name + "\n" + string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	s.View(func(tx *db.Tx) error {
		tables, err := tx.Tables()
		if err != nil {
			return err
		}
		for _, table := range tables {
			var rows strings.Builder
			if err := tx.Dump(table, func(row []any) error { _, err := fmt.Fprintln(&rows, row...); return err }); err != nil {
				return err
			}
			texts["table "+table.Name] = rows.String()
		}
		return nil
	})
	return texts
}
