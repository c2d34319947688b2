package wordpress

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"waypost/internal/db"
	"waypost/internal/mail"
	"waypost/internal/problem"
	"waypost/replies"
	"waypost/stories"
	"waypost/transfer/wordpress/words"
)

// aside reports that a reply is kept and not shown: what other sites sent by themselves,
// and what was said about a page.
func (x reply) aside(p *parcel) bool { return x.kind != "comment" || p.kind != kindStory }

// hash tells whether a reply changed in the old site, and to what item it was.
func (x reply) hash() string {
	return x.item + " " + digest(x.parent, x.state, x.author, x.email, x.url, x.body, x.written)
}

func itemOf(k known) string {
	item, _, _ := strings.Cut(k.hash, " ")
	return item
}

// replyAgain takes over what changed in the old site, unless something was done with the
// reply here: a moderator's word, or its writer's, counts more.
func (s *step) replyAgain(is reply, before known) error {
	if before.hash == is.hash() {
		s.kept.Replies++
		return nil
	}
	now, err := s.Replies.Any(s.tx, before.subject)
	if err != nil && !problem.Is(err, problem.NotFound) {
		return err
	}
	if err != nil || now.Version != before.version {
		s.kept.Replies++
		return nil
	}
	s.updated.Replies++
	if s.dry() {
		return nil
	}
	st, err := s.Stories.ByID(s.tx, now.StoryID)
	if err != nil {
		return err
	}
	r, _, err := s.Replies.BringAgain(s.tx, now.ID, now.Version, s.brought(is, st))
	if err != nil {
		return err
	}
	return s.remember(kindReply, is.source, known{r.ID, is.hash(), r.Version})
}

// thread is the replies to one item on their way under its story.
type thread struct {
	*Service
	tx    *db.Tx
	site  string
	story stories.Story
	rows  map[string]kept
}

// kept is a row of imported_replies with the import that it came with.
type kept struct {
	reply
	importID string
}

// toSettle are rows that become replies. What its writer took out wholly stays behind, so
// that no import brings it back.
const toSettle = `kind = 'comment' AND (erased_at IS NULL OR body <> '')`

// settle brings the replies to an item under its story, each after what it answers.
func (s *Service) settle(tx *db.Tx, site, item, storyID string) error {
	st, err := s.Stories.ByID(tx, storyID)
	if problem.Is(err, problem.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	list, err := db.List(tx, func(r db.Row) (kept, error) {
		var k kept
		x := &k.reply
		return k, r.Scan(&x.source, &x.item, &x.parent, &x.kind, &x.state, &x.author, &x.email, &x.url, &x.body, &x.written, &x.erased, &k.importID)
	}, `SELECT source_id, item_id, parent_id, kind, state, author, email, url, body, written_at, erased_at IS NOT NULL, import_id
		FROM imported_replies WHERE site = $1 AND item_id = $2 AND `+toSettle+` ORDER BY written_at, length(source_id), source_id`, site, item)
	if err != nil {
		return fmt.Errorf("read the replies to %s: %w", item, err)
	}
	t := &thread{s, tx, site, st, map[string]kept{}}
	for _, k := range list {
		t.rows[k.source] = k
	}
	for _, k := range list {
		if _, err := t.bring(k.source); err != nil {
			return err
		}
	}
	return nil
}

// bring makes a reply of a row and of all that it answers, and returns its identifier. One
// that answers nothing that is here answers the story.
func (t *thread) bring(source string) (string, error) {
	k, waits := t.rows[source]
	if !waits {
		return t.here(source)
	}
	delete(t.rows, source) // a ring of answers ends here
	parent := ""
	if k.parent != "" {
		var err error
		if parent, err = t.bring(k.parent); err != nil {
			return "", err
		}
	}
	n, err := t.tx.Exec(`DELETE FROM imported_replies WHERE site = $1 AND source_id = $2`, t.site, source)
	if err != nil {
		return "", fmt.Errorf("take reply %s from where it was kept: %w", source, err)
	}
	if n == 0 { // another process has
		return t.here(source)
	}
	b := t.brought(k.reply, t.story)
	b.ParentID = parent
	r, err := t.Replies.Bring(t.tx, b)
	if err != nil {
		return "", err
	}
	version := r.Version
	if k.erased {
		version = -1 // no import changes it
	}
	return r.ID, remember(t.tx, origin{t.site, k.importID}, kindReply, source, known{r.ID, k.hash(), version})
}

// here finds the reply to this story that was made of one of the old site.
func (t *thread) here(source string) (string, error) {
	id, err := db.Value[string](t.tx.QueryRow(`SELECT r.id FROM imported i JOIN replies r ON r.id = i.subject_id
		WHERE i.site = $1 AND i.kind = $2 AND i.source_id = $3 AND r.story_id = $4`, t.site, kindReply, source, t.story.ID))
	if db.Missing(err) {
		return "", nil
	}
	return id, err
}

// mostURL is how long a writer's own address may be.
const mostURL = 500

// brought is a row as replies take it. It is nobody's account: the old site never asked
// whether an address belonged to whoever typed it.
func (s *Service) brought(x reply, st stories.Story) replies.Brought {
	now := s.Clock()
	b := replies.Brought{StoryID: st.ID, Language: st.Language, State: replies.State(x.state), Held: replies.ByImport, Name: words.Shorten(x.author, mostName),
		Body: words.Markdown(x.body), Written: now, Since: now, Decided: x.state != string(replies.Pending)}
	if x.written != 0 {
		b.Written = time.UnixMilli(x.written)
	}
	if b.Name == "" && !x.erased {
		b.Name = s.Words(st.Language, "import.somebody")
	}
	if u, err := url.Parse(strings.TrimSpace(x.url)); err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && len(x.url) <= mostURL {
		b.URL = u.String()
	}
	address, err := mail.ParseAddress(x.email)
	if err != nil {
		return b
	}
	b.Email = address.Key()
	return b
}

// settleSome is how many items are looked for at once.
const settleSome = 100

// Settle brings under their stories the replies that an import of an earlier version kept
// aside.
func (s *Service) Settle(ctx context.Context) error {
	type item struct{ site, source, story string }
	for {
		var list []item
		err := s.DB.View(ctx, func(tx *db.Tx) (err error) {
			list, err = db.List(tx, func(r db.Row) (item, error) {
				var x item
				return x, r.Scan(&x.site, &x.source, &x.story)
			}, `SELECT DISTINCT r.site, r.item_id, i.subject_id FROM imported_replies r
				JOIN imported i ON i.site = r.site AND i.kind = $1 AND i.source_id = r.item_id JOIN stories s ON s.id = i.subject_id
				WHERE r.kind = 'comment' AND (r.erased_at IS NULL OR r.body <> '') LIMIT $2`, kindStory, settleSome)
			return err
		})
		if err != nil {
			return fmt.Errorf("look for replies that were kept aside: %w", err)
		}
		for _, x := range list {
			err := s.DB.Update(ctx, func(tx *db.Tx) error { return s.settle(tx, x.site, x.source, x.story) })
			if err != nil {
				return err
			}
		}
		if len(list) < settleSome {
			return nil
		}
	}
}
