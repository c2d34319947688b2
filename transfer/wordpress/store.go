package wordpress

import (
	"fmt"

	"waypost/internal/db"
)

// known is a row of table imported: what became of a thing of the old site.
type known struct {
	subject string
	hash    string // of what the file said
	version int64  // of the subject as the import left it; 0 for one that was here before
}

// lookUp finds what became of a thing in an earlier import, or in this one.
func (s *step) lookUp(kind, sourceID string) (known, bool, error) {
	var k known
	err := s.tx.QueryRow(`SELECT subject_id, hash, version FROM imported WHERE site = $1 AND kind = $2 AND source_id = $3`,
		s.site, kind, sourceID).Scan(&k.subject, &k.hash, &k.version)
	if db.Missing(err) {
		return k, false, nil
	}
	if err != nil {
		return k, false, fmt.Errorf("look up %s %s: %w", kind, sourceID, err)
	}
	return k, true, nil
}

// remember notes what became of a thing.
func (s *step) remember(kind, sourceID string, k known) error {
	return remember(s.tx, origin{s.site, s.id}, kind, sourceID, k)
}

// origin is the old site and the import that something came with.
type origin struct{ site, importID string }

func remember(tx *db.Tx, from origin, kind, sourceID string, k known) error {
	_, err := tx.Exec(`INSERT INTO imported (site, kind, source_id, subject_id, hash, version, import_id) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (site, kind, source_id) DO UPDATE SET subject_id = excluded.subject_id, hash = excluded.hash,
			version = excluded.version, import_id = excluded.import_id`,
		from.site, kind, sourceID, k.subject, k.hash, k.version, from.importID)
	if err != nil {
		return fmt.Errorf("remember %s %s: %w", kind, sourceID, err)
	}
	return nil
}

// attachment is a row of imported_media.
type attachment struct{ parent, url, title, alt, caption string }

func (s *step) attachment(sourceID string) (attachment, bool, error) {
	var a attachment
	err := s.tx.QueryRow(`SELECT parent_id, url, title, alt, caption FROM imported_media WHERE site = $1 AND source_id = $2`, s.site, sourceID).
		Scan(&a.parent, &a.url, &a.title, &a.alt, &a.caption)
	if db.Missing(err) {
		return a, false, nil
	}
	return a, err == nil, err
}

func (s *step) keepAttachment(sourceID string, a attachment) error {
	_, err := s.tx.Exec(`INSERT INTO imported_media (site, source_id, parent_id, url, title, alt, caption, import_id)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (site, source_id) DO UPDATE SET parent_id = excluded.parent_id, url = excluded.url, title = excluded.title,
			alt = excluded.alt, caption = excluded.caption, import_id = excluded.import_id`,
		s.site, sourceID, a.parent, a.url, a.title, a.alt, a.caption, s.id)
	return err
}

// reply is a row of imported_replies.
type reply struct {
	source, item, parent, kind, state, author, email, url, body string
	written                                                     int64
	erased                                                      bool // its writer took it out, in whole or in part
}

func scanReply(r db.Row) (reply, error) {
	var x reply
	return x, r.Scan(&x.source, &x.item, &x.parent, &x.kind, &x.state, &x.author, &x.email, &x.url, &x.body, &x.written, &x.erased)
}

// repliesHere finds rows by their numbers.
func (s *step) repliesHere(sourceIDs []string) (map[string]reply, error) {
	in, args := db.In(2, sourceIDs)
	list, err := db.List(s.tx, scanReply, `SELECT source_id, item_id, parent_id, kind, state, author, email, url, body, written_at, erased_at IS NOT NULL
		FROM imported_replies WHERE site = $1 AND source_id IN `+in, append([]any{s.site}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("look up replies: %w", err)
	}
	byID := make(map[string]reply, len(list))
	for _, x := range list {
		byID[x.source] = x
	}
	return byID, nil
}

// repliesBrought finds what became of replies that were brought already.
func (s *step) repliesBrought(sourceIDs []string) (map[string]known, error) {
	in, args := db.In(3, sourceIDs)
	brought := map[string]known{}
	_, err := db.List(s.tx, func(r db.Row) (struct{}, error) {
		var source string
		var k known
		err := r.Scan(&source, &k.subject, &k.hash, &k.version)
		brought[source] = k
		return struct{}{}, err
	}, `SELECT source_id, subject_id, hash, version FROM imported WHERE site = $1 AND kind = $2 AND source_id IN `+in, append([]any{s.site, kindReply}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("look up replies that were brought: %w", err)
	}
	return brought, nil
}

func (s *step) keepReply(x reply) error {
	_, err := s.tx.Exec(`INSERT INTO imported_replies (site, source_id, item_id, parent_id, kind, state, author, email, url, body, written_at, import_id)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (site, source_id) DO UPDATE SET parent_id = excluded.parent_id, kind = excluded.kind, state = excluded.state,
			author = excluded.author, email = excluded.email, url = excluded.url, body = excluded.body,
			written_at = excluded.written_at, import_id = excluded.import_id`,
		s.site, x.source, x.item, x.parent, x.kind, x.state, x.author, x.email, x.url, x.body, x.written, s.id)
	if err != nil {
		return fmt.Errorf("keep reply %s: %w", x.source, err)
	}
	return nil
}
